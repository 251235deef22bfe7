"""What is asked and shown where a code changes: the list of what can be done to it, the code that it leads to, its
passages one by one, and what follows, before it is done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from empowerment_qda.coding.code_operation import CodingPlace, place_of
from empowerment_qda.evidence.passages import Passage, text_of
from empowerment_qda.files.code_operations import Plan
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.problems import Problem
from empowerment_qda.text import shorten
from empowerment_qda.workbench.dialogs import BOX, UP_DOWN, AskText, PickCode, Question
from empowerment_qda.workbench.layout import clean
from empowerment_qda.workbench.panels import match_codes

AROUND = 12
"""Words that are shown before and after a passage."""
WORDS = 1200
"""Characters of a passage that are shown."""
MOST = 9
"""As many codes can get passages as there are keys for them."""
SHOWN = 8
"""As many files are named."""


class Choice(NamedTuple):
    """Something that can be done: its key, what it is, and what does it."""

    key: str
    said: str
    do: Callable[[], None]


class ChangeMenu(Question):
    """What can be done to a code: a letter each, or the arrows and Enter."""

    KEYS: ClassVar = "nmusroz"
    BINDINGS: ClassVar[list[BindingType]] = [Binding(key, f"choose('{key}')", show=False) for key in KEYS]
    CSS = f"""{Question.CSS}
    ChangeMenu {{ align: center middle; background: transparent;
        #box {{ width: 76; max-width: 95%; height: auto; {BOX} }}
        OptionList {{ height: auto; background: $panel; }}
    }}
    """

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.heading, self.choices = title, choices

    def fields(self) -> ComposeResult:
        yield OptionList(
            *(Option(Content.assemble((one.key, "bold"), f"  {clean(one.said)}")) for one in self.choices),
            compact=True,
        )

    def action_choose(self, key: str) -> None:
        """Do what stands behind a letter, if it is offered."""
        for one in self.choices:
            if one.key == key:
                one.do()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.choices[event.option_index].do()


class PickTarget(PickCode):
    """The code that a change leads to; it stays open below what is asked next. `but`: codes that are not offered."""

    CSS = PickCode.CSS.replace("PickCode", "PickTarget")

    def __init__(
        self,
        book: Codebook,
        language: str,
        title: str,
        then: Callable[[str], None],
        but: Collection[str] = (),
        status: str = "active",
    ) -> None:
        super().__init__(book, language, (), title)
        self.then = then
        self.find = lambda letters: [
            place for place in match_codes(letters, book, language, status=status) if place.code.id not in but
        ]

    def take(self, code: str) -> None:
        """Stay, and go on with a code."""
        self.then(code)


class PickPart(PickTarget):
    """A code that passages get in a split; `make` asks for a new one, called by the letters that are typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("plus", "make", show=False, priority=True)]
    CSS = PickCode.CSS.replace("PickCode", "PickPart")

    def __init__(
        self,
        book: Codebook,
        language: str,
        title: str,
        then: Callable[[str], None],
        but: Collection[str],
        make: Callable[[str], None],
    ) -> None:
        super().__init__(book, language, title, then, but)
        self._texts = (
            Content(title),
            "letters, Enter; + a new code",
            Content("No code has these letters: + makes one."),
        )
        self._make = make

    def action_make(self) -> None:
        """Ask for a new code."""
        self._make(self.query_one(Input).value.strip())


class AskId(AskText):
    """Another id; it stays open below what is asked next."""

    CSS = Question.CSS.replace("AskText", "AskId")

    def take(self, wrong: str | None) -> None:
        """Stay, and say what is wrong."""
        if wrong:
            self.warn(wrong)


class Shown(Question):
    """Something to read, with keys that answer it; `body` is what is read now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]
    CSS = f"""{Question.CSS}
    Confirm, SplitPassages {{ align: center middle; background: transparent;
        #box {{ width: 100; max-width: 95%; height: auto; max-height: 90%; {BOX} }}
        #whole {{ height: auto; max-height: 1fr; scrollbar-size-vertical: 1; }}
        #body {{ height: auto; }}
    }}
    """

    def fields(self) -> ComposeResult:
        with VerticalScroll(id="whole", can_focus=False):
            yield Static(self.body(), id="body", markup=False)

    def body(self) -> Content:
        """What is read."""
        raise NotImplementedError

    def show(self) -> None:
        """Show what is read now; what was wrong before is gone."""
        self.query_one("#body", Static).update(self.body())
        self.query_one("#wrong", Static).display = False

    def action_page(self, by: int) -> None:
        """A page on or back."""
        whole = self.query_one("#whole", VerticalScroll)
        whole.scroll_relative(y=by * max(1, whole.size.height - 1), animate=False)


class Confirm(Shown):
    """What will follow: Enter does it; where something would be hidden by it only `y` does. `passing` is what `z` does
    instead, where that is offered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do", show=False),
        Binding("y", "do(True)", show=False),
        Binding("z", "pass_over", show=False),
    ]

    def __init__(
        self,
        title: str,
        said: Content,
        do: Callable[[], str | None],
        hidden: bool = False,
        passing: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.heading, self.said, self.do, self.hidden, self.passing = title, said, do, hidden, passing

    def body(self) -> Content:
        return self.said

    def action_do(self, all_the_same: bool = False) -> None:
        """Do it; why not, where it cannot be."""
        if self.hidden and not all_the_same:
            self.warn("Nothing was written. y does it all the same; Esc leaves.")
        elif wrong := self.do():
            self.warn(wrong)

    def action_pass_over(self) -> None:
        """Leave it as it is, and do what is offered instead."""
        if self.passing:
            self.passing()


class SplitPassages(Shown):
    """The passages of a code, one by one: a number gives one to another code, 0 leaves it with the code."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *UP_DOWN,
        *(Binding(str(number), f"give({number})", show=False) for number in range(MOST + 1)),
        Binding("plus", "add", show=False),
        Binding("enter", "show_plan", show=False),
    ]
    losing = "Esc once more throws away what you chose; Enter shows what it changes."

    def __init__(
        self,
        code: str,
        passages: Sequence[Passage],
        note: str,
        pick: Callable[[SplitPassages], None],
        plan: Callable[[dict[CodingPlace, str]], str | None],
    ) -> None:
        super().__init__()
        self.code, self.passages, self.note, self.pick, self.plan = code, passages, note, pick, plan
        self.targets: list[str] = []
        self.answers: dict[int, str] = {}
        self.at = 0
        self.heading = f"split {code}, {len(passages)} passage{'s' * (len(passages) > 1)}"

    @property
    def written(self) -> str:
        return str(self.chosen or "")

    @property
    def chosen(self) -> dict[CodingPlace, str]:
        """The codings that get another code."""
        return {place_of(self.passages[at]): code for at, code in self.answers.items() if code != self.code}

    def body(self) -> Content:
        return say_split(self)

    def add(self, code: str) -> None:
        """Let passages get this code, too."""
        if code not in self.targets:
            self.targets.append(code)
        self.show()

    def action_add(self) -> None:
        """Ask for a further code."""
        if len(self.targets) < MOST:
            self.pick(self)
        else:
            self.warn(f"{MOST} codes at a time: there are no more keys.")

    def action_give(self, number: int) -> None:
        """Give the passage to the code of this number, 0 the one that it has; and go to the next."""
        if number > len(self.targets):
            self.warn(f"No code has the number {number}: + adds one.")
            return
        self.answers[self.at] = self.targets[number - 1] if number else self.code
        self.action_go(1)

    def action_go(self, by: int) -> None:
        """To the next passage (1), or the one before (-1)."""
        self.at = min(max(0, self.at + by), len(self.passages) - 1)
        self.show()

    def action_show_plan(self) -> None:
        """Show what it would change."""
        if not self.chosen:
            self.warn("No passage gets another code so far: a number gives it one.")
        elif wrong := self.plan(self.chosen):
            self.warn(wrong)


def say_split(split: SplitPassages) -> Content:
    """The passage in the words around it, the codes that it can get, and how far one is."""
    passage = split.passages[split.at]
    text, span = text_of(passage.source), passage.anchor.span
    assert span
    before, after = text.context(span, AROUND)
    coding = passage.coding
    status = "" if coding.status == "accepted" else f", {coding.status}"
    head = f"{split.at + 1} of {len(split.passages)}: {passage.source.id}#{span.turn} ({passage.file.coder}{status})"
    noted = " · ".join(filter(None, (coding.why, f"memo: {coding.memo}" if coding.memo else None)))
    parts: list[Any] = [
        (f"{clean(head)}\n", "dim"),
        (f"… {clean(before)}\n" if before else "", "dim"),
        (f"{clean(shorten(text.quote(span), WORDS))}\n", "bold"),
        (f"{clean(after)} …\n" if after else "", "dim"),
        (f"{clean(noted)}\n" if noted else "", "italic"),
        "\n",
    ]
    answer = split.answers.get(split.at)
    for number, code in enumerate((split.code, *split.targets)):
        said = f"{'▸' if code == answer else ' '} {number}  {clean(code)}{'  as before' * (not number)}\n"
        parts.append(
            (said, Style.from_meta({"@click": f"screen.give({number})"}) + Style(bold=code == answer))
        )
    parts += [("  +  another code\n\n", Style.from_meta({"@click": "screen.add()"}))]
    counts = [f"{list(split.answers.values()).count(code)} → {code}" for code in split.targets]
    left = len(split.passages) - len(split.answers)
    told = [*counts, f"{left} not answered stay{'s' * (left == 1)}" if left else "every passage is answered"]
    keys = "↑ ↓ go through them; Enter shows what it changes; Esc leaves."
    parts.append(("\n".join(filter(None, (clean(", ".join(told)), split.note, keys))), "dim"))
    return Content.assemble(*parts).rstrip()


def say_plan(plan: Plan, moves: Sequence[tuple[str, str, str]], hidden: Sequence[Problem]) -> Content:
    """What follows an operation, as `qda codebook ... --dry-run` shows it, and what would be hidden by it."""
    parts: list[Any] = [("What follows\n", "bold")]
    for said, number in plan.rows(moves):
        parts.append(f"  {clean(said)}{'' if number is None else f'  {number}'}\n")
    parts += [(f"! {clean(one.message)} [{one.rule}]\n", "bold") for one in hidden]
    keys = "y does it all the same" if hidden else "Enter does it"
    return Content.assemble(*parts, (f"\n{keys}; Esc goes back. z takes it back later.", "dim"))


def say_undo(files: Sequence[str], passing: bool) -> Content:
    """Which files go back, and the keys."""
    named = [f"  {clean(path)}\n" for path in files[:SHOWN]]
    more = [f"  and {len(files) - SHOWN} more\n"] * (len(files) > SHOWN)
    keys = "Enter takes it back, for all coders; Esc leaves it"
    keys += "; z leaves it and takes back your own step before it" if passing else ""
    return Content.assemble(("What goes back\n", "bold"), *named, *more, (f"\n{keys}.", "dim"))
