"""A source as one plain text, in which programs count places: turns one below the other, each behind its time and speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass

from empowerment_qda.model.source import Source, Span
from empowerment_qda.text import SIGN, inert_line

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class PlainSource:
    """A source and its text. `starts` holds for each turn where it begins and where its words do; `changed` counts the
    characters that stand in place of controls, over which programs stumble."""

    source: Source
    text: str
    starts: tuple[tuple[int, int], ...]
    changed: int

    def place(self, span: Span) -> tuple[int, int]:
        """Where a passage begins and ends in the text."""
        first, last = (self.source.turns[number - 1].text for number in (span.turn, span.end_turn))
        return (
            self.starts[span.turn - 1][1] + len(_unix(first[: span.start])),
            self.starts[span.end_turn - 1][1] + len(_unix(last[: span.end])),
        )

    def mark(self, guid: str) -> str:
        """A processing instruction of XML that says where the turns begin. Other programs pass it over; by it a turn comes back
        whole that has paragraphs, or lines that look like a speaker's."""
        places = " ".join(f"{start}+{words - start}" for start, words in self.starts)
        return f"<?qda-turns {guid} {places}?>\n"


def lay_out_source(source: Source) -> PlainSource:
    """The text of a source: line ends are LF, and it begins with no mark of its byte order."""
    parts: list[str] = []
    starts: list[tuple[int, int]] = []
    at = changed = 0
    for turn in source.turns:
        label = inert_line(f"[{turn.time}] " * bool(turn.time) + f"{turn.speaker}:" * bool(turn.speaker))
        label += " " * bool(label)
        words, signs = plain_words(turn.text)
        changed += signs
        starts.append((at, at + len(label)))
        parts.append(label + words)
        at += len(parts[-1]) + 1
    text = "\n".join(parts)
    if text.startswith("\ufeff"):
        text = "\u2060" + text[1:]  # as little seen, and no mark
    return PlainSource(source, text, tuple(starts), changed)


def plain_words(text: str) -> tuple[str, int]:
    """Words as other programs can hold them: line ends are LF, a sign stands for each other control but the tab; and how many
    signs those are."""
    return _CONTROLS.subn(SIGN, _unix(text))


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
