"""What displays are called and how they are made, in English and Indonesian."""

from __future__ import annotations

Words = dict[str, str]

TITLES: dict[str, Words] = {
    "conceptually-clustered": {"en": "Conceptually clustered matrix", "id": "Matriks klaster konseptual"},
    "role-ordered": {"en": "Role-ordered matrix", "id": "Matriks urut peran"},
}
LINES: dict[str, Words] = {
    "conceptually-clustered": {
        "en": "types of informants by aspects, aspects together by dimension",
        "id": "jenis informan menurut aspek; aspek dikelompokkan menurut dimensi",
    },
    "role-ordered": {
        "en": "types of informants by distance to the programme, by aspects",
        "id": "jenis informan menurut jarak ke program, menurut aspek",
    },
}
RULES: dict[str, Words] = {
    "conceptually-clustered": {
        "en": "A segment stands in the row of its speaker's type, in the column of the aspect of its code.",
        "id": "Segmen masuk ke baris jenis penuturnya dan ke kolom aspek yang menaungi kodenya.",
    },
    "role-ordered": {
        "en": "Types stand in the order of their distance to the programme (`order` in qda.yaml), the nearest"
        " first; a segment stands in the column of the aspect above its code.",
        "id": "Jenis informan berurut menurut jaraknya ke program (`order` dalam qda.yaml), yang terdekat"
        " lebih dulu; segmen masuk ke kolom aspek yang menaungi kodenya.",
    },
}
CELL_RULE: Words = {
    "en": "A cell counts distinct informants, then distinct segments (informants/segments): + supporting,"
    " − limiting, ± both, o neutral; ≤ where some are not identified. – is silence (there are transcripts);"
    " n/a is no transcript.",
    "id": "Sel menghitung informan yang berbeda, lalu segmen yang berbeda (informan/segmen): + mendukung,"
    " − membatasi, ± keduanya, o netral; ≤ bila ada yang tidak teridentifikasi. – berarti hening (ada"
    " transkrip); n/a berarti tidak ada transkrip.",
}
PHRASES: dict[str, Words] = {
    "totals": {
        "en": "Shown: {informants} informants, {segments} segments.",
        "id": "Ditampilkan: {informants} informan, {segments} segmen.",
    },
    "type_unknown": {"en": "type not known", "id": "jenis tidak diketahui"},
    "unidentified": {
        "en": "{n} of the informants are not identified and may be the same person as another: the number of"
        " informants is an upper bound.",
        "id": "{n} informan tidak teridentifikasi dan mungkin orang yang sama dengan yang lain: jumlah"
        " informan adalah batas atas.",
    },
    "unspoken": {
        "en": "Not shown: {n} segments of notes and documents, in which nobody speaks.",
        "id": "Tidak ditampilkan: {n} segmen catatan dan dokumen, tempat tidak ada penutur.",
    },
    "inferred": {
        "en": "{n} of the segments are read in by the analyst (strength: inferred).",
        "id": "{n} segmen merupakan tafsiran peneliti (strength: inferred).",
    },
    "uncoded": {
        "en": "Not coded yet, so that silence there says nothing: {names}.",
        "id": "Belum dikode, sehingga hening di sana tidak berarti apa-apa: {names}.",
    },
    "suggestions": {
        "en": "No person has coded yet: these are the machine's suggestions.",
        "id": "Belum ada orang yang mengode: ini saran mesin.",
    },
}


def say(phrase: str, language: str, **values: object) -> str:
    """A phrase in a language (English where there is none), filled in."""
    words = PHRASES[phrase]
    return words.get(language, words["en"]).format(**values)


def pick(words: Words, language: str) -> str:
    """The words in a language; English where there are none."""
    return words.get(language, words["en"])
