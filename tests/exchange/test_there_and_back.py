"""A study in which every edge occurs, out as .qdpx and as commented .docx and back: the same study, or it is said what is not."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from empowerment_qda.cli import app
from empowerment_qda.evidence.passages import passages_of
from empowerment_qda.files.read import read_study
from empowerment_qda.model.study import Study
from kit import write_study

EDGES = Path(__file__).resolve().parents[1] / "golden/study"
BARE = "title: t\nversion: 1\ncodes: [{id: nothing}]\n"
MEMOS = {
    "memos/M01.md": "---\nid: M01\nlinks: [M07, training-useful, M05]\n---\n\nOf nobody, and of no day.\n",
    "memos/M05.md": f"---\nid: M05\ntitle: {'so long ' * 12}\nauthor: ani\ndate: 2023-07\nkind: reflexive\nlinks: [M01]\n---\n\n# Head\n",
    "memos/M07.md": "---\nid: M07\ntitle: Of nobody\ndate: 2023\n---\n\nid: E1\n\nOf nobody\n",
}


@dataclass
class Ended:
    """How a command ended."""

    code: int
    told: str


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that study."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(EDGES, tmp_path / "study"))


def qda(*words: str) -> Ended:
    """What a command says."""
    result = CliRunner().invoke(app, list(words))
    return Ended(result.exit_code, result.output)


def files(root: Path) -> dict[str, bytes]:
    """All that stands in a study."""
    return {str(one.relative_to(root)): one.read_bytes() for one in root.rglob("*") if one.is_file()}


def come_back(root: Path) -> tuple[str, Study]:
    """What an import into a study of nothing but the same settings says, and that study."""
    settings = (root / "qda.yaml").read_text("utf-8")
    book = re.search(r"(?m)^codebook: (.*)$", settings)
    assert book
    fresh = write_study(root.parent / "fresh", {"qda.yaml": settings, book[1]: BARE})
    assert qda("export", "out.qdpx", "--study", "study").code == 0
    ended = qda("import", "out.qdpx", "--study", "fresh")
    assert ended.code == 0, ended.told
    changed = settings.replace(book[0], "codebook: codebooks/out.yaml")
    (fresh / "qda.yaml").write_text(changed, encoding="utf-8")
    return ended.told, read_study(fresh)


def codings(study: Study) -> set[tuple[object, ...]]:
    """Codings that a person accepted and that have a place, each with all that was noted of it but the id that an import gave."""
    return {
        (one.source.id, one.anchor.span, one.coding.code, one.file.coder, one.coding.memo, one.coding.strength, one.coding.event_date, one.coding.direction_note)
        for one in passages_of(study)
        if one.coding.status == "accepted" and one.anchor.span
    }  # fmt: skip


def test_every_edge_comes_back(root: Path) -> None:
    told, back = come_back(root)
    study = read_study(root)
    assert "Not placed" not in told
    assert codings(back) == codings(study)
    named = {
        one.coding.id for one in passages_of(study) if one.coding.status == "accepted" and one.anchor.span
    }
    assert {one for one in named if one} <= {one.coding.id for one in passages_of(back)}
    assert {one.path for one in back.sources} == {one.path for one in study.sources}
    for source in study.sources:
        there = back.by_id[source.id]
        assert [(one.speaker, one.time, one.reconstructed) for one in there.turns] == [
            (one.speaker, one.time, one.reconstructed) for one in source.turns
        ]
        assert [one.text for one in there.turns] == [
            one.text.replace("\x1b", "\ufffd") for one in source.turns
        ]
        assert there.model_dump(exclude={"turns", "informant", "informants"}) == source.model_dump(
            exclude={"turns", "informant", "informants"}
        )
    assert back.informants == study.informants
    assert [one.code.model_dump(exclude={"codes", "cues"}) for one in back.codebook.walk() if one.code.id != "nothing"] == [
        one.code.model_dump(exclude={"codes", "cues"}) for one in study.codebook.walk()
    ]  # fmt: skip


def test_memos_come_back_without_what_they_never_had(root: Path) -> None:
    """An author, a date, a title; and what one links, another memo too."""
    shutil.rmtree(root / "memos")
    write_study(root, MEMOS)
    _, back = come_back(root)
    for one, there in zip(read_study(root).memos, back.memos, strict=True):
        assert there == one
        assert "title" not in (root.parent / "fresh" / there.path).read_text("utf-8") or one.title


def test_a_memo_whose_id_is_taken_gets_another_and_is_linked_by_it(root: Path) -> None:
    shutil.rmtree(root / "memos")
    write_study(root, MEMOS)
    assert qda("export", "out.qdpx", "--study", "study").code == 0
    other = MEMOS["memos/M07.md"].replace("Of nobody\n", "Of somebody\n")
    write_study(root, {"memos/M05.md": MEMOS["memos/M05.md"].replace("Head", "Other"), "memos/M07.md": other})
    ended = qda("import", "out.qdpx", "--study", "study")
    assert (ended.code, "Memos: 2." in ended.told) == (0, True), ended.told
    memos = {one.id: one for one in read_study(root).memos}
    assert sorted(memos) == ["M01", "M05", "M07", "M08", "M09"]
    assert memos["M08"].text == "# Head"
    assert (memos["M08"].author, memos["M08"].links) == ("ani", ("M01",))
    assert (memos["M09"].author, str(memos["M09"].date)) == (None, "2023")


def test_the_study_itself_changes_by_nothing(root: Path) -> None:
    assert qda("export", "out.qdpx", "--study", "study").code == 0
    before = files(root)
    ended = qda("import", "out.qdpx", "--study", "study")
    assert (ended.code, files(root)) == (0, before), ended.told
    assert "There already, and not coded twice: 39" in ended.told
    assert "attributes" not in ended.told


def test_attributes_that_differ_here_are_told(root: Path) -> None:
    assert qda("export", "out.qdpx", "--study", "study").code == 0
    path = root / "data/interviews/K-01.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("attributes: {", "attributes: {children: 3, "), encoding="utf-8")
    ended = qda("import", "out.qdpx", "--study", "study")
    assert "`K` has other attributes here: the attributes of that case are not taken over" in ended.told


@pytest.mark.parametrize("source", sorted(one.stem for one in (EDGES / "data").rglob("*.yaml")))
def test_every_transcript_comes_back_from_word(root: Path, source: str) -> None:
    assert qda("export", "out.docx", "--what", "transcript", "--source", source, "--study", "study").code == 0
    before = files(root)
    ended = qda("import", "--comments", "out.docx", "--study", "study")
    assert ended.told == f"out.docx, {source}: nothing was changed in it that the study does not have.\n"
    assert files(root) == before
