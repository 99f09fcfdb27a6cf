"""The opening hours that only the playbook has."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agent.brains.offline.answers import understand
from agent.brains.offline.dialogue import Said, Situation, speak
from agent.brains.offline.history import asked_field
from agent.brains.offline.opening_hours import opening_hours, schedule
from agent.brains.protocol import View
from frontdesk.playbook.texts import StandingText, standing_text
from knowledge.retrieve import Retrieval
from tests.fakes.travel import travel_playbook, travel_view
from tests.fakes.views import passage

BUSINESS = travel_playbook().business


def say(view: View) -> Said:
    asked = asked_field(view)
    return speak(Situation(view, view.facts, understand(view, asked), asked, ()))


def test_that_days_alike_are_told_together_in_the_contacts_language() -> None:
    assert schedule(BUSINESS, "en") == "Mon–Fri 09:00–18:00; Sat 10:00–14:00"
    assert schedule(BUSINESS, "es") == "lun–vie 09:00–18:00; sáb 10:00–14:00"
    assert schedule(BUSINESS, "zh") == "周一–周五 09:00–18:00；周六 10:00–14:00"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "are you open on Sunday"), ("es", "¿abren los domingos?"), ("pl", "godziny otwarcia?"), ("zh", "几点开门")],
)
def test_that_the_hours_are_told_without_a_document_that_has_them(language: str, text: str) -> None:
    wrong = Retrieval((passage("You may cancel until 24 hours before."),), 0.95)
    said = say(travel_view(text, language=language, retrieval=wrong))
    assert schedule(BUSINESS, language) in said.text
    assert not said.citations
    assert said.asks == "destination"


def test_that_a_document_that_tells_the_hours_is_quoted_instead() -> None:
    hours = passage("Monday to Friday from 9:00 to 18:00, on Saturday from 10:00 to 14:00.")
    said = say(travel_view("When are you open?", retrieval=Retrieval((hours,), 0.95)))
    assert said.citations == (hours.passage_id,)
    assert schedule(BUSINESS, "en") not in said.text


def test_that_another_question_beside_the_hours_is_answered_too() -> None:
    breakfast = passage("Breakfast is included on every trip.")
    view = travel_view("Is breakfast included? And are you open on Sunday?", retrieval=Retrieval((breakfast,), 0.95))
    assert say(view).text.startswith("Breakfast is included")
    assert schedule(BUSINESS, "en") in say(view).text


def test_that_a_day_after_the_hours_goes_on_asking_for_them() -> None:
    view = travel_view("and on Sunday?", asked_text=opening_hours(travel_view("open?")))
    assert schedule(BUSINESS, "en") in say(view).text


def test_that_a_holiday_is_told() -> None:
    new_year = replace(travel_view("are you open today?"), now=datetime(2027, 1, 1, 10, 0, tzinfo=UTC))
    assert opening_hours(new_year).endswith(standing_text(travel_playbook(), StandingText.CLOSED_TODAY, "en"))
