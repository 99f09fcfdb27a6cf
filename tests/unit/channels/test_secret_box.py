"""Secrets at rest, and the key that opens them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from frontdesk.channels.secret_box import SecretBox, SecretUnreadableError, installation_key


@pytest.mark.parametrize("plain", [b"", b"token", "zażółć 秘密".encode(), bytes(range(256))])
def test_that_what_was_sealed_opens_again(plain: bytes) -> None:
    sealed = SecretBox("a key").seal(plain)
    assert SecretBox("a key").open(sealed) == plain
    assert plain == b"" or plain not in sealed


def test_that_another_key_does_not_open_it_and_the_error_says_what_would() -> None:
    with pytest.raises(SecretUnreadableError, match="FRONTDESK_SECRET_KEY"):
        SecretBox("another key").open(SecretBox("a key").seal(b"token"))


@pytest.mark.parametrize(
    "sealed", [b"", b"nonsense", SecretBox("a key").seal(b"token")[:-2]], ids=["empty", "no seal", "cut"]
)
def test_that_damage_is_found(sealed: bytes) -> None:
    with pytest.raises(SecretUnreadableError):
        SecretBox("a key").open(sealed)


def test_that_the_configured_key_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    assert installation_key(tmp_path, "configured") == "configured"
    assert list(tmp_path.iterdir()) == []


def test_that_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    directory = tmp_path / "deep" / "data"
    key = installation_key(directory, None)
    assert len(key) >= 32
    assert installation_key(directory, None) == key
    assert [path.name for path in directory.iterdir()] == ["secret.key"]
    assert (directory / "secret.key").stat().st_mode & 0o777 == 0o600


def test_that_two_installations_have_two_keys(tmp_path: Path) -> None:
    assert installation_key(tmp_path / "a", None) != installation_key(tmp_path / "b", None)


def test_that_those_who_start_together_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: installation_key(tmp_path / "data", None), range(8)))
    assert len(keys) == 1
