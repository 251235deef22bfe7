"""The turns of a source changed in the text of its file, in every form that YAML has for text."""

from __future__ import annotations

from difflib import unified_diff
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.coding.source_edit import SourceEdit
from empowerment_qda.coding.turn_blocks import format_turns, parse_turns, replace_turn
from empowerment_qda.files.read import parse_file
from empowerment_qda.files.turn_edit import change_turns
from empowerment_qda.files.write import format_yaml
from empowerment_qda.model.source import Source
from empowerment_qda.problems import StudyError

FILE = dedent("""\
    # a talk
    id: H-01   # the head
    informant: {id: H, type: head}
    interviewer: R
    turns:
      - {speaker: R, text: Is there training for owners?}   # asked twice

      # loud
      - speaker: H   # the head
        time: 00:01:12
        text: >-   # folded
          We hold digital training every month. Owners come from
          all wards of the town, and they bring their
          machines with them. It is free.
        translation: {id: Kami}

      - text: "It \\"costs\\" nothing"
        speaker: H
      - speaker: H
        text: |
          One line.
          Another.

      - speaker: H
        text: plain words that go
          over two lines
    note: the end
    """)
SOURCE = parse_file(FILE, "H-01.yaml", Source)


def change(turn: int, old: str, new: str, file: str = FILE) -> list[str]:
    """The lines that differ after other words in a turn."""
    text = SOURCE.turns[turn - 1].text.replace(old, new)
    return differ(file, change_turns(file, "H-01.yaml", SourceEdit(SOURCE, replace_turn(SOURCE, turn, text))))


def differ(before: str, after: str) -> list[str]:
    """The lines that go, and those that come."""
    return [
        one
        for one in unified_diff(before.split("\n"), after.split("\n"), n=0)
        if one[:2] not in ("--", "++", "@@")
    ]


def rearrange(*pairs: str) -> str:
    """The file after the whole source was edited: pairs of old and new."""
    text = format_turns(SOURCE)
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    return change_turns(FILE, "H-01.yaml", SourceEdit(SOURCE, parse_turns(text, SOURCE)))


def test_only_the_lines_of_the_words_change_and_the_form_stays() -> None:
    assert change(1, "owners", "all owners") == [
        "-  - {speaker: R, text: Is there training for owners?}   # asked twice",
        "+  - {speaker: R, text: Is there training for all owners?}   # asked twice",
    ]
    assert change(2, "they bring", "they always bring") == [
        "-      all wards of the town, and they bring their",
        "+      all wards of the town, and they always bring their",
    ]
    assert change(2, "It is free.", "") == [
        "-      machines with them. It is free.",
        "+      machines with them.",
    ]
    assert change(3, "nothing", "little: 5") == [
        '-  - text: "It \\"costs\\" nothing"',
        '+  - text: "It \\"costs\\" little: 5"',
    ]
    assert change(4, "Another.", "Another one.") == ["-      Another.", "+      Another one."]
    assert change(5, "that go", "that went") == [
        "-    text: plain words that go",
        "+    text: plain words that went",
    ]


def test_words_that_a_form_cannot_hold_stand_in_the_next_one() -> None:
    assert change(1, "training", "training, #2: yes")[1].startswith(
        "+  - {speaker: R, text: 'Is there training, #2: yes"
    )
    made = change(2, "It is free.", "\n    It is free.\n  Yes.")
    assert "+    text: |-   # folded" in made
    assert change(5, "plain", "- plain: yes")[2].startswith("+    text: '- plain: yes words")


def test_line_ends_and_a_missing_last_one_are_as_they_were() -> None:
    crlf = FILE.replace("\n", "\r\n")
    source = parse_file(crlf, "H-01.yaml", Source)
    made = change_turns(crlf, "H-01.yaml", SourceEdit(source, replace_turn(source, 2, "New words.")))
    assert made.count("\n") == made.count("\r\n")
    assert parse_file(made, "H-01.yaml", Source).turns[1].text == "New words."
    cut = 'id: H-01\ninformant: H\nturns: [{text: "a"}]'
    source = parse_file(cut, "H-01.yaml", Source)
    assert (
        change_turns(cut, "H-01.yaml", SourceEdit(source, replace_turn(source, 1, "b")))
        == cut.replace('"a"', '"b"') + "\n"
    )


def test_a_turn_is_split_joined_moved_taken_out_and_given_to_another_speaker() -> None:
    assert differ(FILE, rearrange("It is free.", "\n[+] R\nIt is free.")) == [
        "-      machines with them. It is free.", "+      machines with them.",
        "+", "+  - speaker: R", "+    text: >-", "+      It is free."]  # fmt: skip
    joined = rearrange("\n\n[3] H\nIt", " It")
    assert '  - text: "It' not in joined
    assert 'free. It "costs" nothing' in joined
    assert differ(FILE, rearrange("[2] H", "[2] R")) == [
        "-  - speaker: H   # the head",
        "+  - speaker: R   # the head",
    ]
    gone = rearrange(format_turns(SOURCE)[: format_turns(SOURCE).index("[2]")], "")
    assert differ(FILE, gone)[0].startswith("-  - {speaker: R")
    assert "# asked twice" in gone
    first, rest = format_turns(SOURCE).split("[2]")
    moved = change_turns(FILE, "x", SourceEdit(SOURCE, parse_turns(f"[2]{rest}\n{first}", SOURCE)))
    assert (
        moved.index("# loud")
        < moved.index("speaker: H   # the head")
        < moved.index("asked twice")
        < moved.index("note: the end")
    )


def test_a_speaker_is_added_and_taken_away() -> None:
    text = "id: O\nmethod: observation\nturns:\n  # seen\n  - text: A hall.   # big\n  - text: Rain.\n"
    source = parse_file(text, "O.yaml", Source)
    made = change_turns(
        text, "O.yaml", SourceEdit(source, parse_turns("[1] Sign\nA hall.\n\n[2]\nRain.", source))
    )
    assert made.split("\n")[3:8] == [
        "  # seen",
        "  # big",
        "  - speaker: Sign",
        "    text: A hall.",
        "  - text: Rain.",
    ]
    again = parse_file(made, "O.yaml", Source)
    back = change_turns(made, "O.yaml", SourceEdit(again, parse_turns("[1]\nA hall.\n\n[2]\nRain.", again)))
    assert parse_file(back, "O.yaml", Source).turns == source.turns


def test_a_layout_that_cannot_be_changed_in_place_is_refused() -> None:
    text = "id: H-01\ninformant: H\nturns: [{text: a}, {text: b}]\n"
    source = parse_file(text, "H-01.yaml", Source)
    with pytest.raises(StudyError, match="without touching other lines"):
        change_turns(text, "H-01.yaml", SourceEdit(source, parse_turns("[1]\na\n\n[+]\nc\n\n[2]\nb", source)))
    shared = "id: H-01\ninformant: H\nturns:\n  - text: &a same\n  - text: *a\n"
    source = parse_file(shared, "H-01.yaml", Source)
    assert change_turns(shared, "x", SourceEdit(source, replace_turn(source, 2, "other"))) == shared.replace(
        "*a", "other"
    )
    with pytest.raises(StudyError, match="without touching other lines"):
        change_turns(shared, "x", SourceEdit(source, replace_turn(source, 1, "other")))


WORDS = st.text(st.sampled_from("ab é'\"#:-{}[]>|&*\\\n 1,?%@`!"), min_size=1, max_size=60).filter(str.strip)
FORMS = st.sampled_from(
    ["text: >-\n      {}", "text: |-\n      {}", "text: {}", "text: '{}'", 'text: "{}"', "text: >\n      {}"]
)


@given(st.lists(st.tuples(FORMS, WORDS), min_size=1, max_size=4), st.data())
def test_whatever_is_written_into_whatever_form_is_read_back(
    given: list[tuple[str, str]], data: st.DataObject
) -> None:
    lines = "".join(f"  - speaker: H\n    {form.format('some words here')}\n\n" for form, _ in given)
    text = f"id: H-01\ninformant: H\nturns:\n{lines}note: stays\n"
    source = parse_file(text, "H-01.yaml", Source)
    blocks = [
        f"[{number}] H\n"
        + "\n".join("\\" + line if line.startswith("[") else line for line in words.split("\n"))
        for number, (_, words) in enumerate(given, 1)
    ]
    if data.draw(st.booleans()):
        blocks.insert(data.draw(st.integers(0, len(blocks))), "[+] H\nnew: words")
    blocks = data.draw(st.permutations(blocks))
    edit = SourceEdit(source, parse_turns("\n\n".join(blocks), source))
    made = change_turns(text, "H-01.yaml", edit)
    assert parse_file(made, "H-01.yaml", Source).turns == edit.turns
    assert made.endswith("note: stays\n")


@given(
    st.lists(st.sampled_from(["a", "bb", "ccc", "dddddddddddd"]), min_size=1, max_size=80),
    st.integers(0, 79),
    st.booleans(),
)
def test_lines_before_and_behind_what_differs_stay(words: list[str], at: int, drop: bool) -> None:
    text = format_yaml({"id": "H-01", "informant": "H", "turns": [{"text": " ".join(["x"] * 40 + words)}]})
    source = parse_file(text, "H-01.yaml", Source)
    new = [*words[:at], *([] if drop else ["new"]), *words[at + 1 :]]
    edit = SourceEdit(source, replace_turn(source, 1, " ".join(["x"] * 40 + new)))
    if edit.changes:
        made = change_turns(text, "H-01.yaml", edit)
        assert parse_file(made, "H-01.yaml", Source).turns == edit.turns
        assert len(differ(text, made)) <= 5
