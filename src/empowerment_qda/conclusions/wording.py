"""Whether a claim says more than its passages: words for all cases over few informants, and for causes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from empowerment_qda.conclusions.finding_tactics import refs_of
from empowerment_qda.conclusions.material import Material
from empowerment_qda.model.conclusion import FindingConclusion, Outcome, Tactic
from empowerment_qda.model.evidence import count_informants

ENOUGH = 3
"""Supporting informants from which a word for all cases is let pass."""

_ALL = (
    "all", "always", "never", "every", "everyone", "everybody", "nobody", "none", "no one",
    "semua", "semuanya", "selalu", "tidak pernah", "tak pernah", "seluruh", "seluruhnya", "setiap",
)  # fmt: skip
_CAUSES = (
    "because", "cause", "causes", "caused", "due to", "owing to", "therefore", "thus", "hence",
    "consequently", "as a result", "leads to", "led to", "results in", "resulted in", "that's why",
    "that is why",
    "karena", "sebab", "sebabnya", "disebabkan", "menyebabkan", "penyebab", "penyebabnya", "akibat",
    "akibatnya", "mengakibatkan", "diakibatkan", "sehingga", "lantaran", "gara-gara", "makanya", "jadinya",
    "soalnya",
)  # fmt: skip
_NOT = r"(?:\b(?:not|hardly|tidak|tak|belum|bukan|nggak|enggak)|n['’]t)\s+"


def _words(words: Iterable[str]) -> str:
    """A pattern of whole words, any white space between the words of a phrase."""
    longest_first = sorted(words, key=len, reverse=True)
    return (
        r"(?<![\w-])(?:"
        + "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in longest_first)
        + r")(?![\w-])"
    )


_UNIVERSAL = re.compile(_words(_ALL))
# `not all`, and `does not reach all`: one word may stand between. `at all` and the like claim nothing.
_LIMITED = re.compile(rf"(?:{_NOT}(?:\w+\s+)?|\b(?:at|above|after|of)\s+)$")
# `so` is a cause after a comma or at the start only, and not in `so far`, `so that` and the like.
_CAUSAL = re.compile(
    _words(_CAUSES) + r"|(?:^|(?<=[,;:.])\s*)so(?=,?\s+(?!far\b|many\b|much\b|that\b|called\b|long\b|on\b))"
)
_DENIED = re.compile(rf"{_NOT}$")


def find_universal_words(text: str) -> list[str]:
    """Words that claim all cases or none, whole, folded, and not where they are denied.

    >>> find_universal_words("Semua pemilik SELALU hadir."), find_universal_words("Tidak semua hadir.")
    (['semua', 'selalu'], [])
    """
    return _find(_UNIVERSAL, _LIMITED, text)


def find_causal_words(text: str) -> list[str]:
    """Words that claim a cause, whole, folded, and not where they are denied.

    >>> find_causal_words("Idle because of time, so sales fell."), find_causal_words("Not because of it.")
    (['because', 'so'], [])
    """
    return _find(_CAUSAL, _DENIED, text)


def _find(words: re.Pattern[str], denied: re.Pattern[str], text: str) -> list[str]:
    folded = text.casefold()
    found = (match for match in words.finditer(folded) if not denied.search(folded, 0, match.start()))
    return list(dict.fromkeys(" ".join(match[0].split()) for match in found))


def check_wording(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Words in any language of the statement that its supporting passages may not carry."""
    if found.finding.draft:
        yield Tactic("wording", "not_done", "draft_statement")
    texts = found.finding.statement.root.values()
    universal = ", ".join(dict.fromkeys(word for text in texts for word in find_universal_words(text)))
    informants = count_informants(found.supporting)
    if universal and informants.lower < ENOUGH:
        values = (("words", universal), ("informants", str(informants)))
        outcome: Outcome = "doubtful" if found.supporting else "fails"
        yield Tactic("wording", outcome, "universal_words", values)
    causal = ", ".join(dict.fromkeys(word for text in texts for word in find_causal_words(text)))
    if causal:
        yield _check_cause(found, causal, material)


def _check_cause(found: FindingConclusion, words: str, material: Material) -> Tactic:
    """What there is for the cause; only a person can say that a passage states it (`cause_in`).

    Two codes behind the claim are its two halves at best; a passage with a causal word is a place to look.
    """
    cited = material.citations.rows(found.finding.cited("supported_by"))
    codes = ", ".join(dict.fromkeys(row.code for row in cited))
    named = material.citations.rows(found.finding.cause_in)
    saying = [row for row in found.supporting if find_causal_words(row.quote)]
    values = (("words", words), ("codes", codes))
    if not found.supporting:
        return Tactic("wording", "fails", "cause_unsupported", values)
    if named:
        return Tactic("wording", "holds", "cause_named", values, refs_of(named))
    if saying:
        return Tactic("wording", "doubtful", "cause_look", values, refs_of(saying))
    variant = "cause_two_codes" if "," in codes else "cause_one_code"
    return Tactic("wording", "doubtful", variant, values)
