"""Settings of the tests as a whole."""

from hypothesis import HealthCheck, settings

# A busy machine is no failure: no test is timed, by hypothesis or otherwise. Found failures are reproducible.
settings.register_profile(
    "qda",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("qda")
