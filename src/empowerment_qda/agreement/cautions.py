"""What to mind when reading figures of agreement, of a code or of a whole study, in English and Indonesian."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from empowerment_qda.agreement.interpretation import RARE, Texts, format_share, write_number
from empowerment_qda.agreement.units import Compared, Unit
from empowerment_qda.evidence.passages import group_copies, makers_of, passages_of
from empowerment_qda.locale import list_words
from empowerment_qda.model.coding import AUTO, INSTEAD, Coding
from empowerment_qda.model.source import Span
from empowerment_qda.model.study import Study

FEW_UNITS = 30
MOSTLY = 0.5
MOST_NAMED = 6
MORE = {"en": "and {} more", "id": "dan {} lagi"}
OF = {"en": "of", "id": "dari"}

Place = tuple[str, str, Span]
"""Source, code and words of a coding."""

_UNSTEADY: Texts = {
    "en": f"; below {FEW_UNITS} coefficients are unsteady.",
    "id": f"; di bawah {FEW_UNITS} koefisien tidak stabil.",
}
_FEW_ID = "Hanya {} unit dinilai dua pengode atau lebih" + _UNSTEADY["id"]
# For none, one, and more; Indonesian has one form for one and more.
FEW_UNITS_TEXTS: tuple[Texts, Texts, Texts] = (
    {
        "en": "No unit was rated by two coders or more: there is nothing to compare.",
        "id": "Tidak ada unit yang dinilai dua pengode atau lebih: tidak ada yang dapat dibandingkan.",
    },
    {"en": "Only {} unit was rated by two coders or more" + _UNSTEADY["en"], "id": _FEW_ID},
    {"en": "Only {} units were rated by two coders or more" + _UNSTEADY["en"], "id": _FEW_ID},
)

RARE_TEXTS: Texts = {
    "en": "The code is rare ({}): kappa and alpha fall though coders agree; read AC1 too.",
    "id": "Kode ini jarang ({}): kappa dan alpha turun walaupun pengode sepakat; baca juga AC1.",
}

UNIVERSAL_TEXTS: Texts = {
    "en": "The code is almost everywhere ({}): kappa and alpha fall though coders agree; read AC1 too.",
    "id": "Kode ini hampir di mana-mana ({}): kappa dan alpha turun walaupun pengode sepakat; baca juga AC1.",
}

_UNDEFINED_ID = "{} sampel ulang tidak bervariasi dan tidak ikut dihitung: rentang ini hanya perkiraan kasar."
UNDEFINED_TEXTS: tuple[Texts, Texts] = (
    {
        "en": "{} resample had no variation and is left out of the interval: it is a rough one.",
        "id": _UNDEFINED_ID,
    },
    {
        "en": "{} resamples had no variation and are left out of the interval: it is a rough one.",
        "id": _UNDEFINED_ID,
    },
)

TEXTS: dict[str, dict[str, str]] = {
    "untouched": {
        "en": "Nobody coded {} of the units; percent, Brennan-Prediger and AC1 count them as agreement: "
        "read alpha and the overlap of coded text too.",
        "id": "{} unit tidak dikodekan siapa pun; persen, Brennan-Prediger, dan AC1 menghitungnya sebagai "
        "kesepakatan: baca juga alpha dan tumpang tindih teks yang dikodekan.",
    },
    "one-coder": {
        "en": "Units left out, because only one of the coders has coded their source: {}.",
        "id": "Unit yang tidak dihitung karena sumbernya hanya dikodekan satu pengode: {}.",
    },
    "copies": {
        "en": "The very same codings, to the last character: {}. Where one is a copy of another, the figures say nothing of "
        "agreement.",
        "id": "Pengodean yang persis sama sampai karakter terakhir: {}. Bila yang satu salinan dari yang lain, angka-angka "
        "ini tidak menunjukkan kesepakatan.",
    },
    "same-columns": {
        "en": "The same ratings throughout: {}. Where one column is a copy of another, the figures say nothing of agreement.",
        "id": "Penilaian yang seluruhnya sama: {}. Bila kolom yang satu salinan dari yang lain, angka-angka ini tidak "
        "menunjukkan kesepakatan.",
    },
    "apart": {
        "en": "No unit was coded by both: {}. Where coders divided the work among them, there is no agreement to measure.",
        "id": "Tidak ada unit yang dikodekan keduanya: {}. Bila pengode membagi pekerjaan, tidak ada kesepakatan yang dapat "
        "diukur.",
    },
    "consensus": {
        "en": "Decided in a reconciliation round: {}; a consensus agrees with those whom it followed.",
        "id": "Diputuskan dalam putaran rekonsiliasi: {}; konsensus sepakat dengan yang diikutinya.",
    },
    "accepted": {
        "en": "Codings that are suggestions of the machine, accepted or the same to the last character: {}. Coders who accept the same suggestions agree with "
        "the machine, not with each other.",
        "id": "Pengodean yang merupakan saran mesin, diterima atau persis sama sampai karakter terakhir: {}. Pengode yang menerima saran yang sama sepakat dengan "
        "mesin, bukan dengan satu sama lain.",
    },
    "coded-only": {
        "en": "Only units that one of the coders coded are compared: {} that nobody coded are left out. Chance is worked out "
        "among the coded units alone, so no word says how good these figures are.",
        "id": "Hanya unit yang dikodekan salah satu pengode yang dibandingkan: {} unit tanpa kode tidak dihitung. Peluang "
        "kebetulan dihitung dari unit berkode saja, sehingga tidak ada kata yang menilai angka-angka ini.",
    },
    "unlisted": {
        "en": "Codings left out, because they stand in none of the listed units: {}.",
        "id": "Pengodean yang tidak dihitung karena tidak berada dalam unit mana pun yang didaftar: {}.",
    },
    "unpaired": {
        "en": "Units that fewer than two coders rated: {}; there is nothing to compare in them.",
        "id": "Unit yang dinilai kurang dari dua pengode: {}; di dalamnya tidak ada yang dapat dibandingkan.",
    },
    "several": {
        "en": "Cells with several codes: {}; alpha compares sets of codes, and each code is a yes/no question.",
        "id": "Sel dengan beberapa kode: {}; alpha membandingkan himpunan kode, dan tiap kode adalah pertanyaan ya/tidak.",
    },
    "outside": {
        "en": "Codings left out, because they stand on the interviewer's words alone: {}.",
        "id": "Pengodean yang tidak dihitung karena hanya mengenai kata-kata pewawancara: {}.",
    },
    "unplaced": {
        "en": "Codings left out, because their words cannot be found: {}; run `qda check`.",
        "id": "Pengodean yang tidak dihitung karena kata-katanya tidak ditemukan: {}; jalankan `qda check`.",
    },
    "rare-codes": {
        "en": "Rare or nearly universal codes: {}; there kappa and alpha fall though coders agree; read AC1 too.",
        "id": "Kode yang jarang atau hampir di mana-mana: {}; kappa dan alpha-nya turun walaupun pengode sepakat; "
        "baca juga AC1.",
    },
    "characters": {
        "en": "Characters are not independent of each other: they have no interval, and their number ({}) is no large "
        "sample.",
        "id": "Karakter tidak saling bebas: tidak ada rentang kepercayaan, dan jumlahnya ({}) bukan sampel besar.",
    },
    "suggestions": {
        "en": "The codings of `auto` are the machine's suggestions: this compares people with cues.",
        "id": "Pengodean `auto` adalah saran mesin: ini membandingkan orang dengan petunjuk kata.",
    },
}


@dataclass(frozen=True, slots=True)
class Caution:
    """Why to read a coefficient with care: a code for machines, the value that led to it, a sentence."""

    code: str
    value: float
    texts: Texts


def find_cautions(
    units: int, prevalence: float | None = None, undefined_resamples: int = 0
) -> tuple[Caution, ...]:
    """Cautions for a code or table: few units, a rare or nearly universal code, an interval with holes.

    >>> [caution.code for caution in find_cautions(12, 0.05)]
    ['few-units', 'rare']
    """
    cautions = []
    if units < FEW_UNITS:
        cautions.append(Caution("few-units", units, _texts(FEW_UNITS_TEXTS[min(units, 2)], units)))
    if prevalence is not None and prevalence < RARE:
        cautions.append(Caution("rare", prevalence, _texts(RARE_TEXTS, format_share(prevalence))))
    elif prevalence is not None and prevalence > 1 - RARE:
        texts = _texts(UNIVERSAL_TEXTS, format_share(prevalence))
        cautions.append(Caution("nearly-universal", prevalence, texts))
    if undefined_resamples:
        texts = _texts(UNDEFINED_TEXTS[undefined_resamples > 1], undefined_resamples)
        cautions.append(Caution("undefined-resamples", undefined_resamples, texts))
    return tuple(cautions)


def _texts(templates: Texts, value: object) -> Texts:
    """Fill the number into each language."""
    return {
        language: template.format(write_number(str(value), language))
        for language, template in templates.items()
    }


def caution(code: str, value: float, **names: str) -> Caution:
    """A caution with its value filled in, or by language what stands for it; a share as a percentage."""
    shown = format_share(value) if code == "untouched" else str(value)
    return Caution(
        code,
        value,
        {
            lang: text.format(names.get(lang) or write_number(shown, lang))
            for lang, text in TEXTS[code].items()
        },
    )


def find_study_cautions(
    study: Study,
    coders: Sequence[str],
    compared: Compared,
    paired: Sequence[Unit],
    kind: str,
    rare: int,
    left: int | None,
) -> Iterator[Caution]:
    """Those that apply, most important first; `left` units that nobody coded were left out, where they were to be."""
    units = sum(one.weight for one in paired)
    yield from find_dependence(study, coders, compared)
    if left is not None:
        yield caution("coded-only", left)
    if kind != "character":
        yield from find_cautions(units)
    elif units:
        yield caution("characters", units)
    untouched = sum(one.weight for one in paired if not any(one.given))
    if units and untouched / units >= MOSTLY:
        yield caution("untouched", untouched / units)
    for code, number in (
        ("rare-codes", rare),
        ("one-coder", sum(one.weight for one in compared.units) - units - (left or 0)),
        ("unlisted" if kind == "listed" else "outside", compared.outside),
        ("unplaced", compared.unplaced),
    ):
        if number:
            yield caution(code, number)
    if AUTO in coders:
        yield caution("suggestions", 1)


def find_dependence(study: Study, coders: Sequence[str], compared: Compared) -> Iterator[Caution]:
    """Coders who did not work independently of each other, or not on the same text."""
    common = {answers.source.id for answers, _ in compared.shared} or set(compared.placed)
    own: dict[str, dict[Place, Coding]] = {coder: {} for coder in coders}
    for source in common:
        for number, _, passage, span in compared.placed.get(source, ()):
            own[coders[number]][source, passage.coding.code, span] = passage.coding
    yield from _name_copies("copies", {coder: frozenset(given) for coder, given in own.items()})
    pairs = set(combinations([number for number, coder in enumerate(coders) if own[coder]], 2))
    for unit in compared.units if pairs else ():
        pairs.difference_update(combinations([number for number, given in enumerate(unit.given) if given], 2))
    if pairs:
        apart = [(coders[one], coders[other]) for one, other in sorted(pairs)]
        yield _name("apart", len(pairs), {lang: [list_words(one, lang) for one in apart] for lang in OF})
    if made := [coder for coder in coders if not makers_of(study, coder).isdisjoint(coders)]:
        yield _name("consensus", len(made), dict.fromkeys(OF, made))
    offered = {
        (one.source.id, one.coding.code, one.anchor.span)
        for one in passages_of(study)
        if one.file.coder == AUTO and one.coding.status == "suggested"
    }
    taken = {
        coder: sum(place in offered or _says_why(coding) for place, coding in given.items())
        for coder, given in own.items()
        if coder != AUTO
    }
    if any(taken.values()):
        shares = {
            lang: [f"{coder} {number} {of} {len(own[coder])}" for coder, number in taken.items()]
            for lang, of in OF.items()
        }
        yield _name("accepted", sum(taken.values()), shares)


def find_same_columns(coders: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[Caution]:
    """Columns of a table with the very same ratings: full agreement, or copies."""
    columns = zip(coders, zip(*rows, strict=True), strict=True) if coders else ()
    yield from _name_copies("same-columns", {coder: frozenset(enumerate(own)) for coder, own in columns})


def _name_copies(code: str, given: Mapping[str, frozenset[Any]]) -> Iterator[Caution]:
    copies = [group for group in group_copies(given) if group[1:]]
    if copies:
        named = {lang: [list_words(one, lang) for one in copies] for lang in OF}
        yield _name(code, sum(map(len, copies)), named)


def _says_why(coding: Coding) -> bool:
    """Whether a coding keeps the reason of the suggestion that it was; one given instead of a suggestion is a person's."""
    return bool(coding.why) and not str(coding.why).startswith(INSTEAD)


def _name(code: str, value: int, names: Mapping[str, Sequence[str]]) -> Caution:
    """A caution about those named, the first of them where they are many."""
    shown = {
        lang: "; ".join(
            [*own[:MOST_NAMED], *([MORE[lang].format(len(own) - MOST_NAMED)] if own[MOST_NAMED:] else [])]
        )
        for lang, own in names.items()
    }
    return caution(code, value, **shown)
