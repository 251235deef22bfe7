"""Settings of the tests as a whole."""

import os
from functools import cache
from pathlib import Path

import pytest
import typer.testing
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import HealthCheck, settings

# A busy machine is no failure: no test is timed, by hypothesis or otherwise. Found failures are reproducible.
settings.register_profile(
    "qda",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("qda")
# The commands are put together once, as in a program, and not for each of thousands of runs.
typer.testing._get_command = cache(typer.main.get_command)  # type: ignore[attr-defined]

# An installation in place compiles the catalogs once; here they are as the sources are now.
for _po in Path(__file__).parents[1].glob("src/empowerment_qda/locale/*/LC_MESSAGES/messages.po"):
    _mo = _po.with_suffix(".mo")
    if not _mo.exists() or _mo.stat().st_mtime < _po.stat().st_mtime:
        _new = _mo.with_suffix(f".{os.getpid()}")
        with _po.open("rb") as _text, _new.open("wb") as _out:
            write_mo(_out, read_po(_text))
        _new.replace(_mo)


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed does not depend on the terminal that the tests are started from."""
    for name in ("COLUMNS", "LINES", "NO_COLOR", "QDA_CODER"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw fails a test with its traceback, and is not taken for a refusal."""
    monkeypatch.setenv("QDA_TRACEBACK", "1")


pytest.register_assert_rewrite("triangulation.tiny")
