"""Proof that a request comes from Meta."""

import hashlib
import hmac
from datetime import UTC, datetime
from uuid import UUID

import pytest

from frontdesk.channels.contract import (
    ChallengeRefusedError,
    ChannelAccount,
    ChannelKind,
    SignatureRefusedError,
)
from frontdesk.channels.whatsapp.verify import challenge, verify

NOW = datetime(2026, 3, 4, tzinfo=UTC)
BODY = rb'{"text": "gr\u00fcezi"}'


def account(**secrets: str) -> ChannelAccount:
    return ChannelAccount(UUID(int=1), ChannelKind.WHATSAPP, {}, secrets)


def signature(secret: str, body: bytes = BODY) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("spelling", [str, str.upper])
def test_that_a_signature_over_the_raw_body_passes(spelling: type[str]) -> None:
    header = signature("s3cret").replace("sha256=", "")
    verify(account(app_secret="s3cret"), {"x-hub-signature-256": f"sha256={spelling(header)}"}, BODY, NOW)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-hub-signature-256": ""},
        {"x-hub-signature-256": "sha256="},
        {"x-hub-signature-256": signature("other")},
        {"x-hub-signature-256": signature("s3cret", b'{"text": "gr\xc3\xbcezi"}')},
        {"x-hub-signature-256": signature("s3cret").removeprefix("sha256=")},
        {"x-hub-signature-256": "sha256=\xe9\u1234\ud800"},
        {"x-hub-signature": signature("s3cret")},
    ],
)
def test_that_any_other_signature_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(SignatureRefusedError):
        verify(account(app_secret="s3cret"), headers, BODY, NOW)


@pytest.mark.parametrize("secrets", [{}, {"app_secret": ""}])
def test_that_without_a_secret_nothing_passes(secrets: dict[str, str]) -> None:
    with pytest.raises(SignatureRefusedError):
        verify(account(**secrets), {"x-hub-signature-256": signature("")}, BODY, NOW)


def test_that_the_challenge_is_answered_as_it_came() -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "token", "hub.challenge": "1158201444"}
    assert challenge(account(verify_token="token"), query) == "1158201444"


@pytest.mark.parametrize(
    "change",
    [
        {"hub.mode": "unsubscribe"},
        {"hub.verify_token": "wrong"},
        {"hub.verify_token": "tökén"},
        {"hub.verify_token": ""},
        {"hub.challenge": ""},
    ],
)
def test_that_a_challenge_without_our_token_is_refused(change: dict[str, str]) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "token", "hub.challenge": "1158201444"} | change
    with pytest.raises(ChallengeRefusedError):
        challenge(account(verify_token="token"), query)


def test_that_without_a_verify_token_no_challenge_is_answered() -> None:
    with pytest.raises(ChallengeRefusedError):
        challenge(account(), {"hub.mode": "subscribe", "hub.verify_token": "", "hub.challenge": "1"})
