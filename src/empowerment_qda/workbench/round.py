"""A reconciliation round: a coder goes through what others disagree on and decides; each decision is their coding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from empowerment_qda.desk import Action, Entry, describe, name_consequences
from empowerment_qda.evidence import counts
from empowerment_qda.folder.desk import Desk
from empowerment_qda.locale import list_words
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.source import Source
from empowerment_qda.passages import Passage
from empowerment_qda.stages.agree import Spot, find_spots
from empowerment_qda.workbench.deciding import (
    Own,
    givers,
    plan_agreed,
    plan_declining,
    plan_taking,
)
from empowerment_qda.workbench.session import Mark, Session, State


class Round(Session):
    """A session among the codings of `coders`; a disagreement is settled when each code that is disputed in the turn
    was accepted or rejected there. StudyError for an unknown coder."""

    def __init__(self, desk: Desk, sources: Sequence[Source], coders: Sequence[str]) -> None:
        self.coders = tuple(coders)
        self._compare(desk, sources)
        self._done: list[int] = []
        self._undone: list[int] = []
        super().__init__(desk, sources, others=True)

    def _compare(self, desk: Desk, sources: Sequence[Source]) -> None:
        by_source: dict[str, list[Spot]] = {source.id: [] for source in sources}
        for spot in find_spots(desk.study, self.coders):
            if spot.source in by_source:
                by_source[spot.source].append(spot)
        self.spots = by_source
        self.disagreements = tuple(one for spots in by_source.values() for one in spots if one.disputed)
        self._owns = {source: Own(desk, source) for source in by_source}

    def _take_sources(self) -> None:
        self._compare(self.desk, self.desk.study.sources)
        super()._take_sources()
        self._compare(self.desk, self.sources)

    def _is_before_coder(self, path: str) -> bool:
        return super()._is_before_coder(path) or path.split("/")[1:2] in ([one] for one in self.coders)

    def take_up(self) -> None:
        """Look at the codings of the source anew."""
        self._owns[self.source.id] = Own(self.desk, self.source.id)
        super().take_up()

    def _passages_of(self, source: Source) -> list[Passage]:
        """One's own, and of the coders what counts; nobody else's, and no suggestions."""
        files = [
            one
            for one in self.desk.study.codings
            if self.others and one.source == source.id and one.coder in self.coders
        ]
        theirs = (one for file in files for one in self.desk.place(file))
        return [
            *self.desk.passages(source.id),
            *(one for one in theirs if counts(one.coding, only_auto=one.file.coder == AUTO)),
        ]

    def _state(self, passage: Passage) -> State:
        return passage.coding.status if self._is_own(passage) else "other"

    # Where it stands.

    def open_codes(self, spot: Spot) -> list[str]:
        """The disputed codes on which nothing was decided yet."""
        return sorted(spot.disputed - self._owns[spot.source].decided(spot.turn))

    @property
    def settled(self) -> int:
        """How many disagreements are settled."""
        return sum(not self.open_codes(one) for one in self.disagreements)

    def spot_at(self, turn: int) -> Spot | None:
        """What the coders gave in a turn of the source; None where none of them gave anything."""
        return next((one for one in self.spots[self.source.id] if one.turn == turn), None)

    def next_spot(self, turn: int, by: int, still_open: bool = False) -> Spot | None:
        """The disagreement after (by 1) or before (by -1) a turn of the source, round and round."""
        order = {source.id: number for number, source in enumerate(self.sources)}
        listed = [one for one in self.disagreements if not still_open or self.open_codes(one)]
        here = self.at, turn
        places = {(order[one.source], one.turn): one for one in listed}
        if by > 0:
            at = min((place for place in places if place > here), default=min(places, default=here))
        else:
            at = max((place for place in places if place < here), default=max(places, default=here))
        return places.get(at)

    # What is done.

    def act(self, action: Action) -> str:
        """Do something; one key, one step to undo."""
        return self._act_all([action], "")

    def take(self, spot: Spot, number: int) -> str:
        """A coder's codings of the place become one's own, other codes that are disputed there are rejected."""
        coder, own = self.coders[number], self._owns[spot.source]
        if spot.given[number] is None:
            return f"{coder} has not coded {spot.source}."
        actions = plan_taking(spot, number, self.coders, own)
        return self._act_all(actions, f"{spot.source}#{spot.turn} as {coder} has it")

    def take_none(self, spot: Spot) -> str:
        """What is disputed in the place and not decided on is rejected."""
        left = self.open_codes(spot)
        actions = plan_declining(spot, left, self.coders, self._owns[spot.source])
        return self._act_all(actions, f"{spot.source}#{spot.turn}: rejected {', '.join(left)}")

    def take_one(self, mark: Mark) -> str:
        """Another coder's coding becomes one's own."""
        origin = f"taken over from {mark.coder}"
        own = self._owns[self.source.id]
        return self._act_all(list(own.take(mark.span.turn, mark.coding, mark.span, origin)), "")

    def decline_one(self, mark: Mark, turn: int) -> str:
        """Another coder's coding is rejected in a turn."""
        spot, origin = self.spot_at(turn), f"not taken over from {mark.coder}"
        if spot:
            origin = f"not taken over from {list_words([self.coders[one] for one in givers(spot, mark.coding.code)], 'en')}"
        own = self._owns[self.source.id]
        return self._act_all(list(own.decline(turn, mark.coding, mark.span, origin)), "")

    def take_agreed(self) -> str:
        """Whatever all the coders agree on becomes one's own, in every source."""
        actions: list[Action] = []
        waiting = 0
        for source, spots in self.spots.items():
            found, left = plan_agreed(spots, self.coders, self._owns[source])
            actions += found
            waiting += left
        wait = f" {waiting} more wait for a disagreement that their words reach into." if waiting else ""
        if not actions:
            return f"Nothing is left that {list_words(self.coders, 'en')} agree on.{wait}"
        added = sum(hasattr(one, "span") for one in actions)
        said = f"{added} coding{'s' * (added > 1)} taken over that {list_words(self.coders, 'en')} agree on"
        return f"{self._act_all(actions, said)}{wait}"

    def _act_all(self, actions: Iterable[Action], said: str) -> str:
        """Do it all, each on disk and in the log before the next; a sentence of what was done."""
        entries: list[Entry] = []
        try:
            for action in actions:
                entries.append(self.desk.apply(action))  # noqa: PERF401  # what was done before an error counts
        finally:
            if entries:
                self._done.append(len(entries))
                self._undone.clear()
            for source in {entry.source for entry in entries if entry.source}:
                self._owns[source] = Own(self.desk, source)
            self.take_up()
        if not entries:
            return "That is decided so already."
        codes = [coding.code for entry in entries for coding in entry.after]
        self.recent = list(dict.fromkeys([*codes[-1:], *self.recent]))[:9]
        citing = [line for entry in entries for line in name_consequences(entry, self.desk.study)]
        done = f"{said}." if said else "; ".join(map(describe, entries))
        return " ".join([done, *citing])

    def define(self, parent: str, keys: dict[str, str]) -> Entry:
        """Add a code; one key, one step to undo."""
        entry = super().define(parent, keys)
        self._done.append(1)
        return entry

    def undo(self) -> tuple[Entry | None, str]:
        """Take back what the last key wrote; beyond this session, one step."""
        return self._steps(super().undo, self._done, self._undone)

    def redo(self) -> tuple[Entry | None, str]:
        """Do that again."""
        return self._steps(super().redo, self._undone, self._done)

    def _steps(
        self, step: Callable[[], tuple[Entry | None, str]], these: list[int], those: list[int]
    ) -> tuple[Entry | None, str]:
        number, done = these.pop() if these else 1, 0
        try:
            entry, said = step()
            while entry and (done := done + 1) < number:
                entry, said = step()
        finally:
            if done:
                those.append(done)
            if 0 < done < number:
                these.append(number - done)
        for source in self._owns:
            self._owns[source] = Own(self.desk, source)
        self.take_up()
        return entry, said if number == 1 else f"{said} ({done} steps)"
