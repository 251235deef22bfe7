"""Keys that change a code with all that bears it: rename, merge, split, move, retire, restore, and the undo of these. Each is
shown before it is done, and done by what `qda codebook` does it by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from empowerment_qda.coding.code_operation import CodingPlace, Kind, Operation, find_places, place_of
from empowerment_qda.evidence.passages import Passage
from empowerment_qda.files.code_operations import Plan, do_operation, plan_operation, undo_operation
from empowerment_qda.files.edit import read_clock
from empowerment_qda.files.journal import Change, last_change
from empowerment_qda.files.log import LOG
from empowerment_qda.files.read import open_study
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.study import Study
from empowerment_qda.problems import StudyError, refusal
from empowerment_qda.workbench.code_dialogs import (
    AskId,
    ChangeMenu,
    Choice,
    Confirm,
    PickPart,
    PickTarget,
    SplitPassages,
    say_plan,
    say_undo,
)
from empowerment_qda.workbench.code_keys import CodeKeys
from empowerment_qda.workbench.key_actions import KeyActions
from empowerment_qda.workbench.panels import say_refusal
from empowerment_qda.workbench.session import ShownCoding

if TYPE_CHECKING:
    from empowerment_qda.workbench.app import Workbench


class CodeOperationKeys(KeyActions):
    """The key for a change of the code in hand, and undo where the last thing done is such a change."""

    def __init__(self, app: Workbench, codes: CodeKeys) -> None:
        super().__init__(app)
        self._codes = codes

    def action_change_code(self) -> None:
        code = self.app.code_in_hand()
        if code in self.app.desk.codebook.places:
            self._open_menu(code)
        else:
            self._pick("Which code is to change", self._open_menu)

    def action_undo(self) -> None:
        change, last = self._last_change(), self.app.desk.history.last_step
        if change is None or change.logs is None or last > change.logs.get(self.app.desk.coder, 0):
            self.app.coding.action_undo()
        else:
            self._ask_undo(change, self._pass_over if last else None)

    # What can be done to a code.

    def _open_menu(self, code: str) -> None:
        self._close()
        self.app.push_screen(
            ChangeMenu(f"Change {code} everywhere: a letter, or Esc", [*self._choices(code)])
        )

    def _choices(self, code: str) -> Iterator[Choice]:
        places = self.app.desk.codebook.places
        retired = {one for one, place in places.items() if place.code.status == "retired"}
        yield self._choice("n", "rename: give it another id", lambda: self._rename(code))
        yield self._choice(
            "m",
            "merge: it becomes another code, with all its codings",
            lambda: self._aim("merge", code, "becomes"),
        )
        yield self._choice("s", "split: give some of its passages to other codes", lambda: self._split(code))
        yield self._choice(
            "u", "move: put it under another code", lambda: self._aim("move", code, "comes under")
        )
        said: tuple[Kind, str] = ("retire", "no new passage gets it; its codings stay and count")
        if code in retired:
            said = ("restore", "take it into use again")
        yield self._choice("r", ": ".join(said), lambda: self._show_or_refuse(Operation(said[0], (code,))))
        if others := len(retired - {code}):
            yield self._choice(
                "o", f"restore another code: {others} retired", lambda: self._restore_other(code)
            )
        if last := self._last_change():
            yield self._choice("z", f"take back: {last.said}", lambda: self._ask_undo(last))

    def _choice(self, key: str, said: str, do: Callable[[], None]) -> Choice:
        """One that takes the place of the list."""

        def choose() -> None:
            self.app.pop_screen()
            do()

        return Choice(key, said, choose)

    def _aim(self, kind: Kind, code: str, what: str) -> None:
        self._pick(f"{code} {what}", lambda to: self._show_or_refuse(Operation(kind, (code,), to)), code)

    def _restore_other(self, code: str) -> None:
        self._pick(
            "Taken into use again",
            lambda one: self._show_or_refuse(Operation("restore", (one,))),
            code,
            "retired",
        )

    def _last_change(self) -> Change | None:
        with suppress(StudyError):  # `qda codebook undo` tells it
            return last_change(self.app.desk.root)
        return None

    def _pick(self, title: str, then: Callable[[str], None], but: str = "", status: str = "active") -> None:
        book, language = self.app.desk.codebook, self.session.language
        self.app.push_screen(PickTarget(book, language, title, then, (but,), status))

    def _rename(self, code: str) -> None:
        title = f"Another id for {code}: Enter shows what it changes"
        self.app.push_screen(
            AskId(title, code, lambda new: self._show(Operation("rename", (code,), new.strip())))
        )

    def _split(self, code: str) -> None:
        """Ask passage by passage: one's own, and those of others that are shown; what the machine suggests on the words of
        one's own follows."""
        study = self._read()
        if study is None:
            return
        me, others = self.app.desk.coder, self.session.others
        found = find_places(study, code)
        asked = [one for one in found if one.file.coder == me or (others and one.file.coder != AUTO)]
        left = sum(one.file.coder not in (me, AUTO) for one in found) * (not others)
        note = ""
        if left:
            note = f"{left} passage{'s' * (left > 1)} of other coders stay{'s' * (left == 1)} as before"
            note += "." if self.app.sealed else "; b shows them."
        if not asked:
            self.app.refuse(f"You gave {code} to no passage that stands in its source. {note}".strip())
            return

        def plan(chosen: dict[CodingPlace, str]) -> str | None:
            with_suggestions = {**_follow(found, chosen, me), **chosen}
            now = replace(study, codebook=self.app.desk.codebook)  # with the codes that were made on the way
            return self._show(Operation("split", (code,), chosen=with_suggestions), now)

        split = SplitPassages(code, asked, note, lambda one: self._pick_part(one), plan)
        self.app.push_screen(split)
        self._pick_part(split)

    def _pick_part(self, split: SplitPassages) -> None:
        def take(code: str) -> None:
            self.app.pop_screen()
            split.add(code)

        book, title = self.app.desk.codebook, f"Some of {split.code} become"
        picker = PickPart(
            book,
            self.session.language,
            title,
            take,
            (split.code,),
            lambda name: self._codes.ask_new("", name, take),
        )
        self.app.push_screen(picker)

    # What is shown before, and done.

    def _read(self) -> Study | None:
        """The study as it is on disk now; None where it cannot be read, which is said."""
        try:
            return open_study(self.app.desk.root)[1]
        except (StudyError, OSError) as error:
            self.app.refuse(say_refusal(error, files=True))
            return None

    def _show_or_refuse(self, operation: Operation) -> None:
        if wrong := self._show(operation):
            self.app.refuse(wrong)

    def _show(self, operation: Operation, study: Study | None = None) -> str | None:
        """Show what an operation changes, and ask; a sentence where it cannot be done. `study`: as it was read before."""
        if isinstance(self.app.screen, Confirm):
            return None
        study = study or self._read()
        if study is None:
            return None
        try:
            plan = plan_operation(self.app.desk.root, study, operation, read_clock())
        except (StudyError, OSError) as error:
            return say_refusal(error)
        if not plan.change.files:
            return "Nothing would change."
        hidden, moves = [*plan.find_hidden()], [*plan.find_moves()]
        said = say_plan(plan, moves, hidden)
        self.app.push_screen(Confirm(operation.said, said, lambda: self._do(plan), bool(hidden)))
        return None

    def _do(self, plan: Plan) -> str | None:
        desk, operation = self.app.desk, plan.operation

        def do() -> str:
            do_operation(desk.root, plan, read_clock(), desk.coder)
            self.session.take_own_changes(operation.ids)
            return f"Done: {operation.said}; z takes it back."

        return self._finish(do, operation.ids, operation.targets or operation.codes)

    def _ask_undo(self, change: Change, passing: Callable[[], None] | None = None) -> None:
        files = [path for path in change.files if not path.endswith(f"/{LOG}")]
        said = say_undo(files, passing is not None)
        self.app.push_screen(
            Confirm(f"Take back: {change.said}", said, lambda: self._undo(change), passing=passing)
        )

    def _pass_over(self) -> None:
        self._close()
        self.app.coding.action_undo()

    def _undo(self, change: Change) -> str | None:
        desk = self.app.desk

        def undo() -> str:
            if last_change(desk.root) != change:
                hint = "Esc, then look what the last one is."
                raise refusal("codebook", "in-use", "codes were changed again meanwhile", hint)
            undo_operation(desk.root, read_clock(), desk.coder)
            self.session.take_own_changes({})
            return f"Taken back: {change.said}."

        return self._finish(undo, {}, ())

    def _finish(self, do: Callable[[], str], ids: Mapping[str, str], codes: tuple[str, ...]) -> str | None:
        """Do it, close what was asked, and show what came of it: the coding that was taken up stays so."""
        before = self.selection.chosen
        wrong = self.attempt(do)
        if wrong is None:
            self._close()
            self.app.book.change(self.app.desk.codebook)
            self.app.show_source()
            self._take_up(before, {*ids.values(), *codes})
            for code in codes[:1]:
                self.app.book.point_to(code)
        return wrong

    def _take_up(self, before: ShownCoding | None, codes: set[str]) -> None:
        if before is None:
            return
        for one in self.under_cursor():
            same = (one.span, one.coder, one.coding.id) == (before.span, before.coder, before.coding.id)
            if same and (one.coding.id or one.coding.code in codes | {before.coding.code}):
                self.selection.stand(self.selection.cursor, one)
                return

    def _close(self) -> None:
        """Close every question."""
        while len(self.app.screen_stack) > 1:
            self.app.pop_screen()


def _follow(found: list[Passage], chosen: Mapping[CodingPlace, str], coder: str) -> dict[CodingPlace, str]:
    """The machine's suggestions on the words of a coder's codings that get another code: they get it, too."""
    own = [one for one in found if one.file.coder == coder and place_of(one) in chosen]
    return {
        place_of(one): chosen[place_of(mine)]
        for one in found
        if one.file.coder == AUTO
        for mine in own
        if mine.source.id == one.source.id
        and mine.anchor.span
        and one.anchor.span
        and mine.anchor.span.overlaps(one.anchor.span)
    }
