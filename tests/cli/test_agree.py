"""What `qda agree` prints, and its exit codes, on the study of agree_kit."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from agree_kit import STUDY
from empowerment_qda.agreement.interpretation import CAVEAT
from empowerment_qda.cli import app
from empowerment_qda.cli.review import Sitting
from empowerment_qda.locale import say
from kit import write_study


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study of the kit."""
    return write_study(tmp_path_factory.mktemp("agree"), STUDY)


def agree(root: Path, *arguments: str) -> Result:
    """Run the command on a study, with few resamples."""
    return CliRunner().invoke(app, ["agree", *arguments, "--study", str(root), "--resamples", "20"])


def agree_json(root: Path, *arguments: str) -> Any:
    """What the command answers as JSON."""
    return json.loads(agree(root, *arguments, "--format", "json").stdout)


def test_the_contract(root: Path) -> None:
    found = agree_json(root, "a", "b")
    assert (found["unit"], found["units"], found["dropped"]) == ("turn", 5, 1)
    assert found["overall"]["percent"] == 0.8
    assert found["overall"]["kappa"] == pytest.approx(4 / 9)
    assert found["overall"]["alpha"] == pytest.approx(20 / 29)
    trained, rare = found["codes"]
    counted = {key: trained[key] for key in ("code", "both", "only", "neither", "units", "percent")}
    assert counted == {
        "code": "training-provided", "both": 2, "only": {"a": 0, "b": 1}, "neither": 2, "units": 5, "percent": 0.8,
    }  # fmt: skip
    assert (trained["kappa"], trained["alpha"], trained["ac1"]) == pytest.approx((8 / 13, 0.64, 0.6))
    assert rare["bands"] == {"alpha": "unreliable"}
    assert (trained["pabak"], trained["prevalence_index"], trained["bias_index"]) == pytest.approx(
        (0.6, 0, -0.2)
    )
    assert found["overall"]["conger_kappa"] == found["overall"]["kappa"]
    assert trained["intervals"]["alpha"]["resamples"] == 20
    assert found["disagreements"] == [
        {
            "source": "S-01", "turn": 3, "start": 0, "end_turn": 3, "end": 10, "ref": "S-01#3", "coders": ["a", "b"],
            "codes": ["training-rare", "training-provided"], "quotes": {"a": ["Once only."], "b": ["Once only."]},
            "text": "Once only.", "units": 1,
        }
    ]  # fmt: skip
    assert found["confusion"] == [
        {"coders": ["a", "b"], "codes": ["training-provided", "training-provided"], "units": 2},
        {"coders": ["a", "b"], "codes": ["training-rare", "training-provided"], "units": 1},
    ]
    assert (found["missing"], found["uncoded"]) == ({"b": ["S-02"]}, ["S-03"])
    assert [one["code"] for one in found["cautions"]] == [
        "accepted",
        "few-units",
        "one-coder",
        "outside",
        "unplaced",
    ]
    assert found["caveat"] == CAVEAT


def test_an_undefined_coefficient_is_null_beside_its_reason(root: Path) -> None:
    found = agree_json(root, "a", "b", "--level", "dimension")
    assert found["overall"]["kappa"] == 1
    assert "kappa_reason" not in found["overall"]
    three = agree_json(root, "a", "b", "c")
    assert (three["overall"]["f1"], three["overall"]["f1_reason"]) == (None, "needs exactly two coders")
    assert (three["overall"]["kappa"], three["overall"]["kappa_reason"]) == (None, "needs exactly two coders")
    assert three["overall"]["conger_kappa"] == pytest.approx(0.53125)
    assert three["overall"]["bands"] == {"alpha": "tentative"}
    shown = agree(root, "a", "b", "c").stdout
    assert "Conger's kappa, pooled over codes" in shown
    assert "Cohen's" not in shown


def test_a_gate_of_two_coders_names_that_of_more(root: Path) -> None:
    told = agree(root, "a", "b", "c", "--min", "kappa=0", "--min", "conger_kappa=0.4")
    assert told.stderr == (
        "kappa over all codes is not defined (needs exactly two coders; `conger_kappa` is for more), and 0 was asked for.\n"
    )


def test_no_word_of_quality_for_coded_units_alone(root: Path) -> None:
    found = agree_json(root, "a", "b", "--coded-only")
    assert (found["units"], found["dropped"], found["coded_only"], found["scale"]) == (3, 1, True, None)
    assert found["overall"]["bands"] == found["codes"][0]["bands"] == {}
    assert found["overall"]["percent"] == pytest.approx(2 / 3)
    shown = agree(root, "a", "b", "--coded-only").stdout
    assert "reliable" not in shown
    assert "tentative" not in shown
    assert "2 that nobody coded are left out. Chance is worked out among the coded units alone" in shown


def test_twenty_copies_are_told_and_no_word_praises_them(tmp_path: Path) -> None:
    names = [f"p{number:02}" for number in range(20)]
    files = {
        f"codings/{name}/S-01.yaml": STUDY["codings/a/S-01.yaml"].replace(": a", f": {name}")
        for name in names
    }
    root = write_study(tmp_path, STUDY | files)
    shown = agree(root, *names).stdout
    assert "reliable" not in shown
    assert "The very same codings, to the last character: p00, p01, p02," in shown
    found = agree_json(root, *names)
    assert found["overall"]["alpha"] == 1
    assert [one["value"] for one in found["cautions"] if one["code"] == "copies"] == [20]
    assert "copies" in [
        one["code"] for one in agree_json(root, "a", "p01", "b")["cautions"]
    ]  # a has S-02 as well
    assert "copies" not in [one["code"] for one in agree_json(root, "p01", "b")["cautions"]]
    assert (
        "persis sama sampai karakter terakhir: p01 dan p02"
        in agree(root, "p01", "p02", "--lang", "id").stdout
    )


def test_units_of_a_file(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "u.csv"
    path.write_text("source;turn;quote\nS-01;2;We train.\nS-01;3-4;\n", encoding="utf-8")
    found = agree_json(root, "a", "b", "--units", str(path))
    assert (found["unit"], found["units"], found["sources"]) == ("listed", 2, ["S-01"])
    assert [(one["code"], one["both"], one["only"]) for one in found["codes"]] == [
        ("training-provided", 2, {"a": 0, "b": 0}), ("training-rare", 0, {"a": 1, "b": 0}),
    ]  # fmt: skip
    (apart,) = found["disagreements"]
    assert (apart["ref"], apart["text"]) == ("S-01#3-4", "Once only.\nI went in.")
    assert {one["code"]: one["value"] for one in found["cautions"]}["unlisted"] == 1  # b's on the question
    assert "jaccard" not in found["overall"]  # of text outside the units nothing is said
    told = agree(root, "a", "b", "--units", str(path), "--unit", "turn")
    assert "--unit and --units are given" in told.stderr
    path.write_text("source,turn\nS-01,9\n", encoding="utf-8")
    assert agree(root, "a", "b", "--units", str(path)).exit_code == 2


def test_a_table_of_counts_is_asked_about(tmp_path: Path) -> None:
    """Fleiss 1971, p. 379: kappa .430. The five diagnoses as statsmodels has them; printed are .248, .248, .517, .470 and
    .565, which the printed counts do not give."""
    cases = json.loads((Path(__file__).parents[1] / "samples" / "agreement-examples.json").read_text())[
        "cases"
    ]
    data = next(case["data"] for case in cases if case["id"].startswith("fleiss1971"))
    rows = "".join(f"{number},{','.join(map(str, row))}\n" for number, row in enumerate(data["counts"]))
    text = f"subject,{','.join(data['categories'])}\n{rows}"
    told = table(tmp_path / "t.csv", text)
    assert (told.exit_code, told.stdout) == (2, "")
    assert "each row adds up to 6: are these counts" in told.stderr
    assert "Say `--cells counts` or `--cells ratings`." in told.stderr
    found = json.loads(table(tmp_path / "t.csv", text, "--cells", "counts", "--format", "json").stdout)
    assert round(found["overall"]["fleiss_kappa"], 3) == 0.430
    assert [round(one["fleiss_kappa"], 3) for one in found["codes"]] == [0.245, 0.245, 0.520, 0.471, 0.566]
    assert found["overall"]["kappa_reason"] == found["overall"]["conger_kappa_reason"] == (
        "needs to know who gave which rating"
    )  # fmt: skip
    assert (found["coders"], found["units"], found["disagreements"], found["confusion"]) == ([], 30, [], [])
    shown = table(tmp_path / "t.csv", text, "--cells", "counts", "--lang", "id")
    assert shown.stdout.startswith("Kesepakatan atas 30 unit")
    assert table(tmp_path / "t.csv", text, "--cells", "ratings").exit_code == 0
    for cells in ("counts", "ratings"):
        for view in ("overall", "codes", "disagreements", "confusion"):
            told = table(tmp_path / "t.csv", text, "--cells", cells, "--show", view, "--format", "md")
            assert told.exit_code == 0, told.output


NAMES = {
    "percent_agreement": "percent", "cohen_kappa": "kappa", "bennett_s": "brennan_prediger", "gwet_ac1": "ac1",
}  # fmt: skip
CASES = json.loads((Path(__file__).parents[1] / "samples" / "agreement-examples.json").read_text())["cases"]
TABLES = {one["id"] for one in CASES} - {
    "nvivo_percentage_agreement_characters", "krippendorff2004_unitizing_alpha_p254", "masi_distance_pairs",
}  # fmt: skip


def cells_of(case: dict[str, Any]) -> list[list[Any]]:
    """The table of a published example as one would type it: a unit in each row, NA where a rating is missing."""
    data = case["data"]
    if "raters" in data:
        coders = zip(*data["raters"].values(), strict=True)
        return [list(data["raters"]), *(["NA" if one is None else one for one in unit] for unit in coders)]
    if "counts" in data:
        return [data["categories"], *data["counts"]]
    names = data["categories"]
    cells = [[one, other, times] for one, row in zip(names, data["table"], strict=True)
             for other, times in zip(names, row, strict=True)]  # fmt: skip
    return [["A", "B"], *([one, other] for one, other, times in cells for _ in range(times))]


@pytest.mark.parametrize("case", [one for one in CASES if one["id"] in TABLES], ids=lambda case: case["id"])
def test_published_figures_come_out_of_a_table(tmp_path: Path, case: dict[str, Any]) -> None:
    """To the last digit printed, and those of the packages to six decimals."""
    head, *units = cells_of(case)
    lines = [["unit", *head], *([number, *row] for number, row in enumerate(units))]
    text = "".join(",".join(map(str, line)) + "\n" for line in lines)
    given = [
        "--cells",
        "counts" if "counts" in case["data"] else "ratings",
        "--resamples",
        "0",
        "--format",
        "json",
    ]
    asked = [*case["published"].items(), *case["computed"].items()]
    apart = {name.split("_")[-1] for name, _ in asked if name.startswith("krippendorff")} | {"nominal"}
    found = {
        one: json.loads(table(tmp_path / "t.csv", text, *given, "--distance", one).stdout)["overall"]
        for one in apart
    }
    for name, printed in asked:
        distance = name.split("_")[-1] if name.startswith("krippendorff") else "nominal"
        value = found[distance]["alpha" if name.startswith("krippendorff") else NAMES.get(name, name)]
        digits = -int(Decimal(str(printed)).as_tuple().exponent)
        assert round(value, digits) == printed, name


def test_a_code_that_stands_in_no_unit_is_no_agreement(root: Path) -> None:
    """b has training-rare on a question alone, and auto's was rejected: nobody gave it to anything compared."""
    found = agree_json(root, "b", "auto")
    assert [one["code"] for one in found["codes"]] == ["training-provided"]
    # b says yes to turns 2, 3, 4, auto to 2: observed 3/5, by chance 3/25 + 8/25
    assert found["overall"]["percent"] == pytest.approx(3 / 5)
    assert found["overall"]["kappa"] == pytest.approx(2 / 7)


def test_people_see_figures_cautions_and_the_caveat(root: Path) -> None:
    shown = agree(root, "a", "b")
    assert (shown.exit_code, shown.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in shown.stdout.splitlines()]
    assert lines[0] == "Agreement of a and b on 5 turns"
    assert any(line.startswith("Cohen's kappa, pooled over codes 0.444") for line in lines)
    assert any(
        line.startswith("Krippendorff's alpha (jaccard) 0.690") and "tentative" in line for line in lines
    )
    assert not any(line.startswith("Fleiss") for line in lines)
    assert any(
        line.startswith("training-provided 2 0 1 2 50% 0.800 0.615 0.600 0.600 0.000 -0.200 0.436")
        for line in lines
    )
    assert any(line.startswith("training-provided 0.640") for line in lines)
    assert lines[-8:] == [
        "Codings that are suggestions of the machine, accepted or the same to the last character: a 1 of 3; b 0 of 4. Coders who accept the same suggestions "
        "agree with the machine, not with each other.",
        "Only 5 units were rated by two coders or more; below 30 coefficients are unsteady.",
        "Units left out, because only one of the coders has coded their source: 1.",
        "Codings left out, because they stand on the interviewer's words alone: 1.",
        "Codings left out, because their words cannot be found: 1; run `qda check`.",
        "Not coded by b: S-02.",
        "Not coded by any of them: S-03.",
        CAVEAT,
    ]


def test_the_tables_of_codes_fit_a_terminal(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    lines = [line.rstrip() for line in agree(root, "a", "b").stdout.splitlines()]
    assert [line for line in map(" ".join, map(str.split, lines)) if line.startswith("code ")] == [
        "code both only a only b neither prevalence percent kappa ac1 pabak",
        "code prevalence index bias index jaccard",
        "code alpha alpha 95% from to reading of alpha mind",
    ]


def test_levels_stand_beside_each_other(root: Path) -> None:
    shown = agree(root, "a", "b").stdout
    lines = [" ".join(line.split()) for line in shown[shown.index("On each level") :].splitlines()]
    assert lines[:5] == [
        "On each level of the codebook",
        "level percent kappa alpha ac1 reading of alpha",
        "codes 0.800 0.444 0.690 0.655 tentative",
        "aspects 1.000 1.000 1.000 1.000 reliable",
        "dimensions 1.000 1.000 1.000 1.000 reliable",
    ]
    found = agree_json(root, "a", "b")
    assert {level: one["kappa"] for level, one in found["levels"].items()} == {"aspect": 1, "dimension": 1}
    assert found["unused"] == []
    assert "On each level" not in agree(root, "a", "b", "--level", "dimension").stdout


def test_codes_that_nobody_gave_are_told(root: Path) -> None:
    assert "\nCodes that none of them gave to any unit: 1 of 2.\n" in agree(root, "b", "auto").stdout
    assert agree_json(root, "b", "auto")["unused"] == ["training-rare"]
    assert "none of them gave" not in agree(root, "a", "b").stdout


def test_other_words_for_the_same_figures(root: Path) -> None:
    shown = agree(root, "a", "b", "--bands", "landis-koch", "--lang", "id")
    assert "kuat" in shown.stdout
    assert "tentative" not in shown.stdout
    assert say(CAVEAT, "id") in shown.stdout
    assert agree_json(root, "a", "b", "--bands", "landis-koch")["overall"]["bands"]["alpha"] == "substantial"


def test_no_resamples_no_intervals(root: Path) -> None:
    told = CliRunner().invoke(
        app, ["agree", "a", "b", "--study", str(root), "--resamples", "0", "--format", "json"]
    )
    assert json.loads(told.stdout)["overall"]["intervals"] == {}


def test_who_waits_at_a_terminal_is_told_and_a_pipe_stays_clean(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("empowerment_qda.agreement.bootstrap.AT_ONCE", 5)
    monkeypatch.setattr("empowerment_qda.cli.agree.PATIENCE", 0)
    assert agree(root, "a", "b").stderr == ""
    told: list[str] = []
    monkeypatch.setattr("empowerment_qda.cli.agree.progress", told.append)
    agree(root, "a", "b")
    assert len(told) == 4
    assert told[0] == "  5 of 20 resamples for the intervals; `--resamples 0` does without"
    monkeypatch.setattr("empowerment_qda.cli.agree.PATIENCE", 1e9)
    agree(root, "a", "b")
    assert len(told) == 4


def test_csv_is_one_table(root: Path) -> None:
    (head, trained, rare) = csv.reader(io.StringIO(agree(root, "a", "b", "--format", "csv").stdout))
    assert head[:5] == ["code", "both", "only a", "only b", "neither"]
    assert (trained[:5], rare[:5]) == (
        ["training-provided", "2", "0", "1", "2"],
        ["training-rare", "0", "1", "0", "4"],
    )


def test_disagreements_and_confusion_as_tables(root: Path) -> None:
    shown = agree(root, "b", "c", "--show", "disagreements", "--format", "csv").stdout
    assert list(csv.reader(io.StringIO(shown)))[1:] == [
        ["S-01#3", "b", "training-provided", "Once only.", "c", "training-rare", "Once only."],
        ["S-01#2", "b", "(no code)", "", "c", "training-rare", "We train. All come."],
    ]
    shown = agree(root, "b", "c", "--show", "confusion", "--format", "csv").stdout
    assert list(csv.reader(io.StringIO(shown))) == [
        ["b \\ c", "training-provided", "training-rare", "(no code)"],
        ["training-provided", "2", "1", ""],
        ["training-rare", "", "", ""],
        ["(no code)", "", "1", ""],
    ]
    terminal = agree(root, "b", "c", "--show", "confusion").stdout.splitlines()
    assert terminal[1].split() == ["b", "\\", "c", "1", "2", "3"]
    assert terminal[2].split() == ["1", "training-provided", "2", "1"]


def test_disagreements_are_read_line_by_line_on_a_terminal(root: Path) -> None:
    blocks = agree(root, "b", "c", "--show", "disagreements").stdout.split("\n\n")
    assert blocks[:3] == [
        "Disagreements",
        "training-provided / training-rare\n  S-01#3\n    b: training-provided\n    c: training-rare\n      Once only.",
        "(no code) / training-rare\n  S-01#2\n    b: (no code)\n    c: training-rare\n      We train. All come.",
    ]
    # words that differ are told of both
    shown = agree(root, "a", "b", "--unit", "character", "--show", "disagreements").stdout
    assert "    a: (no code)\n    b: training-provided\n      We train. All come." in shown


@pytest.mark.parametrize("columns", [60, 80, 100, 140])
def test_no_table_of_codes_is_cut_off(root: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = agree(root, "a", "b", "--show", "codes").stdout
    lines = [line.rstrip() for line in shown.splitlines()]
    heads = " ".join(line for line in lines if line.startswith("code "))
    assert re.sub(r"( code)? +", " ", heads) == (
        "code both only a only b neither prevalence percent kappa ac1 pabak prevalence index bias index jaccard alpha "
        "alpha 95% from to reading of alpha mind"
    )
    tables = [line for line in lines if line.startswith(("code ", "training-"))]
    assert max(map(len, tables)) <= columns
    assert len(tables) % 3 == 0  # a head and two codes, each on one line


def test_confusion_that_does_not_fit_is_a_list(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    shown = agree(root, "b", "c", "--show", "confusion").stdout
    wide = [line.split() for line in shown.splitlines()]
    assert ["b", "\\", "c", "1", "2", "3"] in wide  # 20 + 3 * 3 columns do
    monkeypatch.setattr("empowerment_qda.cli.agree.terminal_width", lambda piped=0: 20)
    shown = agree(root, "b", "c", "--show", "confusion").stdout
    assert "\\" not in shown
    monkeypatch.setenv("COLUMNS", "80")
    rows = [line.split() for line in agree(root, "b", "c", "--show", "confusion").stdout.splitlines()]
    assert rows[1:5] == [
        ["b", "c", "units"],
        ["training-provided", "training-provided", "2"],
        ["training-provided", "training-rare", "1"],
        ["(no", "code)", "training-rare", "1"],
    ]


def test_markdown_has_every_table_asked_for(root: Path) -> None:
    shown = agree(root, "a", "b", "--format", "md", "--show", "overall", "--show", "disagreements").stdout
    assert shown.startswith("### Agreement of a and b on 5 turns\n\n| coefficient |")
    assert "\n\n### Disagreements\n" in shown
    assert (
        "\n- To settle them (1 turn): `qda code --review --coder consensus --reconcile a,b --study " in shown
    )
    assert shown.rstrip().endswith("- " + CAVEAT.replace("&", "\\&"))


@pytest.mark.parametrize(
    ("gates", "code", "said"),
    [
        (["alpha=0.6", "percent=.8"], 0, ""),
        (["alpha=0.8"], 1, "alpha over all codes is 0.690, below the 0.8 that was asked for.\n"),
        (["kappa=0.5", "ac1=0.7"], 1,
         "kappa over all codes is 0.444, below the 0.5 that was asked for.\n"
         "ac1 over all codes is 0.655, below the 0.7 that was asked for.\n"),
    ],
)  # fmt: skip
def test_a_gate(root: Path, gates: list[str], code: int, said: str) -> None:
    arguments = [part for gate in gates for part in ("--min", gate)]
    told = agree(root, "a", "b", *arguments)
    assert (told.exit_code, told.stderr) == (code, said)
    assert told.stdout.startswith("Agreement of a and b")


def test_a_gate_that_is_not_defined_does_not_hold(tmp_path: Path) -> None:
    files = {name: text for name, text in STUDY.items() if name != "codings/a/S-01.yaml"}
    told = agree(write_study(tmp_path, files), "a", "b", "--min", "kappa=0")
    assert told.exit_code == 1
    assert told.stderr == "kappa over all codes is not defined (no pairable units), and 0 was asked for.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a", "bb"], "codings: coder `bb` has no codings [unknown-coder]\n    Did you mean `b`?\n"),
        ([], "codings: agreement needs two coders or more [coders]\n"
             "    Such as `qda agree first second`. Known here: a, auto, b, c.\n"),
    ],
)  # fmt: skip
def test_coders_it_cannot_compare(root: Path, arguments: list[str], said: str) -> None:
    told = agree(root, *arguments)
    assert (told.exit_code, told.stdout, told.stderr) == (2, "", said)


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        (["a", "a"], "coder `a` is named twice [usage]", "Name each coder once."),
        (["a", "b", "--min", "alpha=80"], "--min alpha=80: `80` is no number from -1 to 1 [minimum]",
         "Such as --min alpha=0.8."),
        (["a", "b", "--min", "alpha=nan"], "--min alpha=nan: `nan` is no number from -1 to 1 [minimum]",
         "Such as --min alpha=0.8."),
        (["a", "b", "--min", "nonsense=1"], "--min nonsense=1: there is no coefficient `nonsense` [minimum]",
         "Known here: alpha, kappa, conger_kappa, percent, ac1."),
        (["a", "b", "--min", "Alfa=0.8"], "--min Alfa=0.8: there is no coefficient `Alfa` [minimum]",
         "Did you mean `alpha`?"),
        (["a", "b", "--min", "alpha"], "--min alpha: the number is missing [minimum]", "Such as --min alpha=0.8."),
        (["a", "b", "--min", "alpha=.8", "--min", "alpha=.9"], "--min asks for alpha twice [minimum]",
         "Give one number for each coefficient."),
        (["a", "b", "--distance", "ordinal"],
         "--distance ordinal is between numbers, and coders give sets of codes [usage]",
         "Here it can be jaccard, masi, nominal."),
    ],
)  # fmt: skip
def test_usage(root: Path, arguments: list[str], said: str, hint: str) -> None:
    told = agree(root, *arguments)
    assert (told.exit_code, told.stdout, told.stderr) == (2, "", f"qda agree: {said}\n    {hint}\n")


def test_all_that_is_wrong_is_told_at_once(root: Path) -> None:
    told = agree(
        root, "a", "bb", "a", "ooo", "--min", "nonsense=1", "--min", "kappa=x", "--distance", "ratio"
    )
    assert told.exit_code == 2
    assert [line.partition(" [")[0] for line in told.stderr.splitlines()[::2]] == [
        "qda agree: --min nonsense=1: there is no coefficient `nonsense`",
        "qda agree: --min kappa=x: `x` is no number from -1 to 1",
        "qda agree: coder `a` is named twice",
        "qda agree: --distance ratio is between numbers, and coders give sets of codes",
        "codings: coder `bb` has no codings",
        "codings: coder `ooo` has no codings",
    ]


def test_a_study_that_is_not_there_is_told_beside_what_was_asked_wrongly(tmp_path: Path) -> None:
    told = agree(tmp_path, "a", "b", "--min", "nonsense=1")
    assert told.exit_code == 2
    assert len(told.stderr.splitlines()) == 4


def test_a_table_has_no_use_for_what_is_about_a_study(tmp_path: Path) -> None:
    told = table(tmp_path / "t.csv", "unit,a,b\n1,x,x\n", "a", "b", "--unit", "turn", "--level", "code", "--picture",
                 "--study", str(tmp_path), "--distance", "masi", "--min", "alpha=2")  # fmt: skip
    assert told.exit_code == 2
    assert [line.partition(": ")[2].partition(" [")[0] for line in told.stderr.splitlines()[::2]] == [
        "--min alpha=2: `2` is no number from -1 to 1",
        "coders of a study and a --table are given",
        "--unit goes with coders of a study, not with a --table",
        "--level goes with coders of a study, not with a --table",
        "--picture goes with coders of a study, not with a --table",
        "--study goes with coders of a study, not with a --table",
    ]


def test_a_decimal_comma_is_a_number(root: Path) -> None:
    assert agree(root, "a", "b", "--min", "alpha=0,6").exit_code == 0
    assert agree(root, "a", "b", "--min", "alpha=0,8").exit_code == 1


def test_a_coder_who_found_nothing_to_code_is_compared(tmp_path: Path) -> None:
    files = STUDY | {"codings/z/S-01.yaml": "source: S-01\ncoder: z\ncodings: []\n"}
    found = agree_json(write_study(tmp_path, files), "a", "z")
    assert found["units"] == 5
    assert [(one["code"], one["only"]) for one in found["codes"]] == [
        ("training-provided", {"a": 2, "z": 0}),
        ("training-rare", {"a": 1, "z": 0}),
    ]
    assert found["overall"]["kappa"] == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "1: the table is empty [ratings]"),
        (b"unit,a,b\nu,caf\xe9,x\n", "2: the file is not UTF-8: byte 0xE9"),
        ("unit,a,b\n".encode("utf-16"), "1: the file is UTF-16, not UTF-8 [encoding]"),
        (b"unit,coder\nu,a\n", "1: there is no column `value` [ratings]"),
    ],
)
def test_a_table_that_cannot_be_read(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    told = CliRunner().invoke(app, ["agree", "--table", str(path)])
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith(f"{path}:{said}")


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["agree", "--table", str(tmp_path)])
    assert told.exit_code == 2
    assert "this is a folder, and a file should stand here" in told.stderr


def test_no_cell_acts_as_a_formula(tmp_path: Path) -> None:
    text = "unit,=a,@b\n=u,=1+1,+x\n@v,@y,@y\n-w,-2,9\n"
    for view in ("overall", "codes", "disagreements", "confusion"):
        shown = table(tmp_path / "t.csv", text, "--format", "csv", "--show", view).stdout
        cells = [cell for row in csv.reader(io.StringIO(shown)) for cell in row if cell]
        assert cells
        texts = [cell for cell in cells if not re.fullmatch(r"-?\d+(\.\d+)?", cell)]
        assert not [cell for cell in texts if cell[0] in "=+-@"]


def table(path: Path, text: str, *arguments: str) -> Result:
    """Run the command on a table."""
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["agree", "--table", str(path), "--resamples", "20", *arguments])


def test_a_table_needs_no_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = table(tmp_path / "t.csv", "\ufeffunit;a;b\n1;x;x\n2;x;y\n3;y;y\n4;;x\n", "--format", "json")
    found = json.loads(told.stdout)
    # by chance a is x with 2/3 and b with 1/3: kappa (2/3 - 4/9) / (5/9)
    assert (found["unit"], found["units"], found["dropped"]) == ("row", 3, 1)
    assert found["overall"]["percent"] == pytest.approx(2 / 3)
    assert found["overall"]["kappa"] == pytest.approx(2 / 5)
    assert [(one["code"], one["both"], one["only"]) for one in found["codes"]] == [
        ("x", 1, {"a": 1, "b": 0}),
        ("y", 1, {"a": 0, "b": 1}),
    ]
    assert found["disagreements"][0]["ref"] == "2"
    shown = table(tmp_path / "t.csv", "unit,a,b\n1,x,x\n2,x,y\n3,y,y\n").stdout
    assert "Cohen's kappa  " in shown
    assert "coded text" not in shown


def test_a_table_of_numbers(tmp_path: Path) -> None:
    text = "unit,a,b,c\n1,1,1,1.0\n2,2,2,3\n3,,4,4\n4,5,5,5\n"
    shown = table(
        tmp_path / "t.csv", text, "--distance", "interval", "--show", "overall", "--show", "confusion"
    )
    assert shown.stdout.count("Fleiss' kappa") == 1
    assert "Krippendorff's alpha (interval)" in shown.stdout
    assert shown.stdout.count(" \\ ") == 3
    usual = table(tmp_path / "t.csv", text, "--distance", "interval").stdout
    assert "prevalence" not in usual


def test_a_bad_table_is_told_row_by_row(tmp_path: Path) -> None:
    told = table(tmp_path / "t.csv", "unit,a,b\n1,x\n2,x,y\n2,y,y\n")
    place = tmp_path / "t.csv"
    assert told.exit_code == 2
    assert told.stderr == (
        f"{place}:2: the row has 2 cells, and there are 3 columns [ratings]\n"
        "    Leave a missing rating empty; put a cell with a separator in it in quotes.\n"
        f"{place}:4: unit `2` stands here and on line 3 [ratings]\n"
        "    The first column names the units: give each one row and a name of its own.\n"
    )


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["agree", "--table", str(tmp_path / "no.csv")])
    assert told.exit_code == 2
    assert "there is no such file [no-file]" in told.stderr


def test_the_list_of_disagreements_ends_with_the_command_that_settles_them(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = agree(root, "a", "b", "--show", "disagreements").stdout.split("\n\n")[2]
    how = "To settle them (1 turn): qda code --review --coder consensus --reconcile a,b"
    assert shown == f"{how} --study {root}"
    # and it is a command that opens that round
    asked: list[Sitting] = []
    monkeypatch.setattr("empowerment_qda.cli.review._at_screen", lambda: True)
    monkeypatch.setattr("empowerment_qda.cli.review._work", asked.append)
    told = CliRunner().invoke(app, shlex.split(shown.partition(": qda ")[2]))
    assert told.exit_code == 0, told.output
    assert [(one.coder, one.coders, one.study) for one in asked] == [("consensus", ("a", "b"), root)]


def test_the_round_is_told_where_it_helps(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)

    def tell(*words: str) -> str:
        told = CliRunner().invoke(app, ["agree", *words, "--resamples", "0"])
        assert told.exit_code == 0, told.output
        return told.stdout

    how = "qda code --review --coder consensus --reconcile a,b\n"
    usual = tell("a", "b")
    assert f"\nDisagreements: 1; `--show disagreements` lists them.\nTo settle them (1 turn): {how}" in usual
    assert f"\nTo settle them: {how}" in tell("a", "b", "--unit", "sentence", "--show", "disagreements")
    assert "--reconcile a,b,c\n" in tell("a", "b", "c")
    assert "Untuk menyelesaikannya (1 giliran bicara): qda" in tell("a", "b", "--lang", "id")
    for words in (
        ["--show", "overall"],
        ["--format", "csv", "--show", "disagreements"],
        ["--level", "dimension"],
    ):
        assert "--reconcile" not in tell("a", "b", *words)


def test_no_round_with_the_consensus_itself_and_none_about_a_table(tmp_path: Path) -> None:
    files = STUDY | {
        "codings/consensus/S-01.yaml": STUDY["codings/b/S-01.yaml"].replace(": b", ": consensus")
    }
    shown = agree(write_study(tmp_path, files), "a", "consensus").stdout
    assert "Disagreements: 1;" in shown
    assert "--reconcile" not in shown
    shown = table(tmp_path / "t.csv", "unit,a,b\n1,x,y\n2,x,x\n").stdout
    assert "Disagreements: 1;" in shown
    assert "--reconcile" not in shown


def test_figures_are_not_printed_over_a_band_or_a_gate(tmp_path: Path) -> None:
    """333 of 500 agree: 0.666; 1999 of 2500: 0.7996, which two or three decimals would make .80."""
    rows = ["x,x"] * 1000 + ["y,y"] * 999 + ["x,y"] * 250 + ["y,x"] * 251
    text = "unit,a,b\n" + "".join(f"{number},{row}\n" for number, row in enumerate(rows))
    told = table(tmp_path / "t.csv", text, "--min", "percent=0.8")
    assert told.exit_code == 1
    assert told.stderr == "percent over all codes is 0.7996, below the 0.8 that was asked for.\n"
    assert " ".join(told.stdout.splitlines()[2].split()).startswith("percent agreement 0.7996 ")
    told = table(tmp_path / "t.csv", text, "--min", "percent=0.7995", "--format", "md")
    assert told.exit_code == 0
    assert "| percent agreement | 0.7996 |" in told.stdout
    told = table(tmp_path / "t.csv", text, "--lang", "id")
    assert "0,7996" in told.stdout
    assert "kesepakatan persen" in told.stdout


@pytest.mark.parametrize(
    ("text", "distance", "said"),
    [
        ("unit,a,b\n" + "".join(f"{n},v{n},w{n}\n" for n in range(200)), "nominal", "the table has 400 different values; at most 300"),
        ("unit,a,b\n" + "".join(f"{n},{n},{n}\n" for n in range(301)), "ratio", "the table has 301 different values; at most 300"),
        ("unit," + ",".join(f"c{n}" for n in range(101)) + "\nu" + ",x" * 101 + "\n", "nominal", "the table has more than 100 coders"),
        ("unit,a,b\n" + "".join(f"{n},{n},{n}\n" for n in range(10_001)), "interval", "the table has more than 100 coders, or 10,000 units"),
    ],
    ids=["values", "ratios", "coders", "rows"],
)  # fmt: skip
def test_a_table_too_large_to_compare_is_refused(tmp_path: Path, text: str, distance: str, said: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    asked = ["agree", "--table", str(path), "--distance", distance, "--cells", "ratings"]
    ended = CliRunner().invoke(app, asked)
    assert (ended.exit_code, said in ended.stderr) == (2, True)
