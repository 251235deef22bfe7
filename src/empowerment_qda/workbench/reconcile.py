"""The workbench of a reconciliation round: above the transcript, what each coder gave in the turn, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from empowerment_qda.agreement.disagreements import CodedTurn
from empowerment_qda.files.edit import Desk
from empowerment_qda.locale import list_words
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.source import Source
from empowerment_qda.text import shorten
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.key_actions import KeyActions
from empowerment_qda.workbench.keys import ROUND, ROUND_BINDINGS
from empowerment_qda.workbench.layout import SIGNS, clean
from empowerment_qda.workbench.reconciliation_round import Round

WORDS = 160
"""Characters of a quotation beside the others; all of its words stand in the transcript."""


class ReconciliationKeys(KeyActions):
    """The keys of a round. What they say of own codings and suggestions is done as always."""

    def __init__(self, app: Reconcile) -> None:
        super().__init__(app)
        self.round = app.round

    def unit(self) -> CodedTurn | None:
        """What the coders gave in the turn under the cursor."""
        return self.round.unit_at(self.selection.cursor.head.turn)

    def stand(self, unit: CodedTurn) -> None:
        """Put the cursor on the first words of a disagreement."""
        spans = [one.passage.anchor.span for one in unit.marks if one.code in unit.disputed]
        first = min(span for span in spans if span)
        inside = first.start if first.turn == unit.turn else 0
        self.app.open_source(next(at for at, one in enumerate(self.session.sources) if one.id == unit.source))
        self.selection.go(self.selection.units.at("sentence", unit.turn, inside))

    def action_go_on(self, by: int) -> None:
        found = self.round.next_unit(self.selection.cursor.head.turn, by)
        if found:
            self.stand(found)
            self.app.tell(self.app.READY if self.round.open_codes(found) else "Settled.")
        else:
            who = list_words(self.round.coders, "en")
            self.app.tell(f"{who} disagree on nothing here; A takes over what they agree on.")

    def action_go_open(self) -> None:
        found = self.round.next_unit(self.selection.cursor.head.turn, 1, still_open=True)
        if found:
            self.stand(found)
        else:
            self.app.tell("Every disagreement is settled; A takes over what all agree on.")

    def action_take(self, number: int) -> None:
        """Take over a coder's codings of the turn; 0: reject what is left."""
        coders, unit = self.round.coders, self.unit()
        if number > len(coders):
            self.app.tell(f"There are {len(coders)} coders: {list_words(coders, 'en')}.", bad=True)
        elif unit is None or (number == 0 and not unit.disputed):
            self.app.tell("No disagreement here: n goes to the next one.", bad=True)
        elif number:
            self._decide(lambda: self.round.take(unit, number - 1))
        else:
            self._decide(lambda: self.round.take_none(unit))

    def action_take_agreed(self) -> None:
        self._decide(self.round.take_agreed)

    def action_accept(self) -> None:
        chosen = self.selection.chosen
        if chosen and chosen.state == "other":
            self._decide(lambda: self.round.take_one(chosen))
        else:
            self.app.coding.action_accept()

    def action_reject(self) -> None:
        chosen, turn = self.selection.chosen, self.selection.cursor.head.turn
        if chosen and chosen.state == "other":
            self._decide(lambda: self.round.decline_one(chosen, turn))
        else:
            self.app.coding.action_reject()

    def _decide(self, do: Callable[[], str]) -> None:
        if self.attempt(do) is None:
            self.selection.chosen = None
        self.selection.show_codings()


class Reconcile(Workbench):
    """The workbench of a coder who decides on what `coders` disagree on."""

    READY = "1, 2 … take over a coder's codings; c codes anew; 0 rejects what is left. ? lists the keys."
    BINDINGS: ClassVar[list[BindingType]] = [*ROUND_BINDINGS]
    OTHERWISE = ROUND
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
        self.round = Round(desk, sources, coders)
        super().__init__(desk, sources, session=self.round)
        self.deciding = ReconciliationKeys(self)
        self.hold(self.deciding)

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
        found = self.round.next_unit(0, 1, still_open=True) or self.round.next_unit(0, 1)
        if found:
            self.deciding.stand(found)

    def _strip_lines(self) -> int:
        return 0  # what stands above the transcript says more

    def _where(self) -> str:
        where = super()._where()
        return where if where in ("book", "problem") else "round"

    def _show_side(self) -> None:
        super()._show_side()
        turn = self.selection.cursor.head.turn
        for name, words in say_sides(self.round, turn).items():
            self.put(name, words, grows=name != "round")


def say_sides(session: Round, turn: int) -> dict[str, Content]:
    """What the parts of a round say about a turn, by their names: the line above, each coder, and what was decided."""
    unit, number = session.unit_at(turn), len(session.coders)
    sides = {f"side-{at}": say_coder(session, unit, at) for at in range(number)}
    return {
        "round": Content(say_round(session, unit)),
        **sides,
        f"side-{number}": say_own(session, unit, turn),
    }


def say_round(session: Round, unit: CodedTurn | None) -> str:
    """Which disagreement it is, of how many, and how many are settled."""
    number = len(session.disagreements)
    if not number:
        return (
            f"{list_words(session.coders, 'en')} disagree on nothing here · A takes over what they agree on"
        )
    settled = f"{session.settled} settled"
    if unit is None or not unit.disputed:
        return f"{number} disagreement{'s' * (number > 1)}, {settled} · none in this turn"
    at = session.disagreements.index(unit) + 1
    left = session.open_codes(unit)
    state = f"to decide: {', '.join(left)}" if left else "settled"
    return clean(f"Disagreement {at} of {number}, {settled} · {unit.source}#{unit.turn} · {state}")


def say_coder(session: Round, unit: CodedTurn | None, number: int) -> Content:
    """A coder's codings of the turn, those of disputed codes with a one."""
    parts: list[Any] = [(f"{number + 1} {session.coders[number]}\n", "bold")]
    given = unit.given[number] if unit else frozenset()
    if unit is None or not given:
        return Content.assemble(*parts, "has not coded this source" if given is None else "no code")
    passages = [one.passage for one in unit.marks if one.coder == number]
    for passage in sorted(passages, key=lambda one: (one.coding.code not in unit.disputed, one.anchor.span)):
        apart = passage.coding.code in unit.disputed
        parts += _lines(passage.coding, "≠" if apart else "=", apart)
    return Content.assemble(*parts).rstrip()


def say_own(session: Round, unit: CodedTurn | None, turn: int) -> Content:
    """The codings of the coder of the round in the turn, and the codes that are left to decide on."""
    parts: list[Any] = [(f"{session.desk.coder}\n", "bold")]
    here = [one for one in session.by_turn.get(turn, ()) if one.own]
    for one in here:
        parts += _lines(one.coding, SIGNS[one.state], False)
    if unit and (left := session.open_codes(unit)):
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
