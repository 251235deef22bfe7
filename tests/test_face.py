"""The public face: what a notebook gets is typed, ready to group and to plot, and equal to what the commands tell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import matplotlib
import pandas as pd
import pytest
from typer.testing import CliRunner

import agree_kit
import empowerment_qda as qda
from empowerment_qda.cli import app
from empowerment_qda.cli.reduce import EVIDENCE
from empowerment_qda.cli.tables import objects
from kit import CODEBOOK, FINDINGS, QDA, SMALL, write_study

matplotlib.use("Agg")
ROOT = Path(__file__).resolve().parents[1]
MANY = {
    "qda.yaml": QDA.replace("sources:\n", "sources:\n      fgd: data/fgd/*.yaml\n"),
    "codebook.yaml": CODEBOOK,
    "data/fgd/G-01.yaml": """
        id: G-01
        informants: [{id: H, type: head}, {id: O, type: owner}]
        date: 2022-09
        turns:
          - {speaker: H, text: We train owners.}
          - {speaker: O, text: "Once, =yes <b>once</b>."}
        """,
    "data/interviews/O-02.yaml": """
        id: O-02
        informant: {id: P, type: owner, identity: unknown}
        turns: [{text: Never heard of it. No training here.}]
        """,
    "data/documents/D-01.yaml": """
        id: D-01
        date: 1066
        turns: [{text: Training was held in all wards.}]
        """,
    "codings/first/G-01.yaml": """
        source: G-01
        coder: first
        codings:
          - {id: G1, code: training-provided, turn: 1-2, quote: "We train owners.\\nOnce, =yes <b>once</b>."}
          - {id: G2, code: training-rare, turn: 2, quote: words that nobody said}
          - {id: G3, code: training-rare, turn: 2, quote: "Once", status: rejected}
        """,
    "codings/first/O-02.yaml": """
        source: O-02
        coder: first
        codings: [{id: G4, code: training-rare, turn: 1, quote: No training here., event_date: 2021/2022}]
        """,
    "codings/first/D-01.yaml": """
        source: D-01
        coder: first
        codings: [{id: G5, code: training-provided, turn: 1, quote: Training was held}]
        """,
    "findings.yaml": FINDINGS.replace("E3", "G4"),
}
"""Several speakers in one passage, lost words, no date, a month, a year before all nanoseconds, a document."""


@pytest.fixture
def many(tmp_path: Path) -> qda.Study:
    return qda.read(write_study(tmp_path, MANY))


@pytest.fixture(scope="module")
def medan() -> qda.Study:
    return qda.read(ROOT)


def ask(root: Path, *words: str) -> Any:
    """The JSON of a command."""
    result = CliRunner().invoke(app, [*words, "--study", str(root), "--format", "json"])
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout)


def plain(frame: pd.DataFrame, columns: list[str]) -> list[dict[str, Any]]:
    """Rows with None for what is missing."""
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.reset_index()[columns].to_dict("records")
    ]


def test_importing_loads_no_library() -> None:
    code = "import sys, empowerment_qda; print({'pandas', 'numpy', 'pydantic', 'yaml', 'typer'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


def test_no_display_loads_pandas(tmp_path: Path) -> None:
    write_study(tmp_path, SMALL)
    code = (
        "import sys\nfrom empowerment_qda.cli import app\n"
        f"app(['display', '--study', {str(tmp_path)!r}], standalone_mode=False)\nprint('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.endswith("False\n"), done


def test_the_public_names() -> None:
    assert qda.__all__ == ["Study", "StudyError", "read"]
    assert all(hasattr(qda, name) for name in qda.__all__)


@pytest.mark.parametrize("study", ["many", "medan"])
def test_evidence_equals_the_command(study: str, request: pytest.FixtureRequest) -> None:
    face = request.getfixturevalue(study)
    columns = ["id", "source", "turn", "start", "end", "end_turn", "quote", "code", "path", "direction", "type", "group", "method", "coder"]  # fmt: skip
    told = _told(face)
    assert plain(face.evidence(), columns) == [{name: row[name] for name in columns} for row in told]
    dates = plain(face.evidence(), ["date_text"])
    assert [row["date_text"] for row in dates] == [row["date"] for row in told]


def _told(face: qda.Study) -> Any:
    """What `qda reduce` tells, which writes reports too: so it is not run."""
    return objects(EVIDENCE, face.reduction_result.evidence)


def test_evidence_is_typed_and_its_dates_are_dates(many: qda.Study) -> None:
    rows = many.evidence()
    assert set(rows.index) == {"G1", "G4", "G5"}
    wanted = {"turn": "int64", "start": "int64", "quote": "string", "date": "datetime64[s]", "event_date_last": "datetime64[s]",
              "type": "category", "method": "category", "direction": "category", "informant": "string"}  # fmt: skip
    assert {name: str(rows[name].dtype) for name in wanted} == wanted
    assert rows.loc["G1", "date"] == pd.Timestamp("2022-09-01")
    assert rows.loc["G1", "date_last"] == pd.Timestamp("2022-09-30")
    assert rows.loc["G1", "date_text"] == "2022-09"
    assert rows["date"].isna()["G4"]
    assert rows.loc["G4", "event_date_last"] == pd.Timestamp("2022-12-31")
    assert rows["date"].dt.year["G5"] == 1066
    assert list(rows["type"].cat.categories) == ["head", "owner"]
    assert rows.loc["G1", "quote"] == "We train owners.\nOnce, =yes <b>once</b>."


def test_a_passage_of_several_is_one_row_or_one_for_each(many: qda.Study) -> None:
    one = many.evidence().loc["G1"]
    assert one["informant"] == "H, O"
    assert pd.isna(one["type"])
    each = many.evidence(per="informant")
    assert list(each.loc["G1", "informant"]) == ["H", "O"]
    assert each.groupby("type", observed=False).size().to_dict() == {"head": 1, "owner": 2}
    assert pd.isna(each.loc["G5", "informant"])


def test_codings_have_the_lost_and_the_rejected_too(many: qda.Study) -> None:
    rows = many.codings()
    assert rows["counted"].to_dict() == {"G1": True, "G2": False, "G3": False, "G4": True, "G5": True}
    assert rows.loc["G2", "state"] == "lost"
    assert rows["turn"].isna()["G2"]
    assert rows.loc["G3", "status"] == "rejected"
    assert (rows["state"] < "exact").sum() == 1
    assert str(rows["turn"].dtype) == "Int64"


@pytest.mark.parametrize("by", ["type", "group", "method"])
@pytest.mark.parametrize("study", ["many", "medan"])
def test_triangulation_equals_the_command(study: str, by: Any, request: pytest.FixtureRequest) -> None:
    face = request.getfixturevalue(study)
    rows, told = face.triangulation(by), ask(face.root, "triangulate", "--by", by)["findings"]
    assert list(rows.index) == [one["id"] for one in told]
    for (_, row), one in zip(rows.iterrows(), told, strict=True):
        assert (row["verdict"], row["contested"]) == (one["verdict"], one["contested"])
        assert row["assessment"] == one["convergence"]["assessment"]
        for axis, found in one["axes"].items():
            assert (row[axis], row[f"{axis}_upper"], row[f"{axis}_status"]) == (found["count"], found["upper"], found["status"])  # fmt: skip
        for side in ("supporting", "contradicting", "qualifying", "inferred"):
            assert row[side] == len(one[side])
        assert row["flags"] == ", ".join(dict.fromkeys(flag["code"] for flag in one["flags"]))
    assert (rows["verdict"] < "triangulated").sum() == sum(one["verdict"] != "triangulated" for one in told)


@pytest.mark.parametrize("name", ["role-ordered", "co-occurrence", "time-ordered"])
@pytest.mark.parametrize("value", ["informants", "segments", "mark"])
def test_a_display_is_a_matrix(medan: qda.Study, name: str, value: Any) -> None:
    made, matrix = medan.display_result(name), medan.display(name, value)
    assert (list(matrix.index), list(matrix.columns)) == ([one.id for one in made.rows], [one.id for one in made.columns])  # fmt: skip
    for line, values in zip(made.cells, matrix.to_numpy(), strict=True):
        for cell, number in zip(line, values, strict=True):
            if value == "mark":
                assert number == cell.mark
            elif cell.state == "no_data":
                assert pd.isna(number)
            else:
                assert number == getattr(cell, value)
    shown = medan.display(name, value, labels=True, lang="id")
    assert list(shown.index) == [one.label for one in medan.display_result(name, "id").rows]


def test_agreement_equals_the_command(tmp_path: Path) -> None:
    face = qda.read(write_study(tmp_path, agree_kit.STUDY))
    told = ask(tmp_path, "agree", "a", "b", "--resamples", "200")
    rows = face.agreement("a", "b", resamples=200)
    for one in told["codes"]:
        row = rows.loc[one["code"]]
        assert (row["units"], row["both"], row["neither"]) == (one["units"], one["both"], one["neither"])
        assert row["kappa"] == pytest.approx(
            float("nan") if one["kappa"] is None else one["kappa"], nan_ok=True
        )
    overall = face.agreement("a", "b", show="overall", resamples=200)
    assert overall.loc["alpha", "value"] == told["overall"]["alpha"]
    assert overall.loc["alpha", "low"] == told["overall"]["intervals"]["alpha"]["low"]
    differ = face.agreement("a", "b", show="disagreements")
    assert plain(differ, ["source", "turn", "units"]) == [{key: one[key] for key in ("source", "turn", "units")} for one in told["disagreements"]]  # fmt: skip
    assert [list(pair) for pair in plain_pairs(differ)] == [one["codes"] for one in told["disagreements"]]
    with pytest.raises(qda.StudyError, match="nobody"):
        face.agreement("a", "nobody")


def plain_pairs(frame: pd.DataFrame) -> list[tuple[Any, Any]]:
    return [(row["code"], row["other_code"]) for row in plain(frame, ["code", "other_code"])]


@pytest.mark.parametrize("study", ["many", "medan"])
def test_saturation_equals_the_command(study: str, request: pytest.FixtureRequest) -> None:
    face = request.getfixturevalue(study)
    told, rows, curve = (
        ask(face.root, "saturation")["strata"],
        face.saturation(),
        face.saturation("interview"),
    )
    assert plain(rows, ["kind", "name", "status", "at"]) == [{key: one[key] for key in ("kind", "name", "status", "at")} for one in told]  # fmt: skip
    whole = curve[curve["kind"] == "all"]
    assert list(whole["new"]) == told[0]["new_codes"]
    assert list(whole["codes"]) == list(whole["new"].cumsum())


@pytest.mark.parametrize(
    "asked", ["training-provided", "awareness and not training-rare", "not training-rare"]
)
def test_find_equals_the_command(many: qda.Study, asked: str) -> None:
    told, rows = ask(many.root, "find", asked)["passages"], many.find(asked)
    assert plain(rows, ["source", "turn", "start", "end", "quote"]) == [{key: one[key] for key in ("source", "turn", "start", "end", "quote")} for one in told]  # fmt: skip
    assert list(rows["codes"]) == [", ".join(one["codes"]) for one in told]


def test_find_words_and_filters(many: qda.Study) -> None:
    told = ask(many.root, "find", "--words", "training")["hits"]
    rows = many.find(words="training")
    assert plain(rows, ["source", "turn", "words"]) == [{key: one[key] for key in ("source", "turn", "words")} for one in told]  # fmt: skip
    assert list(many.find("training-provided", types="head").index) == ["G1"]
    assert list(many.find("training-rare or training-provided", since="2022", until="2022").index) == ["G1"]
    assert many.find("training-rare and training-provided").empty
    assert str(many.find("training-rare and training-provided")["date"].dtype) == "datetime64[s]"
    with pytest.raises(qda.StudyError, match="no-such"):
        many.find("no-such")
    with pytest.raises(ValueError, match="is not a date"):
        many.find("awareness", since="soon")
    with pytest.raises(ValueError, match="which codes"):
        many.find()


def test_report_is_the_page_of_the_command_and_nothing_is_written(tmp_path: Path) -> None:
    face = qda.read(write_study(tmp_path, MANY))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    page = face.report(lang="id")
    face.check(), face.codings(), face.triangulation(), face.display("stacked"), face.saturation()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    CliRunner().invoke(app, ["report", "--lang", "id", "--study", str(tmp_path)])
    assert (tmp_path / "reports/findings.id.html").read_text(encoding="utf-8") == page
    with pytest.raises(ValueError, match="'fr'"):
        face.report(lang="fr")


def test_check_equals_the_command(many: qda.Study) -> None:
    told, rows = ask(many.root, "check")["problems"], many.check()
    assert told
    assert plain(rows, list(told[0])) == told
    assert rows["severity"].max() == "error"


def test_what_cannot_be_used_is_told_with_every_problem(tmp_path: Path) -> None:
    broken = SMALL | {"findings.yaml": "findings: 3\n", "codebook.yaml": "title: \x1b[31m\nfoo: 1\n"}
    with pytest.raises(qda.StudyError) as caught:
        qda.read(write_study(tmp_path, broken))
    lines = str(caught.value).split("\n")
    assert len(lines) == len(caught.value.problems) > 1
    assert any(line.startswith("findings.yaml:1: ") for line in lines)
    assert "\x1b" not in str(caught.value)


def test_what_cannot_be_counted_can_still_be_checked(tmp_path: Path) -> None:
    odd = SMALL["codings/first/O-01.yaml"].replace("training-rare", "no-code")
    face = qda.read(write_study(tmp_path, SMALL | {"codings/first/O-01.yaml": odd}))
    assert "unknown-code" in set(face.check()["rule"])
    for verb in (face.evidence, face.codings, face.triangulation, face.saturation, face.report):
        with pytest.raises(qda.StudyError, match=r"O-01\.yaml:\d+: .*no-code"):
            verb()


@pytest.mark.parametrize(
    ("verb", "wrong"), [("evidence", "row"), ("triangulation", "x"), ("saturation", "x")]
)
def test_a_word_that_is_none_of_the_known_is_refused(many: qda.Study, verb: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=f"is one of .*not '{wrong}'"):
        getattr(many, verb)(wrong)


def test_frames_plot_at_once(many: qda.Study) -> None:
    import matplotlib.pyplot as plt

    bars = many.triangulation()["verdict"].value_counts(sort=False).plot.bar()
    assert bars.get_xticklabels()[0].get_text() == "unsupported"
    plt.close("all")
    picture = plt.imshow(many.display("role-ordered"))
    assert picture.get_array() is not None
    plt.close("all")


def test_a_script_of_a_user_is_typed(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import empowerment_qda as qda\nimport pandas as pd\n\n"
        'study = qda.read("x")\nrows: pd.DataFrame = study.evidence(per="informant")\n'
        'page: str = study.report(lang="id")\nverdict: str = study.triangulation_result().findings[0].verdict\n'
        "reveal_type(qda.StudyError([]).problems)\nstudy.evidence(per=3)\n"
    )
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--follow-imports=silent",
        str(script),
    ]
    said = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=_typed()).stdout
    assert "tuple[empowerment_qda.problems.Problem, ...]" in said
    assert "Found 1 error" in said, said
    assert "arg-type" in said


def _typed() -> dict[str, str]:
    return {**os.environ, "MYPYPATH": str(ROOT / "src")}
