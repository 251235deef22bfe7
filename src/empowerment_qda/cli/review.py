"""`qda code --review`: a person codes on the screen, or in a browser on the same machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
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
    coders: tuple[str, ...]


def review(
    study: Path | None,
    sources: list[str] | None,
    coder: str | None,
    *,
    blind: bool = False,
    show_others: bool = False,
    no_suggestions: bool = False,
    web: bool = False,
    port: int | None = None,
    reconcile: Sequence[str] | None = None,
) -> None:
    """Open the workbench for a coder, or a reconciliation round; StudyError where it cannot be."""
    coders = tuple(dict.fromkeys(one.strip() for named in reconcile or () for one in named.split(",") if one.strip()))  # fmt: skip
    if reconcile:
        _require_round(coder, coders, blind)
    if not coder:
        raise _refuse("coder", "it is not said who codes", "Name yourself: qda code --review --coder NAME.")
    if blind and show_others:
        said = "--blind hides other coders' codings and --show-others shows them"
        raise _refuse("blind", said, "Give one of the two.")
    if port and not web:
        raise _refuse("port", "--port says where the page of --web is", "Add --web, or leave --port out.")
    _require_textual()
    served = "TEXTUAL_DRIVER" in os.environ
    if not (web or served or _at_screen()):
        dumb = f"; this one (TERM={_DUMB}) has lines only" if os.environ.get("TERM") == _DUMB else ""
        said = f"the workbench needs a terminal with keyboard and screen{dumb}"
        raise _refuse("terminal", said, "Run it in a terminal, with --web in a browser, or use `qda code accept` and the like.")  # fmt: skip
    sitting = Sitting(study, sources, coder, blind, show_others, not no_suggestions, coders)
    if web:
        _serve(sitting, port)
    elif served:
        _work_in_page(sitting)
    else:
        _work(sitting)


def _require_round(coder: str | None, coders: tuple[str, ...], blind: bool) -> None:
    such = f"Such as: qda code --review --coder consensus --reconcile {','.join(coders) or 'first,second'}"
    if len(coders) < 2 or len(coders) > MOST:
        raise _refuse("reconcile", f"a round is about 2 to {MOST} coders", such)
    if not coder:
        raise _refuse("coder", "it is not said under which name the decisions are kept", such)
    if coder in coders:
        raise _refuse("reconcile", f"{coder} is one of those who disagree", f"Keep the decisions under another name. {such}")  # fmt: skip
    if blind:
        raise _refuse("blind", "a round shows what the others did", "Leave --blind out.")


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

    from empowerment_qda.workbench.web import PLACE, Refusal

    kept = os.environ.get(PLACE)
    for left in range(PATIENCE, -1, -1):
        try:
            _work(sitting, Path(kept) if kept else None)
        except StudyError as error:
            if left and any(one.rule == "in-use" for one in error.problems):
                sleep(0.5)
                continue
            Refusal(error).open()
            raise typer.Exit(2) from None
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


def _require_textual() -> None:
    from importlib.util import find_spec

    if not (find_spec("textual") and find_spec("textual_serve")):
        said = "the workbench needs the packages textual and textual-serve"
        raise _refuse("workbench", said, "Install them: pip install 'empowerment-qda[workbench]'.")


def _refuse(rule: str, message: str, hint: str) -> StudyError:
    return StudyError([Problem(Place("qda code --review"), rule, message, hint)])
