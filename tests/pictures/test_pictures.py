"""Pictures: nothing overlaps, nothing rests on colour alone, and the same display gives the same bytes."""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ElementTree
from datetime import date
from itertools import cycle, islice
from math import cos, radians, sin
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from typer.testing import CliRunner

from display_kit import DISPLAYED, display, read_displayed
from empowerment_qda.cli import app
from empowerment_qda.displays import DISPLAYS
from empowerment_qda.model.display import SIGNS, Cell, Display, Form, Heading, State
from empowerment_qda.pictures import LARGEST, MOST_PIXELS, draw_display, pictures_of_display, save_figure
from empowerment_qda.pictures.bars import pick_ticks
from empowerment_qda.pictures.canvas import INK, PAINT, STRONGEST, measure, shorten, tint, wrap
from empowerment_qda.pictures.network import MOST_LINKS, find_least
from empowerment_qda.problems import StudyError
from kit import write_study

SVG = "{http://www.w3.org/2000/svg}"
WORDS = (
    "Pelatihan digital bagi pelaku usaha mikro yang pertama kali diselenggarakan",
    "Modal",
    "Tidak ada pendampingan sesudah kelas selesai, kata beberapa pemilik usaha",
    "Keberlanjutan-usaha-dan-kemandirian-ekonomi-masyarakat",
    "Pasar daring",
    "Izin usaha dan surat untuk kredit bank",
)
STATES: tuple[State, ...] = ("support", "limit", "mixed", "neutral", "silent", "no_data", "silent", "silent")


def headings(number: int, prefix: str, block: int = 5) -> tuple[Heading, ...]:
    """So many headings of long and short labels, in blocks of uneven sizes."""
    labels = islice(cycle(WORDS), number)
    return tuple(
        Heading(f"{prefix}{at}", f"{label} {at}", f"{WORDS[at // block % len(WORDS)]} {at // block}")
        for at, label in enumerate(labels)
    )


def cell(at: int) -> Cell:
    """A cell in one of all states, with numbers of one or two digits."""
    state = STATES[at % len(STATES)]
    if state in ("silent", "no_data"):
        return Cell(0, 0, state)
    many = 1 + at % 17
    return Cell(many, many + 9, state, ("S-01#2",), ("E1",), WORDS[at % 6], unidentified=at % 2)


def large(form: Form, rows: tuple[Heading, ...], columns: tuple[Heading, ...]) -> Display:
    """A display of that form, filled with every kind of cell."""
    cells = tuple(
        tuple(cell(row * len(columns) + column + row) for column in range(len(columns)))
        for row in range(len(rows))
    )
    rule = "A rule that says in a long sentence how a segment finds its row and its column. " * 3
    return Display(
        "large", "A large display of many things", rule, rows, columns, cells, 40, 900, ("A note.",), form
    )


def network(number: int, links: int) -> Display:
    """So many codes, some of them linked."""
    codes = headings(number, "c", 7)
    cells = [[Cell(0, 0, "silent") for _ in codes] for _ in codes]
    for at in range(number):
        cells[at][at] = Cell(1, 1 + at % 9, ("support", "limit", "neutral")[at % 3])
    for at in range(links):
        one, other = at % number, (at * 7 + at // number * 11 + 3) % number
        if one != other:
            cells[one][other] = cells[other][one] = Cell(1, 1 + at % 5, "support", overlaps=at % 2)
    return Display(
        "net", "A network", "A rule.", codes, codes, tuple(map(tuple, cells)), 9, 99, form="network"
    )


def effects(rows: int) -> Display:
    """Four sides by three directions."""
    columns = tuple(
        Heading(f"side{side}.{direction}", direction, f"{WORDS[side]}")
        for side in range(4)
        for direction in ("supports", "limits", "neutral")
    )
    return large("directions", headings(rows, "a"), columns)


def events(number: int) -> Display:
    """Days, spans, months and years."""
    dates = [
        (
            "2021",
            f"2022-0{1 + at % 9}-1{at % 10}",
            f"2022-0{1 + at % 9}",
            f"2021-11-0{1 + at % 9}/2022-03-04",
        )[at % 4]
        for at in range(number)
    ]
    rows = tuple(Heading(one, one) for one in dates)
    return large("timeline", rows, headings(4, "t"))


LARGE = {
    "matrix 40 x 60": large("matrix", headings(40, "r"), headings(60, "c")),
    "matrix 60 x 6": large("matrix", headings(60, "r"), headings(6, "c")),
    "matrix 4 x 12": large("matrix", headings(4, "r", 1), headings(12, "c", 1)),
    "network 60": network(60, 500),
    "directions 15": effects(15),
    "timeline 40": events(40),
}


def polygon(text: Text, figure: Figure) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The four corners of a text as it is drawn, in pixels, turned as the text is."""
    turn = text.get_rotation()
    text.set_rotation(0)
    box = text.get_window_extent()
    text.set_rotation(turn)
    x, y = text.get_transform().transform(text.get_position())
    corners = np.array([(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)])
    if text.get_rotation_mode() != "anchor" and turn:
        turned = text.get_window_extent()
        return np.array(
            [(turned.x0, turned.y0), (turned.x1, turned.y0), (turned.x1, turned.y1), (turned.x0, turned.y1)]
        )
    c, s = cos(radians(turn)), sin(radians(turn))
    around: np.ndarray[tuple[int, int], np.dtype[np.float64]] = (corners - (x, y)) @ np.array(
        [(c, s), (-s, c)]
    ) + (x, y)
    return around


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that share more than a pixel in every direction."""
    figure.draw_without_rendering()
    texts = [text for text in figure.axes[0].texts if text.get_text()]
    shapes = [polygon(text, figure) for text in texts]
    boxes = np.array([[*shape.min(axis=0), *shape.max(axis=0)] for shape in shapes])
    found = []
    for one, box in enumerate(boxes):
        near = (
            (boxes[:, 0] < box[2] - 1)
            & (boxes[:, 2] > box[0] + 1)
            & (boxes[:, 1] < box[3] - 1)
            & (boxes[:, 3] > box[1] + 1)
        )
        found += [
            (texts[one].get_text(), texts[other].get_text())
            for other in np.flatnonzero(near)
            if other > one and _intersect(shapes[one], shapes[other])
        ]
    return found


def _intersect(
    one: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    other: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> bool:
    """Whether no side of either quadrilateral parts the two by less than a pixel (separating axes)."""
    for shape in (one, other):
        for start, end in zip(shape, np.roll(shape, -1, axis=0), strict=True):
            axis = np.array([start[1] - end[1], end[0] - start[0]])
            axis = axis / (np.hypot(*axis) or 1)
            a, b = one @ axis, other @ axis
            if a.max() < b.min() + 1 or b.max() < a.min() + 1:
                return False
    return True


def outside(figure: Figure) -> list[str]:
    """Texts that reach beyond the sheet."""
    width, height = figure.bbox.width, figure.bbox.height
    return [
        text.get_text()
        for text in figure.axes[0].texts
        if (corners := polygon(text, figure)).min() < 0
        or corners[:, 0].max() > width
        or corners[:, 1].max() > height
    ]


@pytest.mark.parametrize("name", LARGE)
def test_no_text_overlaps_another_or_leaves_the_sheet(name: str) -> None:
    figure = draw_display(LARGE[name])
    assert overlapping(figure) == []
    assert outside(figure) == []


@pytest.mark.parametrize("name", DISPLAYS)
def test_pictures_of_a_small_study_do_not_overlap(tmp_path: Path, name: str) -> None:
    figure = draw_display(display(read_displayed(tmp_path), name, "id"))
    assert overlapping(figure) == []
    assert outside(figure) == []


def test_the_check_of_overlap_finds_one() -> None:
    figure = draw_display(LARGE["matrix 4 x 12"])
    first, second = figure.axes[0].texts[:2]
    second.set_position(first.get_position())
    assert (first.get_text(), second.get_text()) in overlapping(figure)


def words_of(svg: bytes) -> list[str]:
    """The texts of an SVG."""
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_every_cell_is_told_by_numbers_and_sign(tmp_path: Path) -> None:
    made = display(read_displayed(tmp_path), "conceptually-clustered")
    words = words_of(pictures_of_display(made)["displays/conceptually-clustered.svg"])
    for line in made.cells:
        for one in line:
            if one.state != "silent":
                assert words.count(one.mark) >= 1
    assert words.count("n/a") == 4
    for legend in ("supports", "limits", "both", "neutral", "silent", "no transcript"):
        assert any(word.endswith(legend) for word in words), legend
    assert made.title in words
    assert "darker: more informants" in words


def test_a_day_of_both_directions_is_marked_so() -> None:
    cells = ((Cell(1, 1, "support", supports=1), Cell(1, 1, "limit", limits=1)),)
    days = (Heading("2022-09-12", "12 September 2022"),)
    made = Display("days", "Days", "A rule.", days, headings(2, "t"), cells, 2, 2, form="timeline")
    words = words_of(save_figure(draw_display(made), "svg"))
    assert "±" in words
    assert "± both" in words


def test_silence_is_a_stroke_in_each_silent_cell(tmp_path: Path) -> None:
    made = display(read_displayed(tmp_path), "content-analytic")
    figure = draw_display(made)
    (strokes,) = figure.axes[0].collections
    silent = sum(one.state == "silent" for line in made.cells for one in line)
    assert len(strokes.get_paths()) == silent


@pytest.mark.parametrize("name", ["stacked", "co-occurrence", "event-listing", "effects"])
def test_the_same_display_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    study = read_displayed(tmp_path)
    first, second = (pictures_of_display(display(study, name)) for _ in range(2))
    assert first == second
    svg = first[f"displays/{name}.svg"].decode()
    assert not re.search(r"20\d\d-\d\d-\d\dT", svg)
    assert "dc:date" not in svg
    assert first[f"displays/{name}.png"].startswith(b"\x89PNG")


def test_text_is_neither_mathematics_nor_markup(tmp_path: Path) -> None:
    label = r"$\frac{1}{2}$ <b>&amp;</b>"
    codebook = DISPLAYED["codebook.yaml"].replace("{en: Luck, id: Nasib}", f"'{label}'")
    made = display(read_displayed(tmp_path, {"codebook.yaml": codebook}), "co-occurrence")
    assert label in words_of(pictures_of_display(made)["displays/co-occurrence.svg"])


def test_letters_that_the_font_lacks_stop_nothing(tmp_path: Path) -> None:
    codebook = DISPLAYED["codebook.yaml"].replace("{en: Luck, id: Nasib}", '"運 \\a"')
    made = display(read_displayed(tmp_path, {"codebook.yaml": codebook}), "co-occurrence")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "運 \ufffd" in words_of(pictures_of_display(made)["displays/co-occurrence.svg"])


@pytest.mark.parametrize("colour", PAINT.values())
def test_numbers_stay_legible_on_the_strongest_colour(colour: str) -> None:
    def luminance(rgb: tuple[float, float, float]) -> float:
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    ground, ink = luminance(tint(colour, STRONGEST)), luminance(to_rgb(INK))
    # WCAG 2.2, contrast (minimum).
    assert (ground + 0.05) / (ink + 0.05) >= 4.5


def test_png_of_a_huge_matrix_stays_within_bounds() -> None:
    figure = Figure(figsize=(200, 2))
    png = save_figure(figure, "png")
    width = int.from_bytes(png[16:20], "big")
    assert MOST_PIXELS - 2 <= width <= MOST_PIXELS


def test_a_display_too_large_to_look_at_says_so() -> None:
    wide = large("matrix", headings(1, "r"), headings(LARGEST + 1, "c"))
    with pytest.raises(StudyError) as caught:
        draw_display(wide)
    assert (
        caught.value.problems[0].message == "`large` has 301 rows or columns, and a picture holds at most 300"
    )


def test_without_matplotlib_one_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    write_study(tmp_path, DISPLAYED)
    result = CliRunner().invoke(app, ["display", "effects", "--picture", "--study", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pictures need matplotlib, which is not installed" in result.stderr
    assert "pip install 'empowerment-qda[pictures]'" in result.stderr
    assert not (tmp_path / "reports").exists()


def test_picture_writes_both_forms_beside_the_others(tmp_path: Path) -> None:
    write_study(tmp_path, DISPLAYED)
    result = CliRunner().invoke(app, ["display", "effects", "--picture", "--study", str(tmp_path)])
    assert result.exit_code == 0
    names = {path.name for path in (tmp_path / "reports/displays").iterdir()}
    assert names == {f"effects.{ending}" for ending in ("csv", "md", "html", "svg", "png")}


def test_displays_without_a_picture_never_load_matplotlib(tmp_path: Path) -> None:
    write_study(tmp_path, DISPLAYED)
    script = (
        "import sys; from empowerment_qda.cli import app\n"
        f"app(['display', 'effects', '--study', {str(tmp_path)!r}], standalone_mode=False)\n"
        "assert 'matplotlib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_links_that_cannot_be_told_apart_are_left_to_the_table() -> None:
    assert find_least([1, 5, 2]) == 1
    assert find_least([1] * 90 + [3] * 20) == 2
    assert find_least([4] * (MOST_LINKS + 1)) == 4
    assert any(
        "weaker ones stand in the table" in word
        for word in words_of(save_figure(draw_display(network(60, 500)), "svg"))
    )


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        ("2022-09-12", "2022-09-15", ["2022-09-12", "2022-09-13", "2022-09-14", "2022-09-15"]),
        (
            "2022-01-01",
            "2022-12-31",
            ["2022-01-01", "2022-03-01", "2022-05-01", "2022-07-01", "2022-09-01", "2022-11-01"],
        ),
        (
            "2015-06-01",
            "2022-03-01",
            [
                "2016-01-01",
                "2017-01-01",
                "2018-01-01",
                "2019-01-01",
                "2020-01-01",
                "2021-01-01",
                "2022-01-01",
            ],
        ),
        ("2022-09-12", "2022-09-12", ["2022-09-12"]),
    ],
)
def test_ticks_are_days_months_or_years(first: str, last: str, ticks: list[str]) -> None:
    found = pick_ticks(date.fromisoformat(first), date.fromisoformat(last))
    assert [day.isoformat() for day in found] == ticks


def test_wrapped_lines_fit_and_lose_nothing() -> None:
    for words in WORDS:
        lines = wrap(words, 8, 1.0)
        assert all(measure(line, 8) <= 1.0 for line in lines)
        assert "".join(lines).replace(" ", "") == words.replace(" ", "")
        short = wrap(words, 8, 1.0, 1)
        assert len(short) == 1
        assert measure(short[0], 8) <= 1.0
        assert short[0] == words or short[0].endswith("…")


def test_shortened_and_cleaned_text() -> None:
    assert shorten("Modal", 8, 5.0) == "Modal"
    assert shorten("a\x07b\n c\u202e", 8, 5.0) == "a\ufffdb c\ufffd"


def test_every_state_has_a_sign_of_its_own() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS)
