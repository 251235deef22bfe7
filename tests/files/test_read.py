"""A study is read whole, or every problem of every file is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from empowerment_qda.coding import Add
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import find_study, read_study
from empowerment_qda.model.source import Span
from empowerment_qda.problems import StudyError
from kit import CODEBOOK, CODED_HEAD, FINDINGS, HEAD, QDA, SMALL, write_study
from kit_desk import Clock

H = "data/interviews/H-01.yaml"
C = "codings/first/H-01.yaml"

BAD = [
    ("qda.yaml", QDA, "language: en", "language: en\n    tilte: x",
     "qda.yaml:3: `tilte` is no key that is known here [unknown-key] Did you mean `title`?"),
    ("qda.yaml", QDA, "planned: 1", "planned: one",
     "qda.yaml:12: `informant_types.head.planned` is `one`; it should be a whole number such as 2 [value] Write it in digits."),
    ("qda.yaml", QDA, "language: en", "language: english",
     "qda.yaml:2: `language` is `english`, which has not the form asked for [value] A language is two small letters such as id or en; an id has no spaces."),
    ("qda.yaml", QDA, "codebook: codebook.yaml", "codebook: book.yaml",
     "book.yaml:1: there is no such file [no-file] Create it, or correct the path in qda.yaml."),
    ("qda.yaml", QDA, "data/interviews/*.yaml", "../*.yaml",
     "qda.yaml:5: `../*.yaml` leads out of the study's folder [outside] Keep the sources inside the folder and write the path from there."),
    (H, HEAD, "2022-09-12", "2022-13-45",
     f"{H}:3: `date`: `2022-13-45` names a day that does not exist [date] Write year-month-day, such as 2022-09-12."),
    (H, HEAD, "2022-09-12", "2022-09-12/2022-09-01",
     f"{H}:3: `date`: `2022-09-12/2022-09-01` ends before it begins [date] Write year-month-day, such as 2022-09-12."),
    (H, HEAD, "speaker: H", "speeker: H",
     f"{H}:7: `speeker` is no key that is known here [unknown-key] Did you mean `speaker`?"),
    (H, HEAD, "Is there training for owners?", "",
     f"{H}:6: `turns[1].text` is empty [empty] Write its text, or delete the key if it may be left out."),
    (H, HEAD, "type: head", "typ: head",
     f"{H}:2: `typ` is no key that is known here [unknown-key] Did you mean `type`?"),
    (H, HEAD, "{id: H, type: head}", "H H",
     f"{H}:2: `H H` is not an id: use letters, digits, `-`, `_` and `.`, without spaces [id] Choose another name, and use it wherever it is referred to."),
    (H, HEAD, "{id: H, type: head}", "[H]",
     f"{H}:2: `informant` should be a mapping (`key: value` lines), not a list [value] Indent its keys under it."),
    (H, "id: H-01\nturns: hello", "", "",
     f"{H}:2: `turns` should be a list (`- ` lines), not text [value] Begin each entry with `- `."),
    (H, "id: H-01\nturns:\n  - hello", "", "",
     f"{H}:3: `turns[1]` should be a mapping (`key: value` lines), not text [value] Indent its keys under it."),
    (H, "id: H-01", "", "", f"{H}:1: `turns` is missing [missing-key] Add a line `turns: ...`."),
    (H, "id: H-01\nturns: []", "", "",
     f"{H}:2: `turns` is empty [empty] Write its text, or delete the key if it may be left out."),
    (H, "- a", "", "",
     f"{H}:1: the file should be a mapping (`key: value` lines) [empty] Compare it with an example that `qda init` makes."),
    (H, "", "", "", f"{H}:1: the file is empty [empty] Compare it with an example that `qda init` makes."),
    (C, CODED_HEAD, "turn: 2", "turn: two",
     f"{C}:4: `codings[1].turn` is `two`; it should be the number of a turn such as 2, or of several such as 2-4 [value] Write `turn: 2`."),
    (C, CODED_HEAD, "turn: 2", "turn: 2, status: acepted",
     f"{C}:4: `codings[1].status` is `acepted`; it should be accepted, rejected or suggested [value] Use one of these words."),
    (C, CODED_HEAD, "turn: 2", "turn: 2, occurrence: 0",
     f"{C}:4: `codings[1].occurrence` is 0; it should be 1 or more [value] Correct the number."),
    ("findings.yaml", FINDINGS, "contradicted_by: [E3]", "rivals: [{statment: x}]",
     "findings.yaml:6: `statment` is no key that is known here [unknown-key] Did you mean `statement`?"),
    ("findings.yaml", FINDINGS, "contradicted_by: [E3]", "member_check: {done: maybe}",
     "findings.yaml:6: `findings[1].member_check.done` is `maybe`; it should be yes or no [value] Write `yes` or `no`."),
    ("codebook.yaml", CODEBOOK, "direction: limits", "direction: bad",
     "codebook.yaml:12: `codes[1].codes[1].codes[2].direction` is `bad`; it should be supports, limits or neutral [value] Use one of these words."),
    ("codebook.yaml", CODEBOOK, "direction: limits", "color: #FF0000",
     "codebook.yaml:12: `codes[1].codes[1].codes[2].color` has no value: `#` without quotes begins a comment [value] Write `#` and six of 0-9 and A-F, in quotes: '#1F77B4'."),
    ("codebook.yaml", CODEBOOK, "direction: limits", "color: red",
     "codebook.yaml:12: `codes[1].codes[1].codes[2].color` is `red`, which is no colour [value] Write `#` and six of 0-9 and A-F, in quotes: '#1F77B4'."),
    ("codebook.yaml", CODEBOOK, "en: [training", "english: [training",
     "codebook.yaml:10: `english` is not a language code of two letters such as id or en [language] Choose another name, and use it wherever it is referred to."),
    ("codebook.yaml", CODEBOOK, "direction: limits", "definition: {indo: x}",
     "codebook.yaml:12: `indo` is not a language code of two letters such as id or en [language] Choose another name, and use it wherever it is referred to."),
    ("memos/M.md", "hello", "", "",
     "memos/M.md:1: the memo does not begin with front matter between two lines of `---` [front-matter] Begin it with `---`, `id: M01`, `---`."),
    ("memos/M.md", "---\nid: M1\nkind: bad\n---\nText", "", "",
     "memos/M.md:3: `kind` is `bad`; it should be theoretical, methodological, reflexive, surprise or contradiction [value] Use one of these words."),
]  # fmt: skip


def problems_of(root: Path) -> list[str]:
    """What reading a study says, one line for each problem."""
    with pytest.raises(StudyError) as error:
        read_study(root)
    return [
        f"{one.place.path}:{one.place.line}: {one.message} [{one.rule}] {one.hint}"
        for one in error.value.problems
    ]


@pytest.mark.parametrize(("path", "text", "old", "new", "said"), BAD)
def test_a_bad_file_gets_a_sentence(
    tmp_path: Path, path: str, text: str, old: str, new: str, said: str
) -> None:
    assert old in text
    write_study(tmp_path, {**SMALL, path: text.replace(old, new) if old else text})
    assert said in problems_of(tmp_path)


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    bad = {
        H: HEAD.replace("speaker: H", "speeker: H"),
        "findings.yaml": "findings: [",
        "codebook.yaml": "title: x\n",
    }
    write_study(tmp_path, {**SMALL, **bad})
    told = problems_of(tmp_path)
    assert {line.split(":")[0] for line in told} == {H, "findings.yaml", "codebook.yaml"}


def test_a_whole_study_is_read(tmp_path: Path) -> None:
    study = read_study(write_study(tmp_path, SMALL))
    assert [source.id for source in study.sources] == ["H-01", "O-01"]
    assert {source.method for source in study.sources} == {"interview"}
    assert study.by_id["H-01"].is_question(1)
    assert not study.by_id["H-01"].is_question(2)
    assert study.codings[0].path == C
    assert study.codebook.places["training-rare"].path == "enabling/awareness/training-rare"
    assert study.coders == ("first",)


def test_a_source_keeps_the_method_it_names(tmp_path: Path) -> None:
    write_study(tmp_path, {**SMALL, H: HEAD.replace("date:", "method: fgd\n    date:")})
    assert read_study(tmp_path).by_id["H-01"].method == "fgd"


def test_the_nearest_study_upward_is_found(tmp_path: Path) -> None:
    write_study(tmp_path, SMALL)
    assert find_study(tmp_path / "data" / "interviews") == tmp_path


def test_no_study_anywhere(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"there is no qda\.yaml here or in a folder above"):
        find_study(tmp_path)


def test_a_file_that_is_too_large_is_not_read_into_memory(tmp_path: Path) -> None:
    write_study(tmp_path, SMALL)
    with (tmp_path / H).open("wb") as file:
        file.truncate(200_000_000)
    assert problems_of(tmp_path) == [
        f"{H}:1: the file has 200 MB; at most 20 MB are read [file-size] "
        "Split it into several sources, or check whether it is a recording rather than a transcript."
    ]


PLACES = (
    "qda.yaml", "codebook.yaml", "findings.yaml", "data/interviews/H-01.yaml", "codings/first/H-01.yaml", "memos/M01.md",
)  # fmt: skip
KINDS: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a link": lambda path: path.symlink_to("gone"),
    "a link to a file": lambda path: path.symlink_to(__file__),
}


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes, and links need rights")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_what_stands_in_place_of_a_file_is_named_and_never_waited_for(
    tmp_path: Path, place: str, kind: str
) -> None:
    root = write_study(tmp_path, SMALL | {"memos/M01.md": "---\nid: M01\n---\n"})
    (root / place).unlink()
    KINDS[kind](root / place)
    with pytest.raises(StudyError) as caught:
        read_study(find_study(root))
    (problem,) = caught.value.problems
    assert problem.place.path == place
    if "link" in kind:
        assert problem.rule == "link"
    else:
        assert (problem.rule, problem.message) == (
            "not-a-file",
            f"this is {kind}, and a file should stand here",
        )


def test_a_pattern_that_takes_folders_too_reads_the_files_in_them(tmp_path: Path) -> None:
    files = {**SMALL, "qda.yaml": QDA.replace("data/interviews/*.yaml", "data/interviews/*")}
    (tmp_path / "data/interviews/2022").mkdir(parents=True)
    assert {"H-01", "O-01"} <= set(read_study(write_study(tmp_path, files)).by_id)


ANY = {**SMALL, "memos/M01.md": "---\nid: M01\n---\nText.\n"}


@pytest.mark.parametrize("path", ANY)
def test_each_kind_of_file_may_say_its_format_and_a_newer_one_is_refused(tmp_path: Path, path: str) -> None:
    def say(line: str) -> None:
        text = dedent(ANY[path]).lstrip("\n")
        head, rest = ("---\n", text[4:]) if path.endswith(".md") else ("", text)
        write_study(tmp_path, ANY)
        (tmp_path / path).write_text(f"{head}{line}\n{rest}")

    for line in ("", "format:", "format: 1", "format: 2"):
        say(line)
        read_study(tmp_path)
    say("format: 3\nkeys_of_later: {}")
    with pytest.raises(StudyError) as caught:
        read_study(tmp_path)
    (problem,) = caught.value.problems
    assert (problem.place.path, problem.rule, problem.severity) == (path, "format", "error")
    assert problem.place.line == (2 if path.endswith(".md") else 1)
    assert "format 3" in problem.message
    assert "up to 2" in problem.message
    for wrong in ("two", "0", "-1"):
        say(f"format: {wrong}")
        with pytest.raises(StudyError) as caught:
            read_study(tmp_path)
        assert {one.rule for one in caught.value.problems} == {"value"}


def test_the_format_stays_when_a_file_is_written_anew(tmp_path: Path) -> None:
    root = write_study(tmp_path, SMALL)
    path = root / "codings/first/H-01.yaml"
    path.write_text("format: 2\nsource: H-01\ncoder: first\ncodings: [{id: E1, code: awareness, turn: 2}]\n")
    with Desk.open(root, read_study(root), "first", Clock()) as desk:
        desk.apply(Add("H-01", Span(2, 0, 2, 7), "training-rare"))
    assert read_study(root).codings[0].format == 2
    assert len(read_study(root).codings[0].codings) == 2


def test_of_a_flood_of_unknown_keys_some_are_told_and_the_others_counted(tmp_path: Path) -> None:
    flood = "".join(f"k{number}: x\n" for number in range(3_000))
    write_study(tmp_path, {**SMALL, "qda.yaml": dedent(SMALL["qda.yaml"]) + flood})
    told = problems_of(tmp_path)
    assert len(told) == 101
    assert "and 2,900 more of the kind, from here on [unknown-key]" in told[-1]
