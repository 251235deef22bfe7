"""What other tools write, read: transcripts, documents, recordings' captions and tables become turns of a source.

A reader takes the bytes of one file and gives a `Transcript`; nothing here touches the disk. What a file is is told by its
ending and its content. Nothing of the text is lost: words in are words out; what was changed to fit stands in `changes`.
"""

from __future__ import annotations

from pathlib import PurePath

from empowerment_qda.exchange import documents, pdf, recordings, tables
from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.transcript import Said, Transcript, find_asking, make_transcript

__all__ = ["ENDINGS", "Said", "Transcript", "Unreadable", "find_asking", "read_transcripts"]

_TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
_DOCUMENTS = {**documents.READERS, ".pdf": pdf.read_pdf}
ENDINGS = (*_DOCUMENTS, *recordings.READERS, *_TABLES)
"""The endings of files that can be transcripts."""


MOST_TURNS = 100_000
LARGEST = 15_000_000
"""Bytes of the words of a transcript; an hour of talk has fewer than 100,000."""


def read_transcripts(name: str, data: bytes) -> list[Transcript]:
    """The transcripts in a file (several only from a table with the answers of several persons), by its name's ending.

    Unreadable says why there is none; ModuleNotFoundError names the library that its format needs and that is missing.
    """
    ending = PurePath(name).suffix.lower()
    if ending in recordings.READERS:
        found = [recordings.READERS[ending](data)]
    elif ending in _TABLES:
        found = tables.read_table(ending, data)
    elif ending in _DOCUMENTS:
        found = [make_transcript(*_DOCUMENTS[ending](data))]
    else:
        raise Unreadable(f"is of no kind that can be read ({', '.join(ENDINGS)})")
    if not any(one.turns for one in found):
        raise Unreadable("holds no words")
    if sum(len(one.turns) for one in found) > MOST_TURNS:
        raise Unreadable(f"has more than {MOST_TURNS:,} turns")
    if any(sum(len(turn.text.encode()) for turn in one.turns) > LARGEST for one in found):
        raise Unreadable(f"holds more than {LARGEST // 1_000_000} MB of words")
    return found
