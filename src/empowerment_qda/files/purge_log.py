"""The log of a coder without the entries of what somebody who withdraws said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from empowerment_qda.files.deidentify import follow_logged
from empowerment_qda.files.write import plain_left_out
from empowerment_qda.model.coding import LeftOut
from empowerment_qda.privacy.source_change import SourceChange
from empowerment_qda.privacy.withdrawal import Withdrawal

WORDS = frozenset({"code", "code_before", "before", "after", "left_out_before", "left_out_after"})
"""Keys of an entry under which people's words stand."""


class LogWithout:
    """A log without the entries of what goes: of the codings of a source, those that stay keep their order."""

    def __init__(self, gone: Withdrawal, changes: Mapping[str, SourceChange], cited: Collection[str]) -> None:
        self._gone, self._changes, self._cited = gone, changes, cited
        self._kept: dict[str, list[bool]] = {}
        self.dropped = 0

    def change(self, held: dict[str, Any]) -> dict[str, Any] | None:
        """An entry without what goes; None where nothing is left of it."""
        source = held.get("source")
        gone = self._gone.gone.get(source) if isinstance(source, str) else None
        if gone is None:
            return self._plain(held)
        made = None if gone.whole else self._change_codings(dict(held), source or "")
        self.dropped += made is None
        return made

    def _plain(self, held: dict[str, Any]) -> dict[str, Any]:
        """An entry of what stays, less what is quoted in it and what it links."""
        made = {key: _deep(one, self._gone) if key in WORDS else one for key, one in held.items()}
        for key in ("before", "after"):
            if isinstance(held.get(key), list):
                change = self._changes.get(held.get("source", ""))
                made[key] = [
                    follow_logged(one, change, other) for one, other in zip(held[key], made[key], strict=True)
                ]
        if isinstance(held.get("links"), list):
            links = [one for one in held["links"] if one not in self._cited]
            made["links"] = [link for one in links if isinstance(one, str) and (link := self._gone.link(one))]
        return made

    def _change_codings(self, held: dict[str, Any], source: str) -> dict[str, Any] | None:
        """An entry of a source of which some turns go; `at` counts the codings that stay."""
        change, kept = self._changes[source], self._kept.setdefault(source, [])
        before, after = (held.get(key) or [] for key in ("before", "after"))
        at = int(held.get("at", 0))
        then = [[follow_logged(one, change, one) for one in side] for side in (before, after)]
        had = bool(before or after or held.get("left_out_before") or held.get("left_out_after"))
        held["at"] = sum(kept[:at])
        kept[at : at + len(before)] = [one is not None for one in then[1]]
        held["before"], held["after"] = ([one for one in side if one is not None] for side in then)
        for key in ("left_out_before", "left_out_after"):
            if isinstance(held.get(key), list):
                held[key] = [made for one in held[key] if (made := _left_out(one, change))]
        if held.get("left_out_before") == held.get("left_out_after"):
            held.pop("left_out_before", None), held.pop("left_out_after", None)
        left = held["before"] or held["after"] or "left_out_after" in held
        return held if left or not had else None


def _left_out(held: dict[str, Any], change: SourceChange) -> dict[str, Any] | None:
    made = change.follow_left_out(LeftOut(turn=held["turn"], reason=held["reason"]))
    return None if made is None else held | plain_left_out(made)


def _deep(value: Any, gone: Withdrawal, write: Callable[[str], str] | None = None) -> Any:
    """What stands at a key, in words that may stay; `write` makes them, else they are free words."""
    if isinstance(value, str):
        return (write or gone.write)(value)
    if isinstance(value, list):
        return [_deep(one, gone, write) for one in value]
    if isinstance(value, dict):
        return {
            key: one
            if key in ("quote", "id", "code")
            else _deep(one, gone, gone.write_label if key == "label" else write)
            for key, one in value.items()
        }
    return value
