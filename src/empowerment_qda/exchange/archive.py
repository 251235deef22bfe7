"""Files that hold files, and XML: opened only where they are small, plain and what they say they are."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST = 200 << 20
"""Bytes that all files in an archive may have together when they are unpacked."""
MOST_FILES = 10_000
MOST_TAGS = 4_000_000
"""... of XML, each of which takes memory."""
_UNPLAIN = (b"<!DOCTYPE", b"<!ENTITY")


class Unreadable(ValueError):
    """Why a file cannot be read, in words that go on after its name."""


def open_archive(data: bytes) -> zipfile.ZipFile:
    """A zip whose files, unpacked, are no more than LARGEST bytes, with paths that stay inside, and whose XML defines no
    entities. Unreadable else. What a zip says of sizes is not believed: `zipfile` reads no more than what it says."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unreadable("is not what its ending says: it is no archive, or a damaged one") from None
    listed = archive.infolist()
    if len(listed) > MOST_FILES or sum(one.file_size for one in listed) > LARGEST:
        raise Unreadable(f"unpacks to more than {LARGEST >> 20} MB or {MOST_FILES:,} files")
    for one in listed:
        path = PurePosixPath(one.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[:1]:
            raise Unreadable(f"holds a file whose path leads out of it (`{one.filename[:80]}`)")
    for one in listed:
        if one.filename.lower().endswith((".xml", ".rels", ".qde")):
            require_plain_xml(read_member(archive, one.filename))
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """One file of an archive."""
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        raise Unreadable(f"is damaged, or locked with a password (`{name}` cannot be unpacked)") from None
    except KeyError:
        raise Unreadable(f"is not what its ending says (it holds no `{name}`)") from None


def require_plain_xml(data: bytes) -> None:
    """Unreadable where XML brings definitions of its own, by which a small file can become endless or fetch another one."""
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    if any(mark in data for mark in _UNPLAIN):
        raise Unreadable("holds XML that defines entities, which no document of this kind needs")


def parse_xml(data: bytes, unread: str = "holds XML that cannot be read") -> Element:
    """The root of XML that is plain and not endless; Unreadable in these words where it is no XML."""
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

    require_plain_xml(data)
    if data.count(b"<") > MOST_TAGS:
        raise Unreadable(f"has more than {MOST_TAGS:,} tags of XML")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Unreadable(unread) from None
    return root
