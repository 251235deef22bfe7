"""What verdicts, axes, flags and notes are called, in English and Indonesian."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from empowerment_qda.model.triangulation import FindingTriangulation, Flag

Words = dict[str, str]

VERDICTS: dict[str, Words] = {
    "unsupported": {"en": "unsupported", "id": "tanpa dukungan"},
    "flagged": {"en": "flagged", "id": "perlu perhatian"},
    "indeterminate": {"en": "indeterminate", "id": "belum dapat ditentukan"},
    "contested": {"en": "contested", "id": "dipertentangkan"},
    "not_assessable": {"en": "not assessable", "id": "tidak dapat dinilai"},
    "triangulated": {"en": "triangulated", "id": "tertriangulasi"},
}
AXES: dict[str, Words] = {
    "informant": {"en": "informants", "id": "informan"},
    "type": {"en": "types of informants", "id": "jenis informan"},
    "group": {"en": "groups", "id": "kelompok"},
    "method": {"en": "methods", "id": "teknik"},
}
METHODS: dict[str, Words] = {
    "interview": {"en": "interview", "id": "wawancara"},
    "observation": {"en": "observation", "id": "observasi"},
    "documentation": {"en": "documentation", "id": "dokumentasi"},
    "fgd": {"en": "focus group", "id": "diskusi kelompok terfokus"},
    "questionnaire": {"en": "questionnaire", "id": "kuesioner"},
    "unspecified": {"en": "method not told", "id": "teknik tidak disebut"},
}
STATUSES: dict[str, Words] = {
    "no_evidence": {"en": "no evidence", "id": "tidak ada bukti"},
    "no_informant": {"en": "no informant", "id": "tidak ada informan"},
    "single": {"en": "only one", "id": "hanya satu"},
    "below_min": {"en": "too few", "id": "kurang"},
    "indeterminate": {"en": "cannot be told", "id": "belum jelas"},
    "not_possible": {"en": "not possible in this study", "id": "tidak mungkin dalam studi ini"},
    "met": {"en": "met", "id": "terpenuhi"},
}
ASSESSMENTS: dict[str, Words] = {
    "dissonance": {"en": "dissonance", "id": "disonansi"},
    "partial_agreement": {"en": "partial agreement", "id": "kesesuaian sebagian"},
    "agreement": {"en": "agreement", "id": "kesesuaian"},
    "silence": {"en": "silence", "id": "hening"},
    "no_coverage": {"en": "no coverage", "id": "tidak tercakup"},
}
STANCES: dict[str, Words] = {
    "support": {"en": "supports", "id": "mendukung"},
    "contradict": {"en": "contradicts", "id": "menyangkal"},
    "mixed": {"en": "both", "id": "keduanya"},
    "silent": {"en": "silent", "id": "hening"},
    "no_data": {"en": "no transcript", "id": "tanpa transkrip"},
}
EXTRAS: dict[str, Words] = {
    "time": {"en": "the same informant at another time", "id": "triangulasi waktu (informan yang sama)"},
    "technique_same_source": {
        "en": "another method on the same informant or site",
        "id": "triangulasi teknik pada sumber yang sama",
    },
    "investigator": {"en": "another coder on the same words", "id": "triangulasi peneliti (pengode lain)"},
    "member_check": {"en": "member check", "id": "member check"},
}
REASONS: dict[str, Words] = {
    "ambiguous": {
        "en": "the words stand there more than once",
        "id": "kata-katanya muncul lebih dari sekali",
    },
    "lost": {"en": "the words are not there", "id": "kata-katanya tidak ada"},
    "question": {"en": "words of the interviewer", "id": "kata-kata pewawancara"},
    "bystander": {"en": "words of a bystander", "id": "kata-kata orang lain yang hadir"},
    "stranger": {
        "en": "words of a speaker whom the source does not declare",
        "id": "kata-kata pembicara yang tidak dinyatakan dalam sumber",
    },
    "reconstructed": {
        "en": "reconstructed words, which nobody said",
        "id": "kata-kata rekonstruksi, tidak diucapkan",
    },
    "nobody": {
        "en": "an interview that declares no informant",
        "id": "wawancara yang tidak menyatakan informan",
    },
}
"""Why a coding is no evidence."""
SAYINGS: dict[str, Words] = {
    "en": {
        "verdict": "Verdict",
        "parts": "Parts; the worst decides ({worst})",
        "supporting": "For it",
        "contradicting": "Against it",
        "qualifying": "Qualifying it (shown, never counted)",
        "inferred": "Read in by the analyst (not counted)",
        "not_counted": "Cited, and no evidence",
        "axes": "Axes",
        "needed": "{number} needed",
        "not_required": "not required",
        "met": "yes",
        "not_met": "tried, no",
        "not_done": "not done",
        "not_possible": "not possible in this study",
        "convergence": "Who says so",
        "assessment": "together",
        "flags": "Flags",
        "no_flags": "No flags.",
        "lift": "would be lifted by",
        "do": "do",
        "for": "would be met",
        "complete": "then lacking nothing",
        "ask": "Ask another informant of the type {type}",
        "ask_first": "Ask {type} (no transcript yet)",
        "gather_documentation": "Gather documents that the supporting side did not make",
        "gather_observation": "Observe",
        "at_the_desk": "Without a visit",
        "out_of_reach": "No single step reaches {findings}: too little supports them so far. Ask about them wherever you go.",
        "caveat": "The plan counts what a visit would bring if it bears the findings out; it may as well contradict them.",
    },
    "id": {
        "verdict": "Putusan",
        "parts": "Bagian; yang terlemah menentukan ({worst})",
        "supporting": "Mendukung",
        "contradicting": "Menyangkal",
        "qualifying": "Membatasi (ditampilkan, tidak dihitung)",
        "inferred": "Disimpulkan peneliti (tidak dihitung)",
        "not_counted": "Disebut, tetapi bukan bukti",
        "axes": "Sumbu",
        "needed": "perlu {number}",
        "not_required": "tidak disyaratkan",
        "met": "ya",
        "not_met": "sudah dicoba, tidak",
        "not_done": "belum dilakukan",
        "not_possible": "tidak mungkin dalam studi ini",
        "convergence": "Siapa yang mengatakannya",
        "assessment": "secara keseluruhan",
        "flags": "Tanda",
        "no_flags": "Tidak ada tanda.",
        "lift": "dapat dicabut dengan",
        "do": "lakukan",
        "for": "akan terpenuhi",
        "complete": "lalu lengkap",
        "ask": "Tanyakan kepada informan lain dari jenis {type}",
        "ask_first": "Tanyakan kepada {type} (belum ada transkripnya)",
        "gather_documentation": "Kumpulkan dokumen yang tidak dibuat oleh pihak pendukung",
        "gather_observation": "Lakukan observasi",
        "at_the_desk": "Tanpa turun lapangan",
        "out_of_reach": "Tidak ada satu langkah pun yang menjangkau {findings}: dukungannya masih terlalu sedikit. Tanyakan di mana pun.",
        "caveat": "Rencana ini menghitung hasil bila lapangan membenarkan temuan; lapangan dapat juga menyangkalnya.",
    },
}
FLAGS: dict[str, Words] = {
    "NO_EVIDENCE": {"en": "No passage supports it.", "id": "Tidak ada kutipan yang mendukungnya."},
    "ONLY_CONTRADICTED": {
        "en": "Nothing supports it; passages only contradict it.",
        "id": "Tidak ada yang mendukungnya; kutipan yang ada hanya menyangkalnya.",
    },
    "NO_INFORMANT": {
        "en": "No informant says it; it rests on observation or documents alone.",
        "id": "Tidak ada informan yang mengatakannya; hanya bertumpu pada observasi atau dokumen.",
    },
    "SINGLE_INFORMANT": {
        "en": "It rests on one informant alone.",
        "id": "Hanya bertumpu pada satu informan.",
    },
    "BELOW_MIN_INFORMANTS": {
        "en": "Fewer informants support it than the study asks for.",
        "id": "Informan yang mendukung lebih sedikit daripada syarat studi.",
    },
    "SINGLE_TYPE": {
        "en": "It rests on one type of informant: {value}.",
        "id": "Hanya bertumpu pada satu jenis informan: {value}.",
    },
    "BELOW_MIN_TYPES": {
        "en": "Fewer types of informants support it than the study asks for: {value}.",
        "id": "Jenis informan yang mendukung lebih sedikit daripada syarat studi: {value}.",
    },
    "SINGLE_GROUP": {
        "en": "It rests on one group: {value}.",
        "id": "Hanya bertumpu pada satu kelompok: {value}.",
    },
    "BELOW_MIN_GROUPS": {
        "en": "Fewer groups support it than the study asks for: {value}.",
        "id": "Kelompok yang mendukung lebih sedikit daripada syarat studi: {value}.",
    },
    "SINGLE_METHOD": {
        "en": "It rests on one method: {value}.",
        "id": "Hanya bertumpu pada satu teknik: {value}.",
    },
    "BELOW_MIN_METHODS": {
        "en": "Fewer methods support it than the study asks for: {value}.",
        "id": "Teknik yang mendukung lebih sedikit daripada syarat studi: {value}.",
    },
    "UNKNOWN_TYPE": {
        "en": "An informant's type or group is not known, and it could decide.",
        "id": "Jenis atau kelompok seorang informan tidak diketahui, padahal dapat menentukan.",
    },
    "ANONYMOUS_IDENTITY": {
        "en": "Speakers who are not identified may be one person.",
        "id": "Pembicara tanpa identitas mungkin orang yang sama.",
    },
    "CONTRADICTED": {
        "en": "Passages contradict it, and no memo answers them.",
        "id": "Ada kutipan yang menyangkalnya dan belum ada memo yang menjawab.",
    },
    "CONTRADICTED_ANSWERED": {
        "en": "Passages contradict it; a memo answers them.",
        "id": "Ada kutipan yang menyangkalnya; sebuah memo menjawabnya.",
    },
    "INFERRED_ONLY": {
        "en": "No passage says it; the analyst infers it.",
        "id": "Tidak ada kutipan yang mengatakannya; peneliti menyimpulkannya sendiri.",
    },
    "MISSING_PERSPECTIVE": {
        "en": "A view that must be there is missing: {value}.",
        "id": "Sudut pandang yang harus ada belum ada: {value}.",
    },
    "DEPENDENT_DOCUMENT": {
        "en": "Its documents all come from the only group that supports it.",
        "id": "Semua dokumennya berasal dari satu-satunya kelompok yang mendukung.",
    },
    "DATE_CONFLICT": {
        "en": "A passage is dated before the event that it reports: {value}.",
        "id": "Sebuah kutipan bertanggal sebelum peristiwa yang dilaporkannya: {value}.",
    },
    "CONCENTRATION": {
        "en": "More than half of its passages come from one informant: {value}.",
        "id": "Lebih dari separuh kutipannya berasal dari satu informan: {value}.",
    },
    "AMBIVALENT_INFORMANT": {
        "en": "One informant both supports and contradicts it: {value}.",
        "id": "Satu informan mendukung sekaligus menyangkalnya: {value}.",
    },
    "FRAGILE": {
        "en": "Without one informant it would not hold: {value}.",
        "id": "Tanpa satu informan ini, temuan tidak bertahan: {value}.",
    },
    "PLANNED_NOT_QUOTED": {
        "en": "A type of informant was planned and is not quoted: {value}.",
        "id": "Satu jenis informan direncanakan tetapi tidak dikutip: {value}.",
    },
    "QUOTED_BEYOND_PLAN": {
        "en": "More informants of a type are quoted than were planned: {value}.",
        "id": "Informan satu jenis yang dikutip melebihi rencana: {value}.",
    },
    "NO_EVIDENCE_FOR": {
        "en": "There is no evidence for this part of the codebook: {value}.",
        "id": "Tidak ada bukti untuk bagian buku kode ini: {value}.",
    },
    "EVIDENCE_UNUSED": {
        "en": "No finding uses {count} of the passages coded: {value}.",
        "id": "Tidak ada temuan yang memakai {count} dari kutipan yang dikodekan: {value}.",
    },
    "LIMITS_FROM_ONE_GROUP": {
        "en": "All that informants say of limits comes from one group: {value}.",
        "id": "Semua ucapan informan tentang keterbatasan berasal dari satu kelompok: {value}.",
    },
    "AXIS_NOT_POSSIBLE": {
        "en": "The study holds too little for any finding to meet what it requires: {value}. Gather it, or declare the design with its `reason`.",
        "id": "Isi studi tidak cukup bagi temuan mana pun untuk memenuhi yang disyaratkan: {value}. Kumpulkan, atau nyatakan rancangannya beserta `reason`.",
    },
    "UNKNOWN_ID": {
        "en": "It cites what does not exist: {value}.",
        "id": "Mengutip sesuatu yang tidak ada: {value}.",
    },
    "BOTH_STANCES": {
        "en": "It cites one passage for and against: {value}.",
        "id": "Mengutip satu bagian untuk mendukung sekaligus menyangkal: {value}.",
    },
}


SHOWN = 5
"""How many values a sentence names; the flag's value holds all of them."""


def make_flag(code: str, name: str, value: str | None = None) -> Flag:
    """A flag or note with its English sentence."""
    flag = Flag(code, name, value, "")
    return replace(flag, message=say_flag(flag, "en"))


def say_flag(flag: Flag, language: str, label: Callable[[str], str] = str) -> str:
    """A flag's sentence in a language (English where there is none), its values shown by `label`, at most SHOWN."""
    language = language if language in FLAGS[flag.name] else "en"
    values = flag.value.split(", ") if flag.value else []
    named = ", ".join(label(value) for value in values[:SHOWN])
    more = {"en": " and {n} more", "id": " dan {n} lagi"}[language].format(n=len(values) - SHOWN)
    text = FLAGS[flag.name][language].format(value=named + more * (len(values) > SHOWN), count=len(values))
    return f"{flag.part}: {text}" if flag.part else text


def pick(words: Words, language: str) -> str:
    """Words in a language; English where there are none."""
    return words.get(language, words["en"])


def name_verdict(found: FindingTriangulation, language: str, *, contested: bool = True) -> str:
    """The verdict; with the axes that count where the design leaves some out (R10), and whether it is contested too."""
    said = pick(VERDICTS[found.verdict], language)
    if found.verdict == "triangulated" and found.reduced_to:
        said += f" ({', '.join(found.reduced_to)})"
    if contested and found.contested and found.verdict != "contested":
        said += f", {pick(VERDICTS['contested'], language)}"
    return said
