"""Settings of the tests as a whole."""

from functools import cache

import pytest
import typer.testing
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
