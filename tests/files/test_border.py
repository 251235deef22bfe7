"""Nothing outside a study's folder is read, written or run; what stands in its way is told in words, at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.files import border
from empowerment_qda.files.border import find, find_program, open_file, rename
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import read_own, read_study
from empowerment_qda.files.write import write_bytes, write_new
from empowerment_qda.problems import StudyError
from kit import CODEBOOK, HEAD, SMALL, write_study
from kit_desk import Clock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pipes, and links need rights")
SECRET = "the private words of somebody else"
OUTSIDE = {
    "private.yaml": CODEBOOK.replace("A small book", SECRET),
    "private.md": f"---\nid: M09\n---\n{SECRET}\n",
    "private.json": f'{{"pid": 1, "host": "{SECRET}", "since": "now"}}\n',
    "folder/H-09.yaml": HEAD.replace("Is there training for owners?", SECRET).replace("H-01", "H-09"),
}


@pytest.fixture(params=[True, False], ids=["openat", "resolving"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to keep to the border: that of systems with openat, and that of Windows."""
    monkeypatch.setattr(border, "OPENAT", request.param)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the study that nothing may touch."""
    return write_study(tmp_path / "outside", OUTSIDE)


def look_around(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Everything below a folder: bytes, and when it and its content were last changed."""
    return {
        str(path.relative_to(folder)): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns, path.stat().st_mode)
        for path in (folder, *folder.rglob("*"))
    }  # fmt: skip


def qda(root: Path, words: str) -> Result:
    return CliRunner().invoke(app, [*words.split(), "--study", str(root)], env={"QDA_TRACEBACK": "1"})


def test_the_root_may_be_reached_through_a_link(tmp_path: Path) -> None:
    root = write_study(tmp_path / "study", SMALL)
    (tmp_path / "linked").symlink_to(root)
    assert list(read_study(tmp_path / "linked").by_id) == list(read_study(root).by_id)
    assert qda(tmp_path / "linked", "run").exit_code == 0
    assert (root / "reports").is_dir()


def test_what_the_user_names_may_lie_anywhere_but_not_behind_a_link_of_the_study(tmp_path: Path) -> None:
    root = write_study(tmp_path / "study", SMALL)
    (tmp_path / "own.j2").write_text("mine")
    (tmp_path / "linked.j2").symlink_to("own.j2")
    (root / "theirs.j2").symlink_to("../own.j2")
    assert read_own(tmp_path / "own.j2", root) == read_own(tmp_path / "linked.j2", root) == b"mine"
    for path in (root / "theirs.j2", root / ".." / "study" / "theirs.j2"):
        with pytest.raises(StudyError, match="this is a link"):
            read_own(path, root)


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/passwd", "", ".", "a\0b", "\ud800"])
def test_paths_that_lead_out_are_sentences(tmp_path: Path, path: str) -> None:
    for act in (open_file, find):
        with pytest.raises(StudyError) as caught:
            act(tmp_path, path)
        assert caught.value.problems[0].rule == "outside"
    with pytest.raises(StudyError):
        write_new(tmp_path, path, b"x")
    assert list(tmp_path.parent.glob("x")) == []


@pytest.mark.usefixtures("way")
def test_a_link_in_the_place_of_a_file_makes_way_and_its_target_stays(tmp_path: Path, outside: Path) -> None:
    before = look_around(outside)
    root = tmp_path / "study"
    root.mkdir()
    (root / "x.md").symlink_to("../outside/private.md")
    assert not write_new(root, "x.md", b"x")
    assert write_bytes(root, "x.md", b"x")
    assert not (root / "x.md").is_symlink()
    (root / "y.md").symlink_to("../outside/private.md")
    rename(root, "y.md", "z.md")
    assert (root / "z.md").is_symlink()
    assert look_around(outside) == before


@pytest.mark.usefixtures("way")
def test_patterns_find_what_pathlib_finds_less_what_is_behind_links(tmp_path: Path) -> None:
    names = ["a.yaml", "d/b.yaml", "d/e/c.yaml", "d/e/.h/x.yaml", "d/[z].yaml", "f/b.yaml", "D2/b.yaml"]
    root = write_study(tmp_path / "study", dict.fromkeys(names, "x"))
    for pattern in ("*.yaml", "*/b.yaml", "d/*.yaml", "**/*.yaml", "d/**/c.yaml", "?/b.yaml", "[df]/*.yaml", "d", "*", "x/*.yaml",
                    "**/e/**/*.yaml", "d/[[]z].yaml", "d/e/*"):  # fmt: skip
        assert find(root, pattern) == {path.relative_to(root).as_posix() for path in root.glob(pattern)}
    write_study(tmp_path / "outside", {"b.yaml": "x"})
    (root / "g").symlink_to("../outside")
    (root / ".#lock").symlink_to("me@here")
    assert find(root, "*/b.yaml") == {"d/b.yaml", "f/b.yaml", "D2/b.yaml", "g"}
    assert find(root, "g/b.yaml") == {"g"}
    assert find(root, "**/b.yaml") == {"d/b.yaml", "f/b.yaml", "D2/b.yaml"}


def test_the_lock_of_the_codebook_is_no_link(tmp_path: Path, outside: Path) -> None:
    root = write_study(tmp_path / "study", SMALL)
    (root / "codings/.codebook.lock").symlink_to("../../outside/private.json")
    before, book = look_around(outside), (root / "codebook.yaml").read_bytes()
    with (
        Desk.open(root, read_study(root), "second", Clock()) as desk,
        pytest.raises(StudyError, match="this is a link"),
    ):
        desk.define("awareness", {"id": "fresh", "definition": "New."})
    assert look_around(outside) == before
    assert (root / "codebook.yaml").read_bytes() == book


def test_a_link_put_in_while_a_desk_is_open_is_not_followed(tmp_path: Path, outside: Path) -> None:
    root = write_study(tmp_path / "study", SMALL)
    before = look_around(outside)
    with Desk.open(root, read_study(root), "second", Clock()) as desk:
        (root / "codings/second").rename(root / "moved")
        (root / "codings/second").symlink_to("../../outside/folder")
        with pytest.raises(StudyError, match="this is a link"):
            desk.write_memo({}, "words")
    assert look_around(outside) == before
    assert list((root / "memos").glob("*")) == []


def test_programs_come_from_the_user_s_path_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("study", "own"):
        write_study(tmp_path / folder, {"git": "#!/bin/sh\n"})
        (tmp_path / folder / "git").chmod(0o755)
    monkeypatch.chdir(tmp_path / "study")
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", str(tmp_path / "own")]))
    assert find_program("git") == str(tmp_path / "own/git")
    monkeypatch.setenv("PATH", ".")
    assert find_program("git") is None


def test_a_configuration_of_pictures_in_the_folder_is_not_read(tmp_path: Path) -> None:
    write_study(tmp_path, {"matplotlibrc": "text.usetex: True\n"})
    code = "from empowerment_qda.pictures import _require_matplotlib as r; r('x'); import matplotlib as m; print(m.rcParams['text.usetex'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == "False\n"


# A git repository that came with the folder; tests/safety tries what it may configure.


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = write_study(tmp_path / "above/study", SMALL)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "one")
    git(root, "commit", "-q", "--allow-empty", "-m", "two")
    git(root, "tag", "-a", "v1", "-m", "tag", "HEAD~1")
    return root


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=N", "-c", "user.email=n@example.org"]
    subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True)


@pytest.mark.parametrize("revision", ["HEAD~1", "main", "v1", "v1^{commit}", "HEAD@{1}", "refs/heads/main"])
def test_a_revision_is_read_by_each_of_its_names(repository: Path, revision: str) -> None:
    whole = look_around(repository)
    assert qda(repository, f"codebook diff {revision}").exit_code == 0
    assert look_around(repository) == whole


def test_a_revision_is_read_from_packs(repository: Path) -> None:
    git(repository, "gc", "-q", "--aggressive", "--prune=now")
    assert (repository / ".git/packed-refs").is_file()
    assert qda(repository, "codebook diff main~1").exit_code == 0


def test_names_of_revisions_behind_links_are_unknown(repository: Path) -> None:
    (repository / ".git/refs/heads/main").rename(repository.parent / "main")
    (repository / ".git/refs/heads/main").symlink_to("../../../../main")
    assert "no git revision `main`" in " ".join(qda(repository, "codebook diff main").stderr.split())


def test_a_large_blob_is_refused_before_it_is_read(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = repository / "codebook.yaml"
    small = book.read_bytes()
    with book.open("ab") as file:
        file.truncate(30_000_000)
    git(repository, "commit", "-q", "-a", "-m", "large")
    book.write_bytes(small)
    run, asked = subprocess.run, list[str]()

    def watch(command: list[str], **keys: Any) -> Any:
        asked.append(command[2])
        return run(command, **keys)

    monkeypatch.setattr(subprocess, "run", watch)
    assert "the file has 30 MB" in " ".join(qda(repository, "codebook diff HEAD").stderr.split())
    assert asked == ["-s"]


def test_a_study_below_the_top_of_a_repository(tmp_path: Path) -> None:
    root = write_study(tmp_path / "all/study", SMALL)
    git(tmp_path / "all", "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "one")
    assert qda(root, "codebook diff HEAD").exit_code == 0


@pytest.mark.parametrize("absolute", [True, False], ids=["absolute", "above"])
@pytest.mark.parametrize("how", ["a file of the study", "a file elsewhere", "a revision"])
def test_an_old_codebook_leads_to_no_cues_outside(repository: Path, how: str, absolute: bool) -> None:
    above = repository.parent
    write_study(above, {"private.yaml": f"training-rare: {{en: [{SECRET}]}}\n"})
    cues = str(above / "private.yaml") if absolute else "../private.yaml"
    book = SMALL["codebook.yaml"].replace("version: 1.0", f"version: 1.0\n    cues: {cues}")
    if how == "a revision":
        write_study(repository, {"codebook.yaml": book})
        git(repository, "commit", "-q", "-a", "-m", "three")
        write_study(repository, SMALL)
        old = "HEAD"
    else:
        folder = repository if "study" in how else write_study(above / "else", {})
        write_study(folder, {"old.yaml": book})
        old = str(folder / "old.yaml")
    done = qda(repository, f"codebook diff {old}")
    assert (done.exit_code, "[outside]" in done.stderr, SECRET in done.output) == (2, True, False)
