"""What a study wrote into REFI-QDA, taken back: the keys behind the words of descriptions, and where turns begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any, get_args

from empowerment_qda.exchange.descriptions import collect, read_description
from empowerment_qda.exchange.project import BroughtText, Case, Note
from empowerment_qda.exchange.refi_write import SOURCE_LISTS, SOURCE_TEXTS, SOURCE_WORDS
from empowerment_qda.exchange.refi_write_codes import CODE_TEXTS
from empowerment_qda.exchange.sources import Made
from empowerment_qda.exchange.transcript import Said
from empowerment_qda.model.base import parse_when
from empowerment_qda.model.coding import Kind, Memo
from empowerment_qda.text import inert_line

_MARK = re.compile(rb"<\?qda-turns ([0-9a-f-]{36}) ((?:[0-9]{1,9}\+[0-9]{1,9} ?)+)\?>")
_LABEL = re.compile(r"(?:\[(.*?)\] )?(?:(.*): )?")
Starts = tuple[tuple[int, int], ...]


def read_marks(document: bytes) -> dict[str, Starts]:
    """Where the turns of each text begin, and their words, by its GUID."""
    return {
        guid.decode(): tuple(
            (int(start), int(start) + int(label))
            for start, _, label in (one.partition(b"+") for one in places.split())
        )
        for guid, places in _MARK.findall(document)
    }


def read_turns(text: str, starts: Starts) -> tuple[Said, ...]:
    """The turns of a text; none where it is not the text that was marked."""
    if not starts or starts[0][0] != 0:
        return ()
    ends = [start - 1 for start, _ in starts[1:]] + [len(text)]
    turns = []
    for (start, words), end in zip(starts, ends, strict=True):
        label = _LABEL.fullmatch(text[start:words])
        whole = start <= words < end <= len(text) and (end == len(text) or text[end] == "\n")
        if not whole or label is None:
            return ()
        turns.append(Said(text[words:end], label[2], label[1]))
    return tuple(turns)


def take_keys(description: str, known: Collection[str]) -> tuple[str, dict[str, str]]:
    """The words of a description and the keys behind them; all are words where a study did not write these keys."""
    *before, (text, keys) = read_description(description) or [("", {})]
    if before or not keys or not _are_known(keys, known):
        return description, {}
    return text, keys


def take_several(description: str, known: Collection[str]) -> tuple[str, list[tuple[str, dict[str, str]]]]:
    """The same of a description that may hold the keys of several codings; the words are what stands behind the last."""
    parts = read_description(description)
    if not all(not keys or _are_known(keys, known) for _, keys in parts):
        return description, []
    return "\n\n".join(text for text, keys in parts if not keys), [one for one in parts if one[1]]


def _are_known(keys: Mapping[str, str], known: Collection[str]) -> bool:
    return is_id(keys.get("id", "-")) and all(key.partition(" (")[0] in known for key in keys)


_CHOICES = {
    "direction": ("supports", "limits"),
    "origin": ("inductive", "in-vivo"),
    "status": ("retired",),
    "since": (),
}


def keys_of_code(label: str, definition: str, keys: Mapping[str, str]) -> dict[str, Any]:
    """The keys of a code as they stand in a codebook, but for its id; label and definition where they are in languages."""
    found: dict[str, Any] = {}
    for name, main in (("label", label), ("definition", definition)):
        if isinstance(said := collect(name, keys, main), dict):
            found[name] = said
    found |= {name: collect(name, keys, keys.get(name, "")) for name in CODE_TEXTS}
    found |= {
        name: keys.get(name) for name, allowed in _CHOICES.items() if keys.get(name) in allowed or not allowed
    }
    found["formerly"] = _ids(keys.get("formerly", ""))
    return {name: one for name, one in found.items() if one}


def keys_of_coding(keys: Mapping[str, str], taken: Collection[str]) -> dict[str, Any]:
    """The keys of a coding, without an id that is taken and a date that is none."""
    found: dict[str, Any] = {name: keys[name] for name in ("direction_note",) if keys.get(name)}
    if keys.get("id", "") not in ("", *taken):
        found["id"] = keys["id"]
    if keys.get("strength") == "inferred":
        found["strength"] = "inferred"
    with suppress(KeyError, ValueError):
        found["event_date"] = parse_when(keys["event_date"])
    return found


def make_memos(
    notes: Iterable[Note],
    coders: Mapping[str, str],
    memos: Iterable[Memo],
    find: Callable[[str], str | None],
    leads: Callable[[str], bool],
) -> list[tuple[str, dict[str, Any], str]]:
    """What notes become that are not among the study's `memos`: author ("" where a study said none), keys of the front matter,
    text. `coders` are the authors by the names in the file, `find` gives the id here of what a note stands on.

    What a study wrote keeps its id, if that is free, its title and date, and links that lead somewhere, to other memos too.
    """
    there = {(one.author or "", one.text.strip()): one.id for one in memos}
    taken = {one.id for one in memos}
    now: dict[str, str] = {}
    fresh = []
    for note in notes:
        author, id_ = coders[note.author] if note.author or not note.keys else "", note.keys.get("id", "")
        if known := there.get((author, note.text.strip())):
            now[id_] = known
            continue
        if id_ and id_ not in taken:
            taken.add(id_)
            now[id_] = id_
        fresh.append((author, note))
    found = []
    for author, note in fresh:
        links = list(filter(None, map(find, note.links)))
        keys: dict[str, Any] = {"title": note.title, "links": links}
        if note.keys:
            id_ = note.keys.get("id", "")
            keys = {"id": id_ if now.get(id_) == id_ else None, **_keys_of_memo(note)}
            said = (one.strip() for one in note.keys.get("links", "").split(","))
            keys["links"] = [now.get(one, one) for one in said if one and (one in now or leads(one))]
        found.append((author, keys, note.text))
    return found


def _keys_of_memo(note: Note) -> dict[str, Any]:
    """Title, kind and date; None for those that the memo did not have: a note has a name though its memo had no title."""
    keys = note.keys
    named = note.title != inert_line(Memo(id="-", text=note.text).heading)
    found: dict[str, Any] = {"title": keys.get("title") or (note.title if named else None), "date": None}
    if keys.get("kind") in get_args(Kind):
        found["kind"] = keys["kind"]
    with suppress(KeyError, ValueError):
        found["date"] = str(parse_when(keys["date"]))
    return found


def make_returned(text: BroughtText, cases: Iterable[Case]) -> Made:
    """The source that a text of ours was, its turns as they were marked; who is heard is told by the cases."""
    said, by_id = text.keys, {one.name: one for one in cases}
    heard = [_make_informant(one, by_id.get(one)) for one in _ids(said.get("informants", ""))]
    texts = {name: collect(name, said, said.get(name, "")) for name in SOURCE_TEXTS}
    lists = {name: [one for one in said.get(name, "").split("; ") if one] for name in SOURCE_LISTS}
    words = {name: said.get(name, "") for name in SOURCE_WORDS}
    asked = {
        int(one) for one in said.get("reconstructed", "").split(", ") if one.isdecimal() and len(one) < 9
    }
    keys: dict[str, Any] = {"id": said["id"], "title": texts.pop("title"), "method": words.pop("method")}
    keys |= {"informant": heard[0]} if len(heard) == 1 else {"informants": heard}
    keys |= words | texts | {name: one[0] if len(one) == 1 else one for name, one in lists.items()}
    keys["note"] = collect("note", said, text.note)
    keys["turns"] = [
        {
            **({"speaker": one.speaker} if one.speaker else {}),
            **({"time": one.time} if one.time else {}),
            **({"reconstructed": True} if number in asked else {}),
            "text": one.text,
        }
        for number, one in enumerate(text.turns, 1)
    ]
    keys = {name: one for name, one in keys.items() if one}
    return Made(said["id"], keys, lists["interviewer"], [one["id"] for one in heard], ())


def _make_informant(id_: str, case: Case | None) -> dict[str, Any]:
    if case is None:
        return {"id": id_}
    keys = case.keys
    found = {
        "id": id_,
        "type": keys.get("type", ""),
        "identity": "unknown" * (keys.get("identity") == "unknown"),
        "distinct_from": _ids(keys.get("distinct_from", "")),
        "prior_relationship": collect("prior_relationship", keys, keys.get("prior_relationship", "")),
        "note": collect("note", keys, case.note),
        "attributes": dict(case.attributes),
    }
    return {name: one for name, one in found.items() if one}


def is_id(word: str) -> bool:
    """Whether a word can be an id."""
    return re.fullmatch(r"[\w.\-]+", word) is not None


def _ids(listed: str) -> list[str]:
    return [one for one in listed.split(", ") if is_id(one)]
