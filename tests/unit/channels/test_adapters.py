"""What holds for every channel."""

import copy
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue, ValidationError

from frontdesk.channels.adapters import ADAPTERS
from frontdesk.channels.contract import (
    Adapter,
    ChannelAccount,
    ChannelKind,
    MessageEchoed,
    MessageReceived,
    PayloadUnreadableError,
    SignatureRefusedError,
)

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PUSHED = [ChannelKind.WHATSAPP, ChannelKind.TELEGRAM, ChannelKind.GENERIC]

WHATSAPP: JsonValue = {
    "object": "whatsapp_business_account",
    "entry": [
        {
            "id": "1",
            "changes": [
                {
                    "field": "messages",
                    "value": {
                        "metadata": {"phone_number_id": "1065", "display_phone_number": "34911222333"},
                        "contacts": [{"wa_id": "48601234567", "user_id": "PL.1", "profile": {"name": "Ola"}}],
                        "messages": [
                            {
                                "id": "wamid.1",
                                "from": "48601234567",
                                "timestamp": "1772625600",
                                "type": "text",
                                "text": {"body": "hi"},
                                "context": {"id": "wamid.0"},
                                "referral": {"source_id": "ad"},
                            },
                            {
                                "id": "wamid.2",
                                "from_user_id": "PL.1",
                                "type": "interactive",
                                "interactive": {"nfm_reply": {"response_json": '{"a": {"b": 1}}', "body": "Sent"}},
                            },
                            {
                                "id": "wamid.3",
                                "from": "48601234567",
                                "type": "edit",
                                "edit": {
                                    "original_message_id": "w",
                                    "message": {"type": "image", "image": {"id": "i"}},
                                },
                            },
                            {
                                "id": "wamid.4",
                                "from": "48601234567",
                                "type": "system",
                                "system": {"type": "user_changed_number", "wa_id": "48601234568"},
                            },
                            {
                                "id": "wamid.5",
                                "from": "48601234567",
                                "type": "contacts",
                                "contacts": [{"name": {"formatted_name": "Jan"}, "phones": [{"phone": "+48"}]}],
                            },
                        ],
                        "statuses": [{"id": "w", "status": "failed", "errors": [{"code": 131047, "title": "Late"}]}],
                        "errors": [{"code": 131000}],
                    },
                },
                {
                    "field": "smb_message_echoes",
                    "value": {
                        "message_echoes": [
                            {"id": "wamid.6", "to": "48601234567", "type": "text", "text": {"body": "me"}}
                        ]
                    },
                },
                {
                    "field": "user_id_update",
                    "value": {"user_id_update": [{"user_id": {"previous": "US.1", "current": "US.2"}}]},
                },
            ],
        }
    ],
}

_TELEGRAM_MESSAGE: dict[str, JsonValue] = {
    "message_id": 7,
    "date": 1772625600,
    "from": {"id": 5, "is_bot": False, "first_name": "Ola"},
    "chat": {"id": 5, "type": "private"},
    "text": "/start ad",
    "reply_to_message": {"message_id": 6},
}

TELEGRAM: list[JsonValue] = [
    {"update_id": 1, "message": _TELEGRAM_MESSAGE},
    {"update_id": 2, "edited_business_message": {**_TELEGRAM_MESSAGE, "from": {"id": 6}}},
    {
        "update_id": 3,
        "message": {
            "chat": {"id": 5},
            "photo": [{"file_id": "p"}],
            "contact": {"user_id": 5},
            "venue": {"title": "x", "location": {"latitude": 1}},
        },
    },
    {
        "update_id": 4,
        "callback_query": {
            "id": "q",
            "from": {"id": 5},
            "data": "a",
            "message": {
                "chat": {"id": 5},
                "message_id": 1,
                "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]},
            },
        },
    },
    {
        "update_id": 5,
        "message_reaction": {
            "chat": {"id": 5},
            "user": {"id": 5},
            "message_id": 1,
            "new_reaction": [{"type": "emoji", "emoji": "x"}],
        },
    },
    {"update_id": 6, "deleted_business_messages": {"chat": {"id": 5}, "message_ids": [1, 2]}},
    {"update_id": 7, "my_chat_member": {"chat": {"id": 5}, "from": {"id": 5}, "new_chat_member": {"status": "kicked"}}},
]

_CONTACT: JsonValue = {"id": "c", "name": "Ola", "phone": "+48601234567", "email": "ola@example.com"}

GENERIC: list[JsonValue] = [
    {"type": "message.received", "data": {"id": "m", "contact": _CONTACT, "text": "hi", "sent_at": "2026-03-04"}},
    {"type": "message.sent_by_human", "data": {"id": "m", "contact": _CONTACT, "text": "hi"}},
    {"type": "message.status", "data": {"id": "d", "status": "failed", "reason": "x", "at": "2026-03-04"}},
]

BODIES: list[JsonValue] = [WHATSAPP, *TELEGRAM, *GENERIC]

_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(
        ["", "a\x00b", "a\ud83d", "text", "edit", "system", "9" * 400, "wamid.1", 10**400, -1, "1772625600"]
    )
)
RANDOM_JSON = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=4) | st.sampled_from(["id", "type", "text", "from", "chat"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


def _slots(value: JsonValue) -> list[tuple[dict[str, JsonValue], str] | tuple[list[JsonValue], int]]:
    """Every place in a body that can be changed: a container and a key or an index of it."""
    found: list[tuple[dict[str, JsonValue], str] | tuple[list[JsonValue], int]] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += [(value, key), *_slots(inner)]
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += [(value, index), *_slots(inner)]
    return found


@st.composite
def mutated_bodies(draw: st.DrawFn) -> JsonValue:
    body = copy.deepcopy(draw(st.sampled_from(BODIES)))
    for _ in range(draw(st.integers(1, 4))):
        slots = _slots(body)
        if not slots:
            break
        container, key = draw(st.sampled_from(slots))
        if draw(st.booleans()):
            container[key] = draw(RANDOM_JSON)  # type: ignore[index,call-overload,assignment]
        else:
            del container[key]  # type: ignore[arg-type]
    return body


def account(kind: ChannelKind) -> ChannelAccount:
    return ChannelAccount(UUID(int=1), kind, {"phone_number_id": "1065"}, {})


def _events_hold_together(kind: ChannelKind, raw: bytes) -> None:
    events = ADAPTERS[kind].parse(account(kind), raw, NOW)
    assert events
    for event in events:
        if isinstance(event, MessageReceived | MessageEchoed):
            assert event.person.addresses
            assert all(0 < len(address) <= 1100 for address in event.person.addresses)
            assert 0 < len(event.external_id) <= 1100
            assert event.sent_at.tzinfo is not None
            assert "\x00" not in event.text
            event.text.encode()
        if isinstance(event, MessageReceived):
            written = json.dumps(dict(event.attributes), allow_nan=False, ensure_ascii=False)
            assert "\\u0000" not in written
            written.encode()


@pytest.mark.parametrize("kind", PUSHED)
@pytest.mark.parametrize("body", BODIES)
def test_that_any_channels_body_can_reach_any_adapter(kind: ChannelKind, body: JsonValue) -> None:
    _events_hold_together(kind, json.dumps(body).encode())


def _soiled(value: JsonValue) -> JsonValue:
    """The same body with a NUL and half an emoji in every string but the times."""
    if isinstance(value, dict):
        times = ("timestamp", "sent_at", "at")
        return {key: inner if key in times else _soiled(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_soiled(inner) for inner in value]
    return f"\x00{value}\ud83d" if isinstance(value, str) else value


@pytest.mark.parametrize("body", BODIES)
def test_that_what_cannot_be_stored_changes_nothing(body: JsonValue) -> None:
    for kind in PUSHED:
        clean, soiled = (
            ADAPTERS[kind].parse(account(kind), json.dumps(each).encode(), NOW) for each in (body, _soiled(body))
        )
        assert soiled == clean


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(PUSHED), body=mutated_bodies())
def test_that_a_malformed_body_breaks_nothing(kind: ChannelKind, body: JsonValue) -> None:
    try:
        _events_hold_together(kind, json.dumps(body).encode())
    except PayloadUnreadableError:  # its bodies hold one item, so that nothing else is lost
        assert kind is ChannelKind.GENERIC


@settings(deadline=None)
@given(
    kind=st.sampled_from(PUSHED),
    raw=st.binary(max_size=200) | RANDOM_JSON.map(lambda value: json.dumps(value).encode()),
)
def test_that_any_bytes_are_events_or_unreadable(kind: ChannelKind, raw: bytes) -> None:
    with suppress(PayloadUnreadableError):
        _events_hold_together(kind, raw)


@pytest.mark.parametrize("kind", PUSHED)
@pytest.mark.parametrize("depth", [50, 300, 900, 100_000])
def test_that_deep_nesting_breaks_nothing(kind: ChannelKind, depth: int) -> None:
    nested = '{"type":"edit","edit":{"message":' * depth + "1" + "}}" * depth
    bodies = {
        ChannelKind.WHATSAPP: f'{{"messages": [{{"from": "48601234567", "text": {nested}, "referral": {nested}}}]}}',
        ChannelKind.TELEGRAM: f'{{"update_id": 1, "message": {{"chat": {{"id": 5}}, "venue": {nested}}}}}',
        ChannelKind.GENERIC: f'{{"type": "message.received", "data": {{"id": 1, "contact": {{"id": {nested}}}}}}}',
    }
    try:
        _events_hold_together(kind, bodies[kind].encode())
    except PayloadUnreadableError:
        assert depth >= 300 or kind is ChannelKind.GENERIC


@pytest.mark.parametrize("kind", list(ChannelKind))
def test_that_each_kind_has_its_own_adapter(kind: ChannelKind) -> None:
    assert ADAPTERS[kind].kind is kind


@pytest.mark.parametrize("adapter", [ADAPTERS[kind] for kind in PUSHED], ids=PUSHED)
def test_that_nothing_passes_an_account_without_secrets(adapter: Adapter) -> None:
    with pytest.raises(SignatureRefusedError):
        adapter.verify(account(adapter.kind), {}, b"{}", NOW)


def test_that_the_web_chat_takes_no_webhooks() -> None:
    adapter = ADAPTERS[ChannelKind.WEBCHAT]
    with pytest.raises(SignatureRefusedError):
        adapter.verify(account(ChannelKind.WEBCHAT), {}, b"{}", NOW)
    with pytest.raises(PayloadUnreadableError):
        adapter.parse(account(ChannelKind.WEBCHAT), b"{}", NOW)
    assert adapter.render is None


SETTINGS: list[tuple[ChannelKind, dict[str, JsonValue]]] = [
    (ChannelKind.WHATSAPP, {"phone_number_id": "1065", "base_url": "http://127.0.0.1:9/"}),
    (ChannelKind.TELEGRAM, {}),
    (ChannelKind.GENERIC, {"url": "https://example.com/hook?key=1"}),
    (
        ChannelKind.WEBCHAT,
        {"allowed_origins": ["https://example.com", "http://localhost:3000"], "greeting": {"pl": "Cześć!"}},
    ),
]


@pytest.mark.parametrize(("kind", "values"), SETTINGS)
def test_that_settings_survive_being_stored(kind: ChannelKind, values: dict[str, JsonValue]) -> None:
    model = ADAPTERS[kind].settings_model
    once = model.model_validate(values)
    assert model.model_validate(once.model_dump(mode="json")) == once


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (ChannelKind.WHATSAPP, {}),
        (ChannelKind.WHATSAPP, {"phone_number_id": "+48 601"}),
        (ChannelKind.WHATSAPP, {"phone_number_id": "1", "api_version": "25"}),
        (ChannelKind.WHATSAPP, {"phone_number_id": "1", "base_url": "ftp://example.com"}),
        (ChannelKind.TELEGRAM, {"bot_name": "TripBot"}),
        (ChannelKind.GENERIC, {"url": "example.com"}),
        (ChannelKind.WEBCHAT, {"allowed_origins": ["*"]}),
        (ChannelKind.WEBCHAT, {"accent_colour": "red;background:url(x)"}),
    ],
)
def test_that_wrong_settings_are_refused(kind: ChannelKind, values: dict[str, JsonValue]) -> None:
    with pytest.raises(ValidationError):
        ADAPTERS[kind].settings_model.model_validate(values)


def test_that_secrets_are_not_shown() -> None:
    secrets = ADAPTERS[ChannelKind.TELEGRAM].secrets_model(bot_token="123:abc", secret_token="s3cret")
    assert "abc" not in repr(secrets)
    assert "s3cret" not in repr(secrets)


@pytest.mark.parametrize(
    ("kind", "ago", "takes"),
    [
        (ChannelKind.WHATSAPP, timedelta(hours=23, minutes=59), True),
        (ChannelKind.WHATSAPP, timedelta(hours=24), False),
        (ChannelKind.WHATSAPP, None, False),
        (ChannelKind.TELEGRAM, timedelta(days=400), True),
        (ChannelKind.WEBCHAT, None, True),
    ],
)
def test_that_free_text_goes_where_the_channel_takes_it(kind: ChannelKind, ago: timedelta | None, takes: bool) -> None:
    wrote_at = None if ago is None else NOW - ago
    assert ADAPTERS[kind].takes_free_text(wrote_at, NOW) is takes
