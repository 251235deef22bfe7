"""`qda import` of codebooks and coded projects: what a person types and sees, and what stands in the study afterwards."""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.checks import check_study
from empowerment_qda.cli import app
from empowerment_qda.coding import describe
from empowerment_qda.evidence.passages import passages_of
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.log import read_log
from empowerment_qda.files.read import read_study
from exchange_kit import guid, qde, qdpx, selection, taguette, text_source
from kit import SMALL, write_study

SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples"
real = pytest.mark.skipif(not SAMPLES.is_dir(), reason="real files lie beside a checkout")
TEXT = "Interviewer: How was it?\nAna: It cost too much 😀 but café was nice.\nAna: I was afraid, it cost too much.\n"
AGAIN = TEXT.rindex("cost too much")
CASE = (
    f'<Variables><Variable guid="{guid(50)}" name="age" typeOfVariable="Integer"/></Variables><Cases><Case guid="{guid(51)}" name="Ana">'
    f'<VariableValue><VariableRef targetGUID="{guid(50)}"/><IntegerValue>41</IntegerValue></VariableValue></Case></Cases>'
)
NOTES = f'<Notes><Note guid="{guid(40)}" name="diary" creatingUser="{guid(2)}"><PlainTextContent>A day.</PlainTextContent></Note></Notes>'
EMPTY = {
    "qda.yaml": "title: t\nlanguage: en\ncodebook: codebooks/book.yaml\nsources: {interview: data/interviews/*.yaml}\n"
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small study, and files of other programs beside it."""
    study = write_study(tmp_path / "study", SMALL)
    monkeypatch.chdir(tmp_path)
    return study


def bring(*words: str) -> Result:
    """What `qda import` says."""
    return CliRunner().invoke(app, ["import", "--study", "study", *words])


def answer(result: Result) -> dict[str, Any]:
    """The answer for programs."""
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def files(root: Path) -> dict[str, bytes]:
    """All files of a study."""
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def use(root: Path, book: str) -> None:
    """Name another codebook in qda.yaml."""
    settings = root / "qda.yaml"
    settings.write_text(re.sub("codebook: .*", f"codebook: {book}", settings.read_text()))


def coded(root: Path) -> list[tuple[str, str, str, str, str]]:
    """Coder, place, code, words and state of every coding that came in."""
    return [
        (
            one.file.coder,
            f"{one.source.id}#{one.coding.turn}",
            one.coding.code,
            one.coding.quote,
            one.anchor.state,
        )
        for one in passages_of(read_study(root))
        if one.file.coder != "first"
    ]


def problems_of(root: Path) -> list[str]:
    """What `qda check` finds."""
    return [f"{one.place.path}: {one.message}" for one in check_study(read_study(root))]


# Codebooks


def test_a_codebook_is_written_beside_the_one_there_is_and_how_to_use_it_is_told(root: Path) -> None:
    Path("Mine.csv").write_text('code,definition\n"Cost, or time",what it takes\n"He said ""no""",\n')
    before = files(root)
    result = bring("Mine.csv", "--codebook")
    assert result.exit_code == 0
    assert "To use it, write `codebook: codebooks/Mine.yaml` in line 3 of qda.yaml." in result.stdout
    assert "example" not in result.stdout
    assert {key: one for key, one in files(root).items() if key in before} == before
    use(root, "codebooks/Mine.yaml")
    book = read_study(root).codebook
    assert [(one.code.id, str(one.code.label), str(one.code.definition)) for one in book.walk()] == [
        ("cost-or-time", "Cost, or time", "what it takes"),
        ("he-said-no", 'He said "no"', "None"),
    ]
    assert (str(book.title), book.version, str(book.note)) == ("Mine", "1.0", "Imported from Mine.csv")
    again = bring("Mine.csv", "--codebook")
    assert (again.exit_code, again.stderr.partition("\n")[0]) == (
        2,
        "Mine.csv: `codebooks/Mine.yaml` stands there already [in-the-way]",
    )


def test_a_codebook_that_is_missing_is_the_one_that_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_study(tmp_path / "study", EMPTY)
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("- Cost\n- Joy\n")
    result = bring("a.md", "--codebook", "--format", "json")
    assert answer(result)["codebook"] == {
        "file": "a.md",
        "path": "codebooks/book.yaml",
        "codes": 2,
        "changes": [],
    }
    assert set(read_study(tmp_path / "study").codebook.places) == {"cost", "joy"}


def test_a_study_that_lacks_more_than_its_codebook_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {"findings.yaml": "findings: 3"}
    lacking = {"codebooks/book.yaml": "title: t\nversion: 1\ncues: gone.yaml\ncodes: [{id: a}]\n"}
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("- Cost\n")
    for more, told in ((lacking, "gone.yaml"), (broken, "findings.yaml")):
        write_study(tmp_path / "study", {**EMPTY, **more})
        before = files(tmp_path)
        result = bring("a.md", "--codebook")
        assert (result.exit_code, files(tmp_path)) == (2, before)
        assert told in result.stderr


def test_in_a_fresh_study_the_example_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(app, ["init", "study"])
    Path("a.md").write_text("- Cost\n")
    result = bring("a.md", "--codebook")
    assert (
        "Then delete the examples of `qda init`: codebooks/codebook.cues.yaml, codebooks/codebook.yaml, codings/first/"
        in result.stdout
    )


def test_an_id_that_a_coding_has_is_given_to_no_code(root: Path) -> None:
    Path("a.md").write_text("- e1\n- E1\n")
    coding = root / "codings/first/H-01.yaml"
    coding.write_text(coding.read_text().replace("E1", "e1"))
    bring("a.md", "--codebook")
    assert "- id: e1-2\n" in (root / "codebooks/a.yaml").read_text()
    assert "- id: e1-3\n" in (root / "codebooks/a.yaml").read_text()


@pytest.mark.parametrize("names", [["a.qdc", "talk.txt"], ["a.qdpx", "b.qdpx"]])
def test_codebooks_and_projects_come_in_alone(root: Path, names: list[str]) -> None:
    result = bring(*names)
    assert result.exit_code == 2
    assert f"{names[0]}: a codebook or a coded project comes in by itself [alone]" in result.stderr


# Coded projects


def make_project(marks: str, more: str = "", text: str | bytes = TEXT) -> None:
    """A .qdpx with one text and these selections."""
    Path("demo.qdpx").write_bytes(
        qdpx(f"<Sources>{text_source(marks)}</Sources>{more}", {f"sources/{guid(31)}.txt": text})
    )


def test_a_project_becomes_sources_codes_codings_and_memos(root: Path) -> None:
    note = selection(*(TEXT.index("I was"), TEXT.index(", it cost")), inside="<Description>hm</Description>")
    note = re.sub("<Coding.*</Coding>", "", note).replace(" name", f' creatingUser="{guid(1)}" name')
    marks = (
        selection(AGAIN, AGAIN + 13, inside="<Description>why so</Description>")
        + selection(53, 66, code=11, coder=2)
        + note
    )
    Path("demo.qdpx").write_bytes(
        qdpx(CASE + f"<Sources>{text_source(marks)}</Sources>" + NOTES, {f"sources/{guid(31)}.txt": TEXT})
    )
    before = files(root)
    result = bring("demo.qdpx", "--type", "owner")
    assert result.exit_code == 0, result.stderr
    assert {key: one for key, one in files(root).items() if key in before} == before
    assert "The new codes stand in codebooks/demo.yaml, after those of codebook.yaml." in result.stdout
    use(root, "codebooks/demo.yaml")
    assert problems_of(root) == []
    assert coded(root) == [
        ("Alice-A", "int1#3", "cost-or-time", "cost too much", "exact"),
        ("Bob", "int1#2", "barriers", "café was nice", "exact"),
    ]
    study = read_study(root)
    assert study.codebook.places["cost-or-time"].path == "barriers/cost-or-time"
    assert study.codebook.places["training-rare"].code.cues.suggest == {"en": ("only once",)}
    assert study.codebook.version == "1.1"
    assert study.informants["Ana"].attributes == {"age": "41"}
    assert study.informants["Ana"].type == "owner"
    assert study.by_id["int1"].turns[0].text == "How was it?"
    assert {(one.author, one.title, one.text, one.links) for one in study.memos} == {
        ("Bob", "diary", "A day.", ()),
        ("Alice-A", None, "hm", ("int1#3",)),
    }
    memos = [one.coding.memo for one in passages_of(study) if one.file.coder == "Alice-A"]
    assert memos == ["why so"]


def test_an_import_is_one_step_of_the_log_and_can_be_taken_back(root: Path) -> None:
    make_project(selection(33, 46) + selection(53, 66, code=11))
    bring("demo.qdpx")
    use(root, "codebooks/demo.yaml")
    (entry,) = read_log(root, "Alice-A")
    assert describe(entry) == "import: 2 codings of int1"
    with Desk.open(root, read_study(root), "Alice-A") as desk:
        assert [one.id for one in desk.codings("int1").codings] == ["Alice-A-001", "Alice-A-002"]
        desk.undo()
        assert desk.codings("int1").codings == ()
        desk.redo()
        assert len(desk.codings("int1").codings) == 2


def test_what_comes_twice_is_coded_once(root: Path) -> None:
    make_project(selection(33, 46) + selection(33, 46))
    assert answer(bring("demo.qdpx", "--format", "json"))["there_already"] == 1
    use(root, "codebooks/demo.yaml")
    before = files(root)
    make_project(selection(33, 46) + selection(53, 66))
    result = answer(bring("demo.qdpx", "--format", "json"))
    assert (result["sources"], result["matched"], result["codebook"], result["there_already"]) == (
        [],
        ["int1"],
        None,
        1,
    )
    assert [one[3] for one in coded(root)] == ["cost too much", "café was nice"]
    changed = {key for key, one in files(root).items() if before.get(key) != one}
    assert {Path(key).name for key in changed} == {"int1.yaml", "log.jsonl"}


def test_codes_that_the_study_has_are_used_and_no_book_is_written(root: Path) -> None:
    Path("a.csv").write_text(
        "document,code,quotation,coder\nH-01,awareness > training-provided,We hold digital training every month.,Ani\n"
        "o-01,Training-Rare,only once,Ani\n"
    )
    result = bring("a.csv")
    assert result.exit_code == 0
    assert coded(root) == [
        ("Ani", "H-01#2", "training-provided", "We hold digital training every month.", "exact"),
        ("Ani", "O-01#2", "training-rare", "only once", "exact"),
    ]
    assert not (root / "codebooks").exists()
    assert problems_of(root) == []
    with Desk.open(root, read_study(root), "Ani") as desk:
        assert [one.source for one in desk.undo()] == ["O-01", "H-01"]  # one step, though of two sources
    assert coded(root) == []


def test_what_cannot_be_placed_is_listed_and_kept_and_the_rest_comes_in(root: Path) -> None:
    Path("a.csv").write_text(
        "document,code,quotation,coder,comment\nH-01,training-rare,every month,Ani,\nH-01,training-rare,never said,Ani,=1+1\n"
        "H-01,training-rare,Is there training,Ani,\nX-09,training-rare,every month,Ani,\nH-01,,every month,Ani,\n"
    )
    result = bring("a.csv", "--format", "json")
    assert result.exit_code == 1
    assert [(one["document"], one["why"]) for one in answer(result)["unplaced"]] == [
        ("H-01", "its words do not stand in the source"),
        ("H-01", "it is the interviewer's turn; what is asked is no evidence"),
        ("X-09", "the study has no source for `X-09`: a table of segments holds no whole texts"),
        ("H-01", "the table names no code"),
    ]
    assert [one[3] for one in coded(root)] == ["every month"]
    kept = list(csv.DictReader(io.StringIO((root / "reports/import/a-unplaced.csv").read_text())))
    assert [(one["quote"], one["memo"]) for one in kept] == [
        ("never said", "'=1+1"),
        ("Is there training", ""),
        ("every month", ""),
        ("every month", ""),
    ]
    Path("a.csv").write_text("document,code,quotation,coder\nH-01,training-rare,Owners come,Ani\n")
    assert bring("a.csv").exit_code == 0
    assert not (root / "reports/import/a-unplaced.csv").exists()


def test_a_code_that_may_be_any_of_two_is_not_guessed(root: Path) -> None:
    book = root / "codebook.yaml"
    book.write_text(re.sub(r"( +)direction: ", r"\1label: Same\n\1direction: ", book.read_text()))
    Path("a.csv").write_text("document,code,quotation,coder\nH-01,Same,every month,Ani\n")
    (only,) = answer(bring("a.csv", "--format", "json"))["unplaced"]
    assert only["why"] == "its code may be any of training-provided, training-rare"


def test_the_cues_of_the_book_stay_with_a_new_one(root: Path) -> None:
    book = root / "codebook.yaml"
    book.write_text(book.read_text().replace("codes:", "cues: my.cues.yaml\ncodes:", 1))
    (root / "my.cues.yaml").write_text("awareness: {en: [know]}\n")
    make_project(selection(33, 46))
    assert bring("demo.qdpx").exit_code == 0
    use(root, "codebooks/demo.yaml")
    assert read_study(root).codebook.places["awareness"].code.cues.suggest == {"en": ("know",)}


def test_a_source_that_is_in_the_way_is_told_and_nothing_is_written(root: Path) -> None:
    other = "id: {}\ntitle: int1\ninformant: {{id: O}}\nturns: [{{speaker: O, text: Yes.}}]\n"
    for name in ("int1", "int2"):
        (root / f"data/interviews/{name}.yaml").write_text(other.format(name))
    make_project(selection(33, 46))
    before = files(root)
    result = bring("demo.qdpx")
    assert (
        "demo.qdpx: int1.txt: the source `int1` is there already (data/interviews/int1.yaml) [in-the-way]"
        in result.stderr
    )
    assert (result.exit_code, files(root)) == (2, before)


def test_an_id_that_a_code_has_is_given_to_no_coding(root: Path) -> None:
    book = root / "codebook.yaml"
    book.write_text(book.read_text().replace("codes:", "codes:\n  - id: Ani-002", 1))
    Path("a.csv").write_text(
        "document,code,quotation,coder\n"
        + "".join(f"H-01,training-rare,{one},Ani\n" for one in ("every month", "We hold", "Owners"))
    )
    assert bring("a.csv").exit_code == 0
    ids = [one.coding.id for one in passages_of(read_study(root)) if one.file.coder == "Ani"]
    assert ids == ["Ani-001", "Ani-003", "Ani-004"]


def test_who_coded_is_asked_for_and_names_can_be_given(root: Path) -> None:
    Path("a.csv").write_text("document,code,quotation\nH-01,training-rare,every month\n")
    before = files(root)
    result = bring("a.csv")
    assert (result.exit_code, files(root)) == (1, before)
    assert "a.csv: who coded? The file does not say [who-coded]" in result.stderr
    assert bring("a.csv", "--coder", "Ani").exit_code == 0
    make_project(selection(33, 46) + selection(53, 66, coder=2))
    assert bring("demo.qdpx", "--coder", "Alice A.=ani", "--coder", "Bob=budi").exit_code == 0
    assert {path.name for path in (root / "codings").iterdir()} == {"first", "Ani", "budi"}


def test_a_memo_without_an_author_is_nobody_elses(root: Path) -> None:
    note = re.sub("<Coding.*</Coding>", "", selection(33, 46, inside="<Description>hm</Description>"))
    make_project(selection(33, 46) + selection(53, 66, coder=2) + note)
    assert "who coded?" in bring("demo.qdpx").stderr
    make_project(selection(33, 46) + note)
    assert bring("demo.qdpx").exit_code == 0
    assert [memo.author for memo in read_study(root).memos] == ["Alice-A"]


def test_who_asks_is_asked_for_in_the_texts_of_a_project(root: Path) -> None:
    make_project(selection(33, 46), text=TEXT.replace("Interviewer", "Dewi and so"))
    before = files(root)
    result = bring("demo.qdpx")
    assert (result.exit_code, files(root)) == (1, before)
    assert "demo.qdpx: int1.txt: who asks? The speakers are `Dewi and so`, `Ana` [who-asks]" in result.stderr


def test_a_coder_whose_codings_do_not_count_yet_is_named(root: Path) -> None:
    with (root / "qda.yaml").open("a") as file:
        file.write("evidence: {coders: [first]}\n")
    Path("a.csv").write_text("document,code,quotation,coder\nH-01,training-rare,every month,Ani\n")
    assert (
        "Codings of Ani count once qda.yaml says `coders: [first, Ani]` under `evidence`."
        in bring("a.csv").stdout
    )


def test_a_text_that_reads_otherwise_than_its_source_is_told_and_searched(root: Path) -> None:
    text = "R: Is there training?\nH: We hold digital training every month. Owners came."
    Path("demo.qdpx").write_bytes(
        qdpx(
            f"<Sources>{text_source(selection(text.index('every'), text.index('. Owners')), name='H-01')}</Sources>",
            {f"sources/{guid(31)}.txt": text},
        )
    )
    result = answer(bring("demo.qdpx", "--format", "json"))
    assert (
        "`H-01` reads otherwise than the source `H-01`: its segments were looked for by their words"
        in result["changes"]
    )
    assert [one[3] for one in coded(root)] == ["every month"]


def test_two_texts_of_one_name_are_two_sources(root: Path) -> None:
    other = text_source(selection(33, 46), f"internal://{guid(32)}.txt").replace(guid(30), guid(29))
    Path("demo.qdpx").write_bytes(
        qdpx(
            f"<Sources>{text_source(selection(53, 66))}{other}</Sources>",
            {f"sources/{guid(number)}.txt": TEXT for number in (31, 32)},
        )
    )
    assert bring("demo.qdpx").exit_code == 0
    assert {(one[1], one[3]) for one in coded(root)} == {
        ("int1#2", "café was nice"),
        ("int1-2#2", "cost too much"),
    }


def test_taguette_comes_in(root: Path) -> None:
    page = "<p>Interviewer: How was it?</p><p>Ana: It cost 😀 too much.</p><p>Ana: Yes.</p>"
    start = len(b"Interviewer: How was it?Ana: ")
    Path("t.sqlite3").write_bytes(taguette(page, [(start, start + len("It cost 😀 too".encode()), 2)]))
    assert bring("t.sqlite3").exit_code == 0
    assert coded(root) == [("ani", "int1#2", "barriers.cost", "It cost 😀 too", "exact")]
    use(root, "codebooks/t.yaml")
    assert problems_of(root) == []


def test_an_example_that_nobody_changed_gives_no_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(app, ["init", "study"])
    make_project(selection(33, 46))
    assert bring("demo.qdpx").exit_code == 0
    assert "access" not in (tmp_path / "study/codebooks/demo.yaml").read_text()


# What is hostile


def zeros(path: Path) -> None:
    """A zip that unpacks to ten gigabytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("project.qde", qde(""))
        with archive.open("sources/a.txt", "w", force_zip64=True) as out:
            block = bytes(1 << 22)
            for _ in range(64):
                out.write(block)


HOSTILE: dict[str, bytes] = {
    "none.qdpx": b"none",
    "none.qdc": b"\0\1",
    "bomb.qdc": b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;">]><CodeBook>&c;</CodeBook>',
    "out.qdc": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><CodeBook>&b;</CodeBook>',
    "auto.csv": b"document,code,quotation,coder\nH-01,training-rare,every month,auto\n",
    "con.csv": b"document,code,quotation,coder\nH-01,training-rare,every month,con\n",
    "torn.sqlite3": taguette("<p>a</p>", [])[:8192],
    "none.sqlite3": b"none",
}


@pytest.mark.parametrize("name", [*HOSTILE, "zeros.qdpx"])
def test_a_hostile_file_gets_a_sentence_and_nothing_is_written(root: Path, name: str) -> None:
    if name == "zeros.qdpx":
        zeros(Path(name))
    else:
        Path(name).write_bytes(HOSTILE[name])
    before = files(root)
    result = bring(name)
    assert result.exit_code == 2
    assert re.search(r"\[(import|coder|entities)\]", result.stderr), result.stderr
    assert "Traceback" not in result.stderr
    assert {key: one for key, one in files(root).items() if not key.endswith(".lock")} == before


def test_text_of_a_project_is_never_markup_nor_an_order_to_the_terminal(root: Path) -> None:
    text = "Interviewer: [bold]Why[/bold]?\nAna: \x1b[31mred {{ 7*7 }} <b>x</b>\n"
    make_project(selection(text.index("red"), text.index(" {{"), name="\u202egnp"), text=text)
    result = bring("demo.qdpx")
    assert "\x1b" not in result.stdout + result.stderr
    assert "\u202e" not in result.stdout + result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is the system's")
def test_memory_is_bounded(root: Path) -> None:
    """A project of five million tags is refused before they are taken in."""
    Path("tags.qdpx").write_bytes(qdpx("<Sources>" + "<a/>" * 5_000_000 + "</Sources>"))
    code = "from empowerment_qda.cli import main; main()"
    limit = 700 << 20
    found = subprocess.run(
        [sys.executable, "-c", code, "import", "--study", "study", "tags.qdpx"],
        capture_output=True, text=True, check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit)),
    )  # fmt: skip
    assert (found.returncode, "more than 4,000,000 tags" in found.stderr) == (2, True), found.stderr


# Real files, where they are at hand


@real
def test_all_segments_of_a_real_study_are_accounted_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seven interviews of PDF, a code system of three levels, and 261 segments: each on its own words."""
    study = write_study(tmp_path / "study", EMPTY)
    monkeypatch.chdir(tmp_path)
    samples = SAMPLES / "pdpilot"
    assert bring(str(samples / "extracted/code_system.csv"), "--codebook").exit_code == 0
    assert bring(str(samples / "transcripts"), "--interviewer", "Dan").exit_code == 0
    table = samples / "extracted/coded_segments.csv"
    result = bring(str(table), "--coder", "dan", "--format", "json")
    found = answer(result)
    assert (sum(one["codings"] for one in found["codings"]), len(found["unplaced"]), result.exit_code) == (
        261,
        0,
        0,
    )
    assert len(found["nearly"]) <= 28
    assert problems_of(study) == []

    rows = list(csv.DictReader(io.StringIO(table.read_text())))
    said: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        said.setdefault((row["document"], row["code_path"].split(" > ")[-1]), []).append(row["segment"])
    whole = read_study(study)
    exact = 0
    for passage in passages_of(whole):
        label = str(whole.codebook.places[passage.coding.code].code.label)
        there = plain(passage.coding.quote)
        own = [
            one
            for one in said[passage.source.id, label]
            if (plain(one) - there).total() <= 0.08 * plain(one).total()
        ]
        assert own, passage.coding.quote
        exact += any(plain(one) == there for one in own)
        assert passage.anchor.state == "exact"
    assert exact >= 233
    system = csv.DictReader(io.StringIO((samples / "extracted/code_system.csv").read_text()))
    published = {row["code"]: int(row["frequency"]) for row in system}
    counted = Counter(str(whole.codebook.places[one.coding.code].code.label) for one in passages_of(whole))
    assert {label: counted[label] for label in published} == published | {"Anonymize": 0}


def plain(text: str) -> Counter[str]:
    """The words of a segment, without names of speakers, signs and hyphens at the ends of lines."""
    bare = re.sub(r"(?m)^(?:Dan|Parti[cp]i?pa?nt): ", "", text)
    return Counter(re.sub(r"[^\w\s]", "", re.sub(r"-\s*", "", bare)).split())


@real
@pytest.mark.parametrize(
    ("name", "words", "codes", "sources", "codings", "memos", "unplaced"),
    [
        ("atlasti-8.4.qdpx", [], 14, 0, 0, 2, 15),  # its texts are not in the file
        ("exegete-0.15.1a1.qdpx", [], 2, 1, 2, 0, 0),
        ("qc-1.7.8.qdpx", [], 3, 1, 2, 0, 1),  # a question is coded
        ("qualcoder-c320464.qdpx", [], 4, 1, 3, 0, 0),
        ("reference-lf.qdpx", [], 4, 1, 4, 1, 0),
        ("taguette-1.5.2-project.sqlite3", ["--interviewer", "none"], 5, 1, 1, 1, 0),
    ],
)
def test_real_projects_read_with_the_stated_losses_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    name: str, words: list[str], codes: int, sources: int, codings: int, memos: int, unplaced: int,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    book = "title: t\nversion: 1\ncodes: [{id: nothing}]\n"
    study = write_study(tmp_path / "study", {**EMPTY, "codebooks/book.yaml": book})
    result = bring(str(SAMPLES / "refi" / name), *words, "--format", "json")
    found = answer(result)
    assert (
        found["codes"]["new"], len(found["sources"]), sum(one["codings"] for one in found["codings"]), found["memos"],
        len(found["unplaced"]), result.exit_code,
    ) == (codes, sources, codings, memos, unplaced, int(unplaced > 0))  # fmt: skip
    use(study, found["codebook"])
    assert problems_of(study) == ([] if sources else ["qda.yaml: there are no sources"]) or not sources
    assert {one[4] for one in coded(study)} <= {"exact"}
