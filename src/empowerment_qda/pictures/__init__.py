"""Pictures of displays, where people look rather than read: SVG and PNG, by matplotlib."""

from __future__ import annotations

import io
import warnings
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

from empowerment_qda.locale import say
from empowerment_qda.model.display import Display
from empowerment_qda.problems import Place, Problem, StudyError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from empowerment_qda.agreement.compare import Agreement

LARGEST = 300
"""More rows or columns than that make no picture that anybody could look at."""
DOTS, MOST_PIXELS = 150, 12_000


def draw_display(display: Display) -> Figure:
    """The picture of a display; StudyError where matplotlib is missing or the display is too large."""
    _require_matplotlib("qda display")
    _require_size("qda display", display.name, max(len(display.rows), len(display.columns)))
    from empowerment_qda.pictures import bars, canvas, heatmap, network

    draw = {
        "matrix": heatmap.draw_heatmap,
        "network": network.draw_network,
        "timeline": bars.draw_timeline,
        "directions": bars.draw_directions,
    }[display.form]
    with _quiet():
        return canvas.compose(display.title, (display.rule, *display.notes), draw(display))


def save_figure(figure: Figure, form: str, title: str = "") -> bytes:
    """A figure as `svg` (text stays text) or `png`; the same figure gives the same bytes."""
    import matplotlib as mpl

    out = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "empowerment-qda", "svg.fonttype": "none"}), _quiet():
        if form == "svg":
            figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Title": title})
        else:
            dots = min(DOTS, MOST_PIXELS / max(figure.get_size_inches()))
            figure.savefig(out, format="png", dpi=dots, metadata={"Software": None, "Title": title})
    return out.getvalue()


def pictures_of_display(display: Display) -> dict[str, bytes]:
    """File names under reports/ and their bytes: an SVG and a PNG."""
    return _save_both(f"displays/{display.name}", draw_display(display), display.title)


def pictures_of_agreement(found: Agreement, language: str) -> dict[str, bytes]:
    """File names under reports/ and their bytes: for each two coders their codes against each other, SVG and PNG."""
    _require_matplotlib("qda agree")
    from empowerment_qda.agreement.interpretation import CONFUSION, CONFUSION_RULE, name_units
    from empowerment_qda.pictures.canvas import compose
    from empowerment_qda.pictures.heatmap import draw_confusion

    rule = say(CONFUSION_RULE, language, unit=name_units(found.unit, language))
    files: dict[str, bytes] = {}
    for pair in found.confusion:
        if size := len(found.codes_of(pair)):
            name = f"confusion-{'+'.join(pair)}"  # no name of a coder has a +
            _require_size("qda agree", name, size)
            title = say(CONFUSION, language, row=pair[0], column=pair[1])
            with _quiet():
                figure = compose(title, [rule], draw_confusion(found, pair, language))
            files |= _save_both(f"agreement/{name}", figure, title)
    return files


def _save_both(name: str, figure: Figure, title: str) -> dict[str, bytes]:
    return {f"{name}.{form}": save_figure(figure, form, title) for form in ("svg", "png")}


def _quiet() -> warnings.catch_warnings[None]:
    """A script that the font does not have is no reason to stop: a viewer of the SVG may have it."""
    return warnings.catch_warnings(action="ignore", category=UserWarning)


def _require_matplotlib(command: str) -> None:
    try:
        # It reads a `matplotlibrc` of the folder that it is imported in, which may name a program to run.
        with chdir(Path(__file__).parent):
            import matplotlib  # noqa: F401
    except ImportError:
        hint = "Install it with `pip install 'empowerment-qda[pictures]'`; every other form works without."
        message = "pictures need matplotlib, which is not installed"
        raise StudyError([Problem(Place(command), "pictures-extra", message, hint)]) from None


def _require_size(command: str, name: str, size: int) -> None:
    if size > LARGEST:
        message = f"`{name}` has {size} rows or columns, and a picture holds at most {LARGEST}"
        hint = "Use --format csv, or merge codes in the codebook."
        raise StudyError([Problem(Place(command), "picture-size", message, hint)])
