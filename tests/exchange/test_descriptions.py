"""Keys behind the words of a description: what a study wrote comes back, and nobody else's words are taken for keys."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.exchange.descriptions import collect, read_description, spread, write_description
from empowerment_qda.exchange.refi_return import take_keys, take_several
from empowerment_qda.model.base import Text

WORDS = st.text(st.sampled_from("ab: \n()é"), max_size=20).map(lambda text: text.strip())
KEYS = st.dictionaries(
    st.sampled_from(["use_when", "memo", "memo (en)", "note"]), WORDS.filter(bool), max_size=3
)


@given(WORDS, KEYS)
def test_words_and_keys_come_back_from_a_description(text: str, keys: dict[str, str]) -> None:
    keys = {"id": "x", **keys}
    assert read_description(write_description(text, keys)) == [(text, keys)]


@given(
    st.dictionaries(st.sampled_from(["id", "en", "de"]), st.sampled_from("pqrs"), max_size=3),
    st.sampled_from(["id", "en"]),
)
def test_a_text_comes_back_in_its_languages(root: dict[str, str], language: str) -> None:
    text = Text(root)
    keys = spread({"label": text}, language)
    back = collect("label", keys, keys.get("label", ""))
    said = Text(back) if isinstance(back, dict) else Text.of(back)
    assert [said.say(one) for one in ("id", "en", "de")] == [text.say(one) for one in ("id", "en", "de")]


def test_a_description_of_no_study_of_ours_is_left_as_it_is() -> None:
    for text in ("id: 5 kg", "id: 5\ncolour: red", "Weight.\n\nid: 5\n\nMore.", "id:"):
        assert take_keys(text, {"id", "memo"}) == (text, {})
    assert take_several("id: 5\ncolour: red", {"id"}) == ("id: 5\ncolour: red", [])
