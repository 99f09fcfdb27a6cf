"""Our top-level packages are plain names, so none of them may belong to a dependency."""

from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
OURS = sorted(path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests")


def test_that_there_are_packages_to_ask_about() -> None:
    assert {"agent", "api", "evals", "frontdesk", "knowledge", "tools", "worker"} <= set(OURS)


@pytest.mark.parametrize("name", OURS)
def test_that_no_dependency_owns_one_of_our_names(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"frontdesk"}
