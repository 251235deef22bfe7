"""From a transcript that came from elsewhere to a source of the study: who asks, who is heard, what is said of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.tables import name_columns
from empowerment_qda.exchange.transcript import Transcript, find_asking
from empowerment_qda.problems import Place, Problem, did_you_mean

_ANYONE = re.compile(
    r"(?i:participant|informant|informan|interviewee|respondent|responden|partisipan|narasumber|speaker|pembicara|unknown"
    r"|guest|host|[a-z])?[\s_.-]*\d*"
)
NOBODY = "none"
"""What `--interviewer` says of a file in which nobody asks."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a file that it does not say itself; labels are the names of speakers as the file has them."""

    interviewers: tuple[str, ...] = ()
    informants: Mapping[str, str] = field(default_factory=dict)
    """Ids of informants by the label of their speaker; under the empty label that of the only one."""
    type: str | None = None
    method: str | None = None
    date: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A source to write: its id, its keys as they stand in YAML, who asks and who is heard in it, and what was changed to have
    them, a sentence each."""

    id: str
    keys: dict[str, Any]
    asking: list[str]
    heard: list[str]
    changes: tuple[str, ...]

    @property
    def turns(self) -> list[dict[str, str]]:
        """The turns as they stand in YAML."""
        found: list[dict[str, str]] = self.keys["turns"]
        return found

    @property
    def words(self) -> int:
        """How many words are in them."""
        return sum(len(turn["text"].split()) for turn in self.turns)

    @property
    def declared(self) -> list[Any]:
        """Who is heard, each as a mapping, or by the id alone."""
        return [
            *self.keys.get("informants", ()),
            *([self.keys["informant"]] if "informant" in self.keys else ()),
        ]

    @property
    def untyped(self) -> list[str]:
        """The ids of those of whom no type is said, here or elsewhere."""
        return [one["id"] for one in self.declared if isinstance(one, dict) and "type" not in one]


def make_id(name: str) -> str:
    """An id from any name: letters of any script, digits, `-`, `_` and `.`.

    >>> make_id("Wawancara Bu Éva (1)"), make_id("Интервью 2"), make_id("???")
    ('Wawancara-Bu-Eva-1', 'Интервью-2', 'source')
    """
    plain = "".join(map(_plain_letter, unicodedata.normalize("NFC", name)))
    return re.sub(r"[^\w.]+", "-", plain).strip("-._") or "source"


def _plain_letter(char: str) -> str:
    """A letter without its accent, if that is one of ASCII; letters of other scripts stay, marks on them go."""
    base = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return base or ("" if unicodedata.category(char)[0] in "MC" else char)


def find_who_asks(transcript: Transcript, said: Given, path: str) -> tuple[list[str], list[Problem]]:
    """The speakers who ask, or the problem that nobody can tell: a letter is never enough, since P is who asks in one
    transcript and who answers in another."""
    speakers = transcript.speakers
    if NOBODY in said.interviewers:
        return [], []
    folded = {one.casefold(): one for one in speakers}
    strange = [one for one in said.interviewers if one.casefold() not in folded]
    if (
        strange and speakers and len(strange) == len(said.interviewers)
    ):  # of several, others may ask in other files
        return [], [
            _ask(path, f"who asks? Nobody in it is called `{one}`", did_you_mean(one, speakers))
            for one in strange
        ]
    asking = [folded[one.casefold()] for one in said.interviewers if one.casefold() in folded]
    asking = asking or find_asking(speakers)
    if asking:
        return asking, []
    if not speakers:
        hint = (f"Write the names before the words (`NAME: ...`), or say `--interviewer {NOBODY}` where all of it is the "
                "informant's own words.")  # fmt: skip
        return [], [_ask(path, "who asks? It names no speakers", hint)]
    named = ", ".join(f"`{one}`" for one in speakers[:12])
    hint = f"Say `--interviewer NAME`, or `--interviewer {NOBODY}` where all of them are informants."
    return [], [_ask(path, f"who asks? The speakers are {named}", hint)]


def _ask(path: str, message: str, hint: str) -> Problem:
    return Problem(Place(path), "who-asks", message, hint)


def make_source(
    transcript: Transcript, name: str, said: Given, asking: Sequence[str], *, spoken: bool
) -> Made:
    """The source under an id made from a name. In what is `spoken` every speaker who does not ask becomes an informant, whose id takes the place of the
    label; a speaker of a note or document stays a label. Words before the first name go into `note`, since they are
    nobody's."""
    id_ = make_id(name if transcript.person is None else f"{name}-{transcript.person}")
    if transcript.person and not said.informants:
        said = replace(said, informants={"": make_id(transcript.person)})
    changes = list(transcript.changes)
    turns, before = list(transcript.turns), []
    if spoken and transcript.speakers:
        first = next(number for number, one in enumerate(turns) if one.speaker)
        before, turns = [one.text for one in turns[:first]], turns[first:]
        changes += ["the words before the first speaker are in `note`"] * bool(before)
    note = "\n".join([*before, *transcript.aside])
    labels = [one for one in transcript.speakers if one not in asking] if spoken else []
    ids = _name_informants(labels, said, id_) if spoken else {}
    changes += [f"`{label}` is now `{one}`" for label, one in ids.items() if label and label != one]
    keys: dict[str, Any] = {"id": id_, **({"method": said.method} if said.method else {})}
    if spoken:
        about = ({"type": said.type} if said.type else {}) | (
            {"attributes": dict(said.attributes)} if said.attributes else {}
        )
        heard = [{"id": one, **(about if len(ids) == 1 else {})} for one in dict.fromkeys(ids.values())]
        keys |= {"informant": heard[0]} if len(heard) == 1 else {"informants": heard}
        if asking:
            keys["interviewer"] = asking[0] if len(asking) == 1 else list(asking)
    if said.date:
        keys["date"] = said.date
    if note:
        keys["note"] = note
    keys["turns"] = [
        {
            **({"speaker": ids.get(one.speaker, one.speaker)} if one.speaker else {}),
            **({"time": one.time} if one.time else {}),
            "text": one.text,
        }
        for one in turns
    ]
    return Made(id_, keys, list(asking), list(dict.fromkeys(ids.values())), tuple(changes))


def refer_to_declared(made: Sequence[Made], known: Iterable[str]) -> None:
    """Name informants by their id alone where nothing more is said of them and the study (`known`), or another of the
    sources, says more."""
    full = {one["id"] for source in made for one in source.declared if isinstance(one, dict) and len(one) > 1}
    full |= set(known)
    for source in made:
        keys = source.keys
        if "informant" in keys:
            keys["informant"] = _refer(keys["informant"], full)
        if "informants" in keys:
            keys["informants"] = [_refer(one, full) for one in keys["informants"]]


def _refer(one: Any, full: Collection[str]) -> Any:
    return one["id"] if isinstance(one, dict) and len(one) == 1 and one["id"] in full else one


def _name_informants(labels: Sequence[str], said: Given, source: str) -> dict[str, str]:
    """The id of each speaker who is heard; under the empty label where no speaker is named.

    What only says that somebody is heard (Participant, Speaker 2, P) stands in every file for somebody else, so that the
    source's id takes its place.
    """
    only = said.informants.get("")
    if not labels:
        return {"": only or source}
    if len(labels) == 1 and only:
        return {labels[0]: only}
    anyone = {
        one: source if len(labels) == 1 else f"{source}-{make_id(one)}"
        for one in labels
        if _ANYONE.fullmatch(one)
    }
    return {one: said.informants.get(one) or anyone.get(one) or make_id(one) for one in labels}


PEOPLE = {
    "file": ("file", "berkas", "filename"), "type": ("type", "tipe", "jenis"), "date": ("date", "tanggal"),
    "method": ("method", "metode"), "interviewer": ("interviewer", "pewawancara"),
}  # fmt: skip


def read_people(rows: Sequence[Sequence[str]]) -> dict[str, Given]:
    """What a table says of each file: columns file, informant, type, date, method, interviewer; all others are attributes of
    the informant. The table's first row names the columns; a file may stand there with its ending or without. Unreadable
    where no column names the files, or two rows name the same."""
    header = [one.casefold().strip() for one in rows[0]]
    at = {
        what: next((header.index(one) for one in names if one in header), None)
        for what, names in PEOPLE.items()
    }
    if at["file"] is None:
        named = ", ".join(f"`{one[:40]}`" for one in rows[0][:8])
        raise Unreadable(f"has no column `file`, in {named}")
    at["informant"] = name_columns(header).get("person")
    known = {number for number in at.values() if number is not None}
    people = {}
    for row in rows[1:]:
        cells = [*row, *[""] * (len(header) - len(row))]
        given = {what: cells[number] for what, number in at.items() if number is not None and cells[number]}
        if "file" not in given:
            continue
        if given["file"] in people:
            raise Unreadable(f"names the file `{given['file'][:80]}` in two rows")
        people[given["file"]] = Given(
            (given["interviewer"],) if "interviewer" in given else (),
            {"": given["informant"]} if "informant" in given else {},
            given.get("type"),
            given.get("method"),
            given.get("date"),
            {
                rows[0][number]: cell
                for number, cell in enumerate(cells[: len(header)])
                if number not in known and cell
            },
        )
    return people
