"""`qda pseudonymise`: names replaced everywhere at once, and proposals of what may be a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from empowerment_qda.cli.code_by_hand import at_terminal
from empowerment_qda.cli.console import show, tell
from empowerment_qda.cli.options import Format, FormatOption, StudyOption
from empowerment_qda.cli.tables import Columns, lay_out, make_table, objects, same
from empowerment_qda.files.deidentify import RECORD, Plan, carry_out
from empowerment_qda.files.edit import read_clock
from empowerment_qda.files.pseudonymise import plan_pseudonyms
from empowerment_qda.files.pseudonyms import KEY, read_key, say_taken_along, write_proposals
from empowerment_qda.files.read import open_study
from empowerment_qda.model.study import Study
from empowerment_qda.privacy.names_told import tell_names
from empowerment_qda.privacy.proposals import propose_names
from empowerment_qda.privacy.pseudonyms import Pseudonyms
from empowerment_qda.problems import refusal

PROPOSAL: Columns = same("kind name number where")
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would go, and write nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Ask nothing. Without a terminal nothing is written else.")]
REMAINS = """\
Not undone by this: git history, backups, copies in the cloud, recordings, and what others have of it. To look into git history
without the name in your shell's history, type these two lines (the first waits for the name):
    read -r NAME
    git log --all --oneline -S"$NAME"
docs/names.md says what to do then."""


def pseudonymise(
    propose: Annotated[
        bool, typer.Option("--propose", help="Show what may be a name, and replace nothing.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help=f"With --propose: add the proposals to {KEY}, as comments.")
    ] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Replace the names of pseudonyms.yaml in every file of the study at once; every coding stays on its words. For good: it is no step that undo takes back."""
    root, whole = open_study(study, ())
    names = read_key(root)
    if propose or write or names is None:
        _propose(root, whole, names, write, format_)
        return
    now = read_clock()
    plan = plan_pseudonyms(root, whole, names, now)
    notes = [*tell_names(whole, names), *plan.notes]
    asked = Asked(dry_run, yes)
    if not plan.counts:
        tell(f"No name of {KEY} stands in the files that qda writes." + "".join(f"\n{one}" for one in notes))
        return
    show_plan(plan, "replaced", notes, asked, format_)
    if asked.agrees("Replace them? It cannot be taken back."):
        carry_out(root, plan, now)
        tell(f"Replaced. {RECORD} says how many of what kind, without the names.\n{REMAINS}")


class Asked:
    """How a change that cannot be taken back was asked for."""

    def __init__(self, dry_run: bool, yes: bool) -> None:
        self.dry_run, self.yes = dry_run, yes

    @property
    def goes_on(self) -> bool:
        """Whether it may be done without asking."""
        return self.yes and not self.dry_run

    def agrees(self, question: str, word: str = "") -> bool:
        """Whether it is to be done: asked at a terminal, where `word` has to be typed if there is one. StudyError without."""
        if self.dry_run:
            tell("Nothing was written.")
            return False
        if self.yes:
            return True
        if not at_terminal():
            hint = "Look at what would go with `--dry-run`, then say `--yes`."
            raise refusal(
                "qda",
                "not-asked",
                "nothing was written: this cannot be taken back, and there is no terminal to ask at",
                hint,
            )
        if word:
            typed = typer.prompt(f"{question} Type {word} to do it", default="", show_default=False, err=True)
        else:
            typed = word if typer.confirm(question, default=False, err=True) else None
        said = bool(typed == word)
        if not said:
            tell("Nothing was written.")
        return said


def show_plan(plan: Plan, done: str, notes: Iterable[str], asked: Asked, format_: Format) -> None:
    """What would be written, in figures by kind of file, and what is to be looked at."""
    kinds = list(dict.fromkeys(kind for kind, _ in sorted(plan.counts)))
    things = list(dict.fromkeys(thing for _, thing in sorted(plan.counts)))
    rows = [(kind, *(plan.counts[kind, thing] or None for thing in things)) for kind in kinds]
    notes = list(notes)
    figures = {
        kind: {thing: plan.counts[kind, thing] for thing in things if plan.counts[kind, thing]}
        for kind in kinds
    }
    answer = {done: figures, "files": sorted(plan.files), "notes": notes, "done": asked.goes_on}
    show(make_table(("files", *things), rows), format_, lambda: answer)
    for one in notes if format_ != "json" else ():
        tell(one)


def _propose(root: Path, study: Study, names: Pseudonyms | None, write: bool, format_: Format) -> None:
    proposals = propose_names(study, names or Pseudonyms({}))
    show(lay_out(PROPOSAL, proposals), format_, lambda: {"proposals": objects(PROPOSAL, proposals)})
    found = Counter(one.kind for one in proposals)
    if write:
        added = write_proposals(root, proposals)
        tell(
            f"{added} proposals stand in {KEY} as comments: take the `# ` away where one is a name, and choose a pseudonym."
        )
        tell("".join(_warn(root)))
    elif names is None:
        tell(
            f"There is no {KEY} yet. Write those of these {found.total()} that are names into it, as `name: pseudonym`; `--write` begins it."
        )
    else:
        tell(f"{found.total()} proposals; those that are names go into {KEY}, as `name: pseudonym`.")


def _warn(root: Path) -> Iterator[str]:
    if why := say_taken_along(root):
        yield f"{KEY}: {why}. Write `/{KEY}` into the study's .gitignore before you commit anything."
