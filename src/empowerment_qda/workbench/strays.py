"""Own codings whose words are not where or as they were coded: which comes next, and what is said about it."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual.content import Content
from textual.style import Style

from empowerment_qda.anchors import SourceText
from empowerment_qda.desk import Mend, compare_words, plan_mends
from empowerment_qda.desk.entry import shorten
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.span import Span
from empowerment_qda.passages import Passage
from empowerment_qda.workbench.layout import clean
from empowerment_qda.workbench.session import Mark, Session, is_stray

LISTED = 5
"""As many of the places that may be meant are listed at a time."""
WORDS = 400
"""Characters of a quotation that is shown without anything to compare it to."""
STATES = {
    "filled": "no quotation",
    "moved": "moved",
    "changed": "changed",
    "ambiguous": "several places",
    "lost": "lost",
}


class Stray(NamedTuple):
    """Such a coding: the number of its source, its place among all of them (from 1), and how it can be mended."""

    at: int
    number: int
    of: int
    mend: Mend
    text: SourceText

    @property
    def passage(self) -> Passage:
        """The coding in its file."""
        return self.mend.passage

    @property
    def coding(self) -> Coding:
        """The coding."""
        return self.mend.passage.coding

    @property
    def where(self) -> Span | None:
        """Where its words stand now, for certain."""
        return self.passage.anchor.span if self.mend.after else None

    @property
    def turn(self) -> int:
        """The turn that it was coded in, or the last one where the source has become shorter."""
        turns = self.coding.turn
        return min(turns.first, len(self.passage.source.turns)) if turns else 1

    def mark(self, span: Span) -> Mark:
        """The coding on the screen: in hand, while the cursor stands on these words."""
        return Mark(span, self.coding, self.coding.status, self.passage.file.coder, own=True)


def next_stray(session: Session, after: tuple[int, ...]) -> Stray | None:
    """The first one behind a place, else the first of all: over all sources of the session, from this one on."""
    found = {_place(at, one): one for at, one in _strays(session)}
    if not found:
        return None
    places = sorted(found)
    at = next((at for at, place in enumerate(places) if place > after), 0)
    return _make(session, places[at][0], at + 1, len(places), found[places[at]])


def find_again(session: Session, stray: Stray) -> Stray | None:
    """The same coding after something was done; None where it needs nothing any more, or is gone."""
    here = {_place(at, one): one for at, one in _strays(session)}
    for number, place in enumerate(sorted(here), 1):
        one = here[place]
        same = one.coding == stray.coding or (one.coding.id and one.coding.id == stray.coding.id)
        if same and one.source.id == stray.passage.source.id:
            return _make(session, place[0], number, len(here), one)
    return None


def place_of(stray: Stray) -> tuple[int, ...]:
    """What such codings are ordered by."""
    return _place(stray.at, stray.passage)


def _strays(session: Session) -> list[tuple[int, Passage]]:
    return [
        (at, one)
        for at, source in enumerate(session.sources)
        for one in session.desk.passages(source.id)
        if is_stray(one)
    ]


def _place(at: int, passage: Passage) -> tuple[int, ...]:
    span, turns = passage.anchor.span, passage.coding.turn
    place = span[:2] if span else (turns.first if turns else 0, 0)
    return (at, *place, passage.number)


def _make(session: Session, at: int, number: int, of: int, passage: Passage) -> Stray:
    text = session.desk.text(passage.source.id)
    (mend,) = plan_mends([passage], text)
    return Stray(at, number, of, mend, text)


def say_stray(stray: Stray, chosen: int | None) -> Content:
    """What became of the coding, its words then and now, and what can be done; `chosen` counts its candidates."""
    coding, source = stray.coding, stray.passage.source.id
    place = f"{source}#{coding.turn}" if coding.turn else source
    head = f"Problem {stray.number} of {stray.of}: {STATES[stray.mend.state]} · {coding.code} at {place} ({stray.passage.id})"
    parts: list[Any] = [(clean(head) + "\n", "bold")]
    parts += _then_and_now(stray) if stray.where else _guesses(stray, chosen)
    return Content.assemble(*parts, *_keys(stray))


def _then_and_now(stray: Stray) -> list[str]:
    after, coding = stray.mend.after, stray.coding
    if after is None:
        return []
    if stray.mend.state == "filled":
        return [f"It has no quotation, so it means all of turn {coding.turn}.\n"]
    if stray.mend.state == "moved":
        words = clean(shorten(after.quote, WORDS))
        return [f"was in turn {coding.turn or '?'}, stands in turn {after.turn} now: “{words}”\n"]
    was, now = compare_words(coding.quote, after.quote)
    return [f"was  {clean(was)}\n", f"now  {clean(now)}" + _turns(stray) + "\n"]


def _turns(stray: Stray) -> str:
    after = stray.mend.after
    return f"  (turn {after.turn})" if after and after.turn != stray.coding.turn else ""


def _guesses(stray: Stray, chosen: int | None) -> list[Any]:
    """The quotation, what stood around it, and the places that may be meant."""
    coding, mend = stray.coding, stray.mend
    around = [f"after “{coding.before}”"] * bool(coding.before) + [f"before “{coding.after}”"] * bool(coding.after)  # fmt: skip
    parts: list[Any] = [f"coded  “{clean(shorten(coding.quote, WORDS))}”\n" if coding.quote.strip() else "coded  the whole turn\n"]  # fmt: skip
    if around:
        parts.append(clean(f"it stood {' and '.join(around)}") + "\n")
    number = len(mend.candidates)
    if not number:
        return [*parts, "Nothing like it was found: stand on the words that it means, if they are there.\n"]
    parts.append(("It may be in:" if mend.state == "ambiguous" else "These come near:") + "\n")
    first = min(max(0, (chosen or 0) - LISTED // 2), max(0, number - LISTED))
    for at in range(first, min(first + LISTED, number)):
        span = mend.candidates[at]
        before, after = stray.text.context(span, 5)
        words = f"{before} [{shorten(stray.text.quote(span), WORDS // 2)}] {after}".strip()
        taken = at == chosen
        parts.append(
            (f"{'▸' if taken else ' '} {at + 1}  #{span.turn}  {clean(words)}\n", "bold" if taken else "")
        )
    if number > LISTED:
        parts.append(f"  {number} places in all\n")
    return parts


def _keys(stray: Stray) -> list[Any]:
    """What can be done; each a click too."""
    offered = []
    if stray.where:
        offered.append(("t takes the words as they are now", "take_words"))
    elif stray.mend.candidates:
        offered.append(("g goes to the next of these places", "next_place"))
    offered += [
        ("h puts it on the passage under the cursor", "stands_here"),
        ("x takes it away", "remove"),
        ("p next problem", "next_problem"),
    ]
    parts: list[Any] = []
    for said, action in offered:
        parts += [" · "] * bool(parts) + [(said, Style.from_meta({"@click": f"app.{action}"}))]
    return parts
