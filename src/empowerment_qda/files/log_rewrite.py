"""A log written anew, against its nature: words go out of it, and its chain holds again. Only `qda pseudonymise` and `qda purge`
do so.

A line that did not follow from those before it stays one that does not: nothing is taken for whole that was not.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from empowerment_qda.coding import Entry, History
from empowerment_qda.files.log import CHAIN, chain_line, parse_log, read_chain
from empowerment_qda.problems import refusal
from empowerment_qda.text import inert_json


def rewrite_log(raw: bytes, name: str, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> bytes:
    """A log with every entry (its keys as in the file) changed; None takes an entry out. An unfinished last line goes.

    StudyError where the log cannot be read, or could not afterwards.
    """
    entries, size = parse_log(raw, name)
    sound = _is_sound(entries)
    broken = set(read_chain(raw).broken)
    made: list[bytes] = []
    block: list[bytes] = []
    stays_broken = False
    for number, ended in enumerate(raw[:size].split(b"\n"), 1):
        line = ended.rstrip(b"\r")
        if not line.strip():
            continue
        chained, bare = CHAIN.search(line), CHAIN.sub(b"}", line)
        stays_broken |= number in broken
        held = json.loads(bare)
        after = change(held)
        if after is None:
            continue
        fresh = bare if after == held else inert_json(json.dumps(after, ensure_ascii=False)).encode()
        if chained:
            fresh = fresh[:-1] + chained[0] if stays_broken else chain_line(fresh, block)
            block, stays_broken = [], False
        block.append(fresh)
        made.append(fresh)
    written = b"".join(line + b"\n" for line in made)
    if sound and not _is_sound(parse_log(written, name)[0]):
        hint = "Nothing was written. Rename the log, such as to log-old.jsonl, and look at it yourself."
        raise refusal(name, "log", "the entries of this log would contradict each other", hint, line=1)
    return written


def _is_sound(entries: list[Entry]) -> bool:
    try:
        History(entries)
    except ValueError:
        return False
    return True
