"""The workbench: what the keys do to codings, each on disk before the next key."""

from __future__ import annotations

from collections.abc import Callable

from empowerment_qda.desk import Accept, Add, Entry, Recode, Reject, Remove, Set
from empowerment_qda.desk.actions import Remark
from empowerment_qda.workbench.asking import AskCode, AskText, PickCode
from empowerment_qda.workbench.book import BookTree
from empowerment_qda.workbench.noting import Noting
from empowerment_qda.workbench.session import Mark, State


class Workbench(Noting):
    """A person codes: suggestions are decided on, passages coded, codings remarked on."""

    def on_book_tree_chosen(self, event: BookTree.Chosen) -> None:
        """A code of the tree is given to the passage."""
        self._give(event.code)

    def _mark(
        self, states: tuple[State, ...], own: bool, otherwise: str, asking: bool = False
    ) -> Mark | None:
        """The coding that is meant: the one taken up, or the first that it can be done to; `asking`: for words then."""
        here = self.session.under(self.transcript.cursor.span)
        chosen = self.transcript.chosen
        for mark in ([chosen] if chosen else []) + here:
            if mark.state in states and (mark.own or not own):
                return mark
        self.refuse(otherwise, asking)
        return None

    def _pick(self, title: str, then: Callable[[str], None]) -> None:
        screen = PickCode(self.desk.codebook, self.session.language, self.session.recent, title)
        self.push_screen(screen, lambda code: then(code) if code else None)

    def _give(self, code: str) -> None:
        span = self.transcript.cursor.span
        self._act(Add(self.session.source.id, span, code))
        made = [one for one in self.session.under(span) if one.own and one.coding.code == code]
        if made:
            self.transcript.stand(self.transcript.cursor, made[0])

    def action_code(self) -> None:
        """Give the passage a code."""
        self._pick("A code for the passage", self._give)

    def action_accept(self) -> None:
        """Accept what is suggested or was rejected."""
        mark = self._mark(("suggested", "rejected"), False, "No suggestion here: n goes to the next one.")
        if mark:
            self._act(Accept(self.session.source.id, mark.coding))

    def action_reject(self) -> None:
        """Reject what is suggested or was accepted."""
        mark = self._mark(("suggested",), False, "") if self._has_suggestion() else None
        mark = mark or self._mark(("accepted",), True, "No suggestion here: n goes to the next one.")
        if mark:
            self._act(Reject(self.session.source.id, mark.coding))

    def _has_suggestion(self) -> bool:
        chosen = self.transcript.chosen
        here = self.session.under(self.transcript.cursor.span)
        return any(one.state == "suggested" for one in ([chosen] if chosen else here))

    def action_recode(self) -> None:
        """Give the words another code."""
        mark = self._mark(
            ("suggested", "accepted", "rejected"), False, "Nothing here to give another code.", True
        )
        if mark:
            title = f"Instead of {mark.coding.code}"
            self._pick(title, lambda code: self._recode(mark, code))

    def _recode(self, mark: Mark, code: str) -> None:
        self._act(Recode(self.session.source.id, mark.coding, code))
        made = [one for one in self.session.under(mark.span) if one.own and one.coding.code == code]
        if made:
            self.transcript.stand(self.transcript.cursor, made[0])

    def action_remove(self) -> None:
        """Take an own coding away."""
        mark = self._mark(("accepted", "rejected", "suggested"), True, "None of your codings is here; r rejects a suggestion.")  # fmt: skip
        if mark:
            self._act(Remove(self.session.source.id, mark.coding))

    def _own(self, asking: bool = False) -> Mark | None:
        otherwise = "None of your codings is here: a accepts a suggestion first, c gives a code."
        return self._mark(("accepted", "suggested", "rejected"), True, otherwise, asking)

    def _ask(self, key: Remark, title: str) -> None:
        mark = self._own(asking=True)
        if mark:
            before, source = str(getattr(mark.coding, key) or ""), self.session.source.id

            def save(said: str) -> str | None:
                return None if said == before else self._act(Set(source, mark.coding, {key: said}))

            self.push_screen(AskText(f"{title} {mark.coding.code} (empty takes it away)", before, save))

    def action_memo(self) -> None:
        """Write a memo."""
        self._ask("memo", "Memo on")

    def action_event_date(self) -> None:
        """Date the event."""
        self._ask("event_date", "When did it happen (2022-09-15, 2022-09 or 2022):")

    def action_direction_note(self) -> None:
        """Note a direction of its own."""
        self._ask("direction_note", "Which way it points, other than its code:")

    def action_strength(self) -> None:
        """Direct or inferred."""
        mark = self._own()
        if mark:
            other = "inferred" if mark.coding.strength == "direct" else "direct"
            self._act(Set(self.session.source.id, mark.coding, {"strength": other}))

    def action_undo(self) -> None:
        """Take the last step back."""
        self._step(self.session.undo)

    def action_redo(self) -> None:
        """Do it again."""
        self._step(self.session.redo)

    def _step(self, do: Callable[[], tuple[Entry | None, str]]) -> None:
        entries: list[Entry | None] = []

        def step() -> str:
            entry, said = do()
            entries.append(entry)
            return said

        self._try(step)
        if any(entry and entry.code for entry in entries):
            self._show_book()
        self._show_source()
        changed = [coding for entry in entries if entry for coding in entry.before + entry.after]
        codes = {one.code for one in changed}
        spans = [one.span for one in self.session.marks if one.coding.code in codes and one.coding in changed]
        if spans and not any(one.coding in changed for one in self.session.under(self.transcript.cursor.span)):  # fmt: skip
            self.transcript.go(spans[0])

    def action_define(self) -> None:
        """Ask for a new code."""
        code = self.transcript.chosen.coding.code if self.transcript.chosen else self.book.code
        place = self.desk.codebook.places.get(code or "")
        under = (place.aspect or place.code.id) if place else ""
        grown = self.transcript.growing or self.transcript.cursor.kind == "word"
        words = self.desk.text(self.session.source.id).quote(self.transcript.cursor.span) if grown else ""
        self.push_screen(AskCode(under, words, self._define))

    def _define(self, keys: dict[str, str]) -> str | None:
        """Take a new code up; why not, where that cannot be."""
        parent = keys.pop("under", "")
        wrong = self.attempt(lambda: self._describe(self.session.define(parent, keys)))
        if wrong is None:
            self._show_book()
            self.session.recent.insert(0, keys["id"])
            self.call_after_refresh(self.book.point_to, keys["id"])
        return wrong

    def _show_book(self) -> None:
        self.book.change(self.desk.codebook)

    def _describe(self, entry: Entry) -> str:
        return f"{(entry.code or {}).get('id')} stands under {entry.parent} now; the codebook's version is {entry.version}. c gives it to the passage."  # fmt: skip
