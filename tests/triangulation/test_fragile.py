"""T17 against the plain rule: everybody heard in a finding is taken out once, and all axes are counted again."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from empowerment_qda.evidence.citations import Citations, Sides
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.evidence import Evidence, Witness, without_witness
from empowerment_qda.model.finding import Finding
from empowerment_qda.model.source import Span
from empowerment_qda.model.study import AXES, Axis, Minimums, TriangulationRules
from empowerment_qda.triangulation.axes import MET, Corpus, count_axes, find_indispensable, judge
from empowerment_qda.triangulation.flag_record import Weighed
from empowerment_qda.triangulation.flags import fragile

PEOPLE = [
    Witness("A", True, "head", "agency"),
    Witness("B", True, "staff", "agency"),
    Witness("C", True, "owner", "owner"),
    Witness("D", True, "owner", "owner"),
    Witness("E", True, None, None),
    Witness("U1", False, "owner", "owner", frozenset({"U2"})),
    Witness("U2", False, "owner", "owner", frozenset({"U1"})),
    Witness("U3", False, "head", "agency"),
    Witness("U4", False, None, None),
    Witness("G:?", False, "owner", "owner", members=frozenset({"C", "D"})),
    Witness("H:?", False, None, None, members=frozenset({"A", "?"})),
    Witness("M:?", False, None, "agency", members=frozenset({"A", "B"})),
]
BOOK = {"title": "Book", "version": "1", "codes": [{"id": "c"}]}
CORPUS = Corpus({}, {}, {"type": 9, "group": 9, "method": 9}, frozenset(), frozenset(), {})


def row(number: int, method: str, people: list[Witness]) -> Evidence:
    return Evidence(
        id=f"E{number}", source=f"S{number}", span=Span(1, 0, 1, 1), quote="", code="c", path="", dimension="",
        aspect=None, direction="neutral", witnesses=tuple(people), method=method, date=None, event_date=None, coder="first",
        strength="direct",
    )  # fmt: skip


rows = st.lists(
    st.tuples(
        st.sampled_from(["interview", "fgd", "observation", "unspecified"]),
        st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True),
    ),
    max_size=12,
).map(lambda made: [row(number, *one) for number, one in enumerate(made)])
rules = st.builds(
    TriangulationRules,
    require=st.lists(st.sampled_from(AXES), min_size=1, unique=True).map(tuple),
    min=st.builds(Minimums, **dict.fromkeys(AXES, st.integers(1, 3))),
)


def weigh(supporting: list[Evidence], rules: TriangulationRules, *, contested: bool) -> Weighed:
    axes = count_axes(supporting, rules, CORPUS)
    finding, book = Finding(id="F", statement="It is so."), Codebook.model_validate(BOOK)
    sides = Sides(tuple(supporting), (), (), ())
    verdict = judge(axes, contested)
    return Weighed(finding, sides, axes, verdict, False, rules, CORPUS, Citations((), book, ()))


def plainly(weighed: Weighed) -> list[str]:
    if weighed.verdict not in MET:
        return []
    supporting = weighed.sides.supporting
    everybody = sorted({one.id for row in supporting for one in row.witnesses})
    return [
        one
        for one in everybody
        if judge(count_axes(without_witness(supporting, one), weighed.rules, CORPUS), contested=False)
        not in MET
    ]


@settings(max_examples=400)
@given(rows, rules, st.booleans())
@example([row(n, "interview", [one]) for n, one in enumerate(PEOPLE[:4])], TriangulationRules(require=("informant", "type", "group")), True)  # fmt: skip
@example([row(n, "interview", [PEOPLE[2], one]) for n, one in enumerate(PEOPLE)], TriangulationRules(profile="basic"), False)  # fmt: skip
@example([row(n, "interview", [PEOPLE[k]]) for n, k in enumerate((2, 3, 4, 11))], TriangulationRules(require=("group",)), False)  # fmt: skip
def test_trying_few_finds_all_that_trying_everybody_finds(
    supporting: list[Evidence], rules: TriangulationRules, contested: bool
) -> None:
    weighed = weigh(supporting, rules, contested=contested)
    assert list(fragile(weighed)) == plainly(weighed)


def needs(**minima: int) -> TriangulationRules:
    asked: tuple[Axis, ...] = tuple(axis for axis in AXES if axis in minima)
    return TriangulationRules(require=asked, min=Minimums(**minima))


def test_where_there_are_more_than_enough_only_lone_carriers_are_tried() -> None:
    many = [row(n, "interview", [Witness(f"O{n}", True, "owner", "owner")]) for n in range(50)]
    many.append(row(50, "observation", [Witness("H", True, "head", "agency")]))
    asked = count_axes(many, needs(informant=2, type=2), CORPUS)["informant"]
    assert find_indispensable(asked, many) == {"H"}
    enough = count_axes(many, needs(informant=51, type=2), CORPUS)["informant"]
    assert len(find_indispensable(enough, many)) == 51
