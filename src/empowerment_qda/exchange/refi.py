"""REFI-QDA, by which programs exchange codebooks (.qdc) and coded projects (.qdpx): read leniently, since few write it as the
schema has it."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from empowerment_qda.exchange.archive import Unreadable, open_archive, parse_xml, read_member
from empowerment_qda.exchange.documents import decode, read_text
from empowerment_qda.exchange.positions import BOM, Positions, choose
from empowerment_qda.exchange.project import (
    DEEPEST,
    MOST_TEXT,
    BroughtCode,
    BroughtText,
    Case,
    Note,
    Project,
    Segment,
    nest_by_name,
    require_tree,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST_TEXT = 5_000_000
"""Bytes of one text; a long book has one million."""
_TEXTS = ("TextSource", "Representation", "TextDescription", "Transcript")
"""Elements that hold a text: a source, or the words of a PDF, picture or recording."""
_PARTS = {
    "PictureSelection": "it is a part of a picture, which has no words",
    "AudioSelection": "it is a stretch of a recording, which has no words",
    "VideoSelection": "it is a stretch of a recording, which has no words",
    "PDFSelection": "it is a part of a page, and the file does not say its words",
}
_LOST = {
    "Links": "links between things",
    "Graphs": "pictures of networks",
    "PictureSource": "pictures",
    "AudioSource": "recordings",
    "VideoSource": "recordings",
}


def read_codebook(name: str, data: bytes) -> Project:
    """The codes of a .qdc, of any version of the schema; Unreadable where it is none."""
    root = parse_xml(data)
    if _tag(root) != "CodeBook":
        raise Unreadable(f"is no codebook of REFI-QDA (it begins with `{_tag(root)[:40]}`)")
    codes, changes = _read_codes(root, root)
    origin = root.get("origin", "")
    made = [f"written by {origin}"] if origin else []
    return Project(name, tuple(require_tree(nest_by_name(codes))), changes=(*made, *changes))


def read_project(name: str, data: bytes) -> Project:
    """All that a .qdpx holds; Unreadable where it is none."""
    archive = open_archive(data)
    listed = [one for one in archive.namelist() if one.lower().endswith(".qde") and "/" not in one.strip("/")]
    if len(listed) != 1:
        raise Unreadable("is not what its ending says (it holds no project of REFI-QDA)")
    root = parse_xml(read_member(archive, listed[0]))
    if _tag(root) != "Project":
        raise Unreadable(f"is no project of REFI-QDA (it begins with `{_tag(root)[:40]}`)")
    return _Reader(archive, root).read(root.get("name") or name)


class _Reader:
    """One project: what its elements are called, and what could not be taken over."""

    def __init__(self, archive: zipfile.ZipFile, root: Element) -> None:
        self.archive, self.root = archive, root
        self.members = {_file(one): one for one in archive.namelist()}
        self.users = {
            _guid(one.get("guid")): one.get("name") or one.get("id") or ""
            for one in _all(root, "Users", "User")
        }
        self.owner = _guid(root.get("creatingUserGUID"))
        self.notes = {_guid(one.get("guid")): one for one in _all(root, "Notes", "Note")}
        self.variables = {
            _guid(one.get("guid")): one.get("name", "") for one in _all(root, "Variables", "Variable")
        }
        self.changes: list[str] = []
        self.size = 0
        self.marked: set[str] = set()
        """Keys of texts whose files begin with a mark of their byte order."""
        self.on_note: dict[str, list[str]] = defaultdict(list)

    def read(self, name: str) -> Project:
        """All of it."""
        origin = self.root.get("origin", "")
        self.changes += [f"written by {origin}"] if origin else []
        book = _child(self.root, "CodeBook")
        codes, told = _read_codes(book, self.root) if book is not None else ([], [])
        self.changes += told
        for code in _walk(book, "Code") if book is not None else ():
            self._note_on(code, _guid(code.get("guid")))
        texts, segments = self._read_sources()
        cases = tuple(self._read_cases(texts))
        self._tell_lost()
        codes = list(require_tree(nest_by_name(codes))) if codes else []
        return Project(name, tuple(codes), tuple(texts), tuple(segments), tuple(self._read_notes()), cases,
                       tuple(self.changes))  # fmt: skip

    # Texts, and what is coded in them.

    def _read_sources(self) -> tuple[list[BroughtText], list[Segment]]:
        texts: list[BroughtText] = []
        segments: list[Segment] = []
        by_path: dict[str, BroughtText] = {}
        sources = sorted(_all(self.root, "Sources"), key=lambda one: _tag(one) != "TextSource")
        for source in sources:  # texts first: a transcript of a recording often is one of them
            key = _guid(source.get("guid"))
            own: list[tuple[Element, BroughtText]] = []
            for element in [source] if _tag(source) == "TextSource" else list(source):
                if _tag(element) in _TEXTS:
                    text = by_path.get(element.get("plainTextPath", "")) or self._read_text(element, source)
                    by_path.setdefault(element.get("plainTextPath") or text.key, text)
                    own.append((element, text))
            texts += [text for _, text in own if text not in texts]
            marked = set()
            for element, text in own:
                segments += self._read_selections(element, text)
                marked |= {_guid(one.get("guid")) for one in _children(element, "PlainTextSelection")}
            where = own[0][1].key if own else key
            number = len(segments)
            for selection in source:
                if _tag(selection) in _PARTS and _guid(selection.get("guid")) not in marked:
                    quote = "".join(_text(one) for one in _walk(selection, "PlainTextContent"))
                    why = "" if quote.strip() and own else _PARTS[_tag(selection)]
                    segments += self._read_codings(selection, where, quote or selection.get("name", ""), why)
            if _children(source, "Coding"):
                segments += self._read_codings(
                    source, where, "", "it stands on the whole of it, not on words"
                )
            if not own and len(segments) > number:
                texts.append(BroughtText(key, source.get("name") or key, missing="it is no text"))
        return texts, segments

    def _read_text(self, element: Element, source: Element) -> BroughtText:
        key = _guid(element.get("guid"))
        name = source.get("name") or element.get("name") or key
        content = _child(element, "PlainTextContent")
        path = element.get("plainTextPath", "")
        text, missing = "", ""
        if content is not None and _text(content):
            text = _text(content)
        elif path.startswith("internal://"):
            member = self.members.get(_file(path))
            if member is None:
                missing = f"its text `{_file(path)}` is not in the file"
            elif self.archive.getinfo(member).file_size > LARGEST_TEXT:
                missing = f"its text is larger than {LARGEST_TEXT // 1_000_000} MB"
            else:
                text = _decode(read_member(self.archive, member))
                if text.startswith(BOM):
                    text = text.removeprefix(BOM)
                    self.marked.add(key)
        elif path:
            missing = f"its text lies outside the file (`{path[:80]}`), and nothing outside is read"
        else:
            missing = "the file holds no text of it"
        self._note_on(element, key)
        if element is not source:
            self._note_on(source, key)
        self.size += len(text)
        if self.size > MOST_TEXT:
            raise Unreadable(f"holds texts of more than {MOST_TEXT:,} characters")
        paragraphs = read_text(text.encode())[0] if text else []
        return BroughtText(key, name, text, paragraphs, _description(source), missing, self._values(source))

    def _read_selections(self, element: Element, text: BroughtText) -> Iterator[Segment]:
        found = _children(element, "PlainTextSelection")
        points = {_guid(one.get("guid")): one.get("position") for one in _children(element, "SyncPoint")}
        marks = [(one, _number(one.get("startPosition")), _number(one.get("endPosition"))) for one in found]
        marks += [
            (one, _number(points.get(_guid(one.get("fromSyncPoint")))), _number(points.get(_guid(one.get("toSyncPoint")))))
            for one in _children(element, "TranscriptSelection")
        ]  # fmt: skip
        names = [
            (start, end, one.get("name", ""))
            for one, start, end in marks
            if start is not None and end is not None
        ]
        positions = choose(text.text, names, bom=text.key in self.marked) if text.text else None
        if positions and positions.said:
            self.changes.append(f"the places in `{text.name}` count {positions.said}")
        for one, start, end in marks:
            yield from self._read_selection(one, text, start, end, positions)

    def _read_selection(
        self, one: Element, text: BroughtText, start: int | None, end: int | None, positions: Positions | None
    ) -> Iterator[Segment]:
        name = one.get("name", "")
        if positions is None:  # without its text only a name that is as long as the words says which they are
            fits = start is not None and end is not None and len(name) == end - start
            yield from self._read_codings(one, text.key, name, "" if fits else text.missing)
            return
        first, last = (positions.find(at) if at is not None else None for at in (start, end))
        if first is None or last is None or first >= last:
            why = (
                f"its places ({start} to {end}) are not in the text, which has {len(text.text):,} characters"
            )
            yield from self._read_codings(one, text.key, name, why)
            return
        for segment in self._read_codings(one, text.key, text.text[first:last]):
            yield replace(segment, start=first, end=last)

    def _read_codings(self, selection: Element, text: str, quote: str, why: str = "") -> Iterator[Segment]:
        own = selection.get("creatingUser")
        memo = "\n\n".join(filter(None, [_description(selection), *self._notes_on(selection)]))
        codings = _children(selection, "Coding")
        for coding in codings:
            ref = _child(coding, "CodeRef")
            code = _guid(ref.get("targetGUID")) if ref is not None else ""
            said = "\n\n".join(filter(None, [memo, *self._notes_on(coding)]))
            coder = self._user(coding.get("creatingUser") or own)
            yield Segment(text, code, coder, quote, memo=said, why_not=why)
        if memo and not codings:
            yield Segment(text, None, self._user(own), quote, memo=memo, why_not=why)

    # Notes, cases, the rest.

    def _note_on(self, element: Element, key: str) -> None:
        for ref in _children(element, "NoteRef"):
            self.on_note[_guid(ref.get("targetGUID"))].append(key)

    def _notes_on(self, element: Element) -> Iterator[str]:
        """The texts of the notes on a coding or selection, which become its memo."""
        for ref in _children(element, "NoteRef"):
            note = self.notes.get(_guid(ref.get("targetGUID")))
            if note is not None:
                self.on_note[_guid(ref.get("targetGUID"))].append("")
                yield self._text_of_note(note)

    def _text_of_note(self, note: Element) -> str:
        content = _child(note, "PlainTextContent")
        path = note.get("plainTextPath", "")
        member = self.members.get(_file(path)) if path.startswith("internal://") else None
        if content is not None:
            text = _text(content)
        elif member and self.archive.getinfo(member).file_size <= LARGEST_TEXT:
            text = _decode(read_member(self.archive, member)).removeprefix(BOM)
        else:
            text = ""
        return "\n\n".join(filter(None, [_description(note), text.strip()]))

    def _read_notes(self) -> Iterator[Note]:
        for guid, note in self.notes.items():
            links = self.on_note.get(guid, [])
            text = self._text_of_note(note)
            if not text:
                self.changes.append(f"the memo `{note.get('name', '')[:80]}` has no text")
            elif not links or any(links):
                yield Note(note.get("name", ""), text, self._user(note.get("creatingUser")),
                           tuple(filter(None, links)))  # fmt: skip
        if about := _description(self.root):
            yield Note(self.root.get("name", ""), about, self._user(None))

    def _read_cases(self, texts: Iterable[BroughtText]) -> Iterator[Case]:
        keys = {one.key for one in texts}
        for case in _all(self.root, "Cases", "Case"):
            refs = [_guid(one.get("targetGUID")) for one in _children(case, "SourceRef")]
            if _children(case, "SelectionRef") or _children(case, "CodeRef"):
                self.changes.append(
                    f"the case `{case.get('name', '')[:80]}` stands on passages or codes, which is not taken over"
                )
            yield Case(case.get("name", ""), self._values(case), tuple(one for one in refs if one in keys))

    def _values(self, element: Element) -> dict[str, str]:
        values = {}
        for value in _children(element, "VariableValue"):
            ref = _child(value, "VariableRef")
            said = next((_text(one) for one in value if _tag(one).endswith("Value")), "")
            name = self.variables.get(_guid(ref.get("targetGUID")), "") if ref is not None else ""
            if name and said:
                values[name] = said
        return values

    def _user(self, guid: str | None) -> str:
        return self.users.get(_guid(guid)) or self.users.get(self.owner, "")

    def _tell_lost(self) -> None:
        found = [_tag(one) for one in self.root] + [_tag(one) for one in _all(self.root, "Sources")]
        lost = dict.fromkeys(_LOST[one] for one in found if one in _LOST)
        self.changes += [f"not taken over: {', '.join(lost)}"] if lost else []
        sets = [
            one.get("name", "") for one in _all(self.root, "Sets", "Set") if _children(one, "MemberSource")
        ]
        if sets:
            self.changes.append(f"groups of texts are not taken over ({_few(sets)})")


def _read_codes(book: Element, root: Element) -> tuple[list[BroughtCode], list[str]]:
    """The codes of a book and what was changed; `root` holds the sets, which become a line in the memo of each code."""
    codes: list[BroughtCode] = []
    queue: list[tuple[Element, str | None, int]] = [
        (one, None, 1) for one in reversed(_all(book, "Codes", "Code"))
    ]
    groups: dict[str, list[str]] = defaultdict(list)
    for one in _all(root, "Sets", "Set"):
        for member in _children(one, "MemberCode"):
            groups[_guid(member.get("targetGUID") or member.get("guid"))].append(one.get("name", ""))
    while queue:
        code, parent, depth = queue.pop()
        if depth > DEEPEST:
            raise Unreadable(f"has codes more than {DEEPEST} deep")
        key = _guid(code.get("guid")) or f"code {len(codes)}"
        label = " ".join(code.get("name", "").split()) or "code"
        named = f"Groups: {', '.join(groups[key])}" if groups[key] else ""
        codes.append(BroughtCode(key, label, parent, _description(code), {"memo": named}))
        below = _children(code, "Code")
        queue += [(one, key, depth + 1) for one in reversed(below)]
    changes = []
    grouped = [(one, groups[one.key]) for one in codes if groups[one.key]]
    if grouped:
        changes.append(f"groups of codes stand in the `memo` of their {len(grouped)} codes")
    changes += [
        f"`{one.label}` is in {len(names)} groups ({_few(names)}); it is kept once"
        for one, names in grouped
        if len(names) > 1
    ]
    if any(one.get("color") for one in _walk(book, "Code")):
        changes.append("colours are not taken over")
    return codes, changes


def _few(names: list[str]) -> str:
    return ", ".join(f"`{one[:60]}`" for one in names[:6]) + (
        f" and {len(names) - 6} more" if len(names) > 6 else ""
    )


def _decode(data: bytes) -> str:
    """The text with a mark of its byte order, if it has one, and its line ends as they are: places count them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data)[0]


def _file(path: str) -> str:
    """The name by which a path and the file in the archive are known to be the same: braces and case aside."""
    return PurePosixPath(path.replace("\\", "/")).name.casefold().replace("{", "").replace("}", "")


def _guid(text: str | None) -> str:
    return (text or "").strip().strip("{}").casefold()


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _children(element: Element, tag: str) -> list[Element]:
    return [one for one in element if _tag(one) == tag]


def _child(element: Element, tag: str) -> Element | None:
    return next(iter(_children(element, tag)), None)


def _all(element: Element, *tags: str) -> list[Element]:
    """The elements below those of each tag in turn; without a second tag all that stand in the first."""
    group = _child(element, tags[0])
    if group is None:
        return []
    return list(group) if len(tags) == 1 else _children(group, tags[1])


def _walk(element: Element, tag: str) -> Iterator[Element]:
    return (one for one in element.iter() if _tag(one) == tag)


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _description(element: Element) -> str:
    found = _child(element, "Description")
    return _text(found).strip() if found is not None else ""
