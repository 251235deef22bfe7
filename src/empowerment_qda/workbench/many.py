"""Keys for many passages at once: all hits of a search get a code, all suggestions of a cue or a code are decided on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from empowerment_qda.coding import Accept, Action, Reject
from empowerment_qda.coding.many import Unit, code_hits, decide_all, has_cue
from empowerment_qda.coding.suggest import cues_of
from empowerment_qda.evidence.passages import Passage
from empowerment_qda.model.source import Source, Span
from empowerment_qda.text import one_line
from empowerment_qda.workbench.key_actions import CodingKeys, KeyActions
from empowerment_qda.workbench.layout import clean
from empowerment_qda.workbench.search import Pick, SearchKeys

if TYPE_CHECKING:
    from empowerment_qda.workbench.app import Workbench

SHOWN = 200
"""Passages that are listed of those that something is done to."""
UNITS: dict[Unit, str] = {"sentence": "the sentences", "turn": "the whole turns", "words": "the words alone"}


class Choice(NamedTuple):
    """Something that can be done to many passages: what, the actions, where each of them is and its words; `left` says
    what is passed over."""

    said: str
    actions: Sequence[Action]
    places: Sequence[tuple[Source, Span]]
    left: str = ""

    @property
    def line(self) -> str:
        """What it is, and how many passages in how many sources."""
        passages, sources = len(self.places), len({source.id for source, _ in self.places})
        number = f"{passages} passage{'s' * (passages != 1)} in {sources} source{'s' * (sources != 1)}"
        return f"{self.said}: {number}{f'; {self.left}' if self.left else ''}"


def say_places(choice: Choice) -> Content:
    """The passages of a choice, one below the other."""
    lines = [
        part
        for source, span in choice.places[:SHOWN]
        for part in (
            (f"{clean(span.on(source.id))}  ", "bold"),
            f"{one_line(clean(source.quote(span)))}\n",
        )
    ]
    more = len(choice.places) - SHOWN
    return Content.assemble(*lines, f"and {more} more" if more > 0 else "").rstrip()


class ManyKeys(KeyActions):
    """Keys that do the same to many passages, as one step to undo; what is done is shown before."""

    def __init__(self, app: Workbench, search: SearchKeys, coding: CodingKeys) -> None:
        super().__init__(app)
        self._search, self._coding = search, coding

    def action_code_hits(self) -> None:
        hits = self._search.require_hits()
        if hits:
            search = self._search.search
            title = f"A code for all hits of “{search.wanted}”: {search.say_where(hits)}"
            self._coding.pick(title, self._choose_unit)

    def _choose_unit(self, code: str) -> None:
        """Ask what gets the code: sentences, turns or words."""
        choices = []
        sources = self.session.sources
        found = [(one, spans) for one in sources if (spans := self._search.search.spans(one))]
        for unit, said in UNITS.items():
            todo = code_hits(found, code, unit, self.session.desk.passages)
            by_id = self.session.desk.study.by_id
            places = [(by_id[one.source], one.span) for one in todo.actions]
            left = f"{todo.passed_over} passed over that had it before" if todo.passed_over else ""
            choices.append(Choice(said, todo.actions, places, left))
        self._ask(f"{code} for all hits of “{self._search.search.wanted}”", choices)

    def action_accept_all(self) -> None:
        self._choose_suggestions(Accept, "Accept")

    def action_reject_all(self) -> None:
        self._choose_suggestions(Reject, "Reject")

    def _choose_suggestions(self, decision: type[Accept] | type[Reject], verb: str) -> None:
        """Ask which suggestions: those that the same cue made as the one in hand, or those of the same code."""
        shown = self._coding.meant_suggestion()
        if shown is None:
            return
        code, session = shown.coding.code, self.session
        waiting = [one for at in range(len(session.sources)) for one in session.waiting_in(at, code)]
        groups = {
            f"{code}, by the cue “{cue}”": [one for one in waiting if has_cue(one, cue)]
            for cue in cues_of(shown.coding)
        }
        choices = [
            self._choice(said, group, decision)
            for said, group in (groups | {f"all of {code}": waiting}).items()
        ]
        self._ask(f"{verb} all suggestions like this one", choices)

    def _choice(self, said: str, group: list[Passage], decision: type[Accept] | type[Reject]) -> Choice:
        todo = decide_all(group, decision, self.session.desk.codebook)
        places = [(one.source, one.anchor.span) for one in todo.passages if one.anchor.span]
        left = f"{todo.unplaced} have no place any more" if todo.unplaced else ""
        return Choice(said, todo.actions, places, left)

    def _ask(self, title: str, choices: Sequence[Choice]) -> None:
        """Let one of the choices be taken, and do it."""

        def do(choice: Choice | None) -> None:
            if choice is None:
                return
            if choice.actions:
                self.attempt(lambda: self.session.act_all(choice.actions))
                self.selection.growing = False
                self.selection.show_codings()
            else:
                self.app.tell(f"Nothing to do: {choice.line}.")

        screen: Pick[Choice] = Pick(
            f"{title} · ↑ ↓, Enter does it, Esc leaves",
            "z takes all of it back at once",
            lambda letters: [one for one in choices if letters.casefold() in one.line.casefold()],
            lambda choice: Content(clean(choice.line)),
            say_places,
            "Nothing has these letters.",
        )
        self.app.push_screen(screen, do)
