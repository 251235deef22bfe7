"""Ids for new codings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from empowerment_qda.desk.history import History
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.study import Study


class Ids:
    """The ids that codes and codings have, and new ones for a coder: first-001, first-002 ...

    A number that was ever given is not given again, so that a finding never comes to mean another passage.
    """

    def __init__(self, coder: str, study: Study, history: History) -> None:
        self._form = re.compile(re.escape(coder) + r"-([0-9]+)")
        self._coder, self._last = coder, 0
        self._taken = set(study.codebook.places)
        for file in study.codings:
            self.see(file.codings)
        for entry in history.entries:
            self.see(entry.before + entry.after)

    def __contains__(self, one: object) -> bool:
        return one in self._taken

    def see(self, codings: Iterable[Coding]) -> None:
        """Take the ids of codings up."""
        for coding in codings:
            if coding.id:
                self.add(coding.id)

    def add(self, taken: str) -> None:
        """Take an id up."""
        self._taken.add(taken)
        found = self._form.fullmatch(taken)
        self._last = max(self._last, int(found[1]) if found else 0)

    def drop(self, gone: str) -> None:
        """A code's id is free again."""
        self._taken.discard(gone)

    def make(self) -> str:
        """An id that nothing in this study has or, as far as is known, ever had."""
        number = self._last + 1
        while (made := f"{self._coder}-{number:03d}") in self._taken:
            number += 1
        return made
