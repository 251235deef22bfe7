"""What to mind when reading the agreement of a whole study, in English and Indonesian."""

from __future__ import annotations

from collections.abc import Iterator

from empowerment_qda.agreement import Caution, find_cautions, format_share, write_number

MOSTLY = 0.5

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


def caution(code: str, value: float) -> Caution:
    """A caution with its value filled in; a share as a percentage."""
    shown = format_share(value) if code == "untouched" else str(value)
    return Caution(
        code, value, {lang: text.format(write_number(shown, lang)) for lang, text in TEXTS[code].items()}
    )


def find_study_cautions(
    *,
    units: int,
    dropped: int,
    untouched: int,
    outside: int,
    unplaced: int,
    rare: int,
    characters: bool,
    auto: bool,
) -> Iterator[Caution]:
    """Those that apply, most important first."""
    if not characters:
        yield from find_cautions(units)
    elif units:
        yield caution("characters", units)
    if units and untouched / units >= MOSTLY:
        yield caution("untouched", untouched / units)
    for code, number in (
        ("rare-codes", rare),
        ("one-coder", dropped),
        ("outside", outside),
        ("unplaced", unplaced),
    ):
        if number:
            yield caution(code, number)
    if auto:
        yield caution("suggestions", 1)
