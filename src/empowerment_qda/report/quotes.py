"""Passages as findings cite them."""

from __future__ import annotations

from collections.abc import Sequence

from empowerment_qda.labels import say_when
from empowerment_qda.locale import list_words, msg, say
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.source import Source
from empowerment_qda.report.index import Index, quote_anchor
from empowerment_qda.report.views import Link, QuoteView

SHOWN = 3
UNSTATED: str = msg("somebody not named")


def view_quotes(rows: Sequence[Evidence], finding: str, side: str, index: Index) -> tuple[QuoteView, ...]:
    """Passages in a row; what is translated above is not translated again."""
    before: tuple[str, int, int] | None = None
    found = []
    for row in rows:
        turns = (row.source, row.turn, row.end_turn)
        found.append(_view_quote(row, quote_anchor(finding, side, row), turns == before, index))
        before = turns
    return tuple(found)


def _view_quote(row: Evidence, anchor: str, again: bool, index: Index) -> QuoteView:
    """A passage with who said it, how, when and where; `again` where the one before it is of the same turns."""
    source = index.study.by_id[row.source]
    translation = translate(source, range(row.turn, row.end_turn + 1), index)
    several = row.end_turn != row.turn
    number = f"{row.turn}–{row.end_turn}" if several else str(row.turn)
    place = index.words["turns" if several else "turn"].format(turn=number)
    return QuoteView(
        id=row.id,
        anchor=anchor,
        link=Link(f"{row.source}, {place}", index.anchor(row.passage)),
        words=row.quote,
        language=index.study.language_of(source),
        provenance=source.provenance,
        translation="" if again else translation,
        who=who(row, source, index),
        details=(
            *_details(row, index),
            *((index.words["translated_above"],) if again and translation else ()),
        ),
        code=index.code(row.code),
        direction=row.direction,
    )


def who(row: Evidence, source: Source, index: Index) -> str:
    """The informant; the title of the source where nobody is named."""
    return list_words(row.informants, index.language) or title_of(source, index)


def title_of(source: Source, index: Index) -> str:
    """The title of a source; its id where it has none."""
    return source.title.say(index.language) if source.title else source.id


def _details(row: Evidence, index: Index) -> list[str]:
    """Type, method, date, and what limits the passage's weight."""
    words = index.words
    types = dict.fromkeys(one.type for one in row.witnesses)
    found = [index.label("type", one) if one else words["unknown_type"] for one in types]
    if row.witnesses and not all(one.known for one in row.witnesses):
        found.append(words["unidentified_short"])
    found.append(index.label("method", row.method))
    if row.producer:
        found.append(words["made_by"].format(who=producer_of(row.producer, index)))
    found.append(say_when(row.date, index.language) if row.date else words["undated"])
    if row.strength == "inferred":
        found.append(words["read_in"])
    provenance = index.study.by_id[row.source].provenance
    if provenance != "verbatim" and len({source.provenance for source in index.study.sources}) > 1:
        found.append(words[f"provenance_{provenance}"])
    return found


def producer_of(name: str, index: Index) -> str:
    """Who made a document: a group by its label, the researcher, or somebody who is not named."""
    if name == "unstated":
        return say(UNSTATED, index.language)
    return index.words["researcher"] if name == "researcher" else index.label("group", name)


def translate(source: Source, turns: range, index: Index) -> str:
    """The translation of whole turns, where the source is in another language and one is given for each."""
    if index.study.language_of(source) == index.language:
        return ""
    texts = []
    for turn in turns:
        given = source.turns[turn - 1].translation
        text = given.root.get(index.language, "") if given else ""
        if not text:
            return ""
        texts.append(text)
    return "\n".join(texts)


def choose_first(rows: Sequence[Evidence], shown: int = SHOWN) -> tuple[list[Evidence], list[Evidence]]:
    """Those that stand open, in their order, and the rest: every type and method is heard before one is heard twice."""
    first: dict[tuple[str | None, str], Evidence] = {}
    for row in rows:
        first.setdefault((row.type, row.method), row)
    again = [row for row in rows if row not in first.values()]
    chosen = [*first.values(), *again][:shown]
    return [row for row in rows if row in chosen], [row for row in rows if row not in chosen]
