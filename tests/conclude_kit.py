"""Studies for tests of conclusions: each item is a source of one turn with one coding, whose id is the item's."""

from __future__ import annotations

from typing import Any

from empowerment_qda.conclusions import conclude_study
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import Codings, Memo
from empowerment_qda.model.conclusion import Conclusions, Tactic
from empowerment_qda.model.finding import Findings
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Settings, Study

DIRECTIONS = {"sup": "supports", "lim": "limits", "neu": "neutral"}


def _aspect(name: str) -> dict[str, Any]:
    """An aspect `name` with codes name-sup1, name-sup2, name-lim1, name-lim2 and name-neu1."""
    codes = [
        {"id": f"{name}-{short}{number}", "label": f"{name} {short} {number}", "direction": direction}
        for short, direction in DIRECTIONS.items()
        for number in (1, 2)
    ]
    return {"id": name, "label": f"the {name}", "codes": codes}


BOOK = Codebook.model_validate({
    "title": "book", "version": "1", "codes": [
        {"id": "dim", "codes": [_aspect("a"), _aspect("b")]},
        {"id": "other", "codes": [_aspect("c")]},
    ],
})  # fmt: skip
WHO: dict[str, dict[str, str]] = {
    "H": {"type": "head"}, "S": {"type": "staff"}, "O1": {"type": "owner"}, "O2": {"type": "owner"},
    "O3": {"type": "owner"}, "O4": {"type": "owner"}, "U1": {"type": "owner", "identity": "unknown"},
    "U2": {"type": "owner", "identity": "unknown"},
}  # fmt: skip
PLANNED = {"head": ("agency", 1), "staff": ("agency", 2), "owner": ("owner", 3)}


def item(code: str, who: str | None = None, **more: Any) -> dict[str, Any]:
    """A passage: its code, its informant, and any key of a source or coding."""
    return {"code": code, "who": who, **more}


def build(
    items: dict[str, dict[str, Any]],
    findings: list[dict[str, Any]] | None = None,
    memos: tuple[dict[str, Any], ...] = (),
    rest: dict[str, Any] | None = None,
    **settings: Any,
) -> Study:
    """A study of these passages and findings; a finding without a statement gets a plain one."""
    sources, codings = [], []
    for name, one in items.items():
        text = one.get("text", f"words of {name}")
        source: dict[str, Any] = {
            "id": f"S-{name}", "method": one.get("method", "interview"), "turns": [{"text": text}],
            **{key: one[key] for key in ("date", "producer", "site", "provenance", "place") if key in one},
        }  # fmt: skip
        if one["who"]:
            source["informant"] = {"id": one["who"], **WHO[one["who"]]}
        sources.append(Source.model_validate(source))
        coded: dict[str, Any] = {
            "id": name, "code": one["code"], "turn": 1, "quote": one.get("quote", text),
            **{key: one[key] for key in ("strength", "event_date", "status") if key in one},
        }  # fmt: skip
        also = [{**coded, "id": f"{name}-{code}", "code": code} for code in one.get("also", ())]
        codings.append(
            Codings.model_validate({"source": f"S-{name}", "coder": "first", "codings": [coded, *also]})
        )
    filled = [{"id": "F1", "statement": "A claim.", **one} for one in findings or []]
    return Study(
        Settings.model_validate({
            "title": "t", "codebook": "c.yaml", "sources": {"interview": "x"},
            "groups": {group: {"label": f"the {group}s"} for group in ("agency", "owner")},
            "informant_types": {
                name: {"label": f"a {name}", "group": group, "planned": planned}
                for name, (group, planned) in PLANNED.items()
            },
            **settings,
        }),
        BOOK,
        tuple(sources),
        tuple(codings),
        Findings.model_validate({"findings": filled, **(rest or {})}),
        tuple(Memo.model_validate(memo) for memo in memos),
    )  # fmt: skip


def conclude(study: Study) -> Conclusions:
    """What `qda conclude` concludes."""
    return conclude_study(study, reduce_study(study))


def told(tactics: tuple[Tactic, ...], name: str) -> list[tuple[str, str]]:
    """Outcome and result of each tactic of a name."""
    return [(one.outcome, one.words) for one in tactics if one.name == name]


def only(tactics: tuple[Tactic, ...], words: str) -> Tactic:
    """The one tactic with that result."""
    found = [one for one in tactics if one.words == words]
    assert len(found) == 1, [one.words for one in tactics]
    return found[0]
