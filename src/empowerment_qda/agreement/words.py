"""What stands on and beside figures of agreement, in English and Indonesian."""

from __future__ import annotations

from collections.abc import Mapping

from empowerment_qda.agreement.coefficients import NOT_TWO
from empowerment_qda.agreement.compare import Agreement
from empowerment_qda.agreement.interpretation import CAVEAT, format_figure
from empowerment_qda.evidence.passages import CONSENSUS
from empowerment_qda.labels import Words, pick

MOST_IN_ROUND = 9
"""A round of the workbench takes no more coders."""

REASONS: dict[str, Words] = {
    "no units": {"en": "no units", "id": "tidak ada unit"},
    "only one coder": {"en": "only one coder", "id": "hanya satu pengode"},
    "no pairable units": {"en": "no pairable units", "id": "tidak ada unit yang dapat dipasangkan"},
    "no variation": {"en": "no variation", "id": "tidak ada variasi"},
    "needs exactly two coders": {"en": "needs exactly two coders", "id": "hanya untuk dua pengode"},
    "needs exactly two values": {"en": "needs exactly two values", "id": "hanya untuk dua nilai"},
    "needs to know who gave which rating": {
        "en": "needs to know who gave which rating",
        "id": "perlu diketahui siapa memberi nilai mana",
    },
    "nothing marked": {"en": "nothing marked", "id": "tidak ada yang ditandai"},
}

CAUTIONS: dict[str, Words] = {
    "few-units": {"en": "few units", "id": "unit sedikit"},
    "rare": {"en": "rare", "id": "jarang"},
    "nearly-universal": {"en": "nearly everywhere", "id": "hampir di mana-mana"},
    "undefined-resamples": {"en": "rough interval", "id": "rentang kasar"},
}

UNITS: dict[str, dict[str, tuple[str, str]]] = {
    "en": {
        "turn": ("turn", "turns"),
        "question": ("question with its answer", "questions with their answers"),
        "sentence": ("sentence", "sentences"),
        "listed": ("unit", "units"),
        "character": ("character", "characters"),
        "row": ("unit", "units"),
    },
    "id": {
        "turn": ("giliran bicara",) * 2,
        "question": ("pertanyaan beserta jawabannya",) * 2,
        "sentence": ("kalimat",) * 2,
        "listed": ("unit",) * 2,
        "character": ("karakter",) * 2,
        "row": ("unit",) * 2,
    },
}

PHRASES: dict[str, Words] = {
    "kind": {"en": "Agreement between coders", "id": "Kesepakatan antarpengode"},
    "title": {"en": "Agreement of {coders} on {units}", "id": "Kesepakatan {coders} atas {units}"},
    "title_unnamed": {"en": "Agreement on {units}", "id": "Kesepakatan atas {units}"},
    "cohen_kappa": {"en": "Cohen's kappa", "id": "kappa Cohen"},
    "pooled": {"en": "{name}, pooled over codes", "id": "{name}, digabung dari semua kode"},
    "all_codes": {"en": "(all codes)", "id": "(semua kode)"},
    "no_code": {"en": "(no code)", "id": "(tanpa kode)"},
    # columns
    "coefficient": {"en": "coefficient", "id": "koefisien"},
    "value": {"en": "value", "id": "nilai"},
    "from": {"en": "95% from", "id": "95% dari"},
    "to": {"en": "to", "id": "sampai"},
    "reading": {"en": "reading", "id": "tafsiran"},
    "units": {"en": "units", "id": "unit"},
    "unit": {"en": "unit", "id": "unit"},
    "code": {"en": "code", "id": "kode"},
    "both": {"en": "both", "id": "keduanya"},
    "all": {"en": "all", "id": "semua"},
    "only": {"en": "only {coder}", "id": "hanya {coder}"},
    "neither": {"en": "neither", "id": "tidak satu pun"},
    "prevalence": {"en": "prevalence", "id": "prevalensi"},
    "percent": {"en": "percent", "id": "persen"},
    "kappa": {"en": "kappa", "id": "kappa"},
    "conger_kappa": {"en": "conger", "id": "conger"},
    "fleiss_kappa": {"en": "fleiss", "id": "fleiss"},
    "alpha": {"en": "alpha", "id": "alpha"},
    "pabak": {"en": "pabak", "id": "pabak"},
    "prevalence_index": {"en": "prevalence index", "id": "indeks prevalensi"},
    "bias_index": {"en": "bias index", "id": "indeks bias"},
    "ac1": {"en": "ac1", "id": "ac1"},
    "jaccard": {"en": "jaccard", "id": "jaccard"},
    "alpha_from": {"en": "alpha 95% from", "id": "alpha 95% dari"},
    "alpha_reading": {"en": "reading of alpha", "id": "tafsiran alpha"},
    "mind": {"en": "mind", "id": "perhatikan"},
    "coder": {"en": "coder", "id": "pengode"},
    "quotation": {"en": "quotation", "id": "kutipan"},
    "other_coder": {"en": "other coder", "id": "pengode lain"},
    "other_code": {"en": "other code", "id": "kode lain"},
    "other_quotation": {"en": "other quotation", "id": "kutipan lain"},
    # headings and sentences
    "overall": {"en": "Over all codes", "id": "Semua kode"},
    "above": {"en": "On each level of the codebook", "id": "Pada tiap tingkat buku kode"},
    "level": {"en": "level", "id": "tingkat"},
    "level_code": {"en": "codes", "id": "kode"},
    "level_aspect": {"en": "aspects", "id": "aspek"},
    "level_dimension": {"en": "dimensions", "id": "dimensi"},
    "code_by_code": {"en": "Code by code", "id": "Kode demi kode"},
    "interval": {"en": "95% interval", "id": "rentang 95%"},
    "confusion": {
        "en": "Codes of {row} (down) against codes of {column} (across)",
        "id": "Kode {row} (ke bawah) terhadap kode {column} (ke samping)",
    },
    "confusion_rule": {
        "en": "A number counts units ({unit}). Codes that both gave stand on the diagonal; elsewhere one of them gave "
        "the code of the row and the other, in the same unit, that of the column. Several codes of their own in a unit "
        "are counted pair by pair.",
        "id": "Angka menghitung unit ({unit}). Kode yang diberikan keduanya berada di diagonal; di luar itu yang satu "
        "memberi kode baris dan yang lain, dalam unit yang sama, kode kolom. Bila masing-masing memberi beberapa "
        "kode sendiri dalam satu unit, tiap pasangan dihitung.",
    },
    "pair": {"en": "{coder} and {other}", "id": "{coder} dan {other}"},
    "same": {"en": "both gave the code", "id": "keduanya memberi kode itu"},
    "apart": {"en": "their codes differ", "id": "kodenya berbeda"},
    "stronger": {"en": "stronger colour: more units", "id": "warna lebih kuat: lebih banyak unit"},
    "disagreements": {"en": "Disagreements", "id": "Ketidaksepakatan"},
    "no_disagreements": {"en": "None.", "id": "Tidak ada."},
    "gave": {"en": "{coder} gave", "id": "{coder} memberi"},
    "gave_none": {"en": "no code", "id": "tidak ada kode"},
    "settle": {"en": "To settle them{turns}:", "id": "Untuk menyelesaikannya{turns}:"},
    "see": {
        "en": "Disagreements: {number}; `--show disagreements` lists them.",
        "id": "Ketidaksepakatan: {number}; `--show disagreements` mendaftarnya.",
    },
    "resamples": {
        "en": "In brackets: 95% intervals, from {number} resamples of whole units.",
        "id": "Dalam kurung: rentang 95%, dari {number} sampel ulang unit utuh.",
    },
    "missing": {"en": "Not coded by {coder}: {sources}.", "id": "Tidak dikodekan {coder}: {sources}."},
    "unused": {
        "en": "Codes that none of them gave to any unit: {number} of {all}.",
        "id": "Kode yang tidak diberikan siapa pun kepada unit mana pun: {number} dari {all}.",
    },
    "uncoded": {
        "en": "Not coded by any of them: {sources}.",
        "id": "Tidak dikodekan siapa pun di antara mereka: {sources}.",
    },
}


def say(name: str, language: str, /, **values: object) -> str:
    """A phrase in a language; English where there is none."""
    return pick(PHRASES[name], language).format(**values)


def say_reason(reason: str | None, language: str) -> str:
    """Why a coefficient has no value."""
    return pick(REASONS[reason], language) if reason else ""


def say_code(code: str | None, language: str) -> str:
    """A code, or that there is none."""
    return code or say("no_code", language)


def say_caution(code: str, language: str) -> str:
    """A caution in a word or two."""
    return pick(CAUTIONS[code], language)


def count_units(unit: str, number: int, language: str) -> str:
    """Such as `1 turn`.

    >>> count_units("turn", 1, "en"), count_units("row", 2, "en"), count_units("sentence", 2, "id")
    ('1 turn', '2 units', '2 kalimat')
    """
    return f"{number} {name_units(unit, language, number)}"


def name_units(unit: str, language: str, number: int = 2) -> str:
    """What units are called: turns, sentences, characters, or just units."""
    return UNITS.get(language, UNITS["en"])[unit][number != 1]


def tell_agreement(found: Agreement, language: str) -> list[str]:
    """What to mind when reading the figures, a line each, the caveat last."""
    lines = [one.texts[language] for one in found.cautions]
    lines += [
        say("missing", language, coder=coder, sources=", ".join(ids)) for coder, ids in found.missing.items()
    ]
    if found.unused and found.units:
        every = len(found.unused) + len(found.codes)
        lines.append(say("unused", language, number=len(found.unused), all=every))
    if found.uncoded:
        lines.append(say("uncoded", language, sources=", ".join(found.uncoded)))
    return [*lines, CAVEAT[language]]


def round_command(found: Agreement) -> str:
    """The command that opens a reconciliation round; nothing where there is nothing, or nobody, to reconcile."""
    coders = found.coders
    if found.unit == "row" or not found.disagreements or CONSENSUS in coders or len(coders) > MOST_IN_ROUND:
        return ""
    return f"qda code --review --coder {CONSENSUS} --reconcile {','.join(coders)}"


def tell_round(found: Agreement, language: str) -> str:
    """What stands before that command: how many turns there are to settle."""
    turns = len({(one.source, one.turn) for one in found.disagreements})
    # A round goes through turns and codes: on other units or levels there are more of them than were listed.
    counted = (found.unit, found.level) == ("turn", "code")
    return say("settle", language, turns=f" ({count_units('turn', turns, language)})" * counted)


def failing_minimums(found: Agreement, minimums: Mapping[str, float]) -> list[str]:
    """A sentence for each coefficient over all codes that does not reach its minimum."""
    lines = []
    for name, minimum in minimums.items():
        one = found.overall[name]
        if one.value is None:
            instead = "; `conger_kappa` is for more" if one.reason == NOT_TWO else ""
            lines.append(
                f"{name} over all codes is not defined ({one.reason}{instead}), and {minimum:g} was asked for."
            )
        elif one.value < minimum:
            figure = format_figure(one.value, minimum)
            lines.append(f"{name} over all codes is {figure}, below the {minimum:g} that was asked for.")
    return lines
