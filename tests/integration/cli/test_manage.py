"""Commands that manage an installation: channels, keys, webhooks, the schema."""

import re
from datetime import UTC, datetime

import pytest

from frontdesk.access.scopes import Scope
from frontdesk.access.service import KeyRefusedError, authorize
from frontdesk.channels.contract import ChannelKind
from frontdesk.channels.directory import ChannelDirectory
from frontdesk.channels.repository import list_channels, update_channel
from frontdesk.channels.secret_box import SecretBox
from frontdesk.db.engine import Database
from frontdesk.outgoing.repository import list_endpoints
from tests.integration.cli.terminal import Terminal

NOW = datetime(2026, 3, 2, tzinfo=UTC)


async def test_that_an_added_channel_can_be_opened_by_the_service(terminal: Terminal, database: Database) -> None:
    terminal.environment |= {"FRONTDESK_SECRET_KEY": "a key for tests", "BOT": "123:abc"}
    said = terminal.prints("channels", "add", "telegram", "bot", "--secret-from-env", "bot_token=BOT")
    async with database.reading() as connection:
        [row] = await list_channels(connection)
    account = await ChannelDirectory(database, SecretBox("a key for tests")).get(row.id)
    assert account is not None
    assert (account.kind, account.secrets["bot_token"]) == (ChannelKind.TELEGRAM, "123:abc")
    assert str(row.id) in said
    assert account.secrets["secret_token"] in said
    assert "123:abc" not in said
    assert b"123:abc" not in row.secrets


async def test_that_a_channel_lacking_something_is_not_stored(terminal: Terminal, database: Database) -> None:
    assert "phone_number_id is missing" in terminal.refuses("channels", "add", "whatsapp", "wa")
    assert "app_secret is missing" in terminal.refuses(
        "channels", "add", "whatsapp", "wa", "--set", "phone_number_id=1"
    )
    assert "no kind of channel" in terminal.refuses("channels", "add", "pigeon", "p")
    async with database.reading() as connection:
        assert await list_channels(connection) == ()


async def test_that_a_removed_channel_frees_its_name_and_forgets_its_secrets(
    terminal: Terminal, database: Database
) -> None:
    terminal.prints("channels", "add", "webchat", "site")
    assert "already" in terminal.refuses("channels", "add", "webchat", "site")
    terminal.prints("channels", "remove", "site")
    assert "no channel is called site" in terminal.refuses("channels", "remove", "site")
    terminal.prints("channels", "add", "webchat", "site")
    async with database.reading() as connection:
        removed, added = await list_channels(connection)
    assert (removed.state, removed.secrets, added.state) == ("removed", b"", "active")
    assert terminal.prints("channels", "list").split("\t")[:3] == ["site", "webchat", "active"]


async def test_that_a_disabled_channel_can_be_enabled(terminal: Terminal, database: Database) -> None:
    terminal.prints("channels", "add", "webchat", "site")
    async with database.transaction() as connection:
        [row] = await list_channels(connection)
        await update_channel(connection, row.id, state="disabled", state_reason="unpaid")
    assert "disabled: unpaid" in terminal.prints("channels", "list")
    terminal.prints("channels", "enable", str(row.id))
    async with database.reading() as connection:
        [row] = await list_channels(connection)
    assert (row.state, row.state_reason) == ("active", None)


async def test_that_a_key_works_until_it_is_revoked(terminal: Terminal, database: Database) -> None:
    key = terminal.prints("keys", "add", "Ada", "--scope", "conversations:read").strip()
    async with database.reading() as connection:
        assert (await authorize(connection, key, Scope.CONVERSATIONS_READ)).name == "Ada"
    terminal.prints("keys", "revoke", "Ada")
    async with database.reading() as connection:
        with pytest.raises(KeyRefusedError):
            await authorize(connection, key, Scope.CONVERSATIONS_READ)
    assert "no active key Ada" in terminal.refuses("keys", "revoke", "Ada")
    assert key not in terminal.prints("keys", "list")


async def test_that_a_subscription_is_stored_with_the_secret_that_was_printed(
    terminal: Terminal, database: Database
) -> None:
    terminal.environment["FRONTDESK_SECRET_KEY"] = "a key for tests"
    secret = terminal.prints("webhooks", "add", "https://crm.example/in", "--event", "handoff.requested").strip()
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret)
    async with database.reading() as connection:
        [endpoint] = await list_endpoints(connection)
    assert (endpoint.url, endpoint.events) == ("https://crm.example/in", ("handoff.requested",))
    terminal.prints("webhooks", "remove", "https://crm.example/in")
    async with database.reading() as connection:
        assert await list_endpoints(connection) == ()


def test_that_a_subscription_that_cannot_work_is_refused(terminal: Terminal) -> None:
    assert "is no web address" in terminal.refuses("webhooks", "add", "crm.example")
    assert "did you mean `stage.changed`" in terminal.refuses(
        "webhooks", "add", "https://crm.example", "--event", "stage.change"
    )


def test_that_a_person_is_added_and_said_to_be_away(terminal: Terminal) -> None:
    terminal.prints("users", "add", "Ola@shop.example", "--name", "Ola", "--role", "owner")
    terminal.prints("users", "away", "ola@shop.example")
    assert terminal.prints("users", "list").rstrip().split("\t") == ["Ola", "ola@shop.example", "owner", "away"]


def test_that_the_schema_is_told(terminal: Terminal) -> None:
    assert "as this version needs" in terminal.prints("db", "status")


def test_that_a_database_that_is_away_is_one_clear_line(terminal: Terminal) -> None:
    away = "postgresql://nobody:secret@127.0.0.1:1/none"
    for command in (["db", "status"], ["keys", "list"], ["worker"]):
        message = terminal.refuses(*command, DATABASE_URL=away)
        assert message.startswith("the database cannot be reached")
        assert len(message.splitlines()) == 1
        assert "secret" not in message


def test_that_a_mistake_in_the_command_is_exit_code_2(terminal: Terminal) -> None:
    assert terminal.run("keys", "add", "Ada", "--scope", "everything").returncode == 2
    assert terminal.run("serve", "--port", "70000").returncode == 2


def test_that_a_setting_that_is_not_what_it_should_be_is_named(terminal: Terminal) -> None:
    assert "FRONTDESK_PORT is 'eighty'" in terminal.refuses("serve", FRONTDESK_PORT="eighty")


def test_that_a_path_which_cannot_be_used_is_told_without_a_traceback(terminal: Terminal) -> None:
    (terminal.directory / "file").write_text("")
    assert "file is already there; choose an empty directory" in terminal.refuses("init", "file")
    assert "file/shop cannot be used: Not a directory" in terminal.refuses("init", "file/shop")
