"""Studies that should not be believed: words that are nobody's testimony, methods that are one, people who are one."""

from __future__ import annotations

from pathlib import Path

import pytest

from empowerment_qda.model.source import kind_of
from triangulation.tiny import AGAINST, HEAD, OWNER, OWNER_2, SEEN, Case, judge, show_flags, tiny

NOTHING = "informant=no_evidence type=no_evidence group=no_evidence method=no_evidence"
NOBODY = "informant=no_informant type=no_informant group=no_informant"
QUESTIONS = """
interview H: H head
  + R: The training is useful, is it not?
  H: I could not say.
interview O: O owner
  + R: Was the training useful?
  O: Hm.
"""
FROM_OTHERS = """
interview N: N head
  R: How is the class?
  + N: Each ward sends somebody.
"""
CALLED = """
telephone T: T owner
  R: Was it useful?
  + T: On the phone I say yes, it was.
"""

CASES = [
    # What a believable study looks like
    Case("an official, an owner and what was seen", HEAD + OWNER + SEEN, "triangulated", "T17:H T17:O"),
    Case("four people and what was seen", HEAD + OWNER + OWNER_2 + FROM_OTHERS + SEEN, "triangulated", ""),
    # R1, R2: people, never quotations
    Case("five quotations of one owner", """
interview O: O owner
  + O: It helped.
  + O: I sold more.
  + O: I learned to write a text.
  + O: My sister came too.
  + O: We shall go again.
""", "flagged", "T04 T05:owner T06:owner T07:interview T15:O"),
    Case("one owner in five interviews", "".join(
        f"interview O{n}: O owner\n  + O: Answer number {n} was good.\n" for n in range(5)
    ), "flagged", "T04 T05:owner T06:owner T07:interview T15:O"),
    Case("three passages are too few for a concentration", """
interview O: O owner
  + O: It helped.
  + O: I sold more.
  + O: I learned to write a text.
""", "flagged", "T04 T05:owner T06:owner T07:interview"),
    Case("half of four passages is no concentration", HEAD + """
interview O: O owner
  + O: It helped.
  + O: I sold more.
""" + SEEN, "triangulated", "T17:H T17:O"),
    Case("three of four passages are a concentration, one of them shared with another", HEAD + """
fgd G: P owner, Q owner
  P: It helped.
  Q: It helped me too.
  + #1-2
  + Q: I sold more.
  + Q: My sister came too.
""", "triangulated", "T15:Q T17:H"),
    Case("the same words coded by two coders are one passage", """
interview O: O owner
  + O: It helped.
  +@second #1
  + O: I sold more.
""" + HEAD + SEEN, "triangulated", "T17:H T17:O"),
    # R3: what is seen or written is nobody's voice
    Case("field notes only", SEEN, "flagged", "T03 T07:observation", NOBODY),
    Case("field notes that name an informant", """
pengamatan S: P owner
  + P: Saya mencatat bahwa kelas penuh.
observasi K: H head
  + H: Kepala seksi mengangguk.
""", "flagged", "T03 T07:observation", NOBODY),
    Case("documents that quote persons", """
documentation D: P owner | producer: agency
  + P: "The class changed my life."
dokumen E: H head | producer: researcher
  + H: "Kelas selalu penuh."
""", "flagged", "T03 T07:documentation", NOBODY),
    Case("the speaker of a document is a label", HEAD + OWNER + """
documentation D: | producer: researcher
  + Caption: Owners at their desks.
""", "triangulated", "T17:H T17:O"),
    # R4
    Case("a method that nobody tells", """
unspecified H: H head
  + H: We hold a class.
unspecified O: O owner
  + O: It helped me.
""", "unsupported", "T01", NOTHING),
    Case("an untold method does not lift the method axis", HEAD + OWNER + """
unspecified X:
  + It is known from interviews, observation and documents that the class helps.
observation S:
  Nobody came that day.
""", "flagged", "T07:interview"),
    # R8: what was read in, qualified, rejected, suggested
    Case("only read in", HEAD.replace("  +", "  ?") + OWNER.replace("  +", "  ?") + SEEN.replace("  +", "  ?"),
         "unsupported", "T11"),
    Case("only qualified", HEAD.replace("  +", "  ~") + OWNER.replace("  +", "  ~"), "unsupported", "T01"),
    Case("rejected codings", HEAD + OWNER.replace("  +", "  +/rejected") + SEEN, "flagged", "T04 T05:head T06:agency"),
    Case("suggestions beside a person's codings", HEAD + OWNER.replace("  +", "  +@auto/suggested") + SEEN, "flagged",
         "T04 T05:head T06:agency"),
    Case("the machine alone, its suggestions", (HEAD + OWNER + SEEN).replace("  +", "  +@auto/suggested"),
         "triangulated", "T17:H T17:O", strict=1),
    Case("the machine alone, called accepted", (HEAD + OWNER + SEEN).replace("  +", "  +@auto"),
         "triangulated", "T17:H T17:O", strict=1),
    Case("the machine alone is chosen over the person", (HEAD + OWNER + SEEN).replace("  +", "  +@auto")
         + AGAINST.replace("  -", "  ~"), "triangulated", "T17:H T17:O", strict=1,
         qda={"evidence": {"coders": ["auto"]}}),
    # open: a person who coded nothing that the finding cites does not make the machine's suggestions evidence
    Case("a person's name beside the machine", (HEAD + OWNER + SEEN).replace("  +", "  +@auto/suggested")
         + AGAINST.replace("  -", "  ~"), "unsupported", "T01", qda={"evidence": {"coders": ["auto", "first"]}}),
    # R11: who is a witness
    Case("only the interviewer's questions", QUESTIONS, "unsupported", "T01", NOTHING),
    Case("only the interviewer's questions and what was seen", QUESTIONS + SEEN, "flagged", "T03 T07:observation", NOBODY),
    Case("a question that contradicts is no contradiction", HEAD + OWNER + SEEN + """
interview Z: Z owner
  - R: Was it not a lost day?
  Z: Hm.
""", "triangulated", "T17:H T17:O"),
    Case("a passage over question and answer is the answer's", HEAD + SEEN + """
interview O: O owner
  R: Was the training useful?
  O: Very much so.
  + #1-2
""", "triangulated", "T17:H T17:O"),
    Case("nobody told who asks", """
interview H: H head | interviewer: []
  + R: Is there training?
  H: Yes.
interview O: O owner | interviewer: []
  + R: Was it useful?
  O: Yes, it was.
""", "unsupported", "T01", NOTHING, "unknown-speaker"),
    Case("the interviewer under another label", """
interview H: H head | interviewer: Peneliti
  + R: Apakah ada pelatihan?
  H: Ada.
""" + OWNER + SEEN, "flagged", "T04 T05:owner T06:owner", names="unknown-speaker"),
    Case("the interviewer is called an informant too", """
interview H: H head | interviewer: H
  + H: I tell you that the class helps.
interview O: O owner | interviewer: O
  + O: And so do I.
""", "unsupported", "T01", NOTHING),
    Case("p4 for P4", HEAD + SEEN + """
interview O: P4 owner
  R: Was it useful?
  + p4: It was.
""", "flagged", "T04 T05:head T06:agency", "informant=single:1", "unknown-speaker"),
    Case("a husband answers, and nobody declared him", HEAD + SEEN + """
interview O: O owner
  R: Apakah berguna?
  + Suami: Sangat berguna bagi istri saya.
  O: Ya.
""", "flagged", "T04 T05:head T06:agency", names="unknown-speaker"),
    Case("a passage over an informant and an undeclared speaker", HEAD + SEEN + """
interview O: O owner
  R: Apakah berguna?
  O: Kata suami saya,
  Suami: sangat berguna!
  + #2-3
""", "triangulated", "T17:H T17:O", names="unknown-speaker"),
    Case("a declared bystander answers for both", """
interview H: H head | bystanders: [Tamu]
  + Tamu: The class is very good.
interview O: O owner | bystanders: [Suami]
  + Suami: Sangat berguna bagi istri saya.
""", "unsupported", "T01", NOTHING),
    Case("reconstructed turns are evidence of nothing", """
interview H: H head
  R: Is there training?
  r+ H: Yes, there surely is.
interview O: O owner
  R: Was it useful?
  r+ O: It must have been.
observation S:
  r+ They must have sat there.
""", "unsupported", "T01", NOTHING),
    Case("a passage over a reconstructed and a real turn is the real one's", HEAD + SEEN + """
interview O: O owner
  r O: As I said before,
  O: it was useful.
  + #1-2
""", "triangulated", "T17:H T17:O"),
    Case("interviews without any speaker are their informant's", """
interview H: H head
  + We hold a class.
wawancara O: O owner
  + Kelas itu membantu saya.
""" + SEEN, "triangulated", "T17:H T17:O"),
    Case("interviews that declare nobody", """
interview H:
  + H: We hold a class.
wawancara O:
  + Kelas itu membantu saya.
""", "unsupported", "T01", NOTHING),
    # open: a focus group that declares nobody is an interview that declares nobody
    Case("a focus group that declares nobody", HEAD + SEEN + """
fgd G:
  + We all sold more.
""", "flagged", "T04 T05:head T06:agency", "informant=single:1"),
    Case("one of two sides is heard only through questions", """
interview H: H head
  + R: You hold a class every month, do you not?
  H: No comment.
""" + OWNER + OWNER_2 + SEEN, "triangulated", "T17:O T17:Q T05:owner T06:owner",
         qda={"triangulation": {"require": ["informant", "method"], "reason": "owners only"}}),
    # R15: kinds of methods
    Case("interview and wawancara are one method", HEAD + OWNER.replace("interview", "wawancara") + SEEN.replace("  +", "  "),
         "flagged", "T07:interview"),
    Case("interview and Interview are one method", HEAD + OWNER.replace("interview", "Interview") + SEEN.replace("  +", "  "),
         "flagged", "T07:interview"),
    Case("focus group, kelompok terarah and fgd are one method", """
focus group G: H head
  + H: The class is full.
Kelompok Terarah K: O owner
  + O: Kelasnya berguna.
FGD L: P owner
  + P: It was good.
""" + SEEN.replace("  +", "  "), "flagged", "T07:fgd"),
    Case("observasi, pengamatan and observation are one method", """
observasi S:
  + Kelas penuh.
Pengamatan K:
  + Peserta mencatat.
observation L:
  + They take notes.
""" + HEAD.replace("  +", "  "), "flagged", "T03 T07:observation"),
    Case("dokumen, dokumentasi and documentation are one method", """
dokumen S: | producer: researcher
  + Foto kelas.
Dokumentasi K: | producer: researcher
  + Daftar hadir.
documentation L: | producer: researcher
  + A poster.
""" + HEAD.replace("  +", "  "), "flagged", "T03 T07:documentation"),
    Case("a telephone that nobody declared counts on no axis", HEAD + CALLED + OWNER.replace("  +", "  ")
         + SEEN.replace("  +", "  "), "flagged", "T04 T05:head T06:agency T07:interview", names="unknown-method"),
    Case("a telephone that counts as an interview", HEAD + CALLED + SEEN.replace("  +", "  "), "flagged", "T07:interview",
         qda={"methods": {"telephone": {"counts_as": "interview"}}}),
    Case("a telephone that counts as an interview, and what was seen", HEAD + CALLED + SEEN, "triangulated",
         "T17:H T17:T", qda={"methods": {"telephone": {"counts_as": "wawancara"}}}),
    Case("wawancara mendalam is no known word", (HEAD + OWNER).replace("interview", "wawancara mendalam"),
         "unsupported", "T01", NOTHING, "unknown-method"),
    Case("a mistyped interview counts on no axis", HEAD + OWNER.replace("interview", "intervew") + SEEN, "flagged",
         "T04 T05:head T06:agency", names="unknown-method"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_who_is_a_witness(case: Case, tmp_path: Path) -> None:
    judge(case, tmp_path)


def test_a_known_word_is_not_given_another_meaning(tmp_path: Path) -> None:
    """`wawancara` declared as an observation would make one method two."""
    made = tiny(
        tmp_path,
        HEAD + OWNER.replace("interview", "wawancara"),
        qda={"methods": {"wawancara": {"counts_as": "observation"}}},
    )
    assert made.strict() != 0
    assert made.names("wawancara")


def test_a_method_counts_as_a_known_one(tmp_path: Path) -> None:
    made = tiny(tmp_path, HEAD + CALLED, qda={"methods": {"telephone": {"counts_as": "telepathy"}}})
    assert made.strict() != 0
    assert made.names("telepathy")


def test_the_method_of_the_glob_is_a_kind_too(tmp_path: Path) -> None:
    """Two globs, two words, one method."""
    study = (HEAD + OWNER).replace("interview", "_")
    made = tiny(tmp_path, study, qda={"sources": {"interview": "data/H.yaml", "wawancara": "data/O.yaml"}})
    assert made.finding()["axes"]["method"]["values"] == ["interview"]
    assert "T07:interview" in show_flags(made.finding())


def test_an_unknown_method_is_asked_what_it_means(tmp_path: Path) -> None:
    made = tiny(tmp_path, HEAD + OWNER.replace("interview", "intervew"))
    (problem,) = [one for one in made.problems() if one["rule"] == "unknown-method"]
    assert "intervew" in problem["message"]
    assert "`interview`" in problem["hint"]


def test_an_undeclared_speaker_is_asked_who_is_meant(tmp_path: Path) -> None:
    made = tiny(
        tmp_path, "interview O: P4 owner\n  R: Was it useful?\n  + p4: It was.\n  p4: It really was.\n"
    )
    problems = [one for one in made.problems() if one["rule"] == "unknown-speaker"]
    assert problems
    assert all(one["severity"] == "error" for one in problems)
    assert any("p4" in one["message"] and "P4" in one["hint"] for one in problems)


@pytest.mark.parametrize("method", ["interview", "Wawancara"])
def test_an_interview_that_declares_nobody_is_an_error(method: str, tmp_path: Path) -> None:
    made = tiny(tmp_path, HEAD + f"{method} N:\n  + They all liked it.\n" + SEEN)
    assert made.qda("check").exit_code == 1
    assert any(one["severity"] == "error" and "N.yaml" in one["path"] for one in made.problems())


def test_what_is_no_interview_needs_no_declared_speaker(tmp_path: Path) -> None:
    study = (
        "observation S:\n  + Trainer: Sit down.\ndokumen D: | producer: researcher\n  + Caption: A class.\n"
    )
    assert tiny(tmp_path, HEAD + OWNER + study).errors() == set()


def test_a_declared_bystander_is_no_error(tmp_path: Path) -> None:
    study = "interview B: O owner | bystanders: [Suami, Penerjemah]\n  R: Ya?\n  Suami: Ya.\n  Penerjemah: Yes.\n  + O: Baik.\n"
    assert tiny(tmp_path, HEAD + SEEN + study).errors() == set()


@pytest.mark.parametrize(("marks", "speaker"), [("+", "R: "), ("+", "Suami: "), ("r+", "O: "), ("+", "o: ")])
def test_what_is_nobodys_testimony_is_nowhere_evidence_and_is_listed(
    marks: str, speaker: str, tmp_path: Path
) -> None:
    """R11 everywhere: not among the passages of the finding, not a row of the reduction; and it is told why."""
    made = tiny(
        tmp_path,
        HEAD
        + f"interview N: O owner | bystanders: [Suami], interviewer: R\n  R: So?\n  {marks} {speaker}It was good.\n",
    )
    assert made.finding()["supporting"] == ["H#2"]
    assert [row["source"] for row in made.answer("reduce")["evidence"]] == ["H"]
    # open: where it is listed; here `check` or the explanation of the finding has to name the turn
    told = made.qda("triangulate", "F").stdout
    assert "N#2" in told or any(one.get("source") == "N" and one.get("turn") == 2 for one in made.problems())


LONG = (
    "I have sold banana chips at this corner since my second child was born. Last year my neighbour took me to the class.",
    "They showed us how to take a picture in the light of the morning, and how to write what is in the packet and for whom.",
    "Since then orders come from other wards, sometimes from Binjai, and my nephew drives them there on Fridays.",
)
OTHER = (
    "My shop repairs shoes, so there is little to photograph. I went to the class because the head of the ward asked me to.",
    "What I took home is the habit of writing down each evening what came in and what went out. Nobody had taught me that.",
    "I do not sell online and do not plan to, but my daughter does, and we now speak about money without a quarrel.",
)


def _interview(name: str, words: tuple[str, ...]) -> str:
    asked = "  R: Please tell me how you came to the class, what you learned there, and what has changed for you since then.\n"
    return f"interview {name}: {name} owner\n{asked}" + "".join(f"  + {name}: {one}\n" for one in words)


def test_a_copied_interview_is_named(tmp_path: Path) -> None:
    made = tiny(tmp_path, _interview("B1", LONG) + _interview("B2", LONG) + HEAD)
    assert made.names("B1", "B2")


def test_a_copied_interview_with_a_few_words_changed_is_named(tmp_path: Path) -> None:
    changed = tuple(
        one.replace("banana chips", "cassava crackers").replace("Fridays", "Mondays") for one in LONG
    )
    assert tiny(tmp_path, _interview("B1", LONG) + _interview("B2", changed) + HEAD).names("B1", "B2")


def test_the_same_questions_are_no_copied_interview(tmp_path: Path) -> None:
    assert not tiny(tmp_path, _interview("B1", LONG) + _interview("B2", OTHER) + HEAD).names("B1", "B2")


def test_one_informant_who_repeats_herself_is_no_copied_interview(tmp_path: Path) -> None:
    again = _interview("B1", LONG).replace("interview B1: B1 owner", "interview B2: B1")
    assert tiny(tmp_path, _interview("B1", LONG) + again + HEAD).problems() == []


def test_the_machine_alone_is_announced(tmp_path: Path) -> None:
    made = tiny(tmp_path / "auto", (HEAD + OWNER + SEEN).replace("  +", "  +@auto/suggested"))
    assert made.answer("triangulate")["coded_by"] == "auto"
    assert "coded_by" not in tiny(tmp_path / "by-hand", HEAD + OWNER + SEEN).answer("triangulate")


def test_the_machine_alone_says_so_in_the_table(tmp_path: Path) -> None:
    result = tiny(tmp_path, (HEAD + OWNER + SEEN).replace("  +", "  +@auto/suggested")).qda("triangulate")
    assert "machine" in (result.stdout + result.stderr).lower()


def test_no_study_changes_what_a_known_word_means() -> None:
    """R15: an interview that is declared to count as an observation would be nobody's testimony."""
    assert kind_of("Wawancara", {"wawancara": "observation", "walk": "observation"}) == "interview"
    assert kind_of("walk", {"walk": "observation"}) == "observation"
