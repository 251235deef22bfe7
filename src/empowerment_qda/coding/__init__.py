"""What a person does to codings, as actions on values: no disk, no screen."""

from __future__ import annotations

from empowerment_qda.coding.actions import (
    Accept,
    Action,
    Add,
    Bench,
    Import,
    LeaveOut,
    Locate,
    Reanchor,
    Recode,
    Reject,
    Remark,
    Remove,
    Set,
    TakeIn,
    carry_out,
)
from empowerment_qda.coding.anchor_repair import Mend, compare_words, is_current, plan_mends
from empowerment_qda.coding.history import History, rebuild
from empowerment_qda.coding.log_entry import (
    Entry,
    Splice,
    describe,
    describe_step,
    find_splice,
    usual_reasons,
)
from empowerment_qda.coding.lookup import find_coding, find_words, name_consequences, parse_place, sources_of

__all__ = [
    "Accept",
    "Action",
    "Add",
    "Bench",
    "Entry",
    "History",
    "Import",
    "LeaveOut",
    "Locate",
    "Mend",
    "Reanchor",
    "Recode",
    "Reject",
    "Remark",
    "Remove",
    "Set",
    "Splice",
    "TakeIn",
    "carry_out",
    "compare_words",
    "describe",
    "describe_step",
    "find_coding",
    "find_splice",
    "find_words",
    "is_current",
    "name_consequences",
    "parse_place",
    "plan_mends",
    "rebuild",
    "sources_of",
    "usual_reasons",
]
