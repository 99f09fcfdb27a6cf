from functools import partial

import pytest
from pydantic import TypeAdapter

from api.inbox.conditions import in_words
from api.inbox.texts import LANGUAGES, text
from frontdesk.playbook.conditions import Condition

CONDITIONS: TypeAdapter[Condition] = TypeAdapter(Condition)
EVERY_KIND: tuple[dict[str, object], ...] = (
    {"qualified": True},
    {"qualified": False},
    {"intent": "pricing"},
    {"event": "purchase"},
    {"stage": "Hot Lead"},
    {"silent_for": "2h"},
    {"field": "budget"},
    {"field": "budget", "declined": True},
    {"field": "budget", "one_of": ["a", "b"]},
    *({"field": "budget", how: 5} for how in ("equals", "at_least", "at_most", "above", "below")),
)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"qualified": True}, "the lead is qualified"),
        ({"silent_for": "7d"}, "the contact has been silent for 7d"),
        ({"field": "budget", "at_least": 1000}, "budget is at least 1000"),
        ({"field": "party", "equals": 0}, "party is 0"),
        ({"not": {"stage": "Payment"}}, "not: the stage is Payment"),
        (
            {"all": [{"field": "city"}, {"any": [{"event": "paid"}, {"intent": "booking"}]}]},
            "city is known and (the event “paid” was reported or the contact showed “booking”)",
        ),
    ],
)
def test_that_a_condition_reads_as_a_sentence(given: dict[str, object], words: str) -> None:
    assert in_words(CONDITIONS.validate_python(given), partial(text, language="en")) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_kind_of_condition_reads_differently_in_every_language(language: str) -> None:
    say = partial(text, language=language)
    said = [in_words(CONDITIONS.validate_python(each), say) for each in EVERY_KIND]
    assert len(set(said)) == len(said)
