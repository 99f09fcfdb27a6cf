"""Shows what the processes wrote when a test fails."""

from collections.abc import Generator

import pytest

from tests.acceptance.town import Town


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the end of each process's log to a failure."""
    report = yield
    town = getattr(item, "funcargs", {}).get("town")
    if report.failed and isinstance(town, Town):
        report.sections.append(("the service's processes", town.service.complaints()))
    return report
