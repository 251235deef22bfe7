"""`qda find`: what a user types and sees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from kit import CODED_OWNER, HEAD, OWNER, SMALL, write_study

NOTE = """
    id: N-01
    date: 2022-10
    turns:
      - {text: The class room was full. Training began late.}
    """
CODED_NOTE = """
    source: N-01
    coder: first
    codings:
      - {id: E4, code: training-provided, turn: 1, quote: Training began late.}
      - {id: E5, code: training-rare, turn: 1, quote: began late.}
    """
SECOND = """
    source: O-01
    coder: second
    codings:
      - {code: training-rare, turn: 2, quote: "Yes, I joined their classes."}
      - {code: training-provided, turn: 2, quote: "only once", status: suggested}
      - {code: training-rare, turn: 2, quote: "last year", status: rejected}
    """
STUDY = {
    **SMALL,
    "data/interviews/O-01.yaml": OWNER.replace("type: owner}", "type: owner, attributes: {sector: Food}}"),
    "data/observations/N-01.yaml": NOTE,
    "codings/first/N-01.yaml": CODED_NOTE,
    "codings/second/O-01.yaml": SECOND,
    "qda.yaml": SMALL["qda.yaml"].rstrip() + "\n    evidence: {coders: [first]}\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two interviews and a note; `first` counts."""
    return write_study(tmp_path, STUDY)


def find(root: Path, *words: str) -> Result:
    """Run `qda find`."""
    return CliRunner().invoke(app, ["find", *words, "--study", str(root)])


def find_json(root: Path, *words: str) -> Any:
    """What `qda find` answers as JSON."""
    return json.loads(find(root, *words, "--format", "json").stdout)


def refs(root: Path, *words: str) -> list[str]:
    """Where the passages stand that it finds, with their codes."""
    return [f"{one['ref']} {'+'.join(one['codes'])}" for one in find_json(root, *words)["passages"]]


def test_passages_for_people(root: Path) -> None:
    result = find(root, "training-provided and not training-rare")
    assert result.exit_code == 0
    assert result.stdout == (
        "H-01#2  H · head  training-provided  first\n    We hold digital training every month.\n"
        "O-01#2  O · owner  training-provided  first\n    Yes, I joined their classes.\n"
    )
    assert result.stderr == "2 passages in 2 of 3 sources.\n"


def test_passages_as_json(root: Path) -> None:
    assert find_json(root, "training-provided", "--type", "head") == {
        "expression": "training-provided",
        "within": "overlap",
        "passages": [
            {"ref": "H-01#2", "source": "H-01", "turn": 2, "start": 0, "end": 37, "end_turn": 2,
             "quote": "We hold digital training every month.", "codes": ["training-provided"],
             "codings": [{"id": "E1", "code": "training-provided", "coder": "first"}],
             "informant": "H", "type": "head", "group": "agency", "method": "interview", "date": "2022-09-12"}
        ],
    }  # fmt: skip


def test_a_dimension_means_all_codes_below_it(root: Path) -> None:
    assert refs(root, "enabling") == refs(root, "training-provided or training-rare")
    assert len(refs(root, "enabling")) == 5


def test_an_expression_may_stand_without_quotation_marks(root: Path) -> None:
    assert refs(root, "training-provided", "and", "training-rare") == [
        "N-01#1 training-provided",
        "N-01#1 training-rare",
    ]


def test_codes_of_one_turn_stand_together_within_turns(root: Path) -> None:
    found = refs(root, "training-provided and training-rare", "--within", "turn")
    assert [one.split()[0] for one in found] == ["O-01#2", "O-01#2", "N-01#1", "N-01#1"]


@pytest.mark.parametrize(
    ("options", "sources"),
    [
        (["--type", "owner"], {"O-01"}),
        (["--type", "owner", "--type", "head"], {"O-01", "H-01"}),
        (["--group", "agency"], {"H-01"}),
        (["--group", "agency", "--type", "owner"], set()),
        (["--method", "observation"], {"N-01"}),
        (["--informant", "O"], {"O-01"}),
        (["--attribute", "sector=food"], {"O-01"}),
        (["--attribute", "sector=wood"], set()),
        (["--from", "2022-09-13"], {"O-01", "N-01"}),
        (["--to", "2022-09"], {"H-01", "O-01"}),
        (["--from", "2022-09-15", "--to", "2022-09-30"], {"O-01"}),
    ],
)
def test_filters(root: Path, options: list[str], sources: set[str]) -> None:
    assert {one["source"] for one in find_json(root, "enabling", *options)["passages"]} == sources


def test_a_source_without_date_fits_no_date(root: Path) -> None:
    write_study(root, {"data/interviews/H-01.yaml": HEAD.replace("    date: 2022-09-12\n", "")})
    assert "H-01" not in {one["source"] for one in find_json(root, "enabling", "--from", "1990")["passages"]}


def test_another_coder(root: Path) -> None:
    assert refs(root, "enabling", "--coder", "second") == ["O-01#2 training-rare"]
    both = refs(root, "enabling", "--coder", "second", "--coder", "first", "--informant", "O")
    assert both == ["O-01#2 training-provided+training-rare", "O-01#2 training-rare"]


def test_the_machine_as_coder_shows_what_it_suggests(root: Path) -> None:
    CliRunner().invoke(app, ["code", "--study", str(root)])
    assert "H-01#2 training-provided" in refs(root, "enabling", "--coder", "auto")


def test_words_in_context(root: Path) -> None:
    result = find(root, "--words", "class", "--words", "digital ... month")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line[: line.index("[")].split()[0] for line in lines] == ["H-01#2", "O-01#2", "N-01#1"]
    assert len({line.index("[") for line in lines}) == 1
    assert "We hold [digital training every month]. Owners come" in lines[0]
    assert "Yes, I joined their [classes]. But" in lines[1]
    assert result.stderr == "3 places in 3 of 3 sources.\n"


def test_words_as_json_tell_the_codes_on_them(root: Path) -> None:
    answer = find_json(root, "--words", "class")
    assert answer["words"] == ["class"]
    assert answer["hits"][0] == {
        "ref": "O-01#2", "source": "O-01", "turn": 2, "start": 20, "end": 27, "before": "Yes, I joined their ",
        "words": "classes", "after": ". But it was only once, last year.", "cue": "class", "speaker": "O",
        "codes": ["training-provided"],
    }  # fmt: skip
    assert [(one["ref"], one["codes"]) for one in answer["hits"]] == [
        ("O-01#2", ["training-provided"]),
        ("N-01#1", []),
    ]


def test_words_in_passages(root: Path) -> None:
    answer = find_json(root, "training-provided", "--words", "training", "--words", "once")
    assert [one["ref"] for one in answer["hits"]] == ["H-01#2", "N-01#1"]
    assert len(answer["passages"]) == 3


def test_words_are_filtered_by_who_says_them(root: Path) -> None:
    answer = find_json(root, "--words", "training", "--words", "classes", "--type", "owner")
    assert [one["ref"] for one in answer["hits"]] == ["O-01#2"]


def test_questions_are_looked_at_when_asked_for(root: Path) -> None:
    assert [one["ref"] for one in find_json(root, "--words", "train")["hits"]] == ["H-01#2", "N-01#1"]
    asked = find_json(root, "--words", "train", "--questions")["hits"]
    assert [one["ref"] for one in asked] == ["H-01#1", "H-01#2", "O-01#1", "N-01#1"]


def test_an_exact_form(root: Path) -> None:
    assert [one["words"] for one in find_json(root, "--words", "=class")["hits"]] == ["class"]


def test_csv_has_a_row_for_each(root: Path) -> None:
    assert find(root, "training-rare", "--informant", "O", "--format", "csv").stdout == (
        'turn,who,type,codes,coders,quote\nO-01#2,O,owner,training-rare,first,"But it was only once, last year."\n'
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["enabling and"], "find: a code should stand here, and there is nothing [expression]\n    enabling and\n"),
        (["trainng-provided"], "there is no code `trainng-provided` [expression]\n    trainng-provided\n    ^\n"
                               "    Did you mean `training-provided`?"),
        (["enabling", "--type", "ownr"], "the study has no type `ownr` [unknown-type]\n    Did you mean `owner`?"),
        (["enabling", "--group", "x", "--informant", "y"], "the study has no informant `y`"),
        (["enabling", "--attribute", "age=3"], "the study has no attribute `age` [unknown-attribute]\n    Known here: sector."),
        (["enabling", "--attribute", "sector"], "`sector` should be a key and a value, such as sector=food"),
        (["enabling", "--from", "soon"], "`soon` is not a date such as 2022-09-12"),
        (["enabling", "--coder", "frist"], "coder `frist` has no codings [unknown-coder]\n    Did you mean `first`?"),
        (["--words", "..."], 'The cue "..." has no word in it; write a word or a phrase. [words]'),
        ([], "say which codes to find, or which words with --words"),
    ],
)  # fmt: skip
def test_what_cannot_be_found_is_told_in_a_sentence(root: Path, words: list[str], said: str) -> None:
    result = find(root, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_suggestions_that_count_are_told_loudly(tmp_path: Path) -> None:
    bare = {path: text for path, text in SMALL.items() if not path.startswith(("codings", "findings"))}
    write_study(tmp_path, bare)
    CliRunner().invoke(app, ["code", "--study", str(tmp_path)])
    result = find(tmp_path, "enabling")
    assert "No person has coded yet" in result.stderr
    assert result.stdout.count("  auto\n") == 3


def test_participants_words_are_never_markup(root: Path) -> None:
    text = OWNER.replace("Yes, I joined their classes.", "[bold]Yes[/], =1+1 classes \\u001b[31m.")
    coded = CODED_OWNER.replace("Yes, I joined their classes.", "[bold]Yes[/], =1+1 classes \\u001b[31m.")
    write_study(root, {"data/interviews/O-01.yaml": text, "codings/first/O-01.yaml": coded})
    shown = find(root, "training-provided", "--informant", "O").stdout
    assert "    [bold]Yes[/], =1+1 classes \ufffd[31m.\n" in shown
    assert "[bold]Yes[/], =1+1 [classes] \ufffd[31m." in find(root, "--words", "classes").stdout
