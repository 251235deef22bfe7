"""What `qda display` prints and writes: the contract's JSON, and forms in which no text is code."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from display_kit import DISPLAYED, cell_of, display, read_displayed
from empowerment_qda.cli import app
from empowerment_qda.cli.display import (
    DISPLAY,
    files_of_display,
    format_display,
    format_dot,
    format_graphml,
    table_display,
    tables_display,
    turn,
)
from empowerment_qda.cli.tables import format_csv, object_of
from empowerment_qda.displays import DISPLAYS
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.model.study import Study
from kit import write_study

STATES = {"support", "limit", "mixed", "silent", "no_data"}
NASTY = '=cmd()|"<script>alert(1)</script>" [laughs] *b* \\N & $x$ {{ 1 }}'


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """The study of the kit."""
    return read_displayed(tmp_path)


@pytest.fixture
def nasty(tmp_path: Path) -> Study:
    """The study with a label, a turn and a quote that look like code."""
    quoted = json.dumps(NASTY)
    book = DISPLAYED["codebook.yaml"].replace("{en: Luck, id: Nasib}", quoted)
    turns = DISPLAYED["data/interviews/U-01.yaml"].replace("Luck helps.", quoted)
    codings = DISPLAYED["codings/first/U-01.yaml"].replace("Luck helps.", quoted)
    changes = {"codebook.yaml": book, "data/interviews/U-01.yaml": turns, "codings/first/U-01.yaml": codings}
    return read_displayed(tmp_path, changes)


def qda(root: Path, *arguments: str) -> Result:
    """Run a command on a study."""
    return CliRunner().invoke(app, [*arguments, "--study", str(root)])


@pytest.mark.parametrize("name", DISPLAYS)
def test_json_has_the_shape_of_the_contract(study: Study, name: str) -> None:
    made = display(study, name)
    answer = json.loads(json.dumps(object_of(DISPLAY, made)))
    assert answer["name"] == name
    assert (
        len(answer["cells"]) == len(answer["rows"]) == len(answer["row_labels"]) == len(answer["row_blocks"])
    )
    for line in answer["cells"]:
        assert len(line) == len(answer["columns"]) == len(answer["column_labels"])
        for cell in line:
            assert cell["state"] in STATES
            assert set(cell["directions"]) == {"supports", "limits", "neutral"}
            assert all(re.fullmatch(r"[\w-]+#\d+", ref) for ref in cell["refs"])
            assert bool(cell["refs"]) == bool(cell["ids"]) == bool(cell["segments"])


def test_a_neutral_cell_is_mixed_in_json_and_its_directions_tell(study: Study) -> None:
    made = display(study, "conceptually-clustered")
    answer = json.loads(json.dumps(object_of(DISPLAY, made)))
    cell = answer["cells"][answer["rows"].index("?")][answer["columns"].index("luck")]
    assert cell_of(made, "?", "luck").state == "neutral"
    assert cell == {
        "informants": 1,
        "segments": 1,
        "state": "mixed",
        "refs": ["U-01#1"],
        "ids": ["E9"],
        "directions": {"supports": 0, "limits": 0, "neutral": 1},
        "unidentified": 0,
        "overlaps": 0,
        "text": "Luck",
    }


def test_csv_is_one_line_for_each_row(study: Study) -> None:
    rows = list(csv.reader(io.StringIO(format_csv(table_display(display(study, "contrast"))))))
    assert rows == [
        ["", "", "Agency", "Owners", "type not known".replace("type", "group")],
        ["dissonance", "Access", "1/1 + Loans open (H-01#2)", "1/1 − Loans closed (O-01#2)", "–"],
        [
            "partial agreement",
            "Awareness",
            "1/2 + Training given; Event noted (H-01#2, H-01#4)",
            "≤2/3 ± Training given; Training rare (O-01#1, O-02#1)",
            "–",
        ],
        ["silence", "Fair prices", "1/1 + Fair prices (H-01#4)", "–", "–"],
        ["silence", "Luck", "–", "–", "1/1 o Luck (U-01#1)"],
    ]


def test_no_cell_of_csv_is_a_formula(nasty: Study) -> None:
    for name in DISPLAYS:
        files = files_of_display(display(nasty, name), reduce_study(nasty).evidence)
        for row in csv.reader(io.StringIO(files[f"displays/{name}.csv"])):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_markdown_shows_text_as_it_is(nasty: Study) -> None:
    text = format_display(display(nasty, "content-analytic"), reduce_study(nasty).evidence)
    assert "<script>" not in text
    assert "\\[laughs\\] \\*b\\*" in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in tables}
    # The matrix, turned or not, and the table of passages.
    assert len(widths) == 2


def test_markdown_keeps_quotations_apart_from_cells(study: Study) -> None:
    text = format_display(display(study, "role-ordered"), reduce_study(study).evidence)
    matrix, passages = text.split("### The passages behind the cells")
    assert "We hold training." not in matrix
    assert "| H-01\\#2 | E1 | given | We hold training. |" in passages
    assert "Twenty owners" not in passages


class Page(HTMLParser):
    """Tags, anchors, links and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.spans: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = {name: value or "" for name, value in attrs}
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"].removeprefix("#")] if "href" in found else []

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("name", DISPLAYS)
def test_html_is_escaped_and_every_link_leads_somewhere(nasty: Study, name: str) -> None:
    files = files_of_display(display(nasty, name), reduce_study(nasty).evidence)
    page = Page(files[f"displays/{name}.html"])
    assert "script" not in page.tags
    assert len(page.ids) == len(set(page.ids))
    assert set(page.links) <= set(page.ids)
    assert page.links
    if name != "event-listing":
        assert NASTY in page.text


def test_html_has_a_column_head_for_each_column_and_blocks(study: Study) -> None:
    text = files_of_display(display(study, "role-ordered"), reduce_study(study).evidence)[
        "displays/role-ordered.html"
    ]
    assert [*re.findall(r'scope="col">(.*?)<', text)] == ["Awareness", "Access", "Fair prices", "Luck"]
    assert re.findall(r'colspan="(\d)">(.*?)<', text) == [
        ("1", ""), ("2", "Enabling"), ("1", "Protecting"), ("1", ""),
    ]  # fmt: skip
    assert 'lang="en"' in text


def test_graphml_holds_nodes_and_edges_as_xml(nasty: Study) -> None:
    made = display(nasty, "co-occurrence")
    graph = ElementTree.fromstring(format_graphml(made))
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    nodes = [node.get("id") for node in graph.findall(".//g:node", space)]
    assert nodes == [row.id for row in made.rows]
    edges = {
        (edge.get("source"), edge.get("target")): {data.get("key"): data.text for data in edge}
        for edge in graph.findall(".//g:edge", space)
    }
    assert set(edges) == {("given", "rare"), ("given", "open"), ("noted", "fair")}
    assert edges["noted", "fair"]["edge-overlaps"] == "1"
    assert {values["edge-relation"] for values in edges.values()} == {"co-occurrence"}
    declared = {key.get("id") for key in graph.findall("g:key", space)}
    assert {data.get("key") for data in graph.findall(".//g:data", space)} == declared


def test_dot_quotes_all_text(nasty: Study) -> None:
    text = format_dot(display(nasty, "co-occurrence"))
    assert "not cause" in text.splitlines()[0]
    assert '  "noted" -- "fair" [label="1", weight=1, style=solid];' in text
    assert '  "given" -- "open" [label="1", weight=1, style=dashed];' in text
    (luck,) = [line for line in text.splitlines() if line.startswith('  "luck"')]
    quoted = re.fullmatch(r'  "luck" \[label="((?:[^"\\]|\\.)*)"\];', luck)
    assert quoted
    assert re.sub(r"\\(.)", r"\1", quoted[1]) == f"{NASTY} (1/1 o)"


def test_a_terminal_gets_parts_that_fit_and_turns_what_is_wide(study: Study) -> None:
    wide = display(study, "content-analytic")
    assert [len(table.columns) for table in tables_display(wide, 200)] == [9]
    assert [len(table.columns) for table in tables_display(wide, 80)] == [5, 6]
    roles = display(study, "effects")
    assert (len(roles.rows), len(turn(roles).rows)) == (4, 12)
    assert turn(roles).notes[-1] == "It is turned here: rows stand at the head, columns at the side."
    assert turn(display(study, "event-listing")).rows == display(study, "event-listing").rows


def test_listing_writes_every_display(tmp_path: Path) -> None:
    write_study(tmp_path, DISPLAYED)
    result = qda(tmp_path, "display", "--format", "json")
    assert result.exit_code == 0
    listed = json.loads(result.stdout)["displays"]
    assert [one["name"] for one in listed] == list(DISPLAYS)
    assert all(one["line"] for one in listed)
    written = {path.name for path in (tmp_path / "reports/displays").iterdir()}
    expected = {f"{name}.{ending}" for name in DISPLAYS for ending in ("csv", "md", "html")}
    assert written == expected | {"co-occurrence.graphml", "co-occurrence.dot"}


def test_one_display_on_a_terminal_says_rule_cells_and_notes(tmp_path: Path) -> None:
    write_study(tmp_path, DISPLAYED)
    result = qda(tmp_path, "display", "role-ordered")
    assert result.exit_code == 0
    assert result.stdout.startswith("Role-ordered matrix\nTypes stand in the order of their distance")
    assert "≤2/3 ± " in result.stdout
    assert "n/a" in result.stdout
    assert result.stdout.rstrip().endswith("Not coded yet, so that silence there says nothing: O-03.")


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_a_pipe_gets_the_answer_alone(tmp_path: Path, form: str) -> None:
    write_study(tmp_path, DISPLAYED)
    result = qda(tmp_path, "display", "checklist", "--format", form)
    assert (result.exit_code, result.stderr) == (0, "")
    if form == "json":
        assert json.loads(result.stdout)["name"] == "checklist"
    else:
        assert result.stdout.startswith({"csv": ",,Head,Staff", "md": "# Checklist matrix"}[form])


def test_an_unknown_display_ends_with_2_and_a_proposal(tmp_path: Path) -> None:
    write_study(tmp_path, DISPLAYED)
    result = qda(tmp_path, "display", "efects")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no display `efects`" in result.stderr
    assert "Did you mean `effects`?" in result.stderr
    assert not (tmp_path / "reports").exists()


def test_links_stand_in_a_table_of_pairs(study: Study) -> None:
    (table,) = tables_display(display(study, "co-occurrence"), 80)
    assert table.columns == ("code", "with", "informants/turns", "of them overlapping", "passages")
    assert table.rows == (
        ("Training given", "Training rare", "1/1 ±", 0, "O-01#1"),
        ("Training given", "Loans open", "1/1 +", 0, "H-01#2"),
        ("Event noted", "Fair prices", "1/1 +", 1, "H-01#4"),
    )
