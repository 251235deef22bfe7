"""Times whole commands against simple yardsticks in one run, and prints ratios.

Absolute figures do not travel from machine to machine; ratios do. Commands and their yardsticks run in turn, so that
a machine that slows down slows both. Run it with `make bench`; it is no part of the tests.
"""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
QDA = [PYTHON, "-c", "from empowerment_qda.cli import main; main()"]
READ = """
import sys, yaml
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        yaml.load(file, Loader=yaml.CSafeLoader)
"""


def time_once(command: Sequence[str], folder: Path) -> float:
    """Seconds of one run."""
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def compare(
    name: str, command: Sequence[str], yardstick: Sequence[str], folder: Path, runs: int, aim: str = ""
) -> None:
    """Print the medians of both and the median of the ratios, pair by pair."""
    pairs = [(time_once(command, folder), time_once(yardstick, folder)) for _ in range(runs + 1)][1:]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"{name:58} {ours * 1000:8.0f} ms {theirs * 1000:8.0f} ms {ratio:7.2f}  {aim}", flush=True)


def copy_medan(folder: Path) -> Path:
    """A working copy of the study at the root."""
    for name in ("qda.yaml", "findings.yaml"):
        shutil.copy(ROOT / name, folder)
    for name in ("codebooks", "data", "codings", "memos"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def make_corpus(folder: Path, number: int, size: int) -> Path:
    """A study of generated transcripts: words of the Medan interviews in a seeded random order."""
    copy_medan(folder)
    words = [
        word for path in sorted(folder.glob("data/interviews/*.yaml")) for word in path.read_text().split()
    ]
    words = [word for word in words if word.replace(",", "").replace(".", "").isalpha()]
    chance = random.Random(1)
    shutil.rmtree(folder / "data")
    shutil.rmtree(folder / "codings")
    (folder / "findings.yaml").unlink()
    shutil.rmtree(folder / "memos")
    (folder / "data" / "interviews").mkdir(parents=True)
    for source in range(number):
        lines = [f"id: G-{source}", f"informant: {{id: I{source}, type: owner}}", "interviewer: R", "turns:"]
        length = 0
        while length < size:
            text = " ".join(chance.choice(words) for _ in range(60)) + "."
            length += len(text)
            lines += [
                "  - speaker: R",
                "    text: Lalu?",
                f"  - speaker: I{source}",
                "    text: >-",
                f"      {text}",
            ]
        (folder / "data" / "interviews" / f"G-{source}.yaml").write_text(
            "\n".join(lines) + "\n", encoding="utf-8"
        )
    return folder


CODES = ("trained", "waiting", "growing", "credit")
TYPES = ("head", "staff", "owner", "worker", "resident")
ANSWERS = ("Kami dapat pelatihan dan pasar.", "Modal datang terlambat, hanya sedikit.", "Usaha saya tumbuh.")


def make_coded(folder: Path, number: int, findings: int = 20) -> Path:
    """A study of this many interviews of three coded answers, and findings that rest on all of them."""
    write = {
        "qda.yaml": "title: Many\nlanguage: id\ncodebook: codebook.yaml\nsources: {interview: data/*.yaml}\ngroups:\n"
        "  agency: {label: Agency}\n  people: {label: People}\ninformant_types:\n"
        + "".join(f"  {one}: {{label: {one}, group: {'people' if n > 1 else 'agency'}}}\n" for n, one in enumerate(TYPES))
        + "triangulation: {require: [informant, type, group], reason: Interviews only.}\n",
        "codebook.yaml": "title: Book\nversion: '1'\ncodes:\n  - id: all\n    codes:\n"
        + "".join(f"      - id: {one}\n" for one in CODES),
        "findings.yaml": "findings:\n"
        + "".join(f"  - {{id: F{n}, statement: Claim {n}., supported_by: [all]}}\n" for n in range(findings)),
    }  # fmt: skip
    for n in range(number):
        turns = "".join(f'  - {{speaker: I{n}, text: "{text} {n}"}}\n' for text in ANSWERS)
        write[f"data/G-{n}.yaml"] = (
            f"id: G-{n}\ninformant: {{id: I{n}, type: {TYPES[n % 5]}}}\ninterviewer: R\nturns:\n{turns}"
        )
        write[f"codings/first/G-{n}.yaml"] = f"source: G-{n}\ncoder: first\ncodings:\n" + "".join(
            f'  - {{turn: {turn}, code: {CODES[(n + turn) % 4]}, quote: "{text} {n}"}}\n'
            for turn, text in enumerate(ANSWERS, 1)
        )
    for name, text in write.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def main() -> None:
    """All comparisons."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(f"{'command against yardstick':58} {'command':>11} {'yardstick':>11} {'ratio':>7}")
    with tempfile.TemporaryDirectory() as name:
        medan = copy_medan(Path(name))
        compare(
            "qda --help / import typer",
            [*QDA, "--help"],
            [PYTHON, "-c", "import typer"],
            medan,
            runs,
            "aim: under 1.6",
        )
        bare = [PYTHON, "-c", "pass"]
        compare("qda triangulate (Medan) / bare Python", [*QDA, "triangulate"], bare, medan, runs)
        compare("qda run (Medan) / bare Python", [*QDA, "run"], bare, medan, max(3, runs // 2))
    with tempfile.TemporaryDirectory() as name:
        corpus = make_corpus(Path(name), 200, 40_000)
        files = sorted(str(path) for path in corpus.glob("data/interviews/*.yaml"))
        read = [PYTHON, "-c", READ, *files]
        compare("qda code (200 x 40 KB) / CSafeLoader reading them", [*QDA, "code"], read, corpus, 3)
    with tempfile.TemporaryDirectory() as name:
        coded = make_coded(Path(name), 400)
        read = [PYTHON, "-c", READ, *sorted(str(path) for path in coded.rglob("G-*.yaml"))]
        compare("qda triangulate (400 coded) / CSafeLoader", [*QDA, "triangulate"], read, coded, 3)


if __name__ == "__main__":
    main()
