"""Checks of sources and of who is heard in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePosixPath

from empowerment_qda.model.source import KINDS, UNSPECIFIED, Informant, kind_of
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Key, Place, Problem, did_you_mean

SETTINGS = "qda.yaml"
Named = tuple[str, Place]


def check_no_sources(study: Study) -> Iterator[Problem]:
    """A study without a single source has nothing to analyse."""
    if not study.sources:
        patterns = ", ".join(pattern for globs in study.settings.sources.values() for pattern in globs)
        yield Problem(Place(SETTINGS, ("sources",)), "no-sources", f"no file matches {patterns or 'any pattern'}",
                      "Put a transcript there, or correct the patterns under `sources`.")  # fmt: skip


def check_duplicate_id(study: Study) -> Iterator[Problem]:
    """An id is unique within its kind; codes and codings share one kind, since findings cite both."""
    codes: Iterable[Named] = (
        (place.code.id, Place(study.codebook.path, (*place.key, "id"))) for place in study.codebook.walk()
    )
    codings = (
        (coding.id, Place(file.path, ("codings", n, "id")))
        for file in study.codings
        for n, coding in enumerate(file.codings)
        if coding.id
    )
    findings = study.findings
    kinds: dict[str, Iterable[Named]] = {
        "source": ((source.id, Place(source.path, ("id",))) for source in study.sources),
        "code or coding": chain(codes, codings),
        "finding": chain(
            ((one.id, Place(findings.path, ("findings", n, "id"))) for n, one in enumerate(findings.findings)),
            (
                (part.id, Place(findings.path, ("findings", n, "parts", k, "id")))
                for n, one in enumerate(findings.findings)
                for k, part in enumerate(one.parts)
            ),
        ),
        "recommendation": (
            (one.id, Place(findings.path, ("recommendations", n, "id")))
            for n, one in enumerate(findings.recommendations)
        ),
        "memo": ((memo.id, Place(memo.path, ("id",))) for memo in study.memos),
    }  # fmt: skip
    for kind, named in kinds.items():
        seen: dict[str, Place] = {}
        for name, place in named:
            if name in seen:
                where = "this file" if seen[name].path == place.path else seen[name].path
                yield Problem(place, "duplicate-id", f"the {kind} id `{name}` is used already in {where}",
                              "Give one of the two another id.")  # fmt: skip
            seen.setdefault(name, place)


def _heard(study: Study) -> Iterator[tuple[Informant | str, Place]]:
    for source in study.sources:
        first: list[tuple[Informant | str, Key]] = []
        if source.informant is not None:
            first.append((source.informant, ("informant",)))
        several = [(one, ("informants", n)) for n, one in enumerate(source.informants)]
        for one, key in (*first, *several):
            yield one, Place(source.path, key)


def check_unknown_informant(study: Study) -> Iterator[Problem]:
    """An informant named by id alone is declared in another source."""
    for one, place in _heard(study):
        if isinstance(one, str) and one not in study.informants:
            yield Problem(place, "unknown-informant", f"informant `{one}` is not declared in any source",
                          f"Declare it in full: `{{id: {one}, type: ...}}`. {did_you_mean(one, study.informants)}")  # fmt: skip


def check_informant_conflict(study: Study) -> Iterator[Problem]:
    """An informant is declared in one way only."""
    for one, place in _heard(study):
        if isinstance(one, Informant):
            first = study.informants[one.id]
            differing = [
                name
                for name in ("type", "identity", "attributes")
                if getattr(one, name) != getattr(first, name)
            ]
            if differing:
                yield Problem(place, "informant-conflict",
                              f"informant `{one.id}` is declared elsewhere with another {' and '.join(differing)}",
                              "Declare it once in full, and write only its id in other sources.")  # fmt: skip


def check_unknown_type(study: Study) -> Iterator[Problem]:
    """An informant's type is declared in qda.yaml; an undeclared one counts as not known."""
    types = study.settings.informant_types
    for one, place in _heard(study):
        if isinstance(one, Informant) and one.type and one.type not in types:
            yield Problem(Place(place.path, (*place.key, "type")), "unknown-type",
                          f"informant type `{one.type}` is not declared in {SETTINGS}, so it counts as not known",
                          f"Declare it under `informant_types`. {did_you_mean(one.type, types)}", "warning")  # fmt: skip


def check_unknown_group(study: Study) -> Iterator[Problem]:
    """An informant type's group is declared in qda.yaml."""
    for name, kind in study.settings.informant_types.items():
        if kind.group and kind.group not in study.settings.groups:
            yield Problem(Place(SETTINGS, ("informant_types", name, "group")), "unknown-group",
                          f"group `{kind.group}` is not declared",
                          f"Declare it under `groups`. {did_you_mean(kind.group, study.settings.groups)}")  # fmt: skip


def check_unknown_producer(study: Study) -> Iterator[Problem]:
    """A document's producer is `researcher`, `unstated` or a group."""
    known = ("researcher", "unstated", *study.settings.groups)
    for source in study.sources:
        if source.producer and source.producer not in known:
            yield Problem(Place(source.path, ("producer",)), "unknown-producer",
                          f"producer `{source.producer}` is no group of the study",
                          f"Name the group that made it, or `researcher`. {did_you_mean(source.producer, known)}",
                          "warning")  # fmt: skip


def check_unknown_speaker(study: Study) -> Iterator[Problem]:
    """Every speaker of an interview is an informant, an interviewer or a bystander of it (R11)."""
    for source in study.sources:
        if not source.spoken:
            continue
        turns: dict[str, list[int]] = {}
        for n, (turn, role) in enumerate(zip(source.turns, source.roles, strict=True)):
            if role == "stranger":
                turns.setdefault(turn.speaker or "", []).append(n)
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
        for name in source.interviewer:
            if name not in speakers:
                yield Problem(Place(source.path, ("interviewer",)), "unknown-interviewer",
                              f"the interviewer `{name}` has no turn, so no turn counts as a question",
                              f"Write the name as it stands behind `speaker:`. {did_you_mean(name, sorted(speakers))}",
                              "warning")  # fmt: skip


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
    for one, place in _heard(study):
        for k, other in enumerate(one.distinct_from if isinstance(one, Informant) else ()):
            if other == (one if isinstance(one, str) else one.id) or other not in study.informants:
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
    match path.parts[0]:
        case "codings":
            rule = "codings are read from codings/<coder>/<source>.yaml, and these count for nothing"
            return rule, rename if ending and len(path.parts) == 3 else "Move it there, or keep it elsewhere."
        case "memos":
            return (
                "memos are read from memos/*.md, and this one is not",
                "Move it there, or keep it elsewhere.",
            )
        case "codebooks":
            return (
                f"the codebook is {codebook}, and this file is not read",
                f"Name it under `codebook` in {SETTINGS}, or keep it elsewhere.",
            )
        case "findings.yml":
            return "findings are read from findings.yaml, and these are not", rename
    rule = f"no pattern under `sources` in {SETTINGS} takes this file, so nobody reads it"
    if ending:
        return rule, f"Call it {path.with_suffix('.yaml').name}, or add a pattern that takes it."
    if path.suffix == ".yaml":
        return rule, "Add a pattern that takes it, or move it to where one does."
    return rule, ("Write what it says turn by turn into a source beside it, with the same name and `.yaml` "
                  f"(`qda init` makes an example), or keep it outside {path.parts[0]}/.")  # fmt: skip
