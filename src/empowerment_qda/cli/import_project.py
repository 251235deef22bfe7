"""`qda import` of coded projects: what was coded in another program becomes sources, codes, codings and memos."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import typer

from empowerment_qda.cli.code_by_hand import at_terminal, say_notes
from empowerment_qda.cli.console import show, show_problems, show_text
from empowerment_qda.cli.import_ import (
    Coming,
    Wanted,
    ask_who_asks,
    find_folder,
    find_method,
    find_taken,
    parse_sources,
)
from empowerment_qda.cli.import_codebook import (
    SCHEMA,
    format_book,
    ids_of_codings,
    in_the_way,
    is_example,
    parse_book,
    target_of,
    tell_book,
)
from empowerment_qda.cli.import_comments import take_back
from empowerment_qda.cli.import_files import LARGEST, read_file
from empowerment_qda.cli.options import Format
from empowerment_qda.cli.tables import Columns, format_csv, lay_out, objects
from empowerment_qda.coding import Entry, Import
from empowerment_qda.coding.log_entry import path_of
from empowerment_qda.evidence.passages import passages_of
from empowerment_qda.exchange import codebooks, refi, segments, taguette, word_return
from empowerment_qda.exchange.apart import read_apart
from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.matching import (
    MatchedCodes,
    Outcome,
    Placer,
    add_about,
    bare_name,
    given_of,
    list_names,
    match_codes,
    match_text,
    name_coders,
    place_segments,
)
from empowerment_qda.exchange.project import BroughtText, Project, add_codes
from empowerment_qda.exchange.refi_return import make_memos, make_returned
from empowerment_qda.exchange.sources import find_who_asks, make_id, make_source, refer_to_declared
from empowerment_qda.exchange.transcript import make_transcript
from empowerment_qda.exchange.word_return import Returned
from empowerment_qda.files.border import look, remove
from empowerment_qda.files.codebook_edit import raise_version
from empowerment_qda.files.edit import Desk, read_clock
from empowerment_qda.files.read import (
    SETTINGS,
    open_study,
    read_bytes,
    read_own,
)
from empowerment_qda.files.write import add_memo, format_yaml, write_new, write_text
from empowerment_qda.files.yaml import decode, parse_yaml
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import Memo, turns_of
from empowerment_qda.model.source import UNSPOKEN, Source
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError

DATABASES = (".sqlite3", ".sqlite", ".db")
SHOWN = 20
"""Segments without a place that are shown; all are in the file."""
ASKED = ("who-asks", "who-coded")
"""What a person has to say before anything comes in."""


def find_kind(path: Path) -> str:
    """Whether a file is a `codebook` or a coded `project`, by its ending, or by the columns of a table; else empty."""
    ending = path.suffix.lower()
    if ending == ".qdc":
        return "codebook"
    if ending in (".qdpx", *DATABASES):
        return "project"
    if ending in codebooks.TABLES:
        try:
            return "project" * read_apart(segments.holds_segments, path.name, read_own(path, most=LARGEST))
        except (Unreadable, StudyError, ModuleNotFoundError):  # told where it is read in earnest
            return ""
    return ""


@dataclass(slots=True)
class Plan:
    """All that a project becomes, before anything is written."""

    project: Project
    study: Study
    """The study with all of it."""
    codes: MatchedCodes
    coming: list[Coming]
    matched: list[Source]
    outcome: Outcome
    coders: dict[str, str]
    memos: list[tuple[str, dict[str, Any], str]]
    """Author, keys and text; no author where a study said none."""
    book: tuple[str, str] | None = None
    """Path and text of a new codebook, where codes are new."""
    changes: list[str] = field(default_factory=list)


def import_project(path: Path, folder: Path | None, wanted: Wanted) -> None:
    """A coded project: its texts, codes, codings and memos; what cannot be placed is listed and kept in a file."""
    root, study = open_study(folder, ())
    problems: list[Problem] = []
    ending = path.suffix.lower()
    project: Project | None
    if ending == ".qdpx":
        project = read_file(path, root, problems, refi.read_project)
    elif ending in DATABASES:
        project = read_file(path, root, problems, taguette.read_project)
    else:
        names = list_names(study.codebook)
        reader = word_return.read_commented if ending == ".docx" else segments.read_project
        found = read_file(path, root, problems, partial(reader, known=names))
        if isinstance(found, Returned):
            take_back(found, path, root, study, wanted)
            return
        project = found
    plan = _plan(project, path, root, study, wanted, problems) if project else None
    if problems or plan is None:
        show_problems(problems)
        raise typer.Exit(1 if all(one.rule in ASKED for one in problems) else 2)
    _write(plan, root)
    listed = f"reports/import/{make_id(path.stem)}-unplaced.csv"
    if look(root, listed):
        remove(root, listed)
    if plan.outcome.unplaced:
        write_text(root, listed, format_csv(lay_out(UNPLACED, plan.outcome.unplaced)))
    show(
        lay_out(CODED, plan.outcome.codings.items()),
        wanted.format,
        lambda: answer_project(plan, path, listed),
    )
    if wanted.format is Format.table:
        show_text("\n".join(_tell(plan, root, study, listed)))
    if plan.outcome.unplaced:
        raise typer.Exit(1)


def _plan(
    project: Project, path: Path, root: Path, study: Study, wanted: Wanted, problems: list[Problem]
) -> Plan | None:
    """What the project becomes; None, and problems, where it cannot come in."""
    book = None if is_example(root, study) else study.codebook
    codes = match_codes(project.codes, book, ids_of_codings(study))
    made = _make_book(project, path, root, codes, book) if codes.fresh else None
    if made and look(root, made[0]):
        problems.append(in_the_way(path, made[0]))
    matched = {one.key: source for one in project.texts if (source := match_text(one.name, study.sources))}
    coming, speakers, told = _make_sources(project, path, study, matched, wanted, problems)
    problems += find_taken(root, study, list(coming.values()))
    names = [one.coder for one in project.segments]
    names += [one.author for one in project.notes if one.author or not one.keys]  # a study may say no author
    coders = name_coders(names, (file.coder for file in study.codings), wanted.coders)
    unsaid = any(one.code and not one.coder for one in project.segments) and "" not in wanted.coders
    if unsaid or not all(coders.values()):
        hint = "Say `--coder NAME`: the name under which these codings stand in the study."
        problems.append(Problem(Place(str(path)), "who-coded", "who coded? The file does not say", hint))
    sources, faults = parse_sources(study, list(coming.values())) if not problems else ([], [])
    problems += faults
    if problems:
        return None
    new = {one.id: one for one in sources}
    places = matched | {key: new[one.made.id] for key, one in coming.items()}
    there = {
        (one.file.coder, one.source.id, one.coding.code, one.anchor.span)
        for one in passages_of(study)
        if one.anchor.span
    }
    placer = Placer(project, places, speakers)
    taken = ids_of_codings(study) | set(book.places if book else ()) | set(codes.ids.values())
    outcome = place_segments(project, placer, codes, coders, there, taken)
    told += [
        f"`{name}` reads otherwise than the source `{id_}`: its segments were looked for by their words"
        for name, id_ in placer.differing.items()
    ]
    told += [
        f"`{one}` is the id of something else here: that coding came in without it" for one in outcome.unnamed
    ]
    whole = replace(study, sources=(*study.sources, *sources))
    if made:
        fresh = parse_book(made[1], made[0], path)
        whole = replace(whole, codebook=fresh.with_cues(book.cue_file) if book else fresh)
    memos: list[tuple[str, dict[str, Any], str]] = [
        (coder, {"links": [link]}, text) for coder, text, link in outcome.memos
    ]
    leads = partial(
        _leads, whole, {one.id for file in outcome.codings.values() for one in file} | ids_of_codings(study)
    )

    def find(key: str) -> str | None:
        return codes.ids.get(key) or (places[key].id if key in places else None)

    memos += make_memos(project.notes, coders, study.memos, find, leads)
    return Plan(project, whole, codes, list(coming.values()), list(matched.values()), outcome, coders, memos, made,
                [*project.changes, *told])  # fmt: skip


def _leads(study: Study, codings: Collection[str | None], link: str) -> bool:
    """Whether a link of a memo leads to a code, a coding, a finding, a source or turns of it."""
    place = turns_of(link)
    source = study.by_id.get(place[0]) if place else None
    turns = place and source and place[1].last <= len(source.turns)
    return bool(turns) or link in {*study.codebook.places, *study.by_id, *study.findings.by_id, *codings}


def _make_book(
    project: Project, path: Path, root: Path, codes: MatchedCodes, book: Codebook | None
) -> tuple[str, str]:
    """Path and text of a codebook with the new codes, after those of the book that the study has."""
    target = target_of(path)
    if book is None:
        return target, format_book(project, path, add_codes([], project.codes, codes.ids, codes.fresh))
    keys = parse_yaml(decode(read_bytes(root, book.path), book.path), book.path)
    keys["version"] = raise_version(book.version)
    if book.cue_path:
        keys["cues"] = posixpath.relpath(book.cue_path, posixpath.dirname(target))
    keys["codes"] = add_codes(keys["codes"], project.codes, codes.ids, codes.fresh)
    return target, format_yaml(keys, SCHEMA)


def _make_sources(
    project: Project,
    path: Path,
    study: Study,
    matched: dict[str, Source],
    wanted: Wanted,
    problems: list[Problem],
) -> tuple[dict[str, Coming], dict[str, list[str]], list[str]]:
    """The sources that texts become, by the keys of the texts; the names of their speakers in the text, turn by turn; and
    what was not taken over."""
    coming: dict[str, Coming] = {}
    speakers: dict[str, list[str]] = {}
    names: Counter[str] = Counter()
    found: set[str] = set()
    for text in project.texts:
        if text.key in matched or not text.text.strip():
            continue
        said = given_of(text, project.cases, wanted.given)
        method = find_method(study, said.method, problems)
        if text.turns:
            made = make_returned(text, project.cases)
            found.update(made.heard)
        else:
            spoken = study.settings.kind_of(method) not in UNSPOKEN
            transcript = make_transcript(text.paragraphs)
            asking, unclear = find_who_asks(transcript, said, _place(path, text)) if spoken else ([], [])
            if unclear and not wanted.yes and at_terminal() and transcript.speakers:
                asking, unclear = ask_who_asks(text.name, transcript), []
            problems += unclear
            if unclear:
                continue
            name = bare_name(text.name)
            names[make_id(name)] += 1
            if (number := names[make_id(name)]) > 1:
                name = f"{name}-{number}"
            made = make_source(transcript, name, said, asking, spoken=spoken)
            speakers[text.key] = [one.speaker or "" for one in transcript.turns[-len(made.turns) :]]
            found |= add_about(made, text, project.cases)
        target = f"{find_folder(study, method)}/{made.id}.yaml"
        coming[text.key] = Coming(path.with_name(f"{path.name}: {text.name}"), target, method, made)
    problems[:] = dict.fromkeys(problems)  # a method without a folder is told once
    refer_to_declared([one.made for one in coming.values()], study.informants)
    told = []
    for case in project.cases:
        known = study.informants.get(case.name)
        if case.attributes and case.name not in found and (not known or known.attributes != case.attributes):
            who = f"`{case.name[:80]}`"
            why = f"{who} has other attributes here" if known else f"nobody is heard who is called {who}"
            told.append(f"{why}: the attributes of that case are not taken over")
    return coming, speakers, told


def _place(path: Path, text: BroughtText) -> str:
    return f"{path}: {text.name}"


def _write(plan: Plan, root: Path) -> None:
    """All of it, once every coder's desk is held."""
    with ExitStack() as stack:
        coders = {coder for coder, _ in plan.outcome.codings} | {coder for coder, _, _ in plan.memos if coder}
        desks = {one: stack.enter_context(Desk.open(root, plan.study, one)) for one in sorted(coders)}
        files = [(one.target, one.text) for one in plan.coming] + ([plan.book] if plan.book else [])
        for target, text in files:
            if not write_new(root, target, text.encode()):
                hint = "It was not changed. Run the import again."
                raise StudyError(
                    [Problem(Place(target), "in-the-way", "something stands here already", hint)]
                )
        given = plan.outcome.codings
        coming = frozenset(one.id for codings in given.values() for one in codings if one.id)
        last: dict[str, Entry] = {}
        for (coder, source), codings in given.items():
            last[coder] = desks[coder].apply(Import(source, tuple(codings), coming), last.get(coder))
        coded = [desks[coder].codings(source).at(path_of(source, coder)) for coder, source in given]
        linked = tuple(Memo(id=keys["id"]) for _, keys, _ in plan.memos if keys.get("id"))
        whole = replace(plan.study.with_codings(coded), memos=(*plan.study.memos, *linked))
        for desk in desks.values():  # memos of one may link codings and memos of another
            desk.study = replace(desk.study.with_codings(coded), memos=whole.memos)
        for coder, keys, text in plan.memos:
            if coder:
                desks[coder].write_memo(keys, text)
            else:
                add_memo(root, whole, keys, text, read_clock())
        for desk in desks.values():
            say_notes(desk)


# What is answered.


CODED: Columns = {
    "coder": lambda one: one[0][0], "source": lambda one: one[0][1], "codings": lambda one: len(one[1]),
}  # fmt: skip
"""One row for each coder and source."""
UNPLACED: Columns = {
    "document": "document", "code": "code", "coder": "segment.coder", "quote": "segment.quote", "memo": "segment.memo",
    "why": "why",
}  # fmt: skip
"""One row for each segment that stands nowhere."""


def answer_project(plan: Plan, path: Path, listed: str) -> dict[str, Any]:
    """All that came in, for programs."""
    outcome = plan.outcome
    return {
        "file": str(path),
        "sources": [one.target for one in plan.coming],
        "matched": [one.id for one in plan.matched],
        "codebook": plan.book[0] if plan.book else None,
        "codes": {"known": len(plan.codes.ids) - len(plan.codes.fresh), "new": len(plan.codes.fresh)},
        "codings": objects(CODED, outcome.codings.items()),
        "there_already": outcome.there,
        "nearly": outcome.near,
        "memos": len(plan.memos),
        "changes": plan.changes,
        "unplaced": objects(UNPLACED, outcome.unplaced),
        "unplaced_path": listed if outcome.unplaced else None,
    }  # fmt: skip


def _tell(plan: Plan, root: Path, study: Study, listed: str) -> Iterator[str]:
    """What a person reads below the table."""
    outcome = plan.outcome
    yield ""
    for new in plan.coming:
        changes = f": {'; '.join(new.made.changes)}" if new.made.changes else ""
        yield f"New source {new.target}{changes}"
    if plan.matched:
        yield f"Known sources: {', '.join(one.id for one in plan.matched)}"
    yield f"Codes: {len(plan.codes.ids) - len(plan.codes.fresh)} known, {len(plan.codes.fresh)} new. Memos: {len(plan.memos)}."
    if outcome.there:
        yield f"There already, and not coded twice: {outcome.there}"
    if outcome.near:
        named = ", ".join(outcome.near[:SHOWN]) + " ..." * (len(outcome.near) > SHOWN)
        yield f"On nearly the same words, since the text reads otherwise there: {len(outcome.near)} ({named})"
    yield from (f"Changed to fit: {one}" for one in plan.changes)
    if outcome.unplaced:
        yield f"Not placed: {len(outcome.unplaced)}, all in {listed}"
        for one in outcome.unplaced[:SHOWN]:
            quote = " ".join(one.segment.quote.split())[:60]
            said = f"{one.document}, {one.code or 'no code'}: “{quote}”: {one.why}"
            yield f"  {' '.join(said.split())}"
    if plan.book:
        yield ""
        more = "" if is_example(root, study) else f", after those of {study.settings.codebook}"
        yield f"The new codes stand in {plan.book[0]}{more}."
        yield from tell_book(root, study, plan.book[0])
    counted = study.settings.evidence.coders
    silent = sorted({coder for coder, _ in outcome.codings} - set(counted)) if counted else []
    if silent:
        named = ", ".join(dict.fromkeys((*counted, *silent)))
        yield f"Codings of {', '.join(silent)} count once {SETTINGS} says `coders: [{named}]` under `evidence`."
    yield "`qda check` says what does not fit yet; `qda status` what to do next."
