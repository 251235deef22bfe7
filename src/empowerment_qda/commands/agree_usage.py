"""What can be asked of `qda agree`, and what cannot be asked together."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from empowerment_qda.problems import Place, Problem, did_you_mean

GATES = ("alpha", "kappa", "conger_kappa", "percent", "ac1")
WHERE = Place("qda agree")


class Unit(StrEnum):
    """What is compared."""

    turn = "turn"
    question = "question"
    sentence = "sentence"
    character = "character"


class Level(StrEnum):
    """How deep in the codebook."""

    code = "code"
    aspect = "aspect"
    dimension = "dimension"


class Distance(StrEnum):
    """How far two values are apart."""

    jaccard = "jaccard"
    masi = "masi"
    nominal = "nominal"
    ordinal = "ordinal"
    interval = "interval"
    ratio = "ratio"


class Cells(StrEnum):
    """What the cells of a table are."""

    ratings = "ratings"
    counts = "counts"


OF_SETS = (Distance.jaccard, Distance.masi, Distance.nominal)


class View(StrEnum):
    """The tables of the answer."""

    overall = "overall"
    levels = "levels"
    codes = "codes"
    disagreements = "disagreements"
    confusion = "confusion"


class Bands(StrEnum):
    """Whose words for how good a coefficient is."""

    krippendorff = "krippendorff"
    landis_koch = "landis-koch"


def read_gates(given: Iterable[str]) -> tuple[dict[str, float], list[Problem]]:
    """The least of each coefficient, from words such as alpha=0.8, and what is wrong with the rest of them."""
    gates: dict[str, float] = {}
    problems = []
    for text in given:
        name, _, value = (part.strip() for part in text.partition("="))
        minimum = _read_number(value)
        if name not in GATES:
            said = f"--min {text}: there is no coefficient `{name}`"
            problems.append(Problem(WHERE, "minimum", said, did_you_mean(name, GATES)))
        elif minimum is None or not -1 <= minimum <= 1:
            said = (
                f"--min {text}: `{value}` is no number from -1 to 1"
                if value
                else f"--min {text}: the number is missing"
            )
            problems.append(Problem(WHERE, "minimum", said, f"Such as --min {name}=0.8."))
        elif name in gates:
            said = f"--min asks for {name} twice"
            problems.append(Problem(WHERE, "minimum", said, "Give one number for each coefficient."))
        else:
            gates[name] = minimum
    return gates, problems


def _read_number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def find_faults(
    coders: list[str],
    table: bool,
    distance: Distance | None,
    cells: Cells | None,
    only_of_a_study: Sequence[str],
) -> Iterator[Problem]:
    """What was asked for that does not go together; `only_of_a_study` are options given that a table has no use for."""
    if table and coders:
        said = "coders of a study and a --table are given"
        yield Problem(WHERE, "usage", said, "Name the coders, or the table, not both.")
    if table:
        for option in only_of_a_study:
            said = f"{option} goes with coders of a study, not with a --table"
            yield Problem(WHERE, "usage", said, f"Leave {option} out.")
    elif cells:
        yield Problem(WHERE, "usage", "--cells is about a --table", "Leave --cells out.")
    if {"--unit", "--units"} <= {*only_of_a_study}:
        said = "--unit and --units are given"
        yield Problem(WHERE, "usage", said, "Name a kind of unit, or the file that lists them, not both.")
    for name in dict.fromkeys(one for one in coders if coders.count(one) > 1):
        yield Problem(WHERE, "usage", f"coder `{name}` is named twice", "Name each coder once.")
    if distance and distance not in OF_SETS and not table:
        said = f"--distance {distance} is between numbers, and coders give sets of codes"
        yield Problem(WHERE, "usage", said, f"Here it can be {', '.join(OF_SETS)}.")
    if distance and distance not in OF_SETS and cells is Cells.counts:
        said = f"--distance {distance} is between numbers, and counts are of values by name"
        yield Problem(WHERE, "usage", said, "Leave --distance out.")
