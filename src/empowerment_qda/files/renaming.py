"""What becomes of ids, and of the names of files and folders, where names are replaced: a file is moved where the study finds it
afterwards, and what stays is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from empowerment_qda.files.border import find, walk
from empowerment_qda.files.pseudonyms import KEY, fits
from empowerment_qda.files.read import SETTINGS
from empowerment_qda.model.study import Study
from empowerment_qda.privacy.pseudonyms import Pseudonyms
from empowerment_qda.problems import Place, Problem
from empowerment_qda.text import inert_line

SHORTEST = 3
"""Signs of a name that is looked for inside ids."""


class Renaming:
    """Ids and paths by what they were. `ids` are all of the study, `paths` those of files that are moved."""

    def __init__(self, root: Path, study: Study, names: Pseudonyms) -> None:
        self.root, self.study, self.names = root, study, names
        self.ids = {one: self.as_id(one) for ids in _ids_of(study).values() for one in ids}
        self._takes = {
            pattern: find(root, pattern) & {one.path for one in study.sources}
            for globs in study.settings.sources.values()
            for pattern in globs
        }
        self.paths = dict(self._find_moves())
        self._inside = _inside(names.key)

    def as_id(self, value: str) -> str:
        """An id, or the name of a file, without names: pseudonyms in it have the signs that an id may have."""
        made = self.names.replace(value)
        text, done = "", 0
        for one in made.edits:
            fresh = re.sub(r"[^\w.\-]+", "-", made.text[one.new_start : one.new_end]).strip("-")
            text, done = text + value[done : one.start] + (fresh or "x"), one.end
        return text + value[done:]

    def as_path(self, value: str) -> str:
        """A path, or a pattern of paths, without names."""
        return "/".join(map(self.as_id, value.split("/")))

    def _find_moves(self) -> Iterator[tuple[str, str]]:
        for memo in self.study.memos:
            folder, _, name = memo.path.rpartition("/")
            yield memo.path, f"{folder}/{self.as_id(name)}"
        book = self.study.codebook
        yield from ((path, self.as_path(path)) for path in (book.path, book.cue_path) if path)
        for source in self.study.sources:
            new = self.as_path(source.path)
            if all(
                self._takes_then(pattern, new)
                for pattern, found in self._takes.items()
                if source.path in found
            ):
                yield source.path, new

    def _takes_then(self, pattern: str, path: str) -> bool:
        return fits(path.split("/"), self.as_path(pattern).split("/"))

    def find_problems(self) -> Iterator[Problem]:
        """Ids that would become one, and patterns that would not find their files afterwards."""
        for kind, ids in _ids_of(self.study).items():
            made: dict[str, str] = {}
            for one in dict.fromkeys(ids):
                if made.setdefault(self.ids[one], one) != one:
                    said = f"the {kind} `{made[self.ids[one]]}` and `{one}` would both be `{self.ids[one]}`"
                    hint = "Give them pseudonyms that differ, or write the id itself into the key."
                    yield Problem(Place(KEY, (), 1), "names", said, hint)
        for pattern, found in self._takes.items():
            if any(not self._takes_then(pattern, self.paths.get(path, path)) for path in found):
                said = f"the pattern `{inert_line(pattern)}` under `sources` would be `{inert_line(self.as_path(pattern))}`, and not find its files"
                hint = "Give the files and folders in question names without a person's, here and on disk, then run the command again."
                yield Problem(Place(SETTINGS, (), 1), "names", said, hint)

    def folders_left(self) -> list[str]:
        """Folders with a name in their own name, out of which files are moved; inner ones first."""
        left = {
            "/".join(old.split("/")[:depth])
            for old, new in self.paths.items()
            for depth in range(1, old.count("/") + 1)
            if old.split("/")[:depth] != new.split("/")[:depth]
        }
        return sorted(left, key=lambda one: (-one.count("/"), one))

    def tell(self, gone: Collection[str]) -> Iterator[str]:
        """Files that stay under a name, but for those that are `gone` then, and ids that may hold one inside."""
        for path in sorted(walk(self.root, ".")):
            if (path in gone and path not in self.paths) or path.startswith(("reports/", "codings/")):
                continue  # codings are called after their source, which is told
            folder, _, name = self.paths.get(path, path).rpartition("/")
            if self.as_id(name) != name or self._inside.search(name):
                yield f"{path} has a name in its own name; rename it yourself."
            elif self.as_path(folder) != folder or self._inside.search(folder):
                yield f"{path} has a name in the name of its folder; rename it yourself."
        for one, new in self.ids.items():
            if found := self._inside.search(new):
                yield f"The id `{one}` may hold a name (`{found[0]}`) and stays; where it does, write the id into the key, as `{one}: ...`."


def _inside(names: Collection[str]) -> re.Pattern[str]:
    """Names inside ids: `sari1`, `BuSari`, `SITI_AMINAH`."""
    forms = [
        "[-_. ]?".join(map(re.escape, name.split()))
        for name in sorted(names, key=lambda one: (-len(one), one))
        if len(name) >= SHORTEST
    ]
    listed = "|".join(forms) or "(?!)"
    return re.compile(rf"(?:(?<![^\W\d_])(?i:{listed})|(?<=[a-z])(?=[A-Z])(?:{listed}))(?![a-z])")


def _ids_of(study: Study) -> dict[str, list[str]]:
    """Every id of a study, by what it is of, as problems call them."""
    settings, heard = study.settings, [one for source in study.sources for one in source.heard]
    findings = study.findings
    return {
        "sources": [one.id for one in study.sources],
        # Whoever speaks or is spoken of: where two become one, questions become answers, and one witness another.
        "persons": [
            *(one if isinstance(one, str) else one.id for one in heard),
            *(
                one
                for source in study.sources
                for one in (*source.bystanders, *source.interviewer, *source.about)
            ),
        ],
        "sites or producers": [
            one for source in study.sources for one in (source.site, source.producer) if one
        ],
        "types": [*settings.informant_types],
        "groups": [*settings.groups],
        "codes": [*study.codebook.places, *study.codebook.former],
        "codings": [one.id for file in study.codings for one in file.codings if one.id],
        "findings": [*findings.by_id, *(one.id for one in findings.recommendations)],
        "memos": [one.id for one in study.memos],
    }
