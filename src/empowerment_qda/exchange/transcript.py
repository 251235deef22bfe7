"""Turns from paragraphs: who speaks where, and who of them asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple


class Said(NamedTuple):
    """What one speaker says before the next one does; `time` is where it is on the recording, such as 00:01:12."""

    text: str
    speaker: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A file as turns, with what was changed to make them, a sentence each; `person` is whose answers they are where a table
    has the answers of several; `aside` is what nobody speaks, such as footnotes."""

    turns: tuple[Said, ...]
    changes: tuple[str, ...] = ()
    person: str | None = None
    aside: tuple[str, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everyone who speaks, in the order in which they first do."""
        return tuple(dict.fromkeys(one.speaker for one in self.turns if one.speaker))


ASKING = ("interviewer", "pewawancara", "peneliti", "moderator")
"""Words that say that who bears them asks. A letter says nothing: P is Pewawancara here and Participant there."""

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?(?:-\d)?"
_NAME = r"[^\W\d_][\w .,'’()&/-]{0,39}?"
# [00:01:12] NAME (00:01:12): words; without brackets 10:30 may be the time of a meeting
_LABELLED = re.compile(
    rf"(?:(?:[\[(#]({_TIME})[\])#]|(\d+:\d\d:\d\d))\s+)?({_NAME})\s*(?:[\[(#]\s*({_TIME})\s*[\])#])?\s*:(?:\s+|$)"
)
# NAME   0:03  alone on its line, as Otter and Teams write it
_HEADING = re.compile(rf"({_NAME})\s+[\[(]?({_TIME})[\])]?$")
MOST_WORDS = 4
"""... of a speaker's name."""
MOST_SPEAKERS = 100
"""... among whom a slip of the pen is looked for."""
_NO_NAMES = frozenset(["note", "notes", "catatan", "nb", "ps", "keterangan", "comment", "komentar", "http", "https", "pukul", "jam"])  # fmt: skip


def find_asking(speakers: Iterable[str]) -> list[str]:
    """Of the speakers those whom a full word calls the one who asks.

    >>> find_asking(["Interviewer 1", "P", "PEWAWANCARA", "Ibu Moderator", "I"])
    ['Interviewer 1', 'PEWAWANCARA']
    """
    return [one for one in speakers if re.sub(r"[\s_-]*\d*$", "", one).casefold() in ASKING]


def make_transcript(
    paragraphs: Sequence[str], changes: Iterable[str] = (), aside: Iterable[str] = ()
) -> Transcript:
    """Turns from paragraphs: a name with a colon before the words, or with a time on a line of its own, begins a turn, and
    paragraphs without one go on with it. Paragraphs before the first name are a turn without a speaker. A paragraph of several
    lines that begin with names is as many paragraphs.

    >>> make_transcript(["Interviewer: Why?", "Sari: Because.", "It helps."]).turns[1]
    Said(text='Because.\\nIt helps.', speaker='Sari', time=None)
    """
    read = [(one, _read_label(one)) for whole in paragraphs for one in _split_lines(whole.strip()) if one]
    names = _find_names([found.name for _, found in read if found])
    slips = {
        one: close
        for one in {found.name for _, found in read if found} - names
        if (close := _find_slip(one, names))
    }
    turns: list[Said] = []
    for text, found in read:
        name = slips.get(found.name, found.name) if found else ""
        if found and name in names:
            turns.append(Said(text[found.end :].strip(), name, found.time))
        elif turns and names:
            turns[-1] = turns[-1]._replace(text=f"{turns[-1].text}\n{text}".strip("\n"))
        else:
            turns.append(Said(text))
    changes = [
        *changes,
        *(f"read `{one}:`, which stands once, as `{close}:`" for one, close in sorted(slips.items())),
    ]
    left = dict.fromkeys(found.name for _, found in read if found and found.name not in names | slips.keys())
    if left and names:
        changes = [*changes, f"no speakers, since they stand once: {', '.join(f'`{one}:`' for one in left)}"]
    return Transcript(tuple(one for one in turns if one.text), tuple(changes), aside=tuple(aside))


def _split_lines(paragraph: str) -> list[str]:
    lines = [one.strip() for one in paragraph.split("\n")]
    return lines if any(map(_read_label, lines[1:])) else [paragraph]


class _Label(NamedTuple):
    name: str
    time: str | None
    end: int


def _read_label(paragraph: str) -> _Label | None:
    """The name that a paragraph may begin with."""
    first = paragraph.partition("\n")[0]
    found = _HEADING.match(first)
    if found and len(found[1].split()) <= MOST_WORDS:
        return _Label(" ".join(found[1].split()), write_time(found[2]), len(first))
    found = _LABELLED.match(paragraph)
    if not found or len(found[3].split()) > MOST_WORDS or found.end() > len(first) + 1:
        return None
    return _Label(" ".join(found[3].split()), write_time(found[1] or found[2] or found[4]), found.end())


def _find_names(labels: Sequence[str]) -> set[str]:
    """Who speaks, of all that looks like a name: who does so twice, and in a short talk who does once."""
    counts = Counter(one for one in labels if one.casefold() not in _NO_NAMES)
    names = {one for one, number in counts.items() if number > 1} | set(find_asking(counts))
    return set(counts) if sum(counts.values()) <= 4 and len(counts) > 1 else names


def _find_slip(label: str, names: set[str]) -> str | None:
    """The speaker whose name a label is but for a slip of the pen, such as Particpant."""
    found = get_close_matches(label, names, n=1, cutoff=0.85) if len(names) <= MOST_SPEAKERS else []
    return (
        found[0]
        if found and len(label) > 4 and label[-1:].isdigit() is found[0][-1:].isdigit() is False
        else None
    )


def join_captions(captions: Iterable[Said], changes: Iterable[str] = ()) -> Transcript:
    """Turns from captions, which cut talk where a line is full: runs of one speaker are one turn, and a caption without a
    speaker goes on with the last.

    >>> join_captions([Said("I was", "Sari", "00:00:01"), Said("there.")]).turns
    (Said(text='I was there.', speaker='Sari', time='00:00:01'),)
    """
    joined: list[Said] = []
    for one in captions:
        text = " ".join(one.text.split())
        if not text:
            continue
        if joined and one.speaker in (None, joined[-1].speaker):
            joined[-1] = joined[-1]._replace(text=f"{joined[-1].text} {text}")
        else:
            joined.append(one._replace(text=text))
    return Transcript(tuple(joined), tuple(changes))


def split_names(captions: Sequence[Said]) -> list[Said]:
    """Captions whose words begin with a name and a colon, as Zoom writes them, get that speaker; `10:30 Meeting:` is none."""
    found = [None if one.speaker else _read_label(one.text.strip()) for one in captions]
    names = _find_names([label.name for label in found if label])
    return [
        one._replace(text=one.text.strip()[label.end :], speaker=label.name)
        if label and label.name in names
        else one
        for one, label in zip(captions, found, strict=True)
    ]


_LONGEST = 1_000 * 3600
"""Seconds that a recording may last."""


def write_time(given: str | float | None) -> str | None:
    """A time on a recording as hours, minutes and seconds, from seconds or from what a file says; None where it is none.

    >>> write_time(72.5), write_time("1:12"), write_time("00:01:12.500"), write_time("soon"), write_time(-1)
    ('00:01:12', '00:01:12', '00:01:12', None, None)
    """
    if isinstance(given, str):
        try:
            parts = [float(part.replace(",", ".")) for part in given.partition("-")[0].split(":")[:3]]
        except ValueError:
            return None
        whole = sum(part * 60**power for power, part in enumerate(reversed(parts)))
    else:
        whole = -1 if given is None else given
    if not 0 <= whole < _LONGEST:
        return None
    minutes, seconds = divmod(int(whole), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
