"""Own codings whose words are not where or as they were coded: which comes next, what is said about it, and the keys that
put it right. Nothing is placed by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from textual.content import Content
from textual.style import Style

from empowerment_qda.anchors import SourceText
from empowerment_qda.coding import Locate, Mend, compare_words, plan_mends
from empowerment_qda.coding.cursor import Cursor
from empowerment_qda.evidence.passages import Passage
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.source import Span
from empowerment_qda.text import shorten
from empowerment_qda.workbench.key_actions import KeyActions
from empowerment_qda.workbench.layout import clean
from empowerment_qda.workbench.session import Session, ShownCoding, is_broken

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


class BrokenAnchor(NamedTuple):
    """Such a coding: `place`, which orders them, begins with the number of its source; its number among all of them (from
    1), and how it can be mended."""

    place: tuple[int, ...]
    number: int
    of: int
    mend: Mend
    text: SourceText

    @property
    def passage(self) -> Passage:
        return self.mend.passage

    @property
    def coding(self) -> Coding:
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

    def shown_at(self, span: Span) -> ShownCoding:
        """The coding on the screen: in hand, while the cursor stands on these words."""
        return ShownCoding(span, self.coding, self.coding.status, self.passage.file.coder, own=True)


def next_broken(session: Session, after: tuple[int, ...]) -> BrokenAnchor | None:
    """The first one behind a place, else the first of all: over all sources of the session, from this one on."""
    found = _broken_in(session)
    at = next((at for at, (place, _) in enumerate(found) if place > after), 0)
    return _make(session, found, at) if found else None


def find_again(session: Session, broken: BrokenAnchor) -> BrokenAnchor | None:
    """The same coding after something was done; None where it needs nothing any more, or is gone."""
    found = _broken_in(session)
    for at, (_, one) in enumerate(found):
        same = one.coding == broken.coding or (one.coding.id and one.coding.id == broken.coding.id)
        if same and one.source.id == broken.passage.source.id:
            return _make(session, found, at)
    return None


def _broken_in(session: Session) -> list[tuple[tuple[int, ...], Passage]]:
    found = [
        (_order_of(at, one), one)
        for at, source in enumerate(session.sources)
        for one in session.desk.passages(source.id)
        if is_broken(one)
    ]
    return sorted(found, key=lambda one: one[0])


def _order_of(at: int, passage: Passage) -> tuple[int, ...]:
    span, turns = passage.anchor.span, passage.coding.turn
    place = span[:2] if span else (turns.first if turns else 0, 0)
    return (at, *place, passage.number)


def _make(session: Session, found: Sequence[tuple[tuple[int, ...], Passage]], at: int) -> BrokenAnchor:
    place, passage = found[at]
    text = session.desk.text(passage.source.id)
    (mend,) = plan_mends([passage], text)
    return BrokenAnchor(place, at + 1, len(found), mend, text)


def say_broken(broken: BrokenAnchor, chosen: int | None) -> Content:
    """What became of the coding, its words then and now, and what can be done; `chosen` counts its candidates."""
    coding, source = broken.coding, broken.passage.source.id
    place = f"{source}#{coding.turn}" if coding.turn else source
    head = f"Problem {broken.number} of {broken.of}: {STATES[broken.mend.state]} · {coding.code} at {place} ({broken.passage.id})"
    after = broken.mend.after
    said = _then_and_now(broken, after) if after else _guesses(broken, chosen)
    return Content.assemble((clean(head) + "\n", "bold"), *said, *_keys(broken))


def _then_and_now(broken: BrokenAnchor, after: Coding) -> list[str]:
    coding = broken.coding
    if broken.mend.state == "filled":
        return [f"It has no quotation, so it means all of turn {coding.turn}.\n"]
    if broken.mend.state == "moved":
        words = clean(shorten(after.quote, WORDS))
        return [f"was in turn {coding.turn or '?'}, stands in turn {after.turn} now: “{words}”\n"]
    was, now = compare_words(coding.quote, after.quote)
    moved = f"  (turn {after.turn})" if after.turn != coding.turn else ""
    return [f"was  {clean(was)}\n", f"now  {clean(now)}{moved}\n"]


def _guesses(broken: BrokenAnchor, chosen: int | None) -> list[Any]:
    """The quotation, what stood around it, and the places that may be meant."""
    coding, mend = broken.coding, broken.mend
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
        before, after = broken.text.context(span, 5)
        words = f"{before} [{shorten(broken.text.quote(span), WORDS // 2)}] {after}".strip()
        taken = at == chosen
        parts.append(
            (f"{'▸' if taken else ' '} {at + 1}  #{span.turn}  {clean(words)}\n", "bold" if taken else "")
        )
    if number > LISTED:
        parts.append(f"  {number} places in all\n")
    return parts


def _keys(broken: BrokenAnchor) -> list[Any]:
    """What can be done; each a click too."""
    offered = [
        *[("t takes the words as they are now", "take_words")] * bool(broken.where),
        *[("g goes to the next of these places", "next_place")]
        * bool(not broken.where and broken.mend.candidates),
        ("h puts it on the passage under the cursor", "stands_here"),
        ("x takes it away", "remove"),
        ("p next problem", "next_problem"),
    ]
    parts: list[Any] = []
    for said, action in offered:
        parts += [" · "] * bool(parts) + [(said, Style.from_meta({"@click": f"app.{action}"}))]
    return parts


class BrokenAnchorKeys(KeyActions):
    """One broken anchor at a time is open, until it is put right or left with Esc."""

    open: BrokenAnchor | None = None
    _candidate: int | None = None
    _known: tuple[ShownCoding, ...] = ()
    _held: Cursor | None = None

    def action_next_problem(self) -> None:
        cursor = self.selection.cursor.span
        here = self.open.place if self.open else (self.session.at, *cursor[:2], -1)
        if self.open_next(here):
            self.app.tell("Nothing is changed before you say so.")
        else:
            self.app.tell("No problem: the words of all your codings stand where they were coded.")

    def open_next(self, after: tuple[int, ...]) -> bool:
        """Open the first one behind a place; False where there is none at all."""
        found = next_broken(self.session, after)
        if found:
            self.app.open_source(found.place[0])
            self.show(found)
            self._lead(found, found.where or self.selection.units.at("sentence", found.turn, 0))
        return found is not None

    def action_next_place(self) -> None:
        broken = self._opened()
        if broken and not broken.mend.candidates:
            self.app.tell("There are no places to choose from here.", bad=True)
        elif broken:
            number = len(broken.mend.candidates)
            self._candidate = 0 if self._candidate is None else (self._candidate + 1) % number
            self._lead(broken, broken.mend.candidates[self._candidate])
            self._put()

    def action_take_words(self) -> None:
        broken = self._opened()
        if broken and broken.where:
            self._locate(broken, broken.where)
        elif broken:
            said = "Only you can say where it stands: stand on the words and press h"
            said += "; g goes through the places." if broken.mend.candidates else "."
            self.app.tell(said, bad=True)

    def action_stands_here(self) -> None:
        if broken := self._opened():
            self._locate(broken, self.selection.cursor.span)

    def _opened(self) -> BrokenAnchor | None:
        """The one that is open; where none is, that is said."""
        if self.open is None:
            self.app.tell("No problem is open: p goes to the next one.", bad=True)
        return self.open

    def _locate(self, broken: BrokenAnchor, span: Span) -> None:
        self.act(Locate(broken.passage.source.id, broken.coding, span))

    def _lead(self, broken: BrokenAnchor, span: Span) -> None:
        """Put the cursor there with the coding in hand, so that other keys mean it while the cursor stays."""
        here = self.session.under(span)
        shown = next((one for one in here if one.own and one.coding == broken.coding), None)
        self.selection.go(span, chosen=shown or broken.shown_at(span))

    def show(self, broken: BrokenAnchor | None) -> None:
        """Show a broken anchor in the panel; without one the panel is closed."""
        if (broken and broken.coding) != (self.open and self.open.coding):
            self._candidate = None
        self.open, self._known = broken, self.session.shown
        self._put()

    def _put(self) -> None:
        self.app.part("problem").display = self.open is not None
        if self.open:
            self.app.put("problem-text", say_broken(self.open, self._candidate), grows=True)

    def follow(self) -> None:
        """After the cursor moved or something was done: the same coding once more, in hand if it was before; another
        source closes it."""
        broken, view = self.open, self.selection
        if broken and broken.place[0] != self.session.at:
            self.show(None)
        elif broken and self._known is not self.session.shown:
            again = find_again(self.session, broken)
            self.show(again)
            if again and again.where is None and view.cursor == self._held:
                view.chosen = again.shown_at(view.cursor.span)
        in_hand = self.open and view.chosen and view.chosen.coding == self.open.coding
        self._held = view.cursor if in_hand else None
