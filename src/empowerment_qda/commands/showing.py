"""What stages share when they show and write."""

from collections.abc import Mapping
from pathlib import Path

from empowerment_qda.console import banner, progress
from empowerment_qda.folder.write import write_bytes, write_text
from empowerment_qda.model.evidence import Reduction


def tell_doubts(reduction: Reduction) -> None:
    """Say loudly what weakens every number: suggestions that nobody accepted, words that were not found."""
    if reduction.only_auto:
        banner("No person has coded yet: everything below counts the machine's suggestions.")
    if reduction.unplaced:
        number = len(reduction.unplaced)
        banner(
            f"{number} coding{'s' * (number > 1)} cannot be placed and {'do' if number > 1 else 'does'} not count: run `qda check`."
        )


def write_reports(root: Path, files: Mapping[str, str | bytes], *, quiet: bool = False) -> None:
    """Write generated files under reports/; each one whole, and only where it changed."""
    for name, text in files.items():
        path = root / "reports" / name
        write_bytes(path, text) if isinstance(text, bytes) else write_text(path, text)
        if not quiet:
            progress(f"  {path}")
