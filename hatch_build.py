"""Compiles the catalogs of `src/empowerment_qda/locale`, and puts the files of the shipped studies, which are listed one by one, into
what is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Hook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes `messages.mo` beside each `messages.po`; takes the files that studies/files.txt lists."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before files are gathered."""
        for path in Path(self.root, "src/empowerment_qda/locale").glob("*/LC_MESSAGES/messages.po"):
            with path.open("rb") as text, path.with_suffix(".mo").open("wb") as out:
                write_mo(out, read_po(text))
        if version == "editable":
            return
        studies = "src/empowerment_qda/studies/"
        for listed in Path(self.root, studies, "files.txt").read_text(encoding="utf-8").split():
            here = listed.removeprefix("medan/") if listed.startswith("medan/") else studies + listed
            inside = f"empowerment_qda/studies/{listed}" if self.target_name == "wheel" else here
            build_data["force_include"][str(Path(self.root, here))] = inside
