"""Codings that a coder's log knows and their files have no more; and files that cannot be read, set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from empowerment_qda.coding.history import say_lost
from empowerment_qda.coding.log_entry import path_of
from empowerment_qda.files.border import look, rename
from empowerment_qda.files.codings_text import parse_sheet, read_raw
from empowerment_qda.files.log import LOG, coders_with_log, make_history, parse_log, read_chain, read_raw_log
from empowerment_qda.files.names import find_odd_ids, find_odd_names
from empowerment_qda.files.read import read_codings, read_study
from empowerment_qda.model.coding import Codings
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError


def find_lost_codings(root: Path, files: Mapping[str, Codings | None]) -> Iterator[Problem]:
    """What is missing in the codings files (by path; None where one cannot be read), by the logs; and logs that cannot be
    read. In linear time."""
    for coder in coders_with_log(root):
        try:
            raw = read_raw_log(root, coder)
            history = make_history(parse_log(raw, f"codings/{coder}/{LOG}")[0], coder)
        except StudyError as error:
            yield from error.problems
            continue
        yield from _check_chain(coder, raw)
        times = {entry.source: entry.time for entry in history.entries}
        for source, known in history.states().items():
            path = path_of(source, coder)
            file = files.get(path) or Codings(source=source, coder=coder)
            if lost := say_lost(known, history.left_out(source), file):
                when = times[source].isoformat(sep=" ", timespec="minutes")
                yield _problem(
                    path, coder, source, f"{lost}; by {coder}'s log all stood here on {when}", path in files
                )


def _problem(path: str, coder: str, source: str, said: str, stands: bool) -> Problem:
    command = f"qda code restore {source} --coder {coder}"
    hint = f"`{command}` brings back what is missing; if it was taken away on purpose, `{command} --keep-file` notes that in the log."
    there = "" if stands else "the file is gone: "
    return Problem(Place(path, (), 1), "codings-lost", there + said, hint, "warning")


def _check_chain(coder: str, raw: bytes) -> Iterator[Problem]:
    for number in read_chain(raw).broken[:1]:
        said = "this line or the one before it is not as qda wrote it: the log was edited, merged, or lines of it are gone"
        hint = (
            f"Compare it with an older copy, as git has it; `qda code log --coder {coder} --verify` looks at it again. The codings "
            f"themselves stand in their files. To go on from them, rename the log, such as to log-old.jsonl: a new one begins."
        )
        yield Problem(Place(f"codings/{coder}/{LOG}", (), number), "log-chain", said, hint, "warning")


def set_aside(root: Path, coder: str, sources: Iterable[str]) -> list[str]:
    """Rename a coder's codings files of these sources that cannot be read, so that they can be made anew; a sentence for
    each. StudyError, and nothing is done, where the study has other problems that stop reading it."""
    broken: dict[str, Problem] = {}
    for source in sources:
        try:
            parse_sheet(read_raw(root, source, coder), source, coder)
        except StudyError as error:
            broken[path_of(source, coder)] = error.problems[0]
    try:
        read_study(root)
    except StudyError as error:
        others = [one for one in error.problems if one.place.path not in broken]
        if others:
            raise StudyError(others) from None
    told = []
    for path, problem in broken.items():
        number = 1
        while look(root, f"{path}.unreadable-{number}"):
            number += 1
        aside = f"{path.rpartition('/')[2]}.unreadable-{number}"
        rename(root, path, aside)
        told.append(f"{path} could not be read ({problem.message}): it is {aside} now.")
    return told


def check_folder(root: Path, study: Study | None = None) -> list[Problem]:
    """What the folder shows beyond its files, read or (without a study) not: names, and codings that the logs know and
    their files have no more."""
    files = {file.path: file for file in study.codings} if study else read_codings(root)
    ids = find_odd_ids(study) if study else ()
    return [*find_odd_names(root, study.settings if study else None), *ids, *find_lost_codings(root, files)]
