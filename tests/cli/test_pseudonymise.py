"""`qda pseudonymise`: no name is left in any file, every coding stays on its words, and nothing is done by halves."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from empowerment_qda.anchors import SourceText
from empowerment_qda.cli import app
from empowerment_qda.cli import pseudonymise as command
from empowerment_qda.evidence.passages import make_coding, passages_of
from empowerment_qda.files import border, journal
from empowerment_qda.files.deidentify import carry_out
from empowerment_qda.files.edit import read_clock
from empowerment_qda.files.log import check_folder, read_chain, read_raw_log
from empowerment_qda.files.pseudonymise import plan_pseudonyms
from empowerment_qda.files.pseudonyms import read_key
from empowerment_qda.files.read import read_study
from empowerment_qda.files.write import format_codings, format_yaml, write_bytes
from empowerment_qda.model.coding import Codings
from empowerment_qda.model.source import Span
from empowerment_qda.problems import StudyError
from hostile_kit import hostile_study
from kit import SMALL, write_study
from names_kit import KEY, NAMES, named_study
from safety.border import live


def qda(root: Path, *args: str) -> Result:
    return CliRunner().invoke(app, [*args, "--study", str(root)], env={"QDA_TRACEBACK": "1"})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return named_study(tmp_path_factory.mktemp("named") / "study")


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "study"))


def files_of(root: Path) -> dict[str, bytes]:
    found = (
        path for path in root.rglob("*") if path.is_file() and path.name not in (".lock", ".codebook.lock")
    )
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def places(root: Path) -> list[tuple[str, str, str, int, str]]:
    """Where each coding stands: coder, id, code, turn, state."""
    return sorted(
        (
            one.file.coder,
            str(one.coding.id),
            one.coding.code,
            one.anchor.span.turn if one.anchor.span else 0,
            one.anchor.state,
        )
        for one in passages_of(read_study(root))
    )


def test_no_name_is_left_and_every_coding_stays_on_its_words(root: Path) -> None:
    before = places(root)
    assert len(before) == 26
    assert {state for *_, state in before} == {"exact"}
    shutil.copy(root / "codings/first/log.jsonl", root / "codings/first/log-old.jsonl")
    result = qda(root, "pseudonymise", "--yes")
    assert result.exit_code == 0, result.output
    after = files_of(root)
    assert sorted(path for path in after if "Sari" in path) == []
    for path, raw in after.items():
        assert path == "pseudonyms.yaml" or not [one for one in NAMES if one in raw.decode()], path
    assert "reports/findings.en.md" not in after
    assert "data/interviews/Ani-01.yaml" in after
    assert places(root) == before
    assert qda(root, "check").stdout == "No problems found.\n"
    assert not read_chain(read_raw_log(root, "first")).broken
    assert read_chain(read_raw_log(root, "first")).chained == 18
    said = [one.coding.quote for one in passages_of(read_study(root)) if one.file.coder == "first"]
    assert said[:8] == [
        "Ani", "Ani, joined", "only once", "only once", "Budi at [telephone]", "It was only once for Budi", "Yes",
        "Yes, Pak Budi came to us. I, Ani, joined their classes. But Budi's class was only once.\nCall Budi",
    ]  # fmt: skip
    assert "# Bu Ani, the first talk\n" in after["data/interviews/Ani-01.yaml"].decode()
    assert "Ani says of Budi’s class" in after["memos/M1.md"].decode()


def test_undo_goes_on_as_before(root: Path) -> None:
    assert qda(root, "pseudonymise", "--yes").exit_code == 0
    for number in range(17, 0, -1):
        assert qda(root, "code", "undo", "--coder", "first").exit_code == 0, number
    assert qda(root, "code", "redo", "--coder", "first").exit_code == 0
    assert list(check_folder(root, read_study(root))) == []


def test_the_record_has_figures_and_no_names(root: Path) -> None:
    qda(root, "pseudonymise", "--yes")
    line = json.loads((root / "deidentification.jsonl").read_text(encoding="utf-8"))
    assert line["command"] == "pseudonymise"
    assert line["changed"]["sources"] == {"name": 21, "place": 1, "telephone": 1}
    assert set(line["changed"]) == {"codings", "findings", "logs", "memos", "sources"}
    again = qda(root, "pseudonymise", "--yes")
    assert again.stdout == ""
    assert again.stderr.startswith("No name of pseudonyms.yaml stands in the files that qda writes.")
    assert (root / "deidentification.jsonl").read_text(encoding="utf-8").count("\n") == 1


def test_what_it_shows_and_what_remains_is_said(root: Path) -> None:
    before = files_of(root)
    shown = qda(root, "pseudonymise", "--dry-run")
    assert shown.exit_code == 0
    assert "reports/ will be emptied: `qda run` makes it anew." in shown.stderr
    assert "Nothing was written." in shown.stderr
    assert files_of(root) == before
    answer = json.loads(qda(root, "pseudonymise", "--dry-run", "--format", "json").stdout)
    assert answer["done"] is False
    assert answer["replaced"]["memos"] == {"name": 8}
    result = qda(root, "pseudonymise", "--yes")
    assert 'git log --all --oneline -S"$NAME"' in result.stderr
    assert not [one for one in NAMES if one in result.stdout]


def test_without_a_terminal_it_has_to_be_said(root: Path) -> None:
    before = files_of(root)
    result = qda(root, "pseudonymise")
    assert result.exit_code == 2
    assert "there is no terminal to ask at [not-asked]" in result.stderr
    assert files_of(root) == before


@pytest.mark.parametrize(("typed", "done"), [("y\n", True), ("\n", False)])
def test_at_a_terminal_it_asks(root: Path, typed: str, done: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "at_terminal", lambda: True)
    result = CliRunner().invoke(app, ["pseudonymise", "--study", str(root)], input=typed)
    assert result.exit_code == 0
    assert (root / "deidentification.jsonl").exists() == done


def test_without_a_key_it_proposes(root: Path) -> None:
    (root / "pseudonyms.yaml").unlink()
    before = files_of(root)
    result = qda(root, "pseudonymise", "--format", "json")
    found = {(one["kind"], one["name"]) for one in json.loads(result.stdout)["proposals"]}
    assert found >= {
        ("telephone", "0812-3456-7890"),
        ("person", "Sari"),
        ("person", "Tigor Siregar"),
        ("place", "Mawar"),
    }
    assert "There is no pseudonyms.yaml yet." in result.stderr
    assert files_of(root) == before
    assert qda(root, "pseudonymise", "--propose", "--write").exit_code == 0
    assert (root / "pseudonyms.yaml").read_text(encoding="utf-8").count('\n# "') > 3
    assert "No name of pseudonyms.yaml" in qda(root, "pseudonymise", "--yes").stderr


def test_a_warning_where_git_would_take_the_key_along(root: Path) -> None:
    (root / ".gitignore").unlink()
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    result = qda(root, "pseudonymise", "--write")
    assert (
        "git does not pass over this file. Write `/pseudonyms.yaml` into the study's .gitignore"
        in result.stderr
    )
    problems = qda(root, "check").stdout
    assert "[key-not-ignored]" in problems
    assert "[name-left]" in problems


# Nothing by halves.


class Killed(BaseException):
    """The process is gone."""


def test_killed_at_any_point_the_next_command_finishes_it(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path(shutil.copytree(root, tmp_path / "whole"))
    names = read_key(root)
    assert names
    now = read_clock()
    carry_out(whole, plan_pseudonyms(whole, read_study(whole), names, now), now)
    expected = files_of(whole)
    write, remove = write_bytes, border.remove
    for last in range(40):
        study = Path(shutil.copytree(root, tmp_path / f"killed{last}"))
        left = [last]

        def once(act: Callable[..., object], left: list[int] = left) -> Callable[..., object]:
            def done(*args: object) -> object:
                left[0] -= 1
                if left[0] < 0:
                    raise Killed
                return act(*args)

            return done

        monkeypatch.setattr(journal, "write_bytes", once(write))
        monkeypatch.setattr(journal, "remove", once(remove))
        killed = False
        try:
            carry_out(study, plan_pseudonyms(study, read_study(study), names, now), now)
        except Killed:
            killed = True
        monkeypatch.setattr(journal, "write_bytes", write)
        monkeypatch.setattr(journal, "remove", remove)
        qda(study, "check")
        assert files_of(study) == expected, last
        if not killed:
            break
    else:
        pytest.fail("it never ended")
    assert last > 10


def test_a_file_written_meanwhile_stops_all(root: Path) -> None:
    names = read_key(root)
    assert names
    plan = plan_pseudonyms(root, read_study(root), names, read_clock())
    with (root / "memos/M1.md").open("a", encoding="utf-8") as file:
        file.write("More.\n")
    before = files_of(root)
    with pytest.raises(StudyError, match="somebody wrote into this file meanwhile"):
        carry_out(root, plan, read_clock())
    assert files_of(root) == before


def test_somebody_who_codes_meanwhile_stops_all(root: Path) -> None:
    from empowerment_qda.files.edit import Desk

    before = files_of(root)
    with Desk.open(root, read_study(root), "first"):
        result = qda(root, "pseudonymise", "--yes")
    assert result.exit_code == 2
    assert "[in-use]" in result.stderr
    assert files_of(root) == before


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("Sari: Sari A\n", "[pseudonyms]"),
        (
            "first: second\n",
            "a coder is called `first`, and `first` is a name of the key: who codes is no informant",
        ),
        ("Sari: T\n", "the persons `Sari` and `T` would both be `T`"),
        ("Sari: R\n", "the persons `Sari` and `R` would both be `R`"),
        ("Sari: Ani\nAni class: x\nclasses: class\n", "a pseudonym would make a name of the key again"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(root: Path, key: str, said: str) -> None:
    (root / "pseudonyms.yaml").write_text(key, encoding="utf-8")
    if "class" in key:
        with (root / "memos/M1.md").open("a", encoding="utf-8") as file:
            file.write("Sari class\n")
        (root / "findings.yaml").write_text(
            'findings: [{id: F1, statement: "Sari classes"}]\n', encoding="utf-8"
        )
        (root / "pseudonyms.yaml").write_text("Sari: Ani\nclasses: lesson\nAni lesson: x\n", encoding="utf-8")
    before = files_of(root)
    result = qda(root, "pseudonymise", "--yes")
    assert result.exit_code == 2
    assert said in result.stderr
    assert files_of(root) == before


def test_every_file_is_looked_into_or_told(root: Path) -> None:
    (root / "old.yaml~").write_text("Sari", encoding="utf-8")
    (root / "codings/first/G-01.yaml.unreadable-1").write_text("Sari and Tigor", encoding="utf-8")
    (root / "latin.txt").write_bytes(b"S\xe9 Sari")
    (root / ".obsidian").mkdir()
    for number in range(15):
        (root / f"recording-{number:02}.mp3").write_bytes(b"ID3\x04\x00")
    told = qda(root, "pseudonymise", "--dry-run").stderr
    assert "old.yaml~ holds 1 name and is not changed" in told
    assert "codings/first/G-01.yaml.unreadable-1 holds 2 names and is not changed" in told
    assert "latin.txt was not looked into: it is no plain text, and may hold the same words." in told
    assert "recording-10.mp3 was not looked into" in told
    assert "recording-11.mp3" not in told
    assert "Nor were 4 other files." in told
    assert "What is hidden was not looked into: .obsidian." in told


def test_folders_and_books_with_a_name_are_found_afterwards(root: Path) -> None:
    (root / "data/interviews").rename(root / "data/Sari")
    (root / "codebooks/Tigor").mkdir(parents=True)
    book = (root / "codebook.yaml").read_text(encoding="utf-8").replace('cues: {en: ["only once"]}', "", 1)
    (root / "codebook.yaml").unlink()
    (root / "codebooks/Tigor/Sari.yaml").write_text(f"cues: Sari.cues.yaml\n{book}", encoding="utf-8")
    (root / "codebooks/Tigor/Sari.cues.yaml").write_text(
        "training-rare: {en: [Sari came]}\n", encoding="utf-8"
    )
    settings = (root / "qda.yaml").read_text(encoding="utf-8")
    settings = settings.replace("data/interviews/", "data/Sari/").replace(
        "codebook.yaml", "codebooks/Tigor/Sari.yaml"
    )
    (root / "qda.yaml").write_text(settings, encoding="utf-8")
    before = places(root)
    result = qda(root, "pseudonymise", "--yes")
    assert result.exit_code == 0, result.output
    assert places(root) == before
    assert read_study(root).codebook.cue_path == "codebooks/Budi/Ani.cues.yaml"
    assert (root / "data/Ani/Ani-01.yaml").exists()
    assert not [path for path in root.rglob("*") if "Sari" in path.name or "Tigor" in path.name]
    assert qda(root, "check").stdout == "No problems found.\n"


def test_a_pattern_that_would_lose_its_files_is_refused(root: Path) -> None:
    settings = (root / "qda.yaml").read_text(encoding="utf-8")
    (root / "data/interviews").rename(root / "data/Sari")
    (root / "data/Sari/Sari-01.yaml").rename(root / "data/Sari/Sari_one.yaml")
    settings = settings.replace("data/interviews/*.yaml", "data/Sari/[S]ari?one.yaml")
    (root / "qda.yaml").write_text(settings, encoding="utf-8")
    before = files_of(root)
    result = qda(root, "pseudonymise", "--yes")
    assert result.exit_code == 2
    assert (
        "the pattern `data/Sari/[S]ari?one.yaml` under `sources` would be `data/Ani/[S]ari?one.yaml`"
        in result.stderr
    )
    assert files_of(root) == before


def test_names_inside_ids_and_file_names_are_told(root: Path) -> None:
    path = root / "data/groups/G-01.yaml"
    text = (
        path.read_text(encoding="utf-8")
        .replace("{id: T,", "{id: PakTigor2,")
        .replace("speaker: T,", "speaker: PakTigor2,")
    )
    path.write_text(text, encoding="utf-8")
    path.rename(root / "data/groups/sari1-group.yaml")
    told = qda(root, "pseudonymise", "--dry-run").stderr
    assert "data/groups/sari1-group.yaml has a name in its own name; rename it yourself." in told
    assert (
        "The id `PakTigor2` may hold a name (`Tigor`) and stays; where it does, write the id into the key, as `PakTigor2: ...`."
        in told
    )
    assert "The id `training" not in told


def test_other_files_are_told(root: Path) -> None:
    (root / "README.md").write_text("About Sari.\n", encoding="utf-8")
    (root / "data/interviews/Sari-01.docx").write_bytes(b"PK\x03\x04")
    (root / "data/notes").mkdir()
    (root / "data/notes/odd.yaml").write_text("a: [Sari\n", encoding="utf-8")
    result = qda(root, "pseudonymise", "--yes")
    for said in (
        "README.md holds 1 name and is not changed: qda does not write it.",
        "data/notes/odd.yaml holds 1 name and is not changed",
        "data/interviews/Sari-01.docx was not looked into: it is no plain text",
        "data/interviews/Sari-01.docx has a name in its own name; rename it yourself.",
    ):
        assert said in result.stderr


def test_line_ends_a_mark_of_order_and_comments_stay(root: Path) -> None:
    path = root / "data/groups/G-01.yaml"
    path.write_bytes(b"\xef\xbb\xbf# Sari\r\n" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert qda(root, "pseudonymise", "--yes").exit_code == 0
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf# Ani\r\nid: G-01\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_a_log_that_was_edited_stays_one_that_was(root: Path) -> None:
    path = root / "codings/first/log.jsonl"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[3] = lines[3].replace("only once", "only twice", 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    broken = read_chain(path.read_bytes()).broken
    assert broken
    qda(root, "pseudonymise", "--yes")
    assert read_chain(path.read_bytes()).broken == broken
    assert "Sari" not in path.read_text(encoding="utf-8")


def test_codings_that_names_left_behind_are_found_again(tmp_path: Path) -> None:
    """Somebody replaced the names in the transcript by hand, and nowhere else."""
    head = SMALL["codings/first/H-01.yaml"].replace(
        "quote: We hold digital training every month.", 'quote: "We, Sari"'
    )
    said = SMALL["data/interviews/H-01.yaml"].replace(
        "We hold digital training every month. Owners come from all wards.",
        '"We, Ani, hold digital training."',
    )
    root = write_study(
        tmp_path,
        {
            **SMALL,
            "codings/first/H-01.yaml": head,
            "data/interviews/H-01.yaml": said,
            "pseudonyms.yaml": "Sari: Ani\n",
        },
    )
    assert [one[-1] for one in places(root)][:1] == ["lost"]
    assert (
        "Of 1 coding the words were not found before, and are found then."
        in qda(root, "pseudonymise", "--yes").stderr
    )
    assert [one[-1] for one in places(root)][:1] == ["exact"]


def test_odd_characters_go_out_as_words(tmp_path: Path) -> None:
    root = hostile_study(tmp_path, "\x1b[31mred\u202e Sari \x9b2J", "Sa\u200bri \x1b]52;c;eA==\x07")
    write_study(root, {"pseudonyms.yaml": 'Sari: Ani\n"Sari \\u202eRina": Ani\n'})
    for words in (["--propose"], ["--dry-run"], ["--yes"], ["--propose", "--write"]):
        result = qda(root, "pseudonymise", *words)
        assert result.exit_code == 0, result.output
        assert live(result.output) == []
    assert "Sari" not in "".join(
        raw.decode() for path, raw in files_of(root).items() if path != "pseudonyms.yaml"
    )


WORDS = [
    "Sari",
    "Sari Dewi",
    "Tigor",
    "Tono",
    "0812-3456-7890",
    "came",
    "to the",
    "market",
    "only once",
    "yes: no",
    "# x",
    "'s",
]
TURNS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=5
)


@given(
    TURNS,
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 30), st.booleans()), max_size=5),
    st.booleans(),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_transcript_and_any_codings(
    tmp_path: Path, turns: list[str], cuts: list[tuple[int, int, bool]], block: bool
) -> None:
    text, codings = SourceText(turns), []
    for at, size, around in cuts:
        turn = at % len(turns) + 1
        start = at % len(turns[turn - 1])
        span = Span(turn, start, turn, min(start + size, len(turns[turn - 1])))
        if text.quote(span).strip():
            codings.append(make_coding(text, span, around=around, code="training-rare", memo="Sari: # 'x'"))
    said = [{"speaker": "Sari", "text": one + "\n" * block} for one in turns]
    source = {"id": "Sari-01", "informant": {"id": "Sari", "type": "owner"}, "turns": said}
    root = tmp_path / "any"
    shutil.rmtree(root, ignore_errors=True)
    book = {key: SMALL[key] for key in ("qda.yaml", "codebook.yaml")}
    write_study(root, book | {"pseudonyms.yaml": KEY})
    file = Codings(source="Sari-01", coder="first", codings=tuple(codings))
    for path, content in (
        ("data/interviews/Sari-01.yaml", format_yaml(source)),
        ("codings/first/Sari-01.yaml", format_codings(file)),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    before = places(root)
    assert qda(root, "pseudonymise", "--yes").exit_code == 0
    assert places(root) == before
    for path, raw in files_of(root).items():
        assert path == "pseudonyms.yaml" or not [
            one for one in ("Sari", "Tigor", "0812") if one in raw.decode()
        ], path
