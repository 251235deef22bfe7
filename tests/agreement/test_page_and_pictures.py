"""`qda agree --picture`: the page, the tables and the pictures under reports/agreement/."""

from __future__ import annotations

import csv
import html
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from matplotlib.text import Text
from typer.testing import CliRunner, Result

from agree_kit import STUDY, R, T, codings
from empowerment_qda.agreement import coefficients
from empowerment_qda.agreement.cautions import CAUTIONS
from empowerment_qda.agreement.compare import Agreement, agree_coders
from empowerment_qda.cli import app
from empowerment_qda.files.read import read_study
from empowerment_qda.locale import say
from empowerment_qda.pictures import pictures_of_agreement
from empowerment_qda.pictures.canvas import compose
from empowerment_qda.pictures.heatmap import draw_confusion
from empowerment_qda.problems import StudyError
from kit import write_study

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY)


def agree(root: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["agree", *words, "--study", str(root), "--resamples", "20", "--picture"])


def names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "reports/agreement").iterdir())


def rows(root: Path, name: str) -> list[list[str]]:
    with (root / "reports/agreement" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def page(root: Path) -> str:
    return (root / "reports/agreement/agreement.html").read_text("utf-8")


def test_what_is_written_and_that_it_is_the_same_again(root: Path) -> None:
    told = agree(root, "a", "b")
    assert told.exit_code == 0
    assert names(root) == [
        "agreement.csv", "agreement.html", "confusion-a+b.png", "confusion-a+b.svg", "disagreements.csv",
    ]  # fmt: skip
    before = {path: path.read_bytes() for path in (root / "reports/agreement").iterdir()}
    agree(root, "a", "b")
    assert before == {path: path.read_bytes() for path in (root / "reports/agreement").iterdir()}
    assert before[root / "reports/agreement/confusion-a+b.png"].startswith(b"\x89PNG")


def test_nothing_is_written_unasked(root: Path) -> None:
    CliRunner().invoke(app, ["agree", "a", "b", "--study", str(root), "--resamples", "0"])
    assert not (root / "reports").exists()


def test_the_figures_are_those_of_the_answer(root: Path) -> None:
    agree(root, "a", "b")
    found = rows(root, "agreement.csv")
    assert found[0] == ["code", "coefficient", "value", "95% from", "to", "reading", "units"]
    assert [one[:3] for one in found if one[1] == "percent agreement"] == [
        ["(all codes)", "percent agreement", "0.800"],
        ["training-provided", "percent agreement", "0.800"],
        ["training-rare", "percent agreement", "0.800"],
    ]
    assert rows(root, "disagreements.csv")[1:] == [
        ["S-01#3", "a", "training-rare", "Once only.", "b", "training-provided", "Once only."]
    ]
    text = page(root)
    assert "<title>Agreement of a and b on 5 turns – A small study</title>" in text
    assert "qda code --review --coder consensus --reconcile a,b" in text
    assert '<td class="same shade-3">2</td>' in text
    assert '<td class="apart shade-2">1</td>' in text
    assert '<td class="number">0.444<span class="interval">[' in text
    assert text.count("<blockquote") == 2
    assert '<blockquote lang="en" dir="auto">Once only.</blockquote>' in text


def test_the_page_in_indonesian(root: Path) -> None:
    agree(root, "a", "b", "--lang", "id")
    text = page(root)
    assert '<html lang="id">' in text
    assert "<title>Kesepakatan a dan b atas 5 giliran bicara – " in text
    headings = re.findall(r"<h[1-3][^>]*>(.*?)</h", text)
    assert headings == [
        "Kesepakatan a dan b atas 5 giliran bicara", "Semua kode", "Pada tiap tingkat buku kode", "Kode demi kode",
        "Kode a (ke bawah) terhadap kode b (ke samping)", "Ketidaksepakatan", "training-rare / training-provided",
    ]  # fmt: skip
    assert "kappa Cohen, digabung dari semua kode" in text
    assert "0,444" in text
    assert "Hanya 5 unit dinilai" in text
    assert "Tidak dikodekan b: S-02." in text
    # participants' words keep their own language, and tables for programs keep theirs
    assert '<blockquote lang="en" dir="auto">Once only.</blockquote>' in text
    assert rows(root, "agreement.csv")[0][0] == "code"


def test_every_reason_and_caution_has_its_words() -> None:
    reasons = [one for name, one in vars(coefficients).items() if name.isupper() and isinstance(one, str)]
    assert len(reasons) == 8
    for one in (*reasons, *CAUTIONS.values()):
        assert say(one, "id") != one
    assert set(CAUTIONS) == {"few-units", "rare", "nearly-universal", "undefined-resamples"}


def test_three_coders_have_three_pictures(root: Path) -> None:
    agree(root, "a", "b", "c")
    assert [one for one in names(root) if one.endswith(".svg")] == [
        "confusion-a+b.svg", "confusion-a+c.svg", "confusion-b+c.svg",
    ]  # fmt: skip
    assert page(root).count('<table class="confusion">') == 3


def test_pictures_of_coders_with_hyphens_have_names_of_their_own(root: Path) -> None:
    for one, name in (("a", "a-b"), ("b", "b-c")):
        write_study(root, {f"codings/{name}/S-01.yaml": STUDY[f"codings/{one}/S-01.yaml"].replace(
            f"coder: {one}", f"coder: {name}")})  # fmt: skip
    agree(root, "a", "b-c", "a-b", "c")
    assert len([one for one in names(root) if one.endswith(".svg")]) == 6


def test_words_that_may_not_be_quoted_are_on_no_page(root: Path) -> None:
    agree(root, "a", "b")
    quotes = {cell for row in rows(root, "disagreements.csv")[1:] for cell in (row[3], row[6]) if cell}
    assert quotes
    assert all(html.escape(one.split(" / ")[0]) in page(root) for one in quotes)
    (root / "consent.yaml").write_text("Nobody: {quote: yes}\n", encoding="utf-8")
    answer = agree(root, "a", "b", "--show", "disagreements", "--format", "csv").stdout
    hidden = {cell for row in rows(root, "disagreements.csv")[1:] for cell in (row[3], row[6]) if cell}
    assert all("did not agree to be quoted" in one for one in hidden)
    assert not [one for one in quotes if html.escape(one) in page(root)]
    assert all(one.split(" / ")[0] in answer for one in quotes)  # the coders themselves have to read them


def test_no_disagreement(root: Path) -> None:
    agree(root, "a", "b", "--level", "dimension")
    assert "<p>None.</p>" in page(root)
    assert "--reconcile" not in page(root)
    assert len(rows(root, "disagreements.csv")) == 1


def test_coders_of_nothing_have_a_page_and_no_picture(root: Path) -> None:
    empty = {f"codings/{one}/S-01.yaml": codings(one, "S-01").replace("codings:\n", "codings: []\n") for one in "ab"}  # fmt: skip
    write_study(root, empty | {"codings/a/S-02.yaml": empty["codings/a/S-01.yaml"].replace("S-01", "S-02")})
    agree(root, "a", "b")
    assert names(root) == ["agreement.csv", "agreement.html", "disagreements.csv"]


def test_words_of_participants_are_never_markup_or_formula(root: Path) -> None:
    said = '=1+1 <script>alert("x")</script> $a_b$ {{ 7*7 }}'
    talk = STUDY["data/interviews/S-02.yaml"].replace("We all train.", repr(said))
    quoted = f"turn: 2, quote: {said!r}"
    write_study(root, {
        "data/interviews/S-02.yaml": talk,
        "codings/a/S-02.yaml": codings("a", "S-02", f"{T}, {quoted}"),
        "codings/b/S-02.yaml": codings("b", "S-02", f"{R}, {quoted}"),
    })  # fmt: skip
    agree(root, "a", "b")
    text = page(root)
    assert "<script" not in text
    assert html.escape(said, quote=False).replace('"', "&#34;") in text
    assert any(cell == f"'{said}" for row in rows(root, "disagreements.csv") for cell in row)


def test_without_the_extra_the_page_is_there_and_a_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    told = agree(root, "a", "b", "--min", "alpha=0.9")
    assert told.exit_code == 2
    assert told.stdout.startswith("Agreement of a and b on 5 turns")
    assert "alpha over all codes is 0.690, below the 0.9" in told.stderr
    assert "qda agree: pictures need matplotlib, which is not installed" in told.stderr
    assert "pip install 'empowerment-qda[pictures]'" in told.stderr
    assert names(root) == ["agreement.csv", "agreement.html", "disagreements.csv"]


def found(root: Path) -> Agreement:
    return agree_coders(read_study(root), ["b", "c"])


def test_the_picture_says_all_without_colour(root: Path) -> None:
    """Every number is written, what differs is hatched, the diagonal is framed; the legend says so."""
    for language, same in (("en", "both gave the code"), ("id", "keduanya memberi kode itu")):
        svg = pictures_of_agreement(found(root), language)["agreement/confusion-b+c.svg"]
        tree = ElementTree.fromstring(svg)
        words = [text.text for text in tree.iter(f"{SVG}text")]
        assert same in words
        assert {"training-provided", "training-rare"} <= set(words)
        assert words.count("training-rare") == 2
        assert b"<pattern" in svg
    counts = found(root).confusion["b", "c"]
    numbers = [word for word in words if word and re.fullmatch(r"\d+", word)]
    assert sorted(map(int, numbers)) == sorted(counts.values())


def test_no_two_labels_of_the_picture_overlap(root: Path) -> None:
    one = found(root)
    figure = compose("A title", ["A rule."], draw_confusion(one, ("b", "c"), "en"))
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [text.get_window_extent(renderer) for text in figure.axes[0].findobj(Text) if text.get_text()]
    for number, box in enumerate(boxes):
        assert 0 <= box.x0 < box.x1 <= figure.bbox.x1
        assert not any(box.overlaps(other) for other in boxes[number + 1 :])


def test_too_many_codes_for_a_picture(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("empowerment_qda.pictures.LARGEST", 1)
    with pytest.raises(StudyError) as refused:
        pictures_of_agreement(found(root), "en")
    assert "`confusion-b+c` has 3 rows or columns" in str(refused.value.problems[0].message)
