"""What may appear in a log."""

import json
import logging
import sys
from collections.abc import Iterator
from uuid import uuid4

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.cli.logs import masked, set_up_logs


@pytest.fixture
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "personal",
    [
        "+48 601 234 567",
        "(202) 555-0143",
        "13800138000",
        "anna.kowalska+trip@example.com",
        "https://api.telegram.org/bot123456:AAF-x_y/sendMessage",
        "Authorization: Bearer sk-abcdef.123",
        "postgresql://app:hunter22@db.example/app",
        "fd_abcdefghijklmnopqrstuvwxyz",
        "whsec_c2VjcmV0c2VjcmV0",
        "IntegrityError [parameters: {'text': 'my name is Anna'}]",
        "DETAIL:  Key (address)=(anna) already exists.",
        "1 validation error: input_value='my name is Anna', input_type=str",
    ],
)
def test_that_personal_data_and_secrets_are_masked(personal: str) -> None:
    found = masked(f"failed for {personal}")
    for word in ("601", "555", "138001", "anna", "Anna", "AAF", "abcdef", "hunter22", "c2Vj"):
        assert word not in found
    assert found.startswith("failed for ")


@pytest.mark.parametrize(
    "harmless",
    [
        "turn superseded",
        "2026-03-02T10:15:30.123456Z",
        "127.0.0.1:8080",
        "line 123, in send",
        "frontdesk/cli/logs.py:45",
        "took 123456 ms",
    ],
)
def test_that_what_helps_to_find_a_fault_is_kept(harmless: str) -> None:
    assert masked(harmless) == harmless


@given(st.uuids())
def test_that_ids_are_kept(identifier: object) -> None:
    assert masked(f"conversation {identifier} failed") == f"conversation {identifier} failed"


@given(st.integers(min_value=10**7, max_value=10**14))
def test_that_no_number_as_long_as_a_phone_number_is_kept(number: int) -> None:
    assert str(number) not in masked(f"call {number} now")


@pytest.mark.usefixtures("_restored")
def test_that_json_lines_are_json_and_masked(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    try:
        raise ValueError("no message for anna@example.com")
    except ValueError:
        structlog.get_logger("frontdesk.test").exception("sending failed", conversation=str(uuid4()))
    logging.getLogger("procrastinate").info("a job of anna@example.com")
    logging.getLogger("procrastinate").warning("a job of anna@example.com failed")
    ours, theirs = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert ours["event"] == "sending failed"
    assert "ValueError: no message for [e-mail]" in ours["exception"]
    assert theirs["event"] == "a job of [e-mail] failed"
    assert theirs["level"] == "warning"


@pytest.mark.usefixtures("_restored")
def test_that_requests_of_the_http_client_are_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("text")
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot1:x/sendMessage")
    assert capsys.readouterr().err == ""
    assert sys.stderr is not None
