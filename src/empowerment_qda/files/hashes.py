"""What a report was made from and with: hashes of the study's files, versions of programs."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping
from pathlib import Path

from empowerment_qda.files.read import read_bytes, read_version
from empowerment_qda.model.study import Study

PROGRAMS = ("empowerment-qda", "pydantic", "PyYAML", "numpy", "Babel", "snowballstemmer", "Jinja2")


def hash_inputs(
    root: Path, study: Study, fresh: Mapping[str, str] | None = None
) -> tuple[tuple[str, str], ...]:
    """Path and SHA-256 (hexadecimal) of every file that the results follow from, sorted by path.

    Codings of coders who do not count are left out. `fresh` holds the text of files that are about to be written.
    """
    fresh = fresh or {}
    found = []
    for path in sorted(set(_paths(study))):
        content = fresh[path].encode("utf-8") if path in fresh else read_bytes(root, path)
        found.append((path, hashlib.sha256(content).hexdigest()))
    return tuple(found)


def _paths(study: Study) -> Iterator[str]:
    counted = (file for file in study.codings if file.coder in study.coders)
    for file in (
        study.settings, study.codebook, *filter(None, [study.codebook.cue_file]), *study.sources, *counted, study.findings, *study.memos,
    ):  # fmt: skip
        if file.path:
            yield file.path


def read_versions() -> tuple[tuple[str, str], ...]:
    """Name and version of Python and of the packages that results depend on."""
    return (*((name, read_version(name)) for name in PROGRAMS), ("Python", platform.python_version()))
