"""The report in a browser: it stands, leads, prints, fits a phone, can be read, and asks the network for nothing."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

from hostile_kit import TEXT, hostile_study
from kit import write_study
from report_kit import RICH, show

ROOT = Path(__file__).resolve().parents[2]

# Text whose contrast with what is behind it is below what WCAG 2.2 AA asks for.
POOR_CONTRAST = """
const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
const behind = at => {
  for (; at; at = at.parentElement) {
    const colour = parse(getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
};
const poor = [];
for (const one of document.querySelectorAll("body *")) {
  if (![...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
  const style = getComputedStyle(one), size = parseFloat(style.fontSize);
  if (!one.getClientRects().length) continue;
  const [low, high] = [light(parse(style.color)), light(behind(one))].sort((a, b) => a - b);
  const needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 600) ? 3 : 4.5;
  if ((high + .05) / (low + .05) < needed) poor.push(one.outerHTML.slice(0, 120));
}
return poor;
"""
OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true;"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pages of the Medan study in both languages, of a study with a little of everything, and of hostile words."""
    folder = tmp_path_factory.mktemp("pages")
    studies = {
        "medan.id": (ROOT, "id"), "medan.en": (ROOT, "en"), "rich": (write_study(folder / "rich", RICH), "en"),
        "hostile": (hostile_study(folder / "hostile"), "en"),
    }  # fmt: skip
    found = {}
    for name, (study, language) in studies.items():
        found[name] = folder / f"{name}.html"
        found[name].write_text(show(study, language), encoding="utf-8")
    return found


NAMES = pytest.mark.parametrize("name", ["medan.id", "medan.en", "rich", "hostile"])


def look(browser: Chrome, page: Path, width: int = 1280, *, phone: bool = False) -> None:
    """Open a page afresh at a width; what was logged before is forgotten."""
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    size = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": phone}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get("about:blank")
    for log in ("browser", "performance"):
        read_log(browser, log)
    browser.get(page.as_uri())


def read_log(browser: Chrome, log: str) -> list[dict[str, Any]]:
    """What was logged since it was last read."""
    read: Any = browser.get_log
    found: list[dict[str, Any]] = read(log)
    return found


def ask(browser: Chrome, script: str, *values: object) -> Any:
    """What a script answers."""
    return browser.execute_script(script, *values)


@NAMES
def test_the_page_stands_without_errors_or_network(
    browser: Chrome, pages: dict[str, Path], name: str
) -> None:
    look(browser, pages[name])
    ask(browser, OPEN_ALL)
    assert read_log(browser, "browser") == []
    events = [json.loads(entry["message"])["message"] for entry in read_log(browser, "performance")]
    asked = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    assert asked == [pages[name].as_uri()]


@NAMES
def test_every_link_leads_to_one_place_in_the_page(
    browser: Chrome, pages: dict[str, Path], name: str
) -> None:
    look(browser, pages[name])
    links = ask(browser, "return [...document.querySelectorAll('a')].map(one => one.getAttribute('href'))")
    assert len(links) > 20
    lost = ask(
        browser,
        "return arguments[0].filter(to => document.querySelectorAll('#' + CSS.escape(to.slice(1))).length !== 1 || to[0] !== '#')",
        links,
    )
    assert lost == []


@NAMES
def test_every_passage_is_marked_with_its_words(browser: Chrome, pages: dict[str, Path], name: str) -> None:
    look(browser, pages[name])
    passages = ask(
        browser,
        """return [...document.querySelectorAll('figure.quote')].map(one => {
             const to = one.querySelector('.place a').getAttribute('href').slice(1);
             const mark = document.getElementById(to);
             return [one.querySelector('blockquote').textContent, mark.tagName, mark.textContent];
           })""",
    )
    assert passages
    for words, tag, marked in passages:
        assert tag == "MARK"
        assert marked
        assert words.startswith(marked) or marked == TEXT


def test_a_link_opens_what_is_folded_and_shows_it(browser: Chrome, pages: dict[str, Path]) -> None:
    look(browser, pages["medan.id"])
    folded = "return document.getElementById('source-PU-A-01').open"
    assert ask(browser, folded) is False
    ask(browser, "document.querySelector('#finding-F10 .place a').click()")
    seen = ask(
        browser,
        """return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
             const target = document.querySelector(':target'), box = target.getBoundingClientRect();
             done([target.tagName, box.top >= 0 && box.bottom <= innerHeight]);
           })))""",
    )
    assert (seen, ask(browser, folded)) == (["MARK", True], True)
    # And back, into a quotation that is folded away in its finding.
    back = ask(
        browser,
        "return document.querySelector('#turn-PU-U2-01-2 .margin li a[href^=\"#quote-F01\"]').getAttribute('href')",
    )
    ask(browser, "location.hash = arguments[0]", back)
    assert ask(
        browser,
        "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(document.querySelector(':target').closest('details').open))))",
    )


@NAMES
@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_sticks_out_sideways(browser: Chrome, pages: dict[str, Path], name: str, width: int) -> None:
    look(browser, pages[name], width, phone=True)
    ask(browser, OPEN_ALL)
    assert ask(browser, "return document.documentElement.scrollWidth") <= width


@NAMES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_what_is_behind_them(
    browser: Chrome, pages: dict[str, Path], name: str, scheme: str
) -> None:
    look(browser, pages[name])
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    ask(browser, OPEN_ALL)
    assert ask(browser, POOR_CONTRAST) == []


def test_print_opens_what_is_folded_and_leaves_out_what_only_a_screen_needs(
    browser: Chrome, pages: dict[str, Path]
) -> None:
    look(browser, pages["medan.id"])
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = "return document.querySelector(arguments[0]).getBoundingClientRect().height"
    assert ask(browser, shown, ".contents") == 0
    assert ask(browser, "return document.querySelectorAll('details[open]').length") == 0
    for inside in ("#turn-PU-A-01-6", "#memo-M01 .prose", "#code-training-provided", ".more .quote"):
        assert ask(browser, shown, inside) > 0, inside
    before = ask(
        browser,
        "dispatchEvent(new Event('beforeprint')); return document.querySelectorAll('details:not([open])').length",
    )
    after = ask(
        browser,
        "dispatchEvent(new Event('afterprint')); return document.querySelectorAll('details[open]').length",
    )
    assert (before, after) == (0, 0)
    assert ask(browser, "return getComputedStyle(document.querySelector('mark')).printColorAdjust") == "exact"


def test_hostile_words_do_nothing(browser: Chrome, pages: dict[str, Path]) -> None:
    look(browser, pages["hostile"])
    assert ask(browser, "return document.scripts.length") == 1
    assert ask(browser, "return document.images.length") == 0
    assert ask(browser, "return document.querySelector('#turn-H-01-1 .words').textContent") == TEXT
    assert ask(browser, "return document.querySelector('#turn-H-01-1 .words').dir") == "auto"


def test_headings_go_down_by_one(browser: Chrome, pages: dict[str, Path]) -> None:
    look(browser, pages["medan.en"])
    levels = ask(
        browser,
        "return [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => Number(one.tagName[1]))",
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_and_folds_have_names(browser: Chrome, pages: dict[str, Path]) -> None:
    look(browser, pages["medan.en"])
    nameless = ask(
        browser,
        """return [...document.querySelectorAll('summary, a, [role=region], nav, th[scope]')]
             .filter(one => !(one.textContent.trim() || one.getAttribute('aria-label'))).length""",
    )
    assert nameless == 0
