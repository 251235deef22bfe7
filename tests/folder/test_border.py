"""Nothing outside a study's folder is read, written or run; what stands in its way is told in words, at once."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.folder import border
from empowerment_qda.folder.border import find, find_program, open_file, rename
from empowerment_qda.folder.desk import Desk
from empowerment_qda.folder.read import read_own, read_study
from empowerment_qda.folder.write import write_bytes, write_new
from empowerment_qda.problems import StudyError
from kit import CODEBOOK, HEAD, QDA, SMALL, write_study
from kit_desk import Clock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pipes, and links need rights")
SECRET = "the private words of somebody else"
OUTSIDE = {
    "private.yaml": CODEBOOK.replace("A small book", SECRET),
    "private.md": f"---\nid: M09\n---\n{SECRET}\n",
    "private.json": f'{{"pid": 1, "host": "{SECRET}", "since": "now"}}\n',
    "folder/H-09.yaml": HEAD.replace("Is there training for owners?", SECRET).replace("H-01", "H-09"),
}
COMMANDS = (
    "check", "status", "run", "code", "show", "find training-rare", "reduce", "display", "conclude", "conclude --draft", "triangulate",
    "report", "memo list", "memo add words --coder second", "codebook show", "codebook diff codebook.yaml", "code log", "code log --verify",
    "code add H-01 --turn 2 --quote We --code training-rare --coder second", "code restore --coder second", "agree", "saturation",
)  # fmt: skip


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


def link(place: str, target: str) -> Callable[[Path], None]:
    """What puts a link in the place of a file or folder of the study; `target` is in the folder beside it."""

    def put(root: Path) -> None:
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            path.rename(root / "was")
        path.unlink(missing_ok=True)
        path.symlink_to(Path("../" * (place.count("/") + 1)) / "outside" / target)

    return put


def say(file: str, old: str, new: str) -> Callable[[Path], None]:
    def put(root: Path) -> None:
        (root / file).write_text((root / file).read_text().replace(old, new))

    return put


HOSTILE: dict[str, Callable[[Path], None]] = {
    "lock": link("codings/second/.lock", "private.json"),
    "new lock": link("codings/second/.lock", "made"),
    "book lock": link("codings/.codebook.lock", "private.json"),
    "log": link("codings/second/log.jsonl", "private.json"),
    "new log": link("codings/second/log.jsonl", "made"),
    "reports": link("reports", "folder"),
    "displays": link("reports/displays", "folder"),
    "auto": link("codings/auto", "folder"),
    "coder": link("codings/second", "folder"),
    "codings": link("codings", "folder"),
    "codings file": link("codings/second/H-01.yaml", "private.yaml"),
    "memos": link("memos", "folder"),
    "memo": link("memos/M09.md", "private.md"),
    "data": link("data", "folder"),
    "sources": link("data/interviews", "folder"),
    "source": link("data/interviews/H-09.yaml", "folder/H-09.yaml"),
    "more sources": link("data/documents", "folder"),
    "codebook": link("codebook.yaml", "private.yaml"),
    "findings": link("findings.yaml", "private.yaml"),
    "settings": link("qda.yaml", "private.yaml"),
    "book above": say("qda.yaml", "codebook: codebook.yaml", "codebook: ../outside/private.yaml"),
    "sources above": say("qda.yaml", "data/interviews/*.yaml", "data/../../outside/folder/*.yaml"),
}


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("how", HOSTILE)
def test_no_command_touches_or_tells_what_lies_outside(tmp_path: Path, outside: Path, how: str) -> None:
    root = write_study(tmp_path / "study", SMALL)
    HOSTILE[how](root)
    before = look_around(outside)
    for words in COMMANDS:
        done = qda(root, words)
        assert done.exit_code in (0, 1, 2), (words, done.output)
        assert SECRET not in done.output, words
        assert look_around(outside) == before, words
    written = [path for path in root.rglob("*") if path.is_file() and path.resolve().is_relative_to(root)]
    assert [path for path in written if SECRET in path.read_text(errors="replace")] == []


@pytest.mark.parametrize("how", [one for one in HOSTILE if one not in ("new lock", "new log", "displays")])
def test_what_leads_out_is_named(tmp_path: Path, outside: Path, how: str) -> None:
    root = write_study(tmp_path / "study", SMALL)
    HOSTILE[how](root)
    told = "".join(
        qda(root, words).stderr
        for words in (
            "run",
            "code log",
            "code add H-01 --turn 2 --quote We --code training-rare --coder second",
        )
        + (("codebook add x --under awareness --definition y --coder second",) if how == "book lock" else ())
    )
    assert "[outside]" in told if how.endswith("above") else "this is a link" in told or how == "reports"


def test_the_root_may_be_reached_through_a_link(tmp_path: Path) -> None:
    root = write_study(tmp_path / "study", SMALL)
    (tmp_path / "linked").symlink_to(root)
    assert read_study(tmp_path / "linked") == read_study(root)
    assert qda(tmp_path / "linked", "run").exit_code == 0
    assert (root / "reports").is_dir()


def a_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # its name may not be long
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)
    os.chdir(here)


KINDS: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a socket": a_socket,
    "a link": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "place",
    ["codebook.yaml", "findings.yaml", "data/interviews/H-01.yaml", "codings/second/H-01.yaml", "codings/second/log.jsonl",
     "codings/second/.lock", "memos/M01.md", "qda.yaml"],
)  # fmt: skip
def test_nothing_waits_for_a_pipe_or_reads_a_device(tmp_path: Path, place: str, kind: str) -> None:
    root = write_study(tmp_path, SMALL)
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).unlink(missing_ok=True)
    KINDS[kind](root / place)
    for words in COMMANDS:
        assert qda(root, words).exit_code in (0, 1, 2)
    told = qda(root, "code add H-01 --turn 2 --quote We --code training-rare --coder second")
    assert (told.exit_code, f"this is {kind}" in told.stderr) == (2, True)


@pytest.mark.parametrize("words", ["report --template {}", "agree --table {}", "codebook diff {}"])
@pytest.mark.parametrize("what", ["a pipe", "a device"])
def test_a_pipe_or_a_device_on_the_command_line_is_refused(tmp_path: Path, words: str, what: str) -> None:
    root = write_study(tmp_path / "study", SMALL)
    os.mkfifo(tmp_path / "pipe")
    told = qda(root, words.format(tmp_path / "pipe" if what == "a pipe" else "/dev/zero"))
    assert (told.exit_code, f"this is {what}, and a file should stand here" in told.stderr) == (2, True)


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


def test_a_link_put_in_while_a_desk_is_open_is_not_followed(tmp_path: Path, outside: Path) -> None:
    root = write_study(tmp_path / "study", SMALL)
    before = look_around(outside)
    with Desk.open(root, read_study(root), "second", Clock()) as desk:
        (root / "codings/second").rename(root / "moved")
        (root / "codings/second").symlink_to("../../outside/folder")
        with pytest.raises(StudyError, match="this is a link"):
            desk.write_memo({}, "words")
    assert look_around(outside) == before
    assert list((root / "memos").iterdir()) == []


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


# A git repository that came with the folder.


@pytest.fixture
def repository(tmp_path: Path, outside: Path) -> Path:
    root = write_study(tmp_path / "study", SMALL)
    (outside / "run").write_text('#!/bin/sh\necho ran >> "${0%/*}/canary"\ncat\n')
    (outside / "run").chmod(0o755)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "one")
    git(root, "commit", "-q", "--allow-empty", "-m", "two")
    git(root, "tag", "-a", "v1", "-m", "tag", "HEAD~1")
    return root


def git(root: Path, *words: str) -> str:
    who = ["-c", "user.name=N", "-c", "user.email=n@example.org"]
    done = subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def settings(outside: Path) -> Iterator[str]:
    """Settings of git that run a program or read a file."""
    run = outside / "run"
    for key in ("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy", "diff.external",
                "diff.x.textconv", "diff.x.command", "filter.x.clean", "filter.x.smudge", "filter.x.process", "credential.helper",
                "core.alternateRefsCommand", "uploadpack.packObjectsHook", "gpg.program", "alias.cat-file", "pager.cat-file"):  # fmt: skip
        value = f"!{run}" if key.startswith(("alias", "credential")) else run
        yield f"{key}={value}"
    yield f"core.hooksPath={outside}"
    yield f"include.path={outside / 'private.json'}"


@pytest.mark.parametrize("revision", ["HEAD~1", "main", "v1", "v1^{commit}", "HEAD@{1}", "refs/heads/main"])
def test_a_revision_is_read_whatever_the_folder_configures(
    repository: Path, outside: Path, revision: str
) -> None:
    for setting in settings(outside):
        key, _, value = setting.partition("=")
        git(repository, "config", key, value)
    (repository / ".gitattributes").write_text("* filter=x diff=x\n")
    before = look_around(outside)
    whole = look_around(repository)
    done = qda(repository, f"codebook diff {revision}")
    assert (done.exit_code, done.stderr) == (0, "")
    assert look_around(outside) == before
    assert look_around(repository) == whole


def test_a_promised_file_is_not_fetched(repository: Path, outside: Path) -> None:
    blob = git(repository, "rev-parse", "HEAD:codebook.yaml")
    (repository / ".git/objects" / blob[:2] / blob[2:]).unlink()
    for setting in ("core.repositoryFormatVersion=1", "extensions.partialClone=origin", "remote.origin.promisor=true",
                    f"remote.origin.url=ext::{outside / 'run'} x", "protocol.ext.allow=always"):  # fmt: skip
        git(repository, "config", *setting.split("=", 1))
    subprocess.run(
        ["git", "-C", str(repository), "cat-file", "blob", "HEAD:codebook.yaml"],
        check=False,
        capture_output=True,
    )
    assert (outside / "canary").read_text() == "ran\n"  # plain git does run it
    (outside / "canary").unlink()
    before = look_around(outside)
    done = qda(repository, "codebook diff HEAD~1")
    assert (done.exit_code, "[no-revision]" in done.stderr) == (2, True)
    assert look_around(outside) == before


def gitdir(root: Path) -> None:
    (root / ".git").rename(root.parent / "elsewhere")
    (root / ".git").write_text("gitdir: ../elsewhere\n")


ELSEWHERE: dict[str, Callable[[Path], object]] = {
    "gitdir": gitdir,
    "linked": lambda root: (root / ".git").rename(root.parent / "repo").parent and (root / ".git").symlink_to("../repo"),
    "objects": lambda root: (root / ".git/objects").rename(root.parent / "o") and (root / ".git/objects").symlink_to("../../o"),
    "alternates": lambda root: (root / ".git/objects/info/alternates").write_text("/elsewhere\n"),
    "pipe": lambda root: os.mkfifo(root / ".git/objects/pack/pack-1.idx"),
    "linked pack": lambda root: (root / ".git/objects/pack/pack-1.idx").symlink_to("/etc/passwd"),
}  # fmt: skip


@pytest.mark.parametrize("how", ELSEWHERE)
def test_a_repository_that_leads_elsewhere_is_not_read(repository: Path, how: str) -> None:
    ELSEWHERE[how](repository)
    done = qda(repository, "codebook diff HEAD~1")
    assert (done.exit_code, "the git repository is not read: " in done.stderr) == (2, True)
    assert "git show HEAD~1:./codebook.yaml > old.yaml" in " ".join(done.stderr.split())


def test_names_of_revisions_behind_links_are_unknown(repository: Path) -> None:
    (repository / ".git/refs/heads/main").rename(repository.parent / "main")
    (repository / ".git/refs/heads/main").symlink_to("../../../../main")
    assert "no git revision `main`" in " ".join(qda(repository, "codebook diff main").stderr.split())


def test_a_large_blob_is_refused_before_it_is_read(repository: Path) -> None:
    with (repository / "codebook.yaml").open("ab") as file:
        file.truncate(30_000_000)
    git(repository, "commit", "-q", "-a", "-m", "large")
    (repository / "codebook.yaml").write_text(SMALL["codebook.yaml"])
    git(repository, "checkout", "-q", "HEAD~1", "--", "codebook.yaml")
    assert "the file has 30 MB" in " ".join(qda(repository, "codebook diff HEAD").stderr.split())


def test_a_study_below_the_top_of_a_repository(tmp_path: Path) -> None:
    root = write_study(tmp_path / "all/study", SMALL)
    git(tmp_path / "all", "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "one")
    (root / "qda.yaml").write_text((root / "qda.yaml").read_text())
    assert QDA.split()[0] in (root / "qda.yaml").read_text()
    assert qda(root, "codebook diff HEAD").exit_code == 0
