"""A transcript goes to Word with its codings as comments, is answered there, and comes back."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.evidence.passages import passages_of
from empowerment_qda.files.read import read_study
from kit import SMALL, write_study
from word_kit import ODD, Edited

REPORT = "reports/import/talk-comments.csv"
O_01 = """
    source: O-01
    coder: second
    codings:
      - {id: S1, code: training-rare, turn: 2, quote: "it was only once", memo: Sure?}
    """


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small study with two coders on one source; its transcript stands beside it as a document."""
    monkeypatch.chdir(tmp_path)
    root = write_study(tmp_path / "study", SMALL | {"codings/second/O-01.yaml": O_01})
    qda("export", "talk.docx", "--what", "transcript", "--source", "O-01")
    return root


def qda(*words: str) -> Result:
    """What a command says of the study."""
    return CliRunner().invoke(app, [*words, "--study", "study"])


def back(*words: str) -> Result:
    """What the import says of the document."""
    return qda("import", "--comments", "talk.docx", *words)


def edited() -> Edited:
    """The document in the hands of a supervisor."""
    return Edited(Path("talk.docx").read_bytes())


def save(document: Edited) -> None:
    """Save it."""
    Path("talk.docx").write_bytes(document.data)


def files(folder: Path) -> dict[str, bytes]:
    """All that stands in a folder."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def codings(root: Path) -> dict[str, tuple[str, str, str]]:
    """The codings of the source by id: code, quotation and memo."""
    found = (one.coding for one in passages_of(read_study(root)) if one.source.id == "O-01")
    return {one.id or "": (one.code, one.quote, one.memo or "") for one in found}


def told(root: Path) -> list[tuple[str, ...]]:
    """The rows of the report, without its head."""
    with (root / REPORT).open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def test_unedited_nothing_changes(root: Path) -> None:
    before = files(root)
    result = back()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "talk.docx, O-01: nothing was changed in it that the study does not have.\n"
    assert files(root) == before


@pytest.mark.parametrize("force", [False, True])
def test_medan_and_oddities_come_back_as_they_went(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    if force:
        write_study(tmp_path / "study", ODD)
    else:
        CliRunner().invoke(app, ["init", "--from", "medan", "study"])
    before = files(tmp_path / "study")
    study = read_study(tmp_path / "study")
    for source in study.by_id:
        assert (
            qda("export", "talk.docx", "--what", "transcript", "--source", source, "--force").exit_code == 0
        )
        result = back()
        assert (result.exit_code, "nothing was changed" in result.stdout) == (0, True), result.stdout
    assert files(tmp_path / "study") == before


@pytest.mark.parametrize(
    "name", ["training-rare", "TRAINING-RARE", "enabling/awareness/training-rare", "was (training-rare)"]
)
def test_another_code_in_the_first_line_recodes(root: Path, name: str) -> None:
    save(edited().in_comment("training-provided", name, "E2"))
    result = back()
    assert result.exit_code == 0, result.stdout
    assert codings(root)["E2"] == ("training-rare", "Yes, I joined their classes.", "")
    assert told(root) == [
        ("changed", "O-01#2", "first", "E2", "training-provided", "code: training-provided", "code: training-rare", ""),
    ]  # fmt: skip


def test_memos_replies_and_moves_are_one_step_which_undo_takes_back(root: Path) -> None:
    before = codings(root)
    save(
        edited()
        .in_comment(">Sure?<", ">Sure now.<", "S1")
        .reply("E2", "Ani W.", "I would not", "say so.")
        .move("E3", "Yes, I")
        .comment("second", "last year", "training-provided", "When?")
    )
    result = back()
    assert result.exit_code == 0, result.stdout
    assert codings(root) == {
        "E2": ("training-provided", "Yes, I joined their classes.", "Ani W.: I would not\nsay so."),
        "E3": ("training-rare", "Yes, I", ""),
        "S1": ("training-rare", "it was only once", "Sure now."),
        "second-001": ("training-provided", "last year", "When?"),
    }
    assert "O-01: 3 changed, 1 new. All of it in" in result.stdout
    # Once more, there is nothing to do.
    again = back()
    assert (again.exit_code, "nothing was changed" in again.stdout) == (0, True)
    assert "There already: 1" in again.stdout
    for coder in ("first", "second"):
        assert qda("code", "undo", "--coder", coder).exit_code == 0
        assert qda("code", "undo", "--coder", coder).stderr == "Nothing is left to undo.\n"
    assert codings(root) == before


def test_new_comments_are_codings_or_memos_of_their_authors(root: Path) -> None:
    save(
        edited()
        .comment("Ani W.", "once", "training-rare; training-provided", "Both.")
        .comment("Ani W.", "last year", "Which year?", "Ask.")
    )
    result = back("--coder", "Ani W.=ani")
    assert result.exit_code == 0, result.stdout
    study = read_study(root)
    fresh = [
        (one.file.coder, one.coding.code, one.coding.quote, one.coding.memo) for one in passages_of(study)
    ][:2]
    assert fresh == [("ani", "training-rare", "once", "Both."), ("ani", "training-provided", "once", "Both.")]
    assert [(one.author, one.links, one.text) for one in study.memos] == [
        ("ani", ("O-01#2",), "Which year?\nAsk.")
    ]
    before = files(root)
    assert "There already: 3" in back("--coder", "Ani W.=ani").stdout
    assert {key: one for key, one in files(root).items() if key in before and "reports" not in key} == {
        key: one for key, one in before.items() if "reports" not in key
    }


def test_who_wrote_has_to_be_known(root: Path) -> None:
    save(edited().comment("", "once", "training-rare"))
    before = files(root)
    result = back()
    assert (result.exit_code, files(root)) == (2, before)
    assert "who wrote the new comments? The file does not say" in result.stderr
    assert back("--coder", "ani").exit_code == 0
    assert "codings/ani/O-01.yaml" in files(root)


def test_deleted_comments_are_proposals(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(edited().delete("E3").delete("S1"))
    before = files(root / "codings")
    result = back()
    assert (result.exit_code, files(root / "codings")) == (1, before)
    assert [one[:4] for one in told(root)] == [
        ("gone", "O-01#2", "first", "E3"),
        ("gone", "O-01#2", "second", "S1"),
    ]
    assert "say `--yes`, or `qda code remove`" in result.stdout
    monkeypatch.setattr("empowerment_qda.cli.import_comments.at_terminal", lambda: True)
    answers = iter([False, True])
    monkeypatch.setattr("typer.confirm", lambda *_, **__: next(answers))
    assert back().exit_code == 1
    assert list(codings(root)) == ["E2", "E3"]
    assert [one[0] for one in told(root)] == ["gone", "removed"]
    assert back("--yes").exit_code == 0
    assert list(codings(root)) == ["E2"]
    assert "nothing was changed" in back("--yes").stdout
    for coder in ("first", "second"):
        qda("code", "undo", "--coder", coder)
    assert set(codings(root)) == {"E2", "E3", "S1"}


def test_edited_words_are_a_conflict_and_comments_keep_their_places(root: Path) -> None:
    before = files(root)
    save(
        edited()
        .replace("Yes, I joined", "Yes, indeed I joined")
        .replace("it was only once", "it was held only once")
        .comment("ani", "last year", "training-provided")
    )
    result = back()
    assert result.exit_code == 1
    text = "Yes, I joined their classes. But it was only once, last year."
    rows = told(root)
    assert rows[0] == ("text", "O-01#2", "", "", "", text,
                       "Yes, indeed I joined their classes. But it was held only once, last year.",
                       "its words were changed in the document; in the study they stay")  # fmt: skip
    assert [one[0] for one in rows] == ["text", "new"]
    assert codings(root)["ani-001"] == ("training-provided", "last year", "")
    assert "`qda source edit O-01`" in result.stdout
    now = files(root)
    assert {path: now[path] for path in before if "ani" not in path} == before


def test_tracked_changes_are_edits_too(root: Path) -> None:
    save(
        edited().replace(
            "Yes, I joined their ",
            'Yes, I </w:t></w:r><w:del w:id="700" w:author="x"><w:r><w:delText xml:space="preserve">joined </w:delText></w:r></w:del>'
            '<w:ins w:id="701" w:author="x"><w:r><w:t xml:space="preserve">visited </w:t></w:r></w:ins>'
            '<w:r><w:t xml:space="preserve">their ',
        )
    )
    assert back().exit_code == 1
    assert told(root)[0][6] == "Yes, I visited their classes. But it was only once, last year."
    assert set(codings(root)) == {"E2", "E3", "S1"}


def test_a_turn_that_is_gone_is_told(root: Path) -> None:
    document = edited()
    text = document.parts["word/document.xml"]
    start = text.rindex("<w:p>", 0, text.index("[1] "))
    document.parts["word/document.xml"] = text[:start] + text[text.index("</w:p>", start) + 6 :]
    save(document)
    result = back()
    assert result.exit_code == 1
    assert [one[:2] + one[5:] for one in told(root)] == [
        ("text", "O-01#1", "Were you trained?", "", "the turn is gone from the document")
    ]


def test_what_was_changed_on_both_sides_is_a_conflict(root: Path) -> None:
    qda("code", "recode", "E2", "--to", "training-rare", "--coder", "first")
    qda("code", "set", "S1", "--memo", "Mine.", "--coder", "second")
    before = files(root)
    assert back().exit_code == 0, "what nobody touched in Word stays as it is"
    assert files(root) == before
    save(edited().in_comment("training-provided", "awareness", "E2").in_comment("Sure?", "Theirs.", "S1"))
    assert back().exit_code == 1
    assert [(one[0], one[3], *one[5:]) for one in told(root)] == [
        ("conflict", "E2", "training-rare", "awareness", "the study gave it another code since"),
        ("conflict", "S1", "Mine.", "Theirs.", "its memo was changed in the study since"),
    ]
    assert {key: one for key, one in files(root).items() if key in before} == before
    # Where both say the same, all is well.
    qda("export", "talk.docx", "--what", "transcript", "--source", "O-01", "--force")
    save(edited().in_comment("training-rare", "awareness", "E2"))
    qda("code", "recode", "E2", "--to", "awareness", "--coder", "first")
    assert back().exit_code == 0


def test_a_coding_that_is_gone_or_rejected_is_not_brought_back(root: Path) -> None:
    qda("code", "remove", "E2", "--coder", "first")
    qda("code", "reject", "E3", "--coder", "first")
    assert back().exit_code == 0
    save(edited().in_comment("training-provided", "awareness", "E2").move("E3", "Yes, I"))
    assert back().exit_code == 1
    assert [(one[0], one[3], one[7]) for one in told(root)] == [
        ("conflict", "E3", "that coding is rejected now"), ("conflict", "E2", "the study has that coding no more"),
    ]  # fmt: skip


def test_the_source_may_be_edited_meanwhile(root: Path) -> None:
    text = "Yes, I did join their classes. But it was only once, last year, in spring."
    result = qda("source", "edit", "O-01", "--turn", "2", "--text", text, "--yes")
    assert result.exit_code == 0, result.stderr
    before = files(root)
    first = back()
    assert (first.exit_code, files(root)) == (0, before), first.stdout
    assert "Edited in the study since it went out, and left so: O-01, turns 2" in first.stdout
    save(edited().comment("ani", "last year", "training-provided").move("E3", "Yes, I"))
    assert back().exit_code == 0
    now = codings(root)
    assert now["ani-001"][1] == "last year"
    assert now["E3"][1].startswith("Yes, I")
    assert now["E2"][1] == "Yes, I did join their classes."


def test_where_bookmarks_are_gone_words_are_looked_for(root: Path) -> None:
    document = edited().comment("ani", "last year", "training-provided")
    name = "word/document.xml"
    document.parts[name] = re.sub(r"<w:bookmark(?:Start|End) [^>]*/>", "", document.parts[name])
    save(document)
    result = back()
    assert result.exit_code == 0, result.stdout + result.stderr
    assert codings(root)["ani-001"] == ("training-provided", "last year", "")
    assert codings(root)["E2"] == ("training-provided", "Yes, I joined their classes.", "")


def test_a_place_that_both_changed_is_a_conflict(root: Path) -> None:
    path = root / "codings/first/O-01.yaml"
    path.write_text(path.read_text().replace("But it was only once, last year.", "only once"))
    assert back().exit_code == 0
    save(edited().move("E3", "Yes, I"))
    assert back().exit_code == 1
    assert told(root)[0][3:] == (
        "E3", "training-rare", "only once", "Yes, I", "the study moved it since",
    )  # fmt: skip
    # Where both moved it to the same words, all is well.
    path.write_text(path.read_text().replace("only once", "Yes, I"))
    assert back().exit_code == 0


def test_a_code_may_be_renamed_meanwhile(root: Path) -> None:
    assert qda("codebook", "rename", "training-provided", "training-given").exit_code == 0
    before = files(root)
    first = back()
    assert (first.exit_code, files(root)) == (0, before), first.stdout
    save(edited().comment("ani", "last year", "training-provided"))
    assert back().exit_code == 0
    assert codings(root)["ani-001"][0] == "training-given"


def test_a_coding_of_the_machine_is_first_accepted(root: Path) -> None:
    machine = {"codings/auto/O-01.yaml": O_01.replace("second", "auto").replace("S1", "A1")}
    write_study(root, machine)
    qda("export", "talk.docx", "--what", "transcript", "--source", "O-01", "--force")
    save(edited().in_comment("Sure?", "Mine.", "A1"))
    assert back().exit_code == 1
    assert told(root)[0][2:4] + told(root)[0][7:] == (
        "auto", "A1", "it is the machine's: accept it first (`qda code accept`)",
    )  # fmt: skip
    save(edited().delete("A1"))
    assert back("--yes").exit_code == 0, "the machine's codings are not taken away"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("nowhere", "its first line names no code of the codebook"),
        ("old", "the code `old` is retired"),
        ("twice", "its first line may mean any of a1, a2"),
        ("awareness (training-rare)", "its first line may mean any of awareness, training-rare"),
    ],
)
def test_a_code_that_cannot_be_given_is_a_conflict(root: Path, code: str, why: str) -> None:
    book = (root / "codebook.yaml").read_text() + (
        "  - {id: old, status: retired}\n  - {id: a1, label: Twice}\n  - {id: a2, label: Twice}\n"
    )
    (root / "codebook.yaml").write_text(book)
    save(edited().in_comment("training-provided", code, "E2"))
    before = files(root)
    assert back().exit_code == 1
    assert [(one[0], one[3], one[7]) for one in told(root)] == [("conflict", "E2", why)]
    assert {key: one for key, one in files(root).items() if key in before} == before


def test_what_cannot_be_placed_is_listed(root: Path) -> None:
    document = (
        edited()
        .comment("ani", "Were you", "training-rare")
        .comment("ani", "O-01 ·", "Nice")
        .comment("ani", "once", "old", "x")
    )
    save(
        document.comment("first", "Yes, I joined their classes.", "training-provided", "Another memo.").move(
            "S1", "trained"
        )
    )
    assert back().exit_code == 1
    assert [(one[0], one[2], one[7]) for one in told(root)] == [
        ("unplaced", "second", "it is the interviewer's turn; what is asked is no evidence"),
        ("unplaced", "ani", "it stands on nobody's words, such as a name or a heading"),
        ("unplaced", "ani", "it is the interviewer's turn; what is asked is no evidence"),
        ("conflict", "first", "those words have that code of that coder already, with another memo"),
        ("memo", "ani", ""),
    ]  # fmt: skip


def test_two_codings_never_become_one(root: Path) -> None:
    save(
        edited()
        .move("E3", "Yes, I joined their classes.")
        .in_comment("training-rare", "training-provided", "E3")
    )
    assert back().exit_code == 1
    assert told(root)[0][7] == "those words have that code of that coder already"
    assert codings(root)["E3"] == ("training-rare", "But it was only once, last year.", "")


def test_a_comment_that_was_copied_is_a_new_one(root: Path) -> None:
    document = edited()
    number, whole = document._find("E2")
    document._mark("950", "last year")
    document.replace(whole, whole.replace(f'w:id="{number}"', 'w:id="950"') + whole, "word/comments.xml")
    save(document)
    assert back().exit_code == 0
    assert codings(root)["E2"][1] == "Yes, I joined their classes."
    assert codings(root)["first-001"][:2] == ("training-provided", "last year")


def test_a_document_of_another_study_or_without_comments_is_refused(root: Path) -> None:
    whole = edited()
    save(edited().replace(">O-01<", ">X-9<", "docProps/custom.xml"))
    result = back()
    assert result.exit_code == 2
    assert "it is a transcript of the source `X-9`, which this study does not have" in result.stderr
    del whole.parts["word/comments.xml"]
    save(whole)
    result = back("--yes")
    assert result.exit_code == 2
    assert "3 comments went out with it, and none is in it any more" in result.stderr
    assert set(codings(root)) == {"E2", "E3", "S1"}


def test_without_its_properties_it_is_read_as_any_other(root: Path) -> None:
    document = edited()
    del document.parts["docProps/custom.xml"]
    Path("O-01.docx").write_bytes(document.data)
    result = qda("import", "--comments", "O-01.docx")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "There already, and not coded twice: 3" in result.stdout


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_programs_read_it_too(root: Path, form: str) -> None:
    save(edited().in_comment(">Sure?<", ">=1+1<", "S1").delete("E3"))
    result = back("--format", form)
    assert result.exit_code == 1
    if form == "json":
        answer = json.loads(result.stdout)
        assert (answer["source"], answer["report"]) == ("O-01", REPORT)
        assert [one["what"] for one in answer["answers"]] == ["changed", "gone"]
        assert answer["answers"][0]["there"] == "memo: =1+1"
    else:
        assert "memo: =1+1" in result.stdout
        assert len(result.stdout.strip().splitlines()) == (3 if form == "csv" else 4)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("study", ["small", "odd"])
def test_libreoffice_keeps_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, study: str) -> None:
    monkeypatch.chdir(tmp_path)
    root = write_study(tmp_path / "study", ODD if study == "odd" else SMALL)
    source = "T-01" if study == "odd" else "O-01"
    qda("export", "talk.docx", "--what", "transcript", "--source", source)
    own = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    subprocess.run(
        ["soffice", own, "--headless", "--convert-to", "docx", "--outdir", "saved", "talk.docx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    before = files(root)
    shutil.copy("saved/talk.docx", "talk.docx")
    result = back()
    assert (result.exit_code, "nothing was changed" in result.stdout) == (0, True), result.stdout
    assert files(root) == before
