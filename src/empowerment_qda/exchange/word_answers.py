"""What people answered in a document of Word, as changes of the study's codings: three states are compared, the coding as it
went out, as the document has it, and as the study has it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from empowerment_qda.coding.anchor_repair import place_anew
from empowerment_qda.evidence.passages import Passage, make_coding, passages_of, text_of
from empowerment_qda.exchange.matching import QUESTION
from empowerment_qda.exchange.word_comments import Comment
from empowerment_qda.exchange.word_return import CodeNames, Found, Kept, Returned, ReturnedWords, take_mark
from empowerment_qda.exchange.word_transcript import digest_memo, place_of
from empowerment_qda.model.coding import AUTO, Coding
from empowerment_qda.model.source import Source, Span
from empowerment_qda.model.study import Study

DONE = ("new", "changed", "memo", "removed")
"""What is done; all else is left to a person."""


class Answer(NamedTuple):
    """One thing that a document brings. `here` is what the study has, `there` what the document has; `why` it is not done."""

    what: str
    """new, changed, memo, removed; or gone (a comment was deleted), text (words were changed), conflict, unplaced."""
    place: str
    coder: str
    coding: str
    code: str
    here: str
    there: str
    why: str = ""


@dataclass(slots=True)
class Answers:
    """All that a document brings: new codings and changed ones by coder, memos (coder, link, text), codings whose comments are
    gone, and what is told of each."""

    fresh: dict[str, list[Coding]] = field(default_factory=lambda: defaultdict(list))
    pairs: dict[str, list[tuple[Coding, Coding | None]]] = field(default_factory=lambda: defaultdict(list))
    memos: list[tuple[str, str, str]] = field(default_factory=list)
    gone: list[Passage] = field(default_factory=list)
    told: list[Answer] = field(default_factory=list)
    there: int = 0
    edited: list[int] = field(default_factory=list)
    """Turns that the study changed since."""

    def remove(self, passage: Passage) -> None:
        """Take a coding away whose comment is gone."""
        self.pairs[passage.file.coder].append((passage.coding, None))
        self.told = [
            one._replace(what="removed", why="") if (one.what, one.coding) == ("gone", passage.id) else one
            for one in self.told
        ]


def find_authors(back: Returned) -> list[str]:
    """Those whose comments are new in a document."""
    return list(dict.fromkeys(one.author for one in back.comments if not take_mark(one, back.kept)[0]))


def read_answers(back: Returned, source: Source, study: Study, coder_of: Mapping[str, str]) -> Answers:
    """What a document brings into a study; `coder_of` gives the coder for each author of new comments."""
    reader = _Reader(back, source, study, coder_of)
    owners: dict[str, Comment] = {}
    for one in back.comments:
        id_ = take_mark(one, back.kept)[0]
        # Of a comment that was copied, the one that stands where it stood is the coding.
        if id_ and (id_ not in owners or reader.is_in_place(one) > reader.is_in_place(owners[id_])):
            owners[id_] = one
    for one in back.comments:
        id_, first, memo = take_mark(one, back.kept)
        if owners.get(id_) is one:
            reader.read_known(one, id_, first, memo)
    for one in back.comments:
        id_, first, memo = take_mark(one, back.kept)
        if owners.get(id_) is not one:
            reader.read_new(one, first, memo)
    reader.read_gone(owners)
    return reader.answers


class _Reader:
    """Reads the comments of a document against a study, one after the other."""

    def __init__(self, back: Returned, source: Source, study: Study, coder_of: Mapping[str, str]) -> None:
        self.answers = Answers()
        self._back, self._source, self._study, self._coder_of = back, source, study, coder_of
        self._words = ReturnedWords(back, source)
        self._names = CodeNames(study.codebook)
        self._passages = {one.id: one for one in passages_of(study) if one.source.id == source.id}
        self._held: dict[tuple[str, str, Span], Passage | Coding] = {
            (one.file.coder, one.coding.code, one.anchor.span): one
            for one in self._passages.values()
            if one.anchor.span
        }
        for turn in self._words.changed:
            place = f"{source.id}#{turn.number}" if turn.number else source.id
            why = (
                "its words were changed in the document; in the study they stay"
                if turn.there
                else "the turn is gone from the document"
            )
            self._tell("text", place=place, here=turn.here, there=turn.there, why=why)
        self.answers.edited = self._words.edited

    def _tell(self, what: str, passage: Passage | None = None, **keys: str) -> None:
        about = {
            "place": self._source.id,
            "coder": "",
            "coding": "",
            "code": "",
            "here": "",
            "there": "",
            "why": "",
        }
        if passage:
            span, coding = passage.anchor.span, passage.coding
            about |= {"coder": passage.file.coder, "coding": passage.id, "code": coding.code}
            about["place"] = span.on(self._source.id) if span else self._source.id
        self.answers.told.append(Answer(what, **(about | keys)))

    def _find(self, comment: Comment) -> Found:
        return self._words.find(comment.start, comment.end)

    def is_in_place(self, comment: Comment) -> bool:
        """Whether a comment stands where its coding went out."""
        id_ = take_mark(comment, self._back.kept)[0]
        return bool(id_) and self._find(comment).place == self._back.kept[id_].place

    # Comments that were codings when the document went out.

    def read_known(self, comment: Comment, id_: str, first: str, memo: str) -> None:
        """What was changed of a coding: its code, its memo, its place."""
        kept, found, passage = self._back.kept[id_], self._find(comment), self._passages.get(id_)
        codes, unclear = self._names.find(first)
        same = [code for code in codes if self._names.is_code(code, kept.code)]
        others = [code for code in codes if code not in same]
        start, _, end = kept.place.partition("-")
        gone = not found.place and not found.span and start != end
        moved = gone or found.place not in ("", kept.place)
        if codes == same and codes and digest_memo(memo) == kept.memo and not moved:
            return
        said = "\n".join(filter(None, [first, memo]))
        if passage is None or passage.coding.status != "accepted" or passage.file.coder == AUTO:
            why = (
                "the study has that coding no more"
                if passage is None
                else f"that coding is {passage.coding.status} now"
            )
            if passage and passage.file.coder == AUTO:
                why = "it is the machine's: accept it first (`qda code accept`)"
            self._tell("conflict", passage, there=said, why=why, **({} if passage else {"coding": id_}))
            return
        if not codes:
            why = unclear or "its first line names no code of the codebook"
            self._tell("conflict", passage, here=passage.coding.code, there=said, why=why)
            return
        update: dict[str, Any] = {}
        if not same:
            self._take_code(passage, kept, others.pop(0), update)
        if digest_memo(memo) != kept.memo:
            self._take_memo(passage, kept, memo, update)
        span = self._take_place(passage, kept, found) if moved else None
        self._change(passage, update, span)
        for code in others:
            self._add(comment, code, "")

    def _take_code(self, passage: Passage, kept: Kept, code: str, update: dict[str, Any]) -> None:
        now = passage.coding.code
        if now == code:
            return
        if not self._names.is_code(now, kept.code):
            self._tell("conflict", passage, here=now, there=code, why="the study gave it another code since")
        elif why := self._why_not_code(code):
            self._tell("conflict", passage, here=now, there=code, why=why)
        else:
            update["code"] = code

    def _why_not_code(self, code: str) -> str:
        retired = self._study.codebook.places[code].code.status == "retired"
        return f"the code `{code}` is retired" if retired else ""

    def _take_memo(self, passage: Passage, kept: Kept, memo: str, update: dict[str, Any]) -> None:
        now = passage.coding.memo or ""
        if digest_memo(now) == digest_memo(memo):
            return
        if digest_memo(now) != kept.memo:
            self._tell(
                "conflict", passage, here=now, there=memo, why="its memo was changed in the study since"
            )
        else:
            update["memo"] = memo or None

    def _take_place(self, passage: Passage, kept: Kept, found: Found) -> Span | None:
        now = passage.anchor.span
        if found.span is None:
            self._tell("unplaced", passage, here=passage.coding.quote, why=found.why_not)
        elif now != found.span:
            edited = now and set(self._words.edited).intersection(now.turns)
            if now and not edited and place_of(self._source, now) != kept.place:
                there = self._source.quote(found.span)
                self._tell(
                    "conflict",
                    passage,
                    here=self._source.quote(now),
                    there=there,
                    why="the study moved it since",
                )
            elif all(map(self._source.is_question, found.span.turns)):
                self._tell(
                    "unplaced",
                    passage,
                    here=passage.coding.quote,
                    there=self._source.quote(found.span),
                    why=QUESTION,
                )
            else:
                return found.span
        return None

    def _change(self, passage: Passage, update: dict[str, Any], span: Span | None) -> None:
        """Put what was changed into the coding, unless its coder has another with that code on those words."""
        now, coder = passage.coding, passage.file.coder
        after, stands = now.model_copy(update=update), passage.anchor.span
        if span and (placed := place_anew(after, span, text_of(self._source))):
            after, stands = placed, span
        elif span:
            why = "no words there lead back to that place"
            self._tell("unplaced", passage, here=now.quote, there=self._source.quote(span), why=why)
        if after == now:
            return
        if stands and (after.code, stands) != (now.code, passage.anchor.span):
            if (coder, after.code, stands) in self._held:
                why = "those words have that code of that coder already"
                self._tell("conflict", passage, here=now.code, there=after.code, why=why)
                return
            if passage.anchor.span:
                self._held.pop((coder, now.code, passage.anchor.span), None)
            self._held[coder, after.code, stands] = after
        self.answers.pairs[coder].append((now, after))
        for key_, was, became in (
            ("code", now.code, after.code),
            ("memo", now.memo, after.memo),
            ("words", now.quote, after.quote),
        ):
            if was != became:
                self._tell("changed", passage, here=f"{key_}: {was or ''}", there=f"{key_}: {became or ''}")

    # New comments.

    def read_new(self, comment: Comment, first: str, memo: str) -> None:
        """A coding of its author for each code that the first line names; without one a memo on the passage."""
        codes, unclear = self._names.find(first)
        for code in codes:
            self._add(comment, code, memo)
        if codes:
            return
        text = "\n".join(filter(None, [first, memo]))
        coder, found = self._coder_of.get(comment.author, comment.author), self._find(comment)
        if unclear or found.span is None:
            self._tell(
                "unplaced", coder=coder, there=text, why=unclear or found.why_not, here=self._quote(comment)
            )
            return
        link = found.span.on(self._source.id)
        known = (one for one in self._study.memos if one.author == coder and link in one.links)
        if any(digest_memo(one.text) == digest_memo(text) for one in known):
            self.answers.there += 1
            return
        self.answers.memos.append((coder, link, text))
        self._tell("memo", coder=coder, place=link, there=text)

    def _add(self, comment: Comment, code: str, memo: str) -> None:
        coder, found = self._coder_of.get(comment.author, comment.author), self._find(comment)
        why = found.why_not or self._why_not_code(code)
        if found.span and all(map(self._source.is_question, found.span.turns)):
            why = QUESTION
        if why or found.span is None:
            self._tell("unplaced", coder=coder, code=code, here=self._quote(comment), there=memo, why=why)
            return
        place = found.span.on(self._source.id)
        known = self._held.get((coder, code, found.span))
        if known is not None:
            coding = known.coding if isinstance(known, Passage) else known
            if digest_memo(coding.memo or "") == digest_memo(memo) or not memo:
                self.answers.there += 1
            else:
                why = "those words have that code of that coder already, with another memo"
                self._tell(
                    "conflict",
                    coder=coder,
                    code=code,
                    coding=coding.id or "",
                    place=place,
                    here=coding.memo or "",
                    there=memo,
                    why=why,
                )
            return
        try:
            made = make_coding(text_of(self._source), found.span, code=code, memo=memo or None)
        except ValueError:
            self._tell(
                "unplaced", coder=coder, code=code, place=place, there=memo, why="no words stand there"
            )
            return
        self._held[coder, code, found.span] = made
        self.answers.fresh[coder].append(made)
        self._tell(
            "new", coder=coder, code=code, place=place, here=self._source.quote(found.span), there=memo
        )

    def _quote(self, comment: Comment) -> str:
        return self._back.text[comment.start : comment.end].strip()

    # Comments that are gone.

    def read_gone(self, seen: Collection[str]) -> None:
        """The codings that went out, stand in the study, and have no comment any more."""
        for id_ in self._back.kept:
            passage = self._passages.get(id_)
            if (
                id_ not in seen
                and passage
                and passage.coding.status == "accepted"
                and passage.file.coder != AUTO
            ):
                self.answers.gone.append(passage)
                self._tell(
                    "gone", passage, here=passage.coding.quote, why="its comment is gone from the document"
                )
