"""Every key of the workbench with what it does: bindings, and what `key_list.py` says of them, come from here."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding


class Key(NamedTuple):
    """Keys (comma-separated), the action, a word for the line at the bottom, a sentence for the list; `shown`: whether it
    may stand at the bottom."""

    keys: str
    action: str
    word: str
    sentence: str
    shown: bool = False

    @property
    def binding(self) -> Binding:
        """The key as textual declares it."""
        return Binding(self.keys, self.action, self.word, show=False, tooltip=self.sentence)


_MOVES = [
    Key(key, f"move('{kind}', {by})", f"{way} {kind}", "")
    for kind, back, on in (("word", "left", "right"), ("sentence", "up", "down"), ("turn", "comma,ctrl+up", "full_stop,ctrl+down"))
    for key, by, way in ((back, -1, "Previous"), (on, 1, "Next"))
]  # fmt: skip
_GROWS = [
    Key(key, f"move('{kind}', {by}, True)", f"Grow by a {kind}", "")
    for kind, back, on in (("word", "shift+left", "shift+right"), ("sentence", "shift+up", "shift+down"),
                           ("turn", "shift+ctrl+up,less_than_sign", "shift+ctrl+down,greater_than_sign"))
    for key, by in ((back, -1), (on, 1))
]  # fmt: skip
PAGES = [
    Key("pageup", "page(-1)", "Page up", ""),
    Key("pagedown", "page(1)", "Page down", ""),
    Key("home", "end(-1)", "To the beginning", ""),
    Key("end", "end(1)", "To the end", ""),
    Key("v", "grow", "Grow", "moving makes the passage longer; once more and it does not"),
    Key("escape", "shrink", "Shrink", "back to one word, sentence or turn; a problem is closed"),
    Key("o", "other", "Other", "take up the next of several codings that share these words"),
    Key("enter", "app.code", "Code", ""),
]
MOVES = [key.binding for key in (*_MOVES, *_GROWS, *PAGES)]

KEYS = (
    Key("c", "code", "Code", "give the passage a code: type a few letters of it, Enter", True),
    Key("a", "accept", "Accept", "accept the suggestion under the cursor, or what you had rejected", True),
    Key("r", "reject", "Reject", "reject it; it is not suggested again", True),
    Key("A", "accept_all", "Accept all", "accept all suggestions of the same cue or code, shown first"),
    Key("R", "reject_all", "Reject all", "reject all suggestions of the same cue or code, shown first"),
    Key("k", "recode", "Recode", "give its words another code instead", True),
    Key("x,delete", "remove", "Remove", "take your own coding away", True),
    Key("n", "next_suggestion", "Next ?", "go to the next suggestion that waits", True),
    Key("u", "next_uncoded", "Uncoded", "go to the next answer that you have not coded", True),
    Key(
        "p",
        "next_problem",
        "Problem",
        "go to the next of your codings whose words are not where or as they were",
        True,
    ),
    Key("t", "take_words", "Take the words", "take the words as they are now"),
    Key("h", "stands_here", "Stands here", "put it on the passage under the cursor"),
    Key("g", "next_place", "Next place", "go to the next place that may be meant"),
    Key("slash", "find", "Find", "find letters, or words in any form, in every source", True),
    Key("f", "find_next", "Next hit", "go to the next place where it stands, on to the next source"),
    Key("F", "hits", "All hits", "list every place where it stands; Enter goes there"),
    Key("G", "code_hits", "Code all hits", "give all these places a code: shown first, one step to undo"),
    Key("i", "strength", "Inferred", "say that the words say it, or that you read it in (~)"),
    Key("d", "remark('event_date')", "Date", "set the date of the event that the words report"),
    Key(
        "D",
        "remark('direction_note')",
        "Direction",
        "note that the words point another way than their code does",
    ),
    Key("m", "remark('memo')", "Memo", "write a memo on the coding, in a line (*)"),
    Key(
        "M",
        "write_memo",
        "New memo",
        "write a memo of its own on the coding, code or turn (*)",
    ),
    Key("w", "memos", "Memos", "read the memos, those on what is under the cursor first"),
    Key(
        "l",
        "leave_out",
        "Leave out",
        "leave the turn out, and say why (∅); an empty reason takes it in",
    ),
    Key("z,ctrl+z", "undo", "Undo", "take the last step back, also from earlier sessions", True),
    Key("y,ctrl+y", "redo", "Redo", "do it again"),
    Key("left_square_bracket", "source(-1)", "Previous source", "to the previous source"),
    Key("right_square_bracket", "source(1)", "Next source", "to the next source"),
    Key(
        "plus", "define", "New code", "make a code: its name, Enter; words that are selected name it in-vivo"
    ),
    Key(
        "E",
        "edit_code",
        "Edit code",
        "change what the code in hand is called and means, its direction, its colour",
    ),
    Key(
        "C",
        "change_code",
        "Change code",
        "rename, merge, split, move, retire or restore the code in hand",
    ),
    Key("e", "edit_turns", "Edit", "correct the turn in the transcript; codings move along"),
    Key("b", "blind", "Blind", "show what other coders did, or hide it (=)"),
    Key(
        "s",
        "search",
        "Search codes",
        "search the codebook; Enter on a code gives it to the passage, Esc leaves",
    ),
    Key("question_mark,f1", "help", "Keys", "this list", True),
    Key("q", "quit", "Quit", "end; everything is on disk already", True),
)
BINDINGS = [key.binding for key in KEYS]
ASKING = frozenset(
    (
        "code",
        "recode",
        "remark",
        "write_memo",
        "memos",
        "leave_out",
        "find",
        "hits",
        "code_hits",
        "accept_all",
        "reject_all",
        "define",
        "edit_code",
        "search",
        "change_code",
        "edit_turns",
    )
)
"""Actions after which words are typed."""
UNWATCHED = frozenset(("help", "quit"))
"""Actions that need no file."""
ROUND = (
    Key("n", "go_on(1)", "Next", "go to the next disagreement", True),
    Key("p", "go_on(-1)", "Previous", "go to the previous disagreement", True),
    Key("N", "go_open", "Next open", "go to the next disagreement that is not settled"),
    Key("P", "next_problem", "Problem", "go to the next of your codings whose words are not where or as they were"),
    Key("1,2,3,4,5,6,7,8,9", "take", "Take over", "take over that coder's codings here; the other codes are rejected"),
    Key("0", "take(0)", "None of them", "reject the disputed codes that nothing was decided on", True),
    Key("a", "accept", "Accept", "accept the coding under the cursor, another coder's or what you had rejected", True),
    Key("r", "reject", "Reject", "reject it", True),
    Key("A", "take_agreed", "All agreed", "take over whatever all the coders agree on, in every source", True),
    Key("z,ctrl+z", "undo", "Undo", "take the last key back, whatever it wrote", True),
)  # fmt: skip
"""Keys that mean something else in a reconciliation round."""
ROUND_BINDINGS = [
    *(key.binding for key in ROUND if key.action != "take"),
    *(Binding(str(number), f"take({number})", show=False) for number in range(1, 10)),
]
