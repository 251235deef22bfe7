"""Memos written: one file each, under the next free number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from empowerment_qda.checks.findings import check_unknown_link
from empowerment_qda.files.border import find
from empowerment_qda.files.write import format_yaml, write_new
from empowerment_qda.model.coding import Memo
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError


def add_memo(root: Path, study: Study, keys: dict[str, Any], text: str, now: datetime) -> Memo:
    """Write a memo as memos/Mnn.md and give it back; where somebody takes the number meanwhile, under the next.

    `keys` of its front matter are plain values; those that are None or empty are left out. StudyError where it has no
    text, or a link that leads nowhere.
    """
    if not text.strip():
        raise StudyError(
            [Problem(Place("memos"), "empty", "the memo has no text", "Write down what it says.")]
        )
    require_links(study, keys.get("links") or ())
    front = {"date": now.date().isoformat(), **{key: one for key, one in keys.items() if one}}
    while True:
        name = _next_id(root, study)
        context = {"path": f"memos/{name}.md"}
        memo = Memo.model_validate({"id": name, **front, "text": text.strip()}, context=context)
        content = f"---\n{format_yaml({'id': name, **front})}---\n\n{memo.text}\n"
        if write_new(root, memo.path, content.encode()):
            return memo


def require_links(study: Study, links: Iterable[str]) -> None:
    """StudyError where one of these leads nowhere."""
    memo = Memo(id="new", links=tuple(links)).at("a new memo")
    problems = list(check_unknown_link(replace(study, memos=(*study.memos, memo))))
    own = [one for one in problems if one.place.path == memo.path]
    if own:
        raise StudyError(replace(one, place=Place("memos"), severity="error") for one in own)


def _next_id(root: Path, study: Study) -> str:
    names = [memo.id for memo in study.memos] + [
        PurePosixPath(path).stem for path in find(root, "memos/*.md")
    ]
    numbers = [int(found[1]) for name in names if (found := re.match(r"M([0-9]+)(?![0-9])", name))]
    return f"M{max(numbers, default=0) + 1:02d}"
