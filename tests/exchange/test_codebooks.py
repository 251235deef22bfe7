"""Codebooks of other programs, read: codes, what stands above them, and what they mean."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.codebooks import read_codebook
from empowerment_qda.exchange.project import (
    BroughtCode,
    Project,
    add_codes,
    full_label,
    make_code_id,
    name_codes,
    split_path,
)
from empowerment_qda.model.base import Id
from exchange_kit import docx, guid, paragraph, table, xlsx

SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples"


def paths(project: Project) -> dict[str, str]:
    """The definition of each code by its path."""
    by_key = {one.key: one for one in project.codes}
    return {" > ".join(full_label(one, by_key)): one.definition for one in project.codes}


def qdc(codes: str, sets: str = "", space: str = "urn:QDA-XML:codebook:1.0") -> bytes:
    """A codebook of REFI-QDA."""
    return f'<?xml version="1.0"?><CodeBook xmlns="{space}"><Codes>{codes}</Codes>{sets}</CodeBook>'.encode()


NESTED = {"Access": "", "Access > Hours": "when it is open", "Access > Cost, or time": ""}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b'code,definition,parent\nAccess,,\nHours,when it is open,Access\n"Cost, or time",,Access\n'),
        ("a.csv", b'Kode;Definisi;Induk\r\n"Cost, or time";;Access\r\nHours;when it is open;Access\r\n'),
        ("a.csv", b'path,memo\nAccess > Hours,when it is open\n"Access > Cost, or time",\n'),
        ("a.csv", b'Code,Memo\nAccess\\Hours,when it is open\n"Access\\Cost, or time",\n'),
        ("a.csv", b'level,code,description\n1,Access,\n2,Hours,when it is open\n2,"Cost, or time",\n'),
        ("a.csv", b'theme,code,description\nAccess,Hours,when it is open\nAccess,"Cost, or time",\n'),
        ("a.csv", b'Tema,Subtema,Definisi\nAccess,Hours,when it is open\nAccess,"Cost, or time",\n'),
        ("a.xlsx", xlsx([["Category", "Code", "Definition"], ["Access", "Hours", "when it is open"], ["Access", "Cost, or time", ""]])),
        ("a.md", b"# My book\n\n## Access\n\n- Hours: when it is open\n- Cost, or time\n"),
        ("a.md", b"- Access\n  - **Hours** \xe2\x80\x94 when it\n    is open\n  - Cost, or time\n"),
        ("a.md", b"1. Access\n   1. Hours: when it is open\n   2. `Cost, or time`\n"),
        ("a.docx", docx(paragraph("The book"), table(["x", "y"], ["1", "2"]),
                        table(["Theme", "Code", "Description"], ["Access", "Hours", "when it is open"], ["Access", "Cost, or time", ""]))),
        ("a.qdc", qdc(f'<Code guid="{guid(1)}" name="Access" isCodable="false"><Code guid="{guid(2)}" name="Hours" isCodable="true">'
                      f'<Description>when it is open</Description></Code><Code guid="{guid(3)}" name="Cost, or time" isCodable="true"/></Code>')),
        ("a.qdc", qdc(f'<Code guid="{guid(1)}" name="Access"><Code guid="{guid(2)}" name="Hours"><Description>when it is open'
                      f'</Description></Code><Code guid="{guid(3)}" name="Cost, or time"/></Code>', "<Sets/>", "urn:QDA-XML:codebook:0:4")),
    ],
)  # fmt: skip
def test_every_form_gives_the_same_codes(name: str, data: bytes) -> None:
    found = paths(read_codebook(name, data))
    assert found == {key: NESTED[key] for key in found}
    assert set(found) == set(NESTED)


def test_a_code_in_two_groups_is_kept_once_and_told() -> None:
    found = read_codebook("a.csv", b"group,code,definition\nGood,Joy,glad\nBad,Rage,\nStrong,Joy,glad\n")
    assert list(paths(found)) == ["Good", "Good > Joy", "Bad", "Bad > Rage"]
    assert found.changes == ("`Joy` is in 1 more group (`Strong`); it is kept once, in `Good`",)
    sets = "".join(
        f'<Set guid="{guid(8)}" name="{name}"><MemberCode {way}="{{{guid(1)}}}"/></Set>'
        for name, way in (("Good", "guid"), ("Strong", "targetGUID"))
    )
    found = read_codebook("a.qdc", qdc(f'<Code guid="{guid(1)}" name="Joy"/>', f"<Sets>{sets}</Sets>"))
    assert [(one.label, one.more["memo"]) for one in found.codes] == [("Joy", "Groups: Good, Strong")]
    assert "`Joy` is in 2 groups (`Good`, `Strong`); it is kept once" in found.changes


def test_names_that_begin_with_that_of_another_code_stand_below_it() -> None:
    found = read_codebook("a.csv", b"tag,description\nBarriers.Cost,\nBarriers,\nCoke::diet,\nvs. all,\n")
    assert list(paths(found)) == ["Barriers > Barriers.Cost", "Barriers", "Coke::diet", "vs. all"]


def test_the_one_heading_above_all_is_the_title_of_a_list() -> None:
    found = read_codebook("a.md", b"# My book\n\n```\n- no: code\n```\n- Access\n")
    assert (found.name, list(paths(found))) == ("My book", ["Access"])
    found = read_codebook("a.md", b"# Access\n- Hours\n# Mood\n- Joy\n")
    assert (found.name, list(paths(found))) == ("a", ["Access", "Access > Hours", "Mood", "Mood > Joy"])


def test_more_columns_of_a_code_come_in() -> None:
    data = b"code,definition,when to use,exclusion criteria,contoh\nA,b,c,d,e\n"
    (only,) = read_codebook("a.csv", data).codes
    assert only.more == {"use_when": "c", "not_when": "d", "example": "e"}


def test_colours_come_in_where_they_are_of_the_form_that_a_codebook_has() -> None:
    codes = f"""<Code guid="{guid(1)}" name="A" color="#1f77b4"/><Code guid="{guid(2)}" name="B" color="red"/>
        <Code guid="{guid(3)}" name="C" color=""/>"""
    for found in (
        read_codebook("a.qdc", qdc(codes)),
        read_codebook("a.csv", b"code,colour\nA,#1f77b4\nB,red\nC,\n"),
    ):
        assert [one.more.get("color", "") for one in found.codes] == ["#1f77b4", "", ""]
        assert found.changes == ("1 colour is not written as `#1F77B4` and not taken over",)
        tree = add_codes([], found.codes, name_codes(found.codes), [one.key for one in found.codes])
        assert [one.get("color") for one in tree] == ["#1f77b4", None, None]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"x,y\n1,2\n", "has no column for the codes, in `x`, `y`"),
        ("a.csv", b"code,parent\nA,B\nB,A\n", "in a circle"),
        ("a.csv", b"path\n" + b" > ".join(b"%d" % one for one in range(30)), "more than 20 deep"),
        ("a.md", b"words\n", "holds no codes"),
        ("a.docx", docx(paragraph("words")), "holds no table of codes"),
        ("a.docx", docx(table(["x", "y"], ["1", "2"])), "has a table that has no column for the codes"),
        ("a.qdc", qdc("<Code/>").replace(b"CodeBook", b"Book"), "is no codebook of REFI-QDA"),
        ("a.qdc", qdc(""), "holds no codes"),
        ("a.qdc", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "defines entities"),
        ("a.qdc", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"), "defines entities"),
        ("a.qdc", b"<a", "XML that cannot be read"),
        ("a.qdc", qdc("<Code name='a'>" * 100 + "</Code>" * 100), "more than 20 deep"),
        ("a.qdc", b"<a>" * 4_000_001, "more than 4,000,000 tags"),
        ("a.pdf", b"", "of no kind that can hold a codebook"),
    ],
)  # fmt: skip
def test_what_holds_no_codes_says_why(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(said)):
        read_codebook(name, data)


def test_deep_xml_that_is_no_codebook_is_told() -> None:
    with pytest.raises(Unreadable):
        read_codebook("a.qdc", b"<a>" * 200_000 + b"</a>" * 200_000)


LABELS = st.text(st.characters(codec="utf-8"), max_size=200)


@given(st.lists(LABELS, max_size=20))
def test_labels_of_any_script_give_ids_that_are_ids_and_differ(labels: list[str]) -> None:
    codes = [BroughtCode(str(number), label, str(number - 1)) for number, label in enumerate(labels)]
    ids = name_codes(codes, {"code", "a"})
    assert len({*ids.values(), "code", "a"}) == len(labels) + 2
    for one in ids.values():
        TypeAdapter(Id).validate_python(one)


@pytest.mark.parametrize(
    ("label", "made"),
    [
        ("Don't use", "dont-use"),
        ("“rushed”", "rushed"),
        ("Éducation", "education"),
        ("Пожарный", "пожарный"),
        ("教育", "教育"),
        ("हिन्दी", "हनद"),
        ("A.B vs. all", "a.b-vs-all"),
        ("!", "code"),
        ("a" * 200, "a" * 60),
    ],
)
def test_an_id_is_made_of_what_the_label_has(label: str, made: str) -> None:
    assert make_code_id(label) == made


def test_codes_come_in_below_those_of_a_book() -> None:
    tree: list[dict[str, Any]] = [{"id": "a", "codes": [{"id": "b"}]}, {"id": "c"}]
    codes = [
        BroughtCode("1", "B"),
        BroughtCode("2", "D", "1"),
        BroughtCode("3", "E", "2", "e"),
        BroughtCode("4", "F"),
    ]
    made = add_codes(tree, codes, {"1": "b", "2": "d", "3": "e", "4": "f"}, ["2", "3", "4"])
    below = {"id": "d", "label": "D", "codes": [{"id": "e", "label": "E", "definition": "e"}]}
    assert made == [
        {"id": "a", "codes": [{"id": "b", "codes": [below]}]},
        {"id": "c"},
        {"id": "f", "label": "F"},
    ]


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("A > B", ("A", "B")),
        (r"Nodes\\A\B", ("A", "B")),
        ("A::B", ("A", "B")),
        ("PDP/ICE, v. 2", ("PDP/ICE, v. 2",)),
        ("Codes", ("Codes",)),
    ],
)
def test_a_path_is_parted_where_programs_part_it(path: str, parts: tuple[str, ...]) -> None:
    assert split_path(path) == parts


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="real files lie beside a checkout")
@pytest.mark.parametrize(
    ("name", "codes", "nested", "told"),
    [
        ("refi/atlasti-9.qdc", 5, 2, ["written by ATLAS.ti Win 9.0.19", "groups of codes stand in the `memo` of their 3 codes",
                                      "`code1.1` is in 2 groups (`codeGroup1::codeGroup1.2`, `codeGroup1::codeGroup1.1`); it is kept once"]),
        ("refi/qualcoder-c320464.qdc", 4, 2, ["written by QualCoder"]),
        ("refi/taguette-1.5.2.qdc", 5, 1, ["written by Taguette 1.5.2"]),
        ("refi/taguette-1.5.2.csv", 5, 1, ["columns that are not taken: `number of highlights`, `number of documents`"]),
        ("pdpilot/extracted/code_system.csv", 91, 82, ["columns that are not taken: `frequency`"]),
    ],
)  # fmt: skip
def test_real_codebooks_read_with_the_stated_losses_only(
    name: str, codes: int, nested: int, told: list[str]
) -> None:
    found = read_codebook(name, (SAMPLES / name).read_bytes())
    assert (len(found.codes), sum(one.parent is not None for one in found.codes)) == (codes, nested)
    assert list(found.changes) == told
