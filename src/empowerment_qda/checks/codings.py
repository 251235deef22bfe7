"""Checks of codings: their code, their source, and whether their words still stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from empowerment_qda.evidence.passages import Passage, find_unnoted, passages_of
from empowerment_qda.evidence.rows import reason_against
from empowerment_qda.labels import REASONS
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.source import Span
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, Severity, did_you_mean, find_unknown
from empowerment_qda.text import one_line, shorten

MOVED = "Run `qda code anchor` to bring it up to date."
CHANGED = "Run `qda code anchor --changed` to take the words as they are now, if they still say it."
ANEW = "Run `qda code` to make the machine's suggestions anew."
WHERE = "say where it stands with `qda code anchor CODING --at SOURCE#TURN`; until then it does not count."
_SHOWN = 60  # characters of a quote


def check_unknown_code(study: Study) -> Iterator[Problem]:
    """A coding's code is in the codebook; told once for each code, at its first coding."""
    known = study.codebook.places
    found: dict[str, list[Place]] = defaultdict(list)
    for file in study.codings:
        for number, coding in enumerate(file.codings):
            # The machine's suggestions are made anew by `qda code`, which must not stop at those of an older book.
            if coding.code not in known and file.coder != AUTO:
                found[coding.code].append(Place(file.path, ("codings", number, "code")))
    for code, places in found.items():
        files = len({place.path for place in places})
        more = (
            f"; {len(places)} codings in {files} file{'s' * (files > 1)} have it" if len(places) > 1 else ""
        )
        yield Problem(places[0], "unknown-code", f"code `{code}` is not in {study.codebook.path}{more}",
                      f"Correct it, or add it to the codebook. {did_you_mean(code, known)}")  # fmt: skip


def check_former_code(study: Study) -> Iterator[Problem]:
    """A coding bears the id that its code has now; told once for each id that a code had."""
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for file in study.codings:
        for number, old in file.former.items():
            found[old, file.codings[number].code].append(Place(file.path, ("codings", number, "code")))
    for (old, now), places in found.items():
        more = f"; {len(places)} codings have it" if len(places) > 1 else ""
        yield Problem(places[0], "former-code", f"code `{old}` is called `{now}` now, and is read so{more}",
                      f"`qda codebook rename {old} {now}` writes the new id.", "warning")  # fmt: skip


def check_retired_code(study: Study) -> Iterator[Problem]:
    """A retired code is on no passage any more; those that have it count all the same, and are told once for each code."""
    found: dict[str, list[Place]] = defaultdict(list)
    for file in study.codings:
        for number, coding in enumerate(file.codings):
            place = study.codebook.places.get(coding.code)
            if place and place.code.status == "retired" and coding.status == "accepted":
                found[coding.code].append(Place(file.path, ("codings", number, "code")))
    for code, places in found.items():
        number = len(places)
        yield Problem(places[0], "retired-code",
                      f"code `{code}` is retired, and {number} coding{'s have it, which count' if number > 1 else ' has it, which counts'} all the same",
                      "Give the passages the code that replaced it: `qda code recode`, or for all at once `qda codebook merge`.", "warning")  # fmt: skip


def check_unknown_source(study: Study) -> Iterator[Problem]:
    """The source of a codings file exists."""
    named = ((file.source, Place(file.path, ("source",))) for file in study.codings)
    return find_unknown(
        named, study.by_id, "unknown-source", "there is no source `{name}`", "Correct the id."
    )


def check_coder_folder(study: Study) -> Iterator[Problem]:
    """A codings file stands where its coder and source say: codings/<coder>/<source>.yaml."""
    for file in study.codings:
        path = PurePosixPath(file.path)
        if file.path and path.parent.name != file.coder:
            yield Problem(Place(file.path, ("coder",)), "coder-folder",
                          f"the coder is `{file.coder}`, and the file stands in the folder of `{path.parent.name}`",
                          "Move the file, or correct the coder.")  # fmt: skip
        elif file.path and path.stem != file.source:
            yield Problem(Place(file.path, ("source",)), "coder-folder",
                          f"the source is `{file.source}`, and the file is called `{path.name}`",
                          f"Call the file {file.source}.yaml, or correct the source.")  # fmt: skip


def check_unknown_coder(study: Study) -> Iterator[Problem]:
    """A coder named under `evidence` has coded something."""
    named = ((coder, Place("qda.yaml", ("evidence", "coders"))) for coder in study.settings.evidence.coders)
    return find_unknown(named, sorted({file.coder for file in study.codings}), "unknown-coder",
                        "coder `{name}` has no codings, so nothing of theirs counts", "Correct the name.",
                        "warning")  # fmt: skip


def check_quote_missing(study: Study) -> Iterator[Problem]:
    """A coding says which words it codes; without a quote it means the whole turn."""
    for passage in _live(study, "exact"):
        if not passage.coding.quote.strip():
            said = (
                f"the coding has no quote, so it means the whole of {passage.source.id}#{passage.coding.turn}"
            )
            yield _problem(passage, "quote-missing", said, "Run `qda code anchor` to fill it in.", "warning")


def check_quote_moved(study: Study) -> Iterator[Problem]:
    """A coding's words stand where its turn says."""
    for passage in _live(study, "moved"):
        message = f"{_words(passage)} stands in {_where(passage)} now, not in turn {passage.coding.turn}"
        yield _problem(passage, "quote-moved", message, MOVED, "warning")


def check_quote_changed(study: Study) -> Iterator[Problem]:
    """A coding's words read as they did when they were coded."""
    for passage in _live(study, "changed"):
        was, now = _differing(passage.coding.quote, passage.anchor.found)
        message = f"“{was}” reads “{now}” in {_where(passage)} now"
        yield _problem(passage, "quote-changed", message, CHANGED, "warning")


def check_quote_unnoted(study: Study) -> Iterator[Problem]:
    """Codings of words that stand in their source more than once note what stands around them. Asked once, for all."""
    unnoted = list(find_unnoted(study))
    if unnoted:
        named = ", ".join(f"{one.id} {_words(one)}" for one in unnoted[:3])
        more = ", ..." if len(unnoted) > 3 else ""
        one = len(unnoted) == 1
        message = (
            f"{len(unnoted)} coding{'' if one else 's'} of words that stand more than once in their source "
            f"({named}{more}) note{'s' * one} nothing of what stands around them, so an edit can confuse them"
        )
        yield _problem(
            unnoted[0], "quote-unnoted", message, "Run `qda code anchor`, which notes it.", "warning"
        )


def check_quote_ambiguous(study: Study) -> Iterator[Problem]:
    """A coding's words stand in one place only, or the coding says in which."""
    for passage in _live(study, "ambiguous"):
        places = dict.fromkeys(f"{passage.source.id}#{span.turn}" for span in passage.anchor.candidates)
        message = f"{_words(passage)} stands in several places ({', '.join(list(places)[:5])})"
        yield _problem(passage, "quote-ambiguous", message, f"Quote more words, or {WHERE}")


def check_quote_lost(study: Study) -> Iterator[Problem]:
    """A coding's words stand in its source."""
    for passage in _live(study, "lost"):
        source, turn = passage.source.id, passage.coding.turn
        where = f"{source}#{turn}" if turn else source
        said, hint = (
            f"{_words(passage)} does not stand in {where}",
            f"Copy the words from the transcript, or {WHERE}",
        )
        if not passage.coding.quote.strip():
            said = f"the coding has no quote, and there is no {where} to code whole"
            hint = "Write the words that it codes behind `quote:`."
        yield _problem(passage, "quote-lost", said, hint)


def _live(study: Study, *states: str) -> Iterator[Passage]:
    """Codings that nobody rejected, with such an anchor."""
    return (
        one for one in passages_of(study) if one.coding.status != "rejected" and one.anchor.state in states
    )


def _problem(passage: Passage, rule: str, message: str, hint: str, severity: Severity = "error") -> Problem:
    hint = ANEW if passage.file.coder == AUTO else hint
    return Problem(
        Place(passage.file.path, ("codings", passage.number, "quote")), rule, message, hint, severity
    )


def _words(passage: Passage) -> str:
    return f"“{shorten(passage.coding.quote, _SHOWN, '...')}”"


def _differing(old: str, new: str) -> tuple[str, str]:
    """Both from a little before where they first differ, unless they are short."""
    old, new = one_line(old), one_line(new)
    if max(len(old), len(new)) <= _SHOWN:
        return old, new
    first = next(
        (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    start = max(first - _SHOWN // 3, 0)
    start = old.find(" ", start, first) + 1 or start
    dots = "..." if start else ""
    return dots + shorten(old[start:], _SHOWN, "..."), dots + shorten(new[start:], _SHOWN, "...")


def _where(passage: Passage) -> str:
    span = passage.anchor.span
    return f"{passage.source.id}#{span.turn}" if span else passage.source.id


def check_question_coded(study: Study) -> Iterator[Problem]:
    """A passage is not the interviewer's words alone."""
    for passage, span in _placed(study):
        if all(passage.source.is_question(turn) for turn in span.turns):
            yield Problem(Place(passage.file.path, ("codings", passage.number)), "question-coded",
                          f"{passage.source.id}#{span.turn} is the interviewer's turn; what is asked is no evidence",
                          "Code the answer instead.", "warning")  # fmt: skip


def check_no_testimony(study: Study) -> Iterator[Problem]:
    """A passage holds words of an informant, or of a note or document: else it is evidence of nothing (R11)."""
    for passage, span in _placed(study):
        reason = reason_against(passage.source, span.turns)
        if reason not in (None, "question"):
            yield Problem(Place(passage.file.path, ("codings", passage.number)), "no-testimony",
                          f"{passage.source.id}#{span.turn} holds {REASONS[reason]}; it is evidence of nothing",
                          "Code an informant's words instead, or correct who speaks.", "warning")  # fmt: skip


def _placed(study: Study) -> Iterator[tuple[Passage, Span]]:
    live = _live(study, "exact", "moved", "changed")
    return ((one, one.anchor.span) for one in live if one.anchor.span)
