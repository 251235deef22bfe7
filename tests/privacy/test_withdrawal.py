"""Which turns go, and where their words are quoted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.files.read import read_study
from empowerment_qda.model.study import Study
from empowerment_qda.privacy.withdrawal import RUN, TAKEN_OUT, Withdrawal
from empowerment_qda.problems import StudyError
from kit import SMALL, write_study
from names_kit import GROUP, NAMED


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return read_study(write_study(tmp_path_factory.mktemp("named"), NAMED))


@pytest.mark.parametrize(
    ("asked", "gone"),
    [
        ("Sari", {"Sari-01": (1, 2, 3, 4, 5), "G-01": (2, 4)}),
        ("T", {"G-01": (3, 5)}),
        ("G-01#2", {"G-01": (2,)}),
        ("G-01#2-4", {"G-01": (2, 3, 4)}),
        ("Sari-01#1-5", {"Sari-01": (1, 2, 3, 4, 5)}),
    ],
)
def test_which_turns_go(study: Study, asked: str, gone: dict[str, tuple[int, ...]]) -> None:
    made = Withdrawal(study, asked).gone
    assert {name: tuple(sorted(one.turns)) for name, one in made.items()} == gone
    assert [name for name, one in made.items() if one.whole] == [
        name for name in gone if len(gone[name]) == 5 and name != "G-01"
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("sari", "`sari` is no informant of the study"),
        ("Sari-01", "`Sari-01` is no informant of the study"),
        ("G-01#9", "G-01 has 5 turns"),
        ("G-02#1", "`G-02#1` names no turns of the study"),
        ("G-01#x", "`G-01#x` names no turns of the study"),
        ("#", "`#` names no turns of the study"),
    ],
)
def test_what_is_not_there(study: Study, asked: str, said: str) -> None:
    with pytest.raises(StudyError) as refused:
        Withdrawal(study, asked)
    assert refused.value.problems[0].message == said


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Sari: We paid the bus to the town ourselves!", f"Sari: {TAKEN_OUT}!"),
        ("we paid THE bus, to the\ntown ourselves. And more", f"{TAKEN_OUT}. And more"),
        ("They say “They came only once”.", f"They say “{TAKEN_OUT}”."),
        ("They came only once, says T.", "They came only once, says T."),
        ("“only once”, “and they came only once”", "“only once”, “and they came only once”"),
        ("See G-01#1, G-01#2, G-01#3, G-01#2-3, G-01#4 and Sari-01#2 or Sari-01.",
         f"See G-01#1, G-01 {TAKEN_OUT}, G-01#2, G-01#2, G-01 {TAKEN_OUT} and {TAKEN_OUT} or {TAKEN_OUT}."),
        ("G-01, XG-01#2, G-01-b#2 and G-011#3", "G-01, XG-01#2, G-01-b#2 and G-011#3"),
        ("What of the classes?", "What of the classes?"),
    ],
)  # fmt: skip
def test_quotations_and_numbers(study: Study, text: str, made: str) -> None:
    assert Withdrawal(study, "Sari").write(text) == made


@pytest.mark.parametrize(
    ("link", "made"),
    [("G-01", "G-01"), ("G-01#1-3", "G-01#1-2"), ("G-01#2", None), ("G-01#5", "G-01#3"), ("Sari-01", None), ("Sari-01#2", None), ("F1", "F1")],
)  # fmt: skip
def test_links(study: Study, link: str, made: str | None) -> None:
    assert Withdrawal(study, "Sari").link(link) == made


WORDS = st.lists(st.sampled_from(["ya", "tidak", "kami", "jual", "roti", "di", "pasar"]), max_size=14)


@given(WORDS, WORDS, WORDS)
def test_every_long_run_goes_and_nothing_else(said: list[str], before: list[str], after: list[str]) -> None:
    from empowerment_qda.model.source import Source, Turn

    turn = " ".join(said) or "x"
    source = Source(id="S", turns=(Turn(text=turn), Turn(text="roti")))
    from types import SimpleNamespace

    study = SimpleNamespace(by_id={"S": source}, sources=(source,), informants={}, consent=None)
    gone = Withdrawal(study, "S#1")  # type: ignore[arg-type]
    text = " ".join([*before, *said, *after])
    made = gone.take_out(text)
    whole, left = [*before, *said, *after], made.split()
    runs = {tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1)}
    assert not any(tuple(left[at : at + RUN]) in runs for at in range(len(left)))
    if not any(tuple(whole[at : at + RUN]) in runs for at in range(len(whole))):
        assert made == text


def test_a_source_that_names_nobody_as_speaker_is_left_to_a_person(tmp_path: Path) -> None:
    silent = GROUP.replace("speaker: Sari, ", "").replace(
        "informants: [Sari,", "informants: [{id: Sari, type: owner},"
    )
    root = write_study(tmp_path, {**SMALL, "data/interviews/G-01.yaml": silent})
    assert not Withdrawal(read_study(root), "Sari").gone
