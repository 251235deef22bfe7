"""Where a study stands, for states that are seldom seen."""

from __future__ import annotations

from pathlib import Path

from empowerment_qda.checks import check_study
from empowerment_qda.cli.status import ROWS, lines_of_status
from empowerment_qda.coding.status import Pair, StudyStatus, status_of
from empowerment_qda.files.read import read_study
from empowerment_qda.text import plain_line
from kit import CODED_HEAD, CODED_OWNER, HEAD, SMALL, write_study

SUGGESTED = "  - {code: training-provided, turn: 2, quote: %s, status: suggested}\n"


def state(root: Path) -> StudyStatus:
    """Where the study in a folder stands, its findings not weighed."""
    study = read_study(root)
    return status_of(study, tuple(check_study(study)), None)


def screen(root: Path) -> list[str]:
    """What is shown of it."""
    return [plain_line(line) for line in lines_of_status(state(root), read_study(root), 100)]


def auto(*quotes: str) -> str:
    """What the machine suggests in H-01."""
    return "source: H-01\ncoder: auto\ncodings:\n" + "".join(SUGGESTED % quote for quote in quotes)


def test_a_suggestion_is_decided_by_the_same_code_on_words_it_overlaps(tmp_path: Path) -> None:
    write_study(tmp_path, {**SMALL, "codings/auto/H-01.yaml": auto("digital training", "Owners come")})
    assert [(one.source.id, one.waiting) for one in state(tmp_path).sources] == [("H-01", 1), ("O-01", 0)]
    write_study(
        tmp_path, {"codings/first/H-01.yaml": CODED_HEAD.replace("training-provided", "training-rare")}
    )
    assert state(tmp_path).waiting == 2
    write_study(
        tmp_path, {"codings/first/H-01.yaml": CODED_HEAD.replace("id: E1,", "id: E1, status: rejected,")}
    )
    assert state(tmp_path).waiting == 1
    write_study(
        tmp_path, {"codings/first/H-01.yaml": CODED_HEAD.replace("id: E1,", "id: E1, status: suggested,")}
    )
    assert state(tmp_path).waiting == 2


def test_what_one_coder_decided_still_waits_for_the_others(tmp_path: Path) -> None:
    files = {**SMALL, "codings/auto/H-01.yaml": auto("digital training", "Owners come")}
    files["codings/first/H-01.yaml"] = CODED_HEAD.replace("id: E1,", "id: E1, status: rejected,")
    files["codings/second/O-01.yaml"] = CODED_OWNER.replace("first", "second").replace("E", "B")
    write_study(tmp_path, files)
    assert (state(tmp_path).waiting, state(tmp_path).waiting_by) == (1, {"first": 1, "second": 2})
    assert any("not decided on by second 2" in line for line in screen(tmp_path))
    both = CODED_HEAD.rstrip(" ") + "      - {code: training-provided, turn: 2, quote: Owners come}\n"
    write_study(tmp_path, {"codings/first/H-01.yaml": both})
    assert (state(tmp_path).waiting, state(tmp_path).waiting_by) == (0, {"first": 0, "second": 2})
    commands = [one.command for one in state(tmp_path).steps]
    assert "qda code --review --coder second" not in commands  # has decided on none: codes without them
    write_study(
        tmp_path, {"codings/second/H-01.yaml": CODED_HEAD.replace("first", "second").replace("E1", "B5")}
    )
    assert "qda code --review --coder second" in [one.command for one in state(tmp_path).steps]


def test_only_accepted_codings_are_counted(tmp_path: Path) -> None:
    rejected = CODED_OWNER.replace("id: E3,", "id: E3, status: rejected,")
    write_study(
        tmp_path, {**SMALL, "codings/first/O-01.yaml": rejected, "codings/auto/H-01.yaml": auto("digital")}
    )
    assert [one.codings for one in state(tmp_path).sources] == [{"auto": 0, "first": 1}, {"first": 1}]


def test_agreement_needs_two_persons_on_one_source(tmp_path: Path) -> None:
    write_study(tmp_path, {**SMALL, "codings/auto/H-01.yaml": auto("digital")})
    assert state(tmp_path).pairs == ()
    second = CODED_HEAD.replace("first", "second").replace("E1", "B1")
    write_study(tmp_path, {"codings/second/H-01.yaml": second})
    assert state(tmp_path).pairs == (Pair(("first", "second"), ("H-01",)),)
    # a consensus agrees with those whom it followed
    write_study(
        tmp_path, {"codings/consensus/H-01.yaml": second.replace("second", "consensus").replace("B1", "C1")}
    )
    assert state(tmp_path).pairs == (Pair(("first", "second"), ("H-01",)),)


def test_coders_who_all_share_sources_are_compared_together(tmp_path: Path) -> None:
    coders = {
        f"codings/{name}/H-01.yaml": CODED_HEAD.replace("first", name).replace("E1", f"{name}1")
        for name in ("ana", "budi", "cici", "dedi")
    }
    write_study(tmp_path, {**SMALL, **coders})
    steps = [one.command for one in state(tmp_path).steps if one.command.startswith("qda agree")]
    assert steps == ["qda agree ana budi cici dedi first"]
    assert "; and 4 more pairs of coders" in " ".join(" ".join(screen(tmp_path)).split())
    # Elsi has but O-01, as first has: no agreement with the others
    apart = CODED_OWNER.replace("first", "elsi").replace("E3", "L3")
    write_study(tmp_path, {"codings/elsi/O-01.yaml": apart})
    assert len(state(tmp_path).pairs) == 11
    steps = [one.command for one in state(tmp_path).steps if one.command.startswith("qda agree")]
    assert "qda agree ana budi" in steps


def test_many_sources_are_cut_to_a_screen_with_the_open_ones_first(tmp_path: Path) -> None:
    many = {f"data/interviews/Z-{n:02}.yaml": HEAD.replace("H-01", f"Z-{n:02}") for n in range(30)}
    write_study(tmp_path, {**SMALL, **many})
    lines = screen(tmp_path)
    names = [line.split()[0] for line in lines if " interview " in line]
    assert len(names) == ROWS - 1
    assert all(name.startswith("Z-") for name in names)
    assert "... and 13 more (`qda status --format csv`)" in lines
    assert next(line.split() for line in lines if line.startswith("all")) == ["all", "64", "3", "0"]
    assert len(lines) < 40


def test_a_study_without_sources_has_a_screen_too(tmp_path: Path) -> None:
    write_study(
        tmp_path, {name: text for name, text in SMALL.items() if name in ("qda.yaml", "codebook.yaml")}
    )
    lines = screen(tmp_path)
    assert lines[1].startswith("0 sources, 0 informants")
    assert lines[-3].startswith("  qda import --help")
    assert [step.command for step in state(tmp_path).steps] == ["qda import --help", "qda check", "qda code"]
