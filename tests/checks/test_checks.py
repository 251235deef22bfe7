"""Each check, tried on the small study with one thing made wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from empowerment_qda.checks import CHECKS, check_study, rule_of
from empowerment_qda.files.read import locate, read_study
from empowerment_qda.problems import StudyError
from kit import CODEBOOK, CODED_HEAD, CODED_OWNER, FINDINGS, HEAD, OWNER, QDA, SMALL, write_study

H, O = "data/interviews/H-01.yaml", "data/interviews/O-01.yaml"  # noqa: E741
CH, CO = "codings/first/H-01.yaml", "codings/first/O-01.yaml"
NAMING_CUES = CODEBOOK.replace("version:", "cues: book.cues.yaml\n    version:", 1)
CONSENT, AGREED = "consent.yaml", "\n    H: {quote: yes, archive: no}\n    O: {quote: yes}\n"
CUES = "a-code: {en: [lesson]}\n"
MEMO = "---\nid: M1\nlinks: [F1, E1, H-01#2, awareness, {}]\n---\nText\n"

WRONG = [
    ("qda.yaml", QDA, "data/interviews", "data/nowhere",
     "qda.yaml:4: error: no file matches data/nowhere/*.yaml, data/observations/*.yaml, data/documents/*.yaml [no-sources]"),
    ("qda.yaml", QDA, "documents/*.yaml", "documents/D-01.yaml",
     "qda.yaml:7: warning: no file matches data/documents/D-01.yaml, so no documentation comes from there [unmatched-pattern]"),
    ("data/interviews/P-02.yml", OWNER, "O-01", "P-02",
     "data/interviews/P-02.yml:1: warning: no pattern under `sources` in qda.yaml takes this file, so nobody reads it [unread-file]"),
    (O, OWNER, "Yes, I joined their classes. But it was only once, last year.",
     "We hold digital training every month. Owners come from all wards.",
     f"{O}:1: warning: 100% of the informant's words in O-01 and H-01 are the same, under two informants [copied-source]"),
    (O, OWNER, "id: O-01", "id: H-01", f"{O}:1: error: the source id `H-01` is used already in {H} [duplicate-id]"),
    (CO, CODED_OWNER, "id: E3", "id: E2", f"{CO}:5: error: the code or coding id `E2` is used already in this file [duplicate-id]"),
    (CO, CODED_OWNER, "id: E3", "id: awareness",
     f"{CO}:5: error: the code or coding id `awareness` is used already in codebook.yaml [duplicate-id]"),
    (O, OWNER, "{id: O, type: owner}", "0",
     f"{O}:2: error: informant `0` is not declared in any source [unknown-informant]"),
    (O, OWNER, "{id: O, type: owner}", "{id: H, type: owner}",
     f"{O}:2: error: informant `H` is declared elsewhere with another type [informant-conflict]"),
    (O, OWNER, "type: owner", "type: ownr",
     f"{O}:2: warning: informant type `ownr` is not declared in qda.yaml, so it counts as not known [unknown-type]"),
    ("qda.yaml", QDA, "label: Owner, group: owner", "label: Owner, group: owners",
     "qda.yaml:13: error: group `owners` is not declared [unknown-group]"),
    (O, OWNER, "date:", "producer: agencies\n    date:",
     f"{O}:3: warning: producer `agencies` is no group of the study [unknown-producer]"),
    (O, OWNER, "interviewer: R", "interviewer: Q",
     f"{O}:4: warning: the interviewer `Q` has no turn, so no turn counts as a question [unknown-interviewer]"),
    (O, OWNER, "speaker: O", "speaker: o",
     f"{O}:7: error: `o` speaks in a turn and is no informant, interviewer or bystander of O-01: these words count for nobody [unknown-speaker]"),
    (O, OWNER, "informant: {id: O, type: owner}", "bystanders: O",
     f"{O}:1: error: O-01 (interview) declares no informant, so its words count for nobody [no-informant]"),
    (CO, CODED_OWNER, 'quote: "Yes, I joined their classes."', "quote: ed",
     f"{CO}:4: warning: 1 coding of words that stand more than once in their source (E2 “ed”) notes nothing of what stands around them, so an edit can confuse them [quote-unnoted]"),
    (O, OWNER, "date:", 'note: "\\e[2J"\n    date:',
     f"{O}:3: warning: here and below stand control characters, which can give orders to a terminal: 1 in this file (U+001B) [control-character]"),
    (O, OWNER, "speaker: O", "reconstructed: yes, speaker: O",
     f"{CO}:4: warning: O-01#2 holds reconstructed words, which nobody said; it is evidence of nothing [no-testimony]"),
    (O, OWNER, "date:", "method: telephone\n    date:",
     f"{O}:3: error: the method `telephone` is not known, so what was gathered by it counts on no axis [unknown-method]"),
    ("qda.yaml", QDA, "observation:", "survey:",
     "qda.yaml:6: error: the method `survey` is not known, so what was gathered by it counts on no axis [unknown-method]"),
    ("qda.yaml", QDA, "groups:", "methods: {wawancara: {counts_as: observation}}\n    groups:",
     "qda.yaml:8: error: `wawancara` is interview and cannot count as observation [unknown-method]"),
    (O, OWNER, "{id: O, type: owner}", "{id: O, type: owner, distinct_from: [H, Z, O]}",
     f"{O}:2: error: `Z` is no other informant of the study [unknown-distinct]"),
    ("findings.yaml", FINDINGS, "contradicted_by", "response: M9\n        contradicted_by",
     "findings.yaml:6: error: `M9` is no memo, so nothing answers what contradicts F1 [response]"),
    ("qda.yaml", QDA, "groups:", "triangulation: {require: informant}\n    groups:",
     "qda.yaml:8: error: the study asks for less than two of each axis (type, group, method) and does not say why [design]"),
    (CH, CODED_HEAD, "code: training-provided", "code: training-provded",
     f"{CH}:4: error: code `training-provded` is not in codebook.yaml [unknown-code]"),
    ("codebook.yaml", CODEBOOK, "id: training-rare", "id: training-seldom\n                formerly: training-rare",
     f"{CO}:5: warning: code `training-rare` is called `training-seldom` now, and is read so [former-code]"),
    ("codebook.yaml", CODEBOOK, "id: training-provided", "id: training-provided\n                status: retired",
     f"{CH}:4: warning: code `training-provided` is retired, and 2 codings have it, which count all the same [retired-code]"),
    (CH, CODED_HEAD, "source: H-01", "source: H-02", f"{CH}:1: error: there is no source `H-02` [unknown-source]"),
    (CH, CODED_HEAD, "coder: first", "coder: second",
     f"{CH}:2: error: the coder is `second`, and the file stands in the folder of `first` [coder-folder]"),
    (CH, CODED_HEAD, "source: H-01", "source: O-01",
     f"{CH}:1: error: the source is `O-01`, and the file is called `H-01.yaml` [coder-folder]"),
    ("qda.yaml", QDA, "groups:", "evidence: {coders: [frist]}\n    groups:",
     "qda.yaml:8: warning: coder `frist` has no codings, so nothing of theirs counts [unknown-coder]"),
    (CH, CODED_HEAD, ", quote: We hold digital training every month.", "",
     f"{CH}:4: warning: the coding has no quote, so it means the whole of H-01#2 [quote-missing]"),
    (CH, CODED_HEAD, "turn: 2, quote: We hold digital training every month.", "turn: 9",
     f"{CH}:4: error: the coding has no quote, and there is no H-01#9 to code whole [quote-lost]"),
    (CH, CODED_HEAD, "turn: 2", "turn: 1",
     f"{CH}:4: warning: “We hold digital training every month.” stands in H-01#2 now, not in turn 1 [quote-moved]"),
    (CH, CODED_HEAD, "digital training every month", "digital trainings each month",
     f"{CH}:4: warning: “We hold digital trainings each month.” reads “We hold digital training every month.” in H-01#2 now [quote-changed]"),
    (CH, CODED_HEAD, "We hold digital training every month.", "They sell fish at the harbour.",
     f"{CH}:4: error: “They sell fish at the harbour.” does not stand in H-01#2 [quote-lost]"),
    (CH, CODED_HEAD, "quote: We hold digital training every month.", "quote: r",
     f"{CH}:4: error: “r” stands in several places (H-01#2) [quote-ambiguous]"),
    (CH, CODED_HEAD, "turn: 2, quote: We hold digital training every month.", "turn: 1, quote: Is there training",
     f"{CH}:4: warning: H-01#1 is the interviewer's turn; what is asked is no evidence [question-coded]"),
    ("findings.yaml", FINDINGS, "E3", "E33", "findings.yaml:6: error: `E33` is neither a code nor the id of a coding [unknown-citation]"),
    ("findings.yaml", FINDINGS, "contradicted_by: [E3]", "rivals: [{statement: No time., supported_by: [E9]}]",
     "findings.yaml:6: error: `E9` is neither a code nor the id of a coding [unknown-citation]"),
    ("findings.yaml", FINDINGS, "E3", "E2",
     "findings.yaml:6: error: F1 cites the passage O-01#2 (`E2`) both for and against itself [both-sides]"),
    (CO, CODED_OWNER, "code: training-rare", "code: training-rare, status: rejected",
     "findings.yaml:6: warning: the coding `E3` does not count: it is rejected [not-counted]"),
    ("qda.yaml", QDA, "groups:", "evidence: {coders: [second]}\n    groups:",
     "findings.yaml:6: warning: the coding `E3` does not count: the coder `first` does not count [not-counted]"),
    (CH, CODED_HEAD, "quote: We hold digital training every month.", "quote: o, occurrence: 1",
     f"{CH}:4: warning: 1 coding of words that stand more than once in their source (E1 “o”) notes nothing of what stands around them, so an edit can confuse them [quote-unnoted]"),
    ("findings.yaml", FINDINGS, "dimension: enabling", "dimension: enabbling",
     "findings.yaml:4: error: dimension `enabbling` is not in codebook.yaml [unknown-dimension]"),
    ("findings.yaml", FINDINGS, "contradicted_by: [E3]", "expected_types: [ownr]",
     "findings.yaml:6: error: informant type `ownr` is not declared in qda.yaml [unknown-expected-type]"),
    ("findings.yaml", FINDINGS, "contradicted_by: [E3]", "rivals: [F2]",
     "findings.yaml:6: error: there is no finding `F2` [unknown-finding]"),
    ("findings.yaml", FINDINGS, "findings:", "conclusion: {statement: Good., rests_on: [F1, F7]}\n    findings:",
     "findings.yaml:1: error: there is no finding `F7` [unknown-finding]"),
    ("findings.yaml", FINDINGS, "contradicted_by: [E3]", "cause_in: [E9]",
     "findings.yaml:6: error: `E9` is neither a code nor the id of a coding [unknown-citation]"),
    ("findings.yaml", FINDINGS, "findings:", "if_then: [{if: awareness, then: E3}]\n    findings:",
     "findings.yaml:1: error: the if-then test names `E3`, which is no code of codebook.yaml [unknown-if-then]"),
    ("memos/M1.md", MEMO, "{}", "E99", "memos/M1.md:3: warning: `E99` leads nowhere [unknown-link]"),
    ("memos/M1.md", MEMO, "{}", "O-01#2-3", "memos/M1.md:3: warning: `O-01#2-3` leads nowhere [unknown-link]"),
    (O, OWNER, "only once", "only \\e[2J once",
     f"{O}:7: warning: here and below stand control characters, which can give orders to a terminal: 1 in this file (U+001B) [control-character]"),
    ("codebook.yaml", CODEBOOK, '"only once"', '"... once"',
     'codebook.yaml:13: error: The cue "... once" begins with "..."; begin it with a word. [cue]'),
    ("book.cues.yaml", CUES, "a-code", "training-provided",
     "codebook.yaml:11: error: code `training-provided` has cues here and in book.cues.yaml [cues-twice]"),
    ("book.cues.yaml", CUES, "a-code", "training-providde",
     "book.cues.yaml:1: error: code `training-providde` is not in codebook.yaml [cue-unknown-code]"),
    (CONSENT, AGREED, "O: {quote: yes}", "",
     "consent.yaml:1: warning: nothing is said of `O`, so their words are withheld [consent]"),
    (CONSENT, AGREED, "O: {quote: yes}", "O: {quote: yes}\n    X: {quote: yes}",
     "consent.yaml:3: warning: `X` is no informant of the study [consent]"),
    (CONSENT, AGREED, "O: {quote: yes}", "O: {quote: yes, until: 2020}",
     "consent.yaml:2: warning: the consent of `O` ended (2020), so their words are withheld [consent]"),
    (CONSENT, AGREED, "O: {quote: yes}", "O: {quote: yes, withdrawn: 2024-01-01}",
     "consent.yaml:2: error: `O` withdrew (2024-01-01), and 1 turn of theirs is still in the study [consent]"),
    ("memos/M1.md", MEMO + "She “joined their classes”.\n", "{}", "F1",
     "memos/M1.md:6: error: this quotes O-01#2, and those who speak there did not agree to be quoted [withheld-quotation]"),
    ("findings.yaml", FINDINGS, "Training is offered.", "Yes I joined their classes but it was only once.",
     "findings.yaml:3: error: this quotes O-01#2, and those who speak there did not agree to be quoted [withheld-quotation]"),
    (O, OWNER, "type: owner}", "type: owner, attributes: {village: Tuntungan}}",
     f"{O}:2: warning: of the 2 persons who are quoted only O has village: Tuntungan, which may tell who it is [singled-out]"),
]  # fmt: skip


def problems_of(root: Path) -> list[str]:
    """What the checks say, one line for each problem."""
    problems = locate(check_study(read_study(root)), root)
    return [
        f"{one.place.path}:{one.place.line}: {one.severity}: {one.message} [{one.rule}]" for one in problems
    ]


def test_cues_in_a_file_of_their_own(tmp_path: Path) -> None:
    files = {**SMALL, "codebook.yaml": NAMING_CUES.replace('cues: {en: ["only once"]}', "origin: deductive")}
    write_study(
        tmp_path, {**files, "book.cues.yaml": "training-rare: {en: [rare, ... once], needs: {id: [dinas]}}\n"}
    )
    assert problems_of(tmp_path) == [
        'book.cues.yaml:1: error: The cue "... once" begins with "..."; begin it with a word. [cue]'
    ]
    assert read_study(tmp_path).codebook.places["training-rare"].code.cues.suggest == {
        "en": ("rare", "... once")
    }


@pytest.mark.parametrize(
    ("cues", "said"),
    [
        ("../book.cues.yaml", "this path leads out of the study's folder"),
        ("none.yaml", "there is no such file"),
    ],
)
def test_a_file_of_cues_that_cannot_be_read_is_told(tmp_path: Path, cues: str, said: str) -> None:
    write_study(tmp_path, {**SMALL, "codebook.yaml": NAMING_CUES.replace("book.cues.yaml", cues)})
    with pytest.raises(StudyError) as refused:
        read_study(tmp_path)
    assert [one.message for one in refused.value.problems] == [said]


def test_a_sound_study_has_no_problems(tmp_path: Path) -> None:
    assert problems_of(write_study(tmp_path, {**SMALL, "memos/M1.md": MEMO.replace("{}", "F1")})) == []


@pytest.mark.parametrize(("path", "text", "old", "new", "said"), WRONG, ids=lambda one: str(one)[-40:])
def test_each_check(tmp_path: Path, path: str, text: str, old: str, new: str, said: str) -> None:
    assert old in text
    beside = {"codebook.yaml": NAMING_CUES} if path == "book.cues.yaml" else {}
    beside |= {CONSENT: AGREED} if "[singled-out]" in said else {}
    beside |= {CONSENT: AGREED.replace("O: {quote: yes}", "")} if "[withheld-quotation]" in said else {}
    write_study(tmp_path, {**SMALL, **beside, path: text.replace(old, new)})
    assert any(line.startswith(said) for line in problems_of(tmp_path)), problems_of(tmp_path)


def test_no_check_goes_untried() -> None:
    tried = {said.rpartition("[")[2].rstrip("]") for *_, said in WRONG}
    assert {rule_of(check) for check in CHECKS} == tried


def test_an_unknown_code_is_told_once_at_its_first_coding(tmp_path: Path) -> None:
    head, owner = (text.replace("training-provided", "trainig") for text in (CODED_HEAD, CODED_OWNER))
    write_study(
        tmp_path,
        {**SMALL, CH: head, CO: owner.replace("training-rare", "rare"), "findings.yaml": "findings: []"},
    )
    assert problems_of(tmp_path) == [
        f"{CH}:4: error: code `trainig` is not in codebook.yaml; 2 codings in 2 files have it [unknown-code]",
        f"{CO}:5: error: code `rare` is not in codebook.yaml [unknown-code]",
    ]
    first, _ = check_study(read_study(tmp_path))
    assert first.hint == "Correct it, or add it to the codebook. Did you mean `training-rare`?"


def test_what_is_changed_is_shown_where_it_differs(tmp_path: Path) -> None:
    words = "And so we sat there with all of us from the market and waited for the office to open until it was noon"
    write_study(
        tmp_path,
        {
            **SMALL,
            H: HEAD.replace("Owners come", words.replace("office", "bank") + ". Owners come"),
            CH: CODED_HEAD.replace("We hold digital training every month.", f'"{words}"'),
        },
    )
    (said,) = [one for one in problems_of(tmp_path) if "[quote-changed]" in one]
    assert (
        "“...and waited for the office to open until it was noon” reads “...and waited for the bank to open"
        in said
    )


def test_words_to_note_are_asked_for_once(tmp_path: Path) -> None:
    coded = [f"  - {{code: training-provided, turn: 2, quote: {one}, occurrence: 1}}\n" for one in "oein"]
    head = "source: H-01\ncoder: first\ncodings:\n"
    write_study(tmp_path, {**SMALL, "findings.yaml": "findings: []", CH: head + "".join(coded)})
    (said,) = [one for one in problems_of(tmp_path) if "[quote-unnoted]" in one]
    assert "4 codings of words" in said
    assert "(first:H-01:1 “o”, first:H-01:2 “e”, first:H-01:3 “i”, ...) note nothing" in said


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            **SMALL,
            CH: CODED_HEAD.replace("training-provided", "x"),
            "findings.yaml": FINDINGS.replace("E3", "E9"),
        },
    )
    assert len(problems_of(tmp_path)) == 2


@pytest.mark.parametrize(
    ("link", "hint"),
    [
        ("training-rar", "Did you mean `training-rare`?"),
        ("O-1#2", "Did you mean `O-01`?"),
        ("O-01#7", "O-01 has 2 turns."),
        ("F11", "Did you mean `F1`?"),
    ],
)
def test_what_a_link_may_have_meant(tmp_path: Path, link: str, hint: str) -> None:
    study = read_study(write_study(tmp_path, {**SMALL, "memos/M1.md": MEMO.replace("{}", link)}))
    (problem,) = check_study(study)
    assert problem.hint.endswith(f"or a turn such as KS-01#2. {hint}")
