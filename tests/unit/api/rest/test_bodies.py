import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from api.rest.bodies import AddEndpoint, ReportEvent, SendMessage

CONTACT = {"id": "0198c5a0-0000-7000-8000-000000000000"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec=None)), inner, max_size=3),
    max_leaves=8,
)


def strings_in(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case list():
            return [found for item in value for found in strings_in(item)]
        case dict():
            return [found for item in value.items() for part in item for found in strings_in(part)]
    return []


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_that_event_data_holds_only_what_the_database_can(data: dict[str, object]) -> None:
    event = ReportEvent.model_validate({"id": "1", "name": "purchase", "contact": CONTACT, "data": data})
    for found in strings_in(event.data):
        assert "\x00" not in found
        found.encode()


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1])
def test_that_an_integer_beyond_64_bits_is_refused(number: int) -> None:
    with pytest.raises(ValidationError, match="64 bits"):
        ReportEvent.model_validate({"id": "1", "name": "purchase", "contact": CONTACT, "data": {"n": number}})


def test_that_data_nested_too_deeply_is_refused() -> None:
    deep: object = 1
    for _ in range(40):
        deep = [deep]
    with pytest.raises(ValidationError, match="nested"):
        ReportEvent.model_validate({"id": "1", "name": "purchase", "contact": CONTACT, "data": {"n": deep}})


def test_that_a_text_keeps_its_own_spaces_and_lines() -> None:
    assert SendMessage.model_validate({"text": "  Hi,\n\nAda  "}).text == "  Hi,\n\nAda  "


@pytest.mark.parametrize("size", [24, 32, 64])
def test_that_a_secret_of_the_specified_sizes_is_taken(size: int) -> None:
    secret = "whsec_" + base64.b64encode(bytes(size)).decode()
    assert AddEndpoint.model_validate({"url": "https://a.example", "secret": secret}).secret == secret


@pytest.mark.parametrize("size", [23, 65])
def test_that_a_secret_of_another_size_is_refused(size: int) -> None:
    secret = "whsec_" + base64.b64encode(bytes(size)).decode()
    with pytest.raises(ValidationError):
        AddEndpoint.model_validate({"url": "https://a.example", "secret": secret})
