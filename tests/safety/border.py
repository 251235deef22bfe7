"""A study folder beside things that are none of its business, and what a command may not have done to them."""

from __future__ import annotations

import os
import re
import resource
import shlex
import signal
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from typer.testing import CliRunner

from empowerment_qda.cli import app
from kit import SMALL, write_study

SECRET = "zxq81"
SECONDS = 5.0
MEMORY = 1 << 30
"""Bytes that a command may need beyond what the tests have already."""
ODD = [
    *range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x2070),
    *range(0xD800, 0xE000), 0xFEFF, *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF, *range(0xE0000, 0xE0080),
]  # fmt: skip
"""All that must not go out, written out anew: what was lost from escape.py must not be lost here. A CR before an LF may."""
RAW = re.compile(f"[{''.join(map(chr, ODD))}]")
EVERY = "".join(chr(one) for one in ODD if one and not 0xD800 <= one < 0xE000)
"""All of it that a file can hold."""
SECOND = SMALL["codings/first/H-01.yaml"].replace("first", "second").replace("E1", "E9")
SUGGESTED = """
      - {id: E4, code: training-rare, turn: 2, quote: "Yes, I joined their classes.", status: suggested}
    left_out: [{turn: 1, reason: asked}]
"""
FOLDER = SMALL | {
    "codings/first/O-01.yaml": SMALL["codings/first/O-01.yaml"].rstrip() + SUGGESTED,
    "codings/second/H-01.yaml": SECOND,
    "memos/M01.md": "---\nid: M01\nlinks: [F1]\n---\n\nWhy so few?\n",
    "pseudonyms.yaml": "wards: areas\nDan: Budi\n",
}
BROUGHT = {
    "talk.txt": "Dan: Why?\nSari: Because.\nDan: And?\nSari: Nothing.\n",
    "book.md": "- Cost: what it takes\n- Joy\n",
    "segments.csv": "document,code,quotation\nH-01,training-rare,every month\nH-01,New,Owners come\nH-01,New,gone\n",
}
"""The user's own files that `qda import` brings in."""
Snapshot = dict[str, tuple[Any, ...]]


class Endless(BaseException):
    """A command did not end: no command catches this one."""


@dataclass(frozen=True)
class World:
    """`study`, the folder that was received; `outside`, not to be touched; `own`, where the user wants answers put."""

    study: Path
    outside: Path


def make_world(root: Path) -> World:
    """The small study, sound; and beside it files of every kind that a study has, each with the secret in it."""
    study, outside = root / "study", root / "outside"
    (root / "own").mkdir(parents=True)
    for name, text in BROUGHT.items():
        (root / "own" / name).write_text(text, encoding="utf-8")
    write_study(study, FOLDER)
    secret = {
        "codebook.yaml": SMALL["codebook.yaml"].replace("A small book", SECRET).rstrip() + f"\n          - id: {SECRET}\n",
        "qda.yaml": SMALL["qda.yaml"].replace("A small study", SECRET),
        "findings.yaml": SMALL["findings.yaml"].replace("Training is offered.", SECRET),
        "interviews/S-01.yaml": SMALL["data/interviews/H-01.yaml"].replace("H-01", "S-01").replace("every month", SECRET),
        "third/H-01.yaml": SMALL["codings/first/H-01.yaml"]
        .replace("first", "third")
        .replace("E1", "E7")
        .replace("code:", f"memo: {SECRET}, code:"),
        "memos/M07.md": f"---\nid: M07\nlinks: [F1]\ntitle: {SECRET}\n---\n\n{SECRET}\n",
        "secret.txt": f"{SECRET}\n",
    }  # fmt: skip
    write_study(outside, secret)
    (outside / "empty").mkdir()
    script = outside / "run.sh"
    script.write_text(f"#!/bin/sh\ntouch {shlex.quote(str(outside / 'ran'))}\n", encoding="utf-8")
    script.chmod(0o755)
    return World(study, outside)


def take(root: Path) -> Snapshot:
    """What stands under a folder: kind, content and time of change of each file; nothing is followed or waited for."""
    found: Snapshot = {}
    for folder, folders, files in os.walk(root):
        for name in [*folders, *files]:
            path = Path(folder, name)
            stat = path.lstat()
            plain = path.is_file() and not path.is_symlink() and stat.st_size < 1 << 24
            found[str(path.relative_to(root))] = (
                (stat.st_mode, path.read_bytes(), stat.st_mtime_ns)
                if plain
                else (stat.st_mode, os.readlink(path) if path.is_symlink() else "")
            )
    return found


def run(world: World, order: str) -> tuple[list[str], bool]:
    """Run a command in the study; what is wrong with how it ended, in lines, none where all is well; and whether the study
    is another now."""
    outside, before = take(world.outside), take(world.study)
    try:
        # What a power cut would leave is not the question here.
        with chdir(world.study), bounded(SECONDS, MEMORY), patch("os.fsync"):
            result = CliRunner(env={"COLUMNS": "400"}).invoke(app, order.split())
    except Endless:
        return [f"did not end within {SECONDS} seconds"], True
    wrong = []
    said = result.stdout + result.stderr
    if result.exception and not isinstance(result.exception, SystemExit):
        wrong.append(f"ended with {type(result.exception).__name__}: {str(result.exception)[:120]!a}")
    elif result.exit_code not in (0, 1, 2):
        wrong.append(f"ended with {result.exit_code}")
    elif result.exit_code and not said.strip():
        wrong.append("refused without a word")
    if "Traceback" in said or "not foreseen" in said:
        wrong.append("told what nobody foresaw")
    if SECRET in said:
        wrong.append("said the secret")
    wrong += [f"said {name}" for name in live(said)]
    wrong += [f"changed outside: {one}" for one in _changed(outside, take(world.outside))]
    after = take(world.study)
    changed = _changed(before, after)
    for path in changed:
        wrong += [f"{path!a}: {one}" for one in _in_file(path, after.get(path), path in before)]
    return wrong, bool(changed)


def live(text: str) -> list[str]:
    """The characters of a text that do something on a terminal or to the order of the words.

    >>> live("a\\r\\nb\\tc"), live("\\x1b[31m\\u202e\\rx")
    ([], ['U+000D', 'U+001B', 'U+202E'])
    """
    return [f"U+{ord(one):04X}" for one in sorted(set(RAW.findall(text.replace("\r\n", "\n"))))]


def _in_file(path: str, after: tuple[Any, ...] | None, was_there: bool) -> Iterator[str]:
    if not after or not isinstance(after[1], bytes):
        return
    if SECRET.encode() in after[1]:
        yield "holds the secret"
    if not was_there and not path.endswith((".png", ".lock")):
        # What a person wrote is kept as it is; what `qda` makes anew has its words inert.
        for one in live(after[1].decode("utf-8", "surrogateescape")):
            yield f"holds {one}"


def _changed(before: Snapshot, after: Snapshot) -> list[str]:
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


@contextmanager
def bounded(seconds: float, memory: int) -> Iterator[None]:
    """Endless after so many seconds, waiting included; MemoryError beyond so many bytes more than now."""
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)

    def stop(*_: object) -> None:
        raise Endless

    former = signal.signal(signal.SIGALRM, stop)
    if pages:
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + memory, hard))
    # Again and again: a first alarm may fall where an exception is swallowed, such as in a callback of the collector.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.signal(signal.SIGALRM, former)
