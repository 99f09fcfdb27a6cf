"""What a burst is searched for."""

from uuid import UUID

import pytest

from agent.queries import MOST_PASSAGES, clearer, goes_on_from, leaves_open, merged, queries, surest
from knowledge.retrieve import Retrieval, RetrievedPassage


def passage(number: int) -> RetrievedPassage:
    one = UUID(int=number)
    return RetrievedPassage(one, one, "prices.md", f"a{number}", "Prices", (), None, "text", None, "en", 0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("said", "language", "searched"),
    [
        (["How much is Rome?"], "en", ("How much is Rome?",)),
        (["How much is Rome?", "we are 4", "my budget is 3000 EUR"], "en", ("How much is Rome?",)),
        (
            ["How much is Rome?", "And is breakfast included?"],
            "en",
            ("How much is Rome?", "And is breakfast included?"),
        ),
        (["Ile kosztuje Rzym?", "jest nas czworo"], "pl", ("Ile kosztuje Rzym?",)),
        (["去北京多少钱？", "我们三个人"], "zh", ("去北京多少钱？",)),
        (["we are 4", "in May"], "en", ("we are 4\nin May",)),
        (["What is the MOQ and do you do OEM?"], "en", ("What is the MOQ", "do you do OEM?")),
        (["How much is Rome and is it far?"], "en", ("How much is Rome and is it far?",)),
        (["¿Qué pagos aceptan y hay permanencia?"], "es", ("¿Qué pagos aceptan", "hay permanencia?")),
        (["Ile kosztuje Rzym i czy jest śniadanie?"], "pl", ("Ile kosztuje Rzym", "czy jest śniadanie?")),
        (["付款方式是什么？交货期多久？"], "zh", ("付款方式是什么？", "交货期多久？")),
        (["  ", ""], "en", ()),
        ([], "en", ()),
    ],
)
def test_that_each_question_of_a_burst_is_searched_by_itself(
    said: list[str], language: str, searched: tuple[str, ...]
) -> None:
    assert queries(said, language) == tuple((question,) for question in searched)


def test_that_the_surest_answer_comes_first_and_each_question_has_its_best_passage() -> None:
    unsure = Retrieval((passage(1), passage(2)), 0.3)
    sure = Retrieval((passage(3), passage(1), passage(4)), 0.9)
    found = merged([unsure, sure])
    assert [one.passage_id.int for one in found.passages] == [3, 1, 2, 4]
    assert found.confidence == 0.9


def test_that_many_questions_bring_no_more_passages_than_one() -> None:
    found = merged([Retrieval(tuple(passage(10 * each + n) for n in range(6)), 0.5) for each in range(3)])
    assert len(found.passages) == MOST_PASSAGES


def test_that_a_question_among_statements_is_searched_by_itself_and_with_them() -> None:
    story = "My visa was refused. Do I get the money back?"
    assert queries([story], "en") == (("Do I get the money back?", story),)


def test_that_a_courtesy_is_no_question_to_search_for() -> None:
    assert queries(["We are 4 people. Can you help me?"], "en") == (("We are 4 people. Can you help me?",),)
    greeted = "Hola, ¿qué tal? ¿Cuánto cuesta Roma? Somos 3"
    assert queries([greeted], "es") == (("¿Cuánto cuesta Roma?", greeted),)


def test_that_the_surer_wording_counts() -> None:
    assert surest([Retrieval((passage(1),), 0.3), Retrieval((passage(2),), 0.7)]).confidence == 0.7


def test_that_a_question_is_left_open_only_beside_an_answered_one_by_another_passage() -> None:
    sure, unsure = Retrieval((passage(1),), 0.9), Retrieval((passage(2),), 0.2)
    assert leaves_open([sure, unsure])
    assert not leaves_open([unsure])
    assert not leaves_open([sure, Retrieval((passage(2), passage(1)), 0.4)])


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("and for a child?", "How much are braces for adults?"),
        ("¿y para niños?", "¿Cuánto cuesta la limpieza dental?"),
        ("a dla dziecka?", "Ile kosztuje czyszczenie zębów?"),
        ("那孩子呢？", "给大人洗牙多少钱？"),
        ("does it hurt?", "How much are braces for adults?"),
    ],
)
def test_that_a_question_without_a_subject_is_searched_behind_the_one_before(question: str, before: str) -> None:
    assert goes_on_from(question, ["hello", before, "ok"]) == before


def test_that_questions_that_go_on_from_each_other_are_searched_together() -> None:
    asked = ["How much is a dental implant?", "and a cleaning?"]
    assert goes_on_from("and for children?", asked) == "\n".join(asked)


@pytest.mark.parametrize("question", ["Which insurance companies do you work with?", "and my wife", "yes"])
def test_that_a_whole_question_or_a_statement_stands_alone(question: str) -> None:
    assert goes_on_from(question, ["How much are braces?"]) is None


def test_that_a_question_at_the_start_stands_alone() -> None:
    assert goes_on_from("price?", ["hello"]) is None


def test_that_what_the_question_before_finds_answers_again_only_where_this_one_leads() -> None:
    before, both = Retrieval((passage(1),), 0.8), Retrieval((passage(1),), 0.9)
    near, elsewhere = Retrieval((passage(2), passage(1)), 0.2), Retrieval((passage(2), passage(3)), 0.2)
    assert clearer("and for a child?", near, before, both) == both
    assert clearer("and for a child?", elsewhere, before, both) == elsewhere
    assert clearer("where is your office?", near, before, both) == near


def test_that_a_question_is_clearer_behind_another_that_finds_something_else() -> None:
    alone, before, both = (Retrieval((passage(number),), sure) for number, sure in ((1, 0.2), (2, 0.8), (3, 0.9)))
    assert clearer("does it hurt?", alone, before, both) == both
    assert clearer("does it hurt?", both, before, alone) == both


def test_that_words_that_only_lead_in_to_a_question_are_not_searched() -> None:
    said = "Chciałabym się dowiedzieć, czy program obsługuje waluty"
    assert queries([said], "pl") == ((said,),)
