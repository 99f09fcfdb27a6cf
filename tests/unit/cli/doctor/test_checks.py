"""The verdicts of `frontdesk doctor`."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from frontdesk.channels.directory import seal_secrets
from frontdesk.channels.repository import ChannelRow
from frontdesk.channels.secret_box import SecretBox
from frontdesk.cli.doctor.channels import check_channel
from frontdesk.cli.doctor.checkup import Mark, Verdict, bad, good, note
from frontdesk.cli.doctor.server import check_server
from frontdesk.cli.doctor.settings import check_names, setting_lines
from frontdesk.cli.repository import ServerFacts
from frontdesk.config import Settings
from frontdesk.db.migrate import head_revision

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
BOX = SecretBox("a key for tests")


def judged(**changed: Any) -> dict[str, Verdict]:
    facts: dict[str, Any] = {"version": 180_001, "vector": "0.8.0", "time": NOW, "revision": head_revision()} | changed
    return {verdict.what: verdict for verdict in check_server(ServerFacts(**facts), NOW, NOW)}


def test_that_a_good_server_needs_nothing() -> None:
    assert {verdict.mark for verdict in judged().values()} == {Mark.GOOD}


@pytest.mark.parametrize(
    ("what", "changed", "mend"),
    [
        ("database", {"version": 140_009}, "PostgreSQL 15"),
        ("pgvector", {"vector": None}, "install pgvector"),
        ("pgvector", {"vector": "0.6.2"}, "ALTER EXTENSION vector UPDATE"),
        ("schema", {"revision": None}, "frontdesk db upgrade"),
        ("schema", {"revision": "0000"}, "frontdesk db upgrade"),
        ("clock", {"time": NOW + timedelta(seconds=6)}, "NTP"),
        ("clock", {"time": NOW - timedelta(hours=1)}, "NTP"),
    ],
)
def test_that_a_bad_server_is_told_with_how_to_mend_it(what: str, changed: dict[str, object], mend: str) -> None:
    verdicts = judged(**changed)
    assert [name for name, verdict in verdicts.items() if verdict.mark is Mark.BAD] == [what]
    assert mend in verdicts[what].mend


@pytest.mark.parametrize(("version", "mark"), [("0.8.0", Mark.GOOD), ("0.10.1", Mark.GOOD), ("1.0", Mark.GOOD)])
def test_that_versions_are_compared_as_numbers(version: str, mark: Mark) -> None:
    assert judged(vector=version)["pgvector"].mark is mark


def test_that_the_time_of_the_question_itself_is_allowed_for() -> None:
    facts = ServerFacts(180_001, "0.8.0", NOW + timedelta(seconds=4), head_revision())
    clock = list(check_server(facts, NOW, NOW + timedelta(seconds=8)))[-1]
    assert clock == good("clock", "0.0 s from the database's")


def channel(secrets: bytes, state: str = "active", **settings: object) -> ChannelRow:
    reason = "the token was revoked" if state == "disabled" else None
    return ChannelRow(uuid4(), "telegram", "bot", settings, secrets, state, reason, NOW)


GOOD_SECRETS = seal_secrets({"bot_token": "1:a", "secret_token": "b"}, BOX)


@pytest.mark.parametrize(
    ("row", "mark", "said"),
    [
        (channel(GOOD_SECRETS), Mark.GOOD, "active"),
        (channel(GOOD_SECRETS, "disabled"), Mark.BAD, "frontdesk channels enable bot"),
        (channel(seal_secrets({"bot_token": "1:a", "secret_token": "b"}, SecretBox("other"))), Mark.BAD, "SECRET_KEY"),
        (channel(seal_secrets({"bot_token": "1:a"}, BOX)), Mark.BAD, "secret_token (missing)"),
        (channel(GOOD_SECRETS, base_url="nowhere"), Mark.BAD, "base_url"),
    ],
)
def test_that_a_stored_channel_is_judged_by_whether_it_can_be_used(row: ChannelRow, mark: Mark, said: str) -> None:
    verdict = check_channel(row, BOX)
    assert verdict.mark is mark
    assert said in str(verdict)


def test_that_a_verdict_names_what_to_do_on_a_line_of_its_own() -> None:
    assert str(good("disk", "9 GiB")) == "✓ disk: 9 GiB"
    assert str(bad("disk", "0 GiB", "make room")) == "✗ disk: 0 GiB\n    → make room"


def test_that_settings_are_listed_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-verysecret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:hunter22@db.example/app")
    lines = list(setting_lines(Settings(_env_file=None)))
    assert "OPENAI_API_KEY = hidden (set)" in lines
    assert "DATABASE_URL = postgresql://app:***@db.example/app (set)" in lines
    assert "FRONTDESK_PORT = 8080 (default)" in lines
    assert len(lines) == len(Settings.model_fields)
    assert "verysecret" not in json.dumps(lines)


def test_that_a_misspelt_setting_is_noticed() -> None:
    [found] = check_names(["FRONTDESK_PLYBOOK", "FRONTDESK_PORT", "PATH"])
    assert found == note(
        "settings", "FRONTDESK_PLYBOOK is set, but there is no such setting", "did you mean `FRONTDESK_PLAYBOOK`?"
    )
