"""What the tab key offers: the sources, codes, findings, coders and informants of the study one is in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from typer import core

from empowerment_qda.model.study import Study
from empowerment_qda.text import inert_line, shorten

Words = Callable[[Study], Iterable[tuple[str, str]]]
"""Words of a study, each with what it means."""


def _sources(study: Study) -> Iterable[tuple[str, str]]:
    language = study.settings.language
    return ((one.id, one.title.say(language) if one.title else "") for one in study.sources)


def _codes(study: Study) -> Iterable[tuple[str, str]]:
    book, language = study.codebook, study.settings.language
    return ((one, book.label(one, language)) for one in book.places)


def _coders(study: Study) -> Iterable[tuple[str, str]]:
    return ((one, "") for one in sorted({one.coder for one in study.codings}))


def _findings(study: Study) -> Iterable[tuple[str, str]]:
    language = study.settings.language
    return ((one.id, one.statement.say(language)) for one in study.findings.findings)


def _informants(study: Study) -> Iterable[tuple[str, str]]:
    return ((one.id, one.type or "") for one in study.informants.values())


def _links(study: Study) -> Iterable[tuple[str, str]]:
    return (*_findings(study), *_sources(study))


OFFERED: dict[str, Words] = {
    **dict.fromkeys(("source", "sources", "place"), _sources),
    **dict.fromkeys(("code", "codes", "only", "under", "expression", "to"), _codes),
    **dict.fromkeys(("coder", "coders", "of"), _coders),
    **dict.fromkeys(("informant", "target"), _informants),
    "finding": _findings, "link": _links,
}  # fmt: skip
"""By the name of a parameter, in whatever command."""


def offer(parameter: Any) -> None:
    """Let a parameter offer the words of the study, if it is one of those."""
    words = OFFERED.get(parameter.name)
    if words is None:
        return

    def complete(context: Any, incomplete: str) -> list[Any]:
        study = _read(context.params.get("study"))
        found = words(study) if study else ()
        make: Any = core.CompletionItem  # type: ignore[attr-defined]  # typer's own, of which it makes no show
        told = ((word, shorten(inert_line(said))) for word, said in found if word.startswith(incomplete))
        return [make(word, help=said) for word, said in told]

    parameter.shell_complete = complete


def _read(folder: str | Path | None) -> Study | None:
    """The study, if it can be read: nothing is told to who presses a key, and nothing is written."""
    from empowerment_qda.files.read import find_study, read_study
    from empowerment_qda.problems import StudyError

    try:
        return read_study(find_study(Path(folder or ".")))
    except (StudyError, OSError):
        return None
