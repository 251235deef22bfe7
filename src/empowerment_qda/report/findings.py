"""Findings, conclusion and recommendations, with all that stands behind them; and memos, each told in full once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from empowerment_qda.conclusions.tactic_names import OUTCOMES, STANDINGS, TACTICS, say_tactic
from empowerment_qda.labels import AXES, STATUSES, VERDICTS, name_verdict
from empowerment_qda.locale import say
from empowerment_qda.model.coding import Memo
from empowerment_qda.model.conclusion import Conclusions, FindingConclusion, Outcome, Tactic
from empowerment_qda.model.evidence import Evidence, count_informants
from empowerment_qda.model.finding import Conclusion, Finding, Inquiry, Recommendation
from empowerment_qda.model.triangulation import VERDICTS as ORDER
from empowerment_qda.model.triangulation import AxisResult, FindingTriangulation, Flag
from empowerment_qda.report.index import SIDES, Field, Index, Link, Part
from empowerment_qda.report.sources import view_quotes
from empowerment_qda.triangulation.flags import label_flag, lift

SHOWN = 3
"""Passages of a side that stand open."""
MemoPlaces = Sequence[tuple[Memo, Sequence[str]]]
"""Each memo with the ids of findings: it is told at the first, and the others link it."""


class VerdictCount(Part):
    """A verdict and the findings that have it."""


class AxisView(Part):
    """An axis of a finding at a glance: what was counted, of which minimum, and who or what that is."""


class FlagView(Part):
    """A weakness, and what would lift it."""


class RivalView(Part):
    """A rival explanation; `finding` leads to it where it is a finding itself."""


class CheckView(Part):
    """A tactic of verification whose result needs another look."""


def view_verdicts(index: Index) -> tuple[VerdictCount, ...]:
    """How many findings have which verdict, the best first."""
    return tuple(
        VerdictCount(
            key=verdict,
            words=say(VERDICTS[verdict], index.language),
            meaning=index.words[f"say_{verdict}"],
            findings=tuple(
                index.to("finding", one.id) for one in index.triangulation.findings if one.verdict == verdict
            ),
        )
        for verdict in reversed(ORDER)
    )


def view_sections(index: Index, conclusions: Conclusions, memos: MemoPlaces) -> tuple[Part, ...]:
    """Findings by dimension, in the order of the codebook; those of no dimension last."""
    concluded = {one.finding.id: one for one in conclusions.findings}
    places = index.study.codebook.places
    by_dimension: dict[str, list[Part]] = {name: [] for name in places}
    for found in index.triangulation.findings:
        view = _view_finding(found, concluded.get(found.id), index, memos)
        by_dimension.setdefault(index.findings[found.id].dimension or "", []).append(view)
    return tuple(
        Part(
            label=index.label("code", name) if name else index.words["no_dimension"],
            anchor=f"findings-{name or 'other'}",
            definition=index.say(places[name].code.definition) if name in places else "",
            findings=tuple(views),
        )
        for name, views in by_dimension.items()
        if views
    )


def view_claim(claim: Conclusion | Recommendation, index: Index) -> Part:
    """A conclusion or recommendation, as strong as the weakest finding it rests on ("" where it rests on nothing)."""
    verdicts = [index.triangulation.by_id[one].verdict for one in claim.rests_on]
    weakest = min(verdicts, key=ORDER.index, default=None)
    return Part(
        id=getattr(claim, "id", ""),
        statement=index.say(claim.statement),
        note=index.say(claim.note),
        weakest=weakest or "",
        weakest_words=say(VERDICTS[weakest], index.language) if weakest else "",
        rests_on=tuple(index.to("finding", one) for one in claim.rests_on),
    )


def _view_finding(
    found: FindingTriangulation, concluded: FindingConclusion | None, index: Index, memos: MemoPlaces
) -> Part:
    finding = index.findings[found.id]
    told = [memo for memo, homes in memos if homes[:1] == [found.id]]
    answers = dict.fromkeys(one.response for one in (found, *found.parts) if one.response)
    return Part(
        id=found.id,
        anchor=index.to("finding", found.id).anchor,
        statement=index.say(finding.statement),
        verdict=found.verdict,
        verdict_words=name_verdict(found, index.language, contested=False),
        meaning=index.words[f"say_{found.verdict}"],
        contested=found.contested and found.verdict != "contested",
        draft=finding.draft,
        axes=tuple(_view_axis(name, axis, index) for name, axis in found.axes.items()),
        supported=bool(found.supporting),
        sides=tuple(_view_side(found, side, index) for side in SIDES if getattr(found, side)),
        expected=tuple(index.label("type", one) for one in finding.expected_types),
        flags=view_flags(found.flags, found, index),
        rivals=_view_rivals(concluded, index) if concluded else (),
        # One that is told here speaks for itself (R14).
        response=tuple(memo.text for one in answers if (memo := index.memos[one]) not in told),
        parts=tuple(_view_part(part, part.id == found.worst_part, index) for part in found.parts),
        note=index.say(finding.note),
        memos=tuple(view_memo(memo, index) for memo in told),
        memo_links=tuple(
            Link(index.words["memo_at"].format(id=memo.id, finding=homes[0]), f"memo-{memo.id}")
            for memo, homes in memos
            if found.id in homes[1:]
        ),
        inquiries=tuple(_view_inquiries(finding, index)),
        checks=view_checks(concluded.tactics, index, ("doubtful", "fails")) if concluded else (),
    )


def _view_axis(name: str, axis: AxisResult, index: Index) -> AxisView:
    return AxisView(
        key=name,
        label=say(AXES[name], index.language),
        count=f"{axis.count}–{axis.upper}" if axis.upper > axis.count else str(axis.count),
        minimum=axis.minimum,
        required=axis.required,
        status=axis.status,
        words=say(STATUSES[axis.status], index.language),
        values=tuple(index.label(name, value) for value in axis.values),
    )


def _view_side(found: FindingTriangulation, side: str, index: Index) -> Part:
    """Some passages stand open and the others fold away; what speaks against a finding never does."""
    rows: Sequence[Evidence] = getattr(found, side)
    shown = choose_first(rows) if side != "contradicting" and len(rows) > SHOWN + 1 else list(rows)
    rest = [row for row in rows if row not in shown] if len(shown) < len(rows) else []
    passages, informants = index.count("passage", len(rows)), count_informants(rows)
    spoken = index.count("informant", informants.upper, informants)
    counted = side == "inferred" and index.study.settings.evidence.count_inferred
    return Part(
        key=side,
        heading=index.words["inferred_counted" if counted else side],
        count=f"{passages}, {spoken}" if informants.upper else passages,
        quotes=view_quotes(shown, found.id, side, index),
        more=view_quotes(rest, found.id, side, index),
        more_words=index.words["more"].format(passages=index.count("passage", len(rest))) if rest else "",
    )


def choose_first(rows: Sequence[Evidence]) -> list[Evidence]:
    """Those that stand open, in their order: every type and method is heard before one is heard twice."""
    first: dict[tuple[str | None, str], Evidence] = {}
    for row in rows:
        first.setdefault((row.type, row.method), row)
    chosen = [*first.values(), *(row for row in rows if row not in first.values())][:SHOWN]
    return [row for row in rows if row in chosen]


def view_flags(
    flags: Sequence[Flag], found: FindingTriangulation | None, index: Index
) -> tuple[FlagView, ...]:
    """Weaknesses of a finding, or notes on the study where `found` is None, each with what would lift it; where one word
    of another group lifts several, it is told once."""
    study, language, views = index.study, index.language, []
    another_group = any(flag.code == "T06" for flag in flags)
    for flag in flags:
        name = {"T04": "informant", "T05": "type"}.get(flag.code)
        axis = found.axes[name] if found and name else None
        told = another_group and axis and axis.minimum - axis.count == 1
        cure = index.words["same_word"].format(code="T06") if told else lift(flag, found, study, language)
        views.append(FlagView(code=flag.code, sentence=label_flag(flag, study, language), lift=cure))
    return tuple(views)


def view_checks(
    tactics: Iterable[Tactic], index: Index, outcomes: Sequence[Outcome]
) -> tuple[CheckView, ...]:
    """Tactics of verification with one of these outcomes."""
    language = index.language
    return tuple(
        CheckView(
            name=say(TACTICS[one.name], language),
            outcome=say(OUTCOMES[one.outcome], language),
            sentence=say_tactic(one, language, index.label),
        )
        for one in tactics
        if one.outcome in outcomes
    )


def _view_rivals(concluded: FindingConclusion, index: Index) -> tuple[RivalView, ...]:
    return tuple(
        RivalView(
            statement=index.say(rival.statement),
            finding=index.to("finding", rival.id) if rival.id in index.findings else None,
            standing=say(STANDINGS[rival.standing], index.language),
            passages=index.passages(rival.supporting),
        )
        for rival in concluded.rivals
    )


def _view_part(part: FindingTriangulation, worst: bool, index: Index) -> Part:
    """One part of a finding (R13); the worst decides its verdict."""
    return Part(
        id=part.id,
        anchor=index.to("finding", part.id).anchor,
        statement=index.say(index.study.findings.by_id[part.id].statement),
        verdict=part.verdict,
        verdict_words=name_verdict(part, index.language),
        worst=worst,
    )


def _view_inquiries(finding: Finding, index: Index) -> Iterator[Field]:
    for key in ("member_check", "negative_search"):
        inquiry: Inquiry | None = getattr(finding, key)
        if inquiry:
            done = index.words["done" if inquiry.done else "not_done"]
            date = index.date(inquiry.date) if inquiry.date else ""
            said = ", ".join(one for one in (done, date, inquiry.by) if one)
            yield Field(index.words[key], f"{said}. {index.say(inquiry.note)}" if inquiry.note else said)


def place_memos(index: Index) -> MemoPlaces:
    """Each memo with the findings that it links, itself or a part of it; those that it answers first."""
    places = []
    for memo in index.study.memos:
        links = set(memo.links)
        about = [one for one in index.findings.values() if links & {one.id, *(part.id for part in one.parts)}]
        about.sort(key=lambda one: all(claim.response != memo.id for claim in one.claims))
        places.append((memo, [one.id for one in about]))
    return places


def view_memo(memo: Memo, index: Index) -> Part:
    """A memo, whose `text` is Markdown; a link that leads nowhere is told in words."""
    links = [(name, index.link(name)) for name in memo.links]
    return Part(
        id=memo.id,
        anchor=index.to("memo", memo.id).anchor,
        title=memo.title or "",
        kind=index.words[f"kind_{memo.kind}"],
        author=memo.author or "",
        date=index.date(memo.date) if memo.date else "",
        links=tuple(Link(name, link.anchor) for name, link in links if link),
        plain_links=tuple(name for name, link in links if not link),
        text=memo.text,
    )
