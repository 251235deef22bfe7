"""A headless Chromium for the tests of this folder; where there is none they are skipped, and the summary says so.

With QDA_REQUIRE_BROWSER=1 they fail instead, so that a machine that should have a browser cannot miss them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

SWITCHES = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
MISSING = "no Chromium with its chromedriver was found"
_skipped = False


def find(*names: str) -> str | None:
    """The first of these programs that is there."""
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser with a fresh profile; its console and its network are recorded."""
    program, driver = find("chromium", "chromium-browser", "google-chrome"), find("chromedriver")
    if not program or not driver:
        if os.environ.get("QDA_REQUIRE_BROWSER") == "1":
            pytest.fail(f"QDA_REQUIRE_BROWSER is set, and {MISSING}")
        global _skipped
        _skipped = True
        pytest.skip(MISSING)
    options = Options()
    options.binary_location = program
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = Chrome(options=options, service=Service(driver))
    yield chrome
    chrome.quit()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly that pages were not looked at."""
    if _skipped:
        terminalreporter.section("the report was not tried in a browser", sep="!", red=True)
        terminalreporter.line(f"{MISSING}: install chromium and chromium-driver, or expect surprises.")
