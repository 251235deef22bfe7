"""The words people read: English stands in the code, other languages in catalogs, `xx/LC_MESSAGES/messages.po`.

The code marks its words with `msg`, `msg_of` and, in a context, `msg_in` and `msg_of_in`; `say` and `say_number` give
them in a language. A language without a catalog, and a message that a catalog lacks, are English.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from babel import Locale

FOLDER = Path(__file__).parent
LANGUAGES = ("en", *sorted(path.parents[1].name for path in FOLDER.glob("*/LC_MESSAGES/messages.po")))
"""English, and each language that has a catalog."""
_CONTEXT = "\x04"  # between context and message, as gettext has it


def msg(message: str) -> str:
    """Mark a message for the catalogs."""
    return message


def msg_in(context: str, message: str) -> str:
    """Mark a message that other languages say in another way where it stands in another context."""
    return context + _CONTEXT + message


def msg_of(singular: str, plural: str) -> tuple[str, str]:
    """Mark a noun that is counted."""
    return singular, plural


def msg_of_in(context: str, singular: str, plural: str) -> tuple[str, str]:
    """Mark a noun that is counted, and that other languages call otherwise in another context."""
    return context + _CONTEXT + singular, plural


@cache
def _catalog(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", FOLDER, [language], fallback=True)


def say(message: str, language: str, **values: object) -> str:
    """A marked message in a language (two letters), with values for its `{names}`.

    >>> say(msg("informants"), "en"), say(msg("informants"), "id"), say(msg("informants"), "xx")
    ('informants', 'informan', 'informants')
    """
    said = _catalog(language).gettext(message).rpartition(_CONTEXT)[2]
    return said.format(**values) if values else said


def say_all(messages: Mapping[str, str], language: str) -> dict[str, str]:
    """Marked messages in a language, under the same keys."""
    return {key: say(message, language) for key, message in messages.items()}


def say_number(noun: tuple[str, str], number: int, language: str) -> str:
    """A noun in the form that goes with a number, without the number.

    >>> say_number(msg_of("turn", "turns"), 2, "en"), say_number(msg_of("turn", "turns"), 2, "id")
    ('turns', 'giliran')
    """
    return _catalog(language).ngettext(*noun, number).rpartition(_CONTEXT)[2]


@cache
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(language if language in LANGUAGES[1:] else "en_GB")


def list_words(words: Sequence[str], language: str, last: Literal["and", "or"] = "and") -> str:
    """Words as a sentence lists them.

    >>> list_words(["a", "b", "c"], "en"), list_words(["a", "b", "c"], "id", "or")
    ('a, b and c', 'a, b, atau c')
    """
    from babel.lists import format_list

    return format_list(words, "or" if last == "or" else "standard", _locale(language))


def month_names(language: str) -> dict[int, str]:
    """The months by number (from 1)."""
    from babel.dates import get_month_names

    names: Any = get_month_names("wide", "format", _locale(language))
    return dict(names)
