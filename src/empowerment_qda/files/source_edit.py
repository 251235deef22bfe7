"""A transcript edited: the file of the source, all coders' codings, turns left out and memos' links follow in one step.

Only this writes into a source, because a person said so; no analysis does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from empowerment_qda.anchors import NewTurn
from empowerment_qda.checks import check_study
from empowerment_qda.checks.codings import check_no_testimony, check_question_coded
from empowerment_qda.checks.findings import check_unknown_link
from empowerment_qda.coding.anchor_repair import compare_words
from empowerment_qda.coding.source_edit import Followed, SourceEdit
from empowerment_qda.coding.turn_blocks import require_speakers
from empowerment_qda.evidence.passages import find_passages
from empowerment_qda.files.code_operations import change_codings, change_links, compare_verdicts
from empowerment_qda.files.codebook_change import Files
from empowerment_qda.files.journal import Change, write_together
from empowerment_qda.files.lock import lock_coders
from empowerment_qda.files.read import FINDINGS, parse_file, read_bytes, read_if_there
from empowerment_qda.files.turn_edit import change_turns
from empowerment_qda.files.yaml import decode
from empowerment_qda.files.yaml_edit import BOM
from empowerment_qda.model.coding import Codings
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Problem, refusal

ACTION = "correct"
_ASKED = (check_no_testimony, check_question_coded, check_unknown_link)
"""What an edit of turns and speakers can make of sound codings and links."""


class PlanRow(NamedTuple):
    """Something that an edit changes: a turn, a coding, a link, a verdict; where, and its words then and now."""

    what: str
    where: str
    becomes: str
    was: str
    now: str


@dataclass(frozen=True)
class SourcePlan:
    """What an edit of a source would do: the files before and after, the study as it is and as it would be, and what becomes
    of each coding. `links` are those of memos, as they are and would be, with the memo's path; `notes` say what a person
    should look at, `fresh` is what checks would find."""

    edit: SourceEdit
    change: Change
    before: Study
    study: Study
    followed: tuple[Followed, ...]
    links: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]
    fresh: tuple[Problem, ...] = ()

    def notes_for(self, coders: Collection[str] | None) -> tuple[str, ...]:
        """What a person should look at to whom only these coders' codings are shown, None for all."""
        if coders is None:
            return self.notes
        paths = {f"codings/{one}/{self.edit.source.id}.yaml" for one in coders} | {self.edit.source.path}
        shown = (one.message for one in self.fresh if one.place.path in paths)
        return tuple(dict.fromkeys((*self.edit.find_doubts(), *shown)))

    @property
    def counts(self) -> Counter[str]:
        """How many codings there are of each outcome."""
        return Counter(one.outcome for one in self.followed)

    def say_counts(self) -> str:
        """What becomes of the codings, in a sentence; nothing where there are none."""
        counts = self.counts
        said = {
            "exact": "on the same words",
            "changed": "on words that are others now",
            "lost": "without words: kept as before",
            "found": "in place again",
            "broken": "without a place, as before",
        }
        told = [f"{counts[one]} {words}" for one, words in said.items() if counts[one]]
        return f"Codings of {self.edit.source.id}: {', '.join(told)}." if told else ""

    def rows(self, coders: Collection[str] | None = None) -> Iterator[PlanRow]:
        """All that is to be shown before it is done; codings on the same words only where their turn is edited. To whom only
        these coders' codings are shown, neither are links nor verdicts."""
        name, edit = self.edit.source.id, self.edit
        edited = set[int | None]()
        for one in edit.find_changes():
            numbers = dict.fromkeys(f"{name}#{number}" for number in (one.before, one.after) if number)
            becomes = "changed" if one.was and one.now else "new" if one.now else "gone"
            was, now = compare_words(
                *(f"{turn.speaker or ''} {turn.text}" if turn else "" for turn in (one.was, one.now))
            )
            yield PlanRow("turn", " → ".join(numbers), becomes, was, now)
            edited.add(one.before)
        for followed in self.followed:
            coding, after = followed.passage.coding, followed.after
            if coders is not None and followed.passage.file.coder not in coders:
                continue
            turns = coding.turn.numbers if coding.turn else ()
            if followed.outcome == "exact" and edited.isdisjoint(turns):
                continue
            what = f"{followed.passage.id} {coding.code} ({followed.passage.file.coder})"
            where = dict.fromkeys(f"{name}#{one.turn}" for one in (coding, after) if one.turn)
            was, now = compare_words(
                coding.quote, after.quote if followed.outcome == "changed" else coding.quote
            )
            yield PlanRow(what, " → ".join(where), followed.outcome, was, now if followed.span else "")
        if coders is not None:
            return
        for path, was, now in self.links:
            yield PlanRow("link", path, "changed", was, now)
        for finding, was, now in self.find_moves():
            yield PlanRow("verdict", finding, "changed", was, now)

    def find_moves(self) -> Iterator[tuple[str, str, str]]:
        """Findings whose verdict would be another: the finding, the verdict now and then."""
        return compare_verdicts(self.before, self.study)


def plan_edit(
    root: Path, study: Study, source: Source, turns: tuple[NewTurn, ...], now: datetime
) -> SourcePlan:
    """Everything that other turns of a source would change. StudyError where nothing would be, or it cannot be written."""
    require_speakers(turns, source)
    edit = SourceEdit(source, turns)
    if not edit.changes:
        hint = "Nothing needs to be done."
        raise refusal(source.path, "no-change", f"that changes nothing in {source.id}", hint)
    raw = read_bytes(root, source.path)
    text = decode(raw, source.path)
    if parse_file(text, source.path, Source).turns != source.turns:
        hint = "Nothing was written. Look at it, and begin anew."
        raise refusal(source.path, "in-use", "somebody wrote into this file meanwhile", hint)
    made = change_turns(text, source.path, edit)
    files: Files = {source.path: (raw, (BOM if raw.startswith(BOM) else b"") + made.encode())}
    own = [one for one in study.codings if one.source == source.id]
    followed = edit.follow(find_passages([source], own))
    after = {(one.passage.file.coder, one.passage.number): one for one in followed}

    def follow(file: Codings) -> Codings:
        codings = (
            after[file.coder, number].after.model_copy(update={"code": one.code})
            for number, one in enumerate(file.codings)
        )
        left_out = edit.follow_left_out(file.left_out)
        return file.model_copy(update={"codings": tuple(codings), "left_out": left_out})

    codings, _, logs = change_codings(root, study, ACTION, follow, now, files, source.id)
    ids = {link: edit.follow_link(link) for memo in study.memos for link in memo.links}
    ids = {old: new for old, new in ids.items() if old != new}
    memos = tuple(change_links(root, one, ids, files) for one in study.memos)
    links = tuple((one.path, link, ids[link]) for one in study.memos for link in one.links if link in ids)
    written = parse_file(made, source.path, Source).model_copy(update={"method": source.method})
    sources = tuple(
        written.counting_as(study.settings.kind_of(source.method)) if one.id == source.id else one
        for one in study.sources
    )
    then = replace(study, sources=sources, codings=codings, memos=memos)
    fresh = tuple(_find_fresh(study, then, edit))
    notes = (
        *edit.find_doubts(),
        *_find_settled(followed),
        *_find_taken_in(edit, own, codings),
        *_find_mentions(root, study, edit),
        *(one.message for one in fresh),
    )
    said = f"{ACTION} {_name_place(edit)}"
    return SourcePlan(
        edit,
        Change(said, files, logs),
        study,
        then,
        tuple(followed),
        links,
        tuple(dict.fromkeys(notes)),
        fresh,
    )


def do_edit(root: Path, plan: SourcePlan, now: datetime, coder: str | None = None) -> None:
    """Write a plan, while nobody codes but this coder, whose session it is."""
    with lock_coders(root, plan.change.files, now, coder):
        write_together(root, plan.change)


def _name_place(edit: SourceEdit) -> str:
    """The source, or the one turn of it that is edited."""
    changes = list(edit.find_changes())
    one = changes[0] if len(changes) == 1 and not edit.renumbers else None
    return f"{edit.source.id}#{one.after}" if one else edit.source.id


def _find_taken_in(edit: SourceEdit, before: list[Codings], after: tuple[Codings, ...]) -> Iterator[str]:
    """Turns that are not left out any more, since they are gone or joined to others."""
    now = {(one.source, one.coder): one for one in after}
    for file in before:
        left = now[file.source, file.coder].left_out
        numbers = {turn for one in left for turn in one.turn.numbers}
        for one in file.left_out:
            for turn in one.turn.numbers:
                became = edit.known.turns_of(turn) if turn <= len(edit.source.turns) else range(0)
                if not any(number in numbers for number in became):
                    yield f"{file.source}#{turn}, which {file.coder} left out, is not left out any more."


def _find_mentions(root: Path, study: Study, edit: SourceEdit) -> Iterator[str]:
    """Text in which a turn is named that has another number now; text is nobody's to change but its author's."""
    if not edit.renumbers:
        return
    named = re.compile(rf"(?<![\w.\-]){re.escape(edit.source.id)}#\d+(?:-\d+)?")
    findings = read_if_there(root, FINDINGS) or b""
    texts = [(FINDINGS, decode(findings, FINDINGS)), *((one.path, one.text) for one in study.memos)]
    texts += [
        (file.path, " ".join(filter(None, (one.memo, one.direction_note))))
        for file in study.codings
        for one in file.codings
        if one.memo or one.direction_note
    ]
    for path, text in texts:
        for link in dict.fromkeys(named.findall(text)):
            new = edit.follow_link(link)
            if new != link:
                now = f"is {new} now" if "#" in new else "is gone"
                yield f"{path} speaks of {link}, which {now}: change it by hand."


def _find_settled(followed: Iterable[Followed]) -> Iterator[str]:
    """Codings of words that stood in several places, one of which is left: nobody said that it is the one."""
    for one in followed:
        if one.outcome == "found" and one.passage.anchor.state == "ambiguous" and one.span:
            place = one.span.on(one.passage.source.id)
            yield f"{one.passage.id} ({one.passage.file.coder}) could be in several places; only the one in {place} is left: see whether it is meant."


def _find_fresh(before: Study, after: Study, edit: SourceEdit) -> Iterator[Problem]:
    """What checks find after an edit and did not find before it, whatever number the turn had."""
    named = re.compile(rf"(?<![\w.\-]){re.escape(edit.source.id)}#\d+(?:-\d+)?")
    known = Counter(
        (one.rule, one.place.path, named.sub(lambda link: edit.follow_link(link[0]), one.message))
        for one in check_study(before, _ASKED)
    )
    for one in check_study(after, _ASKED):
        key = one.rule, one.place.path, one.message
        known[key] -= 1
        if known[key] < 0:
            yield one
