"""REFI-QDA written: a study as a coded project (.qdpx)."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement

from empowerment_qda.evidence.passages import Passage
from empowerment_qda.exchange.descriptions import WRITTEN_IN, looks_like_keys, spread, write_description
from empowerment_qda.exchange.outgoing import Outgoing, Written, count
from empowerment_qda.exchange.plain_sources import PlainSource, lay_out_source
from empowerment_qda.exchange.refi_write_codes import (
    ORIGIN,
    add_codes,
    describe,
    guids_of,
    has_cues,
    plain_text,
    to_xml,
)
from empowerment_qda.model.coding import Coding, Memo, turns_of
from empowerment_qda.model.source import Informant, Source
from empowerment_qda.text import inert_line

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of each file in the archive: the same study makes the same bytes."""
LONGEST_NAME = 60
SOURCE_TEXTS = ("title", "place", "others_present", "recording", "returned")
"""Keys of a source that are text in languages, beside its note."""
SOURCE_WORDS = ("method", "date", "time", "duration", "producer", "site", "language", "provenance")
SOURCE_LISTS = ("interviewer", "bystanders", "about")
SOURCE_KEYS = frozenset(
    {"id", WRITTEN_IN, "note", *SOURCE_TEXTS, *SOURCE_WORDS, *SOURCE_LISTS, "informants", "reconstructed"}
)
INFORMANT_KEYS = frozenset(
    {"id", WRITTEN_IN, "note", "prior_relationship", "type", "group", "identity", "distinct_from"}
)
CODING_KEYS = frozenset({"id", "code", "strength", "event_date", "direction_note"})
MEMO_KEYS = frozenset({"id", "title", "kind", "date", "links"})
"""All keys that stand in the description of each."""


def write_project(going: Outgoing) -> Written:
    """The study as a .qdpx: codes, coders, sources with their codings, informants as cases, memos as notes."""
    project = _Project(going)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in project.files().items():
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return Written(out.getvalue(), project.held(), tuple(project.lost()))


class _Project:
    """One study on its way out: its elements in the order that the schema asks for."""

    def __init__(self, going: Outgoing) -> None:
        self.going, self.study, self.language = going, going.study, going.language
        self.guids = guids_of(going)
        self.plain = {one.id: lay_out_source(one) for one in self.study.sources}
        self.people = {
            one.id: one for source in self.study.sources for one in source.heard if isinstance(one, Informant)
        }
        self.coders = sorted(
            {one.file.coder for one in going.passages}
            | {one.author for one in self.study.memos if one.author}
        )
        self.codings = {one.coding.id for one in going.passages}
        self.notes: dict[tuple[str, str], list[str]] = defaultdict(list)
        """GUIDs of the memos on a code, coding or source, or (under two empty names) on none of them, by kind and id."""
        for memo in self.study.memos:
            for place in self._places_of(memo):
                self.notes[place].append(self.guids.of("memo", memo.id))

    def files(self) -> dict[str, bytes]:
        """The files of the archive by their names in it."""
        root = Element("Project", {"xmlns": "urn:QDA-XML:project:1.0", "origin": ORIGIN})
        root.set("name", inert_line(self.study.settings.title.say(self.language)))
        self._add_users(root)
        book = SubElement(root, "CodeBook")
        used = {one.coding.code for one in self.going.passages}
        for id_, element in add_codes(
            book, self.study.codebook.codes, self.guids, self.language, used
        ).items():
            self._add_notes(element, "code", id_, at=len(element.findall("Description")))
        self._add_variables(root)
        self._add_cases(root)
        self._add_sources(root)
        self._add_memos(root)
        self._add_notes(root, "", "")
        texts = {f"sources/{self._guid_of(one)}.txt": one.text.encode() for one in self.plain.values()}
        marks = "".join(one.mark(self._guid_of(one)) for one in self.plain.values())
        return {"project.qde": to_xml(root) + marks.encode(), **texts}

    def _guid_of(self, plain: PlainSource) -> str:
        return self.guids.of("source", plain.source.id)

    def _add_users(self, root: Element) -> None:
        if self.coders:
            users = SubElement(root, "Users")
            for one in self.coders:
                SubElement(users, "User", guid=self.guids.of("coder", one), name=one)

    # Informants and sources.

    def _add_variables(self, root: Element) -> None:
        known = {
            "type": {
                key: one.label.say(self.language) for key, one in self.study.settings.informant_types.items()
            },
            "group": {key: one.label.say(self.language) for key, one in self.study.settings.groups.items()},
        }
        names = dict.fromkeys(
            name
            for values in (
                *map(self._values_of, self.people.values()),
                *map(_values_of_source, self.study.sources),
            )
            for name in values
        )
        if names:
            group = SubElement(root, "Variables")
            for name in names:
                own = SubElement(
                    group, "Variable", guid=self.guids.of("variable", name), name=inert_line(name)
                )
                own.set("typeOfVariable", "Text")
                describe(own, "\n".join(f"{key}: {label}" for key, label in known.get(name, {}).items()), {})

    def _add_cases(self, root: Element) -> None:
        if self.people:
            cases = SubElement(root, "Cases")
            for one in self.people.values():
                case = SubElement(cases, "Case", guid=self.guids.of("informant", one.id), name=one.id)
                describe(case, one.note.say(self.language) if one.note else "", self._keys_of(one))
                self._add_values(case, self._values_of(one))
                for source in self.study.sources:
                    if any(heard.id == one.id for heard in source.heard if isinstance(heard, Informant)):
                        SubElement(case, "SourceRef", targetGUID=self.guids.of("source", source.id))

    def _values_of(self, one: Informant) -> dict[str, str]:
        """The attributes of an informant; type and group are such too, if none is called so."""
        own = {"type": one.type or "", "group": self.study.settings.group_of(one.type) or ""}
        return {name: value for name, value in (own | one.attributes).items() if value}

    def _keys_of(self, one: Informant) -> dict[str, str]:
        texts = {"note": one.note, "prior_relationship": one.prior_relationship}
        return {
            "id": one.id,
            **spread(texts, self.language, apart=("note",)),
            "type": one.type or "",
            "group": self.study.settings.group_of(one.type) or "",
            "identity": one.identity if one.identity != "known" else "",
            "distinct_from": ", ".join(other for other in one.distinct_from if other in self.people),
        }

    def _add_values(self, element: Element, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            group = SubElement(element, "VariableValue")
            SubElement(group, "VariableRef", targetGUID=self.guids.of("variable", name))
            SubElement(group, "TextValue").text = plain_text(value)

    def _add_sources(self, root: Element) -> None:
        passages: dict[str, list[Passage]] = defaultdict(list)
        for one in self.going.passages:
            passages[one.source.id].append(one)
        if self.plain:
            group = SubElement(root, "Sources")
            for id_, plain in self.plain.items():
                guid = self._guid_of(plain)
                element = SubElement(
                    group, "TextSource", guid=guid, name=id_, plainTextPath=f"internal://{guid}.txt"
                )
                source = plain.source
                describe(
                    element,
                    source.note.say(self.language) if source.note else "",
                    self._keys_of_source(source),
                )
                self._add_selections(element, plain, passages[id_])
                self._add_notes(element, "source", id_)
                self._add_values(element, _values_of_source(source))

    def _keys_of_source(self, source: Source) -> dict[str, str]:
        texts = {name: getattr(source, name) for name in ("note", *SOURCE_TEXTS)}
        asked = [str(number) for number, turn in enumerate(source.turns, 1) if turn.reconstructed]
        return {
            "id": source.id,
            **{name: str(getattr(source, name) or "") for name in SOURCE_WORDS},
            **{name: "; ".join(getattr(source, name)) for name in SOURCE_LISTS},
            "informants": ", ".join(one if isinstance(one, str) else one.id for one in source.heard),
            "reconstructed": ", ".join(asked),
            **spread(texts, self.language, apart=("note",)),
        }

    # Codings.

    def _add_selections(self, parent: Element, plain: PlainSource, passages: Iterable[Passage]) -> None:
        """A selection for each passage of a coder, with all codes that they gave it: programs take the coder of a selection for
        that of each of its codings."""
        runs: dict[tuple[int, int, str], list[Coding]] = defaultdict(list)
        for one in passages:
            if one.anchor.span:
                runs[(*plain.place(one.anchor.span), one.file.coder)].append(one.coding)
        for (start, end, coder), codings in sorted(runs.items(), key=lambda run: run[0]):
            where = (plain.source.id, start, end, coder)
            user = self.guids.of("coder", coder)
            name = " ".join(plain.text[start:end].split())[:LONGEST_NAME]
            selection = SubElement(parent, "PlainTextSelection", guid=self.guids.of("selection", *where))
            selection.attrib |= {
                "name": name,
                "startPosition": str(start),
                "endPosition": str(end),
                "creatingUser": user,
            }
            described = [_describe_coding(one, several=len(codings) > 1) for one in codings]
            describe(selection, "\n\n".join(filter(None, described)), {})
            seen: dict[str, int] = defaultdict(int)
            for coding in codings:
                seen[coding.code] += 1  # a coder may have given the same code twice
                guid = self.guids.of("coding", *where, coding.code, seen[coding.code])
                element = SubElement(selection, "Coding", guid=guid, creatingUser=user)
                SubElement(element, "CodeRef", targetGUID=self.guids.of("code", coding.code))
                if coding.id:
                    self._add_notes(element, "coding", coding.id)

    # Memos.

    def _places_of(self, memo: Memo) -> Iterable[tuple[str, str]]:
        """The kinds and ids of what a memo stands on."""
        found = []
        for link in memo.links:
            place = turns_of(link)
            source = place[0] if place else link
            if link in self.codings:
                found.append(("coding", link))
            elif source in self.plain:
                found.append(("source", source))
            elif link in self.study.codebook.places:
                found.append(("code", link))
        return dict.fromkeys(found) or [("", "")]

    def _add_notes(self, element: Element, kind: str, id_: str, at: int | None = None) -> None:
        for guid in reversed(self.notes.get((kind, id_), [])):
            element.insert(len(element) if at is None else at, Element("NoteRef", targetGUID=guid))

    def _add_memos(self, root: Element) -> None:
        if self.study.memos:
            group = SubElement(root, "Notes")
            for one in self.study.memos:
                note = SubElement(
                    group, "Note", guid=self.guids.of("memo", one.id), name=inert_line(one.heading)
                )
                if one.author:
                    note.set("creatingUser", self.guids.of("coder", one.author))
                title = one.title or ""
                keys = {
                    "id": one.id,
                    "title": title if title != note.get("name") else "",
                    "kind": one.kind,
                    "date": str(one.date or ""),
                    "links": ", ".join(one.links),
                }
                describe(note, "", keys)
                SubElement(note, "PlainTextContent").text = plain_text(one.text)

    # What is told.

    def held(self) -> tuple[str, ...]:
        """What is in it."""
        coders = len({one.file.coder for one in self.going.passages})
        codings = count(len(self.going.passages), "coding")
        return (
            count(len(self.plain), "source"),
            count(len(self.study.codebook.places), "code"),
            f"{codings} of {count(coders, 'coder')}" * bool(codings),
            count(len(self.people), "informant"),
            count(len(self.study.memos), "memo"),
        )

    def lost(self) -> Iterable[str]:
        """What the form cannot hold."""
        study = self.study
        turns = [turn for source in study.sources for turn in source.turns]
        yield count(len(study.findings.findings), "finding")
        yield "the settings of the study but for its title"
        yield "the title, version and reference of the codebook" + ", and its cues" * has_cues(study.codebook)
        yield count(
            sum(turn.translation is not None for turn in turns),
            "translation of a turn",
            "translations of turns",
        )
        yield count(
            sum(len(file.left_out) for file in study.codings),
            "turn left out on purpose",
            "turns left out on purpose",
        )
        yield count(
            sum(one.changed for one in self.plain.values()),
            "control character (a sign stands for it)", "control characters (a sign stands for each)",
        )  # fmt: skip


def _values_of_source(source: Source) -> dict[str, str]:
    own = {"method": source.method, "date": str(source.date or "")}
    return {name: value for name, value in own.items() if value}


def _describe_coding(coding: Coding, *, several: bool) -> str:
    """The memo of a coding and what else its coder noted; the code is named where others stand on the same words."""
    keys = {
        "id": coding.id or "",
        "strength": coding.strength if coding.strength != "direct" else "",
        "event_date": str(coding.event_date or ""),
        "direction_note": coding.direction_note or "",
    }
    memo = coding.memo or ""
    noted = bool(memo) or any(keys.values())
    unclear = several or looks_like_keys(memo) or (any(keys.values()) and not coding.id)
    named = {"code": coding.code} if noted and unclear else {}
    return write_description(memo, named | keys)
