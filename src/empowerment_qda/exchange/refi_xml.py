"""Elements of REFI-QDA, by their names without namespaces, of which there are several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def plain_guid(text: str | None) -> str:
    """A GUID in small letters, without braces."""
    return (text or "").strip().strip("{}").casefold()


def parse_number(text: str | None) -> int | None:
    """The whole number that an attribute says; None where it says none."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def tag_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children_of(element: Element, tag: str) -> list[Element]:
    """The elements right below one that have that name."""
    return [one for one in element if tag_of(one) == tag]


def child_of(element: Element, tag: str) -> Element | None:
    """The first of them."""
    return next(iter(children_of(element, tag)), None)


def all_below(element: Element, *tags: str) -> list[Element]:
    """The elements below those of each tag in turn; without a second tag all that stand in the first."""
    group = child_of(element, tags[0])
    if group is None:
        return []
    return list(group) if len(tags) == 1 else children_of(group, tags[1])


def walk_tags(element: Element, tag: str) -> Iterator[Element]:
    """All elements of that name, however deep."""
    return (one for one in element.iter() if tag_of(one) == tag)


def text_of(element: Element) -> str:
    """All words in an element."""
    return "".join(element.itertext())


def description_of(element: Element) -> str:
    """The words of its description; empty where it has none."""
    found = child_of(element, "Description")
    return text_of(found).strip() if found is not None else ""
