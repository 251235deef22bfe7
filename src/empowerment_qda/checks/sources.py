"""Checks of sources and of who is heard in them, and of interviews that are there twice under two names (R16): the same words
in the same order, a few of them changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from empowerment_qda.language import fold, words
from empowerment_qda.model.source import KINDS, UNSPECIFIED, Informant, Source, kind_of
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, did_you_mean, find_unknown

SETTINGS = "qda.yaml"
RUN = 4
"""How many words in a row, within a turn, two people do not say alike by chance."""
MOSTLY = 0.5
"""The share of a source's words in such runs from which it has mostly the words of another."""
FEWEST = 10
"""How many different words must be in them: shared phrases of short answers are no copy."""
FEWEST_RESTATED = 60
"""The same where the words are the analyst's, who says alike what is alike."""
HOLDERS = 8
"""In how many sources a run is looked for; it keeps the work linear where all have it."""


def check_no_sources(study: Study) -> Iterator[Problem]:
    """A study without a single source has nothing to analyse."""
    if not study.sources:
        patterns = ", ".join(pattern for globs in study.settings.sources.values() for pattern in globs)
        yield Problem(Place(SETTINGS, ("sources",)), "no-sources", f"no file matches {patterns or 'any pattern'}",
                      "Bring a transcript in with `qda import FILE`, write one there, or correct the patterns under `sources`.")  # fmt: skip


def check_duplicate_id(study: Study) -> Iterator[Problem]:
    """An id is unique within its kind; codes and codings share one kind, since findings cite both."""
    seen: dict[tuple[str, str], Place] = {}
    for kind, name, place in _list_ids(study):
        if name and (kind, name) in seen:
            where = "this file" if seen[kind, name].path == place.path else seen[kind, name].path
            yield Problem(place, "duplicate-id", f"the {kind} id `{name}` is used already in {where}",
                          "Give one of the two another id.")  # fmt: skip
        seen.setdefault((kind, name or ""), place)


def _list_ids(study: Study) -> Iterator[tuple[str, str | None, Place]]:
    """Every id with its kind and where it stands."""
    yield from (("source", one.id, Place(one.path, ("id",))) for one in study.sources)
    for code in study.codebook.walk():
        yield "code or coding", code.code.id, Place(study.codebook.path, (*code.key, "id"))
    for file in study.codings:
        for n, coding in enumerate(file.codings):
            yield "code or coding", coding.id, Place(file.path, ("codings", n, "id"))
    findings = study.findings
    for _, claim, key in sorted(findings.places, key=lambda one: len(one[2])):  # the parts after all findings
        yield "finding", claim.id, Place(findings.path, (*key, "id"))
    for n, advice in enumerate(findings.recommendations):
        yield "recommendation", advice.id, Place(findings.path, ("recommendations", n, "id"))
    yield from (("memo", memo.id, Place(memo.path, ("id",))) for memo in study.memos)


def _heard(study: Study) -> Iterator[tuple[Informant | str, Place]]:
    for source in study.sources:
        if source.informant is not None:
            yield source.informant, Place(source.path, ("informant",))
        yield from ((one, Place(source.path, ("informants", n))) for n, one in enumerate(source.informants))


def list_declared(study: Study) -> Iterator[tuple[Informant, Place]]:
    """Every declaration of an informant in full, and where it stands."""
    return ((one, place) for one, place in _heard(study) if isinstance(one, Informant))


def check_unknown_informant(study: Study) -> Iterator[Problem]:
    """An informant named by id alone is declared in another source."""
    named = ((one, place) for one, place in _heard(study) if isinstance(one, str))
    return find_unknown(named, study.informants, "unknown-informant",
                        "informant `{name}` is not declared in any source",
                        "Declare it in full: `{id: {name}, type: ...}`.")  # fmt: skip


def check_informant_conflict(study: Study) -> Iterator[Problem]:
    """An informant is declared in one way only."""
    for one, place in list_declared(study):
        first, names = study.informants[one.id], ("type", "identity", "attributes")
        if differing := [name for name in names if getattr(one, name) != getattr(first, name)]:
            yield Problem(place, "informant-conflict",
                          f"informant `{one.id}` is declared elsewhere with another {' and '.join(differing)}",
                          "Declare it once in full, and write only its id in other sources.")  # fmt: skip


def check_unknown_type(study: Study) -> Iterator[Problem]:
    """An informant's type is declared in qda.yaml; an undeclared one counts as not known."""
    named = (
        (one.type, Place(place.path, (*place.key, "type"))) for one, place in list_declared(study) if one.type
    )
    return find_unknown(named, study.settings.informant_types, "unknown-type",
                        f"informant type `{{name}}` is not declared in {SETTINGS}, so it counts as not known",
                        "Declare it under `informant_types`.", "warning")  # fmt: skip


def check_unknown_group(study: Study) -> Iterator[Problem]:
    """An informant type's group is declared in qda.yaml."""
    named = (
        (kind.group, Place(SETTINGS, ("informant_types", name, "group")))
        for name, kind in study.settings.informant_types.items()
        if kind.group
    )
    return find_unknown(named, study.settings.groups, "unknown-group", "group `{name}` is not declared",
                        "Declare it under `groups`.")  # fmt: skip


def check_unknown_producer(study: Study) -> Iterator[Problem]:
    """A document's producer is `researcher`, `unstated` or a group."""
    named = ((one.producer, Place(one.path, ("producer",))) for one in study.sources if one.producer)
    known = ("researcher", "unstated", *study.settings.groups)
    return find_unknown(named, known, "unknown-producer", "producer `{name}` is no group of the study",
                        "Name the group that made it, or `researcher`.", "warning")  # fmt: skip


def check_unknown_speaker(study: Study) -> Iterator[Problem]:
    """Every speaker of an interview is an informant, an interviewer or a bystander of it (R11)."""
    for source in study.sources:
        if not source.spoken:
            continue
        turns: dict[str, list[int]] = defaultdict(list)
        for n, (turn, role) in enumerate(zip(source.turns, source.roles, strict=True)):
            if role == "stranger":
                turns[turn.speaker or ""].append(n)
        declared = [one if isinstance(one, str) else one.id for one in source.heard]
        declared += [*source.interviewer, *source.bystanders]
        for name, found in turns.items():
            number = f"{len(found)} turns" if len(found) > 1 else "a turn"
            yield Problem(Place(source.path, ("turns", found[0], "speaker")), "unknown-speaker",
                          f"`{name}` speaks in {number} and is no informant, interviewer or bystander of {source.id}: "
                          "these words count for nobody",
                          f"Correct the name, or declare it. {did_you_mean(name, declared)}")  # fmt: skip


def check_no_informant(study: Study) -> Iterator[Problem]:
    """An interview says who is heard in it (R11)."""
    for source in study.sources:
        if source.spoken and not source.heard:
            yield Problem(Place(source.path), "no-informant",
                          f"{source.id} ({source.method}) declares no informant, so its words count for nobody",
                          "Write `informant: {id: ..., type: ...}`; `identity: unknown` where nobody knows who it was.")  # fmt: skip


def check_unknown_interviewer(study: Study) -> Iterator[Problem]:
    """The interviewer named in a source speaks in it."""
    for source in study.sources:
        speakers = {turn.speaker for turn in source.turns if turn.speaker}
        named = ((name, Place(source.path, ("interviewer",))) for name in source.interviewer)
        yield from find_unknown(named, sorted(speakers), "unknown-interviewer",
                                "the interviewer `{name}` has no turn, so no turn counts as a question",
                                "Write the name as it stands behind `speaker:`.", "warning")  # fmt: skip


def check_unknown_method(study: Study) -> Iterator[Problem]:
    """A method is one that is known, or is declared in qda.yaml with what it counts as (R15)."""
    settings = study.settings
    places = {word: Place(SETTINGS, ("sources", word)) for word in settings.sources}
    for source in study.sources:
        places.setdefault(source.method or UNSPECIFIED, Place(source.path, ("method",)))
    known = [word for words in KINDS.values() for word in words]
    for word, place in places.items():
        if settings.kind_of(word) is None and word.casefold() != UNSPECIFIED:
            yield Problem(place, "unknown-method",
                          f"the method `{word}` is not known, so what was gathered by it counts on no axis",
                          f"Declare it: `methods: {{{word}: {{counts_as: interview}}}}`. {did_you_mean(word, known)}")  # fmt: skip
    for word, declared in settings.methods.items():
        if kind_of(word) not in (None, declared.counts_as):
            yield Problem(Place(SETTINGS, ("methods", word)), "unknown-method",
                          f"`{word}` is {kind_of(word)} and cannot count as {declared.counts_as}",
                          "Take it out; only other words are declared here.")  # fmt: skip


def check_unknown_distinct(study: Study) -> Iterator[Problem]:
    """`distinct_from` names other informants of the study (R12)."""
    for one, place in list_declared(study):
        for k, other in enumerate(one.distinct_from):
            if other == one.id or other not in study.informants:
                yield Problem(Place(place.path, (*place.key, "distinct_from", k)), "unknown-distinct",
                              f"`{other}` is no other informant of the study",
                              f"Name one who is. {did_you_mean(other, study.informants)}")  # fmt: skip


def check_unmatched_pattern(study: Study) -> Iterator[Problem]:
    """A pattern under `sources` finds the files that it is meant for; one that still waits for its first may stand."""
    for method, number, near in study.mistaken if study.sources else ():  # else `no-sources` names them all
        hint = f" Did you mean the folder {near}?" if near else ""
        yield Problem(Place(SETTINGS, ("sources", method, number)), "unmatched-pattern",
                      f"no file matches {study.settings.sources[method][number]}, so no {method} comes from there",
                      f"Correct the pattern, or take it out.{hint}", "warning")  # fmt: skip


def check_unread_file(study: Study) -> Iterator[Problem]:
    """What stands where material stands is read: a source that a pattern takes, codings, a memo.

    Not meant are README, LICENSE and the like, hidden files, and the original or the recording of a source beside it
    under its name.
    """
    for path in study.unread:
        message, hint = _tell_unread(PurePosixPath(path), study.settings.codebook)
        yield Problem(Place(path, (), 1), "unread-file", message, hint, "warning")


def _tell_unread(path: PurePosixPath, codebook: str) -> tuple[str, str]:
    """What becomes of a file that nothing reads, and the next step."""
    ending = path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml"
    rename = f"Call it {path.with_suffix('.yaml')}, or keep it elsewhere."
    told = {
        "codings": (
            "codings are read from codings/<coder>/<source>.yaml, and these count for nothing",
            rename if ending and len(path.parts) == 3 else "Move it there, or keep it elsewhere.",
        ),
        "memos": (
            "memos are read from memos/*.md, and this one is not",
            "Move it there, or keep it elsewhere.",
        ),
        "codebooks": (
            f"the codebook is {codebook}, and this file is not read",
            f"Name it under `codebook` in {SETTINGS}, or keep it elsewhere.",
        ),
        "findings.yml": ("findings are read from findings.yaml, and these are not", rename),
    }
    if path.parts[0] in told:
        return told[path.parts[0]]
    rule = f"no pattern under `sources` in {SETTINGS} takes this file, so nobody reads it"
    if ending:
        return rule, f"Call it {path.with_suffix('.yaml').name}, or add a pattern that takes it."
    if path.suffix == ".yaml":
        return rule, "Add a pattern that takes it, or move it to where one does."
    return (
        rule,
        f"`qda import FILE` makes a source of it, if it holds words; keep the file itself outside {path.parts[0]}/.",
    )


class _Said(NamedTuple):
    """What the informants of a source say: their ids, and each turn's words, folded."""

    source: Source
    informants: frozenset[str]
    turns: tuple[tuple[str, ...], ...]


def check_copied_source(study: Study) -> Iterator[Problem]:
    """No two informants say mostly the same words (R16): one interview under two names would count as two.

    Compared are runs of four words in what informants say, not the questions, so that a copy is found of which every
    tenth word was changed. Of restated sources only long ones are compared.
    """
    said = list(_gather(study))
    for number, near in _find_copies(said).items():
        first, share = max(near.items(), key=lambda pair: (pair[1], -pair[0]))
        source, other = said[number].source, said[first].source
        yield Problem(Place(source.path, ("id",)), "copied-source",
                      f"{share:.0%} of the informant's words in {source.id} and {other.id} are the same, under two informants",
                      "If one is a copy of the other, take it out; if both are one person, give both the same informant.",
                      "warning")  # fmt: skip


def _gather(study: Study) -> Iterator[_Said]:
    """What is said in each source that has informants; who is declared nowhere is no informant."""
    for source in study.sources:
        informants = frozenset(study.who(one).id for one in source.heard)
        if source.spoken and informants:
            turns = (
                tuple(fold(word.text) for word in words(turn.text))
                for turn, role in zip(source.turns, source.roles, strict=True)
                if role == "informant"
            )  # fmt: skip
            yield _Said(source, informants, tuple(turn for turn in turns if turn))


def _runs(turn: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where each run of a turn begins, and a number that stands for its words."""
    return ((at, hash(turn[at : at + RUN])) for at in range(len(turn) - RUN + 1))


def _find_copies(said: list[_Said]) -> dict[int, dict[int, float]]:
    """By the number of a source, each source before it with mostly the same words, and the share of the one that has
    more of it: an interview may be copied into a longer one."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(said):
        for run in {run for turn in one.turns for _, run in _runs(turn)}:
            if len(holders[run]) < HOLDERS:
                holders[run].append(number)
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for number, one in enumerate(said):
        for other, share in _share_out(one, number, holders):
            if said[other].informants.isdisjoint(one.informants):
                first, second = sorted((number, other))
                found[second][first] = max(share, found[second].get(first, 0))
    return dict(sorted(found.items()))


def _share_out(one: _Said, number: int, holders: dict[int, list[int]]) -> Iterator[tuple[int, float]]:
    """Each source that has most of this one's words, with the share that it has."""
    places: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for n, turn in enumerate(one.turns):
        for at, run in _runs(turn):
            for other in holders[run]:
                if other != number:
                    places[other].update((n, at + step) for step in range(RUN))
    length = sum(map(len, one.turns))
    fewest = FEWEST_RESTATED if one.source.provenance == "restated" else FEWEST
    for other, held in places.items():
        different = {one.turns[n][at] for n, at in held}
        if len(different) >= fewest and len(held) > MOSTLY * length:
            yield other, len(held) / length
