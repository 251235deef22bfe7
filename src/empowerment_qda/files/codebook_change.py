"""Codes that change: the book, all coders' codings, suggestions, findings and memos follow in one step.

Every file is changed as text, so that other lines stay as they are, and read back: what it then holds has to be what was
meant, else nothing is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from empowerment_qda.coding.log_entry import compare_files, path_of
from empowerment_qda.files.codebook_edit import (
    _put_version,
    _split_codes,
    _with_code,
    _without_code,
    raise_version,
)
from empowerment_qda.files.journal import Change
from empowerment_qda.files.lock import Lock
from empowerment_qda.files.log import chain_line, coders_with_log, format_entry, make_history, parse_log, read_chain, read_raw_log
from empowerment_qda.files.read import FINDINGS, parse_file, read_bytes, read_if_there
from empowerment_qda.files.write import format_yaml
from empowerment_qda.files.yaml import decode, find_node
from empowerment_qda.files.yaml_edit import BOM, end_last_line, parse_if_valid, parse_sheet
from empowerment_qda.locale import list_words
from empowerment_qda.model.codebook import Code, Codebook, CueFile
from empowerment_qda.model.coding import AUTO, Coding, Codings, Memo
from empowerment_qda.model.finding import SIDES, Findings
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Key, Place, Problem, StudyError, did_you_mean

Kind = Literal["rename", "merge", "split", "move", "retire", "restore"]


class Operation(NamedTuple):
    """A change of codes: `codes` are those that change, `target` the new id, the code merged into or split off, or the code
    that it comes under; `chosen` are the codings that a split gives to the target, as (coder, source, number from 0)."""

    kind: Kind
    codes: tuple[str, ...]
    target: str = ""
    chosen: frozenset[tuple[str, str, int]] = frozenset()

    @property
    def said(self) -> str:
        """Such as: merge a, b into c."""
        join = {"rename": " to ", "merge": " into ", "split": " into ", "move": " under "}.get(self.kind, "")
        return f"{self.kind} {', '.join(self.codes)}{join}{self.target}"
