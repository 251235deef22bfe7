"""What nobody foresaw: a sentence for the person, and the details in a file for whoever mends it."""

import os
import platform
import sys
import tempfile
import traceback
from importlib.metadata import PackageNotFoundError, version

from empowerment_qda.problems import Place, Problem

ENVIRONMENT = "QDA_TRACEBACK"
"""Set to anything, it brings the traceback back: for tests and for those who work on the program."""


def is_wanted() -> bool:
    """Whether the person wants a sentence, and no traceback."""
    return not os.environ.get(ENVIRONMENT)


def tell_unforeseen(command: str, error: Exception) -> Problem:
    """The problem in a sentence. The details go to a file of the system's own folder for such, which only they can
    read; never into the study, and without the values of variables, in which participants speak."""
    said = f"this stopped at something that was not foreseen ({type(error).__name__})"
    hint = "All that was done before is on disk."
    try:
        path = _write(command, error)
    except OSError as disk:
        hint += f" The details could not be written: {disk.strerror or disk}."
    else:
        hint += f" The details are in {path}: read them, then send them to who maintains qda."
    return Problem(Place(command), "unforeseen", said, hint)


def _write(command: str, error: Exception) -> str:
    try:
        own = version("empowerment-qda")
    except PackageNotFoundError:
        own = "?"
    head = f"qda {own}, Python {platform.python_version()} on {sys.platform}, {command}\n\n"
    handle, path = tempfile.mkstemp(prefix="qda-", suffix=".txt", text=True)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(head + "".join(traceback.format_exception(error)))
    return path
