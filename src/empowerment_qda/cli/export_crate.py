"""The study as an RO-Crate 1.1, for a repository: its files as they are, with a description that machines read, README,
licence, checksums and how to cite it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from empowerment_qda.evidence.passages import find_passages
from empowerment_qda.exchange.outgoing import Outgoing, Written, count
from empowerment_qda.files.log import LOG, MAX_LOG
from empowerment_qda.files.read import CONSENT, read_bytes, read_if_there
from empowerment_qda.files.write import format_yaml
from empowerment_qda.model.base import FileNoun
from empowerment_qda.model.finding import SIDES
from empowerment_qda.text import escape_markdown, inert, inert_line

METADATA = "ro-crate-metadata.json"
MANIFEST = "manifest-sha256.txt"
KINDS = {".yaml": "application/yaml", ".md": "text/markdown", ".jsonl": "application/jsonl"}


def write_crate(going: Outgoing) -> Written:
    """The files of a crate by their paths in it."""
    licence = _say(going, "licence")
    files = dict(_copy(going))
    files["CITATION.cff"] = _cite(going)
    files["README.md"] = _introduce(going)
    if licence:
        files["LICENSE"] = licence + "\n"
    files[METADATA] = json.dumps(_describe(going, files), ensure_ascii=False, indent=2) + "\n"
    sums = (f"{sha256(content).hexdigest()}  {path}\n" for path, content in sorted(_encode(files).items()))
    return Written(_encode({**files, MANIFEST: "".join(sums)}), tuple(_count(going)), tuple(_lost(going)))


def _encode(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {path: one.encode() if isinstance(one, str) else one for path, one in files.items()}


def _say(going: Outgoing, name: str) -> str:
    """A text of qda.yaml, inert; empty where it gives none."""
    text = getattr(going.study.settings, name)
    return inert(text.say(going.language)) if text else ""


def _copy(going: Outgoing) -> Iterator[tuple[str, str | bytes]]:
    """The study's own files, path and content. Of consent.yaml only those who are heard in what goes out; the logs of coders
    quote every source, and go out where all of them do."""
    study = going.study
    nouns: tuple[FileNoun | None, ...] = (
        study.settings, study.codebook, study.codebook.cue_file, study.findings, *study.sources, *study.codings, *study.memos,
    )  # fmt: skip
    for noun in nouns:
        if noun and noun.path:
            yield noun.path, read_bytes(going.root, noun.path)
    if study.consent is not None:
        heard = {one if isinstance(one, str) else one.id for source in study.sources for one in source.heard}
        said = study.consent.model_dump(mode="json", exclude_defaults=True)
        yield CONSENT, format_yaml({name: one for name, one in said.items() if name in {*heard, "format"}})
    if going.whole:
        for coder in dict.fromkeys(one.coder for one in study.codings):
            path = f"codings/{coder}/{LOG}"
            if (log := read_if_there(going.root, path, MAX_LOG)) is not None:
                yield path, log


def _count(going: Outgoing) -> Iterator[str]:
    study = going.study
    yield count(len(study.sources), "source")
    yield count(len(study.codings), "file of codings", "files of codings")
    yield count(len(study.findings.findings), "finding")
    yield count(len(study.memos), "memo")


def _lost(going: Outgoing) -> Iterator[str]:
    study = going.study
    if not going.whole:
        yield "the logs of coders, which quote what stays behind"
    known = {*study.codebook.places, *(one.id for one in find_passages(study.sources, study.codings))}
    cited = (one for _, claim, _ in study.findings.places for side in SIDES for one in claim.cited(side))
    if gone := [one for one in dict.fromkeys(cited) if one not in known]:
        yield f"codings that findings cite, without which their verdicts cannot be reached anew: {', '.join(gone)}"
    if not _say(going, "licence"):
        yield "a licence: say under `licence` in qda.yaml who may do what"
    if not _authors(going):
        yield "the names of authors: say under `researchers` in qda.yaml who they are (`id`)"
    yield "reports, which `qda run` makes anew"


def _authors(going: Outgoing) -> list[str]:
    return [inert_line(one.id) for one in going.study.settings.researchers if one.id]


def _cite(going: Outgoing) -> str:
    """How to cite it, in the Citation File Format 1.2."""
    about = _say(going, "purpose")
    value = {
        "cff-version": "1.2.0",
        "message": "Please cite this study when you use it.",
        "type": "dataset",
        "title": inert_line(_say(going, "title")),
        **({"abstract": about} if about else {}),
        "authors": [{"name": one} for one in _authors(going) or ["Authors not named"]],
    }
    return format_yaml(value)


def _introduce(going: Outgoing) -> str:
    """The README: what it is, what is in it and what is not, and how to look at it."""
    left = (*going.left, *filter(None, _lost(going)))
    parts = [
        f"# {escape_markdown(inert_line(_say(going, 'title')))}",
        escape_markdown(_say(going, "purpose")),
        f"A qualitative study in plain files: {', '.join(filter(None, _count(going)))}. `qda.yaml` names its parts.",
        "Not in it:\n\n" + "\n".join(f"- {escape_markdown(one)}" for one in left),
        "To look at it and count anew: `pip install empowerment-qda`, then `qda check` and `qda run` in this folder.",
        f"`{MANIFEST}` holds the SHA-256 of every other file (`sha256sum --check {MANIFEST}`); `{METADATA}` describes them to machines.",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _describe(going: Outgoing, files: Mapping[str, str | bytes]) -> dict[str, Any]:
    """The description that RO-Crate 1.1 asks for."""
    authors = [{"@id": f"#{quote(one)}", "@type": "Person", "name": one} for one in _authors(going)]
    parts = [
        {
            "@id": quote(path),
            "@type": "File",
            "name": PurePosixPath(path).name,
            "encodingFormat": KINDS.get(PurePosixPath(path).suffix, "text/plain"),
            "contentSize": str(len(content)),
            "sha256": sha256(content).hexdigest(),
        }
        for path, content in sorted(_encode(files).items())
    ]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": inert_line(_say(going, "title")),
        "description": _say(going, "purpose") or _say(going, "title"),
        "datePublished": date.today().isoformat(),
        "license": {"@id": "LICENSE"} if "LICENSE" in files else "not given",
        "inLanguage": going.language,
        "author": [{"@id": one["@id"]} for one in authors],
        "hasPart": [{"@id": one["@id"]} for one in parts],
    }
    itself = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    graph = [itself, {name: one for name, one in root.items() if one}, *authors, *parts]
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
