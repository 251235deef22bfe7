"""What stands on and beside figures of agreement."""

from __future__ import annotations

from collections.abc import Mapping

from empowerment_qda.agreement.coefficients import NOT_TWO
from empowerment_qda.agreement.compare import Agreement
from empowerment_qda.agreement.interpretation import CAVEAT, format_figure
from empowerment_qda.evidence.passages import CONSENSUS
from empowerment_qda.locale import msg, msg_of, msg_of_in, say, say_number

MOST_IN_ROUND = 9
"""A round of the workbench takes no more coders."""

CAUTIONS: dict[str, str] = {
    "few-units": msg("few units"),
    "rare": msg("rare"),
    "nearly-universal": msg("nearly everywhere"),
    "undefined-resamples": msg("rough interval"),
}

UNITS: dict[str, tuple[str, str]] = {
    "turn": msg_of_in("agreement", "turn", "turns"),
    "question": msg_of("question with its answer", "questions with their answers"),
    "sentence": msg_of("sentence", "sentences"),
    "listed": msg_of("unit", "units"),
    "character": msg_of("character", "characters"),
    "row": msg_of("unit", "units"),
}

PHRASES: dict[str, str] = {
    "kind": msg("Agreement between coders"),
    "title": msg("Agreement of {coders} on {units}"),
    "title_unnamed": msg("Agreement on {units}"),
    "cohen_kappa": msg("Cohen's kappa"),
    "pooled": msg("{name}, pooled over codes"),
    "all_codes": msg("(all codes)"),
    "no_code": msg("(no code)"),
    # columns
    "coefficient": msg("coefficient"),
    "value": msg("value"),
    "from": msg("95% from"),
    "to": msg("to"),
    "reading": msg("reading"),
    "units": msg("units"),
    "unit": msg("unit"),
    "code": msg("code"),
    "both": msg("both"),
    "all": msg("all"),
    "only": msg("only {coder}"),
    "neither": msg("neither"),
    "prevalence": msg("prevalence"),
    "percent": msg("percent"),
    "kappa": msg("kappa"),
    "conger_kappa": msg("conger"),
    "fleiss_kappa": msg("fleiss"),
    "alpha": msg("alpha"),
    "pabak": msg("pabak"),
    "prevalence_index": msg("prevalence index"),
    "bias_index": msg("bias index"),
    "ac1": msg("ac1"),
    "jaccard": msg("jaccard"),
    "alpha_from": msg("alpha 95% from"),
    "alpha_reading": msg("reading of alpha"),
    "mind": msg("mind"),
    "coder": msg("coder"),
    "quotation": msg("quotation"),
    "other_coder": msg("other coder"),
    "other_code": msg("other code"),
    "other_quotation": msg("other quotation"),
    # headings and sentences
    "overall": msg("Over all codes"),
    "above": msg("On each level of the codebook"),
    "level": msg("level"),
    "level_code": msg("codes"),
    "level_aspect": msg("aspects"),
    "level_dimension": msg("dimensions"),
    "code_by_code": msg("Code by code"),
    "interval": msg("95% interval"),
    "confusion": msg("Codes of {row} (down) against codes of {column} (across)"),
    "confusion_rule": msg(
        "A number counts units ({unit}). Codes that both gave stand on the diagonal; elsewhere one of "
        "them gave the code of the row and the other, in the same unit, that of the column. Several "
        "codes of their own in a unit are counted pair by pair."
    ),
    "pair": msg("{coder} and {other}"),
    "same": msg("both gave the code"),
    "apart": msg("their codes differ"),
    "stronger": msg("stronger colour: more units"),
    "disagreements": msg("Disagreements"),
    "no_disagreements": msg("None."),
    "gave": msg("{coder} gave"),
    "gave_none": msg("no code"),
    "settle": msg("To settle them{turns}:"),
    "see": msg("Disagreements: {number}; `--show disagreements` lists them."),
    "resamples": msg("In brackets: 95% intervals, from {number} resamples of whole units."),
    "missing": msg("Not coded by {coder}: {sources}."),
    "unused": msg("Codes that none of them gave to any unit: {number} of {all}."),
    "uncoded": msg("Not coded by any of them: {sources}."),
}


def say_phrase(name: str, language: str, /, **values: object) -> str:
    """A phrase in a language; English where there is none."""
    return say(PHRASES[name], language, **values)


def say_reason(reason: str | None, language: str) -> str:
    """Why a coefficient has no value."""
    return say(reason, language) if reason else ""


def say_code(code: str | None, language: str) -> str:
    """A code, or that there is none."""
    return code or say_phrase("no_code", language)


def count_units(unit: str, number: int, language: str) -> str:
    """Such as `1 turn`.

    >>> count_units("turn", 1, "en"), count_units("row", 2, "en"), count_units("sentence", 2, "id")
    ('1 turn', '2 units', '2 kalimat')
    """
    return f"{number} {name_units(unit, language, number)}"


def name_units(unit: str, language: str, number: int = 2) -> str:
    """What units are called: turns, sentences, characters, or just units."""
    return say_number(UNITS[unit], number, language)


def tell_agreement(found: Agreement, language: str) -> list[str]:
    """What to mind when reading the figures, a line each, the caveat last."""
    lines = [one.say(language) for one in found.cautions]
    lines += [
        say_phrase("missing", language, coder=coder, sources=", ".join(ids))
        for coder, ids in found.missing.items()
    ]
    if found.unused and found.units:
        every = len(found.unused) + len(found.codes)
        lines.append(say_phrase("unused", language, number=len(found.unused), all=every))
    if found.uncoded:
        lines.append(say_phrase("uncoded", language, sources=", ".join(found.uncoded)))
    return [*lines, say(CAVEAT, language)]


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
    return say_phrase("settle", language, turns=f" ({count_units('turn', turns, language)})" * counted)


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
