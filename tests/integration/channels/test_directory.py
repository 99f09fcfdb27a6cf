"""Looking channels up: remembered for a while, secrets open only with the right key."""

import pytest
from sqlalchemy import text

from frontdesk.channels.contract import ChannelKind
from frontdesk.channels.directory import ChannelDirectory
from frontdesk.channels.secret_box import SecretBox, SecretUnreadableError
from frontdesk.ids import new_id
from tests.integration.desk import SECRET, Desk


class Seconds:
    """A clock of seconds that only the test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def remove(desk: Desk) -> None:
    async with desk.database.transaction() as connection:
        await connection.execute(text("UPDATE channels SET state = 'removed'"))


async def test_that_a_channel_is_found_with_its_secrets_open(desk: Desk) -> None:
    account = await desk.directory.get(desk.account.id)
    assert account is not None
    assert (account.kind, account.secrets) == (ChannelKind.GENERIC, {"secret": SECRET})
    sealed = await desk.scalar("SELECT secrets FROM channels")
    assert isinstance(sealed, bytes)
    assert SECRET.encode() not in sealed


async def test_that_a_change_takes_effect_once_the_memory_is_over(desk: Desk) -> None:
    seconds = Seconds()
    directory = ChannelDirectory(desk.database, desk.box, remember_seconds=5, clock=seconds)
    assert await directory.get(desk.account.id) is not None
    await remove(desk)
    seconds.now = 4.9
    assert await directory.get(desk.account.id) is not None
    seconds.now = 5.0
    assert await directory.get(desk.account.id) is None


async def test_that_forgetting_makes_a_change_take_effect_at_once(desk: Desk) -> None:
    assert await desk.directory.get(desk.account.id) is not None
    await remove(desk)
    desk.directory.forget(desk.account.id)
    assert await desk.directory.get(desk.account.id) is None


async def test_that_an_unknown_channel_is_none(desk: Desk) -> None:
    assert await desk.directory.get(new_id()) is None


async def test_that_another_installation_s_key_opens_nothing(desk: Desk) -> None:
    with pytest.raises(SecretUnreadableError):
        await ChannelDirectory(desk.database, SecretBox("another key")).get(desk.account.id)
