"""Long text from a person: written in their own editor."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from empowerment_qda.console import say
from empowerment_qda.folder.border import find_program
from empowerment_qda.problems import Place, Problem, StudyError


@contextmanager
def edited(suffix: str) -> Iterator[str]:
    """The text that a person wrote in their editor ($VISUAL or $EDITOR).

    Where what is done with it fails, the text stays in a file whose name is told.
    """
    handle, name = tempfile.mkstemp(prefix="qda-", suffix=suffix)
    os.close(handle)
    path = Path(name)
    try:
        _open_editor(path)
        yield path.read_text(encoding="utf-8-sig")
    except BaseException:
        if path.exists() and path.stat().st_size:
            say(f"What you wrote is kept in {path}")
        else:
            path.unlink(missing_ok=True)
        raise
    path.unlink()


def _open_editor(path: Path) -> None:
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    try:
        program, *words = shlex.split(named, posix=os.name != "nt")
        if os.path.basename(program) == program:
            program = find_program(program) or ""
        done = subprocess.run([program, *words, str(path)], check=False)
    except (OSError, ValueError):
        raise _refuse(f"the editor `{named}` cannot be started") from None
    if done.returncode:
        raise _refuse(f"the editor `{named}` ended with an error")


def _refuse(said: str) -> StudyError:
    hint = "Name another in the variable EDITOR, or give the text behind the command, or `-` and the text on standard input."
    return StudyError([Problem(Place("editor"), "editor", said, hint)])
