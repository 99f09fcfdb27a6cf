"""Every standing sentence exists in every ready language, filled alike."""

import re

import pytest

from frontdesk.playbook.models import Playbook
from frontdesk.playbook.texts import (
    STANDING_LANGUAGES,
    StandingText,
    placeholders,
    standing_placeholders,
    standing_text,
)

PLAYBOOK = Playbook.model_validate({"business": {"name": "Acme"}, "persona": {"name": "Robin"}})


def own_texts(**texts: object) -> Playbook:
    return Playbook.model_validate({"business": {"name": "Acme", "languages": ["pl", "en"]}, "texts": texts})


@pytest.mark.parametrize("key", list(StandingText))
def test_that_a_sentence_exists_in_each_language_with_the_same_placeholders(key: StandingText) -> None:
    marked = {name: f"<{name}>" for name in standing_placeholders(key) - {"persona", "business"}}
    said = [standing_text(PLAYBOOK, key, language, **marked) for language in STANDING_LANGUAGES]
    assert len(set(said)) == len(STANDING_LANGUAGES)
    assert all(not placeholders(sentence) for sentence in said)
    assert len({frozenset(re.findall(r"<\w+>", sentence)) for sentence in said}) == 1


@pytest.mark.parametrize("key", list(StandingText))
def test_that_only_the_chinese_sentence_is_in_chinese(key: StandingText) -> None:
    for language in STANDING_LANGUAGES:
        chinese = re.search(r"[\u4e00-\u9fff]", standing_text(PLAYBOOK, key, language))
        assert bool(chinese) == (language == "zh")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "I am Robin, the AI assistant of Acme."), ("zh", "我是Acme的 AI 助理Robin。")],
)
def test_that_persona_and_business_are_filled(language: str, said: str) -> None:
    assert standing_text(PLAYBOOK, StandingText.AI_DISCLOSURE, language) == said


@pytest.mark.parametrize(
    ("texts", "language", "said"),
    [
        ({"greeting": {"pl": "Cześć z {business}", "en": "Hey"}}, "pl", "Cześć z Acme"),
        ({"greeting": "Hey"}, "pl", "Hey"),
        ({"greeting": {"pl": "Cześć", "en": "Hey"}}, "es", "¡Hola! Le damos la bienvenida a Acme."),
        ({"greeting": {"pl": "Cześć", "en": "Hey"}}, "de", "Cześć"),
        ({"greeting": {"pl": "Cześć", "en": "Hey"}}, None, "Cześć"),
        ({}, None, "Dzień dobry! Tu Acme."),
        ({}, "de", "Dzień dobry! Tu Acme."),
    ],
)
def test_that_the_playbooks_wording_comes_first(texts: dict[str, object], language: str | None, said: str) -> None:
    assert standing_text(own_texts(**texts), StandingText.GREETING, language) == said


def test_that_a_value_with_braces_is_not_filled_again() -> None:
    said = standing_text(PLAYBOOK, StandingText.INVALID_ANSWER, "en", ask="Is {business} {0} right?")
    assert said.endswith("Is {business} {0} right?")
