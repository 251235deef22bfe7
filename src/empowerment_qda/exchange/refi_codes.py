"""The codes of REFI-QDA, as they stand in a codebook (.qdc) and in a project (.qdpx)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.project import DEEPEST, BroughtCode, say_odd_colors
from empowerment_qda.exchange.refi_return import keys_of_code, take_keys
from empowerment_qda.exchange.refi_write_codes import CODE_KEYS
from empowerment_qda.exchange.refi_xml import all_below, children_of, description_of, plain_guid
from empowerment_qda.model.base import is_color

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def read_codes(book: Element, root: Element) -> tuple[list[BroughtCode], list[str]]:
    """The codes of a book and what was changed; `root` holds the sets, which become a line in the memo of each code."""
    codes: list[BroughtCode] = []
    queue: list[tuple[Element, str | None, int]] = [
        (one, None, 1) for one in reversed(all_below(book, "Codes", "Code"))
    ]
    groups, odd = defaultdict[str, list[str]](list), 0
    for one in all_below(root, "Sets", "Set"):
        for member in children_of(one, "MemberCode"):
            groups[plain_guid(member.get("targetGUID") or member.get("guid"))].append(one.get("name", ""))
    while queue:
        code, parent, depth = queue.pop()
        if depth > DEEPEST:
            raise Unreadable(f"has codes more than {DEEPEST} deep")
        key = plain_guid(code.get("guid")) or f"code {len(codes)}"
        label = " ".join(code.get("name", "").split()) or "code"
        named = f"Groups: {', '.join(groups[key])}" if groups[key] else ""
        definition, keys = take_keys(description_of(code), CODE_KEYS)
        color = code.get("color", "").strip()
        odd += bool(color) and not is_color(color)
        more = {"memo": named} | keys_of_code(label, definition, keys)
        more |= {"color": color} if is_color(color) else {}
        codes.append(BroughtCode(key, label, parent, definition, more, keys.get("id", "")))
        below = children_of(code, "Code")
        queue += [(one, key, depth + 1) for one in reversed(below)]
    changes = []
    grouped = [(one, groups[one.key]) for one in codes if groups[one.key]]
    if grouped:
        changes.append(f"groups of codes stand in the `memo` of their {len(grouped)} codes")
    changes += [
        f"`{one.label}` is in {len(names)} groups ({few(names)}); it is kept once"
        for one, names in grouped
        if len(names) > 1
    ]
    changes += [say_odd_colors(odd)] if odd else []
    return codes, changes


def few(names: list[str]) -> str:
    """The first names of several, and how many more there are."""
    return ", ".join(f"`{one[:60]}`" for one in names[:6]) + (
        f" and {len(names) - 6} more" if len(names) > 6 else ""
    )
