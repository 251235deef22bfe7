"""Other programs read what `qda export` writes: `make clients`. Each is installed into an environment of its own, and a line a program
says what it read; the exit code is 1 where one of them disagrees with us or cannot be installed.

Medan is exported and read back: every coding by its text, code and coder (qdapy), the counts of everything (pyrefiqda), codes and their
uses (qualitative-coding), the codebook through a running Taguette, comments of Word through LibreOffice where that is installed.
"""

from __future__ import annotations

import html
import http.cookiejar
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import venv
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from empowerment_qda.evidence.passages import Passage, passages_of
from empowerment_qda.exchange.codebooks import read_codebook
from empowerment_qda.files.read import read_study
from empowerment_qda.model.study import Study

MEDAN = Path(__file__).resolve().parents[2]
CLIENTS = {
    "qdapy": "qdaPy==0.1.0",
    "pyrefiqda": "pyrefiqda==0.3.1",
    "qualitative-coding": "qualitative-coding==1.7.8",
    "taguette": "taguette==1.5.2",
}
QDAPY = """
import json, sys, qdapy
found = qdapy.read_qdpx(sys.argv[1], warn=False).fragments
print(json.dumps(sorted([one.title, one.text, one.code, one.codedBy] for one in found.itertuples())))
"""
PYREFIQDA = """
import json, sys
from pyrefiqda import RefiCodebook, RefiProject
project, book = RefiProject.load(sys.argv[1]), RefiCodebook.load(sys.argv[2])
raw = json.loads(project.model_dump_json())
print(json.dumps({"title": project.name, "codings": json.dumps(raw["sources"]).count('"code_ref": {'), "users": json.dumps(raw["users"]).count('"guid"')}))
"""


def qda(*words: str) -> str:
    """What `qda` prints on the Medan study."""
    program = "from empowerment_qda.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *words, "--study", str(MEDAN)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def install(name: str, place: Path) -> Path:
    """The folder of the programs of an environment that has the client."""
    venv.create(place / name, with_pip=True)
    programs = place / name / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [programs / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", CLIENTS[name]],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return programs


def run(*command: object, cwd: Path | None = None) -> str:
    """What a client prints; its own debugger and progress are kept out."""
    environment = {**os.environ, "PYTHONBREAKPOINT": "0"}
    done = subprocess.run(
        [str(one) for one in command], cwd=cwd, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-600:]
    return done.stdout


def accepted(study: Study) -> list[Passage]:
    """The codings that go out."""
    return [one for one in passages_of(study) if one.coding.status == "accepted" and one.anchor.span]


def label(study: Study, code: str) -> str:
    """A code as it is called in the export."""
    return study.codebook.label(code, study.settings.language)


def words_of(passage: Passage) -> str:
    """The words of a coding as they stand in the exported text: each further turn begins with who speaks."""
    span = passage.anchor.span
    assert span
    lines = []
    for number in span.turns:
        turn = passage.source.turns[number - 1]
        text = turn.text[: span.end] if number == span.end_turn else turn.text
        head = (f"[{turn.time}] " if turn.time else "") + (f"{turn.speaker}: " if turn.speaker else "")
        lines.append(text[span.start :] if number == span.turn else head + text)
    return "\n".join(lines)


def check_qdapy(place: Path, study: Study) -> str:
    """Text, path of the code and coder of every coding."""
    found = json.loads(run(install("qdapy", place) / "python", "-c", QDAPY, place / "medan.qdpx"))
    wanted = sorted(
        [one.source.id, words_of(one), "/".join(label(study, code.id) for code in study.codebook.places[one.coding.code].line), one.file.coder]
        for one in accepted(study)
    )  # fmt: skip
    assert found == wanted, [pair for pair in zip(found, wanted, strict=False) if pair[0] != pair[1]][:2]
    return f"text, code path and coder of all {len(found)} codings agree"


def check_pyrefiqda(place: Path, study: Study) -> str:
    """Both files load into its models, with as many codings and users."""
    found = json.loads(
        run(
            install("pyrefiqda", place) / "python", "-c", PYREFIQDA, place / "medan.qdpx", place / "medan.qdc"
        )
    )
    wanted = {
        "title": study.settings.title.say(study.settings.language),
        "codings": len(accepted(study)),
        "users": len(study.coders),
    }
    assert found == wanted, (found, wanted)
    return f".qdpx ({found['codings']} codings) and .qdc load into its models"


def check_qc(place: Path, study: Study) -> str:
    """It validates the file against its copy of the schema, and counts codes; it has lines where we have words, so that two codings of a
    code on one line are one."""
    programs, project = install("qualitative-coding", place), place / "qc"
    project.mkdir()
    run(programs / "qc", "init", "--import", place / "medan.qdpx", cwd=project)
    told = run(programs / "qc", "codes", "stats", cwd=project)
    found = {name: int(number) for name, number in re.findall(r"^(\S.*?)  +(\d+)$", told, re.M)}
    counted = Counter(label(study, one.coding.code) for one in accepted(study))
    assert counted.keys() <= found.keys(), counted.keys() - found.keys()
    assert all(0 < found[name] <= number for name, number in counted.items()), (found, counted)
    return f"schema holds; all {len(counted)} codes in use are counted, {sum(found.values())} of {sum(counted.values())} codings (it counts lines)"


def check_taguette(place: Path, study: Study) -> str:
    """A running Taguette takes the codebook as CSV and gives it back as .qdc, which we read."""
    programs = install("taguette", place)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        str(programs / "taguette"),
        "--no-browser",
        "-b",
        "127.0.0.1",
        "-p",
        str(port),
        "--database",
        str(place / "taguette.sqlite3"),
    ]
    log = (place / "taguette.log").open("w+", encoding="utf-8")
    with subprocess.Popen(
        command, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "HOME": str(place)}
    ) as server:
        try:
            given = (place / "codes.csv").read_bytes()
            back = talk_to_taguette(f"http://127.0.0.1:{port}", place / "taguette.log", given)
        finally:
            server.terminate()
            log.close()
    sent = {one.label for one in read_codebook("codes.csv", given).codes}
    came = {one.label for one in read_codebook("back.qdc", back).codes}
    assert sent <= came, sorted(sent - came)[:3]
    return f"took {len(sent)} codes as CSV and gave them back as .qdc (its .qdc has names alone)"


def talk_to_taguette(base: str, log: Path, codes: bytes) -> bytes:
    """The .qdc of a new project with these codes."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def ask(
        path: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded"
    ) -> tuple[str, bytes]:
        request = urllib.request.Request(
            path if path.startswith("http") else base + path, body, {"Content-Type": kind} if body else {}
        )
        with browser.open(request, timeout=60) as answer:
            return answer.geturl(), answer.read()

    def form(**fields: str) -> bytes:
        return urllib.parse.urlencode({"_xsrf": token(), **fields}).encode()

    def token() -> str:
        return next((one.value or "" for one in jar if one.name == "_xsrf"), "")

    for _ in range(120):
        if found := re.search(r"http://\S+\?token=\S+", log.read_text(encoding="utf-8", errors="replace")):
            break
        time.sleep(0.5)
    else:
        raise AssertionError(log.read_text(encoding="utf-8", errors="replace")[-600:])
    ask(base + "/?" + found[0].partition("?")[2])
    ask("/project/new")
    project = re.search(r"/project/(\d+)", ask("/project/new", form(name="Medan", description=""))[0])
    assert project, "no project was made"
    page = f"/project/{project[1]}/import_codebook"
    ask(page)
    parts = [("_xsrf", None, token().encode()), ("file", "codes.csv", codes)]
    body = b"".join(
        f'--qda\r\nContent-Disposition: form-data; name="{name}"'.encode() + (f'; filename="{file}"'.encode() if file else b"") + b"\r\n\r\n" + value + b"\r\n"
        for name, file, value in parts
    )  # fmt: skip
    asked = ask(page, body + b"--qda--\r\n", "multipart/form-data; boundary=qda")[1].decode()
    fields = {}
    for one in re.findall(r"<input[^>]*>", asked):
        named, value = re.search(r'name="(tag[^"]*)"', one), re.search(r'value="([^"]*)"', one)
        if named and "import" in named[1]:
            fields[named[1]] = "1"
        elif named:
            fields[named[1]] = html.unescape(value[1]) if value else ""
    assert fields, "Taguette showed no codes to confirm"
    ask(page, form(**fields))
    return ask(f"/project/{project[1]}/export/codebook.qdc")[1]


def check_libreoffice(place: Path, study: Study) -> str:
    """It opens a commented transcript, saves it, and every comment is still there with its author; the import finds no change."""
    qda("export", str(place / "KS-01.docx"), "--what", "transcript", "--source", "KS-01")
    office = f"-env:UserInstallation={(place / 'office').as_uri()}"
    run(
        "soffice",
        office,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        place / "saved",
        place / "KS-01.docx",
    )

    def comments(path: Path) -> list[str]:
        with zipfile.ZipFile(path) as archive:
            text = archive.read("word/comments.xml").decode()
        return sorted(re.findall(r'<w:comment\b[^>]*w:author="([^"]*)"', text))

    sent, saved = comments(place / "KS-01.docx"), comments(place / "saved" / "KS-01.docx")
    assert sent == saved, (sent, saved)
    assert len(sent) == sum(one.source.id == "KS-01" for one in accepted(study))
    return f"keeps all {len(saved)} comments and their authors"


CHECKS: dict[str, Callable[[Path, Study], str]] = {
    CLIENTS["qdapy"]: check_qdapy,
    CLIENTS["pyrefiqda"]: check_pyrefiqda,
    CLIENTS["qualitative-coding"]: check_qc,
    CLIENTS["taguette"]: check_taguette,
}


def main() -> int:
    """Run every client; 1 where one of them fails."""
    study, failed = read_study(MEDAN), 0
    checks = dict(CHECKS)
    if shutil.which("soffice"):
        checks["LibreOffice"] = check_libreoffice
    else:
        print("LibreOffice: not installed here (Debian: libreoffice-writer), and not asked")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.chdir(place)  # some leave things where they are started
        for name, what in (("medan.qdpx", "study"), ("medan.qdc", "codebook"), ("codes.csv", "codebook")):
            qda("export", str(place / name), "--what", what)
        for name, check in checks.items():
            try:
                print(f"{name}: {check(place, study)}", flush=True)
            except (AssertionError, OSError, subprocess.SubprocessError) as error:
                failed += 1
                print(f"{name}: FAILED: {error}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
