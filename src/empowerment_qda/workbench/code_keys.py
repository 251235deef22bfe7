"""Keys that make a code and change what the codebook says of one; each is a step that undo takes back."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from textwrap import shorten
from typing import Any

from empowerment_qda.exchange.project import BroughtCode, name_codes
from empowerment_qda.files.codebook_edit import EDITABLE, put_text, read_keys
from empowerment_qda.model.codebook import TOP, Codebook, CodePlace
from empowerment_qda.workbench.code_forms import EditCode, NewCode, Said
from empowerment_qda.workbench.dialogs import PickCode
from empowerment_qda.workbench.key_actions import KeyActions
from empowerment_qda.workbench.panels import match_codes

LONGEST = 80
"""Characters of a participant's words that are proposed for a name."""


class CodeKeys(KeyActions):
    """The keys for a new code, and for one that is to be changed."""

    # A new code

    def action_define(self) -> None:
        cursor = self.selection.cursor
        selected = self.selection.growing or cursor.kind == "word"
        asked = self.session.source.is_question(cursor.span.turn)
        words = (
            self.app.desk.text(self.session.source.id).quote(cursor.span) if selected and not asked else ""
        )
        self.ask_new(words)

    def ask_new(self, words: str, name: str = "", then: Callable[[str], None] | None = None) -> None:
        """Ask for a new code, named by a participant's words or by what was typed; go on with its id."""
        near, where = list(self._codes_near()), f"{self.session.source.id}#{self.selection.cursor.span.turn}"
        made: list[str] = []

        def save(keys: Said) -> str | None:
            wrong = self._define(keys)
            made.extend([] if wrong else [keys["id"]])
            return wrong

        form = NewCode(shorten_words(words), lambda said: self._propose(said, words, where, near), save, name)
        self.app.push_screen(form, lambda _: then(made[0]) if then and made else None)

    def _propose(self, said: Said, words: str, where: str, near: list[str]) -> Said:
        """What the fields may hold: the id from the name, a place near the code in hand or as the letters say, and in-vivo
        the words."""
        book, study = self.app.desk.codebook, self.app.desk.study
        under = complete_place(said["under"], book, self.session.language) or propose_place(book, near)
        codings = {one.id for file in study.codings for one in file.codings if one.id}
        brought, above = BroughtCode("new", said["label"], "above"), {"above": under} if under != TOP else {}
        made = name_codes([brought], {*book.places, *book.former, *codings}, above)
        proposed = {"id": made["new"] if said["label"] else "", "under": under}
        quoted = f"“{' '.join(words.split())}” ({where})"
        return proposed | ({"definition": quoted} if words else {})

    def _codes_near(self) -> Iterator[str]:
        """The code in hand, then those on the passage, those used last, and those before it in the source."""
        here, span = self.app.code_in_hand(), self.selection.cursor.span
        yield from [here] if here else []
        yield from (one.coding.code for one in self.under_cursor())
        yield from self.session.recent
        yield from (one.coding.code for one in reversed(self.session.shown) if one.span <= span)

    def _define(self, keys: Said) -> str | None:
        under = keys.pop("under", "")

        def define() -> str:
            entry = self.session.define(under, keys)
            where = "at the top" if entry.parent == TOP else f"under {entry.parent}"
            later = "" if keys.get("definition") else " `qda codebook lint` asks for its definition."
            return f"{keys['id']} stands {where} now; the codebook's version is {entry.version}. c gives it to the passage.{later}"

        wrong = self.attempt(define)
        if wrong is None:
            self.app.book.change(self.app.desk.codebook)
            self.session.recent.insert(0, keys["id"])
            self.app.book.point_to(keys["id"])
        return wrong

    # A code that changes

    def action_edit_code(self) -> None:
        code, book = self.app.code_in_hand(), self.app.desk.codebook
        if code in book.places:
            self._ask(code)
            return
        screen = PickCode(book, self.session.language, self.session.recent, "Which code is to change")
        self.app.push_screen(screen, lambda one: self._ask(one) if one else None)

    def _ask(self, code: str) -> None:
        before, language = read_keys(self.app.desk.codebook, code, EDITABLE), self.session.language
        shown = {name: _say(value, language) for name, value in before.items()}
        shown["direction"] = shown["direction"] or "neutral"
        others = {name: _say_other(value) for name, value in before.items()}
        self.app.push_screen(EditCode(code, shown, others, lambda said: self._redefine(code, said, before)))

    def _redefine(self, code: str, said: Said, before: dict[str, Any]) -> str | None:
        language = self.session.language
        keys = {
            name: one.strip() or None
            if name in ("direction", "color")
            else put_text(before[name], one, language, language)
            for name, one in said.items()
        }
        wrong = self.attempt(lambda: self.session.redefine(code, keys))
        if wrong is None:
            self.app.book.change(self.app.desk.codebook)
        self.selection.show_codings()
        return wrong


def _say(value: Any, language: str) -> str:
    """A key's value as it is asked for: of text in languages, the one that is written."""
    return str((value.get(language, "") if isinstance(value, dict) else value) or "")


def _say_other(value: Any) -> str:
    return next(iter(value.values()), "") if isinstance(value, dict) else ""


def shorten_words(words: str) -> str:
    """A participant's words on a line, whole words only, without signs at their ends.

    >>> shorten_words("“we sell\\nat night,"), shorten_words("often " * 20)[-12:]
    ('we sell at night', ' often often')
    """
    found = shorten(words, LONGEST, placeholder="") or words.strip()[:LONGEST]
    letters = [at for at, sign in enumerate(found) if unicodedata.category(sign)[0] not in "PZS"]
    return found[letters[0] : letters[-1] + 1] if letters else ""


def complete_place(letters: str, book: Codebook, language: str) -> str:
    """The code that some letters mean, by its id, path, or the letters in it; nothing where none is typed."""
    last = letters.strip().rpartition("/")[2] or letters.strip()
    if last == TOP or last in book.places:
        return last
    fitting = (one for one in match_codes(last, book, language) if last)
    return next((one.code.id for one in fitting), letters.strip())


def propose_place(book: Codebook, near: Iterable[str]) -> str:
    """Where a new code may stand: beside the first of some codes, or below it where it has codes below it; else under the
    first code that can have some."""
    places = [book.places[code] for code in near if code in book.places]
    return next((_place_of(book, one) for one in [*places, *book.walk()]), TOP)


def _place_of(book: Codebook, place: CodePlace) -> str:
    if not place.ancestors:
        aspects = [one for one in place.code.codes if one.codes]
        flat = not any(one.codes for one in book.codes)
        return aspects[0].id if aspects else TOP if flat else place.code.id
    above = place.ancestors[-1]
    in_dimension = len(place.ancestors) == 1 and any(one.codes for one in above.codes)
    return place.code.id if place.code.codes or in_dimension else above.id
