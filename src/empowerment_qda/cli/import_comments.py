"""`qda import --comments` of a transcript that `qda export` wrote: what people answered in Word becomes changes of its codings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import typer

from empowerment_qda.cli.code_by_hand import at_terminal, say_notes
from empowerment_qda.cli.console import show, show_text, tell
from empowerment_qda.cli.import_ import Wanted
from empowerment_qda.cli.options import Format
from empowerment_qda.cli.tables import Columns, format_csv, lay_out, objects, same
from empowerment_qda.coding import Import
from empowerment_qda.coding.log_entry import name_coding
from empowerment_qda.exchange.matching import name_coders
from empowerment_qda.exchange.outgoing import count
from empowerment_qda.exchange.sources import make_id
from empowerment_qda.exchange.word_answers import DONE, Answers, find_authors, read_answers
from empowerment_qda.exchange.word_return import Returned
from empowerment_qda.files.border import look, remove
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.write import write_text
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study
from empowerment_qda.problems import did_you_mean, refusal
from empowerment_qda.text import shorten

ANSWERS: Columns = same("what place coder coding code") | {
    "in the study": "here", "in the document": "there", "why": "why",
}  # fmt: skip
"""One row for each thing that a document brings, done or not."""
SHORT: Columns = same("what place coder coding code") | {
    "in the study": lambda one: shorten(one.here, 40), "in the document": lambda one: shorten(one.there, 40), "why": "why",
}  # fmt: skip
"""The same for a terminal."""
KEYS: Columns = same("what place coder coding code here there why")


def take_back(back: Returned, path: Path, root: Path, study: Study, wanted: Wanted) -> None:
    """Changes of codings, new ones and memos, one step of the log of each coder; conflicts and deleted comments are listed, and
    kept in a file. The exit code is 1 where something is left to a person."""
    source = _find_source(back, path, study)
    coders = name_coders(find_authors(back), (file.coder for file in study.codings), wanted.coders)
    if not all(coders.values()):
        hint = "Say `--coder NAME`, or `--coder AUTHOR=NAME` for each of several."
        raise refusal(str(path), "who-coded", "who wrote the new comments? The file does not say", hint)
    answers = read_answers(back, source, study, coders)
    for passage in answers.gone:
        if wanted.yes or _ask(name_coding(source.id, passage.coding), passage.file.coder):
            answers.remove(passage)
    _write(answers, source, root, study)
    listed = f"reports/import/{make_id(path.stem)}-comments.csv"
    if answers.told:
        write_text(root, listed, format_csv(lay_out(ANSWERS, answers.told)))
    elif look(root, listed):
        remove(root, listed)
    table = lay_out(SHORT if wanted.format is Format.table else ANSWERS, answers.told)
    if answers.told or wanted.format is not Format.table:
        show(table, wanted.format, lambda: _answer(answers, path, source, listed))
    if wanted.format is Format.table:
        show_text("\n".join(_tell(answers, source, path, listed)))
    if any(one.what not in DONE for one in answers.told):
        raise typer.Exit(1)


def _find_source(back: Returned, path: Path, study: Study) -> Source:
    """The source that a document says it is; StudyError where the study has none such, or all comments are gone."""
    if back.source not in study.by_id:
        said = f"it is a transcript of the source `{back.source[:80]}`, which this study does not have"
        hint = f"Take it back into the study that it came from. {did_you_mean(back.source, study.by_id)}"
        raise refusal(str(path), "unknown-source", said, hint)
    if back.kept and not back.comments:
        said = f"{count(len(back.kept), 'comment')} went out with it, and none is in it any more"
        hint = "The program that saved it may have dropped them. Nothing was changed."
        raise refusal(str(path), "no-comments", said, hint)
    return study.by_id[back.source]


def _ask(coding: str, coder: str) -> bool:
    """Whether a coding whose comment was deleted is to go; nobody is asked but at a terminal."""
    if not at_terminal():
        return False
    tell(f"The comment is gone: {coding}, by {coder}")
    return typer.confirm("Take the coding away?", default=False, err=True)


def _write(answers: Answers, source: Source, root: Path, study: Study) -> None:
    """All of it, once every coder's desk is held and each can do what is asked."""
    changing = {*answers.fresh, *answers.pairs}
    with ExitStack() as stack:
        coders = sorted(changing | {coder for coder, _, _ in answers.memos})
        desks = {one: stack.enter_context(Desk.open(root, study, one)) for one in coders}
        steps = {
            one: Import(source.id, tuple(answers.fresh.get(one, ())), pairs=tuple(answers.pairs.get(one, ())))
            for one in sorted(changing)
        }
        for coder, step in steps.items():
            desks[coder].require(step)
        for coder, step in steps.items():
            desks[coder].apply(step)
        for coder, link, text in answers.memos:
            desks[coder].write_memo({"links": [link]}, text)
        for desk in desks.values():
            say_notes(desk)


def _answer(answers: Answers, path: Path, source: Source, listed: str) -> dict[str, Any]:
    """All of it, for programs."""
    return {
        "file": str(path),
        "source": source.id,
        "answers": objects(KEYS, answers.told),
        "there_already": answers.there,
        "turns_edited_since": answers.edited,
        "report": listed if answers.told else None,
    }


def _tell(answers: Answers, source: Source, path: Path, listed: str) -> Iterator[str]:
    """What a person reads below the table."""
    found = Counter(one.what for one in answers.told)
    if not found:
        yield f"{path.name}, {source.id}: nothing was changed in it that the study does not have."
    else:
        yield ""
        named = ", ".join(f"{number} {what}" for what, number in found.items())
        yield f"{source.id}: {named}. All of it in {listed}"
    if answers.there:
        yield f"There already: {answers.there}"
    if answers.edited:
        turns = ", ".join(map(str, answers.edited))
        yield f"Edited in the study since it went out, and left so: {source.id}, turns {turns}"
    if found["gone"]:
        yield "A comment that was deleted takes no coding away by itself: say `--yes`, or `qda code remove`."
    if found["text"]:
        yield f"What people said is changed only where you do it: `qda source edit {source.id}`."
    coders = sorted({*answers.fresh, *answers.pairs})
    if coders:
        yield f"Taken back with {' and '.join(f'`qda code undo --coder {one}`' for one in coders)}."
