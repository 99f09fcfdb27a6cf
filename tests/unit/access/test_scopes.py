import pytest

from frontdesk.access.scopes import Scope, permits


@pytest.mark.parametrize("wanted", Scope)
def test_that_admin_includes_every_scope(wanted: Scope) -> None:
    assert permits(["admin"], wanted)


@pytest.mark.parametrize("wanted", Scope)
def test_that_any_other_scope_permits_only_itself(wanted: Scope) -> None:
    for granted in set(Scope) - {Scope.ADMIN}:
        assert permits([granted], wanted) is (granted is wanted)


def test_that_an_unknown_scope_permits_nothing() -> None:
    assert not any(permits(["conversations", "*"], wanted) for wanted in Scope)
