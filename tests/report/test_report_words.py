"""Participants' words in a report: words, whatever they look like, in both forms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from empowerment_qda.report.render import prose_html, prose_markdown, quote_markdown, ticks_markdown
from empowerment_qda.text import inert_line
from hostile_kit import HOSTILE, TEXT, hostile_study
from kit import SMALL, write_study
from report_kit import Page, show


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of hostile words."""
    return hostile_study(tmp_path_factory.mktemp("hostile"))


def squeeze(text: str) -> str:
    """Words without their line breaks and spacing."""
    return " ".join(text.split())


def test_hostile_words_are_words_on_the_page(hostile: Path) -> None:
    html = show(hostile, "en")
    page = Page(html)
    plain = Page(show(write_study(hostile.parent / "plain", SMALL), "en"))
    assert page.unclosed == []
    assert set(page.tags) <= set(plain.tags) | {
        "symbol",
        "circle",
        "path",
        "em",
        "strong",
        "code",
        "ul",
        "ol",
        "li",
        "blockquote",
        "hr",
        "mark",
    }
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert all(link.startswith("#") for link in page.links)
    assert page.words["turn-H-01-1"].count(TEXT) == 4  # the turn, its translation, its code, a memo on it
    assert page.words["quote-F1-supporting-E1"].count(TEXT) == 4  # and the type of informant
    assert TEXT in page.words["finding-F1-statement"]
    assert squeeze(html).count("{{7*7}}") > 10
    assert "49" not in re.sub(r"<style>.*?</style>", "", html, flags=re.S)


def test_hostile_words_are_words_in_markdown(hostile: Path) -> None:
    rendered = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .enable("strikethrough")
        .render(show(hostile, "en", "md"))
    )
    page = Page(rendered)
    assert page.links == []
    assert not {"script", "img", "b", "a"} & set(page.tags)
    assert page.tags.count("s") == 1  # the memo, which is the analyst's Markdown
    text = Page(f"<div id='all'>{rendered}</div>").words["all"]
    assert inert_line(TEXT) in squeeze(text)
    # Line by line, as a quotation keeps them.
    quoted = [inert_line(one) for one in HOSTILE]
    found = squeeze(text)
    at = found.index(quoted[0], found.index("What supports it"))
    for line in quoted:
        assert found.index(line, at) >= at
        at = found.index(line, at)


@pytest.mark.parametrize("line", HOSTILE)
def test_a_line_begins_nothing_in_markdown(line: str) -> None:
    html = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .enable("strikethrough")
        .render(quote_markdown(line))
    )
    inner = html.removeprefix("<blockquote>\n<p>").removesuffix("</p>\n</blockquote>\n")
    assert "<" not in inner
    assert squeeze(Page(f"<div id='x'>{inner}</div>").words["x"]) == inert_line(line)


def test_a_memo_cannot_break_out_of_its_quotation() -> None:
    memo = "```\nopen\n\n<script>x</script>\n\n[a]: http://example.org\n\n# End"
    html = MarkdownIt("commonmark", {"html": True}).render(prose_markdown(memo) + "\n\nafter")
    assert html.count("<blockquote>") == 1
    assert html.endswith("</blockquote>\n<p>after</p>\n")
    assert "<script" not in html
    assert "<script" not in prose_html(memo)
    assert "<a" not in prose_html("[a]\n\n[a]: http://example.org\n\n<http://example.org> ![p](x)")
    assert "<img" not in prose_html("![p](x)")


def test_only_a_plain_name_is_code() -> None:
    assert ticks_markdown("see `response`, `a_b.c` and `<b>`") == "see `response`, `a_b.c` and \\`\\<b\\>\\`"
