"""What stands on and beside displays, in English and Indonesian."""

from __future__ import annotations

from empowerment_qda.words import Words, pick

PHRASES: dict[str, Words] = {
    "totals": {
        "en": "Informants shown: {informants}; segments: {segments}.",
        "id": "Informan yang ditampilkan: {informants}; segmen: {segments}.",
    },
    "many_rows": {
        "en": "{n} rows are more than one look can hold (about 15): read it block by block.",
        "id": "{n} baris melebihi yang dapat dilihat sekaligus (sekitar 15): bacalah per blok.",
    },
    "many_columns": {
        "en": "{n} columns are more than one look can hold (about 15): where people read, it stands in"
        " parts.",
        "id": "{n} kolom melebihi yang dapat dilihat sekaligus (sekitar 15): untuk pembaca, disajikan per"
        " bagian.",
    },
    "turned": {
        "en": "It is turned here: rows stand at the head, columns at the side.",
        "id": "Di sini diputar: baris ada di atas, kolom di samping.",
    },
    "link": {"en": "code", "id": "kode"},
    "with": {"en": "with", "id": "dengan"},
    "turns": {"en": "informants/turns", "id": "informan/giliran"},
    "overlapping": {"en": "of them overlapping", "id": "yang tumpang tindih"},
    "passages": {"en": "passages", "id": "kutipan"},
    "quotations": {"en": "The passages behind the cells", "id": "Kutipan di balik sel"},
    "code": {"en": "code", "id": "kode"},
    "quotation": {"en": "quotation", "id": "kutipan"},
    "type_unknown": {"en": "type not known", "id": "jenis tidak diketahui"},
    "group_unknown": {"en": "group not known", "id": "kelompok tidak diketahui"},
    "value_unknown": {"en": "not known", "id": "tidak diketahui"},
    "undated": {"en": "undated", "id": "tanpa tanggal"},
    "informants": {"en": "Informants", "id": "Informan"},
    "records": {"en": "Notes and documents", "id": "Catatan dan dokumen"},
    "group": {"en": "group", "id": "kelompok"},
    "method": {"en": "method", "id": "teknik"},
    "supports": {"en": "supports", "id": "mendukung"},
    "limits": {"en": "limits", "id": "membatasi"},
    "neutral": {"en": "neutral", "id": "netral"},
    "present": {"en": "present", "id": "ada"},
    "partial": {"en": "partial", "id": "sebagian"},
    "nobody": {"en": "(nobody heard)", "id": "(belum ada yang didengar)"},
    "overlap": {"en": "overlapping", "id": "tumpang tindih"},
    "one_case": {
        "en": "There are fewer than two cases: a matrix across cases has nothing to compare.",
        "id": "Kasusnya kurang dari dua: matriks lintas kasus tidak punya pembanding.",
    },
    "unused_codes": {
        "en": "Codes without any passage are left out: {n}.",
        "id": "Kode tanpa kutipan tidak ditampilkan: {n}.",
    },
    "unspoken": {
        "en": "Segments of notes and documents, in which nobody speaks, are not shown: {n}.",
        "id": "Segmen catatan dan dokumen, tempat tidak ada penutur, tidak ditampilkan: {n}.",
    },
    "no_case": {
        "en": "Segments that belong to no case are not shown: {n}.",
        "id": "Segmen yang tidak termasuk kasus mana pun tidak ditampilkan: {n}.",
    },
    "no_event": {
        "en": "Segments that report no dated event are not shown: {n}.",
        "id": "Segmen yang tidak melaporkan peristiwa bertanggal tidak ditampilkan: {n}.",
    },
    "unidentified": {
        "en": "Informants who are not identified and may be the same person as another: {n}. The number of informants is an upper bound.",
        "id": "Informan yang tidak teridentifikasi dan mungkin orang yang sama dengan yang lain: {n}. Jumlah informan adalah batas atas.",
    },
    "inferred": {
        "en": "Segments that the analyst reads in (strength: inferred): {n}.",
        "id": "Segmen yang merupakan tafsiran peneliti (strength: inferred): {n}.",
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
    return pick(PHRASES[phrase], language).format(**values)
