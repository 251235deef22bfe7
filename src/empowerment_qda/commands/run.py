"""`qda run`."""

from __future__ import annotations

from empowerment_qda.commands.options import StudyOption


def run(study: StudyOption = None) -> None:
    """Everything in order: code, reduce, display, conclude, triangulate, report."""
    raise NotImplementedError
