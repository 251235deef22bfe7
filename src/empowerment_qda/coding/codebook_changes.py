"""What became of a codebook between two of its versions, and which codings each change touches.

Hybrid coding (Fereday & Muir-Cochrane 2006) lets the book grow while one codes; whatever changes in it, the passages
coded before have to be looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from empowerment_qda.evidence.passages import Passage
from empowerment_qda.model.codebook import Code, Codebook, CodePlace
from empowerment_qda.model.coding import AUTO

Change = Literal["added", "removed", "renamed", "moved", "redefined", "retired", "revived"]
FIELDS = (
    "label", "definition", "use_when", "not_when", "example", "near_miss", "direction", "origin", "source", "memo",
    "cues",
)  # fmt: skip

ONLY_CUES = ("cues",)
"""A change of cues alone touches only what the machine suggests: the code means what it meant."""


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One change of one code: `code` as it is called now (as it was, if removed).

    `was` and `now` are its paths, or None; `fields` those that differ; `codings` carry the code, by its old id or
    its new one, or, where it moved, a code below it.
    """

    change: Change
    code: str
    was: str | None
    now: str | None
    fields: tuple[str, ...] = ()
    codings: tuple[Passage, ...] = ()


def compare_codebooks(old: Codebook, new: Codebook, codings: Iterable[Passage]) -> tuple[CodeChange, ...]:
    """Every change from the old book to the new one, in the order of the new book; what was removed comes last."""
    renamed = dict(_find_renamed(old, new))  # new id to old id
    by_code: dict[str, list[Passage]] = defaultdict(list)
    for passage in codings:
        if passage.coding.status != "rejected":
            by_code[passage.coding.code].append(passage)

    def touched(*codes: str) -> tuple[Passage, ...]:
        return tuple(one for code in dict.fromkeys(codes) for one in by_code.get(code, ()))

    found: list[CodeChange] = []
    for code, place in new.places.items():
        before = old.places.get(renamed.get(code, code))
        if before is None:
            found.append(CodeChange("added", code, None, place.path, codings=touched(code)))
            continue
        both = (before.path, place.path)
        own = touched(before.code.id, code)
        if code in renamed:
            found.append(CodeChange("renamed", code, *both, codings=own))
        if _parent(before, {}) != _parent(place, renamed):
            family = sorted(old.families[before.code.id] | new.families[code])
            found.append(CodeChange("moved", code, *both, codings=touched(*family)))
        fields = tuple(one for one in FIELDS if getattr(before.code, one) != getattr(place.code, one))
        if fields:
            named = tuple(one for one in own if one.file.coder == AUTO) if fields == ONLY_CUES else own
            found.append(CodeChange("redefined", code, *both, fields, named))
        if before.code.status != place.code.status:
            change: Change = "retired" if place.code.status == "retired" else "revived"
            found.append(CodeChange(change, code, *both, codings=own))
    gone = [one for one in old.places if one not in new.places and one not in renamed.values()]
    found += [CodeChange("removed", one, old.places[one].path, None, codings=touched(one)) for one in gone]
    return tuple(found)


def _find_renamed(old: Codebook, new: Codebook) -> Iterator[tuple[str, str]]:
    """New ids that stand for an old one: the only ones on either side with the same definition, or label if none."""
    came = [place.code for code, place in new.places.items() if code not in old.places]
    went = [place.code for code, place in old.places.items() if code not in new.places]
    meant_before, meant_now = _by_meaning(went), _by_meaning(came)
    for meaning, codes in meant_now.items():
        if len(codes) == len(meant_before[meaning]) == 1:
            yield codes[0], meant_before[meaning][0]


def _by_meaning(codes: Iterable[Code]) -> defaultdict[tuple[str, ...], list[str]]:
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for code in codes:
        text = code.definition or code.label
        if text:
            kind = "definition" if code.definition else "label"
            words = (f"{key} {' '.join(said.split()).casefold()}" for key, said in sorted(text.root.items()))
            found[kind, *words].append(code.id)
    return found


def _parent(place: CodePlace, renamed: Mapping[str, str]) -> str | None:
    """The parent, as it was called before; None where there is none."""
    parent = place.ancestors[-1].id if place.ancestors else None
    return renamed.get(parent, parent) if parent else None
