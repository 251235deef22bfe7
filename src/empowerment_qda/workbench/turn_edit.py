"""The key that corrects the turn in hand in the transcript itself: its words, what becomes of the codings, and what did not
move along, at once. Done by what `qda source edit` does it by."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Label, TextArea

from empowerment_qda.coding.turn_blocks import format_some, parse_some
from empowerment_qda.files.edit import read_clock
from empowerment_qda.files.read import open_study
from empowerment_qda.files.source_edit import SourcePlan, do_edit, plan_edit
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.source import TurnRange
from empowerment_qda.problems import StudyError, refusal
from empowerment_qda.workbench.code_dialogs import AskId, Confirm
from empowerment_qda.workbench.dialogs import BOX, SAVE, Save
from empowerment_qda.workbench.key_actions import KeyActions
from empowerment_qda.workbench.layout import clean
from empowerment_qda.workbench.panels import say_refusal

ROWS = 40
"""As many things that change are shown."""


class EditTurns(AskId):
    """The words of some turns, each under its number and speaker; what they change is shown over it."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    CSS = f"""
    EditTurns {{ align: center middle; background: transparent;
        #box {{ width: 100; max-width: 95%; height: 80%; {BOX} }}
        TextArea {{ height: 1fr; border: none; padding: 0; background: $surface; }}
        Label {{ width: 100%; color: $text-muted; }}
    }}
    """
    losing = "Esc once more throws away what you wrote; Ctrl+S shows what it changes."

    def __init__(self, name: str, value: str, save: Save) -> None:
        super().__init__(f"{name} in the transcript: Ctrl+S shows what it changes, Esc leaves", value, save)

    def fields(self) -> ComposeResult:
        yield TextArea(self.value, id="text", compact=True)
        yield Label("[+] and a speaker on a line begin a new turn; without its line a turn joins the one above.", markup=False)  # fmt: skip

    def on_mount(self) -> None:
        """Begin in the words, below the line with the number."""
        self.query_one(TextArea).move_cursor((1, 0))

    @property
    def written(self) -> str:
        text = self.query_one(TextArea).text
        return "" if text == self.value else text

    def action_keep(self) -> None:
        """Show what it changes; why not, where it cannot be."""
        self.take(self.save(self.query_one(TextArea).text))


class TurnEditKeys(KeyActions):
    """The key that opens the turns under the cursor, and what is done with what was written."""

    def action_edit_turns(self) -> None:
        source, span = self.session.source, self.selection.cursor.span
        turns = TurnRange(span.turn, span.end_turn)
        name = f"{source.id}#{turns}"
        given = format_some(source, turns).rstrip("\n")
        self.app.push_screen(EditTurns(name, given, lambda text: self._show(text, turns)))

    def _show(self, text: str, turns: TurnRange) -> str | None:
        """Show what the words change, and ask; a sentence where they cannot stand there."""
        here = self.session.source
        try:
            _, study = open_study(self.app.desk.root)
            source = study.by_id.get(here.id)
            if source is None or source.turns != here.turns:
                hint = "Esc leaves; copy what you wrote first."
                raise refusal(here.path, "in-use", "the transcript was changed elsewhere meanwhile", hint)
            new = parse_some(text, source, turns)
            plan = plan_edit(self.app.desk.root, study, source, new, read_clock())
        except (StudyError, OSError) as error:
            return say_refusal(error)
        said = say_edit(plan, self._shown())
        self.app.push_screen(Confirm(plan.change.said, said, lambda: self._do(plan, turns.first)))
        return None

    def _shown(self) -> set[str] | None:
        """The coders whose codings may be told here; None for all."""
        if self.session.others:
            return None
        return {self.app.desk.coder, *[AUTO] * self.session.suggestions}

    def _do(self, plan: SourcePlan, first: int) -> str | None:
        desk = self.app.desk

        def do() -> str:
            do_edit(desk.root, plan, read_clock(), desk.coder)
            self.session.take_own_changes({})
            return f"Done: {plan.change.said}. {say_counts(plan, {desk.coder})} z takes it back."

        wrong = self.attempt(do)
        if wrong is not None:
            return wrong
        while len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        self.app.show_source()
        if any(one.outcome == "lost" and one.passage.file.coder == desk.coder for one in plan.followed):
            self.app.problems.open_next((self.session.at, first, -1))
        return None


def say_counts(plan: SourcePlan, coders: set[str]) -> str:
    """What became of these coders' codings, in a sentence; nothing where all are as they were."""
    own = [one.outcome for one in plan.followed if one.passage.file.coder in coders]
    changed, lost = own.count("changed"), own.count("lost")
    told = [f"{changed} of your codings {'have' if changed > 1 else 'has'} other words now"] * bool(changed)
    told += [f"{lost} lost {'their' if lost > 1 else 'its'} words"] * bool(lost)
    return f"{', '.join(told)}." if told else "Your codings are on the same words."


def say_edit(plan: SourcePlan, coders: set[str] | None) -> Content:
    """What an edit changes, as `qda source edit --dry-run` shows it. Where not all coders' codings are shown, the others' are
    counted."""
    parts: list[Any] = [("What changes\n", "bold")]
    rows = list(plan.rows(coders))
    for row in rows[:ROWS]:
        parts.append(
            (f"{clean(row.what)} · {clean(row.where)}: {row.becomes}\n", "bold" * (row.becomes == "lost"))
        )
        same = row.was == row.now
        parts += [f"  was  {clean(row.was)}\n"] * bool(row.was and not same)
        parts += [f"  now  {clean(row.now)}\n"] * bool(row.now)
    if len(rows) > ROWS:
        parts.append(f"  and {len(rows) - ROWS} more\n")
    hidden = [one.outcome for one in plan.followed if coders and one.passage.file.coder not in coders]
    if hidden:
        several = len(hidden) > 1
        parts.append(
            f"{len(hidden)} coding{'s' * several} that you do not see here follow{'s' * (not several)}, too"
        )
        parts.append(f"; {hidden.count('lost')} lose their words\n" if "lost" in hidden else "\n")
    for note in plan.notes_for(coders):
        parts.append(f"! {clean(note)}\n")
    return Content.assemble(
        *parts, ("\nEnter does it; Esc goes back to the words. z takes it back later.", "dim")
    )
