"""`qda code --review`: a person codes on the screen, or in a browser on the same machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from empowerment_qda.agreement.disagreements import find_coded_turns
from empowerment_qda.cli.code_by_hand import open_desk
from empowerment_qda.cli.console import tell
from empowerment_qda.cli.options import choose_sources
from empowerment_qda.problems import Place, Problem, StudyError

MOST = 9
"""As many coders as there are keys to take over from one."""
_DUMB = "dumb"
PATIENCE = 6
"""How often a page tries again where another session has the codings, half a second apart."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """What was asked for: who codes what, and how; in a round, what `coders` disagree on."""

    study: Path | None
    sources: list[str] | None
    coder: str
    blind: bool
    others: bool
    suggestions: bool
    coders: tuple[str, ...] | None = None


def name_coders(given: Iterable[str]) -> tuple[str, ...]:
    """The coders of a round, named with commas or one after the other, each once."""
    return tuple(dict.fromkeys(one.strip() for named in given for one in named.split(",") if one.strip()))


def review(sitting: Sitting, *, web: bool = False, port: int | None = None) -> None:
    """Open the workbench for a coder, or a reconciliation round; StudyError where it cannot be."""
    served = "TEXTUAL_DRIVER" in os.environ
    for refused, rule, said, hint in (
        *_refuse_round(sitting),
        *_refuse(sitting, web or served, port and not web),
    ):
        if refused:
            raise StudyError([Problem(Place("qda code --review"), rule, said, hint)])
    if web:
        _serve(sitting, port)
    elif served:
        _work_in_page(sitting)
    else:
        _work(sitting)


Refusal = tuple[object, str, str, str]
"""Whether it cannot be; by which rule, what is said, and what to do."""


def _refuse_round(sitting: Sitting) -> Sequence[Refusal]:
    if sitting.coders is None:
        return ()
    coder, coders = sitting.coder, sitting.coders
    such = f"Such as: qda code --review --coder consensus --reconcile {','.join(coders) or 'first,second'}"
    return (
        (not 2 <= len(coders) <= MOST, "reconcile", f"a round is about 2 to {MOST} coders", such),
        (not coder, "coder", "it is not said under which name the decisions are kept", such),
        (
            coder in coders,
            "reconcile",
            f"{coder} is one of those who disagree",
            f"Keep the decisions under another name. {such}",
        ),
        (sitting.blind, "blind", "a round shows what the others did", "Leave --blind out."),
    )


def _refuse(sitting: Sitting, paged: bool, stray_port: object) -> Sequence[Refusal]:
    from importlib.util import find_spec

    dumb = f"; this one (TERM={_DUMB}) has lines only" if os.environ.get("TERM") == _DUMB else ""
    return (
        (not sitting.coder, "coder", "it is not said who codes", "Name yourself: qda code --review --coder NAME."),
        (sitting.blind and sitting.others, "blind", "--blind hides other coders' codings and --show-others shows them", "Give one of the two."),
        (stray_port, "port", "--port says where the page of --web is", "Add --web, or leave --port out."),
        (not (find_spec("textual") and find_spec("textual_serve")), "workbench",
         "the workbench needs the packages textual and textual-serve", "Install them: pip install 'empowerment-qda[workbench]'."),
        (not (paged or _at_screen()), "terminal", f"the workbench needs a terminal with keyboard and screen{dumb}",
         "Run it in a terminal, with --web in a browser, or use `qda code accept` and the like."),
    )  # fmt: skip


def _at_screen() -> bool:
    """Whether keys come from a terminal and all that is drawn goes there: textual draws on stderr, where it can."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(one.isatty() for one in streams) and os.environ.get("TERM") != _DUMB


def _work(sitting: Sitting, kept: Path | None = None) -> None:
    if os.environ.get("TERM", "").startswith("vt"):  # these have no colours, and textual does not ask
        os.environ.setdefault("NO_COLOR", "1")
    from empowerment_qda.workbench.app import Workbench
    from empowerment_qda.workbench.reconcile import Reconcile

    with open_desk(sitting.study, sitting.coder) as desk:
        chosen = choose_sources(desk.study, sitting.sources)
        if not sitting.coders:
            Workbench(desk, chosen, sitting.others, sitting.blind, sitting.suggestions).open(kept)
            return
        work = Reconcile(desk, chosen, sitting.coders)
        work.open(kept)
        said = f"{work.round.settled} of {len(work.round.disagreements)} disagreements are settled."
        if desk.study.settings.evidence.coders != (sitting.coder,):
            said += f" For findings to rest on {sitting.coder} alone, qda.yaml says: evidence: {{coders: [{sitting.coder}]}}"
        tell(said)


def _work_in_page(sitting: Sitting) -> None:
    """The same behind a page. One that was just reloaded may take a moment to let go of the codings."""
    from time import sleep

    from empowerment_qda.workbench.web import PLACE, tell_in_page

    kept = os.environ.get(PLACE)
    for left in range(PATIENCE, -1, -1):
        try:
            _work(sitting, Path(kept) if kept else None)
        except StudyError as error:
            if not left or all(one.rule != "in-use" for one in error.problems):
                tell_in_page(error)
                raise typer.Exit(2) from None
            sleep(0.5)
        else:
            break


def _serve(sitting: Sitting, port: int | None) -> None:
    """Serve the same command to this machine's browser; what would stop it is told here first."""
    from empowerment_qda.workbench.web import serve

    with open_desk(sitting.study, sitting.coder) as desk:
        choose_sources(desk.study, sitting.sources)
        if sitting.coders:
            next(find_coded_turns(desk.study, sitting.coders), None)
        root = desk.root
    words = ["code", "--review", "--coder", sitting.coder, "--study", str(root.resolve())]
    words += ["--blind"] * sitting.blind + ["--show-others"] * sitting.others
    words += ["--no-suggestions"] * (not sitting.suggestions)
    words += ["--reconcile", ",".join(sitting.coders)] if sitting.coders else []
    serve(words + (sitting.sources or []), port, tell)
