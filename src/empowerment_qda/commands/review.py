"""`qda code --review`: a person codes on the screen, or in a browser on the same machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from empowerment_qda.problems import Place, Problem, StudyError

PORT = 8021
"""Where the page of --web is, unless that port is taken."""
PATIENCE = 6
"""How often a page tries again where another session has the codings, half a second apart."""


def review(
    study: Path | None,
    sources: list[str] | None,
    coder: str | None,
    *,
    blind: bool = False,
    show_others: bool = False,
    web: bool = False,
) -> None:
    """Open the workbench for a coder; StudyError where it cannot be."""
    if not coder:
        raise _refuse("coder", "it is not said who codes", "Name yourself: qda code --review --coder NAME.")
    if blind and show_others:
        said = "--blind hides other coders' codings and --show-others shows them"
        raise _refuse("blind", said, "Give one of the two.")
    _require_textual()
    served = "TEXTUAL_DRIVER" in os.environ
    if not (web or served or _at_screen()):
        said = "the workbench needs a terminal with keyboard and screen"
        raise _refuse("terminal", said, "Run it in a terminal, with --web in a browser, or use `qda code accept` and the like.")  # fmt: skip
    if web:
        _serve(study, sources, coder, blind, show_others)
    elif served:
        _work_in_page(study, sources, coder, blind, show_others)
    else:
        _work(study, sources, coder, blind, show_others)


def _at_screen() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _work(study: Path | None, ids: list[str] | None, coder: str, blind: bool, others: bool) -> None:
    from empowerment_qda.commands.code_by_hand import open_desk
    from empowerment_qda.commands.reading import choose_sources
    from empowerment_qda.workbench.app import Workbench

    with open_desk(study, coder) as desk:
        chosen = choose_sources(desk.study, ids)
        Workbench(desk, chosen, others=others, sealed=blind).run()


def _work_in_page(study: Path | None, ids: list[str] | None, coder: str, blind: bool, others: bool) -> None:
    """The same behind a page. One that was just reloaded may take a moment to let go of the codings."""
    from time import sleep

    from empowerment_qda.workbench.web import tell_in_page

    for left in range(PATIENCE, -1, -1):
        try:
            _work(study, ids, coder, blind, others)
        except StudyError as error:
            if left and any(one.rule == "in-use" for one in error.problems):
                sleep(0.5)
                continue
            tell_in_page(error)
        break


def _serve(study: Path | None, ids: list[str] | None, coder: str, blind: bool, others: bool) -> None:
    """Serve the same command to this machine's browser; what would stop it is told here first."""
    from empowerment_qda.commands.code_by_hand import open_desk
    from empowerment_qda.commands.reading import choose_sources
    from empowerment_qda.console import say
    from empowerment_qda.workbench.web import serve

    with open_desk(study, coder) as desk:
        choose_sources(desk.study, ids)
        root = desk.root
    words = ["code", "--review", "--coder", coder, "--study", str(root.resolve())]
    words += ["--blind"] * blind + ["--show-others"] * others + (ids or [])
    serve(words, PORT, say)


def _require_textual() -> None:
    from importlib.util import find_spec

    if not (find_spec("textual") and find_spec("textual_serve")):
        said = "the workbench needs the packages textual and textual-serve"
        raise _refuse("workbench", said, "Install them: pip install 'empowerment-qda[workbench]'.")


def _refuse(rule: str, message: str, hint: str) -> StudyError:
    return StudyError([Problem(Place("qda code --review"), rule, message, hint)])
