"""A business that asks for two choices, an age, a phone number and a yes or no: who says what, in four languages."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from agent.brains.offline.answers import Understanding, understand
from agent.brains.offline.history import asked_field, refuses_person
from agent.brains.protocol import View
from frontdesk.conversations.model import Author, Direction, StoredMessage
from frontdesk.playbook.models import Playbook
from frontdesk.playbook.texts import StandingText, standing_text
from frontdesk.values.json_form import value_to_json
from tests.fakes.views import Conversation

SURGERY = Playbook.model_validate(
    {
        "business": {"name": "Sonrisa", "languages": ["en", "es", "pl", "zh"], "country": "ES"},
        "fields": [
            {
                "name": "treatment",
                "type": "choice",
                "ask": "Which treatment?",
                "options": [
                    {"name": "braces", "labels": ["aparato", "aparat", "牙套"]},
                    {"name": "implant", "labels": ["implante", "implant", "种植牙"]},
                    {"name": "plan_a", "labels": ["A"]},
                ],
            },
            {
                "name": "patient",
                "type": "choice",
                "ask": "Is it for you or for a child?",
                "options": [
                    {"name": "adult", "labels": ["for me", "para mí", "dla mnie", "给我"]},
                    {"name": "child", "labels": ["niño", "dziecko", "dla dziecka", "孩子"]},
                ],
            },
            {"name": "insured", "type": "yes_no", "ask": "Do you have insurance?"},
            {"name": "age", "type": "number", "unit": "years", "ask": "How old is the patient?"},
            {"name": "visit", "type": "timeframe", "ask": "When?"},
            {"name": "phone", "type": "phone", "ask": "Which number may we call?"},
            {"name": "wish", "type": "text", "ask": "What should we know?", "required": False},
        ],
        "handoff": {"teams": [{"name": "desk"}]},
    }
)


def view_of(text: str, language: str = "en", *, asked: str | None = None, ours: tuple[str, ...] = ()) -> View:
    """The contact's message after ours: the first asked for the field, the others for nothing."""
    plain = Conversation(said=(text,), playbook=SURGERY).view(language=language)
    before = tuple(_ours(seq, said, asked if seq == 0 else None, language) for seq, said in enumerate(ours or ("…",)))
    messages = (*before, *(replace(message, seq=len(before) + 1) for message in plain.snapshot.messages))
    snapshot = replace(plain.snapshot, messages=messages, answered_seq=len(before), inbound_seq=len(before) + 1)
    return replace(plain, snapshot=snapshot)


def _ours(seq: int, text: str, asks: str | None, language: str) -> StoredMessage:
    now = datetime(2026, 5, 4, tzinfo=UTC)
    attributes = {"asks": asks, "language": language}
    return StoredMessage(UUID(int=seq + 1), seq, Direction.OUTBOUND, Author.AGENT, "text", text, now, None, attributes)


def understood(view: View) -> Understanding:
    return understand(view, asked_field(view))


def answers(view: View) -> dict[str, object]:
    return {found.field.name: value_to_json(found.value) for found in understood(view).answers}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "braces for a child"),
        ("es", "un aparato para un niño"),
        ("pl", "aparat, to dla dziecka"),
        ("zh", "孩子要做牙套"),
    ],
)
def test_that_two_choices_are_told_apart_by_their_options(language: str, text: str) -> None:
    assert answers(view_of(text, language)) == {"treatment": "braces", "patient": "child"}


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "no, for a child"), ("es", "no, para un niño"), ("pl", "nie, dla dziecka"), ("zh", "不，给孩子的")],
)
@pytest.mark.parametrize("asked", ["treatment", "visit"])
def test_that_a_no_before_something_else_refuses_nothing(language: str, text: str, asked: str) -> None:
    offer = standing_text(SURGERY, StandingText.UNKNOWN_ANSWER, language)
    view = view_of(text, language, asked=asked, ours=("…", offer))
    assert not refuses_person(view)
    assert answers(view) == {"patient": "child"}
    assert not understood(view).declined


@pytest.mark.parametrize(
    ("language", "text"), [("en", "no thanks"), ("es", "no, gracias"), ("pl", "nie, dziękuję"), ("zh", "不用了，谢谢")]
)
def test_that_a_plain_no_to_our_offer_is_one(language: str, text: str) -> None:
    offer = standing_text(SURGERY, StandingText.UNKNOWN_ANSWER, language)
    assert refuses_person(view_of(text, language, asked="visit", ours=("…", offer)))


@pytest.mark.parametrize(
    "text",
    [
        "how much are braces?",
        "¿cuánto cuesta un aparato?",
        "ile kosztuje aparat?",
        "牙套多少钱？",
        "quiero información sobre el aparato",
        "proszę o informacje o aparat",
    ],
)
@pytest.mark.parametrize("asked", [None, "treatment"])
def test_that_whose_price_is_asked_is_wanted(text: str, asked: str | None) -> None:
    assert answers(view_of(text, asked=asked)) == {"treatment": "braces"}


@pytest.mark.parametrize(
    "text", ["braces or an implant, I don't mind", "do you do braces?", "¿un implante o un aparato?"]
)
def test_that_two_options_or_a_mere_question_choose_nothing(text: str) -> None:
    assert "treatment" not in answers(view_of(text))


@pytest.mark.parametrize("text", ["a dla dziecka", "A dla dziecka", "a child", "i to dla dziecka"])
def test_that_a_small_word_is_no_option_of_one_letter(text: str) -> None:
    assert answers(view_of(text, "pl")) == {"patient": "child"}


def test_that_an_option_of_one_letter_is_read_where_it_stands_alone() -> None:
    assert answers(view_of("plan A")) == {"treatment": "plan_a"}
    assert answers(view_of("a", asked="treatment")) == {"treatment": "plan_a"}


@pytest.mark.parametrize(
    ("language", "text"), [("en", "she is 9 years old"), ("es", "tiene 9 años"), ("pl", "ma 9 lat"), ("zh", "9岁")]
)
@pytest.mark.parametrize("asked", [None, "visit", "age"])
def test_that_years_are_an_age_where_one_is_asked_for(language: str, text: str, asked: str | None) -> None:
    assert answers(view_of(text, language, asked=asked)) == {"age": 9}


@pytest.mark.parametrize("text", ["may one start at 9 years?", "czy można od 9 lat?", "we have 9 years of experience"])
def test_that_years_in_a_question_or_of_something_are_nobodys_age(text: str) -> None:
    assert "age" not in answers(view_of(text))


def test_that_the_open_question_is_found_behind_several_offers_of_a_person() -> None:
    offers = [standing_text(SURGERY, key, "en") for key in (StandingText.UNKNOWN_ANSWER, StandingText.UNKNOWN_REST)]
    view = view_of("implant", asked="treatment", ours=("Which treatment?", *offers))
    assert answers(view) == {"treatment": "implant"}


def test_that_digits_that_are_no_phone_number_are_pointed_out() -> None:
    view = view_of("it's 07700 900", asked="phone")
    invalid = understood(view).invalid
    assert invalid is not None
    assert invalid.name == "phone"


def test_that_a_text_is_kept_beside_the_option_that_it_names() -> None:
    assert answers(view_of("I want an implant", asked="wish")) == {"wish": "I want an implant", "treatment": "implant"}


def test_that_a_message_of_another_value_is_no_text() -> None:
    assert answers(view_of("9 years old", asked="wish")) == {"age": 9}
