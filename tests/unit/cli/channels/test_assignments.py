"""`key=value` arguments."""

import pytest

from frontdesk.channels.generic.settings import GenericSecrets, GenericSettings
from frontdesk.channels.webchat.settings import WebChatSettings
from frontdesk.channels.whatsapp.settings import WhatsAppSettings
from frontdesk.cli.channels.assignments import (
    AssignmentInvalidError,
    Flags,
    ValuesInvalidError,
    from_environment,
    required_keys,
    shaped,
    split_assignments,
    validated,
)

FLAGS = Flags("setting", "--set {key}=…")


def test_that_only_the_first_equals_sign_separates() -> None:
    assert split_assignments(["url=https://a.example/?b=c", "empty="]) == [
        ("url", "https://a.example/?b=c"),
        ("empty", ""),
    ]


@pytest.mark.parametrize("argument", ["url", "=value"])
def test_that_an_argument_without_a_key_or_a_sign_is_refused(argument: str) -> None:
    with pytest.raises(AssignmentInvalidError):
        split_assignments([argument])


def test_that_a_variable_that_is_not_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "t0ken")
    assert from_environment(["access_token=TOKEN"]) == {"access_token": "t0ken"}
    monkeypatch.delenv("TOKEN")
    with pytest.raises(AssignmentInvalidError, match="TOKEN is not set"):
        from_environment(["access_token=TOKEN"])


@pytest.mark.parametrize(
    ("pairs", "shape"),
    [
        ([("title", "Ask us, or not")], {"title": "Ask us, or not"}),
        (
            [("allowed_origins", "https://a.example, https://b.example"), ("allowed_origins", "https://c.example")],
            {"allowed_origins": ["https://a.example", "https://b.example", "https://c.example"]},
        ),
        ([("greeting.en", "Hello"), ("greeting.pl", "Cześć")], {"greeting": {"en": "Hello", "pl": "Cześć"}}),
        ([("greeting", '{"en": "Hello"}')], {"greeting": {"en": "Hello"}}),
        ([("no.such", "x")], {"no.such": "x"}),
    ],
)
def test_that_values_get_the_shape_that_the_model_wants(pairs: list[tuple[str, str]], shape: dict[str, object]) -> None:
    assert shaped(pairs, WebChatSettings) == shape


def test_that_defaults_are_filled_in() -> None:
    values = validated(WhatsAppSettings, {"phone_number_id": "123"}, FLAGS)
    assert values["phone_number_id"] == "123"
    assert str(values["base_url"]).startswith("https://")


def test_that_every_problem_is_told_with_what_would_be_right() -> None:
    with pytest.raises(ValuesInvalidError) as caught:
        validated(WhatsAppSettings, {"phone_numer_id": "123", "api_version": "25"}, FLAGS)
    missing, unusable, unknown = sorted(str(caught.value).splitlines(), key=lambda line: "there is no" in line)
    assert missing == "the setting phone_number_id is missing; add --set phone_number_id=…"
    assert unusable.startswith("the setting api_version must match ^v[0-9]")
    assert unknown == "there is no setting phone_numer_id; did you mean `phone_number_id`?"


def test_that_an_address_that_is_none_is_told_in_our_own_words() -> None:
    with pytest.raises(ValuesInvalidError, match=r"^the setting url must be a full http:// or https:// URL$"):
        validated(GenericSettings, {"url": "nope"}, FLAGS)


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ({"allowed_origins": ["shop.example"]}, "allowed_origins is not right; write it as in https://shop.example"),
        ({"accent_colour": "red"}, "accent_colour is not right; write it as in #1f5fbf"),
        ({"greeting": "Hello"}, r"greeting has parts; write greeting.part=…, as in greeting.en=Hello"),
    ],
)
def test_that_a_value_of_the_wrong_form_is_told_with_one_of_the_right(values: dict[str, object], right: str) -> None:
    with pytest.raises(ValuesInvalidError, match=f"^the setting {right}$"):
        validated(WebChatSettings, values, FLAGS)


def test_that_a_secret_is_not_repeated_in_the_complaint_about_it() -> None:
    with pytest.raises(ValuesInvalidError) as caught:
        validated(GenericSecrets, {"secret": "whsec_not~base64"}, Flags("secret", ""))
    assert "not~base64" not in str(caught.value)


def test_that_required_keys_are_those_without_a_default() -> None:
    assert required_keys(GenericSettings) == ["url"]
    assert required_keys(WebChatSettings) == []
