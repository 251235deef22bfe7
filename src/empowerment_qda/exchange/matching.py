"""A coded project of another program, joined to a study: its codes, texts, coders and segments become the study's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import NamedTuple

from empowerment_qda.evidence.passages import make_coding
from empowerment_qda.exchange.placing import Alignment, Placed, SourceWords
from empowerment_qda.exchange.project import (
    BroughtCode,
    BroughtText,
    Case,
    Project,
    Segment,
    full_label,
    name_codes,
)
from empowerment_qda.exchange.refi_return import keys_of_coding
from empowerment_qda.exchange.sources import Given, Made, make_id
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.source import Source, Span

AROUND = 120
"""Characters of the text on either side of a segment by which equal words are told apart."""
_ENDING = re.compile(r"\.(?:docx?|odt|rtf|pdf|txt|md|html?|vtt|srt|eaf|json|csv|xlsx?|mp[34]|m4a|wav|mov|jpe?g|png)$", re.IGNORECASE)  # fmt: skip
QUESTION = "it is the interviewer's turn; what is asked is no evidence"


class MatchedCodes(NamedTuple):
    """The ids of codes by their keys, those that the book has and new ones (`fresh`, their keys). `doubtful` codes may be
    any of several."""

    ids: dict[str, str]
    fresh: list[str]
    doubtful: dict[str, list[str]]


def match_codes(codes: Sequence[BroughtCode], book: Codebook | None, taken: Collection[str]) -> MatchedCodes:
    """Each code as the book has it, by the id that it had, or by its path, label or id; else new, with an id that neither book nor codings have."""
    by_key = {code.key: code for code in codes}
    known: dict[str, list[tuple[list[set[str]], str]]] = defaultdict(list)
    for place in book.walk() if book else ():
        line = [
            {_fold(one.id), *(_fold(label) for label in (one.label.root.values() if one.label else ()))}
            for one in place.line
        ]
        for name in line[-1]:
            known[name].append((line, place.code.id))
    ids: dict[str, str] = {}
    doubtful: dict[str, list[str]] = {}
    for code in codes:
        if book and code.id in book.places:
            ids[code.key] = code.id
            continue
        path = [_fold(one) for one in full_label(code, by_key)]
        near = [(line, id_) for line, id_ in known[path[-1]] if _run_along(path, line)]
        whole = [id_ for line, id_ in near if len(line) == len(path)]
        found = whole or [id_ for _, id_ in near]
        if len(found) == 1:
            ids[code.key] = found[0]
        elif found:
            doubtful[code.key] = found
    rest = [code for code in codes if code.key not in ids and code.key not in doubtful]
    named = name_codes(rest, {*taken, *(book.places if book else ())}, ids)
    return MatchedCodes(ids | named, list(named), doubtful)


def list_names(book: Codebook | None) -> set[str]:
    """All that the codes of a book may be called: ids, labels and paths."""
    found = set()
    for place in book.walk() if book else ():
        labels = [one.label.say("") if one.label else one.id for one in place.line]
        found |= {place.code.id, place.path, labels[-1], " > ".join(labels)}
    return found


def _run_along(path: Sequence[str], line: Sequence[set[str]]) -> bool:
    """Whether a path and a code of the book are called the same from below, as far as both go."""
    return all(name in names for name, names in zip(reversed(path), reversed(line), strict=False))


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def bare_name(name: str) -> str:
    """The name of a text without the ending of a file and the folders before it.

    >>> bare_name("Interviews/Ana 1.docx"), bare_name("Ana v. 2")
    ('Ana 1', 'Ana v. 2')
    """
    last = name.replace("\\", "/").rpartition("/")[2] if _ENDING.search(name) else name
    return _ENDING.sub("", last).strip() or name


def match_text(name: str, sources: Iterable[Source]) -> Source | None:
    """The one source that is called so: by its id, its title or the name of its file."""
    wanted = {_fold(name), _fold(bare_name(name)), make_id(bare_name(name)).casefold()}
    found = [one for one in sources if wanted & set(_called(one))]
    return found[0] if len(found) == 1 else None


def _called(source: Source) -> Iterator[str]:
    yield source.id.casefold()
    yield PurePosixPath(source.path).stem.casefold()
    for title in source.title.root.values() if source.title else ():
        yield _fold(title)


def make_coder(name: str) -> str:
    """The name of a coder's folder, from that of a person.

    >>> make_coder("Ana María (2)"), make_coder("Мария П.")
    ('Ana-Maria-2', 'Мария-П')
    """
    return make_id(name) if any(map(str.isalnum, name)) else ""


def name_coders(names: Iterable[str], coders: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """The coder in the study for each name in a file: as it is `given` (under no name for those without one), as one of the
    study's `coders`, or made of the name; empty where nobody can tell."""
    known = {one.casefold(): one for one in coders}
    found: dict[str, str] = {}
    for name in sorted(set(names), key=lambda one: not one):
        alone = next(iter(found.values())) if len(set(found.values())) == 1 else ""
        made = (given.get(name) if name else None) or known.get(name.casefold()) or make_coder(name)
        made = made or given.get("") or alone
        found[name] = known.setdefault(made.casefold(), made)
    return found


def given_of(text: BroughtText, cases: Iterable[Case], given: Given) -> Given:
    """What is said of a text: by whoever brings it in, else by itself where a study wrote it. The case that it is about is its
    informant, if it is the only one."""
    keys = text.keys
    given = replace(
        given,
        interviewers=given.interviewers or tuple(filter(None, keys.get("interviewer", "").split("; "))),
        method=given.method or keys.get("method"),
        date=given.date or keys.get("date"),
    )
    about = [case for case in cases if text.key in case.texts]
    if len(about) == 1 and not given.informants:
        given = replace(given, informants={"": make_id(about[0].name)})
    return given


def add_about(made: Made, text: BroughtText, cases: Iterable[Case]) -> set[str]:
    """Put the attributes of cases to the informants that they are, those of the text to its only one, and title and note to
    the source; the names of the cases that were found."""
    keys, found = made.keys, set()
    heard = (
        keys.get("informants") or [keys["informant"]] if "informant" in keys or "informants" in keys else []
    )
    for one in heard:
        attributes = dict(text.attributes) if len(heard) == 1 else {}
        for case in cases:
            if make_id(case.name).casefold() == one["id"].casefold():
                attributes |= case.attributes
                found.add(case.name)
        if attributes:
            one["attributes"] = {**one.get("attributes", {}), **attributes}
    name = bare_name(text.name)
    head = {"id": keys.pop("id"), **({"title": name} if name != made.id else {})}
    note = "\n\n".join(filter(None, [keys.pop("note", ""), text.note]))
    turns, rest = keys.pop("turns"), dict(keys)
    keys.clear()
    keys.update(head | rest | ({"note": note} if note else {}) | {"turns": turns})
    return found


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A segment that stands nowhere in the study, and why."""

    segment: Segment
    document: str
    code: str
    why: str


@dataclass(slots=True)
class Outcome:
    """What became of the segments: codings by coder and source, memos on passages, what is there already, what stands on
    nearly its own words, and what could not be placed."""

    codings: dict[tuple[str, str], list[Coding]] = field(default_factory=lambda: defaultdict(list))
    memos: list[tuple[str, str, str]] = field(default_factory=list)
    """Coder, text, and the turns that it is on."""
    there: int = 0
    near: list[str] = field(default_factory=list)
    """Places and codes."""
    unnamed: list[str] = field(default_factory=list)
    """Ids that codings had, and that others have in the study."""
    unplaced: list[Unplaced] = field(default_factory=list)


class Placer:
    """Where the texts of a project are in the study: sources by the keys of texts, with the names of their speakers in the
    text where they were made of it. One text at a time is held ready."""

    def __init__(
        self, project: Project, sources: Mapping[str, Source], speakers: Mapping[str, Sequence[str]]
    ) -> None:
        self.texts = {one.key: one for one in project.texts}
        self._sources, self._speakers = sources, speakers
        self._ready: tuple[str, SourceWords, Alignment | None] | None = None
        self.differing: dict[str, str] = {}
        """Names of texts that read otherwise than their sources, with the ids of those."""

    def words(self, key: str) -> SourceWords | None:
        """The source that a text is, ready to find words in."""
        found = self._prepare(key)
        return found[1] if found else None

    def _prepare(self, key: str) -> tuple[str, SourceWords, Alignment | None] | None:
        if key not in self._sources:
            return None
        if self._ready is None or self._ready[0] != key:
            text, source = self.texts[key], self._sources[key]
            words, aligned = SourceWords(source), None
            if text.text:
                names = self._speakers.get(key) or [turn.speaker or "" for turn in source.turns]
                aligned = Alignment(text.text, zip(names, words.texts, strict=True))
                if not aligned.whole:
                    self.differing[text.name] = source.id
            self._ready = key, words, aligned
        return self._ready

    def place(self, segment: Segment) -> Placed:
        """Where a segment stands."""
        if segment.why_not:
            return Placed(None, segment.why_not)
        text, ready = self.texts.get(segment.text), self._prepare(segment.text)
        if ready is None:
            name = text.name if text else segment.text
            why = text.missing if text and text.missing else "it is no source of the study"
            return Placed(None, f"the study has no source for `{name[:80]}`: {why}")
        _, words, aligned = ready
        if text is None or segment.start is None or segment.end is None:
            return words.find(segment.quote)
        if [turn.text for turn in text.turns] == words.texts and (
            span := text.find(segment.start, segment.end)
        ):
            return Placed(span)
        if aligned and aligned.whole:
            span = aligned.find(segment.start, segment.end)
            return (
                Placed(span)
                if span
                else Placed(None, "it stands on nobody's words, such as a name or a heading")
            )
        before = text.text[max(segment.start - AROUND, 0) : segment.start]
        return words.find(segment.quote, before, text.text[segment.end :][:AROUND])


def place_segments(
    project: Project,
    placer: Placer,
    codes: MatchedCodes,
    coder_of: Mapping[str, str],
    there: Collection[tuple[str, str, str, Span]],
    taken: Collection[str] = (),
) -> Outcome:
    """Every segment as a coding, or among those that could not be placed; none is dropped. `there` are codings that the
    study has: coder, source, code and span; `taken` are ids that no new coding can have."""
    found = Outcome()
    by_key = {code.key: code for code in project.codes}
    seen, used = set(there), set(taken)
    for segment in project.segments:
        text = placer.texts.get(segment.text)
        named = (
            " > ".join(full_label(by_key[segment.code], by_key))
            if segment.code in by_key
            else segment.code or ""
        )
        placed = placer.place(segment)
        why = placed.why_not
        words = placer.words(segment.text)
        if placed.span and words:
            coder, source, span = coder_of[segment.coder], words.source, placed.span
            id_ = codes.ids.get(segment.code or "")
            if segment.code is None:
                found.memos.append((coder, segment.memo, span.on(source.id)))
                continue
            if id_ is None:
                others = codes.doubtful.get(segment.code)
                why = (
                    f"its code may be any of {', '.join(others)}"
                    if others
                    else "the file does not say what its code is"
                )
            elif (coder, source.id, id_, span) in seen:
                found.there += 1
                continue
            elif all(map(source.is_question, span.turns)) and not (text and text.turns):  # a study's own stay
                why = QUESTION
            else:
                seen.add((coder, source.id, id_, span))
                found.near += [f"{source.id}#{span.turn} {id_}"] * placed.near
                keys = keys_of_coding(segment.keys, used)
                used.add(keys.get("id", ""))
                found.unnamed += [segment.keys["id"]] if "id" in segment.keys.keys() - keys else []
                coding = make_coding(words.text, span, code=id_, memo=segment.memo or None, **keys)
                found.codings[coder, source.id].append(coding)
                continue
        found.unplaced.append(Unplaced(segment, text.name if text else segment.text, named, why))
    return found
