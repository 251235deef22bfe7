"""Catalogs: each message of the code once, in the same form, and no others."""

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from empowerment_qda.labels import say_when
from empowerment_qda.locale import FOLDER, LANGUAGES, list_words, msg, say
from empowerment_qda.model.base import parse_when

MARKS = {"msg": None, "msg_in": ((1, "c"), 2), "msg_of": (1, 2), "msg_of_in": ((1, "c"), 2, 3)}
Key = tuple[str | None, object]
OTHERS = LANGUAGES[1:]


def read(language: str) -> dict[Key, Message]:
    with (FOLDER / language / "LC_MESSAGES/messages.po").open("rb") as text:
        catalog: Catalog = read_po(text)
    return {(one.context, one.id): one for one in catalog if one.id}


def extract() -> set[Key]:
    found = extract_from_dir(FOLDER.parent, [("**.py", "python")], keywords=MARKS)
    return {
        (context, message) for path, _, message, _, context in found if Path(path).parent.name != "locale"
    }


def names(text: str) -> set[str]:
    return {name for _, name, *_ in Formatter().parse(text) if name is not None}


def test_there_are_catalogs() -> None:
    assert LANGUAGES == ("en", "id")


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_said_and_none_is_left_over(language: str) -> None:
    known, asked = set(read(language)), extract()
    assert len(asked) > 500
    # A noun that is counted here and stands alone there is one entry.
    counted = {(context, said[0]) for context, said in asked if isinstance(said, tuple)}
    asked -= counted
    assert asked - known == set(), "add them to the catalog"
    assert known - asked == set(), "no code says them any more"


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_said_in_full_with_the_same_gaps(language: str) -> None:
    for one in read(language).values():
        english = one.id if isinstance(one.id, tuple) else (one.id,)
        said = [one.string] if isinstance(one.string, str) else list(one.string or ())
        assert all(said), one.id
        assert not one.fuzzy, one.id
        for text in said:
            assert names(text) == {name for each in english for name in names(str(each))}, one.id


def test_what_no_catalog_has_is_english() -> None:
    assert say("Nobody says this.", "id") == "Nobody says this."
    assert say(msg("informants"), "xx") == "informants"
    assert list_words(["a", "b", "c"], "xx", "or") == "a, b or c"
    assert say_when(parse_when("2022-09-15"), "xx") == "15 September 2022"
