"""Proposals for the key: what in a study may tell who somebody is. A person decides on each; nothing here replaces anything."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from empowerment_qda.language import sentences
from empowerment_qda.model.study import Study
from empowerment_qda.privacy.pseudonyms import KINDS, PLACES, Pseudonyms
from empowerment_qda.text import one_line


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _words(
    "Pak Bu Bapak Ibu Mas Mbak Mbah Haji Hajjah Hj H Kak Bang Abang Dek Adik Om Tante Ustad Ustadz Ustadzah Kiai Kyai Nyonya Tuan "
    "Nenek Kakek Opung Inang Amang Mr Mrs Ms Miss Dr Drs Dra Prof Ir Sdr Sdri Bpk"
)
"""Words before the name of a person."""
OFFICES = _words(
    "Lurah Camat Kades Kepala Ketua Sekretaris Bendahara Bupati Wali Walikota Gubernur Presiden Menteri Kadis Kabid Kasi Guru Dosen "
    "Dokter Dinas Direktur Manajer Polisi Hakim Ustad Imam Rumah Negara Kota Desa Guide Mentor Director Minister"
)
"""What stands behind such a word and is no name."""
CALENDAR = _words(
    "Senin Selasa Rabu Kamis Jumat Jum'at Sabtu Minggu Ahad Januari Februari Maret April Mei Juni Juli Agustus September Oktober "
    "November Desember Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March May June July August October "
    "December Ramadan Ramadhan Lebaran Idul Fitri Natal Islam Kristen Allah Tuhan Indonesia I"
)
MOST_PLACES, RARE, LONGEST = 5, 5, 60
_WORD = r"[^\W\d_a-z][^\W\d_A-Z][\w'\u2019-]*"
_NAME = rf"{_WORD}(?: {_WORD}){{0,3}}"
_TITLES = rf"(?:\b(?i:{'|'.join(sorted(TITLES))})\.? )+"
_PERSON = re.compile(rf"{_TITLES}(?P<name>{_NAME})")
_PLACE = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(PLACES))})\.? (?P<name>{_NAME})")
_WHERE = re.compile(rf"(?<![^\W_])(?:di|ke|dari|in|at|from|near) (?P<name>{_NAME})")
_CAPITAL = re.compile(rf"(?<![^\W_'-]){_NAME}")
_LOWER = re.compile(r"(?<![^\W_])[^\W\d_A-Z][\w'\u2019-]*")


class Proposal(NamedTuple):
    """What may be a name: its kind, how often it is found, and in which turns or files at first."""

    kind: str
    name: str
    number: int
    where: tuple[str, ...]


def propose_names(study: Study, known: Pseudonyms) -> list[Proposal]:
    """What may tell who somebody is, by kind, the frequent first; what the key has, as name or pseudonym, is left out."""
    texts = [(where, one_line(text)) for where, text in texts_of(study)]
    small = {word for _, text in texts for word in _LOWER.findall(text)}
    own = {*known.key, *known.key.values()}
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for where, text in texts:
        for kind, name in _find(text, small, [(one.start, one.end) for one in known.find(text)]):
            if name not in own:
                places[kind, name].append(where)
    kind_of: dict[str, str] = {}
    for kind, name in places:  # the first kind that a name is found as, the surest first
        kind_of[name] = min((kind_of.get(name, kind), kind), key=ORDER.index)
    made = Counter({(kind_of[name], name): 0 for _, name in places})
    where_of: dict[str, list[str]] = defaultdict(list)
    for (_, name), found in places.items():
        made[kind_of[name], name] += len(found)
        where_of[name] += found
    return [
        Proposal(kind, name, count, tuple(dict.fromkeys(where_of[name]))[:MOST_PLACES])
        for (kind, name), count in sorted(
            made.items(), key=lambda one: (ORDER.index(one[0][0]), -one[1], one[0][1])
        )
        if kind != ORDER[-1] or count <= RARE
    ]


ORDER = (*KINDS, "person", "place", "capitalised word")
"""Kinds of proposals, the surest first."""


def _find(text: str, small: set[str], taken: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """The kind of each thing in a text that may be a name; a piece of text is of one kind, and what is taken of none."""
    starts = {start for start, _ in sentences(text)}
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            group = "name" if "name" in pattern.groupindex else 0
            start, name = found.start(group), _tidy(found[group], kind)
            if kind == ORDER[-1] and (start in starts or text[max(start - 2, 0) : start].strip() in _OPENING):
                _, _, name = name.partition(" ")  # the first word of a sentence has a capital anyway
                start = found.end() - len(name)
            if not name or any(start < end and begin < start + len(name) for begin, end in taken):
                continue
            if kind == ORDER[-1] and name.lower() in small:
                continue
            taken.append((start, start + len(name)))
            yield kind, name


_PATTERNS = [*KINDS.items(), ("person", _PERSON), ("place", _PLACE), ("place", _WHERE), (ORDER[-1], _CAPITAL)]
_OPENING = ("\u201c", '"', "(", ":", "\u2018", "-", "\u2013")


def _tidy(name: str, kind: str) -> str:
    """A name without what is no part of it: offices, titles and days in it or behind it, and a hyphen with a clitic."""
    if kind in KINDS:
        return name
    kept: list[str] = []
    for word in name.split():
        bare = re.sub("(?:['\u2019]s|-?(?:nya|lah|kah|pun))$", "", word)
        if bare in OFFICES or bare in CALENDAR or bare in TITLES:
            break
        kept.append(bare)
        if bare != word:
            break
    made = " ".join(kept)
    return made if 1 < len(made) <= LONGEST else ""


def texts_of(study: Study) -> Iterator[tuple[str, str]]:
    """Every text that people wrote in a study, and where it stands: turns, notes, memos, findings and remarks on codings."""
    for source in study.sources:
        for number, turn in enumerate(source.turns, 1):
            where = f"{source.id}#{number}"
            yield where, turn.text
            yield from (
                (where, text) for text in (turn.translation.root.values() if turn.translation else ())
            )
            if turn.speaker and not re.fullmatch(r"[\w.\-]+", turn.speaker):
                yield where, f": {turn.speaker}"
        yield from (
            (source.id, text) for text in _strings(source.model_dump(exclude={"turns", "id"}, mode="json"))
        )
    for file in study.codings:
        for one in file.codings:
            yield from ((file.path, text) for text in (one.memo, one.direction_note) if text)
        yield from ((file.path, one.reason) for one in file.left_out)
    for noun in (study.findings, *study.memos):
        yield from ((noun.path, text) for text in _strings(noun.model_dump(mode="json")))


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
