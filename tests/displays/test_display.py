"""Each display on a small study, with the cells that it must have."""

from __future__ import annotations

from pathlib import Path

import pytest

from display_kit import DISPLAYED, cell_of, display, marks, read_displayed
from empowerment_qda.displays import DISPLAYS, make_display
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import read_study
from empowerment_qda.model.study import Study
from empowerment_qda.problems import StudyError
from kit import SMALL, write_study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """The study of the kit."""
    return read_displayed(tmp_path)


EXPECTED: dict[str, tuple[str, dict[str, str]]] = {
    "partially-ordered": (
        "enabling protecting luck",
        {
            "owner": "≤2/4 ± | – | –",
            "staff": "n/a | n/a | n/a",
            "head": "1/3 + | 1/1 + | –",
            "?": "– | – | 1/1 o",
            "method:documentation": "0/1 + | – | –",
            "method:observation": "0/1 + | – | –",
        },
    ),
    "checklist": (
        "head staff owner ?",
        {
            "given": "1/1 + | n/a | 1/1 + | –",
            "rare": "– | n/a | ≤2/2 − | –",
            "noted": "1/1 o | n/a | – | –",
            "open": "1/1 + | n/a | – | –",
            "closed": "– | n/a | 1/1 − | –",
            "fair": "1/1 + | n/a | – | –",
            "luck": "– | n/a | – | 1/1 o",
        },
    ),
    "conceptually-clustered": (
        "awareness access fair luck",
        {
            "owner": "≤2/3 ± | 1/1 − | – | –",
            "staff": "n/a | n/a | n/a | n/a",
            "head": "1/2 + | 1/1 + | 1/1 + | –",
            "?": "– | – | – | 1/1 o",
        },
    ),
    "role-ordered": (
        "awareness access fair luck",
        {
            "head": "1/2 + | 1/1 + | 1/1 + | –",
            "staff": "n/a | n/a | n/a | n/a",
            "owner": "≤2/3 ± | 1/1 − | – | –",
            "?": "– | – | – | 1/1 o",
        },
    ),
    "content-analytic": (
        "given rare noted open closed fair luck",
        {
            "H-01": "1/1 + | – | 1/1 o | 1/1 + | – | 1/1 + | –",
            "O-01": "1/1 + | 1/1 − | – | – | 1/1 − | – | –",
            "O-02": "– | ≤1/1 − | – | – | – | – | –",
            "O-03": "– | – | – | – | – | – | –",
            "U-01": "– | – | – | – | – | – | 1/1 o",
            "N-01": "0/1 + | – | – | – | – | – | –",
            "D-01": "– | – | – | 0/1 + | – | – | –",
        },
    ),
    "stacked": (
        "given rare noted open closed fair luck",
        {
            "H": "1/1 + | – | 1/1 o | 1/1 + | – | 1/1 + | –",
            "type:staff": "n/a | n/a | n/a | n/a | n/a | n/a | n/a",
            "O1": "1/2 + | 1/1 − | – | – | 1/1 − | – | –",
            "O2": "– | ≤1/1 − | – | – | – | – | –",
            "O3": "– | – | – | – | – | – | –",
            "U": "– | – | – | – | – | – | 1/1 o",
        },
    ),
    "code-by-attribute": (
        "group=agency group=owner group=? method=interview method=observation method=documentation"
        " attribute:gender=f attribute:gender=m attribute:gender=?",
        {
            "given": "1/1 + | 1/1 + | – | 2/2 + | 0/1 + | – | 1/1 + | 1/1 + | –",
            "rare": "– | ≤2/2 − | – | ≤2/2 − | – | – | – | 1/1 − | ≤1/1 −",
            "noted": "1/1 o | – | – | 1/1 o | – | – | 1/1 o | – | –",
            "open": "1/1 + | – | – | 1/1 + | – | 0/1 + | 1/1 + | – | –",
            "closed": "– | 1/1 − | – | 1/1 − | – | – | – | 1/1 − | –",
            "fair": "1/1 + | – | – | 1/1 + | – | – | 1/1 + | – | –",
            "luck": "– | – | 1/1 o | 1/1 o | – | – | – | – | 1/1 o",
        },
    ),
    "contrast": (
        "agency owner ?",
        {
            "access": "1/1 + | 1/1 − | –",
            "awareness": "1/2 + | ≤2/3 ± | –",
            "fair": "1/1 + | – | –",
            "luck": "– | – | 1/1 o",
        },
    ),
    "event-listing": (
        "head staff owner ? method:documentation method:observation",
        {"2022-06": "1/1 + | n/a | – | – | – | –", "2022-09-21": "– | n/a | – | – | – | 0/1 +"},
    ),
    "time-ordered": (
        "enabling protecting luck",
        {
            "2022-06": "– | 1/1 + | –",
            "2022-09-12": "1/3 + | – | –",
            "2022-09-20": "≤2/4 ± | – | –",
            "2022-09-21": "0/1 + | – | –",
            "undated": "0/1 + | – | 1/1 o",
        },
    ),
    "case-ordered": (
        "awareness access fair luck",
        {
            "H": "1/2 + | 1/1 + | 1/1 + | –",
            "O1": "1/3 ± | 1/1 − | – | –",
            "O3": "– | – | – | –",
            "U": "– | – | – | 1/1 o",
            "O2": "≤1/1 − | – | – | –",
        },
    ),
    "effects": (
        "agency.supports agency.limits agency.neutral owner.supports owner.limits owner.neutral"
        " ?.supports ?.limits ?.neutral notes+documents.supports notes+documents.limits notes+documents.neutral",
        {
            "awareness": "1/1 + | – | 1/1 o | 1/1 + | ≤2/2 − | – | – | – | – | 0/1 + | – | –",
            "access": "1/1 + | – | – | – | 1/1 − | – | – | – | – | 0/1 + | – | –",
            "fair": "1/1 + | – | – | – | – | – | – | – | – | – | – | –",
            "luck": "– | – | – | – | – | – | – | – | 1/1 o | – | – | –",
        },
    ),
    "co-occurrence": (
        "given rare noted open closed fair luck",
        {
            "given": "2/3 + | 1/1 ± | – | 1/1 + | – | – | –",
            "rare": "1/1 ± | ≤2/2 − | – | – | – | – | –",
            "noted": "– | – | 1/1 o | – | – | 1/1 + | –",
            "open": "1/1 + | – | – | 1/2 + | – | – | –",
            "closed": "– | – | – | – | 1/1 − | – | –",
            "fair": "– | – | 1/1 + | – | – | 1/1 + | –",
            "luck": "– | – | – | – | – | – | 1/1 o",
        },
    ),
}


@pytest.mark.parametrize("name", DISPLAYS)
def test_cells_are_as_written_out(study: Study, name: str) -> None:
    columns, rows = EXPECTED[name]
    made = display(study, name)
    assert " ".join(column.id for column in made.columns) == columns
    assert list(marks(made).items()) == list(rows.items())


def test_a_cell_knows_its_passages_and_directions(study: Study) -> None:
    cell = cell_of(display(study, "conceptually-clustered"), "owner", "awareness")
    assert (cell.informants, cell.segments, cell.state, cell.unidentified) == (2, 3, "mixed", 1)
    assert (cell.supports, cell.limits, cell.neutral) == (1, 2, 0)
    assert cell.refs == ("O-01#1", "O-02#1")
    assert set(cell.ids) == {"E5", "E12", "E6", "E8"}
    assert cell.text == "Training given; Training rare"


def test_the_same_words_from_two_coders_are_one_segment(study: Study) -> None:
    cell = cell_of(display(study, "content-analytic"), "O-01", "given")
    assert (cell.segments, set(cell.ids)) == (1, {"E5", "E12"})


def test_a_cell_holds_at_most_twelve_words(tmp_path: Path) -> None:
    book = DISPLAYED["codebook.yaml"].replace("Training given", "one two three four five six seven")
    book = book.replace("Training rare", "eight nine ten eleven twelve thirteen")
    cell = cell_of(
        display(read_displayed(tmp_path, {"codebook.yaml": book}), "role-ordered"), "owner", "awareness"
    )
    assert cell.text == "one two three four five six seven; eight nine ten eleven twelve ..."


STAFF = """
    id: S-01
    informant: {id: S, type: staff}
    turns: [{text: I cannot say.}]
    """


@pytest.mark.parametrize("name", ["conceptually-clustered", "role-ordered", "partially-ordered"])
def test_a_transcript_turns_no_data_into_silence(tmp_path: Path, name: str) -> None:
    before = display(read_displayed(tmp_path), name)
    after = display(read_displayed(tmp_path, {"data/interviews/S-01.yaml": STAFF}), name)
    assert {cell.state for cell in before.cells[[row.id for row in before.rows].index("staff")]} == {
        "no_data"
    }
    assert {cell.state for cell in after.cells[[row.id for row in after.rows].index("staff")]} == {"silent"}


def test_cases_of_a_type_appear_once_somebody_is_heard(tmp_path: Path) -> None:
    rows = marks(display(read_displayed(tmp_path, {"data/interviews/S-01.yaml": STAFF}), "stacked"))
    assert "type:staff" not in rows
    assert rows["S"] == " | ".join(["–"] * 7)


def test_a_group_whose_turn_names_nobody_is_a_case_beside_its_members(tmp_path: Path) -> None:
    files = SMALL | {
        "data/interviews/G-01.yaml": """
            id: G-01
            informants: [{id: A, type: owner}, {id: B, type: owner}]
            turns:
              - {speaker: A, text: We save a little.}
              - {speaker: B, text: We do.}
              - {text: There was only training in the old hall.}
            """,
        "codings/first/G-01.yaml": """
            source: G-01
            coder: first
            codings:
              - {code: training-provided, turn: 3, quote: There was only training}
            """,
    }
    study = read_study(write_study(tmp_path, files))
    for name in ("case-ordered", "stacked"):
        made = make_display(name, study, reduce_study(study), "en")
        assert "G-01:?" in [row.id for row in made.rows]


def test_checklist_tells_said_from_read_in(study: Study) -> None:
    made = display(study, "checklist")
    assert cell_of(made, "given", "owner").text == "present"
    assert cell_of(made, "rare", "owner").text == "present"
    assert cell_of(made, "luck", "head").text == ""


def test_checklist_is_partial_where_all_is_inferred(tmp_path: Path) -> None:
    without = DISPLAYED["codings/first/O-01.yaml"].replace("code: rare", "code: given")
    made = display(read_displayed(tmp_path, {"codings/first/O-01.yaml": without}), "checklist")
    assert cell_of(made, "rare", "owner").text == "partial"


def test_contrast_stands_in_blocks_by_agreement(study: Study) -> None:
    made = display(study, "contrast")
    assert [(row.id, row.block) for row in made.rows] == [
        ("access", "dissonance"),
        ("awareness", "partial agreement"),
        ("fair", "silence"),
        ("luck", "silence"),
    ]


def test_contrast_compares_types_where_there_are_not_two_groups(tmp_path: Path) -> None:
    one = (
        DISPLAYED["qda.yaml"]
        .replace("agency: {label: {en: Agency, id: Dinas}}\n", "\n")
        .replace("group: agency", "group: owner")
    )
    made = display(read_displayed(tmp_path, {"qda.yaml": one}), "contrast")
    assert [column.id for column in made.columns] == ["head", "staff", "owner", "?"]


def test_without_groups_effects_have_one_side_of_informants(tmp_path: Path) -> None:
    bare = (
        DISPLAYED["qda.yaml"].split("groups:")[0]
        + "informant_types: {head: {label: Head}, owner: {label: Owner}}\n"
    )
    made = display(read_displayed(tmp_path, {"qda.yaml": bare.replace("        ", "")}), "effects")
    assert list(dict.fromkeys(column.block for column in made.columns)) == [
        "Informants",
        "Notes and documents",
    ]


def test_case_ordered_tells_the_weights(study: Study) -> None:
    made = display(study, "case-ordered")
    assert [row.label for row in made.rows] == [
        "H (+3 −0)",
        "O1 (+2 −2)",
        "O3 (+0 −0)",
        "U (+0 −0)",
        "O2 (+0 −1)",
    ]


def test_sites_are_the_cases_where_a_study_has_several(tmp_path: Path) -> None:
    changes = {}
    for name, site in (
        ("interviews/H-01", "north"),
        ("interviews/O-01", "north"),
        ("documents/D-01", "south"),
    ):
        path = f"data/{name}.yaml"
        changes[path] = DISPLAYED[path].replace("id: ", f"site: {site}\n        id: ", 1)
    rows = marks(display(read_displayed(tmp_path, changes), "stacked"))
    assert rows == {
        "north": "2/2 + | 1/1 − | 1/1 o | 1/1 + | 1/1 − | 1/1 + | –",
        "south": "– | – | – | 0/1 + | – | – | –",
    }


def test_co_occurrence_tells_overlap_from_the_same_turn(study: Study) -> None:
    made = display(study, "co-occurrence")
    overlapping, beside = cell_of(made, "noted", "fair"), cell_of(made, "given", "open")
    assert (overlapping.overlaps, overlapping.text, overlapping.refs) == (1, "overlapping", ("H-01#4",))
    assert (beside.overlaps, beside.text, beside.refs) == (0, "", ("H-01#2",))
    assert "not causing" in made.rule


def test_co_occurrence_leaves_out_unused_codes_and_says_so(tmp_path: Path) -> None:
    book = DISPLAYED["codebook.yaml"].replace(
        "- id: protecting", "- {id: unused}\n          - id: protecting"
    )
    made = display(read_displayed(tmp_path, {"codebook.yaml": book}), "co-occurrence")
    assert "unused" not in {row.id for row in made.rows}
    assert "Codes without any passage are left out: 1." in made.notes


def test_a_retired_code_is_shown_only_where_it_was_used(tmp_path: Path) -> None:
    retired = "- {id: unused, status: retired}\n          - {id: luck, status: retired,"
    book = DISPLAYED["codebook.yaml"].replace("- {id: luck,", retired)
    made = display(read_displayed(tmp_path, {"codebook.yaml": book}), "stacked")
    assert [column.id for column in made.columns][-1] == "luck"
    assert "unused" not in {column.id for column in made.columns}


def test_notes_say_what_weakens_the_numbers(study: Study) -> None:
    assert display(study, "role-ordered").notes == (
        "Informants shown: 4; segments: 9.",
        "Segments of notes and documents, in which nobody speaks, are not shown: 2.",
        "Informants who are not identified and may be the same person as another: 1."
        " The number of informants is an upper bound.",
        "Segments that the analyst reads in (strength: inferred): 1.",
        "Not coded yet, so that silence there says nothing: O-03.",
    )


def test_notes_say_which_events_and_cases_are_left_out(study: Study) -> None:
    assert "Segments that report no dated event are not shown: 9." in display(study, "event-listing").notes
    assert "Segments that belong to no case are not shown: 1." in display(study, "stacked").notes


def test_a_matrix_of_one_case_says_that_it_compares_nothing(tmp_path: Path) -> None:
    study = read_displayed(tmp_path)
    only = Study(study.settings, study.codebook, (study.by_id["H-01"],), study.codings)
    assert any("fewer than two cases" in note for note in display(only, "stacked").notes)


def test_more_than_fifteen_codes_are_said_to_stand_in_parts(tmp_path: Path) -> None:
    more = "".join(f"          - {{id: extra-{number}}}\n" for number in range(12))
    book = DISPLAYED["codebook.yaml"].rstrip() + "\n" + more
    study = read_displayed(tmp_path, {"codebook.yaml": book})
    assert any(note.startswith("19 columns are more") for note in display(study, "stacked").notes)
    assert any(note.startswith("19 rows are more") for note in display(study, "checklist").notes)


def test_dates_that_are_too_many_are_taken_by_month_or_year(tmp_path: Path) -> None:
    def dated(days: list[str]) -> list[str]:
        entries = "".join(
            f"\n          - {{code: given, turn: 1, quote: I joined twice., event_date: {day}}}"
            for day in days
        )
        changes = {"codings/first/O-01.yaml": f"source: O-01\ncoder: first\ncodings:{entries}\n"}
        return [row.id for row in display(read_displayed(tmp_path, changes), "time-ordered").rows]

    months = dated([f"2021-02-{day:02}" for day in range(1, 20)] + ["2021-03-30/2021-04-02"])
    assert months == ["2021-02", "2021-03/2021-04", "2022-06", "2022-09", "undated"]
    years = dated([f"{year}-0{month}" for year in (2019, 2020) for month in range(1, 10)])
    assert years == ["2019", "2020", "2022", "undated"]


@pytest.mark.parametrize("name", DISPLAYS)
def test_every_display_speaks_both_languages(study: Study, name: str) -> None:
    indonesian, english = display(study, name, "id"), display(study, name, "en")
    assert indonesian.title != english.title
    assert indonesian.rule != english.rule
    assert indonesian.notes[0].startswith("Informan yang ditampilkan: ")
    assert english.notes[0].startswith("Informants shown: ")
    assert len(indonesian.notes) == len(english.notes)
    assert marks(indonesian) == marks(english)
    assert DISPLAYS[name].describe("id")[1] != DISPLAYS[name].describe("en")[1]


def test_labels_are_those_of_the_language(study: Study) -> None:
    made = display(study, "role-ordered", "id")
    assert [row.label for row in made.rows] == ["Kepala", "Staf", "Pemilik usaha", "jenis tidak diketahui"]
    assert [(column.label, column.block) for column in made.columns] == [
        ("Kesadaran", "Iklim"),
        ("Akses", "Iklim"),
        ("Harga wajar", "Melindungi"),
        ("Nasib", ""),
    ]


def test_a_name_that_no_display_has_gets_a_proposal(study: Study) -> None:
    with pytest.raises(StudyError) as caught:
        make_display("role-order", study, reduce_study(study), "en")
    (problem,) = caught.value.problems
    assert problem.message == "there is no display `role-order`"
    assert problem.hint == "Did you mean `role-ordered`? `qda display` lists them."


@pytest.mark.parametrize("name", DISPLAYS)
def test_a_study_without_any_coding_has_every_display(tmp_path: Path, name: str) -> None:
    study = read_displayed(tmp_path)
    bare = Study(study.settings, study.codebook, study.sources)
    made = display(bare, name)
    assert (made.informants, made.segments) == (0, 0)
    assert {cell.state for line in made.cells for cell in line} <= {"silent", "no_data"}
