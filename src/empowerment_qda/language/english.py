"""The stem of an English word, and what made another word of it.

The stem is Snowball's, which takes derivations off too (organ, organize); what an ending other than one of inflection
adds to it tells such words apart.
"""

from __future__ import annotations

import snowballstemmer  # type: ignore[import-untyped]

_snowball = snowballstemmer.stemmer("english")

# Forms that no ending shows: "base: form form".
IRREGULAR = """
teach: taught|give: gave given|get: got gotten|buy: bought|sell: sold|make: made|tell: told|come: came|run: ran
know: knew known|hold: held|bring: brought|take: took taken|write: wrote written|build: built|grow: grew grown
lose: lost|keep: kept|leave: left|meet: met|pay: paid|say: said|see: saw seen|send: sent|spend: spent
understand: understood|win: won|begin: began begun|break: broke broken|choose: chose chosen|fall: fell fallen
feel: felt|find: found|forget: forgot forgotten|hear: heard|lead: led|lend: lent|rise: rose risen|show: shown
speak: spoke spoken|stand: stood|steal: stole stolen|think: thought|throw: threw thrown|wear: wore worn|go: went gone
do: did done|have: had has|be: is are was were been am|become: became|learn: learnt|mean: meant|drive: drove driven
eat: ate eaten|draw: drew drawn|catch: caught|fight: fought|deal: dealt|sit: sat|sleep: slept|sing: sang sung
man: men|woman: women|child: children|person: people
"""
BASES = {
    form: base
    for line in IRREGULAR.strip().replace("\n", "|").split("|")
    for base, _, forms in [line.partition(": ")]
    for form in forms.split()
}


def analyse_english(form: str) -> tuple[str, str]:
    """The stem of one folded word, and the letters of what was derived from it (empty where it is only inflected).

    >>> [analyse_english(word) for word in ("trained", "trainings", "taught", "motivation")]
    [('train', ''), ('train', ''), ('teach', ''), ('motiv', 'ation')]
    """
    form = BASES.get(form, form)
    stem: str = _snowball.stemWord(form)
    bare, base = _uninflected(form), _uninflected(stem)
    shared = next(
        (n for n, (one, other) in enumerate(zip(bare, base, strict=False)) if one != other),
        min(len(bare), len(base)),
    )
    return stem, bare[shared:]


def _uninflected(word: str) -> str:
    """A word without endings of inflection, in a shape that all its forms have: hope and hoping are both hop."""
    word = word.removesuffix("'").removesuffix("'s")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") else word[:-1]
    for ending in ("ied", "ed", "ing"):
        if word.endswith(ending) and any(letter in "aeiouy" for letter in word[: -len(ending)]):
            word = word.removesuffix(ending) + ("y" if ending == "ied" else "")
            break
    word = word.removesuffix("e")
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") else word
