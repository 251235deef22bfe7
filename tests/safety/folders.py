"""The table of hostile folders: what each does to a sound small study."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import subprocess
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
    return lambda world: [_put_odd(kind, world.study / place) for place in places]


def vast(place: str) -> Make:
    """A file that says that it is of 64 GB; it takes no room on the disk."""

    def make(world: World) -> None:
        _write(world.study / place, b"#")
        os.truncate(world.study / place, 1 << 36)

    return make


def _put_link(path: Path, to: Path) -> None:
    _clear(path)
    path.symlink_to(os.path.relpath(to, path.parent.resolve()), target_is_directory=to.is_dir())


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
            (world.study / "codebook.yaml").unlink(),
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
    Folder("memo-to-write-linked", "the next memo is a link to nothing yet", link("memos/M02.md", "new.md")),
]  # fmt: skip

# What is no plain file.

PLACES = {
    "settings": "qda.yaml",
    "codebook": "codebook.yaml",
    "source": "data/interviews/H-01.yaml",
    "codings": H01,
    "findings": "findings.yaml",
    "memo": "memos/M01.md",
    "log": LOG,
    "lock": LOCK,
    "report": "reports/findings.en.html",
}
ODD = [
    Folder(f"{kind}-as-{name}", f"a {kind} stands for the {name}", odd(kind, place))
    for kind in ("pipe", "device") for name, place in PLACES.items()
] + [
    Folder(f"{kind}-as-{name}", f"a {kind} stands for the {name}", odd(kind, *places))
    for kind in ("socket", "folder")
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
    Folder(
        "bombs", "aliases of aliases, depth without end, many keys, many entries",
        lambda world: (
            holds("findings.yaml", BOMB)(world),
            holds("data/interviews/D-01.yaml", "[" * 50_000)(world),
            holds("data/interviews/D-02.yaml", "{? " * 5_000)(world),
            holds(H01, "".join(f"k{n}: v\n" for n in range(20_000)))(world),
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

# Words that do something.

EVIL = (
    "\x1b]52;c;ZXZpbA==\x07 \x1b[2J\x1b[31m \x9b31m \x9d0;evil\x9c \u202egnirts\u202c \u2066x\u2069"
    " \r=1+1\r\n=2+2 \x08\x7f \x85 evil"
)
EVERY = "".join(
    chr(one) for one in [*range(1, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def texts(evil: str) -> dict[str, object]:
    """The small study with something in every text that a person may write."""
    e = evil
    return {
        "qda.yaml": {
            "title": e, "language": "en", "codebook": "codebook.yaml", "purpose": e, "sampling": e, "limits": [e],
            "ethics": e, "reference": e, "licence": e, "questions": [e], "setting": e, "funding": e,
            "researchers": [{"id": e, "role": e, "credentials": e}],
            "sources": {"interview": "data/interviews/*.yaml"},
            "groups": {"agency": {"label": e}, "owner": {"label": e}},
            "informant_types": {
                "head": {"label": e, "group": "agency", "note": e, "planned": "1", "order": "1"},
                "owner": {"label": e, "group": "owner", "planned": "3", "order": "2"},
            },
        },
        "codebook.yaml": {
            "title": e, "version": f"1.0 {e}", "reference": e, "note": e, "licence": e,
            "codes": [{"id": "enabling", "label": e, "definition": e, "codes": [{"id": "awareness", "label": e, "codes": [
                {"id": "training-provided", "direction": "supports", "label": e, "definition": e, "use_when": e,
                 "not_when": e, "example": e, "near_miss": e, "source": e, "since": e, "memo": e,
                 "cues": {"en": ["training", e]}},
                {"id": "training-rare", "direction": "limits", "label": e, "definition": e,
                 "cues": {"en": ["only once"]}},
            ]}]}],
        },
        "data/interviews/H-01.yaml": {
            "id": "H-01", "title": e, "informant": {"id": "H", "type": "head", "note": e, "attributes": {f"age {e}": e}},
            "date": "2022-09-12", "place": e, "note": e, "time": e, "duration": e, "others_present": e, "recording": e,
            "interviewer": "R", "bystanders": [e],
            "turns": [
                {"speaker": "R", "text": f"Is there training? {e}"},
                {"speaker": "H", "time": e, "text": f"We hold digital training. {e}", "translation": {"id": e}},
                {"speaker": e, "text": e},
            ],
        },
        "codings/first/H-01.yaml": {
            "source": "H-01", "coder": "first",
            "codings": [{"id": "E1", "code": "training-provided", "turn": "2", "quote": f"We hold digital training. {e}",
                         "why": e, "memo": e, "direction_note": e}],
            "left_out": [{"turn": "1", "reason": e}],
        },
        "findings.yaml": {
            "findings": [{"id": "F1", "statement": {"en": e}, "dimension": "enabling", "supported_by": ["E1"],
                          "contradicted_by": ["E3"], "note": e, "response": e, "rivals": [{"statement": e}],
                          "member_check": {"done": "yes", "by": e, "note": e},
                          "negative_search": {"done": "yes", "by": e, "note": e}}],
            "conclusion": {"statement": e, "rests_on": ["F1"], "note": e},
            "recommendations": [{"id": "R1", "statement": e, "rests_on": ["F1"], "note": e}],
        },
    }  # fmt: skip


def wicked(evil: str) -> Make:
    """Those texts, escaped as YAML wants them; a memo and a log as well."""

    def make(world: World) -> None:
        for place, value in texts(evil).items():
            holds(place, json.dumps(value))(world)
        front = json.dumps({"id": "M05", "title": evil, "author": evil, "links": ["F1", "H-01#2", evil]})
        holds("memos/M05.md", f"---\n{front}\n---\n\n{evil}\n")(world)
        entry = {
            "at": "2026-01-02T03:04:05+00:00",
            "coder": evil,
            "action": evil,
            "text": evil,
            "source": "H-01",
        }
        holds("codings/third/log.jsonl", json.dumps(entry) + "\n" + evil + "\n")(world)

    return make


NAMES = "\x1b]0;evil\x07\x9b31m\u202e\r"
TEXTS = [
    Folder("escapes", "escapes, returns and overrides in every text", wicked(EVIL), deep=True),
    Folder("every-control", "every control character and override in every text", wicked(EVERY), deep=True),
    Folder("surrogates", "half a pair in every text", wicked("half \ud800 of it")),
    Folder("nul", "NUL in every text", wicked("a\0b")),
    Folder("markup", "a backslash before markup in every text", wicked("\\<img src=evil> \\\\<b> \\[evil](//evil) \\`x")),
    Folder("names", "escapes in the names of files and folders", lambda world: (
        holds(f"data/interviews/{NAMES}.yaml", SMALL["data/interviews/H-01.yaml"].replace("H-01", "N-01"))(world),
        holds(f"data/interviews/bad{NAMES}.yaml", "id: {{")(world),
        holds(f"codings/{NAMES}/H-01.yaml", SMALL[H01].replace("E1", "E8"))(world),
        holds(f"codings/{NAMES}/log.jsonl", "{{\n")(world),
        holds(f"memos/{NAMES}.md", "---\nid: M09\nlinks: [nowhere]\n---\n\nx\n")(world),
    )),
    Folder("keys", "escapes in keys, ids and references", lambda world: (
        holds("findings.yaml", json.dumps({"findings": [{"id": NAMES, "statement": "x", "supported_by": [NAMES]}], NAMES: "x"}))(world),
        holds("memos/M03.md", f"---\n{json.dumps({'id': NAMES, 'links': [NAMES], 'date': NAMES, NAMES: 'x'})}\n---\n\nx\n")(world),
        holds(H01, json.dumps({"source": NAMES, "coder": NAMES, "codings": [{"code": NAMES, "turn": NAMES, "quote": NAMES}]}))(world),
    )),
    Folder("raw", "raw control bytes in YAML, Markdown and a log", lambda world: (
        holds("data/interviews/N-01.yaml", f"id: N-01\nnote: {EVIL}\nturns: [{{text: {EVIL}}}]\n")(world),
        holds("findings.yaml", f"findings:\n  - {{id: F1, statement: 'x {EVERY}', supported_by: [E1]}}\n")(world),
        holds("memos/M03.md", f"---\nid: M03\n---\n\n{EVIL}{EVERY}\n")(world),
        holds(LOG, f'{{"x": "{EVIL}"}}\n')(world),
    )),
    Folder("ids-that-climb", "ids of sources, coders and memos are paths", lambda world: (
        holds("data/interviews/N-01.yaml", SMALL["data/interviews/H-01.yaml"].replace("H-01", "../../../outside/new"))(world),
        holds("data/interviews/N-02.yaml", SMALL["data/interviews/O-01.yaml"].replace("O-01", f"{world.outside}/new"))(world),
        holds("data/interviews/N-03.yaml", SMALL["data/interviews/O-01.yaml"].replace("O-01", ".."))(world),
        holds("codings/third/H-01.yaml", SMALL[H01].replace("first", "../../outside/empty").replace("E1", "E8"))(world),
    )),
]  # fmt: skip

# Git.


def history(world: World, folder: Path | None = None) -> Path:
    """Make the study (or another folder) a repository with two states of the codebook; give its .git back."""
    place = folder or world.study
    first = (place / "codebook.yaml").read_text(encoding="utf-8")
    git(place, "init", "-q")
    git(place, "add", "-A")
    git(place, "commit", "-qm", "one")
    (place / "codebook.yaml").write_text(first.replace("classes", "lessons"), encoding="utf-8")
    git(place, "commit", "-qam", "two")
    return place / ".git"


def git(place: Path, *words: str) -> str:
    """What git answers, by its own settings alone."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(place)}
    names = {
        f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        ["git", *words],
        cwd=place,
        env={**os.environ, **own, **names},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def configured(*lines: str, promised: bool = False) -> Make:
    """A repository with these settings; `promised`: the old codebook is missing, to be fetched when it is wanted."""

    def make(world: World) -> None:
        made = history(world)
        if promised:
            _lose(made, git(world.study, "rev-parse", "HEAD~1:codebook.yaml"))
        script = world.outside / "run.sh"
        with (made / "config").open("a", encoding="utf-8") as file:
            file.writelines(line.format(run=script, outside=world.outside) + "\n" for line in lines)
        (world.study / ".gitattributes").write_text("*.yaml diff=x filter=x merge=x\n", encoding="utf-8")
        for hook in ("post-checkout", "post-index-change", "fsmonitor-watchman", "reference-transaction"):
            shutil.copy(script, made / "hooks" / hook)

    return make


def _lose(made: Path, name: str) -> None:
    (made / "objects" / name[:2] / name[2:]).unlink()


def _elsewhere(world: World) -> Path:
    (world.outside / "repository").mkdir()
    shutil.copy(world.outside / "codebook.yaml", world.outside / "repository")
    return history(world, world.outside / "repository")


def gitfile(world: World) -> None:
    """`.git` is a file that names a repository elsewhere."""
    holds(".git", f"gitdir: {_elsewhere(world)}\n")(world)


def gitlink(world: World) -> None:
    """`.git` is a link."""
    _elsewhere(world)
    link(".git", "repository/.git")(world)


def common(world: World) -> None:
    """The common folder of a worktree lies elsewhere."""
    other, made = _elsewhere(world), history(world)
    for name in ("objects", "refs"):
        shutil.rmtree(made / name)
    for name in ("config", "packed-refs"):
        (made / name).unlink(missing_ok=True)
    (made / "commondir").write_text(f"{other}\n", encoding="utf-8")


def borrowed(how: str) -> Make:
    """Objects of another repository: named by its alternates, or by a link; HEAD~1 is one of them."""

    def make(world: World) -> None:
        other, made = _elsewhere(world), history(world)
        if how == "alternates":
            (made / "objects/info/alternates").write_text(f"{other / 'objects'}\n", encoding="utf-8")
        else:
            shutil.rmtree(made / "objects")
            (made / "objects").symlink_to(other / "objects")
        head = git(world.outside / "repository", "rev-parse", "HEAD")
        (made / "refs/heads" / git(world.study, "symbolic-ref", "--short", "HEAD")).write_text(f"{head}\n")

    return make


RUNS = (
    "[core]", "fsmonitor = {run}", "hooksPath = {outside}", "pager = {run}", "editor = {run}", "sshCommand = {run}",
    "gitProxy = {run}", "alternateRefsCommand = {run}", "askPass = {run}", "[diff]", "external = {run}",
    '[diff "x"]', "textconv = {run}", "command = {run}", '[filter "x"]', "clean = {run}", "smudge = {run}",
    "process = {run}", "required = true", "[gpg]", "program = {run}", "[credential]", "helper = {run}",
    "[uploadpack]", "packObjectsHook = {run}", "[log]", "showSignature = true", "[alias]", "cat-file = !{run}",
    "[pager]", "cat-file = {run}", "[trace2]", "eventTarget = {outside}/trace", "normalTarget = {outside}/trace",
    "[include]", "path = {outside}/secret.txt",
)  # fmt: skip
PROMISED = ("[core]", "repositoryformatversion = 1", "[extensions]", "partialClone = origin", '[remote "origin"]',
            "promisor = true", "partialclonefilter = blob:none")  # fmt: skip
GIT = [
    Folder("git-runs", "git is told to run things on every occasion", configured(*(x for x in RUNS if "secret" not in x and x != "[include]"))),
    Folder("git-includes", "the settings of git include a file outside", configured(*RUNS[-2:]), only="diff"),
    Folder("git-worktree", "the worktree of git lies outside", configured("[core]", "worktree = {outside}"), only="diff"),
    Folder("git-promised-ext", "the old codebook is to be fetched by a command",
           configured(*PROMISED, "url = ext::{run} %S x", "[protocol]", "allow = always", promised=True), only="diff"),
    Folder("git-promised-file", "the old codebook is to be fetched from a folder, by a program of its own",
           configured(*PROMISED, "url = file://{outside}", "uploadpack = {run}", promised=True), only="diff"),
    Folder("git-promised-ssh", "the old codebook is to be fetched over ssh, by a program of its own",
           configured(*PROMISED, "url = ssh://host.invalid/x", "[core]", "sshCommand = {run}", "[protocol]", "allow = always", promised=True), only="diff"),
    Folder("git-file", "`.git` names a repository elsewhere", gitfile, only="diff"),
    Folder("git-link", "`.git` is a link", gitlink, only="diff"),
    Folder("git-common", "the common folder of git lies elsewhere", common, only="diff"),
    Folder("git-alternates", "objects lie elsewhere", borrowed("alternates"), only="diff"),
    Folder("git-objects-linked", "the folder of the objects is a link", borrowed("link"), only="diff"),
]  # fmt: skip

FOLDERS = [*READ_LINKS, *WRITE_LINKS, *ODD, *SHAPES, *TEXTS, *GIT]
