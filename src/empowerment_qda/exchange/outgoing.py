"""What leaves a study: its sources and codings as far as they are wanted and may go, and what stays behind, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from empowerment_qda.evidence.passages import Passage, find_passages, passages_of, require_coders
from empowerment_qda.locale import list_words
from empowerment_qda.model.coding import Memo, turns_of
from empowerment_qda.model.source import Informant, Source
from empowerment_qda.model.study import Study

WHOLE = ("study", "transcript")
"""What holds transcripts as a whole."""


@dataclass(frozen=True)
class Outgoing:
    """A study with nothing in it but what may go out. `left` says what was left behind, a phrase each."""

    study: Study
    passages: tuple[Passage, ...]
    """Codings that a person accepted and whose words stand in a source, in the order of the files."""
    left: tuple[str, ...]
    what: str = "study"
    """Which part of it is asked for, as `--what` has it."""
    whole: bool = True
    """Whether every source of the study is among it."""
    root: Path = Path()
    """The folder of the study, for what goes out as it is."""
    delimiter: str = ","
    """What stands between the cells of CSV."""

    @property
    def language(self) -> str:
        """The language in which labels and definitions go out."""
        return self.study.settings.language


@dataclass(frozen=True)
class Written:
    """What a form makes of it: the bytes of the file, or the files of a folder by their paths; what is in it, and what this
    form cannot hold, a phrase each."""

    content: bytes | Mapping[str, bytes]
    held: tuple[str, ...]
    lost: tuple[str, ...] = ()


def gather(
    study: Study, sources: Collection[str] = (), coders: Collection[str] = (), what: str = "study"
) -> Outgoing:
    """What goes out: of these sources and coders, or of all. StudyError where one of them is not known."""
    require_coders(study, coders)
    every = {file.coder for file in study.codings}
    asked = {one for one in study.by_id if one in sources or not sources}
    kept_in = find_kept_in(study, what)
    chosen = narrow(study, asked - kept_in.keys(), {*coders} or every)
    passages = tuple(find_passages(chosen.sources, chosen.codings))
    accepted = [one for one in passages if one.coding.status == "accepted"]
    going = tuple(one for one in accepted if one.anchor.span)
    states = Counter(one.coding.status for one in passages)
    left = [
        *(f"{one}, which {list_words(who, 'en')} did not agree to hand on (consent.yaml)" for one, who in kept_in.items() if one in asked),
        count(len(study.sources) - len(asked), "source not asked for", "sources not asked for"),
        count(len(passages_of(study)) - len(passages), "coding of others", "codings of others"),
        count(len(study.memos) - len(chosen.memos), "memo on other sources, or by others", "memos on other sources, or by others"),
        count(states["suggested"], "suggestion"),
        count(states["rejected"], "rejected coding"),
        count(len(accepted) - len(going), "coding that cannot be placed (see `qda check`)", "codings that cannot be placed (see `qda check`)"),
    ]  # fmt: skip
    whole = len(chosen.sources) == len(study.sources)
    return Outgoing(chosen, going, tuple(filter(None, left)), what, whole)


def find_kept_in(study: Study, what: str) -> dict[str, tuple[str, ...]]:
    """The sources that may not go out, with those whose consent is missing. Whole transcripts ask for consent to `archive`,
    all else for none: single quotations are withheld where they are made (`Evidence.quote`)."""
    if what not in WHOLE:
        return {}
    every = ((one, study.withheld(one, range(1, len(one.turns) + 1), "archive")) for one in study.sources)
    return {source.id: who for source, who in every if who}


def narrow(study: Study, sources: Collection[str], coders: Collection[str]) -> Study:
    """The study with nothing but these sources, the codings of these coders on them, and the memos that speak of nothing
    else. Informants stay declared in full, even where the source that did so is not among them."""
    files = tuple(one for one in study.codings if one.source in sources and one.coder in coders)
    others = {file.coder for file in study.codings}.difference(coders)
    on = {one.coding.id: one.source.id for one in passages_of(study) if one.coding.id}
    memos = tuple(
        one
        for one in study.memos
        if one.author not in others and all(where in sources for where in _sources_of(one, study, on))
    )
    kept = tuple(_declare(one, study) for one in study.sources if one.id in sources)
    return replace(study, sources=kept, codings=files, memos=memos)


def _declare(source: Source, study: Study) -> Source:
    def full(heard: Informant | str) -> Informant | str:
        return study.informants.get(heard, heard) if isinstance(heard, str) else heard

    own = full(source.informant) if source.informant is not None else None
    return source.model_copy(update={"informant": own, "informants": tuple(map(full, source.informants))})


def _sources_of(memo: Memo, study: Study, on: Mapping[str, str]) -> Iterator[str]:
    """The ids of the sources that a memo is on, by their turns and codings too."""
    for link in memo.links:
        place = turns_of(link)
        found = place[0] if place else on.get(link, link)
        if found in study.by_id:
            yield found


def count(number: int, one: str, several: str = "") -> str:
    """A number and what it counts; nothing where there is none.

    >>> count(2, "memo"), count(1, "memo"), count(3, "coding of others", "codings of others"), count(0, "memo")
    ('2 memos', '1 memo', '3 codings of others', '')
    """
    return f"{number} {one if number == 1 else several or one + 's'}" if number else ""
