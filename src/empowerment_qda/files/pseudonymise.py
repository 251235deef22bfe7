"""Names replaced in every file of a study at once: sources, codings, suggestions, memos, findings and logs; every coding stays on
its words. Nothing is written before all that would be is made, read back and looked at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from empowerment_qda.coding.log_entry import path_of
from empowerment_qda.files.border import find, walk
from empowerment_qda.files.deidentify import (
    RECORD,
    Pairs,
    Plan,
    check_kept,
    count_found_again,
    follow_codings,
    follow_logged,
    kind_of_codings,
    list_hidden,
    say_number,
    tell_unread,
    text_if_any,
)
from empowerment_qda.files.log import MAX_LOG
from empowerment_qda.files.log_rewrite import rewrite_log
from empowerment_qda.files.pseudonyms import KEY
from empowerment_qda.files.read import files_of, parse_file, read_bytes
from empowerment_qda.files.renaming import Renaming
from empowerment_qda.files.write import plain_coding
from empowerment_qda.files.yaml import decode
from empowerment_qda.files.yaml_edit import BOM
from empowerment_qda.files.yaml_scalars import Scalar, change_scalars, find_scalars
from empowerment_qda.model.base import FileNoun, Noun
from empowerment_qda.model.coding import Coding, Codings
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study
from empowerment_qda.privacy.pseudonyms import Pseudonyms, kind_of
from empowerment_qda.privacy.source_change import SourceChange
from empowerment_qda.problems import Key, Place, Problem, StudyError, refusal

ANCHORS = frozenset({"quote", "before", "after"})
WORDS = ANCHORS | {"text"}
"""Keys whose value is never an id."""
_ID = re.compile(r"[\w.\-]+")


def plan_pseudonyms(root: Path, study: Study, names: Pseudonyms, now: datetime) -> Plan:
    """Everything that replacing the names would write. StudyError with all that stands against it."""
    return _Planner(root, study, names, now).make()


class _Planner:
    """What becomes of each file, and of each id that bears a name: an id keeps the signs that an id may have."""

    def __init__(self, root: Path, study: Study, names: Pseudonyms, now: datetime) -> None:
        self.root, self.study, self.names, self.now = root, study, names, now
        self.plan = Plan("pseudonymise")
        self.renaming = Renaming(root, study, names)
        self.ids, self._as_id = self.renaming.ids, self.renaming.as_id
        self.structure = _structure()
        self.changes = {
            one.id: SourceChange([turn.text for turn in one.turns], [names.replace(turn.text) for turn in one.turns], names.write, names.drop_ends)
            for one in study.sources
        }  # fmt: skip
        self.nouns = {one.path: one for one in files_of(study)}
        self.pairs: Pairs = []
        self.unread: list[str] = []
        self.problems: list[Problem] = []

    def make(self) -> Plan:
        self.problems += self._find_clashes()
        for path in sorted(walk(self.root, ".")):
            if path in (KEY, RECORD) or path.startswith("reports/"):
                continue
            try:
                self._change(path)
            except StudyError as error:
                self.problems += error.problems
        self.problems += check_kept(self.changes, self.pairs)
        if self.problems:
            raise StudyError(self.problems)
        if again := count_found_again(self.changes, self.pairs):
            self.plan.notes.append(
                f"Of {say_number(again, 'coding')} the words were not found before, and are found then."
            )
        self.plan.folders = self.renaming.folders_left()
        gone = {path for path, (_, after) in self.plan.files.items() if after is None}
        self.plan.notes += [*self._tell_unread(), *self.renaming.tell(gone), *self._tell_reports()]
        return self.plan

    # Files.

    def _change(self, path: str) -> None:
        noun, kind, suffix = self.nouns.get(path), self._kind(path), PurePosixPath(path).suffix.lower()
        if isinstance(noun, Codings):
            return self._change_codings(path, noun)
        is_log = path.startswith("codings/") and suffix == ".jsonl"
        if noun is None and not is_log and suffix not in (".yaml", ".yml"):
            return self._tell_other(path)
        raw = read_bytes(self.root, path, most=MAX_LOG)
        if is_log:
            if self._count(kind, raw.decode("utf-8", "replace").split("\n")):
                self.plan.put(self.root, path, raw, rewrite_log(raw, path, self._change_entry))
            return None
        text = decode(raw, path)
        if suffix == ".md":
            head, mark, rest = text.partition("\n---")
            made = self._change_yaml(head, path) + mark + self.names.write(rest)
        else:
            try:
                made = self._change_yaml(text, path)
            except yaml.YAMLError:
                return self._tell_other(path)
        self._count(kind, [text])
        self._put(path, raw, text, made, self.renaming.paths.get(path, path))
        if noun is not None:
            self._read_back(made, path, noun)
        return None

    def _put(self, path: str, raw: bytes, text: str, made: str, new_path: str) -> None:
        after = raw if made == text else (BOM if raw.startswith(BOM) else b"") + made.encode()
        self.plan.put(self.root, path, raw, after, new_path)

    def _change_yaml(self, text: str, path: str, codings: Mapping[Key, str] | None = None) -> str:
        """A YAML text with its words and ids changed; of codings and what is left out, words as `codings` says by their keys, else
        as they stand."""

        def value(one: Scalar) -> str:
            own = codings is not None and not one.is_key and one.key[0] in ("codings", "left_out")
            if codings is not None and own and one.key[-1] not in ("id", "code"):
                return codings.get(one.key, one.value)
            return self._value(one)

        made = change_scalars(text, path, value, self.names.write)
        for one in find_scalars(made) if made != text else ():
            lines = one.value.split("\n") if one.key and one.key[-1] in ANCHORS else [one.value]
            if any(True for line in lines for _ in self.names.find(line)):
                said = "beside the words around it a pseudonym would make a name of the key again"
                raise refusal(path, "names", said, "Choose another pseudonym.", key=one.key)
        return made

    def _change_codings(self, path: str, noun: Codings) -> None:
        change = self.changes.get(noun.source)
        if change is None:
            raise refusal(
                path, "unknown-source", f"there is no source `{noun.source}`", "Run `qda check` first."
            )
        raw = read_bytes(self.root, path)
        sheet, changed = follow_codings(self.root, noun, change, self.now)
        if (in_place := _values_in_place(sheet.file, changed.file)) is not None:
            made = self._change_yaml(sheet.text, path, in_place)
        else:
            made = self._change_yaml(changed.text, path, {})
        source = self.ids.get(noun.source, noun.source)
        self._count(kind_of_codings(noun.coder), [sheet.text])
        self._put(path, raw, sheet.text, made, path_of(source, noun.coder))
        after = parse_file(made, path, Codings)
        expected = [self._with_ids(one) for one in changed.file.codings]
        if list(after.codings) != expected or after.source != source:
            said = "the layout of this file does not let its words be changed in their place"
            raise refusal(
                path,
                "layout",
                said,
                "Nothing was written. Write its codings as a list with a line for each key.",
                line=1,
            )
        self.pairs.append((sheet.file.at(path), changed.file))

    def _read_back(self, made: str, path: str, noun: FileNoun) -> None:
        held = parse_file(made, path, type(noun))
        change = self.changes.get(noun.id) if isinstance(noun, Source) else None
        if change and isinstance(held, Source) and [turn.text for turn in held.turns] != change.texts:
            said = "its turns would not be what they should be"
            hint = "Nothing was written. Write each turn as `text: >-` and its lines below."
            raise refusal(path, "layout", said, hint, line=1)

    # Values and ids.

    def _value(self, one: Scalar) -> str:
        name = next((part for part in reversed(one.key) if isinstance(part, str)), "")
        if one.null or (one.is_key and one.value in self.structure):
            return one.value
        return self._text(name, one.value)

    def _text(self, name: str, value: str) -> str:
        """A value under a key of that name."""
        if name in WORDS:
            return self.names.write(value)
        head, mark, turns = value.partition("#")
        if head in self.ids:
            return self.ids[head] + mark + turns
        if " " not in value and ("/" in value or value.endswith((".yaml", ".yml", ".md"))):
            return self.renaming.as_path(value)
        return self.names.write(value)

    def _with_ids(self, one: Coding) -> Coding:
        return one.model_copy(
            update={key: self.ids.get(was, was) for key in ("id", "code") if (was := getattr(one, key))}
        )

    def _find_clashes(self) -> Iterator[Problem]:
        """What stands against new ids and paths, and coders who bear a name of the key."""
        yield from self.renaming.find_problems()
        for coder in sorted(
            {path.split("/")[1] for path in walk(self.root, "codings") if path.count("/") > 1}
        ):
            for found in self.names.find(coder):
                said = f"a coder is called `{coder}`, and `{found.name}` is a name of the key: who codes is no informant"
                hint = f"Write the name in the key more exactly, such as `Bu {found.name}`, or give the coder's folder, files and log another name."
                yield Problem(Place(KEY, (found.name,)), "names", said, hint)

    # Logs.

    def _change_entry(self, held: dict[str, Any]) -> dict[str, Any]:
        change = self.changes.get(held.get("source", ""))
        made: dict[str, Any] = {}
        for key, one in held.items():
            other = one if key in ("time", "coder", "action", "of") else self._deep(key, one)
            if key in ("before", "after") and isinstance(one, list) and isinstance(other, list):
                pairs = zip(one, other, strict=True)
                other = [self._logged_ids(follow_logged(was, change, now)) for was, now in pairs]
            made[key] = other
        return made

    def _logged_ids(self, held: Any) -> Any:
        keys = ("id", "code") if isinstance(held, dict) else ()
        return (
            held | {key: self._as_id(held[key]) for key in keys if isinstance(held.get(key), str)}
            if keys
            else held
        )

    def _deep(self, name: str, value: Any) -> Any:
        if isinstance(value, str):
            return (
                self._as_id(value)
                if name in ("source", "memo", "parent") and _ID.fullmatch(value)
                else self._text(name, value)
            )
        if isinstance(value, list):
            return [self._deep(name, one) for one in value]
        if isinstance(value, dict):
            return {
                key if key in self.structure else self._text("", key): self._deep(key, one)
                for key, one in value.items()
            }
        return value

    # What is counted and told.

    def _kind(self, path: str) -> str:
        noun = self.nouns.get(path)
        if isinstance(noun, Source):
            return "sources"
        if path.startswith("codings/"):
            return "logs"
        known = {"qda.yaml": "settings", "consent.yaml": "consent", "findings.yaml": "findings", self.study.codebook.path: "codebook", self.study.codebook.cue_path: "codebook"}  # fmt: skip
        return known.get(path, "memos" if path.startswith("memos/") else "other files")

    def _count(self, kind: str, texts: list[str]) -> int:
        found = Counter(kind_of(one.name) for text in texts for one in self.names.find(text))
        self.plan.counts.update({(kind, thing): number for thing, number in found.items()})
        return found.total()

    def _tell_other(self, path: str) -> None:
        """A file that qda does not write: how many names stand in it, or that nobody can look."""
        text = text_if_any(self.root, path)
        if text is None:
            self.unread.append(path)
        elif number := sum(1 for _ in self.names.find(text)):
            self.plan.notes.append(
                f"{path} holds {say_number(number, 'name')} and is not changed: qda does not write it."
            )

    def _tell_unread(self) -> Iterator[str]:
        yield from tell_unread(self.unread, list_hidden(self.root))

    def _tell_reports(self) -> Iterator[str]:
        if any(True for _ in walk(self.root, "reports")):
            yield "reports/ will be emptied: `qda run` makes it anew."
        if find(self.root, ".qda/changes/*.json"):
            yield "What `qda codebook undo` could take back goes with it."


def _values_in_place(before: Codings, after: Codings) -> dict[Key, str] | None:
    """The values that change in a codings file, by their keys; None where a coding has other keys than before."""
    made: dict[Key, str] = {}
    for number, (one, then) in enumerate(zip(before.codings, after.codings, strict=True)):
        was, now = plain_coding(one), plain_coding(then)
        if was.keys() != now.keys():
            return None
        made |= {("codings", number, key): str(now[key]) for key in now if now[key] != was[key]}
    for number, (left, left_then) in enumerate(zip(before.left_out, after.left_out, strict=True)):
        made |= {("left_out", number, "reason"): left_then.reason} if left != left_then else {}
    return made


def _structure() -> frozenset[str]:
    """Every key that a file of a study may have by itself."""
    names, todo = {"not", "needs", "coders"}, [Noun]
    while todo:
        one = todo.pop()
        todo += one.__subclasses__()
        names |= {name for key, field in one.model_fields.items() for name in (key, field.alias or key)}
    return frozenset(names)
