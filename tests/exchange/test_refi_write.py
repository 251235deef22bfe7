"""REFI-QDA written: valid against its schema, and the same study when it comes back."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
import xmlschema
from typer.testing import CliRunner

from empowerment_qda.checks import check_study
from empowerment_qda.cli import app
from empowerment_qda.evidence.passages import passages_of
from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.refi import read_project
from empowerment_qda.files.read import read_study
from empowerment_qda.model.source import Span
from empowerment_qda.model.study import Study
from kit import write_study

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "tests/samples/refi-qda"
BARE = "title: t\nversion: 1\ncodes: [{id: nothing}]\n"
"""A codebook that has none of the codes."""
SETTINGS = """
    title: {id: "Uji <&> \\"coba\\"", en: A trial}
    language: id
    codebook: codebook.yaml
    sources: {interview: data/i/*.yaml, fgd: data/g/*.yaml, observation: data/o/*.yaml}
    groups: {side: {label: Sisi}}
    informant_types: {owner: {label: {id: Pemilik, en: Owner}, group: side}, head: {label: Kepala}}
    """
BOOK = """
    title: Buku
    version: 2.0
    codes:
      - id: upper
        label: {id: "Atas <&> \\"x\\"", en: Upper}
        definition: {en: Only in English}
        codes:
          - id: lower
            label: Bawah
            definition: {id: "Baris satu.\\n\\nid: bukan\\nBaris dua.", en: "One.\\n\\nTwo."}
            use_when: {id: Bila, en: When}
            example: "Contoh: dua\\nbaris"
            direction: limits
            origin: in-vivo
            formerly: [below, beneath]
            memo: Sebab
            codes: [{id: deepest, label: Bawah, color: "#1F77B4"}]
          - {id: old, status: retired, since: "1.1"}
      - {id: "كود", label: "مُرَمَّز", cues: {id: [kata]}}
    """
TALK = """
    id: T-01
    title: {id: Wawancara, en: Talk}
    informant:
      id: A
      type: owner
      identity: unknown
      note: {id: Catatan, en: Note}
      distinct_from: [B]
      attributes: {age: "41", type: weaver, "besar usaha": kecil}
    interviewer: [R, "Peneliti, dua"]
    bystanders: Suami
    date: 2023-01-05/2023-01-07
    place: Rumah
    language: id
    provenance: restated
    note: "Catatan.\\n\\nDua paragraf."
    turns:
      - {speaker: R, text: "Apa kabar? 😀", time: "00:00:01", reconstructed: yes}
      - {speaker: A, text: "Baik 👩🏽‍🌾 sekali.\\n\\nR: kata orang itu.\\n[00:02] A: begitu.", time: "00:00:09"}
      - {speaker: "Peneliti, dua", text: Lalu?}
      - {speaker: A, text: "שָׁלוֹם \\u200fעולם e\\u0301 مَرْحَبًا  "}
      - {speaker: Suami, text: Saya juga.}
      - {speaker: A, text: "satu\\r\\ndua\\rtiga \\a empat"}
    """
GROUP = """
    id: G-01
    informants: [A, {id: B, type: head, prior_relationship: Teman}]
    interviewer: R
    turns:
      - {speaker: R, text: Siapa?}
      - {speaker: B, text: Saya. Kami berdua bekerja.}
      - {speaker: A, text: Ya.}
    """
NOTES = """
    id: O-01
    about: [A, B]
    site: toko
    date: 2023
    turns:
      - {text: "\\ufeffR: Toko buka.\\nSepi.\\n\\nSore."}
      - {text: "   Tutup 漢字.", speaker: Pintu}
      - {text: Tutup.}
    """
FIRST = """
    source: T-01
    coder: first
    codings:
      - {id: E1, code: lower, turn: 2, quote: "👩🏽‍🌾 sekali.\\n\\nR: kata", memo: "Memo <b>.\\n\\nid: E7", event_date: 2022-12}
      - {id: E2, code: upper, turn: 4, quote: "עולם e\\u0301", strength: inferred, direction_note: ke bawah}
      - {id: E3, code: lower, turn: 4, quote: "עולם e\\u0301", memo: Lain}
      - {code: deepest, turn: 4, quote: "עולם e\\u0301"}
      - {code: lower, turn: 4-6, quote: "مَرْحَبًا  \\nSaya juga.\\nsatu"}
      - {code: lower, turn: 6, quote: "dua\\rtiga"}
      - {code: "كود", turn: 2, quote: "begitu.", strength: inferred}
    """
SECOND = """
    source: T-01
    coder: kedua
    codings:
      - {code: lower, turn: 4, quote: "עולם e\\u0301", memo: Saya juga}
      - {code: lower, turn: 4, quote: "\\u200fעולם"}
    """
SEEN = """
    source: O-01
    coder: kedua
    codings:
      - {code: upper, turn: 1, quote: "R: Toko"}
      - {code: upper, turn: 2, quote: "   Tutup"}
      - {code: upper, turn: 3, quote: "Tutup."}
    """
ODD = {
    "qda.yaml": SETTINGS,
    "codebook.yaml": BOOK,
    "data/i/T-01.yaml": TALK,
    "data/g/G-01.yaml": GROUP,
    "data/o/O-01.yaml": NOTES,
    "codings/first/T-01.yaml": FIRST,
    "codings/kedua/T-01.yaml": SECOND,
    "codings/kedua/O-01.yaml": SEEN,
    "memos/M01.md": "---\nid: M01\nauthor: first\ntitle: Satu\nkind: surprise\ndate: 2023-02-01\nlinks: [E1, lower, T-01#2-4, kedua]\n---\n\nIsi <&>.\n\nLagi.\n",
    "memos/M02.md": "---\nid: M02\nauthor: ketiga\ndate: 2023-03-01\nlinks: [O-01]\n---\n\nدو\n",
}  # fmt: skip
"""Everything at once that has gone wrong in such files."""


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That study, one of its files with a mark of its byte order and line ends of Windows."""
    monkeypatch.chdir(tmp_path)
    root = write_study(tmp_path / "study", ODD)
    for path in (root / "data/i/T-01.yaml", root / "codings/first/T-01.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    return root


@pytest.fixture
def medan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The Medan study."""
    monkeypatch.chdir(tmp_path)
    for name in ("qda.yaml", "findings.yaml"):
        (tmp_path / "study").mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "study" / name)
    for name in ("codebooks", "data", "codings/reference", "memos"):
        shutil.copytree(ROOT / name, tmp_path / "study" / name)
    return tmp_path / "study"


def qda(*words: str) -> str:
    """What a command says; it ends well."""
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


def export(name: str = "out.qdpx", *words: str) -> bytes:
    """The file that `qda export` writes."""
    qda("export", name, "--study", "study", "--force", *words)
    return Path(name).read_bytes()


def come_back(root: Path, book: str) -> tuple[str, Study]:
    """The study with nothing but its settings after `qda import`, and what that said."""
    fresh = root.parent / "fresh"
    write_study(fresh, {"qda.yaml": (root / "qda.yaml").read_text(encoding="utf-8"), book: BARE})
    said = qda("import", "out.qdpx", "--study", "fresh")
    settings = fresh / "qda.yaml"
    settings.write_text(
        re.sub("codebook: .*", "codebook: codebooks/out.yaml", settings.read_text("utf-8")), "utf-8"
    )
    return said, read_study(fresh)


def parse(data: bytes) -> Element:
    """The XML of a project."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return fromstring(archive.read("project.qde"))


def validate(data: bytes) -> None:
    """An error where a project or codebook is not as the schema has it."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            xmlschema.XMLSchema(SCHEMAS / "Project.xsd").validate(archive.read("project.qde").decode())
    else:
        xmlschema.XMLSchema(SCHEMAS / "Codebook.xsd").validate(data.decode())


def sources_of(study: Study, *, unix: bool = False) -> dict[str, dict[str, Any]]:
    """What the sources say, informants in full; without translations, which the form does not hold."""
    found = {}
    for one in study.sources:
        keys = one.model_dump(mode="json", exclude={"informant", "informants", "format"})
        keys["heard"] = [
            study.informants[who if isinstance(who, str) else who.id].model_dump(mode="json")
            for who in one.heard
        ]
        for turn in keys["turns"]:
            turn["translation"] = None
            if unix:
                turn["text"] = turn["text"].replace("\r\n", "\n").replace("\r", "\n").replace("\a", "\ufffd")
        found[one.id] = keys
    return found


def codes_of(study: Study) -> dict[str, dict[str, Any]]:
    """The codes by their paths, without cues."""
    return {
        place.path: place.code.model_dump(mode="json", exclude={"cues", "codes"})
        for place in study.codebook.walk()
        if place.code.id != "nothing"
    }


def codings_of(study: Study) -> list[tuple[Any, ...]]:
    """What was coded where by whom; an id that an import gave is none of the study's."""
    return sorted(
        (
            one.source.id, one.anchor.span or (), one.coding.code, one.file.coder, re.sub(".*-.*", "", one.coding.id or ""), one.coding.memo or "",
            one.coding.strength, str(one.coding.event_date), one.coding.direction_note or "", one.anchor.state,
        )
        for one in passages_of(study)
    )  # fmt: skip


def memos_of(study: Study) -> list[tuple[Any, ...]]:
    """The memos; a link to a finding leads nowhere without it."""
    return [
        (one.id, one.title or one.heading, one.author, one.kind, str(one.date), one.text)
        for one in study.memos
    ]


# Round trips


def test_medan_comes_back_the_same(medan: Path) -> None:
    validate(export())
    said, back = come_back(medan, "codebooks/friedmann.yaml")
    study = read_study(medan)
    assert "15 sources" in qda("export", "again.qdpx", "--study", "study")
    assert sources_of(back) == sources_of(study)
    assert codes_of(back) == codes_of(study)
    assert codings_of(back) == codings_of(study)
    assert len(codings_of(back)) == 30
    assert memos_of(back) == memos_of(study)
    assert [one.path for one in back.sources] == [one.path for one in study.sources]
    assert [one.links for one in back.memos] == [
        tuple(link for link in one.links if link.startswith("E")) for one in study.memos
    ]
    assert list(check_study(back)) == []
    assert "Not placed" not in said


def test_a_study_of_all_oddities_comes_back_the_same(odd: Path) -> None:
    validate(export())
    _, back = come_back(odd, "codebook.yaml")
    study = read_study(odd)
    expected = sources_of(study, unix=True)
    expected["O-01"]["turns"][0]["text"] = expected["O-01"]["turns"][0]["text"].replace("\ufeff", "\u2060")
    assert sources_of(back) == expected
    assert codes_of(back) == codes_of(study)
    spans = {one[1]: one[1] for one in codings_of(study)}
    spans[Span(6, 6, 6, 14)] = Span(6, 5, 6, 13)  # behind CR and LF
    assert codings_of(back) == [(one[0], spans[one[1]], *one[2:]) for one in codings_of(study)]
    assert memos_of(back) == memos_of(study)
    assert [one.links for one in back.memos] == [("E1", "lower", "T-01#2-4"), ("O-01",)]


def test_a_project_that_comes_into_its_own_study_changes_nothing(odd: Path) -> None:
    export()
    before = codings_of(read_study(odd))
    said = qda("import", "out.qdpx", "--study", "study")
    assert f"There already, and not coded twice: {len(before)}" in said
    assert codings_of(read_study(odd)) == before
    assert "Codes: 5 known, 0 new. Memos: 0." in said
    assert len(read_study(odd).memos) == 2


def test_a_codebook_comes_back_the_same(odd: Path) -> None:
    validate(export("out.qdc"))
    fresh = write_study(odd.parent / "fresh", ODD)
    (fresh / "codebook.yaml").unlink()
    for path in (*fresh.glob("codings/*/*"), *fresh.glob("memos/*")):
        path.unlink()
    qda("import", "out.qdc", "--study", "fresh")
    assert codes_of(read_study(fresh)) == codes_of(read_study(odd))


def test_codings_without_an_id_get_none_that_another_brings(odd: Path) -> None:
    first = (odd / "codings/first/T-01.yaml").read_text("utf-8-sig")
    seen = "source: O-01\ncoder: first\ncodings:\n  - {id: first-001, code: lower, turn: 1, quote: Sepi.}\n"
    linked = "---\nid: M03\nauthor: kedua\ndate: 2023\nlinks: [first-002]\n---\n\nOn what another coded.\n"
    write_study(odd, {"codings/first/O-01.yaml": seen, "codings/first/T-01.yaml": first.replace("E2", "first-002"), "memos/M03.md": linked})  # fmt: skip
    export()
    _, back = come_back(odd, "codebook.yaml")
    ids = [one.coding.id for one in passages_of(back)]
    assert (len(ids), len(set(ids)), None in ids) == (13, 13, False)
    where = {one.coding.id: (one.source.id, one.coding.code) for one in passages_of(back)}
    assert (where["first-001"], where["first-002"]) == (("O-01", "lower"), ("T-01", "upper"))
    assert [one.links for one in back.memos if one.author == "kedua"] == [("first-002",)]


def test_ids_that_are_taken_are_not_given_twice(odd: Path) -> None:
    export()
    path = odd / "codings/first/T-01.yaml"
    path.write_text(
        "source: T-01\ncoder: first\ncodings: [{id: E1, code: old, turn: 5, quote: juga}]\n", "utf-8"
    )
    said = qda("import", "out.qdpx", "--study", "study")
    assert "Changed to fit: `E1` is the id of something else here: that coding came in without it" in said
    assert [one for one in check_study(read_study(odd)) if one.rule == "duplicate-id"] == []


# What is in the file


def selections(root: Element) -> Iterator[Element]:
    return (one for one in root.iter() if one.tag.endswith("PlainTextSelection"))


def test_a_selection_is_of_one_coder_and_has_all_codes_that_they_gave_it(odd: Path) -> None:
    root = parse(export())
    users = {one.get("guid"): one.get("name") for one in root.iter() if one.tag.endswith("}User")}
    runs = []
    for one in selections(root):
        codings = [part for part in one if part.tag.endswith("}Coding")]
        assert {part.get("creatingUser") for part in codings} == {one.get("creatingUser")}
        runs.append(
            (one.get("startPosition"), one.get("endPosition"), users[one.get("creatingUser")], len(codings))
        )
    assert len({one[:3] for one in runs}) == len(runs)
    same = [one for one in runs if sum(one[:2] == other[:2] for other in runs) > 1]
    assert [one[2:] for one in same] == [("first", 3), ("kedua", 1)]


def test_texts_have_no_mark_and_line_ends_of_one_character_and_hold_the_words(odd: Path) -> None:
    data = export()
    study = read_study(odd)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = {name: archive.read(name) for name in archive.namelist() if name.startswith("sources/")}
    assert len(texts) == 3
    assert not any(one.startswith(b"\xef\xbb\xbf") or b"\r" in one or b"\a" in one for one in texts.values())
    root = parse(data)
    words = set()
    for source in (one for one in root.iter() if one.tag.endswith("}TextSource")):
        text = texts[source.get("plainTextPath", "").replace("internal://", "sources/")].decode()
        words |= {
            text[int(one.get("startPosition", "")) : int(one.get("endPosition", ""))]
            for one in selections(source)
        }
    one_turn = [one for one in passages_of(study) if one.anchor.span and len(one.anchor.span.turns) == 1]
    quotes = {one.source.quote(one.anchor.span).replace("\r", "\n") for one in one_turn if one.anchor.span}
    assert quotes <= words
    assert "مَرْحَبًا  \nSuami: Saya juga.\nA: satu" in words


def test_informants_are_cases_with_their_attributes_and_sources(odd: Path) -> None:
    project = read_project("out", export())
    by_name = {one.name: one for one in project.cases}
    assert by_name["A"].attributes == {"type": "weaver", "age": "41", "besar usaha": "kecil"}
    assert (by_name["A"].keys["type"], by_name["B"].attributes) == ("owner", {})
    assert len(by_name["A"].texts) == 2
    assert len(by_name["B"].texts) == 1
    (alone,) = read_project("out", export("out.qdpx", "--source", "T-01")).cases
    assert (by_name["A"].keys["distinct_from"], alone.keys.get("distinct_from")) == ("B", None)
    root = parse(export())
    told = {
        one.get("name"): "".join(one.itertext()).strip()
        for one in root.iter()
        if one.tag.endswith("}Variable")
    }
    assert told["type"] == "owner: Pemilik\nhead: Kepala"
    assert set(told) == {"type", "group", "age", "besar usaha", "method", "date"}


def test_codes_that_only_gather_others_are_not_codable_but_if_used(odd: Path) -> None:
    codable = {
        one.get("name"): one.get("isCodable") for one in parse(export("out.qdpx", "--coder", "first", "--source", "G-01")).iter()
        if one.tag.endswith("}Code")
    }  # fmt: skip
    assert codable['Atas <&> "x"'] == "false"
    assert codable["مُرَمَّز"] == "true"
    assert {one.get("isCodable") for one in parse(export()).iter() if one.tag.endswith("}Code")} == {"true"}


def test_the_same_study_makes_the_same_file_and_another_study_other_guids(odd: Path) -> None:
    first = export()
    assert export("again.qdpx") == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
    settings = odd / "qda.yaml"
    settings.write_text(settings.read_text("utf-8").replace("Uji", "Lain"), "utf-8")
    guids = [set(re.findall(r'guid="([^"]+)"', parse_text(one))) for one in (first, export())]
    assert guids[0]
    assert guids[0].isdisjoint(guids[1])


def parse_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("project.qde").decode()


def test_guids_are_given_once_and_all_references_lead_to_one(odd: Path) -> None:
    twice = "source: O-01\ncoder: first\ncodings:\n" + 2 * "  - {code: upper, turn: 3, quote: Tutup.}\n"
    write_study(odd, {"codings/first/O-01.yaml": twice})
    said = parse_text(export())
    assert said.count("<Coding ") == 14
    guids = re.findall(r' guid="([^"]+)"', said)
    assert len(guids) == len(set(guids))
    assert {*re.findall(r'(?:targetGUID|creatingUser)="([^"]+)"', said)} <= {*guids}


def test_a_study_of_nothing_but_a_codebook_is_a_project_too(odd: Path) -> None:
    for path in (*odd.glob("data/*/*"), *odd.glob("codings/*/*"), *odd.glob("memos/*")):
        path.unlink()
    data = export()
    validate(data)
    assert [one.tag.rpartition("}")[2] for one in parse(data)] == ["CodeBook"]


# What other programs leave of it


def test_without_our_marks_a_source_is_still_itself(odd: Path) -> None:
    """Another program keeps texts, codings and descriptions, and writes its own XML."""
    data = export("out.qdpx", "--source", "G-01")
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile("out.qdpx", "w") as other:
        for name in archive.namelist():
            content = archive.read(name)
            other.writestr(name, re.sub(rb"<\?qda-turns.*\?>", b"", content))
    _, back = come_back(odd, "codebook.yaml")
    (source,) = back.sources
    assert (source.id, source.method, source.interviewer) == ("G-01", "fgd", ("R",))
    assert [one.text for one in source.turns] == ["Siapa?", "Saya. Kami berdua bekerja.", "Ya."]


@pytest.mark.parametrize("id_", ["../../x", "a/b", "", "a b", "x" * 300 + "/"])
def test_an_id_that_could_be_a_path_is_no_id(odd: Path, id_: str) -> None:
    data = export("out.qdpx", "--source", "G-01")
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile("out.qdpx", "w") as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name).replace(b"id: G-01\n", f"id: {id_}\n".encode()))
    project = read_project("out", Path("out.qdpx").read_bytes())
    assert [one.keys.get("id") for one in project.texts] == [None]


def test_what_is_no_project_is_said() -> None:
    with pytest.raises(Unreadable):
        read_project("x", b"PK")


@pytest.mark.parametrize(
    ("was", "is_", "said"),
    [
        ("method: fgd", "method: telephone", "there is no folder for the method `telephone`"),
        ("interviewer: R", "provenance: hearsay", "provenance"),
        ("interviewer: R", "date: someday", "is not a date"),
        ("informants: A, B", "informants: A, A", "unknown-speaker"),
    ],
)
def test_keys_that_somebody_spoiled_are_told_and_nothing_comes_in(
    odd: Path, was: str, is_: str, said: str
) -> None:
    data = export("out.qdpx", "--source", "G-01")
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile("out.qdpx", "w") as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name).replace(was.encode(), is_.encode()))
    fresh = write_study(odd.parent / "fresh", {"qda.yaml": SETTINGS, "codebook.yaml": BARE})
    before = sorted(fresh.rglob("*"))
    result = CliRunner().invoke(app, ["import", "out.qdpx", "--study", "fresh"])
    assert (result.exit_code, sorted(fresh.rglob("*"))) == (2, before), result.output
    assert said in result.stderr


def test_of_who_did_not_agree_nothing_is_in_the_file(odd: Path) -> None:
    write_study(odd, {"consent.yaml": "A: {quote: yes, archive: no}\nB: {archive: yes}\n"})
    data = export()
    validate(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = "".join(archive.read(name).decode() for name in archive.namelist())
    project = read_project("out", data)
    assert ([one.name for one in project.texts], project.cases, len(project.segments)) == (["O-01"], (), 3)
    assert [one.title for one in project.notes] == ["دو"]
    assert not [
        word for word in ("T-01", "G-01", "Suami", "Kami berdua", "weaver", "E1", "first") if word in whole
    ]
