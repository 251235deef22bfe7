"""A changed entry leaves the other lines of a codings file as they are."""

from __future__ import annotations

from textwrap import dedent, indent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.coding import Entry, find_splice
from empowerment_qda.coding.log_entry import compare_files
from empowerment_qda.files.read import parse_file
from empowerment_qda.files.write import format_codings
from empowerment_qda.files.yaml_edit import (
    Sheet,
    change_codings,
    parse_sheet,
    put_left_out,
    split_codings,
)
from empowerment_qda.model.coding import Coding, Codings, LeftOut
from kit_desk import Clock

HAND = dedent("""\
    # my codings
    source: KS-01   # the first
    coder: first
    codings:
      # why this one
      - {id: E1, code: a, turn: 2}   # short

      - id: E2          # long
        # inside
        code: b
        memo: |
          # no comment
          two lines

      # above the last
      - code: c
        quote: >-
          folded
          words
    # the end
    """)


START = "source: KS-01\ncoder: first\ncodings:\n"


def read(text: str) -> tuple[Coding, ...]:
    return parse_file(text, "codings/first/KS-01.yaml", Codings).codings


def edit(file: Codings, **update: Any) -> Entry:
    """The entry of a change of a file."""
    return compare_files(Clock()(), "edited", file, file.model_copy(update=update))


def change(text: str, after: tuple[Coding, ...]) -> str:
    before = read(text)
    made = change_codings(text, len(before), find_splice(before, after))
    assert made
    return made


def test_nothing_changed_is_the_same_text() -> None:
    assert change(HAND, read(HAND)) == HAND


def test_an_added_coding_stands_behind_the_last() -> None:
    made = change(HAND, (*read(HAND), Coding(code="d", turn="1", quote="x: y")))
    assert made == HAND.replace("      words\n", "      words\n  - code: d\n    turn: 1\n    quote: 'x: y'\n")


def test_a_removed_coding_leaves_the_comment_above_it() -> None:
    one, _, three = read(HAND)
    made = change(HAND, (one, three))
    assert read(made) == (one, three)
    start, end = HAND.index("  - id: E2"), HAND.index("\n  # above")
    assert made == HAND[:start] + HAND[end:]
    assert change(HAND, ()).splitlines() == [
        "# my codings", "source: KS-01   # the first", "coder: first", "codings: []",
        "  # why this one", "", "", "  # above the last", "# the end",
    ]  # fmt: skip


def test_an_entry_that_is_written_anew_keeps_its_comments_above_it() -> None:
    one, two, three = read(HAND)
    made = change(HAND, (one, two.model_copy(update={"strength": "inferred"}), three))
    old = HAND[HAND.index("  - id: E2") : HAND.index("\n  # above")]
    new = (
        "  # long\n  # inside\n  - id: E2\n    code: b\n    strength: inferred\n"
        "    memo: |\n      # no comment\n      two lines\n"
    )
    assert made == HAND.replace(old, new)


def test_a_list_that_was_emptied_is_filled_again() -> None:
    empty = change(HAND, ())
    assert read(empty) == ()
    made = change(empty, (Coding(code="z"),))
    assert read(made) == (Coding(code="z"),)
    assert made.splitlines()[:5] == [*HAND.splitlines()[:4], "  - code: z"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("depth", [0, 2, 4])
def test_the_file_s_own_indentation_and_line_ends_are_kept(end: str, depth: int) -> None:
    items = indent("- code: a\n  turn: 1\n- code: b\n", " " * depth)
    text = f"source: KS-01\ncoder: first\ncodings:\n{items}".replace("\n", end)
    made = change(text, (*read(text), Coding(code="c", memo="one\ntwo")))
    new = indent("- code: c\n  memo: |-\n    one\n    two\n", " " * depth).replace("\n", end)
    assert made == text + new


def test_keys_behind_the_list_and_a_missing_last_line_end() -> None:
    text = "codings:\n- code: a\n# so\nsource: KS-01\ncoder: first"
    assert (
        change(text, (Coding(code="a"), Coding(code="b")))
        == "codings:\n- code: a\n- code: b\n# so\nsource: KS-01\ncoder: first\n"
    )


def test_turns_left_out_on_purpose_stay() -> None:
    left = "left_out:\n  - {turn: 1, reason: small talk}   # so\n"
    for text in (f"{START}  - code: a\n{left}", f"{left}{START}  - code: a\n", f"{START[:-1]} []\n{left}"):
        made = change(text, (*read(text), Coding(code="b")))
        assert left in made
        assert made.replace("  - code: b\n", "").replace("codings:\nleft", "codings: []\nleft") == text


@pytest.mark.parametrize(
    "text",
    [
        "{source: KS-01, coder: first, codings: [{code: a}]}",
        "source: KS-01\ncoder: first\ncodings: [{code: a}]\n",
        "source: KS-01\ncoder: first\n",
    ],
)
def test_a_layout_that_mixes_entries_is_not_told_into_pieces(text: str) -> None:
    assert split_codings(text, len(read(text))) is None


@pytest.mark.parametrize(
    "items",
    [
        "  - &x {code: a}\n  - *x\n",
        '  - code: a\n    memo: "one\ntwo"\n  - code: b\n',
        '  - code: a\n    memo: "one\n# two"\n  - code: b\n',
        "  - code: a\n# aside\n    memo: one\n  - code: b\n# behind\n",
        "  - code: a\n    memo: 'one\n  - code: c'\n  - code: b\n",
    ],
)
def test_an_odd_layout_means_what_it_should_after_any_change(items: str) -> None:
    sheet = parse_sheet(f"{START}{items}".encode(), "KS-01", "first")
    one, two = sheet.file.codings
    new = Coding(code="z")
    for after in (
        (),
        (one,),
        (two,),
        (new, one, two),
        (one, new, two),
        (one, two, new),
        (two, new),
        (new, one),
    ):
        made = sheet.change(edit(sheet.file, codings=after))
        assert made.raw
        assert read(made.raw.decode()) == made.file.codings == after


def test_blank_lines_that_belong_to_a_memo_stay_with_it() -> None:
    text = "source: S\ncoder: c\ncodings:\n  - code: a\n    memo: |+\n      one\n\n\n  # so\n  - code: b\n"
    one, two = read(text)
    assert one.memo == "one\n\n\n"
    assert read(change(text, (one, Coding(code="c"), two))) == (one, Coding(code="c"), two)
    assert change(text, (two,)) == "source: S\ncoder: c\ncodings:\n  # so\n  - code: b\n"


def test_comments_of_persons() -> None:
    def has_comments(text: str) -> bool:
        return Sheet(text.encode(), Codings(source="S", coder="c")).has_comments

    assert has_comments(HAND)
    assert not has_comments(
        format_codings(Codings(source="S", coder="c", codings=(Coding(code="a", quote="#1"),)))
    )
    assert has_comments("a: b # c")


@pytest.mark.parametrize("comment", ["   # mine", " []   # mine"])
def test_a_comment_behind_the_key_of_the_list_stays_one(comment: str) -> None:
    text = f"source: KS-01\ncoder: first\ncodings:{comment}\n" + "  - code: a\n" * ("[" not in comment)
    made = change(text, (*read(text), Coding(code="b")))
    assert [one.code for one in read(made)][-1] == "b"
    assert "codings:   # mine\n" in made
    assert read(change(made, ())) == ()


WORDS = st.text(st.sampled_from("ab #:-'\"&*|>\n\\[]{}é\u2028\x85\r"), min_size=1, max_size=12)
CODING = st.builds(
    Coding,
    code=st.sampled_from(["a", "b", "c"]),
    quote=WORDS | st.just(""),
    memo=WORDS | st.none(),
    strength=st.sampled_from(["direct", "inferred"]),
)


@given(st.lists(CODING, max_size=5), st.lists(CODING, max_size=5), st.randoms())
def test_files_of_tools_stay_as_tools_write_them(
    before: list[Coding], after: list[Coding], random: Any
) -> None:
    kept = [one for one in before if random.random() < 0.7] + after
    file = Codings(source="S", coder="c", codings=tuple(before))
    sheet = parse_sheet(format_codings(file).encode(), "S", "c").change(edit(file, codings=tuple(kept)))
    made = sheet.raw.decode() if sheet.raw else ""
    assert read(made) == tuple(kept)
    if "|+" not in made + format_codings(file) and "|2+" not in made + format_codings(file):
        assert made == format_codings(Codings(source="S", coder="c", codings=tuple(kept)))


def hand_written(coding: Coding, style: int, comment: bool) -> str:
    """An entry as somebody may write it."""
    if style == 0 or not coding.memo:
        entry = f"- {{code: {coding.code}, strength: {coding.strength}}}"
    else:
        block = indent(coding.memo, "      ", lambda _: True)
        entry = f"- code: {coding.code}   # so\n  strength: {coding.strength}\n\n  # hm\n  memo: |-\n{block}"
    return ("# about the next\n" if comment else "") + entry + ("\n\n" if style == 2 else "\n")


PLAIN = st.builds(
    Coding,
    code=st.sampled_from(["a", "b"]),
    strength=st.sampled_from(["direct", "inferred"]),
    memo=st.sampled_from([None, "note", "# no comment\nnote", "- code: a\ncodings:"]),
)


@given(
    st.lists(st.tuples(PLAIN, st.integers(0, 2), st.booleans()), max_size=5),
    st.lists(PLAIN, max_size=3),
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_hand_written_files_mean_what_they_should_after_any_change(
    entries: list[tuple[Coding, int, bool]], new: list[Coding], start: int, stop: int
) -> None:
    items = indent("".join(hand_written(*one) for one in entries), "  ", lambda line: bool(line.strip()))
    text = f"source: S\ncoder: c\ncodings:{'' if entries else ' []'}\n{items}# end\n"
    before = read(text)
    assert len(before) == len(entries)
    after = (*before[:start], *new, *before[max(start, stop) :])
    made = change(text, after)
    assert read(made) == after
    assert made.count("# about the next") == text.count("# about the next")
    at, old, _ = find_splice(before, after)
    found = split_codings(text, len(before))
    assert found
    for number, piece in enumerate(found.pieces):
        if not at <= number < at + len(old):
            assert piece.own in made


LEFT = (LeftOut.model_validate({"turn": "2-3", "reason": "a: b # c"}), LeftOut.model_validate({"turn": 5, "reason": ""}))  # fmt: skip
WRITTEN = "left_out:\n  - turn: 2-3\n    reason: 'a: b # c'\n  - turn: 5\n    reason: ''\n"


@pytest.mark.parametrize(
    ("old", "kept"),
    [
        ("", ""),
        ("left_out: []\n", ""),
        ("left_out: [{turn: 1, reason: x}]   # so\n", "# so\n"),
        ("left_out:\n- {turn: 1, reason: x}\n", ""),
        ("left_out:   # all of it\n  # the first\n  - turn: 1\n    reason: >-\n      long # no comment\n\n      words\n", "# all of it\n# the first\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("behind", ["", "\n# the end\n"])
def test_what_is_left_out_is_put_in_and_taken_out(old: str, kept: str, end: str, behind: str) -> None:
    text = f"# mine\n{START}  - code: a   # why\n{old}{behind}".replace("\n", end)
    made = put_left_out(text, LEFT)
    fresh = f"# mine\n{START}  - code: a   # why\n"
    expected = f"{fresh}{kept}{WRITTEN}{behind}" if old else f"{fresh}{behind}{WRITTEN}"
    assert made == expected.replace("\n", end)
    again = parse_file(made, "codings/first/KS-01.yaml", Codings)
    assert (again.codings, again.left_out) == (read(text), LEFT)
    gone = f"{fresh}{kept if old else ''}{behind}".replace("\n", end)
    assert put_left_out(made, ()) == gone


@pytest.mark.parametrize("before", [True, False])
def test_what_is_left_out_may_stand_above_or_below_the_codings(before: bool) -> None:
    codings, old = "codings:\n  # one\n  - code: a\n", "left_out:\n  - {turn: 1, reason: x}\n"
    text = "source: KS-01\ncoder: first\n" + (old + codings if before else codings + old)
    sheet = parse_sheet(text.encode(), "KS-01", "first")
    codings_now = (*sheet.file.codings, Coding(code="b"))
    made = sheet.change(edit(sheet.file, codings=codings_now, left_out=LEFT))
    assert made.raw
    assert made.raw.decode() == text.replace(old, WRITTEN).replace("code: a\n", "code: a\n  - code: b\n")
    assert made == parse_sheet(made.raw, "KS-01", "first")


def test_a_layout_with_no_place_for_what_is_left_out_is_written_anew() -> None:
    text = f"{START}  - code: a   # so\nleft_out: [\n  {{turn: 1, reason: x}},\n]\n"
    sheet = parse_sheet(text.encode(), "KS-01", "first")
    made = sheet.change(edit(sheet.file, left_out=LEFT[1:]))
    assert made.raw
    assert parse_file(made.raw.decode(), "codings/first/KS-01.yaml", Codings).left_out == LEFT[1:]
    assert (sheet.has_comments, made.has_comments) == (True, False)
