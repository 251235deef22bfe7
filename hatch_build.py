"""Compiles the catalogs of `src/empowerment_qda/locale` when a wheel is built and when the project is installed in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes `messages.mo` beside each `messages.po`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before files are gathered."""
        for path in Path(self.root, "src/empowerment_qda/locale").glob("*/LC_MESSAGES/messages.po"):
            with path.open("rb") as text, path.with_suffix(".mo").open("wb") as out:
                write_mo(out, read_po(text))
