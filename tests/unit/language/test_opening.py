"""Who asks when we are open."""

import pytest

from frontdesk.language.opening import asks_opening_hours, names_day


@pytest.mark.parametrize(
    "text",
    [
        "when are you open?",
        "opening hours",
        "are you open on Saturday",
        "what time do you close?",
        "when can i call you?",
        "¿qué horario tienen?",
        "¿abren los sábados?",
        "¿a qué hora cierran?",
        "¿están abiertos ahora?",
        "do kiedy jesteście dziś otwarci",
        "godziny otwarcia?",
        "a w sobotę jesteście czynni?",
        "o której zamykacie?",
        "你们几点开门",
        "营业时间",
        "周六上班吗",
    ],
)
def test_that_a_question_about_the_hours_is_known(text: str) -> None:
    assert asks_opening_hours(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to come on Saturday",
        "¿hasta qué hora puedo cancelar?",
        "el sábado por la tarde",
        "w sobotę nam pasuje",
        "周六可以",
        "I'm open to suggestions",
        "how long does it take?",
    ],
)
def test_that_other_words_about_time_ask_for_no_hours(text: str) -> None:
    assert not asks_opening_hours(text)


@pytest.mark.parametrize("text", ["and on Sunday?", "¿y el domingo?", "a jutro?", "那周六呢？"])
def test_that_a_day_is_known(text: str) -> None:
    assert names_day(text)
