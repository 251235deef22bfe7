"""A desk for tests: one source and its codings, without a disk; and a clock that goes by the minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from textwrap import dedent
from typing import Any

import kit
from empowerment_qda.anchors import SourceText
from empowerment_qda.coding import Bench
from empowerment_qda.evidence.passages import anchor_keys
from empowerment_qda.files.read import parse_file
from empowerment_qda.model.codebook import Code, Codebook
from empowerment_qda.model.coding import Coding, Codings
from empowerment_qda.model.source import Source, Span

HEAD = parse_file(dedent(kit.HEAD), "data/interviews/H-01.yaml", Source)
TEXT = SourceText([turn.text for turn in HEAD.turns])
_SMALL = parse_file(dedent(kit.CODEBOOK), "codebook.yaml", Codebook)
BOOK = _SMALL.model_copy(update={"codes": (*_SMALL.codes, Code(id="old", status="retired"))})


class Clock:
    """A clock that is a minute on whenever it is looked at."""

    def __init__(self) -> None:
        self.now = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def bench(*codings: Coding) -> Bench:
    """A bench with these codings of H-01; the id `taken` is taken, and new ones count from first-001."""
    numbers = iter(range(1, 100))
    file = Codings(source="H-01", coder="first", codings=codings)
    return Bench(HEAD, TEXT, file, BOOK, {"taken"}, lambda _=0: f"first-{next(numbers):03d}")


def coding(span: Span, code: str, **keys: Any) -> Coding:
    """A coding of a passage of H-01."""
    return Coding.model_validate({"code": code, **anchor_keys(TEXT, span), **keys})


def suggestion(span: Span, code: str) -> Coding:
    """A suggestion for a passage of H-01."""
    return coding(span, code, status="suggested", why='cue "training"')
