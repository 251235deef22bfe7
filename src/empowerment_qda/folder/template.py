"""A template of the user's own, read."""

from __future__ import annotations

from pathlib import Path

from empowerment_qda.folder.read import read_bytes
from empowerment_qda.folder.yaml import decode


def read_template(path: Path) -> str:
    """The text of a template; StudyError where it cannot be read or is not UTF-8."""
    return decode(read_bytes(path.parent, path.name), str(path))
