"""What stages share when they show and write."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from empowerment_qda.console import banner, progress
from empowerment_qda.escape import inert
from empowerment_qda.folder.write import write_bytes, write_text
from empowerment_qda.model.evidence import Reduction
from empowerment_qda.words import REASONS


def tell_doubts(reduction: Reduction) -> None:
    """Say loudly what weakens every number: suggestions that nobody accepted, words that were not found."""
    if reduction.only_auto:
        banner("No person has coded yet: everything below counts the machine's suggestions.")
    lost = sum(not one.placed for one in reduction.not_counted)
    if lost:
        banner(
            f"{lost} coding{'s' * (lost > 1)} cannot be placed and {'do' if lost > 1 else 'does'} not count: run `qda check`."
        )
    reasons = Counter(one.reason for one in reduction.not_counted if one.placed)
    if reasons:
        number = sum(reasons.values())
        told = "; ".join(f"{REASONS[reason]} ({count})" for reason, count in reasons.items())
        banner(
            f"{number} coding{'s are' if number > 1 else ' is'} no informant's testimony and not counted: {told}."
        )


def write_reports(root: Path, files: Mapping[str, str | bytes], *, quiet: bool = False) -> None:
    """Write generated files under reports/, their text inert; each one whole, and only where it changed."""
    for name, text in files.items():
        path = f"reports/{name}"
        write_bytes(root, path, text) if isinstance(text, bytes) else write_text(root, path, inert(text))
        if not quiet:
            progress(f"  {root / path}")
