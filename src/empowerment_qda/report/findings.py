"""Findings, conclusion and recommendations, with all that stands behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from empowerment_qda.conclusions.tactic_names import OUTCOMES, STANDINGS, TACTICS, say_tactic
from empowerment_qda.labels import label_flag, say_when
from empowerment_qda.locale import say
from empowerment_qda.model.conclusion import Conclusions, FindingConclusion, Outcome, Tactic
from empowerment_qda.model.evidence import Evidence, count_informants
from empowerment_qda.model.finding import Conclusion, Finding, Inquiry, Recommendation, Verdict
from empowerment_qda.model.triangulation import VERDICTS as ORDER
from empowerment_qda.model.triangulation import AxisResult, FindingTriangulation, Flag
from empowerment_qda.report.index import Index
from empowerment_qda.report.memos import MemoPlaces
from empowerment_qda.report.quotes import choose_first, view_quotes
from empowerment_qda.report.views import (
    AxisView,
    CheckView,
    ClaimView,
    Field,
    FindingView,
    FlagView,
    PartView,
    RivalView,
    SectionView,
    SideView,
    VerdictCount,
)
from empowerment_qda.report.words import count_words
from empowerment_qda.triangulation.advice import lift
from empowerment_qda.words import AXES, STATUSES, VERDICTS, name_verdict


def view_sections(index: Index, conclusions: Conclusions, memos: MemoPlaces) -> tuple[SectionView, ...]:
    """Findings by dimension, in the order of the codebook; those of no dimension last."""
    concluded = {one.finding.id: one for one in conclusions.findings}
    by_dimension: dict[str, list[FindingView]] = {}
    for found in index.triangulation.findings:
        view = _view_finding(found, concluded.get(found.id), index, memos)
        by_dimension.setdefault(index.findings[found.id].dimension or "", []).append(view)
    order = [one for one in index.study.codebook.places if one in by_dimension]
    sections = []
    for name in (*order, *(one for one in by_dimension if one not in order)):
        place = index.study.codebook.places.get(name)
        definition = place.code.definition if place else None
        label = index.label("code", name) if name else index.words["no_dimension"]
        sections.append(
            SectionView(
                label=label,
                anchor=f"findings-{name or 'other'}",
                definition=definition.say(index.language) if definition else "",
                findings=tuple(by_dimension[name]),
            )
        )
    return tuple(sections)


def view_verdicts(index: Index) -> tuple[VerdictCount, ...]:
    """How many findings have which verdict, the best first."""
    return tuple(
        VerdictCount(
            key=verdict,
            words=say(VERDICTS[verdict], index.language),
            meaning=index.words[f"say_{verdict}"],
            findings=tuple(
                index.finding(one.id) for one in index.triangulation.findings if one.verdict == verdict
            ),
        )
        for verdict in reversed(ORDER)
    )


def view_claim(claim: Conclusion | Recommendation, index: Index) -> ClaimView:
    """A conclusion or recommendation, as strong as the weakest finding it rests on."""
    weakest = weakest_verdict(claim.rests_on, index)
    return ClaimView(
        id=getattr(claim, "id", ""),
        statement=claim.statement.say(index.language),
        note=claim.note.say(index.language) if claim.note else "",
        weakest=weakest or "",
        weakest_words=say(VERDICTS[weakest], index.language) if weakest else "",
        rests_on=tuple(index.finding(one) for one in claim.rests_on),
    )


def weakest_verdict(ids: Iterable[str], index: Index) -> Verdict | None:
    """The weakest among the verdicts of these findings; None where there are none."""
    found = [index.triangulation.by_id[one].verdict for one in ids]
    return min(found, key=ORDER.index, default=None)


def _view_finding(
    found: FindingTriangulation, concluded: FindingConclusion | None, index: Index, memos: MemoPlaces
) -> FindingView:
    finding, language = index.findings[found.id], index.language
    return FindingView(
        id=found.id,
        anchor=index.finding(found.id).anchor,
        statement=finding.statement.say(language),
        verdict=found.verdict,
        verdict_words=name_verdict(found, language, contested=False),
        meaning=index.words[f"say_{found.verdict}"],
        contested=found.contested and found.verdict != "contested",
        draft=finding.draft,
        axes=tuple(_view_axis(name, axis, index) for name, axis in found.axes.items()),
        supported=bool(found.supporting),
        sides=tuple(_sides(found, index)),
        expected=tuple(index.label("type", one) for one in finding.expected_types),
        flags=tuple(_view_flags(found, index)),
        rivals=tuple(_rivals(concluded, index)) if concluded else (),
        response=tuple(_responses(found, index, memos)),
        parts=tuple(_parts(found, index)),
        note=finding.note.say(language) if finding.note else "",
        memos=memos.told.get(found.id, ()),
        memo_links=memos.linked.get(found.id, ()),
        inquiries=tuple(_inquiries(finding, index)),
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


def _sides(found: FindingTriangulation, index: Index) -> Iterator[SideView]:
    counted = "inferred_counted" if index.study.settings.evidence.count_inferred else "inferred"
    for key, heading, rows in (
        ("supporting", "supporting", found.supporting),
        ("contradicting", "contradicting", found.contradicting),
        ("qualifying", "qualifying", found.qualifying),
        ("inferred", counted, found.inferred),
    ):
        if rows:
            yield _view_side(found.id, key, index.words[heading], rows, index)


def _view_side(finding: str, key: str, heading: str, rows: Sequence[Evidence], index: Index) -> SideView:
    """Some passages stand open and the others fold away; what speaks against a finding never does."""
    shown, rest = choose_first(rows) if key != "contradicting" else (list(rows), [])
    if len(rest) == 1:
        shown, rest = list(rows), []
    passages = count_words("passage", len(rows), index.language)
    informants = count_informants(rows)
    spoken = count_words("informant", informants.upper, index.language, str(informants))
    more = count_words("passage", len(rest), index.language)
    return SideView(
        key=key,
        heading=heading,
        count=f"{passages}, {spoken}" if informants.upper else passages,
        quotes=view_quotes(shown, finding, key, index),
        more=view_quotes(rest, finding, key, index),
        more_words=index.words["more"].format(passages=more) if rest else "",
    )


def _view_flags(found: FindingTriangulation, index: Index) -> Iterator[FlagView]:
    """Each weakness with what would lift it; where one word of another group lifts several, it is told once."""
    codes = {flag.code for flag in found.flags}
    for flag in found.flags:
        axis = {"T04": "informant", "T05": "type"}.get(flag.code)
        missing = found.axes[axis].minimum - found.axes[axis].count if axis else 0
        if "T06" in codes and missing == 1:
            yield FlagView(
                flag.code, label_flag(flag, index.study, index.language),
                index.words["same_word"].format(code="T06"),
            )  # fmt: skip
        else:
            yield view_flag(flag, found, index)


def view_flag(flag: Flag, found: FindingTriangulation | None, index: Index) -> FlagView:
    """A weakness of a finding, or a note on the study where `found` is None."""
    study, language = index.study, index.language
    return FlagView(flag.code, label_flag(flag, study, language), lift(flag, found, study, language))


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


def _rivals(concluded: FindingConclusion, index: Index) -> Iterator[RivalView]:
    for rival in concluded.rivals:
        yield RivalView(
            statement=rival.statement.say(index.language),
            finding=index.finding(rival.id) if rival.id in index.findings else None,
            standing=say(STANDINGS[rival.standing], index.language),
            passages=index.passages(rival.supporting),
        )


def _responses(found: FindingTriangulation, index: Index, memos: MemoPlaces) -> Iterator[str]:
    """The texts of the memos that answer what contradicts it (R14); one that is told here speaks for itself."""
    here = {memo.id for memo in memos.told.get(found.id, ())}
    named = dict.fromkeys(one.response for one in (found, *found.parts))
    texts = {memo.id: memo.text for memo in index.study.memos}
    yield from (texts[one] for one in named if one and one not in here)


def _parts(found: FindingTriangulation, index: Index) -> Iterator[PartView]:
    for part in found.parts:
        yield PartView(
            id=part.id,
            anchor=index.finding(part.id).anchor,
            statement=index.claims[part.id].statement.say(index.language),
            verdict=part.verdict,
            verdict_words=name_verdict(part, index.language),
            worst=part.id == found.worst_part,
        )


def _inquiries(finding: Finding, index: Index) -> Iterator[Field]:
    for key, inquiry in (
        ("member_check", finding.member_check),
        ("negative_search", finding.negative_search),
    ):
        if inquiry:
            yield Field(index.words[key], _say_inquiry(inquiry, index))


def _say_inquiry(inquiry: Inquiry, index: Index) -> str:
    parts = [index.words["done" if inquiry.done else "not_done"]]
    if inquiry.date:
        parts.append(say_when(inquiry.date, index.language))
    if inquiry.by:
        parts.append(inquiry.by)
    said = ", ".join(parts)
    return f"{said}. {inquiry.note.say(index.language)}" if inquiry.note else said
