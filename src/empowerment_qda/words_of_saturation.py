"""What saturation is called, and why it may not apply, in English and Indonesian."""

from __future__ import annotations

from empowerment_qda.model.saturation import Reading, Stratum
from empowerment_qda.words import Words, pick

STATUSES: dict[str, Words] = {
    "reached": {"en": "reached", "id": "tercapai"},
    "not_reached": {"en": "not reached", "id": "belum tercapai"},
    "not_applicable": {"en": "not applicable", "id": "tidak berlaku"},
}
REASONS: dict[str, Words] = {
    "deductive_only": {
        "en": "No code that grew from the material (origin inductive or in-vivo) is on a coded "
        "interview; with codes "
        "set beforehand, nothing new can appear.",
        "id": "Tidak ada kode yang lahir dari bahan (origin inductive atau in-vivo) pada wawancara yang "
        "dikodekan; "
        "dengan kode yang ditetapkan lebih dulu, tidak ada hal baru yang dapat muncul.",
    },
    "too_few": {
        "en": "Coded interviews: {have}; a base of {base} and a run of {run} need {need}. For so few, "
        "chosen on "
        "purpose, saturation is not the question.",
        "id": "Wawancara berkode: {have}; dasar {base} dan runtun {run} memerlukan {need}. Untuk jumlah "
        "sekecil itu, "
        "yang dipilih dengan sengaja, kejenuhan bukan pertanyaannya.",
    },
    "empty_base": {
        "en": "The first {base} interviews have no code that grew from the material, so that there is no "
        "base.",
        "id": "Pada {base} wawancara pertama tidak ada kode yang lahir dari bahan, sehingga tidak ada dasar.",
    },
}
ALL: Words = {"en": "all interviews", "id": "semua wawancara"}
EXCERPTS: Words = {
    "en": "These are excerpts restated by somebody else: saturation and the share of text that is coded say nothing of "
    "the fieldwork.",
    "id": "Semua ini petikan yang diparafrasakan oleh orang lain: kejenuhan dan persentase teks yang dikode tidak "
    "mengatakan apa pun tentang kerja lapangannya.",
}
"""What must be known where only the excerpts of a report are at hand: their choice was its authors'."""
NOTES: tuple[Words, ...] = (
    {
        "en": "Code saturation after Guest, Namey & Chen (2020): new codes in a run over the codes of "
        "the base. `6+2` "
        "is saturation at the sixth interview, seen after two more.",
        "id": "Kejenuhan kode menurut Guest, Namey & Chen (2020): kode baru dalam satu runtun dibagi "
        "kode pada dasar. "
        "`6+2` berarti jenuh pada wawancara keenam, terlihat setelah dua wawancara lagi.",
    },
    {
        "en": "It says nothing of meaning saturation, which takes more interviews (Hennink, Kaiser & "
        "Marconi 2017).",
        "id": "Ini bukan kejenuhan makna, yang memerlukan lebih banyak wawancara (Hennink, Kaiser & "
        "Marconi 2017).",
    },
    {
        "en": "The order of interviews matters: see the range over shuffled orders.",
        "id": "Urutan wawancara berpengaruh: lihat rentang dari urutan yang diacak.",
    },
)


def say_reading(reading: Reading, interviews: int, language: str) -> str:
    """Such as `6+2`; or that it was not reached, or why the rule does not apply to so many interviews."""
    if reading.at:
        return reading.label
    status = pick(STATUSES[reading.status], language)
    if reading.reason is None:
        return status
    base, run = reading.rule.base, reading.rule.run
    said = pick(REASONS[reading.reason], language)
    return f"{status}: {said.format(have=interviews, base=base, run=run, need=base + run)}"


def say_stratum(stratum: Stratum, language: str) -> str:
    """The name of a stratum; all interviews where it is no group or type."""
    return stratum.name or pick(ALL, language)


def say_notes(language: str, restated: bool = False) -> list[str]:
    """What a reader must know to read the numbers; more where all interviews are `restated`."""
    return [pick(note, language) for note in (*NOTES, *[EXCERPTS] * restated)]
