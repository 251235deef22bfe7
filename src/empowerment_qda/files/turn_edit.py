"""The turns of a source changed in the text of its file: the words and speakers of turns, new turns and turns that go; every
other line, comments and the form of each text stay.

What the text then holds is read back: it has to be what was meant, else the file is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import yaml

from empowerment_qda.anchors import NewTurn
from empowerment_qda.coding.source_edit import SourceEdit
from empowerment_qda.files.read import parse_file
from empowerment_qda.files.yaml import find_node, parse_yaml
from empowerment_qda.files.yaml_edit import (
    ListText,
    Piece,
    end_last_line,
    find_comments,
    format_entry,
    parse_if_valid,
    split_list,
)
from empowerment_qda.model.source import Source, Turn
from empowerment_qda.problems import StudyError, refusal
from empowerment_qda.text import inert_yaml

_WIDTH = 100
"""Columns of a line of text, where the lines that stand there do not say."""
_SPACE = re.compile(r"(?<=[^\s]) (?=[^\s])")  # where a line can be broken
_FOLDED = re.compile(r"text:\s*>")


def change_turns(text: str, path: str, edit: SourceEdit) -> str:
    """The text of a source's file with the turns of an edit; StudyError where its layout does not allow it without touching
    other lines."""
    before = parse_file(text, path, Source)
    changed = {
        one.number: turn
        for one, turn in zip(edit.new, edit.turns, strict=True)
        if one.number and turn != before.turns[one.number - 1]
    }
    put, anew = _change_scalars(end_last_line(text), before, changed)
    made = _change_list(put, edit, anew) if anew or edit.renumbers else put
    held = parse_if_valid(made, path, Source) if made else None
    expected = before.model_copy(update={"turns": edit.turns})
    if made is None or held is None or held.model_dump() != expected.model_dump():
        hint = "Write its turns as a list with a line `- ` for each, without `&` and `*`; or edit the file itself, and run `qda check`."
        said = "the turns cannot be changed here without touching other lines"
        raise refusal(path, "source-layout", said, hint, key=("turns",))
    return made


# Words and speakers in their places


def _change_scalars(text: str, before: Source, changed: dict[int, Turn]) -> tuple[str, set[int]]:
    """The text with other words and speakers in the places of the old ones, and the turns for which there is no place."""
    turns = find_node(text, ("turns",))
    anew: set[int] = set()
    puts: list[tuple[int, int, str]] = []
    for number, turn in changed.items():
        old = before.turns[number - 1]
        for key, was, now in (("text", old.text, turn.text), ("speaker", old.speaker, turn.speaker)):
            if was == now:
                continue
            place = _find_scalar(turns.value[number - 1], key)
            made = _write_scalar(text, *place, now) if place and now else None
            if place is None or made is None:
                anew.add(number)
            else:
                puts.append((place[1].start_mark.index, place[1].end_mark.index, made))
    for start, end, made in sorted(puts, reverse=True):
        text = text[:start] + made + text[end:]
    return text, anew


def _find_scalar(turn: Any, key: str) -> tuple[Any, Any] | None:
    """The nodes of a key of a turn and of its value, if that is text, and the key is written in front of it."""
    for name, value in turn.value if isinstance(turn, yaml.MappingNode) else ():
        after = isinstance(value, yaml.ScalarNode) and value.start_mark.index > name.end_mark.index
        if name.value == key and after and value.start_mark.line == name.start_mark.line:
            return name, value
    return None


def _write_scalar(text: str, key: Any, node: Any, value: str) -> str | None:
    """A value as it can stand in the place of another one, in its form where that can hold it; None where none can."""
    raw = text[node.start_mark.index : node.end_mark.index]
    line_end = "\r\n" if "\r\n" in text else "\n"
    lines = raw.replace("\r\n", "\n").split("\n")
    tail = ""
    if node.style in (">", "|"):
        end = len(raw) - len(re.sub(r"(?:[ \t]*\r?\n)+\Z", "", raw))
        tail = "" if "+" in lines[0] else raw[len(raw) - end :]
        forms = _as_block(lines, node.style, value)
    else:
        forms = _as_flow(lines, node.style or "", value)
    flow = text[key.start_mark.index - key.start_mark.column : key.start_mark.index].strip("- ") != ""
    for form in (*forms, _quote(value) + ("\n" if tail else "")):
        inside = f"{{k: {form}}}" if flow else f"{' ' * key.start_mark.column}k: {form}"
        if _holds(inside, value):
            made = form.rstrip("\n") if tail else form
            return made.replace("\n", line_end) + tail
    return None


def _holds(text: str, value: str) -> bool:
    try:
        return bool(parse_yaml(text, "")["k"] == value)
    except (StudyError, TypeError, KeyError):
        return False


def _as_block(lines: Sequence[str], style: str, value: str) -> Iterator[str]:
    """A value as a block with the head and the indentation of the lines that stand there: in their style, else line by line."""
    head, body = lines[0], [one for one in lines[1:] if one.strip()]
    indent = min((len(one) - len(one.lstrip(" ")) for one in body), default=2)
    bare = [one.strip(" ") for one in lines[1:]]
    while bare and not bare[-1]:
        bare.pop()
    core, blanks = value.rstrip("\n"), value[len(value.rstrip("\n")) :]
    kept = "\n" * max(len(blanks) - 1, 0) if "+" in head else ""
    if style == ">":
        yield "\n".join([head, *_indented(_fold(core, bare, indent), indent)]) + "\n" + kept
    by_line = re.sub(r"^>", "|", head)
    yield "\n".join([by_line, *_indented(core.split("\n"), indent)]) + "\n" + kept


def _as_flow(lines: Sequence[str], style: str, value: str) -> Iterator[str]:
    """A value on its line, or on several where the old one stands so, in the quotes that stand there."""
    form = {"": value, "'": "'" + value.replace("'", "''") + "'"}.get(style) or _quote(value)
    if len(lines) > 1 and "\n" not in form:
        indent = len(lines[1]) - len(lines[1].lstrip(" "))
        first, *others = _fold(form, [one.strip(" ") for one in lines], indent)
        yield "\n".join([first, *_indented(others, indent)])
    yield form
    if style == "":
        yield "'" + value.replace("'", "''") + "'"


def _quote(value: str) -> str:
    """A value in double quotes on one line."""
    dumped = yaml.dump(
        value, Dumper=yaml.SafeDumper, default_style='"', allow_unicode=True, width=float("inf")
    )
    return inert_yaml(dumped.rstrip("\n"))


def _indented(lines: Sequence[str], indent: int) -> list[str]:
    return [" " * indent + one if one else "" for one in lines]


def _fold(text: str, old: Sequence[str], indent: int) -> list[str]:
    """Text in lines as long as the old ones; those before and after what differs stay as they are."""
    width = max(map(len, old), default=0) if len(old) > 2 else max(_WIDTH - indent, *map(len, old), 0)
    was = " ".join(old)
    if not all(old) or "\n" in text:
        lines: list[str] = []
        for number, part in enumerate(text.split("\n")):
            lines += [*[""] * bool(number), *_break(part, width)]
        return lines
    same = _same(was, text)
    back = _same(was[same:][::-1], text[same:][::-1])
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line) + 1)
    first = sum(start <= same for start in starts[1:])
    first = min(first, len(old))
    last = next((at for at in range(first, len(old)) if starts[at] - 1 >= len(was) - back), len(old))
    end = len(text) - (len(was) - starts[last]) if last < len(old) else len(text)
    middle = text[min(starts[first], len(text)) : max(end, 0)].strip(" ")
    return [*old[:first], *_break(middle, width), *old[last:]]


def _same(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _break(text: str, width: int) -> list[str]:
    """Text in lines of at most so many characters, as far as its spaces allow."""
    lines: list[str] = []
    for word in _SPACE.split(text) if text else ():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


# Turns that come and go


def _change_list(text: str, edit: SourceEdit, anew: set[int]) -> str | None:
    """The text with its turns in another order, without those that go, with new ones, and some written anew; comments stay
    above what they stand above. None where the layout does not tell the turns apart."""
    node = find_node(text, ("turns",))
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        return None
    start, end = (mark.index - mark.column for mark in (node.start_mark, node.end_mark))
    listed = split_list(text, start, end, len(node.value))
    if listed is None:
        return None
    plain = parse_yaml(text, "")["turns"]
    apart = "\n" if any(one.above.startswith(("\n", "\r\n")) for one in listed.pieces[1:-1]) else ""
    pieces: list[Piece] = []
    above = 0
    for one, turn in zip(edit.new, edit.turns, strict=True):
        if one.number is None:
            pieces.append(Piece(apart, _format_new(listed, listed.pieces[above].own, turn)))
            continue
        above = one.number - 1
        piece = listed.pieces[above]
        if one.number in anew:
            keys = {key: value for key, value in plain[above].items() if key not in ("speaker", "text")}
            entry = {**_speaker(turn), **keys, "text": turn.text}
            comments = "".join(listed.lines(find_comments(piece.own)))
            piece = Piece(piece.above + comments, listed.format(entry))
        pieces.append(piece)
    tail = listed.pieces[-1]
    kept = {one.number for one in edit.new}
    for at in range(len(listed.pieces) - 1, 0, -1):
        if at not in kept:  # its comments go to what stands below
            gone = listed.pieces[at - 1]
            left = "".join([*listed.lines(find_comments(gone.above)), *listed.lines(find_comments(gone.own))])
            pieces, tail = _put_above(pieces, tail, edit.new, at, left)
    return str(replace(listed, pieces=(*pieces, tail)))


def _put_above(
    pieces: list[Piece], tail: Piece, new: Sequence[NewTurn], number: int, left: str
) -> tuple[list[Piece], Piece]:
    """Lines of comments above the first turn that stood behind one that is gone."""
    behind = [at for at, one in enumerate(new) if one.number and one.number > number]
    if not behind:
        return pieces, tail._replace(above=left + tail.above)
    at = min(behind, key=lambda at: new[at].number or 0)
    pieces[at] = pieces[at]._replace(above=pieces[at].above + left)
    return pieces, tail


def _speaker(turn: Turn) -> dict[str, str]:
    return {"speaker": turn.speaker} if turn.speaker else {}


def _format_new(listed: ListText, above: str, turn: Turn) -> str:
    """The lines of a new turn, its text folded where that of the turn above it is."""
    keys = {**_speaker(turn), **({"reconstructed": "yes"} if turn.reconstructed else {})}
    if _FOLDED.search(above) and "\n" not in turn.text:
        head = format_entry({**keys, "text": "-"})[:-1]
        begin = "  text: >-" if head else "- text: >-"
        lines = [*head, begin, *_indented(_break(turn.text, _WIDTH), 4)]
        if _holds(re.sub(r"^- ", "  ", "\n".join(lines)).replace("  text:", "  k:", 1), turn.text):
            return "".join(listed.lines(lines))
    return listed.format({**keys, "text": turn.text})
