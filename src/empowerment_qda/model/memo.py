"""Memos: what an analyst writes down while working."""

from __future__ import annotations

from typing import Literal

from empowerment_qda.model.base import FileNoun, Id, Many
from empowerment_qda.model.when import Date


class Memo(FileNoun):
    """A memo: front matter and Markdown text; `links` name codes, codings, passages, sources or findings."""

    id: Id
    title: str | None = None
    author: str | None = None
    date: Date | None = None
    kind: Literal["theoretical", "methodological", "reflexive", "surprise", "contradiction"] = "theoretical"
    links: Many[str] = ()
    text: str = ""
