"""What each display is called, what it shows, and by which rule, in English and Indonesian."""

from __future__ import annotations

from empowerment_qda.model.display import Form
from empowerment_qda.words import Words

TITLES: dict[str, Words] = {
    "partially-ordered": {"en": "Partially ordered matrix", "id": "Matriks tertata sebagian"},
    "checklist": {"en": "Checklist matrix", "id": "Matriks daftar periksa"},
    "conceptually-clustered": {
        "en": "Conceptually clustered matrix",
        "id": "Matriks klaster konseptual",
    },
    "role-ordered": {"en": "Role-ordered matrix", "id": "Matriks urut peran"},
    "content-analytic": {"en": "Content-analytic summary", "id": "Ringkasan analisis isi"},
    "time-ordered": {"en": "Time-ordered matrix", "id": "Matriks urut waktu"},
    "event-listing": {"en": "Event listing", "id": "Daftar peristiwa"},
    "effects": {"en": "Effects matrix", "id": "Matriks pengaruh"},
    "case-ordered": {
        "en": "Case-ordered descriptive meta-matrix",
        "id": "Meta-matriks deskriptif urut kasus",
    },
    "stacked": {"en": "Stacked meta-matrix", "id": "Meta-matriks bertumpuk"},
    "code-by-attribute": {"en": "Codes by attributes", "id": "Kode menurut atribut"},
    "contrast": {"en": "Contrast table", "id": "Tabel kontras"},
    "co-occurrence": {"en": "Co-occurrence of codes", "id": "Kemunculan bersama kode"},
}
FORMS: dict[str, Form] = {"co-occurrence": "network", "event-listing": "timeline", "effects": "directions"}
"""How a display is best looked at, where that is not as a matrix."""
LINES: dict[str, Words] = {
    "partially-ordered": {
        "en": "types of informants, notes and documents by dimensions: a first look at everything",
        "id": "jenis informan, catatan, dan dokumen menurut dimensi: pandangan pertama atas semuanya",
    },
    "checklist": {
        "en": "codes by types of informants: said, only read in, or not said",
        "id": "kode menurut jenis informan: dikatakan, hanya ditafsirkan, atau tidak dikatakan",
    },
    "conceptually-clustered": {
        "en": "types of informants by aspects, aspects together by dimension",
        "id": "jenis informan menurut aspek; aspek dikelompokkan menurut dimensi",
    },
    "role-ordered": {
        "en": "types of informants by their distance to the programme, by aspects",
        "id": "jenis informan menurut jaraknya ke program, menurut aspek",
    },
    "content-analytic": {"en": "every source by every code", "id": "setiap sumber menurut setiap kode"},
    "time-ordered": {
        "en": "dates by dimensions: when it happened, else when it was said or written",
        "id": "tanggal menurut dimensi: kapan terjadi, atau bila tidak diketahui kapan dikatakan atau"
        " ditulis",
    },
    "event-listing": {
        "en": "dated events in their order, by who tells of them",
        "id": "peristiwa bertanggal menurut urutannya, menurut siapa yang menceritakan",
    },
    "effects": {
        "en": "aspects by what supports and what limits them, group by group",
        "id": "aspek menurut yang mendukung dan yang membatasi, per kelompok",
    },
    "case-ordered": {
        "en": "cases from most supporting to most limiting, by aspects",
        "id": "kasus dari yang paling mendukung sampai yang paling membatasi, menurut aspek",
    },
    "stacked": {
        "en": "cases, stacked by type, by every code",
        "id": "kasus, ditumpuk menurut jenis, menurut setiap kode",
    },
    "code-by-attribute": {
        "en": "codes by group, method and attributes of informants",
        "id": "kode menurut kelompok, teknik, dan atribut informan",
    },
    "contrast": {
        "en": "aspects on which groups disagree first, by groups",
        "id": "aspek menurut kelompok, yang berbeda pandangan lebih dulu",
    },
    "co-occurrence": {
        "en": "which codes stand together: a network, not of causes",
        "id": "kode yang muncul bersama: jaringan, bukan sebab-akibat",
    },
}
RULES: dict[str, Words] = {
    "partially-ordered": {
        "en": "A segment stands in the row of its speaker's type, or of its method where nobody speaks, in"
        " the column of its dimension.",
        "id": "Segmen masuk ke baris jenis penuturnya, atau tekniknya bila tidak ada penutur, dan ke kolom"
        " dimensinya.",
    },
    "checklist": {
        "en": "'present': at least one direct passage has the code; 'partial': the analyst only reads it in;"
        " not said is not absent, which only a person can judge.",
        "id": "'ada': sedikitnya satu kutipan langsung berkode itu; 'sebagian': hanya tafsiran peneliti;"
        " tidak dikatakan belum berarti tidak ada, dan itu hanya dapat dinilai orang.",
    },
    "conceptually-clustered": {
        "en": "A segment stands in the row of its speaker's type, in the column of the aspect of its code.",
        "id": "Segmen masuk ke baris jenis penuturnya dan ke kolom aspek yang menaungi kodenya.",
    },
    "role-ordered": {
        "en": "Types stand in the order of their distance to the programme (`order` in qda.yaml), the"
        " nearest first; a segment stands in the column of the aspect of its code.",
        "id": "Jenis informan berurut menurut jaraknya ke program (`order` dalam qda.yaml), yang terdekat"
        " lebih dulu; segmen masuk ke kolom aspek yang menaungi kodenya.",
    },
    "content-analytic": {
        "en": "A segment stands in the row of its source, in the column of its code.",
        "id": "Segmen masuk ke baris sumbernya dan ke kolom kodenya.",
    },
    "time-ordered": {
        "en": "A segment stands in the row of the date of the event that it reports (`event_date`), else of"
        " its source's date, in the column of its dimension.",
        "id": "Segmen masuk ke baris tanggal peristiwa yang dilaporkannya (`event_date`), atau tanggal"
        " sumbernya, dan ke kolom dimensinya.",
    },
    "event-listing": {
        "en": "An event is a segment with an `event_date`, or one of a dated note or document; it stands in"
        " the column of the type that tells of it, or of its method where nobody speaks.",
        "id": "Peristiwa adalah segmen dengan `event_date`, atau segmen catatan atau dokumen bertanggal; ia"
        " masuk ke kolom jenis informan yang menceritakannya, atau tekniknya bila tidak ada penutur.",
    },
    "effects": {
        "en": "A segment stands in the row of the aspect of its code, in the column of the code's direction"
        " (supports, limits, neutral) under its speaker's group, or under notes and documents.",
        "id": "Segmen masuk ke baris aspek yang menaungi kodenya, dan ke kolom arah kode itu (mendukung,"
        " membatasi, netral) di bawah kelompok penuturnya, atau di bawah catatan dan dokumen.",
    },
    "case-ordered": {
        "en": "Cases stand in the order of supporting less limiting segments, the highest first; a case is a"
        " site where the study has several, else an informant with the notes and documents about them.",
        "id": "Kasus berurut menurut segmen mendukung dikurangi segmen membatasi, yang tertinggi lebih dulu;"
        " kasus adalah lokasi bila studi punya beberapa, atau informan dengan catatan dan dokumen"
        " tentangnya.",
    },
    "stacked": {
        "en": "A segment stands in the row of its case, in the column of its code; a case is a site where"
        " the study has several, else an informant with the notes and documents about them.",
        "id": "Segmen masuk ke baris kasusnya dan ke kolom kodenya; kasus adalah lokasi bila studi punya"
        " beberapa, atau informan dengan catatan dan dokumen tentangnya.",
    },
    "code-by-attribute": {
        "en": "A segment stands in the row of its code, once under each attribute: its speaker's group, its"
        " method, and what the study notes of its speaker. Numbers, never percentages.",
        "id": "Segmen masuk ke baris kodenya, satu kali di bawah tiap atribut: kelompok penuturnya,"
        " tekniknya, dan apa yang dicatat studi tentang penuturnya. Bilangan, bukan persentase.",
    },
    "contrast": {
        "en": "A segment stands in the row of the aspect of its code, in the column of its speaker's group"
        " (type, where there are not two groups). Rows: dissonance (one supports, one limits), partial"
        " agreement (one does both), silence (one says nothing), agreement, no coverage.",
        "id": "Segmen masuk ke baris aspek yang menaungi kodenya dan ke kolom kelompok penuturnya (jenis,"
        " bila tidak ada dua kelompok). Baris: disonansi (satu mendukung, satu membatasi), kesesuaian"
        " sebagian (satu keduanya), hening (satu tidak berkata apa-apa), kesesuaian, tidak tercakup.",
    },
    "co-occurrence": {
        "en": "Two codes are linked for each turn in which both stand; whether their passages overlap there"
        " is told apart. Here segments are turns; on the diagonal stand the turns of one code. Standing"
        " together is not causing.",
        "id": "Dua kode terhubung untuk setiap giliran bicara yang memuat keduanya; tumpang tindih"
        " kutipannya dibedakan. Di sini segmen berarti giliran bicara; pada diagonal ada giliran satu"
        " kode. Muncul bersama bukan sebab-akibat.",
    },
}
CELL_RULE: Words = {
    "en": "A cell counts distinct informants, then distinct segments (informants/segments): + supporting, −"
    " limiting, ± both, o neutral; ≤ where some are not identified. – is silence (there is"
    " talk, but not of this); n/a is no talk at all.",
    "id": "Sel menghitung informan yang berbeda, lalu segmen yang berbeda (informan/segmen): + mendukung, −"
    " membatasi, ± keduanya, o netral; ≤ bila ada yang tidak teridentifikasi. – berarti hening (ada"
    " ucapan, tetapi bukan tentang ini); n/a berarti tidak ada ucapan sama sekali.",
}
