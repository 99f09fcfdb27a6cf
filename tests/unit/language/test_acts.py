import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.language.acts import AnswerAct, answer_act, asks_something, only_leads_in, statement_spans

CASES = {
    AnswerAct.REFUSES: [
        ("en", "I'd rather not say"),
        ("en", "we can't share that"),
        ("en", "please don't call me"),
        ("es", "prefiero no decirlo"),
        ("es", "no quiero dar mi teléfono"),
        ("pl", "wolę nie podawać"),
        ("pl", "nie chcę tego mówić"),
        ("zh", "不方便透露"),
        ("zh", "保密"),
    ],
    AnswerAct.UNKNOWN: [
        ("en", "not sure yet"),
        ("en", "not sure how much we can spend"),
        ("en", "We haven't decided"),
        ("en", "maybe"),
        ("es", "no lo sé"),
        ("es", "tengo que consultarlo"),
        ("pl", "jeszcze nie wiem"),
        ("pl", "musimy się zastanowić"),
        ("zh", "还没想好"),
        ("zh", "不太清楚"),
    ],
    AnswerAct.ASKS: [
        ("en", "what would that involve?"),
        ("en", "do you have parking"),
        ("en", "Hi! How much is it?"),
        ("es", "¿cuánto cuesta?"),
        ("es", "cuanto cuesta"),
        ("pl", "ile to kosztuje?"),
        ("pl", "czy macie parking"),
        ("zh", "多少钱？"),
        ("zh", "有停车场吗"),
        ("zh", "付款方式是什么，交货期多久"),
        ("en", "2400??"),
        ("en", "not sure what it'd cost"),
        ("es", "no sé lo que costaría"),
        ("pl", "nie wiem, ile to kosztuje"),
        ("zh", "不知道要多少钱"),
    ],
    AnswerAct.ANSWERS: [
        ("en", "3000 EUR"),
        ("en", "Madrid, what do you recommend?"),
        ("en", "maybe 5k?"),
        ("en", "sure, why not"),
        ("es", "en mayo"),
        ("es", "quiero ir a Lima"),
        ("pl", "jak najszybciej"),
        ("pl", "co najmniej 5"),
        ("zh", "四个人"),
        ("zh", "我们想去日本"),
    ],
}


@pytest.mark.parametrize(
    ("act", "language", "text"), [(act, language, text) for act, cases in CASES.items() for language, text in cases]
)
def test_that_the_act_of_an_answer_is_known(act: AnswerAct, language: str, text: str) -> None:
    assert answer_act(text, language) is act


@given(st.text(max_size=200))
def test_that_statements_lie_in_the_text_in_order(text: str) -> None:
    spans = statement_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert list(spans) == sorted(spans)
    assert answer_act(text, "en") in AnswerAct


@pytest.mark.parametrize(
    "text",
    [
        "hola queremos saber si se puede pagar a plazos",
        "me gustaría saber el precio",
        "quiero información sobre los implantes",
        "trabajan con Sanitas",
        "chciałbym się dowiedzieć, czy robicie wybielanie",
        "dzień dobry ile kosztuje kurs",
        "poproszę o informacje na temat kursu",
        "macie parking",
        "我想了解一下种植牙的价格",
        "你好，我想问一下有没有手机应用",
        "I'd like to know if you take cards",
        "good morning how much is it",
        "wondering whether it hurts",
        "price list",
    ],
)
def test_that_an_indirect_or_unmarked_question_is_one(text: str) -> None:
    assert asks_something(text)


@pytest.mark.parametrize(
    "text", ["seis personas", "mycie okien", "zadzwońcie jutro", "quiero pedir cita", "I want braces", "我要种植牙"]
)
def test_that_a_wish_or_a_request_is_no_question(text: str) -> None:
    assert not asks_something(text)


def test_that_a_lead_in_to_a_question_is_known() -> None:
    assert only_leads_in("chciałabym się dowiedzieć")
    assert not only_leads_in("I'd like to know if it hurts")
