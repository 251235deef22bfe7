"""The page of agreement in a browser: it fits a phone, can be read by day and night, and asks the network for nothing."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from agree_kit import STUDY
from browser.test_page import POOR_CONTRAST, ask, look, read_log
from empowerment_qda.agreement.bootstrap import Bootstrap
from empowerment_qda.agreement.compare import agree_coders
from empowerment_qda.agreement.interpretation import Reading
from empowerment_qda.cli.agree_tables import format_html
from empowerment_qda.files.read import read_study
from kit import write_study


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two coders in English, three in Indonesian."""
    folder = tmp_path_factory.mktemp("agreement")
    study = read_study(write_study(folder / "study", STUDY))
    made = {}
    for language, coders in (("en", ["a", "b"]), ("id", ["a", "b", "c"])):
        found = agree_coders(study, coders, bootstrap=Bootstrap(20))
        made[language] = folder / f"{language}.html"
        made[language].write_text(format_html(found, study, Reading(language=language)), encoding="utf-8")
    return made


BOTH = pytest.mark.parametrize("name", ["en", "id"])


@BOTH
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out_sideways(browser: Chrome, pages: dict[str, Path], name: str, width: int) -> None:
    look(browser, pages[name], width, phone=width < 1000)
    assert ask(browser, "return document.documentElement.scrollWidth") <= width


@BOTH
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out(browser: Chrome, pages: dict[str, Path], name: str, scheme: str) -> None:
    look(browser, pages[name])
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    dark = ask(browser, "return getComputedStyle(document.body).backgroundColor") == "rgb(22, 25, 28)"
    assert dark == (scheme == "dark")
    assert ask(browser, POOR_CONTRAST) == []


@BOTH
def test_the_page_stands_alone(browser: Chrome, pages: dict[str, Path], name: str) -> None:
    look(browser, pages[name])
    assert read_log(browser, "browser") == []
    assert ask(browser, "return document.documentElement.lang") == name
    assert ask(browser, "return document.scripts.length + document.images.length") == 0
    levels = ask(
        browser, "return [...document.querySelectorAll('h1,h2,h3')].map(one => Number(one.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_shade_has_its_colour(browser: Chrome, pages: dict[str, Path]) -> None:
    look(browser, pages["id"])
    painted = ask(
        browser,
        "return [...document.querySelectorAll('[class*=shade]')].map(one => getComputedStyle(one).backgroundColor)",
    )
    assert len(painted) > 6
    assert "rgba(0, 0, 0, 0)" not in painted


def test_wide_tables_are_reached_with_the_keyboard(browser: Chrome, pages: dict[str, Path]) -> None:
    look(browser, pages["en"], 390, phone=True)
    names = ask(
        browser,
        "return [...document.querySelectorAll('.scroll')].map(one => one.tabIndex === 0 && one.getAttribute('aria-label'))",
    )
    assert names == [
        "Over all codes",
        "On each level of the codebook",
        "Code by code",
        "Codes of a (down) against codes of b (across)",
    ]
