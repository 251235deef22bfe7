"""Pictures of displays, where people look rather than read: SVG and PNG, by matplotlib."""

from __future__ import annotations

import io
import warnings
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

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
    from empowerment_qda.pictures.canvas import compose
    from empowerment_qda.pictures.directions import draw_directions
    from empowerment_qda.pictures.heatmap import draw_heatmap
    from empowerment_qda.pictures.network import draw_network
    from empowerment_qda.pictures.timeline import draw_timeline

    draw = {
        "matrix": draw_heatmap,
        "network": draw_network,
        "timeline": draw_timeline,
        "directions": draw_directions,
    }[display.form]
    with _quiet():
        return compose(display, draw(display)).figure


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
    figure = draw_display(display)
    return {
        f"displays/{display.name}.{form}": save_figure(figure, form, display.title) for form in ("svg", "png")
    }


def pictures_of_agreement(found: Agreement, language: str) -> dict[str, bytes]:
    """File names under reports/ and their bytes: for each two coders their codes against each other, SVG and PNG."""
    _require_matplotlib("qda agree")
    from empowerment_qda.pictures.canvas import compose
    from empowerment_qda.pictures.confusion import caption_of, draw_confusion

    files: dict[str, bytes] = {}
    for pair in found.confusion:
        if size := len(found.codes_of(pair)):
            name = f"confusion-{'+'.join(pair)}"  # no name of a coder has a +
            _require_size("qda agree", name, size)
            caption = caption_of(found, pair, language)
            with _quiet():
                figure = compose(caption, draw_confusion(found, pair, language)).figure
            for form in ("svg", "png"):
                files[f"agreement/{name}.{form}"] = save_figure(figure, form, caption.title)
    return files


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
