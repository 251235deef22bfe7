"""Memos written: one file each, under the next free number."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from empowerment_qda.checks.findings import check_unknown_link
from empowerment_qda.folder.lock import Lock
from empowerment_qda.folder.write import format_yaml, write_text
from empowerment_qda.model.memo import Memo
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError


def add_memo(root: Path, study: Study, keys: dict[str, Any], text: str, now: datetime) -> Memo:
    """Write a memo as memos/Mnn.md and give it back.

    `keys` of its front matter are plain values; those that are None or empty are left out. StudyError where it has no
    text, or a link that leads nowhere.
    """
    if not text.strip():
        hint = (
            "Say it in quotes at the end of the command, or write `-` there and the text on standard input."
        )
        raise StudyError([Problem(Place("memos"), "empty", "the memo has no text", hint)])
    lock = Lock(root / "memos" / ".lock", "memos", now)
    try:
        name = _next_id(root, study)
        front = {"id": name, "date": now.date().isoformat(), **{key: one for key, one in keys.items() if one}}
        memo = Memo.model_validate({**front, "text": text.strip()}, context={"path": f"memos/{name}.md"})
        problems = [replace(one, severity="error") for one in check_unknown_link(replace(study, memos=(*study.memos, memo)))
                    if one.place.path == memo.path]  # fmt: skip
        if problems:
            raise StudyError(replace(one, place=Place(memo.path)) for one in problems)
        write_text(root / memo.path, f"---\n{format_yaml(front)}---\n\n{memo.text}\n")
    finally:
        lock.release()
    return memo


def _next_id(root: Path, study: Study) -> str:
    names = [memo.id for memo in study.memos] + [path.stem for path in (root / "memos").glob("*.md")]
    numbers = [int(found[1]) for name in names if (found := re.match(r"M([0-9]+)(?![0-9])", name))]
    return f"M{max(numbers, default=0) + 1:02d}"
