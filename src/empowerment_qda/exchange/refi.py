"""REFI-QDA, by which programs exchange codebooks (.qdc) and coded projects (.qdpx): read leniently, since few write it as the
schema has it."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from empowerment_qda.exchange.archive import Unreadable, open_archive, parse_xml, read_member
from empowerment_qda.exchange.documents import decode, read_text
from empowerment_qda.exchange.positions import BOM, Positions, choose
from empowerment_qda.exchange.project import (
    MOST_TEXT,
    BroughtText,
    Case,
    Note,
    Project,
    Segment,
    nest_by_name,
    require_tree,
)
from empowerment_qda.exchange.refi_codes import few, read_codes
from empowerment_qda.exchange.refi_return import (
    Starts,
    read_marks,
    read_turns,
    take_keys,
    take_several,
)
from empowerment_qda.exchange.refi_write import CODING_KEYS, INFORMANT_KEYS, MEMO_KEYS, SOURCE_KEYS
from empowerment_qda.exchange.refi_xml import (
    all_below,
    child_of,
    children_of,
    description_of,
    parse_number,
    plain_guid,
    tag_of,
    text_of,
    walk_tags,
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
    if tag_of(root) != "CodeBook":
        raise Unreadable(f"is no codebook of REFI-QDA (it begins with `{tag_of(root)[:40]}`)")
    codes, changes = read_codes(root, root)
    origin = root.get("origin", "")
    made = [f"written by {origin}"] if origin else []
    return Project(name, tuple(require_tree(nest_by_name(codes))), changes=(*made, *changes))


def read_project(name: str, data: bytes) -> Project:
    """All that a .qdpx holds; Unreadable where it is none."""
    archive = open_archive(data)
    listed = [one for one in archive.namelist() if one.lower().endswith(".qde") and "/" not in one.strip("/")]
    if len(listed) != 1:
        raise Unreadable("is not what its ending says (it holds no project of REFI-QDA)")
    document = read_member(archive, listed[0])
    root = parse_xml(document)
    if tag_of(root) != "Project":
        raise Unreadable(f"is no project of REFI-QDA (it begins with `{tag_of(root)[:40]}`)")
    return _Reader(archive, root, read_marks(document)).read(root.get("name") or name)


class _Reader:
    """One project: what its elements are called, and what could not be taken over."""

    def __init__(self, archive: zipfile.ZipFile, root: Element, marks: Mapping[str, Starts]) -> None:
        self.archive, self.root, self.marks = archive, root, marks
        self.members = {_file(one): one for one in archive.namelist()}
        self.users = {
            plain_guid(one.get("guid")): one.get("name") or one.get("id") or ""
            for one in all_below(root, "Users", "User")
        }
        self.owner = plain_guid(root.get("creatingUserGUID"))
        self.notes = {plain_guid(one.get("guid")): one for one in all_below(root, "Notes", "Note")}
        self.variables = {
            plain_guid(one.get("guid")): one.get("name", "")
            for one in all_below(root, "Variables", "Variable")
        }
        self.changes: list[str] = []
        self.size = 0
        self.marked: set[str] = set()
        """Keys of texts whose files begin with a mark of their byte order."""
        self.on_note: dict[str, list[str]] = defaultdict(list)
        self.code_ids: dict[str, str] = {}
        """The ids that codes had in a study, by their keys."""

    def read(self, name: str) -> Project:
        """All of it."""
        origin = self.root.get("origin", "")
        self.changes += [f"written by {origin}"] if origin else []
        book = child_of(self.root, "CodeBook")
        codes, told = read_codes(book, self.root) if book is not None else ([], [])
        self.changes += told
        self.code_ids = {one.key: one.id for one in codes}
        for code in walk_tags(book, "Code") if book is not None else ():
            self._note_on(code, plain_guid(code.get("guid")))
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
        sources = sorted(all_below(self.root, "Sources"), key=lambda one: tag_of(one) != "TextSource")
        for source in sources:  # texts first: a transcript of a recording often is one of them
            key = plain_guid(source.get("guid"))
            own: list[tuple[Element, BroughtText]] = []
            for element in [source] if tag_of(source) == "TextSource" else list(source):
                if tag_of(element) in _TEXTS:
                    text = by_path.get(element.get("plainTextPath", "")) or self._read_text(element, source)
                    by_path.setdefault(element.get("plainTextPath") or text.key, text)
                    own.append((element, text))
            texts += [text for _, text in own if text not in texts]
            marked = set()
            for element, text in own:
                segments += self._read_selections(element, text)
                marked |= {plain_guid(one.get("guid")) for one in children_of(element, "PlainTextSelection")}
            where = own[0][1].key if own else key
            number = len(segments)
            for selection in source:
                if tag_of(selection) in _PARTS and plain_guid(selection.get("guid")) not in marked:
                    quote = "".join(text_of(one) for one in walk_tags(selection, "PlainTextContent"))
                    why = "" if quote.strip() and own else _PARTS[tag_of(selection)]
                    segments += self._read_codings(selection, where, quote or selection.get("name", ""), why)
            if children_of(source, "Coding"):
                segments += self._read_codings(
                    source, where, "", "it stands on the whole of it, not on words"
                )
            if not own and len(segments) > number:
                texts.append(BroughtText(key, source.get("name") or key, missing="it is no text"))
        return texts, segments

    def _read_text(self, element: Element, source: Element) -> BroughtText:
        key = plain_guid(element.get("guid"))
        name = source.get("name") or element.get("name") or key
        content = child_of(element, "PlainTextContent")
        path = element.get("plainTextPath", "")
        text, missing = "", ""
        if content is not None and text_of(content):
            text = text_of(content)
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
        note, keys = take_keys(description_of(source), SOURCE_KEYS)
        starts = self.marks.get(key, ())
        turns = read_turns(text, starts) if keys else ()
        return BroughtText(key, name, text, paragraphs, note, missing, self._values(source), keys, turns,
                           [words for _, words in starts] if turns else [])  # fmt: skip

    def _read_selections(self, element: Element, text: BroughtText) -> Iterator[Segment]:
        found = children_of(element, "PlainTextSelection")
        points = {
            plain_guid(one.get("guid")): one.get("position") for one in children_of(element, "SyncPoint")
        }
        marks = [
            (one, parse_number(one.get("startPosition")), parse_number(one.get("endPosition")))
            for one in found
        ]
        marks += [
            (one, parse_number(points.get(plain_guid(one.get("fromSyncPoint")))), parse_number(points.get(plain_guid(one.get("toSyncPoint")))))
            for one in children_of(element, "TranscriptSelection")
        ]  # fmt: skip
        names = [
            (start, end, one.get("name", ""))
            for one, start, end in marks
            if start is not None and end is not None
        ]
        bom = text.key in self.marked
        positions = (
            (Positions(text.text) if text.turns else choose(text.text, names, bom=bom)) if text.text else None
        )
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
        words, kept = take_several(description_of(selection), CODING_KEYS)
        memo = "\n\n".join(filter(None, [words, *self._notes_on(selection)]))
        codings = children_of(selection, "Coding")
        for coding in codings:
            ref = child_of(coding, "CodeRef")
            code = plain_guid(ref.get("targetGUID")) if ref is not None else ""
            id_ = self.code_ids.get(code)
            mine = next((one for one in kept if one[1].get("code", id_) == id_), None)
            if mine:
                kept.remove(mine)
            about, keys = mine or ("", {})
            said = "\n\n".join(filter(None, [about, memo, *self._notes_on(coding)]))
            coder = self._user(coding.get("creatingUser") or own)
            yield Segment(text, code, coder, quote, memo=said, why_not=why, keys=keys)
        if memo and not codings:
            yield Segment(text, None, self._user(own), quote, memo=memo, why_not=why)

    # Notes, cases, the rest.

    def _note_on(self, element: Element, key: str) -> None:
        for ref in children_of(element, "NoteRef"):
            self.on_note[plain_guid(ref.get("targetGUID"))].append(key)

    def _notes_on(self, element: Element) -> Iterator[str]:
        """The texts of the notes on a coding or selection, which become its memo."""
        for ref in children_of(element, "NoteRef"):
            note = self.notes.get(plain_guid(ref.get("targetGUID")))
            if note is not None and not take_keys(description_of(note), MEMO_KEYS)[1]:
                self.on_note[plain_guid(ref.get("targetGUID"))].append("")
                yield self._text_of_note(note)

    def _text_of_note(self, note: Element) -> str:
        content = child_of(note, "PlainTextContent")
        path = note.get("plainTextPath", "")
        member = self.members.get(_file(path)) if path.startswith("internal://") else None
        if content is not None:
            text = text_of(content)
        elif member and self.archive.getinfo(member).file_size <= LARGEST_TEXT:
            text = _decode(read_member(self.archive, member)).removeprefix(BOM)
        else:
            text = ""
        about, _ = take_keys(description_of(note), MEMO_KEYS)
        return "\n\n".join(filter(None, [about, text.strip()]))

    def _read_notes(self) -> Iterator[Note]:
        for guid, note in self.notes.items():
            links = self.on_note.get(guid, [])
            text = self._text_of_note(note)
            if not text:
                self.changes.append(f"the memo `{note.get('name', '')[:80]}` has no text")
            elif not links or any(links):
                _, keys = take_keys(description_of(note), MEMO_KEYS)
                yield Note(note.get("name", ""), text, self._user(note.get("creatingUser")),
                           tuple(filter(None, links)), keys)  # fmt: skip
        if about := description_of(self.root):
            yield Note(self.root.get("name", ""), about, self._user(None))

    def _read_cases(self, texts: Iterable[BroughtText]) -> Iterator[Case]:
        keys = {one.key for one in texts}
        for case in all_below(self.root, "Cases", "Case"):
            refs = [plain_guid(one.get("targetGUID")) for one in children_of(case, "SourceRef")]
            if children_of(case, "SelectionRef") or children_of(case, "CodeRef"):
                self.changes.append(
                    f"the case `{case.get('name', '')[:80]}` stands on passages or codes, which is not taken over"
                )
            note, own = take_keys(description_of(case), INFORMANT_KEYS)
            values = self._values(case).items()
            attributes = {
                name: value
                for name, value in values
                if name not in ("type", "group") or own.get(name) != value
            }
            yield Case(case.get("name", ""), attributes, tuple(one for one in refs if one in keys), note, own)

    def _values(self, element: Element) -> dict[str, str]:
        values = {}
        for value in children_of(element, "VariableValue"):
            ref = child_of(value, "VariableRef")
            said = next((text_of(one) for one in value if tag_of(one).endswith("Value")), "")
            name = self.variables.get(plain_guid(ref.get("targetGUID")), "") if ref is not None else ""
            if name and said:
                values[name] = said
        return values

    def _user(self, guid: str | None) -> str:
        return self.users.get(plain_guid(guid)) or self.users.get(self.owner, "")

    def _tell_lost(self) -> None:
        found = [tag_of(one) for one in self.root] + [tag_of(one) for one in all_below(self.root, "Sources")]
        lost = dict.fromkeys(_LOST[one] for one in found if one in _LOST)
        self.changes += [f"not taken over: {', '.join(lost)}"] if lost else []
        sets = [
            one.get("name", "")
            for one in all_below(self.root, "Sets", "Set")
            if children_of(one, "MemberSource")
        ]
        if sets:
            self.changes.append(f"groups of texts are not taken over ({few(sets)})")


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
