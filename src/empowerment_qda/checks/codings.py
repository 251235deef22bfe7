"""Checks of codings: their code, their source, and whether their words still stand there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from empowerment_qda.model.study import Study
from empowerment_qda.passages import Passage, find_passages
from empowerment_qda.problems import Place, Problem, did_you_mean

ANCHOR = "Run `qda code anchor` to bring it up to date."


def check_unknown_code(study: Study) -> Iterator[Problem]:
    """A coding's code is in the codebook."""
    known = study.codebook.places
    for file in study.codings:
        for number, coding in enumerate(file.codings):
            if coding.code not in known:
                yield Problem(Place(file.path, ("codings", number, "code")), "unknown-code",
                              f"code `{coding.code}` is not in {study.codebook.path}",
                              f"Correct it, or add it to the codebook. {did_you_mean(coding.code, known)}")  # fmt: skip


def check_unknown_source(study: Study) -> Iterator[Problem]:
    """The source of a codings file exists."""
    for file in study.codings:
        if file.source not in study.by_id:
            yield Problem(Place(file.path, ("source",)), "unknown-source", f"there is no source `{file.source}`",
                          f"Correct the id. {did_you_mean(file.source, study.by_id)}")  # fmt: skip


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
    coders = {file.coder for file in study.codings}
    for coder in study.settings.evidence.coders:
        if coder not in coders:
            yield Problem(Place("qda.yaml", ("evidence", "coders")), "unknown-coder",
                          f"coder `{coder}` has no codings, so nothing of theirs counts",
                          f"Correct the name. {did_you_mean(coder, sorted(coders))}", "warning")  # fmt: skip


def check_quote(study: Study) -> Iterator[Problem]:
    """A coding's quote stands in its turn, word for word."""
    for passage in find_passages(study.sources, study.codings):
        if passage.coding.status == "rejected":
            continue
        problem = _say_anchor(passage)
        if problem:
            yield problem


def _say_anchor(passage: Passage) -> Problem | None:
    coding, anchor = passage.coding, passage.anchor
    place = Place(passage.file.path, ("codings", passage.number, "quote"))
    words = f"“{coding.quote if len(coding.quote) <= 60 else coding.quote[:57] + '...'}”"
    source = passage.source.id
    if not coding.quote.strip():
        if anchor.state != "exact":
            return Problem(place, "quote-lost", f"the coding has no quote, and {source} has no turn {coding.turn or ''}".rstrip(),
                           "Write the words that it codes behind `quote:`.")  # fmt: skip
        return Problem(place, "quote-missing", f"the coding has no quote, so it means the whole of {source}#{coding.turn}",
                       "Run `qda code anchor` to fill it in.", "warning")  # fmt: skip
    match anchor.state:
        case "moved":
            where = f"{source}#{anchor.span.turn}" if anchor.span else source
            return Problem(
                place,
                "quote-moved",
                f"{words} stands in {where} now, not in turn {coding.turn}",
                ANCHOR,
                "warning",
            )
        case "changed":
            where = f"{source}#{anchor.span.turn}" if anchor.span else source
            return Problem(
                place, "quote-changed", f"{words} reads “{anchor.found}” in {where} now", ANCHOR, "warning"
            )
        case "ambiguous":
            spots = ", ".join(f"{source}#{span.turn}" for span in anchor.candidates[:5])
            return Problem(place, "quote-ambiguous", f"{words} stands more than once ({spots})",
                           "Say which with `occurrence: 1`, or quote more words; until then it does not count.")  # fmt: skip
        case "lost":
            where = f"{source}#{coding.turn}" if coding.turn else source
            return Problem(place, "quote-lost", f"{words} does not stand in {where}",
                           "Copy the words from the transcript; until then the coding does not count.")  # fmt: skip
        case _:
            return None


def check_question_coded(study: Study) -> Iterator[Problem]:
    """A passage is not the interviewer's words alone."""
    for passage in find_passages(study.sources, study.codings):
        span = passage.anchor.span
        if span and passage.coding.status != "rejected":
            turns = range(span.turn, span.end_turn + 1)
            if all(passage.source.is_question(turn) for turn in turns):
                yield Problem(Place(passage.file.path, ("codings", passage.number)), "question-coded",
                              f"{passage.source.id}#{span.turn} is the interviewer's turn; what is asked is no evidence",
                              "Code the answer instead.", "warning")  # fmt: skip
