"""A visitor's token proves who they are on one chat, and nothing else does."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.webchat.visitors import TOKEN_LIFETIME, Visitor, VisitorUnknownError, bearer_token, issue_token, read_token

KEY = "k" * 32
NOW = datetime(2026, 4, 1, tzinfo=UTC)
VISITOR = Visitor(UUID(int=7), "0123456789abcdef" * 2)
TOKEN = issue_token(VISITOR, KEY, NOW)


def test_that_a_token_names_its_visitor_until_it_expires() -> None:
    assert read_token(TOKEN, VISITOR.channel_id, KEY, NOW + TOKEN_LIFETIME) == VISITOR
    with pytest.raises(VisitorUnknownError, match="expired"):
        read_token(TOKEN, VISITOR.channel_id, KEY, NOW + TOKEN_LIFETIME + timedelta(seconds=1))


@pytest.mark.parametrize(("channel", "key"), [(UUID(int=8), KEY), (VISITOR.channel_id, "other" * 8)])
def test_that_a_token_holds_for_its_own_chat_and_key_only(channel: UUID, key: str) -> None:
    with pytest.raises(VisitorUnknownError):
        read_token(TOKEN, channel, key, NOW)


@given(st.integers(0, len(TOKEN) - 1), st.characters(codec="utf-8"))
def test_that_no_character_of_a_token_may_change(at: int, character: str) -> None:
    changed = TOKEN[:at] + character + TOKEN[at + 1 :]
    if changed == TOKEN:
        return
    with pytest.raises(VisitorUnknownError):
        read_token(changed, VISITOR.channel_id, KEY, NOW)


@given(st.text())
def test_that_no_other_text_is_a_token(text: str) -> None:
    with pytest.raises(VisitorUnknownError):
        read_token(text, VISITOR.channel_id, KEY, NOW)


@pytest.mark.parametrize(
    ("header", "token"), [(None, ""), ("", ""), ("Bearer a.b", "a.b"), ("bearer a", "a"), ("Basic a", ""), ("a", "")]
)
def test_that_only_a_bearer_token_is_read(header: str | None, token: str) -> None:
    assert bearer_token(header) == token
