"""The turns of a source as plain text for an editor, and back: a block for each turn, under a line with its number and speaker.

The number says which turn a block is, wherever it stands now; `[+]` begins a new one. Taking such a line out joins its
block to the one above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from empowerment_qda.anchors import NewTurn
from empowerment_qda.model.source import Source, Turn, TurnRange
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean
from empowerment_qda.text import find_odd, one_line

NEW = "+"
_HEAD = re.compile(r"\[(\d{1,6}|\+)\](?:[ \t]+(.*))?")
_LIKE_HEAD = re.compile(r"\\*\[(?:\d{1,6}|\+)\]")  # a line of a turn that reads so gets one more backslash
_BREAK = re.compile(r"\r\n?")


def format_turns(source: Source) -> str:
    """All turns as blocks."""
    return "\n".join(_blocks(source))


def _blocks(source: Source) -> list[str]:
    return [
        f"[{number}] {one_line(turn.speaker or '')}".rstrip() + "\n" + _escape(_core(turn.text)) + "\n"
        for number, turn in enumerate(source.turns, 1)
    ]


def format_some(source: Source, turns: TurnRange) -> str:
    """Some turns as blocks."""
    return "\n".join(_blocks(source)[turns.first - 1 : turns.last])


def parse_some(text: str, source: Source, turns: TurnRange) -> tuple[NewTurn, ...]:
    """All turns of a source, with what blocks tell instead of some of them; StudyError as in `parse_turns`."""
    blocks = _blocks(source)
    return parse_turns("\n".join([*blocks[: turns.first - 1], text + "\n", *blocks[turns.last :]]), source)


def _core(text: str) -> str:
    return _BREAK.sub("\n", text).strip()


def _escape(text: str) -> str:
    return "\n".join("\\" * bool(_LIKE_HEAD.match(line)) + line for line in text.split("\n"))


def parse_turns(text: str, source: Source) -> tuple[NewTurn, ...]:
    """The turns that blocks tell; a turn whose words are as they were has its text to the last blank. StudyError with every
    block that cannot be understood."""
    place = Place(f"{source.id}, as edited")
    found: list[tuple[str, str, list[str]]] = []
    problems: list[Problem] = []
    for at, line in enumerate(_BREAK.sub("\n", text).split("\n"), 1):
        if head := _HEAD.fullmatch(line.rstrip()):
            found.append((head[1], one_line(head[2] or ""), []))
        elif found:
            found[-1][2].append(line[1:] if line.startswith("\\") and _LIKE_HEAD.match(line) else line)
        elif line.strip():
            hint = "Begin with a line such as `[1] R`: the number of a turn in brackets, and who speaks."
            said = "words stand before the first turn"
            problems.append(Problem(Place(place.path, (), at), "turn-head", said, hint))
            break
    made: list[NewTurn] = []
    for name, speaker, lines in found:
        number = None if name == NEW else int(name)
        if number is not None and not 1 <= number <= len(source.turns):
            said = f"there is no turn {number} in {source.id}"
            hint = f"It has {len(source.turns)}. A new turn begins with `[{NEW}]`, and who speaks."
            problems.append(Problem(place, "unknown-turn", said, hint))
        elif number is not None and any(one.number == number for one in made):
            said = f"turn {number} stands there twice"
            hint = f"Begin the second part with `[{NEW}]`, and who speaks."
            problems.append(Problem(place, "duplicate-turn", said, hint))
        made.append(NewTurn(number, speaker or None, "\n".join(lines)))
    if problems:
        raise StudyError(problems)
    return settle_turns(made, source)


def replace_turn(
    source: Source, turn: int, text: str | None, speaker: str | None = None
) -> tuple[NewTurn, ...]:
    """The turns of a source, in one of which (from 1) other words stand, or another speaks."""
    made = [NewTurn(number, one.speaker, one.text) for number, one in enumerate(source.turns, 1)]
    old = made[turn - 1]
    made[turn - 1] = NewTurn(turn, speaker or old.speaker, old.text if text is None else text)
    return settle_turns(made, source)


def settle_turns(turns: Sequence[NewTurn], source: Source) -> tuple[NewTurn, ...]:
    """The turns as they are to be written: without blank ends, but where the old ones had them. StudyError with each that has
    no words, or signs that do not belong into a transcript."""
    made = tuple(_settle(one, source.turns) for one in turns)
    problems = list(_find_unwritable(made, source))
    if problems:
        raise StudyError(problems)
    return made


def _settle(one: NewTurn, turns: Sequence[Turn]) -> NewTurn:
    old = turns[one.number - 1] if one.number else None
    text = _core(one.text)
    if old is None:
        return one._replace(text=text)
    speaker = old.speaker if one_line(old.speaker or "") == one_line(one.speaker or "") else one.speaker
    if text == _core(old.text):
        return one._replace(text=old.text, speaker=speaker)
    start, end = (re.match(r"\s*", part)[0] for part in (old.text, old.text[::-1]))  # type: ignore[index]
    return one._replace(text=(start + text + end[::-1]) if text else "", speaker=speaker)


def _find_unwritable(turns: Iterable[NewTurn], source: Source) -> Iterator[Problem]:
    place, before = Place(source.path or source.id), {one.text for one in source.turns}
    number = 0
    for number, one in enumerate(turns, 1):
        name = f"turn {one.number}" if one.number else f"the new turn {number}"
        if not one.text.strip():
            hint = (
                "Take the line with its number and speaker out too, and the turn is gone; or give it words."
            )
            yield Problem(place, "no-words", f"{name} of {source.id} has no words", hint)
        odd = sorted({f"U+{ord(sign):04X}" for _, signs in find_odd(one.text) for sign in signs})
        if odd and one.text not in before:
            hint = "Take them out; they often come from a copy out of a PDF."
            said = f"{name} of {source.id} has signs that are no part of a text: {', '.join(odd)}"
            yield Problem(place, "control-character", said, hint)
    if not number:
        hint = "A source keeps at least one turn; to be rid of it, delete its file."
        yield Problem(place, "no-turns", f"{source.id} would have no turn", hint)


def require_turn(source: Source, turn: int) -> int:
    """The number of a turn of a source; StudyError where it has none."""
    if not 1 <= turn <= len(source.turns):
        number = len(source.turns)
        hint = f"It has {number} turn{'s' * (number > 1)}, counted from 1."
        raise StudyError(
            [Problem(Place(f"{source.id}#{turn}"), "unknown-turn", f"{source.id} has no turn {turn}", hint)]
        )
    return turn


def require_speakers(turns: Iterable[NewTurn], source: Source) -> None:
    """StudyError with each speaker of a turn that the edit gave to somebody whom the source does not declare."""
    heard = [one if isinstance(one, str) else one.id for one in source.heard]
    known = [*source.interviewer, *heard, *source.bystanders]
    fresh = {one.speaker for one in turns} - {one.speaker for one in source.turns}
    problems = []
    for speaker in sorted(filter(None, fresh)):
        if source.spoken and speaker not in known:
            said = f"{source.id} declares no speaker `{speaker}`, so nobody's words would count"
            hint = f"{did_you_mean(speaker, known)} Or name them in the file first: under `informants`, `interviewer` or `bystanders`."
            problems.append(Problem(Place(source.path or source.id), "unknown-speaker", said, hint))
    if problems:
        raise StudyError(problems)
