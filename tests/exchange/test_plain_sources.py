"""A source as one text: every word of every turn stands where it says, and turns come back by their marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.exchange.plain_sources import lay_out_source
from empowerment_qda.exchange.refi_return import read_marks, read_turns
from empowerment_qda.model.source import Source, Span

GUID = "00000000-0000-0000-0000-000000000000"


@given(
    st.lists(st.tuples(st.sampled_from(["R", "A", None]), st.text(st.sampled_from("a \n:RA[]1é😀\r\u200f\ufeff\x07"), min_size=1, max_size=12)), min_size=1, max_size=5),
    st.data(),
)  # fmt: skip
def test_a_text_holds_every_turn_and_every_passage_where_it_says(
    turns: list[tuple[str | None, str]], data: st.DataObject
) -> None:
    source = Source.model_validate(
        {"id": "x", "turns": [{"text": text, "speaker": who} for who, text in turns]}
    )
    plain = lay_out_source(source)
    first = data.draw(st.integers(0, len(turns) - 1))
    last = data.draw(st.integers(first, len(turns) - 1))
    start = data.draw(st.integers(0, len(turns[first][1]) - 1))
    end = data.draw(st.integers(start + 1 if first == last else 1, len(turns[last][1])))
    at, to = plain.place(Span(first + 1, start, last + 1, end))

    def shown(text: str) -> str:
        return (
            text.replace("\r\n", "\n")
            .replace("\r", "\n")
            .replace("\x07", "\ufffd")
            .replace("\ufeff", "\u2060")
        )

    text = plain.text.replace("\ufeff", "\u2060")
    if "\r" not in turns[first][1] + turns[last][1]:
        parts = [shown(text) for _, text in turns]
        assert text[at : at + 1] == parts[first][start : start + 1]
        assert text[to - 1 : to] == parts[last][end - 1 : end]
    found = read_turns(plain.text, next(iter(read_marks(plain.mark(GUID).encode()).values())))
    assert [(one.speaker, one.text.replace("\ufeff", "\u2060")) for one in found] == [
        (who, shown(text)) for who, text in turns
    ]


@pytest.mark.parametrize(
    "marks",
    [
        "",
        "0+99",
        "0+3 5+2",
        "0+3 9+4 8+1",
        "1+3",
        "0+3 10+3 99+1",
        "0+-3",
        "+",
        "0+3 999999999999999999999999+1",
        "0+0",
    ],
)
def test_marks_that_do_not_fit_are_passed_over(marks: str) -> None:
    found = read_marks(f"<?qda-turns {'0' * 8}-0000-0000-0000-{'0' * 12} {marks}?>".encode())
    turns = read_turns("R: Hai\nA: Ya", next(iter(found.values()), ()))
    assert [one.text for one in turns] in ([], ["R: Hai\nA: Ya"])
