import pytest

from agent.questions import count_questions, statements, without_questions


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("When? And where?", 2),
        ("几位？什么时候？", 2),
        ("Really?!", 1),
        ("What???", 1),
        ("See https://reed.example/x?a=1 for more.", 0),
        ("几个人?谢谢", 1),
        ("Yes.", 0),
    ],
)
def test_that_questions_are_counted(text: str, questions: int) -> None:
    assert count_questions(text) == questions


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("It costs 12.50 EUR. How many are you?", "It costs 12.50 EUR."),
        ("How many are you?", ""),
        ("Claro. ¿Cuántos son? Gracias.", "Claro. Gracias."),
        ("费用300欧元。请问几位？谢谢。", "费用300欧元。谢谢。"),
        ("Tak!\nIle osób?\nDziękuję", "Tak!\nDziękuję"),
        ("See https://reed.example/x?a=1.", "See https://reed.example/x?a=1."),
        ("", ""),
    ],
)
def test_that_what_asks_nothing_stays(text: str, rest: str) -> None:
    assert without_questions(text) == rest


def test_that_statements_are_single_sentences() -> None:
    assert [each.strip() for each in statements("One. Two; three? Four\nFive!")] == ["One.", "Two;", "Four", "Five!"]
