"""The workbench in a browser: the page opens, keys reach it, what is done is on disk, and no other machine is asked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.support.ui import WebDriverWait

from kit import write_study
from workbench.screen import STUDY, pairs

RUN = "from empowerment_qda.cli import main; main()"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A study's workbench behind a page."""
    write_study(tmp_path, STUDY)
    words = ["code", "--review", "--coder", "second", "--web", "--study", str(tmp_path)]
    env = {key: one for key, one in os.environ.items() if key != "TEXTUAL_DRIVER"}
    env["PYTHONPATH"] = os.pathsep.join(sys.path)
    with subprocess.Popen(
        [sys.executable, "-c", RUN, *words], stderr=subprocess.PIPE, text=True, env=env
    ) as server:
        assert server.stderr
        yield server.stderr.readline().split()[-1]
        server.send_signal(signal.SIGTERM)


def test_a_person_codes_in_a_browser(browser: Chrome, address: str, tmp_path: Path) -> None:
    assert address.startswith("http://127.0.0.1:")
    browser.get_log("performance")  # type: ignore[no-untyped-call]
    browser.get(address)
    wait = WebDriverWait(browser, 60)
    focused = "return document.activeElement.className"
    wait.until(lambda chrome: "xterm-helper-textarea" in chrome.execute_script(focused))
    wait.until(lambda chrome: (tmp_path / "codings/second/.lock").exists())

    def accept(chrome: Chrome) -> bool:
        # What is typed before the screen is up is lost: a person types it again.
        ActionChains(chrome).send_keys("n").perform()
        ActionChains(chrome).send_keys("a").perform()
        return bool(pairs(tmp_path, "H-01"))

    wait.until(accept)
    assert pairs(tmp_path, "H-01")[0][:2] == ("training-provided", "accepted")
    log = browser.get_log("performance")  # type: ignore[no-untyped-call]
    messages = [json.loads(one["message"])["message"] for one in log]
    asked = [
        one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"
    ]
    assert asked
    assert all(one.startswith((address, "data:")) for one in asked)
    browser.get("about:blank")
