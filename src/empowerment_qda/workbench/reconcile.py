"""The workbench of a reconciliation round: above the transcript, what each coder gave in the turn, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from empowerment_qda.desk.entry import shorten
from empowerment_qda.folder.desk import Desk
from empowerment_qda.locale import list_words
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.source import Source
from empowerment_qda.stages.agree import Spot
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.asking import Keys
from empowerment_qda.workbench.keys import ROUND, ROUND_BINDINGS
from empowerment_qda.workbench.layout import clean
from empowerment_qda.workbench.margin import SIGNS
from empowerment_qda.workbench.round import Round
from empowerment_qda.workbench.session import Mark

WORDS = 160
"""Characters of a quotation beside the others; all of its words stand in the transcript."""


class Reconcile(Workbench):
    """A coder decides on what `coders` disagree on."""

    READY = "1, 2 … take over a coder's codings; c codes anew; 0 rejects what is left. ? lists the keys."
    BINDINGS: ClassVar[list[BindingType]] = [*ROUND_BINDINGS]
    CSS = (
        Workbench.CSS
        + """
    #round { height: 1; padding: 0 1; background: $primary-muted; text-style: bold; }
    #sides { height: auto; max-height: 40%; border-bottom: solid $panel; }
    .side { width: 1fr; height: auto; max-height: 100%; padding: 0 1; border-left: tall $panel; scrollbar-size-vertical: 1; }
    .side Static { width: 100%; height: auto; }
    """
    )

    def __init__(self, desk: Desk, sources: Sequence[Source], coders: Sequence[str]) -> None:
        super().__init__(desk, sources, others=True)
        self.session = self.transcript.session = self.round = Round(desk, sources, coders)

    def compose(self) -> ComposeResult:
        """The coders side by side, and the parts of every session under them."""
        yield Static(id="round", markup=False)
        with Horizontal(id="sides"):
            for number in range(len(self.round.coders) + 1):
                with VerticalScroll(classes="side", can_focus=False):
                    yield Static(id=f"side-{number}", markup=False)
        yield from super().compose()

    def on_mount(self) -> None:
        """Begin at the first disagreement that is open."""
        super().on_mount()
        found = self.round.next_spot(0, 1, still_open=True) or self.round.next_spot(0, 1)
        if found:
            self._stand(found)

    # What is shown.

    def _show_side(self) -> None:
        super()._show_side()
        spot = self._spot()
        self._put("round", Content(say_round(self.round, spot)))
        for number in range(len(self.round.coders)):
            self._put(f"side-{number}", say_coder(self.round, spot, number), grows=True)
        turn = self.transcript.cursor.head.turn
        self._put(f"side-{len(self.round.coders)}", say_own(self.round, spot, turn), grows=True)

    def _spot(self) -> Spot | None:
        return self.round.spot_at(self.transcript.cursor.head.turn)

    def _stand(self, spot: Spot) -> None:
        at = next(at for at, one in enumerate(self.session.sources) if one.id == spot.source)
        spans = [one.passage.anchor.span for one in spot.marks if one.code in spot.disputed]
        first = min(span for span in spans if span)
        inside = first.start if first.turn == spot.turn else 0
        if at != self.session.at:
            self.session.open(at)
            self._show_source()
        self.transcript.go(self.transcript.units.at("sentence", spot.turn, inside))

    # What the keys do.

    def action_go_on(self, by: int) -> None:
        """To the next disagreement, or the one before."""
        found = self.round.next_spot(self.transcript.cursor.head.turn, by)
        if found:
            self._stand(found)
            self.tell(self.READY if self.round.open_codes(found) else "Settled.")
        else:
            self.tell(
                f"{list_words(self.round.coders, 'en')} disagree on nothing here; A takes over what they agree on."
            )

    def action_go_open(self) -> None:
        """To the next disagreement that is not settled."""
        found = self.round.next_spot(self.transcript.cursor.head.turn, 1, still_open=True)
        if found:
            self._stand(found)
        else:
            self.tell("Every disagreement is settled; A takes over what all agree on.")

    def action_take(self, number: int) -> None:
        """Take over a coder's codings of the turn; 0: reject what is left."""
        if number > len(self.round.coders):
            self.tell(
                f"There are {len(self.round.coders)} coders: {list_words(self.round.coders, 'en')}.", bad=True
            )
            return
        spot = self._spot()
        if spot is None or (number == 0 and not spot.disputed):
            self.tell("No disagreement here: n goes to the next one.", bad=True)
        elif number:
            self._decide(lambda: self.round.take(spot, number - 1))
        else:
            self._decide(lambda: self.round.take_none(spot))

    def action_take_agreed(self) -> None:
        """Take over what all agree on."""
        self._decide(self.round.take_agreed)

    def action_accept(self) -> None:
        """Accept the coding in hand, another coder's too."""
        mark = self._other()
        if mark:
            self._decide(lambda: self.round.take_one(mark))
        else:
            super().action_accept()

    def action_reject(self) -> None:
        """Reject the coding in hand, another coder's too."""
        mark = self._other()
        if mark:
            turn = self.transcript.cursor.head.turn
            self._decide(lambda: self.round.decline_one(mark, turn))
        else:
            super().action_reject()

    def _other(self) -> Mark | None:
        chosen = self.transcript.chosen
        return chosen if chosen and chosen.state == "other" else None

    def _decide(self, do: Callable[[], str]) -> None:
        if self._try(do):
            self.transcript.chosen = None
        self.transcript.show_marks()

    def action_help(self) -> None:
        """List the keys."""
        self.push_screen(Keys(ROUND))


def say_round(session: Round, spot: Spot | None) -> str:
    """Which disagreement it is, of how many, and how many are settled."""
    number = len(session.disagreements)
    if not number:
        return (
            f"{list_words(session.coders, 'en')} disagree on nothing here · A takes over what they agree on"
        )
    settled = f"{session.settled} settled"
    if spot is None or not spot.disputed:
        return f"{number} disagreement{'s' * (number > 1)}, {settled} · none in this turn"
    at = session.disagreements.index(spot) + 1
    left = session.open_codes(spot)
    state = f"to decide: {', '.join(left)}" if left else "settled"
    return clean(f"Disagreement {at} of {number}, {settled} · {spot.source}#{spot.turn} · {state}")


def say_coder(session: Round, spot: Spot | None, number: int) -> Content:
    """A coder's codings of the turn, those of disputed codes with a mark."""
    parts: list[Any] = [(f"{number + 1} {session.coders[number]}\n", "bold")]
    given = spot.given[number] if spot else frozenset()
    if spot is None or not given:
        return Content.assemble(*parts, "has not coded this source" if given is None else "no code")
    passages = [one.passage for one in spot.marks if one.coder == number]
    for passage in sorted(passages, key=lambda one: (one.coding.code not in spot.disputed, one.anchor.span)):
        apart = passage.coding.code in spot.disputed
        parts += _lines(passage.coding, "≠" if apart else "=", apart)
    return Content.assemble(*parts).rstrip()


def say_own(session: Round, spot: Spot | None, turn: int) -> Content:
    """What was decided in the turn."""
    parts: list[Any] = [(f"{session.desk.coder}\n", "bold")]
    here = [one for one in session.by_turn.get(turn, ()) if one.own]
    for mark in here:
        parts += _lines(mark.coding, SIGNS[mark.state], False)
    if spot and (left := session.open_codes(spot)):
        parts.append((clean(f"to decide: {', '.join(left)}"), "italic"))
    elif not here:
        parts.append("no code")
    return Content.assemble(*parts).rstrip()


def _lines(coding: Coding, sign: str, apart: bool) -> list[Any]:
    """A coding; its words too, where coders are apart about it."""
    inferred = "~" if coding.strength == "inferred" else ""
    words = clean(shorten(coding.quote, WORDS)) if apart else ""
    memo = f"  * {clean(shorten(coding.memo, WORDS))}\n" if coding.memo else ""
    return [
        (f"{sign}{inferred} {clean(coding.code)}\n", "bold" if apart else ""),
        f"  “{words}”\n" if words else "",
        (memo, "italic"),
    ]
