"""What a person should know before names are replaced: which are words too, which stand in another case, and which pseudonym may be
somebody's name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from empowerment_qda.anchors.normal_forms import folded
from empowerment_qda.language import sentences
from empowerment_qda.model.study import Study
from empowerment_qda.privacy.proposals import texts_of
from empowerment_qda.privacy.pseudonyms import Pseudonyms, is_listed
from empowerment_qda.text import inert_line

MOST = 3
"""Places that are named of each."""


def tell_names(study: Study, names: Pseudonyms) -> Iterator[str]:
    """A sentence for each name that may be an ordinary word, or that stands in another case, and for each pseudonym that stands
    in the study already."""
    texts = list(texts_of(study))
    begins: dict[str, list[str]] = defaultdict(list)
    found: Counter[str] = Counter()
    other: dict[str, Counter[str]] = defaultdict(Counter)
    small = {name.lower(): name for name in names.key if name.lower() != name}
    in_any_case = Pseudonyms(
        dict.fromkeys(small, "x") | {name.upper(): "x" for name in small.values() if name.upper() != name}
    )
    taken: Counter[str] = Counter()
    pseudonyms = Pseudonyms(dict.fromkeys(names.key.values(), "x"))
    for where, text in texts:
        own = list(names.find(text))
        starts = {start for start, _ in sentences(text)} if own else set()
        for one in own if " " in text else ():
            found[one.name] += 1
            if one.start in starts and " " not in one.name:
                begins[one.name].append(where)
        for one in in_any_case.find(text):
            other[small.get(one.name.lower(), one.name)][one.name] += 1
        taken.update(one.name for one in pseudonyms.find(text))
    for name, places in begins.items():
        if is_listed(folded(name)) or other[name]:
            shown = ", ".join(places[:MOST]) + (" ..." if len(places) > MOST else "")
            yield f"`{inert_line(name)}` may be an ordinary word too: {len(places)} of {found[name]} begin a sentence ({shown}). Look at them."
    for name, forms in other.items():
        if forms:
            said = ", ".join(f"{inert_line(form)} {number}" for form, number in forms.most_common())
            yield f"`{inert_line(name)}` stands in another case ({said}) and is left there; add that writing to the key where it is the name."
    for name, number in taken.items():
        yield f"The pseudonym `{inert_line(name)}` stands in the study already ({number}): from an earlier run, or as somebody's name."
