"""What may be a name is proposed with its kind, its number and where it stands."""

from __future__ import annotations

from pathlib import Path

from empowerment_qda.files.read import read_study
from empowerment_qda.privacy.names_told import tell_names
from empowerment_qda.privacy.proposals import Proposal, propose_names
from empowerment_qda.privacy.pseudonyms import Pseudonyms
from kit import OWNER, SMALL, write_study

SAID = (
    "Kata Bu Sari Dewi, telepon 0812-3456-7890 atau sari@mail.id. NIK 1271234567890123, motor BK 1234 XY. Dia tinggal di Medan "
    "Johor, Jalan Mawar 12, RT 05 RW 03. Kami pergi bersama Tigor Siregar, hari Senin. Pak Lurah dan Pak Haji Ahmad datang. "
    "Usaha kami usaha kecil, kata Ibu Sarinya. Usaha Kecil maju."
)  # fmt: skip


def proposals(tmp_path: Path, said: str, key: dict[str, str] | None = None) -> list[Proposal]:
    text = OWNER.replace("Yes, I joined their classes. But it was only once, last year.", said)
    root = write_study(tmp_path, {**SMALL, "data/interviews/O-01.yaml": text})
    return propose_names(read_study(root), Pseudonyms(key or {}))


def test_each_kind_is_proposed_and_nothing_else(tmp_path: Path) -> None:
    made = proposals(tmp_path, SAID)
    assert [(one.kind, one.name) for one in made] == [
        ("identity number", "1271234567890123"),
        ("e-mail", "sari@mail.id"),
        ("telephone", "0812-3456-7890"),
        ("number plate", "BK 1234 XY"),
        ("person", "Ahmad"),
        ("person", "Sari"),
        ("person", "Sari Dewi"),
        ("place", "Mawar"),
        ("place", "Medan Johor"),
        ("capitalised word", "Tigor Siregar"),
    ]
    assert {one.where for one in made} == {("O-01#2",)}


def test_how_often_and_where_and_what_is_rare(tmp_path: Path) -> None:
    made = proposals(
        tmp_path,
        "Then Tigor came. So Tigor and Bu Rina, and Umkm, Umkm, Umkm, Umkm, Umkm, Umkm. We saw Bu Rina.",
    )
    assert [(one.name, one.number) for one in made] == [("Rina", 2), ("Tigor", 2)]


def test_what_the_key_has_is_not_proposed(tmp_path: Path) -> None:
    key = {"Sari": "Person-1", "Sari Dewi": "Person-1", "Tigor": "Tono"}
    made = {one.name for one in proposals(tmp_path, SAID + " Kami lihat Tono.", key)}
    assert made >= {"Ahmad", "Medan Johor"}
    assert not made & {"Sari", "Sari Dewi", "Tigor", "Siregar", "Tono"}


def test_speakers_by_name_are_proposed(tmp_path: Path) -> None:
    text = OWNER.replace("informant: {id: O, type: owner}", "bystanders: Bu Rina").replace(
        "speaker: O", "speaker: Bu Rina"
    )
    root = write_study(tmp_path, {**SMALL, "data/interviews/O-01.yaml": text})
    assert "Rina" in {one.name for one in propose_names(read_study(root), Pseudonyms({}))}


def test_what_to_look_at_before(tmp_path: Path) -> None:
    said = "Indah came. And INDAH saw Indah, very indah. Wati and Xyzzy. Xyzzy went; she saw Ani."
    text = OWNER.replace("Yes, I joined their classes. But it was only once, last year.", said)
    root = write_study(tmp_path, {**SMALL, "data/interviews/O-01.yaml": text})
    told = list(tell_names(read_study(root), Pseudonyms({"Indah": "Ani", "Xyzzy": "Ani"})))
    assert told == [
        "`Indah` may be an ordinary word too: 1 of 2 begin a sentence (O-01#2). Look at them.",
        "`Indah` stands in another case (INDAH 1, indah 1) and is left there; add that writing to the key where it is the name.",
        "The pseudonym `Ani` stands in the study already (1): from an earlier run, or as somebody's name.",
    ]
