"""A transcript as a document of Word with its codings as comments, which people answer there and `qda import --comments` takes
back (`word_return.py`)."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category

from empowerment_qda.evidence.passages import Passage
from empowerment_qda.exchange.outgoing import Outgoing, Written, count
from empowerment_qda.exchange.plain_sources import plain_words
from empowerment_qda.exchange.word_write import Paragraph, WordDocument
from empowerment_qda.labels import METHODS, say_when
from empowerment_qda.locale import msg, say
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.source import Source, Span
from empowerment_qda.problems import did_you_mean, refusal
from empowerment_qda.text import inert_line, one_line

SOURCE, TURNS, CODINGS = "qda-source", "qda-turns", "qda-codings"
"""Properties of the document: the id of its source, how many turns it has, and what it keeps of its codings, in as many as
are needed."""
BOOKMARK = "_qda_{turn}_{digest}"
"""On the speaker of each turn, with the digest of its words as they went out."""
LONGEST = 250
"""Characters of a property: Word keeps 255."""
HOW = msg(
    "Each comment is a coding: its first line names the code, a memo stands below, and the last line tells which coding it is. "
    "Write another code, more of a memo, or a reply; move a comment to other words; comment on words with a code in the first "
    "line to code them. Words of the transcript that are changed here are listed when it comes back, and stay as they are in the study."
)
NOTED = ("strength", "event_date", "direction_note")


def write_transcript(going: Outgoing) -> Written:
    """One source, turn by turn, each accepted coding a comment of its coder on just its words. StudyError unless one source is
    asked for, and may go out."""
    source = _find_only(going)
    passages = [one for one in going.passages if one.anchor.span]
    book, language = going.study.codebook, going.language
    document = WordDocument(source.title.say(language) if source.title else source.id, language)
    document.add("Title", inert_line(source.title.say(language) if source.title else source.id))
    document.add("Subtitle", " · ".join(_describe(source, going)))
    document.add("Normal").write(say(HOW, language), "Aside")
    places = _Places(source)
    for one in passages:
        lines = [name_code(book, one.coding.code, language), *_memo_lines(one.coding), f"[{one.id}]"]
        places.add(document.add_comment(one.file.coder, lines), one.anchor.span)  # type: ignore[arg-type]  # all are placed
    for number, turn in enumerate(source.turns, 1):
        paragraph = document.add("Normal", like=turn.text)
        paragraph.open_bookmark(number, BOOKMARK.format(turn=number, digest=digest(turn.text)))
        paragraph.write(f"[{number}] ", "Aside")
        if turn.speaker:
            paragraph.write(inert_line(turn.speaker), "Speaker")
        if turn.time:
            paragraph.write(" " * bool(turn.speaker) + f"({inert_line(turn.time)})", "Aside")
        paragraph.write(": " if turn.speaker or turn.time else "", "Aside")
        paragraph.close_bookmark(number)
        places.write(paragraph, number)
    coders = len({one.file.coder for one in passages})
    held = (
        source.id,
        count(len(source.turns), "turn"),
        f"{count(len(passages), 'coding')} of {count(coders, 'coder')}" * bool(passages),
    )
    return Written(
        document.pack(_make_properties(source, passages)), held, tuple(_lost(source, passages, going))
    )


def _find_only(going: Outgoing) -> Source:
    sources = going.study.sources
    if len(sources) == 1:
        return sources[0]
    if not sources and going.left:
        said, hint = f"nothing can go out: {going.left[0]}", "Name another source with `--source`."
    else:
        said = f"a document of Word holds one transcript, not {len(sources)}"
        hint = f"Name one with `--source ID`. {did_you_mean('', [one.id for one in sources])}"
    raise refusal("export", "one-source", said, hint)


def _describe(source: Source, going: Outgoing) -> Iterator[str]:
    """The line below the title: what it is, when, and with whom."""
    yield source.id
    yield say(METHODS[source.kind], going.language) if source.kind in METHODS else source.kind
    if source.date:
        yield say_when(source.date, going.language)
    for heard in source.heard:
        one = going.study.who(heard)
        types = going.study.settings.informant_types
        yield f"{one.id} ({types[one.type].label.say(going.language)})" if one.type in types else one.id


def name_code(book: Codebook, code: str, language: str) -> str:
    """The line of a comment that names its code: its label with its id behind it, or the id alone."""
    label = inert_line(book.label(code, language))
    return f"{label} ({code})" if label != code else code


def _memo_lines(coding: Coding) -> list[str]:
    return plain_words(coding.memo or "")[0].split("\n") if coding.memo else []


def what_is_seen(text: str) -> str:
    """Words as a document has them, without the characters that only join, part or direct others."""
    return "".join(char for char in plain_words(text)[0] if char.isascii() or category(char) != "Cf")


def digest(text: str) -> str:
    r"""A few signs by which words are known again, whatever white space is between them and whatever is not seen.

    >>> digest("We save.\n") == digest("We  save."), digest("We save.") == digest("We spend.")
    (True, False)
    """
    return hashlib.sha256(one_line(what_is_seen(text)).encode()).hexdigest()[:8]


def digest_memo(text: str) -> str:
    """The same of a memo, in which white space means nothing: LibreOffice takes tabs out of comments."""
    return digest("".join(what_is_seen(text).split()))


def find_letters(text: str) -> list[int]:
    """Where in a text the characters are that are seen. Counted by these, places stay the same whatever a word processor does
    to spaces, hyphens and marks of direction.

    >>> find_letters("a\\r\\n \u200fb")
    [0, 5]
    """
    plain = plain_words(text.replace("\r\n", " \n"))[0]  # as long as the text
    return [
        at
        for at, char in enumerate(plain)
        if not char.isspace() and (char.isascii() or category(char) != "Cf")
    ]


def place_of(source: Source, span: Span) -> str:
    """Where a passage begins and ends, such as `2.15-3.40`: the turns, and how much is seen in them before these places."""
    first, last = span.turn, span.end_turn
    starts, ends = (find_letters(source.turns[number - 1].text) for number in (first, last))
    start, end = bisect_left(starts, span.start), bisect_left(ends, span.end)
    while start == len(starts) and first < last:  # nothing of it is seen in that turn
        first, start, starts = first + 1, 0, find_letters(source.turns[first].text)
    while end == 0 and last > first:
        last, ends = last - 1, find_letters(source.turns[last - 2].text)
        end = len(ends)
    return f"{first}.{start}-{last}.{end}"


def _make_properties(source: Source, passages: Iterable[Passage]) -> dict[str, str]:
    """Which source it is, and for each comment its id, place and the digests of its code and memo: by these it is known what
    was changed in Word, and what in the study since."""
    parts = [""]
    for one in passages:
        assert one.anchor.span
        place, coding = place_of(source, one.anchor.span), one.coding
        entry = f"{one.id} {place} {digest(coding.code)} {digest_memo(coding.memo or '')};"
        if len(parts[-1]) + len(entry) > LONGEST:
            parts.append("")
        parts[-1] += entry
    about = {SOURCE: source.id, TURNS: str(len(source.turns))}
    return about | {f"{CODINGS}-{number}": part for number, part in enumerate(parts, 1)}


class _Places:
    """Where in the turns of a source comments begin and end."""

    def __init__(self, source: Source) -> None:
        self._turns = source.turns
        self._starts: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._ends: dict[tuple[int, int], list[int]] = defaultdict(list)

    def add(self, comment: int, span: Span) -> None:
        """Put a comment on a passage."""
        first, last = self._turns[span.turn - 1].text, self._turns[span.end_turn - 1].text
        self._starts[span.turn, len(plain_words(first[: span.start])[0])].append(comment)
        self._ends[span.end_turn, len(plain_words(last[: span.end])[0])].append(comment)

    def write(self, paragraph: Paragraph, turn: int) -> None:
        """The words of a turn (1-based), with the comments that begin or end in it."""
        words = plain_words(self._turns[turn - 1].text)[0]
        cuts = {at for number, at in (*self._starts, *self._ends) if number == turn}
        at = 0
        for cut in sorted(cuts | {len(words)}):
            paragraph.write(words[at:cut])
            for comment in self._ends[turn, cut]:
                paragraph.close_comment(comment)
            for comment in self._starts[turn, cut]:
                paragraph.open_comment(comment)
            at = cut


def _lost(source: Source, passages: Sequence[Passage], going: Outgoing) -> Iterator[str]:
    yield count(len(going.study.memos), "memo")
    noted = Counter(
        key for one in passages for key in NOTED if getattr(one.coding, key) not in (None, "direct")
    )
    if noted:
        yield "of codings " + ", ".join(f"{key} ({number})" for key, number in noted.items())
    yield count(
        sum(one.translation is not None for one in source.turns),
        "translation of a turn",
        "translations of turns",
    )
    left_out = [one for file in going.study.codings if file.source == source.id for one in file.left_out]
    yield count(len(left_out), "turn left out on purpose", "turns left out on purpose")
    written = (*(turn.text for turn in source.turns), *(one.coding.memo or "" for one in passages))
    yield count(
        sum(plain_words(one)[1] for one in written),
        "control character (a sign stands for it)", "control characters (a sign stands for each)",
    )  # fmt: skip
