"""What hostile or careless input costs: seconds and megabytes of each command on each, with its exit code.

Every row should end within seconds and below some 500 MB. Run it with `python benchmarks/hostile.py [WORD ...]`, only
rows that have a word in their name; it is no part of the tests. Not on Windows, which measures no child's memory.
"""

from __future__ import annotations

import os
import random
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from kit import SMALL, write_study  # noqa: E402

QDA = [sys.executable, "-c", "from empowerment_qda.cli import main; main()"]
ENV = os.environ | {"PYTHONPATH": str(ROOT / "src")}
LIMIT = 40
BIG = 19_000_000
HEAD = "id: H-01\ninformant: {id: H, type: head}\nturns:\n"
BOOK = "title: Book\nversion: 1\ncodes:\n"
CODED = "source: H-01\ncoder: first\ncodings:\n"
LOG = (
    '{"time": "2024-01-01T00:00:00+00:00", "coder": "first", "action": "memo", "source": "H-01", "memo": "M1", '
    '"links": []}\n'
)
ALL = (
    "check",
    "status",
    "run",
    "show H-01",
    "find training-provided",
    "find --words training",
    "agree first auto",
)
PHRASE = "we were given training "
Files = dict[str, str]


def book(cue: str) -> str:
    """The small codebook with another cue."""
    return (
        BOOK
        + f"  - id: d\n    codes:\n      - id: a\n        codes: [{{id: training-rare}}, {{id: training-provided, cues: {{en: ['{cue}']}}}}]\n"
    )


def deep_book(levels: int) -> str:
    """A codebook of so many levels, in blocks."""
    return (
        BOOK
        + "".join(f"{'  ' * n}- id: c{n}\n{'  ' * n}  codes:\n" for n in range(levels))
        + f"{'  ' * levels}- id: training-provided\n"
    )


def codings(number: int) -> str:
    """So many codings of one turn."""
    return CODED + "".join(
        f"  - {{id: X{n}, code: training-provided, turn: 2, quote: digital training}}\n"
        for n in range(number)
    )


def drawn(words: int) -> str:
    chance = random.Random(1)
    return " ".join(chance.choices([*PHRASE.split(), "dinas", "money", "."], k=words))


KINDS: dict[str, tuple[Callable[[], Files], tuple[str, ...]]] = {
    "plain": (dict, ALL),
    "cue-of-40000-words": (lambda: {"codebook.yaml": book("given training " * 20_000)}, ("check", "code", "codebook lint")),
    "cue-of-gaps": (lambda: {"codebook.yaml": book("given ... " * 20_000 + "x"), "data/interviews/H-01.yaml": HEAD + f"  - {{speaker: H, text: '{'given ' * 30_000}'}}\n"}, ("code", "codebook lint")),
    "cue-of-gaps-small": (lambda: {"codebook.yaml": book("given ... " * 40 + "given"), "data/interviews/H-01.yaml": HEAD + f"  - {{speaker: H, text: '{'given ' * 30_000}'}}\n"}, ("code",)),
    "2000-cues-of-gaps": (lambda: {"codebook.yaml": book("', '".join("given ... " * 5 + f"given ... x{n}" for n in range(2000))), "data/interviews/H-01.yaml": HEAD + f"  - {{speaker: H, text: '{'given ' * 3000 + ' '.join(f'x{n}' for n in range(2000))}'}}\n"}, ("check", "code", "codebook lint")),
    "turn-of-one-phrase": (lambda: {"data/interviews/H-01.yaml": HEAD + f"  - {{speaker: H, text: '{PHRASE * 9_000}'}}\n"}, (*ALL, "codebook lint", "code add H-01#1 training-provided --coder second --words training")),
    "turn-of-one-letter": (lambda: {"data/interviews/H-01.yaml": HEAD + f"  - {{speaker: H, text: '{'a' * 200_000}'}}\n", "codings/first/H-01.yaml": CODED + f"  - {{id: E1, code: training-provided, turn: 1, quote: {'a' * 1000}}}\n"}, ALL),
    "repeated-and-noted": (lambda: {"data/interviews/H-01.yaml": HEAD + f"  - {{speaker: H, text: '{PHRASE * 9_000}'}}\n", "codings/first/H-01.yaml": CODED + f"  - {{id: E1, code: training-provided, turn: 1, quote: given training, before: {PHRASE * 3}, after: {PHRASE * 3}, places: 9000}}\n  - {{id: X2, code: training-provided, turn: 1, quote: given training we wer givn training we were, before: {PHRASE * 3}, after: {PHRASE * 3}, places: 9000}}\n"}, ALL),
    "long-quotes-lost": (lambda: {"data/interviews/H-01.yaml": HEAD + f"  - {{speaker: H, text: '{drawn(40_000)}'}}\n", "codings/first/H-01.yaml": CODED + "".join(f"  - {{id: X{n}, code: training-provided, turn: 1, quote: '{drawn(2000)} x{n}'}}\n" for n in range(20))}, ALL),
    "list-of-lists-19MB": (lambda: {"data/interviews/H-01.yaml": "[a,a," * (BIG // 5)}, ("check",)),
    "list-19MB": (lambda: {"data/interviews/H-01.yaml": HEAD + "  [" + "a," * (BIG // 2) + "]"}, ("check",)),
    "list-of-one-list": (lambda: {"data/interviews/H-01.yaml": "[" + "a," * (BIG // 2) + "]"}, ("check",)),
    "maps-19MB": (lambda: {"data/interviews/H-01.yaml": HEAD + "  [" + "{}," * (BIG // 3) + "]"}, ("check",)),
    "unknown-keys-150000": (lambda: {"data/interviews/H-01.yaml": HEAD + "  - {text: a}\n" + "".join(f"k{n}: x\n" for n in range(150_000))}, ("check",)),
    "unknown-keys-100000": (lambda: {"data/interviews/H-01.yaml": HEAD + "  - {text: a}\n" + "".join(f"k{n}: x\n" for n in range(100_000))}, ("check",)),
    "same-key-19MB": (lambda: {"data/interviews/H-01.yaml": HEAD + "  - {text: a}\n" + "k: x\n" * 3_800_000}, ("check",)),
    "tags-19MB": (lambda: {"data/interviews/H-01.yaml": HEAD + "  - {text: a}\n" + "k: !x x\n" * 2_000_000}, ("check",)),
    "unknown-codes-100000": (lambda: {"codings/first/H-01.yaml": codings(100_000).replace("training-provided", "nothing")}, ("check",)),
    "long-key-19MB": (lambda: {"qda.yaml": SMALL["qda.yaml"] + "\n? " + "k" * BIG + "\n: x\n"}, ("check",)),
    "nested": (lambda: {"data/interviews/H-01.yaml": "[" * BIG}, ("check",)),
    "aliases": (lambda: {"data/interviews/H-01.yaml": "a: &a [x,x]\n" + "b: *a\n" * 2_000_000}, ("check",)),
    "a-million-turns": (lambda: {"data/interviews/H-01.yaml": HEAD + "- {text: a}\n" * 1_000_000}, ("check", "status", "code")),
    "100000-turns": (lambda: {"data/interviews/H-01.yaml": HEAD + "- {text: a}\n" * 100_000}, ALL),
    "memo-of-20MB": (lambda: {"memos/M1.md": "---\nid: M1\n---\n" + "word <!-- " * 1_950_000}, ("check", "memo", "run")),
    "memo-positionality": (lambda: {"memos/M1.md": "---\nid: M1\nkind: reflexive\n---\n" + "<!-- " * 3_900_000}, ("check", "run")),
    "log-of-100MB": (lambda: {"codings/first/log.jsonl": LOG * (100_000_000 // len(LOG))}, ("check", "status", "code log", "code undo --coder first")),
    "log-of-one-line": (lambda: {"codings/first/log.jsonl": "[" * 10_000_000}, ("check", "code log")),
    "100000-codings": (lambda: {"codings/first/H-01.yaml": codings(100_000)}, ("check",)),
    "10000-codings": (lambda: {"codings/first/H-01.yaml": codings(10_000)}, ALL),
    "codebook-of-1000-levels": (lambda: {"codebook.yaml": deep_book(1000)}, ("check", "codebook")),
    "codebook-of-50-levels": (lambda: {"codebook.yaml": deep_book(28)}, ("check", "codebook", "codebook lint", "display", "run")),
    "codebook-of-50000-codes": (lambda: {"codebook.yaml": BOOK + "".join(f"  - id: d{n}\n" for n in range(50_000))}, ("check", "codebook", "codebook lint", "display", "status", "run")),
    "codebook-of-5000-cues": (lambda: {"codebook.yaml": book("', '".join(f"given training {n}" for n in range(5000)))}, ("check", "codebook lint", "code")),
    "find-10000-deep": (dict, ("find " + "'" + "(" * 10_000 + "training-provided" + ")" * 10_000 + "'", "find '" + "not " * 10_000 + "training-provided'", "find '" + "training-provided or " * 6_000 + "training-provided'", "find '" + "near(" * 5_000 + "'", "find --words '" + "given ... " * 10_000 + "x'")),
    "table-of-6000-values": (lambda: {"t.csv": "unit,a,b\n" + "".join(f"{n},v{n},w{n}\n" for n in range(3000))}, ("agree --table t.csv", "agree --table t.csv --format json", "agree --table t.csv --show confusion", "agree --table t.csv --picture")),
    "table-of-numbers": (lambda: {"t.csv": "unit,a,b\n" + "".join(f"{n},{n},{n + 1}\n" for n in range(6000))}, tuple(f"agree --table t.csv --distance {one}" for one in ("nominal", "ordinal", "interval", "ratio"))),
    "table-of-1000-coders": (lambda: {"t.csv": "unit," + ",".join(f"c{n}" for n in range(1000)) + "\n" + "".join(f"{u}," + ",".join("yes" for _ in range(1000)) + "\n" for u in range(100))}, ("agree --table t.csv",)),
    "table-of-100MB": (lambda: {"t.csv": "unit,a,b\n" + "1,2,3\n" * 16_000_000}, ("agree --table t.csv",)),
    "patterns": (lambda: {"qda.yaml": SMALL["qda.yaml"] + "\n" if "sources:" not in SMALL["qda.yaml"] else SMALL["qda.yaml"].replace("data/interviews/*.yaml", "**/**/**/**/**/**/**/**/*.yaml"), **{f"a/{'b/' * n}x.txt": "" for n in range(40)}}, ("check",)),
    "findings-100000": (lambda: {"findings.yaml": "findings:\n" + "".join(f"  - {{id: F{n}, statement: s, supported_by: [E1]}}\n" for n in range(20_000))}, ("check", "conclude", "triangulate", "run")),
    "finding-of-100000-codings": (lambda: {"findings.yaml": "findings:\n" + f"  - {{id: F1, statement: s, supported_by: [{'E1,' * 100_000}]}}\n"}, ("check", "conclude")),
}  # fmt: skip


def run(command: str, folder: Path) -> tuple[float, float, int, str]:
    """Seconds, megabytes, exit code (-9: stopped) and the last words of a command."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([*QDA, *shlex.split(command)], cwd=folder, stdout=out, stderr=out, env=ENV)
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            if time.perf_counter() - began > LIMIT:
                child.kill()
            time.sleep(0.02)
        size = out.tell()
        out.seek(max(0, size - 400))
        said = " ".join(out.read().decode(errors="replace").split())
    return (
        time.perf_counter() - began,
        usage.ru_maxrss / 1024,
        os.waitstatus_to_exitcode(status),
        f"{size}B {said[-110:]}",
    )


def main() -> None:
    """A row for each command on each kind."""
    for name, (make, commands) in KINDS.items():
        if sys.argv[1:] and not any(word in name for word in sys.argv[1:]):
            continue
        with tempfile.TemporaryDirectory() as folder:
            for command in commands:
                write_study(Path(folder), SMALL)
                for path, text in make().items():
                    (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
                    (Path(folder) / path).write_text(text, encoding="utf-8")
                seconds, size, code, said = run(command, Path(folder))
                print(
                    f"{name:28} {command[:34]:34} {seconds:6.1f} s {size:6.0f} MB  {code:3}  {said}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
