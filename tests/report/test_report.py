"""The report: what it says of a study, where its links lead, and that it says the same again."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import read_study
from empowerment_qda.locale import say
from empowerment_qda.model.base import parse_when
from empowerment_qda.model.source import Span
from empowerment_qda.report.about import span_of
from empowerment_qda.report.index import Index
from empowerment_qda.report.render import fill
from empowerment_qda.report.sources import cut_turn
from empowerment_qda.report.words import WORDS
from empowerment_qda.triangulation import triangulate_study
from kit import QDA, SMALL, write_study
from report_kit import RICH, Page, finding, make, show


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich study."""
    return write_study(tmp_path_factory.mktemp("rich"), RICH)


def test_every_word_is_used() -> None:
    """A word that no template and no module names is dead."""
    package = Path(fill.__code__.co_filename).parent
    places = [*package.glob("*.py"), *(package.parent / "templates").glob("*")]
    text = "\n".join(
        place.read_text(encoding="utf-8") for place in places if not place.name.startswith("words")
    )
    built = ("say_", "kind_", "cell_", "state_", "direction_", "origin_", "provenance_", "reading_")
    dead = [
        key for key in WORDS
        if not re.search(rf"\bw\.{key}\b|[\"']{key}[\"']", text) and not key.startswith(built)
        and not key.endswith("_more") and key not in ("use_when", "not_when", "example", "near_miss")
    ]  # fmt: skip
    assert dead == []


# What it says


def test_the_top_tells_what_and_on_what_words(rich: Path) -> None:
    report = make(rich, "en")
    assert (report.title, report.purpose) == ("A rich study", "To try the report.")
    assert [(one.key, one.text.split(":")[0]) for one in report.notices] == [
        ("restated", "1 of 6 sources are restated"), ("translated", "1 of 6 sources are translations"),
    ]  # fmt: skip
    assert report.provenance_note == "A note on `provenance`."
    assert report.questions == ("What?", "Who?")
    assert [(one.name, one.text) for one in report.about] == [("Sampling", "Purposive.")]
    assert [(one.name, one.text) for one in report.about_more] == [
        ("Ethics", "Approved."), ("Researchers", "researcher, f"), ("Coded by", "first and second"),
    ]  # fmt: skip
    assert report.gathered == (
        "interview, 3 sources, 12–21 September 2022", "focus group, 1 source", "observation, 1 source, 2022",
        "documentation, 1 source, 27–30 June 2022",
    )  # fmt: skip


def test_informants_are_counted_by_type_in_their_order(rich: Path) -> None:
    rows = [
        (one.label, one.group, one.planned, str(one.heard), str(one.quoted), one.who)
        for one in make(rich, "id").informants
    ]
    assert rows == [
        ("Kepala", "Dinas", 1, "1", "1", ("H",)), ("Staf", "Dinas", 2, "0", "0", ()),
        ("Pemilik usaha", "Pemilik", 3, "1-2", "1-2", ("O", "U")),
        ("jenis tidak diketahui", "tidak disebut", None, "1", "1", ("X",)),
    ]  # fmt: skip
    assert make(rich).informants[2].unidentified == {"U"}
    assert 'class="number zero-loud">0</td>' in show(rich)
    assert "<bdi>U</bdi>*" in show(rich)


def test_verdicts_are_counted_the_best_first(rich: Path) -> None:
    report = make(rich, "en")
    assert [(one.key, [to.text for to in one.findings]) for one in report.verdicts] == [
        ("triangulated", ["F1"]), ("contested", []), ("not_assessable", []), ("indeterminate", []),
        ("flagged", ["F2"]), ("unsupported", ["F3"]),
    ]  # fmt: skip
    assert report.summary == "3 findings: 1 triangulated, 1 flagged, 1 unsupported."
    assert report.rule == (
        "A finding is triangulated when what supports it comes from at least 2 informants, 2 types, 2 groups and 2 methods."
    )


def test_the_rule_says_what_this_study_asks_for(tmp_path: Path) -> None:
    rules = "triangulation: {profile: basic, min: {informant: 3}}\n    evidence: {count_inferred: yes}\n"
    report = make(tmp_path, "id", SMALL | {"qda.yaml": QDA + rules})
    assert report.rule == (
        "Temuan disebut tertriangulasi bila dukungannya berasal dari sekurang-kurangnya 3 informan dan 2 jenis informan."
    )
    assert report.counts_inferred
    assert say(WORDS["counts_inferred"], "id") in show(tmp_path)
    method = finding(report, "F1").axes[3]
    assert not method.required
    assert say(WORDS["not_required"], "id") in show(tmp_path)


def test_findings_stand_by_dimension_in_the_order_of_the_codebook(tmp_path: Path) -> None:
    findings = """
        findings:
          - {id: F1, statement: One, dimension: protecting}
          - {id: F2, statement: Two}
          - {id: F3, statement: Three, dimension: enabling}
        """
    report = make(
        tmp_path,
        "en",
        RICH
        | {
            "findings.yaml": findings,
            "memos/M1.md": RICH["memos/M3.md"],
            "memos/M2.md": RICH["memos/M3.md"].replace("M3", "M2"),
        },
    )
    assert [(one.label, [each.id for each in one.findings]) for one in report.sections] == [
        ("Climate", ["F3"]), ("Protection", ["F1"]), ("Other findings", ["F2"]),
    ]  # fmt: skip
    assert [row.block for row in report.by_finding.rows] == ["Protection", "", "Climate"]
    assert report.sections[0].definition == "A good climate."


def test_a_finding_at_a_glance(rich: Path) -> None:
    one = finding(make(rich, "en"), "F1")
    assert [(axis.label, axis.count, axis.minimum, axis.words) for axis in one.axes] == [
        ("informants", "2–3", 2, "met"), ("types of informants", "2–3", 2, "met"), ("groups", "2–3", 2, "met"),
        ("methods", "4", 2, "met"),
    ]  # fmt: skip
    assert one.axes[1].values == ("Head", "Owner")
    assert one.axes[3].values == ("documentation", "focus group", "interview", "observation")
    assert [(side.key, side.count) for side in one.sides] == [
        ("supporting", "6 passages, 2–3 informants"), ("contradicting", "1 passage, 1 informant"),
        ("qualifying", "1 passage, 1 informant"), ("inferred", "1 passage, 1 informant"),
    ]  # fmt: skip
    assert one.expected == ("Staff",)
    assert (one.verdict_words, one.contested, one.note) == ("triangulated", False, "A note on the finding.")
    assert [(each.name, each.text) for each in one.inquiries] == [
        ("Member check", "done, 1 October 2022, R. Setuju.")
    ]


def test_every_type_and_method_is_quoted_before_one_is_quoted_twice(rich: Path) -> None:
    supporting = finding(make(rich), "F1").sides[0]
    assert [one.id for one in supporting.quotes] == ["E1", "E2", "E6"]
    assert [one.id for one in supporting.more] == ["E1d", "E7", "E8"]
    assert supporting.more_words == "3 kutipan lagi"


def test_what_speaks_against_a_finding_never_folds_away(tmp_path: Path) -> None:
    against = (
        RICH["findings.yaml"]
        .replace("supported_by: [training]", "")
        .replace("contradicted_by: [E3]", "contradicted_by: [training]")
    )
    side = finding(make(tmp_path, "id", RICH | {"findings.yaml": against}), "F1").sides[0]
    assert (side.key, len(side.quotes), side.more) == ("contradicting", 7, ())


def test_one_passage_is_not_folded_away_alone(tmp_path: Path) -> None:
    four = RICH["findings.yaml"].replace("supported_by: [training]", "supported_by: [E1, E2, E7, E8]")
    side = finding(make(tmp_path, "id", RICH | {"findings.yaml": four}), "F1").sides[0]
    assert ([one.id for one in side.quotes], side.more) == (["E1", "E2", "E7", "E8"], ())


def test_quotations_tell_who_how_when_and_where(rich: Path) -> None:
    quotes = {
        one.id: one for side in finding(make(rich, "en"), "F1").sides for one in (*side.quotes, *side.more)
    }
    assert (quotes["E1"].who, quotes["E1"].details) == ("H", ("Head", "interview", "12 September 2022"))
    assert quotes["E1"].link.text == "H-01, turn 2"
    assert quotes["E1"].code.text == "Training"
    assert (quotes["E3"].words, quotes["E3"].link.text) == (
        "Tapi cuma sekali saja.\nSesudah itu tidak ada lagi.", "O-01, turns 1–2",
    )  # fmt: skip
    assert quotes["E3"].details[-1] == "restated"
    assert quotes["E5"].details == (
        "Owner",
        "not identified",
        "interview",
        "21 September 2022",
        "read in by the analyst",
        "translated",
    )
    assert (quotes["E6"].who, quotes["E6"].details) == (
        "G-01",
        ("type not known", "not identified", "focus group", "undated"),
    )
    assert (quotes["E7"].who, quotes["E7"].details) == (
        "Field note",
        ("observation", "made by the researcher", "2022"),
    )
    assert (quotes["E8"].who, quotes["E8"].details) == (
        "D-01",
        ("documentation", "made by Agency", "27–30 June 2022"),
    )


def test_a_turn_is_translated_only_where_the_reader_needs_it_and_once(rich: Path) -> None:
    english = {
        one.id: one for side in finding(make(rich, "en"), "F1").sides for one in (*side.quotes, *side.more)
    }
    assert english["E1"].translation == "We hold training every month. Owners come. Often enough."
    assert english["E2"].translation == ""
    indonesian = finding(make(rich, "id"), "F1").sides[0].quotes[0]
    assert indonesian.translation == ""
    assert "Is there training?" in show(rich, "en")
    assert "Is there training?" not in show(rich, "id")


def test_passages_of_one_turn_in_a_row_are_translated_once(tmp_path: Path) -> None:
    both = RICH["findings.yaml"].replace("supported_by: [training]", "supported_by: [E1, E1d]")
    quotes = finding(make(tmp_path, "en", RICH | {"findings.yaml": both}), "F1").sides[0].quotes
    assert [bool(one.translation) for one in quotes] == [True, False]
    assert quotes[1].details[-1] == "translated above"


def test_rivals_with_what_supports_them(rich: Path) -> None:
    rivals = [
        (one.statement, one.finding and one.finding.anchor, one.standing, [to.text for to in one.passages])
        for one in finding(make(rich, "en"), "F1").rivals
    ]
    assert rivals == [
        ("Training is rare.", "finding-F2", "less supported than the finding", ["O-01#1-2"]),
        ("Hanya kabar.", None, "less supported than the finding", ["N-01#1"]),
    ]  # fmt: skip


def test_weaknesses_with_what_would_lift_them(rich: Path) -> None:
    one = finding(make(rich, "en"), "F2")
    assert [(flag.code, flag.lift) for flag in one.flags] == [
        ("T04", "The word that T06 asks for lifts this too."),
        ("T05", "The word that T06 asks for lifts this too."),
        ("T06", "A word from the other side, Agency: Staff (no transcript yet); Head (speaking against it so far)."),
        ("T07", "Evidence gathered in another way: focus group, observation or documentation."),
        ("T10", "Nothing more, if the memo convinces: it stays here so that readers can judge."),
    ]  # fmt: skip
    assert one.response == ()
    notes = {(note.code, note.sentence) for note in make(rich, "en").notes}
    assert ("S01", "A type of informant was planned and is not quoted: Staff.") in notes


def test_a_word_of_another_group_does_not_lift_what_needs_two(tmp_path: Path) -> None:
    three = RICH["qda.yaml"] + "triangulation: {min: {informant: 3}}\n"
    flags = finding(make(tmp_path, "en", RICH | {"qda.yaml": three}), "F2").flags
    assert (
        flags[0].lift
        == "A word from 2 informants more: Staff (no transcript yet); Head (speaking against it so far)."
    )
    assert flags[1].lift == "The word that T06 asks for lifts this too."


def test_the_weakest_finding_behind_a_claim(rich: Path) -> None:
    report = make(rich, "en")
    assert report.conclusion is not None
    assert (report.conclusion.statement, report.conclusion.weakest, report.conclusion.note) == (
        "Good.",
        "flagged",
        "Tentatif.",
    )
    claims = [(one.id, one.weakest, [to.text for to in one.rests_on]) for one in report.recommendations]
    assert claims == [("R1", "unsupported", ["F3", "F1"]), ("R2", "", [])]
    assert say(WORDS["rests_on_nothing"], "en") in show(rich, "en")


def test_a_memo_is_told_at_the_finding_that_it_answers_or_the_first_that_it_is_about(rich: Path) -> None:
    report = make(rich, "en")
    one, two = finding(report, "F1"), finding(report, "F2")
    assert [memo.id for memo in one.memos] == ["M1"]
    assert [link.text for link in one.memo_links] == ["Memo M2, told at F2"]
    assert [memo.id for memo in two.memos] == ["M2"]
    assert [memo.id for memo in report.memos] == ["M3"]
    memo = one.memos[0]
    assert (memo.kind, memo.author, memo.date) == ("contradiction", "first", "30 December 2024")
    assert [(link.text, link.anchor) for link in memo.links] == [
        ("F1", "finding-F1"), ("E2", "passage-O-01-1"), ("O-01", "source-O-01"), ("training", "code-training"), ("H-01#2", "turn-H-01-2"),
        ("M2", "memo-M2"),
    ]  # fmt: skip
    assert memo.plain_links == ("nowhere",)
    linked = {source.id: [link.text for link in source.memo_links] for source in report.sources}
    assert {source for source, memos in linked.items() if memos} == {"O-01"}
    assert linked["O-01"] == ["Memo M1"]


MEMO = "---\nid: M1\nlinks: [{}]\n---\n\nWho *else*?\n"


def places_of_memo(root: Path, links: str) -> tuple[dict[str, list[str]], str, str]:
    """Where a memo of no finding is linked from, by the anchor of the place; and the page in both forms."""
    coded = SMALL["codings/first/H-01.yaml"].replace("id: E1,", "id: E1, memo: so <b>she</b> says,")
    report = make(root, "en", SMALL | {"codings/first/H-01.yaml": coded, "memos/M1.md": MEMO.format(links)})
    found = {source.anchor: source.memo_links for source in report.sources}
    for source in report.sources:
        found |= {turn.anchor: turn.memo_links for turn in source.turns}
        found |= {one.anchor: one.memo_links for turn in source.turns for one in turn.margins}
    codes = list(report.codebook.codes)
    while codes:
        code = codes.pop()
        found[code.anchor] = code.memo_links
        codes += code.codes
    assert [memo.id for memo in report.memos] == ["M1"]
    linked = {anchor: [to.anchor for to in links] for anchor, links in found.items() if links}
    return linked, show(root, "en"), show(root, "en", "md")


@pytest.mark.parametrize(
    ("links", "places"),
    [
        ("training-rare", ["code-training-rare"]),
        ("E1", ["passage-H-01-1"]),
        ("H-01#2", ["turn-H-01-2"]),
        ("H-01#1-2", ["turn-H-01-1", "turn-H-01-2"]),
        ("H-01", ["source-H-01"]),
        ("H-01#9", []),
    ],
)
def test_a_memo_is_linked_where_it_belongs(tmp_path: Path, links: str, places: list[str]) -> None:
    linked, html, text = places_of_memo(tmp_path, links)
    assert linked == {place: ["memo-M1"] for place in places}
    assert html.count('<a href="#memo-M1">Memo M1</a>') == len(places)
    assert Page(html).unclosed == []
    assert ({link[1:] for link in Page(html).links} - set(Page(html).ids)) == set()
    assert len(re.findall(r"(?:- | · |^)Memo M1$", text, re.MULTILINE)) == len(places)
    assert f"**Memo M1** (theoretical) On {links.replace('#', chr(92) + '#')}" in text


def test_what_is_noted_on_a_coding_stands_beside_it(tmp_path: Path) -> None:
    _, html, text = places_of_memo(tmp_path, "F9")
    assert '· <span dir="auto">so &lt;b&gt;she&lt;/b&gt; says</span></li>' in html
    assert "→ F1 · so \\<b\\>she\\</b\\> says" in text


def test_why_a_code_was_added_stands_with_its_rules(tmp_path: Path) -> None:
    book = SMALL["codebook.yaml"].replace(
        "direction: limits\n", "direction: limits\n                memo: Owners <i>said</i> so.\n"
    )
    report = make(tmp_path, "en", SMALL | {"codebook.yaml": book})
    code = report.codebook.codes[0].codes[0].codes[1]
    assert [(rule.name, rule.text) for rule in code.rules] == [("Memo", "Owners <i>said</i> so.")]
    assert "Owners &lt;i&gt;said&lt;/i&gt; so." in show(tmp_path, "en")


def test_a_memo_is_markdown_without_links_or_html(rich: Path) -> None:
    page = show(rich)
    assert '<p class="heading">Judul</p>' in page
    assert "<em>tekanan</em> dan &lt;b&gt;bukan&lt;/b&gt; [tautan](http://example.org)" in page
    assert "> Satu *tekanan* dan \\<b\\>bukan\\</b\\> \\[tautan\\](http://example.org)." in show(
        rich, "id", "md"
    )


def test_what_could_not_be_placed_is_told(rich: Path) -> None:
    unplaced = make(rich, "en").unplaced
    assert [(one.id, one.code, one.coder, one.source.anchor, one.why) for one in unplaced] == [
        ("E4", "Rare", "first", "source-O-01", "the words are not there"),
    ]  # fmt: skip
    assert "Kata yang tidak pernah diucapkan" in show(rich)
    assert make(rich, "en").limits == ("Limited.",)


def test_the_codebook_counts_its_uses(rich: Path) -> None:
    enabling, protecting = make(rich, "en").codebook.codes
    assert (enabling.label, enabling.uses) == ("Climate", "2–4 informants, 9 passages")
    training, rare, talk, old = enabling.codes[0].codes
    assert (training.traits, training.uses) == (("supports", "from theory"), "2–4 informants, 7 passages")
    assert [(rule.name, rule.text) for rule in training.rules] == [
        ("Use when", "A class is held."),
        ("Example", "A class in May."),
    ]
    assert rare.traits == ("limits", "from the data")
    assert (talk.label, talk.uses) == ("talk", "1 informant, 1 passage")
    assert (old.traits[-1], old.used, protecting.uses) == ("retired", False, "not used")


def test_only_suggestions_are_told_loudly(tmp_path: Path) -> None:
    files = {path: text for path, text in SMALL.items() if not path.startswith("codings")}
    auto = (
        SMALL["codings/first/H-01.yaml"].replace("first", "auto").replace("quote", "status: suggested, quote")
    )
    report = make(tmp_path, "en", files | {"codings/auto/H-01.yaml": auto, "findings.yaml": "findings: []"})
    assert report.notices[0].key == "only_auto"
    page, text = show(tmp_path, "en"), show(tmp_path, "en", "md")
    assert '<div class="notice only_auto"' in page
    assert "> **Machine suggestions only.** No person has coded these sources yet." in text
    assert report.notices[-1].key == "only_auto"  # nothing is restated


def test_a_study_without_findings_or_codings_has_a_report(tmp_path: Path) -> None:
    files = {path: text for path, text in SMALL.items() if not path.startswith(("codings", "findings"))}
    write_study(tmp_path, files)
    for form in ("html", "md"):
        text = show(tmp_path, "en", form)
        assert "There are no findings yet." in text
        assert "{{" not in text
    assert Page(show(tmp_path, "en")).unclosed == []


# Matrices


def test_the_cells_of_a_matrix_lead_to_their_passages(rich: Path) -> None:
    matrix = make(rich, "en").matrices[0]
    assert matrix.columns == ("Climate: Awareness", "Protection: Fairness")
    assert [row.label for row in matrix.rows] == ["Owner", "Head", "Staff", "type not known"]
    owner, head, staff, unknown = (row.cells[0] for row in matrix.rows)
    assert (owner.mark, owner.informants, owner.segments) == ("±", "≤2", 3)
    assert (head.mark, staff.mark, unknown.mark) == ("±", "n/a", "+")
    assert [(link.text, link.anchor) for link in head.links] == [
        ("H-01#2", "passage-H-01-1"), ("H-01#2", "passage-H-01-2"), ("H-01#2", "passage-H-01-3"),
    ]  # fmt: skip
    assert matrix.rows[0].cells[1].mark == "–"


def test_a_matrix_wider_than_long_is_turned_and_says_so(tmp_path: Path) -> None:
    book = RICH["codebook.yaml"] + "\n        ".join(
        f"  - {{id: d{n}, codes: [{{id: a{n}, codes: [{{id: c{n}}}]}}]}}" for n in range(3)
    )
    matrix = make(tmp_path, "en", RICH | {"codebook.yaml": book}).matrices[0]
    assert [(row.block, row.label) for row in matrix.rows][:3] == [
        ("Climate", "Awareness"),
        ("Protection", "Fairness"),
        ("d0", "a0"),
    ]
    assert matrix.columns == ("Owner", "Head", "Staff", "type not known")
    assert matrix.notes[-1] == "It is turned here: rows stand at the head, columns at the side."


def test_a_matrix_that_is_not_turned_names_the_block_of_a_column(rich: Path) -> None:
    study = read_study(rich)
    reduction = reduce_study(study)
    from empowerment_qda.model.display import Cell, Display, Heading
    from empowerment_qda.report.matrices import view_matrix

    display = Display(
        "x",
        "X",
        "rule",
        (Heading("r", "Row"), Heading("s", "Other")),
        (Heading("c", "Column", "Block"),),
        ((Cell(0, 0, "silent"),), (Cell(1, 1, "limit"),)),
        1,
        1,
    )
    matrix = view_matrix(display, Index(study, reduction, triangulate_study(study, reduction), "en"))
    assert matrix.columns == ("Block: Column",)
    assert [row.cells[0].mark for row in matrix.rows] == ["–", "−"]
    assert matrix.notes == ()


def test_what_each_type_says_of_each_finding(rich: Path) -> None:
    matrix = make(rich, "en").by_finding
    assert matrix.columns == ("Head", "Staff", "Owner")
    marks = {
        row.link.text: [(cell.mark, cell.informants, cell.segments) for cell in row.cells]
        for row in matrix.rows
        if row.link
    }
    assert marks == {
        "F1": [("+", "1", 2), ("n/a", "0", 0), ("±", "1", 2)],
        "F2": [("−", "1", 1), ("n/a", "0", 0), ("+", "1", 1)],
        "F3": [("–", "0", 0), ("n/a", "0", 0), ("–", "0", 0)],
    }  # fmt: skip


# The appendix


def test_turns_are_cut_where_passages_begin_and_end(rich: Path) -> None:
    source = next(one for one in make(rich, "en").sources if one.id == "H-01")
    turn = source.turns[1]
    shown = [
        (piece.words, [(mark.anchor, mark.number, mark.direction) for mark in piece.marks])
        for piece in turn.pieces
    ]
    assert shown == [
        ("Kami adakan ", [("passage-H-01-1", "", "mixed")]),
        ("pelatihan tiap bulan.", [("", "1", "mixed"), ("passage-H-01-2", "", "neutral")]),
        (" Pemilik datang.", [("", "2", "neutral")]),
        (" ", []),
        ("Cukup sering.", [("passage-H-01-3", "3", "supports")]),
    ]  # fmt: skip
    assert (turn.speaker, turn.time, turn.question) == ("H", "00:01:12", False)
    assert (source.turns[0].question, source.turns[0].reconstructed) == (True, True)


def test_the_margin_names_codes_and_the_findings_that_use_them(rich: Path) -> None:
    source = next(one for one in make(rich, "en").sources if one.id == "H-01")
    margins = [
        (
            one.number,
            [(id_, code.text) for id_, code in one.codes],
            [(to.text, to.anchor) for to in one.findings],
        )
        for one in source.turns[1].margins
    ]
    assert margins == [
        ("1", [("E1c", "Rare"), ("E1", "Training"), ("second:H-01:1", "Training")], [("F1", "quote-F1-supporting-E1")]),
        ("2", [("E1b", "talk")], [("F1", "quote-F1-qualifying-E1b")]),
        ("3", [("E1d", "Training")], [("F1", "quote-F1-supporting-E1d"), ("F2", "quote-F2-contradicting-E1d")]),
    ]  # fmt: skip


def test_a_passage_over_two_turns_begins_in_one_and_ends_in_the_other(rich: Path) -> None:
    source = next(one for one in make(rich, "en").sources if one.id == "O-01")
    marks = [
        [(piece.words, mark.anchor, mark.number) for piece in turn.pieces for mark in piece.marks]
        for turn in source.turns
    ]
    assert marks == [
        [("Saya ikut kelas.", "passage-O-01-1", "1"), ("Tapi cuma sekali saja.", "passage-O-01-2", "")],
        [("Sesudah itu tidak ada lagi.", "", "2")],
    ]  # fmt: skip
    assert [len(turn.margins) for turn in source.turns] == [1, 1]


def test_sources_tell_who_how_and_when(rich: Path) -> None:
    fields = {one.id: [(field.name, field.text) for field in one.fields] for one in make(rich, "en").sources}
    assert fields["H-01"] == [
        ("Method", "interview"), ("Informant", "H (Head)"), ("Date", "12 September 2022"), ("Place", "Medan"), ("Provenance", "verbatim"),
    ]  # fmt: skip
    assert ("Informant", "U (Owner, not identified)") in fields["U-01"]
    assert ("Informant", "O (Owner) and X (type not known)") in fields["G-01"]
    assert fields["N-01"][2] == ("Made by", "the researcher")


@given(st.text(min_size=1, max_size=30), st.data())
def test_the_pieces_of_a_turn_are_its_text(text: str, data: st.DataObject) -> None:
    index = object.__new__(Index)
    spots = st.integers(0, len(text))
    ends = data.draw(st.lists(st.tuples(spots, spots).map(sorted), max_size=6))
    passages = [("S", Span(1, start, 1, end)) for start, end in ends]
    index.by_passage = {passage: [] for passage in passages}
    index.numbers = {"S": {passage: number for number, passage in enumerate(passages)}}
    pieces = list(cut_turn(text, 1, passages, index))
    assert "".join(piece.words for piece in pieces) == text
    assert all(piece.words for piece in pieces)
    begun = [mark.anchor for piece in pieces for mark in piece.marks if mark.anchor]
    assert len(begun) == sum(start < end for start, end in ends)


# The page


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_link_leads_somewhere_and_every_id_stands_once(rich: Path, language: str) -> None:
    page = Page(show(rich, language))
    assert page.unclosed == []
    assert sorted(set(page.ids)) == sorted(page.ids)
    assert {link for link in page.links if not link.startswith("#")} == set()
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert {f"passage-H-01-{n}" for n in (1, 2, 3)} <= {link[1:] for link in page.links}


def test_headings_stand_in_order(rich: Path) -> None:
    levels = [level for level, _ in Page(show(rich)).headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_same_study_gives_the_same_bytes(rich: Path) -> None:
    for form in ("html", "md"):
        assert show(rich, "en", form) == show(rich, "en", form)


def test_the_page_names_its_language_and_that_of_its_sources(rich: Path) -> None:
    page = show(rich, "en")
    assert '<html lang="en">' in page
    assert '<blockquote lang="id" dir="auto">Saya ikut kelas.</blockquote>' in page


def test_the_page_tells_what_it_was_made_from(rich: Path) -> None:
    page = Page(show(rich)).words["made"]
    assert "empowerment-qda 0.2.0" in page
    assert "0123456789ab" in page
    assert "0123456789abc" not in page


def test_the_markdown_has_all_passages(rich: Path) -> None:
    text = show(rich, "en", "md")
    assert "#### F1. There is training." in text
    assert "> Tapi cuma sekali saja.\\\n> Sesudah itu tidak ada lagi." in text
    assert "\n\n\n" not in text
    assert "| There is" not in text.split("## Findings")[1]


def test_a_span_of_dates_is_no_more_exact_than_its_dates() -> None:
    known = [parse_when("2022-09-12"), None, parse_when("2021")]
    found = span_of(known)
    assert found is not None
    assert found.text == "2021/2022"
    assert span_of([None]) is None
    once = span_of([parse_when("2022-09-12")] * 2)
    assert once is not None
    assert once.text == "2022-09-12"


def test_the_report_of_the_medan_study() -> None:
    report = make(Path(__file__).resolve().parents[2], "id")
    assert report.summary.startswith("19 temuan: ")
    assert sum(len(section.findings) for section in report.sections) == len(report.by_finding.rows) == 19
    assert [notice.key for notice in report.notices] == ["restated"]
    assert report.all_restated
    twelve = {flag.code: flag.lift for flag in finding(report, "F12").flags}
    assert twelve["T06"] == (
        "Keterangan dari pihak lain, Dinas: Kepala seksi atau Sub koordinator (dikutip, tetapi bukan tentang ini);"
        " Staf dinas (belum ada transkripnya)."
    )
    assert [memo.id for memo in finding(report, "F11").memos] == ["M01"]
    assert [(row.label, row.planned, str(row.heard), str(row.quoted)) for row in report.informants][2:] == [
        ("Staf dinas", 2, "0", "0"), ("Pemilik usaha", 11, "3-7", "3-7"),
    ]  # fmt: skip
    total = report.informants_total
    assert (total.planned, str(total.heard), str(total.quoted)) == (15, "5-9", "5-9")
    page = fill(report, "html")
    assert '<td class="number">2</td><td class="number zero-loud">0</td>' in page
    assert '<td class="number">15</td><td class="number">5-9</td><td></td>' in page
    plain = fill(report, "md")
    for told in (page, plain):  # of excerpts it is not known who else was interviewed
        assert "Diwawancarai" not in told
        assert "sudah diwawancarai" not in told
        assert "Petikan menunjukkan siapa yang dikutip, bukan berapa orang yang diwawancarai." in told
        assert "tidak dikutip. Apakah mereka diwawancarai tidak diketahui." in told
        assert "– dikutip, tetapi bukan tentang itu" in told
    assert "****" not in plain  # what nobody speaks
    assert "dibuat oleh pihak yang tidak disebutkan" in page
    assert "unstated" not in page
    for told in ("Semua ini petikan yang diparafrasakan", "untuk petikan yang diparafrasakan"):
        assert told in page
    assert {one.id: one.weakest for one in report.recommendations}["R3"] == "flagged"
