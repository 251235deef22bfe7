"""The table of hostile folders: what each does to a sound small study."""

from __future__ import annotations

import os
import shutil
import socket
import stat
from collections.abc import Callable
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from typer.testing import CliRunner

from empowerment_qda.cli import app
from kit import SMALL
from safety.border import FOLDER, SECRET, World

Make = Callable[[World], object]


@dataclass(frozen=True)
class Folder:
    """`make` turns the small study of a world into this one; `deep`: every form of every command is
    tried; `only`: the commands with this in their names, where others pass the thing by."""

    id: str
    sentence: str
    make: Make
    deep: bool = False
    only: str = ""


def link(place: str, to: str) -> Make:
    """A link in place of what stands in the study, to something outside."""
    return lambda world: _put_link(world.study / place, world.outside / to)


def links(*pairs: tuple[str, str]) -> Make:
    """Several of them."""
    return lambda world: [link(*pair)(world) for pair in pairs]


def hard_links(*places: str) -> Make:
    """A file outside that has each of these as another name."""

    def make(world: World) -> None:
        for number, place in enumerate(places):
            other = world.outside / f"other-{number}"
            other.write_text("words of somebody", encoding="utf-8")
            _clear(world.study / place)
            os.link(other, world.study / place)

    return make


def says(place: str, old: str, new: str) -> Make:
    """Other words in a file; `{outside}` is the folder outside."""

    def make(world: World) -> None:
        path = world.study / place
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new.format(outside=world.outside)), encoding="utf-8")

    return make


def holds(place: str, content: str | bytes) -> Make:
    """A file with this content."""
    return lambda world: _write(
        world.study / place,
        content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"),
    )


def odd(kind: str, *places: str) -> Make:
    """Something that is no plain file in place of each."""

    def make(world: World) -> None:
        for place in places:
            _put_odd(kind, world.study / place)

    return make


def vast(place: str) -> Make:
    """A file that says that it is of 64 GB; it takes no room on the disk."""

    def make(world: World) -> None:
        _write(world.study / place, b"#")
        os.truncate(world.study / place, 1 << 36)

    return make


def _put_link(path: Path, to: Path) -> Path:
    _clear(path)
    path.symlink_to(os.path.relpath(to, path.parent.resolve()), target_is_directory=to.is_dir())
    return path


def _put_odd(kind: str, path: Path) -> None:
    _clear(path)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        try:
            os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 5))
        except PermissionError:
            path.symlink_to("/dev/zero")
    elif kind == "socket":
        with chdir(path.parent), socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    else:
        path.mkdir()


def _write(path: Path, content: bytes) -> None:
    _clear(path)
    path.write_bytes(content)


def _clear(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# Links.


def moved(place: str, to: str) -> Make:
    """A folder lies outside, among what is there, and a link to it in the study; an empty `to` is its own name."""

    def make(world: World) -> None:
        shutil.copytree(world.study / place, world.outside / (to or place), dirs_exist_ok=True)
        if place == "codings":
            shutil.copytree(world.outside / "third", world.outside / "codings/third")
        link(place, to or place)(world)

    return make


def logged(coder: str) -> Make:
    """The log of a coder is a link to one that is sound and holds the secret."""

    def make(world: World) -> None:
        log = world.study / f"codings/{coder}/log.jsonl"
        with chdir(world.study):
            words = f"code add O-01#2 training-rare --coder {coder} --memo {SECRET}"
            assert CliRunner().invoke(app, words.split()).exit_code == 0
        _clear(log.parent / "O-01.yaml")
        if coder == "first":
            holds("codings/first/O-01.yaml", dedent(FOLDER["codings/first/O-01.yaml"]).lstrip())(world)
        shutil.move(log, world.outside / "log.jsonl")
        link(f"codings/{coder}/log.jsonl", "log.jsonl")(world)

    return make


H01, LOG, LOCK = "codings/first/H-01.yaml", "codings/first/log.jsonl", "codings/first/.lock"
IN_REPORTS = ("findings.en.html", "findings.en.md", "findings.html")

READ_LINKS = [
    Folder("codebook-linked", "the codebook is a link", link("codebook.yaml", "codebook.yaml")),
    Folder("settings-linked", "qda.yaml is a link", link("qda.yaml", "qda.yaml")),
    Folder("findings-linked", "findings.yaml is a link", link("findings.yaml", "findings.yaml")),
    Folder("source-linked", "a source is a link", link("data/interviews/S-01.yaml", "interviews/S-01.yaml")),
    Folder("sources-linked", "the folder of the sources is a link", moved("data/interviews", "interviews")),
    Folder("codings-linked", "codings of a source are a link", link("codings/third/H-01.yaml", "third/H-01.yaml")),
    Folder("coder-linked", "the folder of a coder is a link", link("codings/third", "third")),
    Folder("all-coders-linked", "the folder of all codings is a link", moved("codings", "")),
    Folder("memo-linked", "a memo is a link", link("memos/M07.md", "memos/M07.md")),
    Folder("memos-linked", "the folder of the memos is a link", link("memos", "memos")),
    Folder("log-linked", "a log is a link to the log of another study", logged("third")),
    Folder(
        "codebook-up", "the path of the codebook leads up",
        says("qda.yaml", "codebook: codebook.yaml", "codebook: ../outside/codebook.yaml"),
    ),
    Folder(
        "codebook-absolute", "the path of the codebook is absolute",
        says("qda.yaml", "codebook: codebook.yaml", "codebook: {outside}/codebook.yaml"),
    ),
    Folder(
        "codebook-by-link", "the path of the codebook goes through a linked folder, and up from there",
        lambda world: (
            link("books", "empty")(world),
            says("qda.yaml", "codebook: codebook.yaml", "codebook: books/../codebook.yaml")(world),
            shutil.move(world.study / "codebook.yaml", world.study / "book.txt"),
        ),
    ),
    Folder(
        "glob-up", "a glob leads up",
        says("qda.yaml", "data/documents/*.yaml", "../outside/interviews/*.yaml"),
    ),
    Folder(
        "glob-absolute", "a glob is absolute",
        says("qda.yaml", "data/documents/*.yaml", "'{outside}/interviews/*.yaml'"),
    ),
    Folder(
        "glob-by-link", "a glob goes through a linked folder",
        lambda world: (
            link("data/documents/a", "interviews")(world),
            says("qda.yaml", "data/documents/*.yaml", "data/documents/*/*.yaml")(world),
        ),
    ),
    Folder(
        "glob-round", "a glob goes through a link to the folder itself",
        lambda world: (
            link("data/documents/up", "../study")(world),
            says("qda.yaml", "data/documents/*.yaml", "data/documents/**/S*.yaml")(world),
        ),
    ),
    Folder(
        "codes-in-cues-file", "the file of the cues lies outside",
        says("codebook.yaml", "title: A small book", "title: A small book\ncues: ../outside/secret.txt"),
    ),
]  # fmt: skip

WRITE_LINKS = [
    Folder(
        "locks-linked", "locks are links to a file and to nothing yet",
        links((LOCK, "secret.txt"), ("codings/.codebook.lock", "new"), ("codings/auto/.lock", "secret.txt"),
              ("memos/.lock", "new-too")),
    ),
    Folder("locks-hard-linked", "locks stand outside as well, under other names", hard_links(
        LOCK, "codings/second/.lock", "codings/.codebook.lock", "codings/auto/.lock", "memos/.lock",
        "reports/findings.en.html")),
    Folder("logs-hard-linked", "logs stand outside as well, without a line end", hard_links(
        LOG, "codings/second/log.jsonl"), only="code"),
    Folder("log-to-text", "the log is a link to a file with text", link(LOG, "secret.txt")),
    Folder("log-to-log", "the log is a link to the log of another study", logged("first")),
    Folder("log-to-empty", "the log is a link to an empty file", lambda world: (
        (world.outside / "new.jsonl").write_bytes(b""), link(LOG, "new.jsonl")(world))),
    Folder("log-to-nothing", "the log is a link to what is not there yet", link(LOG, "new.jsonl")),
    Folder("reports-linked", "reports/ is a link", link("reports", "empty"), deep=True),
    Folder("reports-to-nothing", "reports/ is a link to what is not there yet", link("reports", "new")),
    Folder(
        "in-reports-linked", "folders and files in reports/ are links",
        links(*[(f"reports/{one}", "secret.txt") for one in IN_REPORTS],
              *[(f"reports/{one}", "empty") for one in
                ("displays", "reduction", "conclusions", "agreement", "triangulation", "saturation")]),
        deep=True,
    ),
    Folder("auto-linked", "codings/auto is a link", link("codings/auto", "empty")),
    Folder(
        "auto-files-linked", "files in codings/auto are links",
        links(("codings/auto/H-01.yaml", "secret.txt"), ("codings/auto/O-01.yaml", "new.yaml")),
    ),
    Folder(
        "coder-to-write-linked", "the coder's folder is a link to codings outside",
        lambda world: (
            shutil.copytree(world.study / "codings/first", world.outside / "first"),
            link("codings/first", "first")(world),
        ),
    ),
    Folder("memos-to-write-linked", "memos/ is a link to an empty folder", link("memos", "empty")),
    Folder(
        "names-linked", "the key, the record of what was replaced and what undo kept are links",
        links(("pseudonyms.yaml", "secret.txt"), ("deidentification.jsonl", "new.jsonl"), (".qda", "empty")),
    ),
    Folder(
        "record-linked", "the record of what was replaced and its journal are links",
        lambda world: (
            links(("deidentification.jsonl", "secret.txt"), ("data/a", "interviews"), ("notes.md", "secret.txt"))(world),
            (world.study / ".qda").mkdir(),
            link(".qda/changes", "interviews")(world),
        ),
        only="pseudonymise",
    ),
    Folder("memo-to-write-linked", "the next memo is a link to nothing yet", link("memos/M02.md", "new.md")),
]  # fmt: skip

# What is no plain file.

PLACES = {
    "settings": "qda.yaml",
    "codebook": "codebook.yaml",
    "source": "data/interviews/H-01.yaml",
    "codings": H01,
    "findings": "findings.yaml",
    "consent": "consent.yaml",
    "memo": "memos/M01.md",
    "log": LOG,
    "lock": LOCK,
    "report": "reports/findings.en.html",
}
ODD = [
    Folder(f"pipe-as-{name}", f"a pipe stands for the {name}", odd("pipe", place)) for name, place in PLACES.items()
] + [
    Folder(f"{kind}-as-{name}", f"a {kind} stands for the {name}", odd(kind, *places))
    for kind in ("device", "socket", "folder")
    for name, places in {
        "settings": ["qda.yaml"],
        "codebook": ["codebook.yaml"],
        "what-is-read": ["data/interviews/H-01.yaml", H01, "findings.yaml", "memos/M01.md"],
        "what-is-written": [LOG, LOCK, "reports/findings.en.html", "codings/auto/H-01.yaml", "codings/.codebook.lock"],
    }.items()
] + [
    Folder("pipe-as-folders", "pipes stand for folders", odd("pipe", "reports", "codings/auto", "memos")),
    Folder(
        "pipes-nobody-asks-for", "pipes lie about: of another ending, as consent, pseudonyms, template and ignore file",
        odd("pipe", "consent.yaml", "pseudonyms.yaml", ".gitignore", "data/interviews/x.txt", "reports/findings.html.j2"),
    ),
]  # fmt: skip

# Sizes and shapes.

BOMB = "\n".join(
    ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
)
SHAPES = [
    Folder(f"vast-{name}", f"the {name} is of 64 GB", vast(PLACES[name]))
    for name in ("codebook", "findings", "memo", "log")
] + [
    Folder("vast-key", "the key is of 64 GB", vast("pseudonyms.yaml"), only="pseudonymise"),
    Folder("vast-notes", "a file that nobody reads is of 64 GB", vast("data/notes.txt"), only="pseudonymise"),
] + [
    Folder(
        "bombs", "aliases of aliases, depth without end, many keys, many entries",
        lambda world: (
            holds("findings.yaml", BOMB)(world),
            holds("data/interviews/D-01.yaml", "[" * 50_000)(world),
            holds("data/interviews/D-02.yaml", "{? " * 5_000)(world),
            holds(H01, "".join(f"k{n}: v\n" for n in range(1_000)))(world),
            holds("memos/M05.md", "---\n" + BOMB + "\n---\n\nx\n")(world),
            holds(LOG, "[" * 100_000 + "\n" + '{"a":' * 20_000 + "\n")(world),
        ),
    ),
    Folder("many-entries", "a codebook of very many small entries", holds("codebook.yaml", "[" + "a," * 60_000)),
    Folder("own-link", "files are links to themselves and to one another", lambda world: (
        _put_link(world.study / "findings.yaml", world.study / "findings.yaml"),
        _put_link(world.study / "memos/M01.md", world.study / "memos/M03.md"),
        _put_link(world.study / "memos/M03.md", world.study / "memos/M01.md"),
        _put_link(world.study / "reports", world.study / "reports"),
    )),
    Folder("bytes", "bytes that are no UTF-8, in files and in names", lambda world: (
        holds("memos/M04.md", b"---\nid: M04\n---\n\n\xff\xfe\x00\n")(world),
        holds(LOG, b'\xff\xfe\x00{"a"\n\x00\n')(world),
        holds(os.fsdecode(b"data/interviews/\xff\x80.yaml"), "id: X\n")(world),
        holds(os.fsdecode(b"codings/\xff/H-01.yaml"), SMALL[H01])(world),
        holds(os.fsdecode(b"memos/\xff.md"), "---\nid: M09\n---\n\nx\n")(world),
    )),
]  # fmt: skip

FOLDERS = [*READ_LINKS, *WRITE_LINKS, *ODD, *SHAPES]
