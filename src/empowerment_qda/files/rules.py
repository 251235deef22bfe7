"""What reading a file can refuse, and what the folder around it shows, by rule id, for docs/checks.md; rules across files
stand in `checks`."""

from __future__ import annotations

READING: dict[str, str] = {
    "no-study": "A command finds a `qda.yaml` in its folder or above it, or where `--study` says.",
    "no-file": "A file that the study names exists and can be read.",
    "not-a-file": "Where a file should stand, no folder, pipe or device stands.",
    "link": "No link leads to a file of the study, or to a folder of it: what it leads to may lie outside (docs/safety.md).",
    "outside": "The paths and patterns in a study's files stay inside its folder.",
    "file-size": "A file is no larger than a transcript can be (20 MB).",
    "encoding": "A file is UTF-8, with or without a byte order mark.",
    "yaml": "A file is YAML. The sentence names the usual causes: a tab, a colon inside text, an open quote mark.",
    "duplicate-key": "A key stands once in its mapping.",
    "key": "A key is plain text.",
    "tag": "No YAML tags (`!name`): a scalar is text, and the model converts it.",
    "alias": "An alias (`*name`) refers to an anchor that stands before it, and does not expand without bound.",
    "nesting": "A file does not nest deeper than any study needs.",
    "several-documents": "A file holds one document.",
    "front-matter": "A memo begins with YAML between two lines of `---`.",
    "empty": "A file, and a text that must be there, is not empty.",
    "format": "A file is of a format that this version reads: `format: 2`, or 1 where it says none (docs/upgrades.md).",
    "missing-key": "A key that must be there is there.",
    "unknown-key": "Every key is known; a near miss is named.",
    "value": "A value has the form that its key asks for.",
    "id": "An id has letters, digits, `-`, `_` and `.` only.",
    "language": "A language is an ISO 639-1 code of two small letters.",
    "date": "A date is a day, a range of two days, a month or a year, and exists.",
}
FOLDER: dict[str, str] = {
    "codings-lost": "What a coder's log (`codings/<coder>/log.jsonl`) knows of codings and of turns left out stands in their file, "
    "whole. `qda code restore` brings it back, or with `--keep-file` notes that it was taken away on purpose. What was coded in an "
    "editor alone is in no log: keep the study in git, too.",
    "log": "A log can be read, and its entries follow from one another.",
    "log-chain": "Each line of a log carries a hash of itself and of what stands before it (`chain`), so a line that was changed, "
    "put in or taken out behind qda's back shows; what is cut off at the end does not. It is no signature: see docs/safety.md.",
    "key-not-ignored": "Where there is a key (`pseudonyms.yaml`), git passes over it: a line of a `.gitignore` says so, and it was not "
    "committed before (docs/names.md).",
    "name-left": "No name of the key stands in a file of the study any more, reports and files that qda does not read among them.",
    "pseudonyms": "Each line of the key is a name and its pseudonym, which holds no name of the key.",
    "name-case": "Names in one folder, and ids of sources, differ in more than upper and lower case or the way an accent is written.",
    "name-device": "A name can stand on every system: it is no device of Windows (`CON`, `aux.yaml`) and has none of its barred signs.",
    "name-conflict": "No file is a copy that a cloud folder made of another (`KS-01 (1).yaml`, `KS-01.sync-conflict-....yaml`).",
}
"""What `qda check` and `qda status` see in the folder besides."""
