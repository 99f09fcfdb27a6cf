"""What the offline brain says, and in which order."""

from dataclasses import replace
from uuid import UUID

import pytest

from agent.brains.offline.answers import understand
from agent.brains.offline.dialogue import Said, Situation, speak
from agent.brains.offline.history import asked_field, offered_person
from agent.brains.protocol import View
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.playbook.texts import StandingText, standing_text
from frontdesk.values.types import Money
from knowledge.retrieve import Retrieval
from tests.fakes.travel import travel_playbook, travel_view
from tests.fakes.views import passage


def say(view: View, *intents: str) -> Said:
    asked = asked_field(view)
    understood = understand(view, asked)
    answers = {found.field.name: AnswerFact(found.value) for found in understood.answers}
    declined = {field.name: AnswerFact(None) for field, _ in understood.declined}
    facts = Facts(answers={**view.facts.answers, **declined, **answers}, stage=view.facts.stage)
    return speak(Situation(view, facts, understood, asked, intents))


def standing(key: StandingText, language: str = "en") -> str:
    return standing_text(travel_playbook(), key, language)


def found(text: str = "A trip to Rome costs 520 EUR.") -> Retrieval:
    return Retrieval((passage(text),), 0.95)


def test_that_a_question_is_answered_from_the_passage_and_followed_by_the_next_question() -> None:
    said = say(travel_view("How much is Rome?", retrieval=found()))
    assert said.text.startswith("A trip to Rome costs 520 EUR.")
    assert said.citations == (UUID(int=1),)
    assert said.asks == "destination"
    assert said.text.endswith("Where would you like to go?")


def test_that_an_unknown_answer_is_admitted_and_a_person_offered() -> None:
    said = say(travel_view("Can I bring my drone?"))
    assert said.text == standing(StandingText.UNKNOWN_ANSWER)
    assert said.asks is None


def test_that_a_question_back_is_answered_first_and_then_asked_again_in_other_words() -> None:
    view = travel_view("What does it cost?", asked="destination", retrieval=found())
    assert say(view).text.endswith("And which destination do you have in mind?")


def test_that_fields_are_asked_in_the_playbooks_order() -> None:
    assert say(travel_view("Rome", asked="destination")).asks == "dates"


def test_that_nothing_known_is_asked_again() -> None:
    facts = Facts(answers={"destination": AnswerFact("Rome"), "dates": AnswerFact(None)}, stage="New Lead")
    assert say(travel_view("4 people", asked="travellers", facts=facts)).asks == "budget"


def test_that_a_conditional_field_waits_for_its_condition() -> None:
    names = ("destination", "dates", "budget", "email")
    facts = Facts(answers={name: AnswerFact(None) for name in names}, stage="New Lead")
    assert say(travel_view("4 people", asked="travellers", facts=facts)).asks is None
    assert say(travel_view("12 people", asked="travellers", facts=facts)).asks == "phone"


def test_that_a_lead_that_was_handed_over_and_came_back_is_asked_nothing_more() -> None:
    view = travel_view("How much is Rome?", retrieval=found())
    returned = replace(view, snapshot=replace(view.snapshot, rule_handoffs=frozenset({"qualified group"})))
    assert say(returned) == Said("A trip to Rome costs 520 EUR.", (UUID(int=1),), told=True)


def test_that_a_question_put_twice_in_vain_is_let_go() -> None:
    view = travel_view("hmm", asked="destination")
    twice = view.snapshot.messages[0]
    again = travel_view("hmm", asked="destination")
    messages = (twice, *again.snapshot.messages)
    object.__setattr__(again.snapshot, "messages", messages)
    assert say(again).asks == "dates"


@pytest.mark.parametrize("language", ["en", "pl", "es", "zh"])
@pytest.mark.parametrize(
    ("intent", "key"),
    [
        ("job_seeker", StandingText.JOB_SEEKER_REPLY),
        ("chose_competitor", StandingText.COMPETITOR_REPLY),
        ("not_interested", StandingText.NOT_INTERESTED_REPLY),
        ("opt_out", StandingText.OPTED_OUT),
    ],
)
def test_that_what_ends_the_talk_is_answered_without_a_question(language: str, intent: str, key: StandingText) -> None:
    said = say(travel_view("…", language=language), intent)
    assert said == Said(standing(key, language))


def test_that_thanks_get_no_question() -> None:
    assert say(travel_view("thanks 👍", asked="budget"), "thanks").text == standing(StandingText.THANKS_REPLY)


def test_that_a_disqualified_lead_is_told_kindly_and_asked_nothing() -> None:
    said = say(travel_view("300 euros", asked="budget"))
    assert said.asks is None
    assert standing(StandingText.UNQUALIFIED_REPLY) in said.text


def test_that_a_disqualifying_answer_of_an_earlier_turn_still_stands() -> None:
    facts = Facts(answers={"budget": AnswerFact(Money(30000, 30000, "EUR"))}, stage="Unqualified")
    assert say(travel_view("ok, and in Rome?", facts=facts)).asks is None


def test_that_an_attachment_without_words_is_asked_to_be_written() -> None:
    assert say(travel_view("")).text == standing(StandingText.MEDIA_UNREADABLE)


def test_that_an_offer_of_a_person_is_recognised_afterwards() -> None:
    offer = standing(StandingText.UNKNOWN_ANSWER)
    assert offered_person(travel_view("yes", asked_text=offer))
    assert not offered_person(travel_view("yes", asked_text="Where to?"))


def test_that_a_passage_in_another_language_is_introduced_in_the_contacts() -> None:
    said = say(travel_view("¿Cuánto cuesta Roma?", language="es", retrieval=found()))
    assert "inglés" in said.text.splitlines()[0]
    assert "A trip to Rome costs 520 EUR." in said.text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "stop asking me questions"),
        ("es", "no me pida más datos, por favor"),
        ("pl", "proszę przestać pytać"),
        ("zh", "别再问了"),
    ],
)
def test_that_who_wants_no_questions_is_asked_none(language: str, text: str) -> None:
    assert say(travel_view(text, language=language, asked="budget")).asks is None


@pytest.mark.parametrize(("language", "text"), [("en", "nope"), ("es", "no"), ("pl", "nie"), ("zh", "没有")])
def test_that_a_bare_no_to_how_much_lets_the_question_go(language: str, text: str) -> None:
    assert say(travel_view(text, language=language, asked="budget")).asks != "budget"


def test_that_advertising_is_not_told_to_be_polite() -> None:
    advert, insult = "We sell cheap backlinks", "you fucking idiots"
    assert say(travel_view(advert), "spam").text == standing(StandingText.SPAM_REPLY)
    assert say(travel_view(insult), "spam").text == standing(StandingText.ABUSE_REPLY)


def test_that_two_questions_are_both_answered_if_both_are_known() -> None:
    known = Retrieval((passage("Rome costs 520 EUR.", 1), passage("Breakfast is included.", 2)), 0.95, answers=2)
    said = say(travel_view("How much is Rome and is breakfast included?", retrieval=known))
    assert said.citations == (UUID(int=1), UUID(int=2))
    assert "Breakfast is included." in said.text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "This is the third time I write and nobody answers!"),
        ("es", "¡Es una vergüenza, nadie me contesta!"),
        ("pl", "Nikt mi nie odpisuje, to skandal!"),
        ("zh", "服务太差了，没人回我"),
    ],
)
def test_that_a_complaint_gets_an_apology_and_the_offer_of_a_person(language: str, text: str) -> None:
    said = say(travel_view(text, language=language, retrieval=found()))
    assert said.text == standing(StandingText.COMPLAINT_REPLY, language)
    assert (said.asks, said.citations) == (None, ())


def test_that_wonder_at_an_amount_is_not_taken_for_a_question() -> None:
    said = say(travel_view("2400??", asked="destination"))
    assert standing(StandingText.UNKNOWN_ANSWER) not in said.text
    assert said.asks == "destination"


def test_that_the_question_without_an_answer_is_admitted_beside_the_other_ones_answer() -> None:
    view = replace(travel_view("How much is Rome, and may we bring a drone?", retrieval=found()), leaves_open=True)
    said = say(view)
    assert said.text == f"A trip to Rome costs 520 EUR.\n\n{standing(StandingText.UNKNOWN_REST)}"
    assert said.asks is None
    assert offered_person(travel_view("yes", asked_text=said.text))


def test_that_only_the_passage_in_another_language_is_introduced() -> None:
    own = replace(passage("Roma cuesta 520 EUR.", 2), language="es")
    both = Retrieval((passage("Breakfast is included.", 1), own), 0.95, answers=2)
    lines = say(travel_view("¿Cuánto cuesta Roma y hay desayuno?", language="es", retrieval=both)).text.split("\n")
    assert lines[0] == "Roma cuesta 520 EUR."
    assert "inglés" in lines[lines.index("Breakfast is included.") - 1]


def test_that_an_unsure_quotation_shows_which_question_it_answers() -> None:
    pair = replace(passage("Yes, for oak."), question="Is the wood certified?")
    unsure = say(travel_view("Is there a minimum?", retrieval=Retrieval((pair,), 0.4)), "pricing")
    sure = say(travel_view("Is it certified?", retrieval=Retrieval((pair,), 0.95)), "pricing")
    assert unsure.text.startswith("Is the wood certified?\nYes, for oak.")
    assert sure.text.startswith("Yes, for oak.")


def test_that_an_unsure_quotation_leaves_out_a_passage_that_is_much_worse() -> None:
    far = replace(passage("About dogs.", 2), score=0.8)
    said = say(travel_view("How much is it?", retrieval=Retrieval((passage("Prices."), far), 0.4)), "pricing")
    assert said.citations == (UUID(int=1),)


def test_that_not_knowing_twice_in_a_row_is_said_in_other_words_that_still_offer_a_person() -> None:
    first = say(travel_view("Can I bring my drone?")).text
    second = say(travel_view("And my parrot?", asked_text=first)).text
    assert first != second
    assert offered_person(travel_view("yes", asked_text=second))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "why do you need my budget?"),
        ("es", "¿para qué lo necesitan?"),
        ("es", "para qué queréis mi correo"),
        ("pl", "po co wam to wiedzieć?"),
        ("zh", "为什么要问这个？"),
    ],
)
def test_that_who_asks_why_is_told_and_asked_once_more(language: str, text: str) -> None:
    said = say(travel_view(text, language=language, asked="destination"))
    assert said.text.startswith(standing(StandingText.WHY_ASKED, language))
    assert said.asks == "destination"


def test_that_who_asks_whether_we_are_a_robot_is_told() -> None:
    assert say(travel_view("are you a robot?")).text == standing(StandingText.AI_DISCLOSURE)


def test_that_only_a_lead_that_goes_to_a_person_is_told_that_one_will_write() -> None:
    names = ("destination", "dates", "travellers", "budget")
    open_lead = Facts(answers={name: AnswerFact(None) for name in names}, stage="New Lead")
    said = say(travel_view("I'd rather not say", asked="email", facts=open_lead))
    assert said.text == standing(StandingText.CLOSING_OPEN)
    assert offered_person(travel_view("yes", asked_text=said.text))


def test_that_a_rejection_is_not_repeated_to_who_tells_us_more() -> None:
    facts = Facts(answers={"budget": AnswerFact(Money(30000, 30000, "EUR"))}, stage="Unqualified")
    sorry = standing(StandingText.UNQUALIFIED_REPLY)
    assert sorry not in say(travel_view("4 people, to Rome", asked_text=sorry, facts=facts)).text


def test_that_a_no_to_a_person_is_answered_with_no_document() -> None:
    offer = standing(StandingText.UNKNOWN_ANSWER)
    said = say(travel_view("no", asked_text=offer, retrieval=found()))
    assert (said.citations, said.asks) == ((), "destination")


def test_that_an_angry_wish_for_a_person_gets_an_apology() -> None:
    said = say(travel_view("Nobody answers, this is a scandal! Get me a person", retrieval=found()), "wants_human")
    assert said.text == standing(StandingText.COMPLAINT_REPLY)
