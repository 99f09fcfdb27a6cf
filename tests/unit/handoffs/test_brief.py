"""The brief says nothing that the contact did not."""

from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.conversations.draft import Claim, HandoffCause, HandoffRequest
from frontdesk.evidence.types import Evidence
from frontdesk.handoffs.brief import build_brief
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.playbook.models import Playbook
from frontdesk.values.types import Money, Quantity

SHOP = Playbook.model_validate(
    {
        "business": {"name": "Reed Boats", "languages": ["en"]},
        "intents": [{"name": "rent", "description": "renting a boat"}, {"name": "lost_item"}],
        "fields": [
            {"name": "party_size", "ask": "How many?", "type": "number"},
            {"name": "budget", "ask": "How much?", "type": "money"},
            {"name": "children", "ask": "Children?", "type": "yes_no"},
        ],
    }
)


def said(words: str) -> tuple[Evidence, ...]:
    return (Evidence(UUID(int=1), 0, len(words), words),)


def test_that_a_brief_says_why_then_the_answers_in_the_playbook_s_order_then_the_wishes() -> None:
    facts = Facts(
        answers={
            "budget": AnswerFact(Money(90_000, 90_000, "EUR"), said("900 euros")),
            "party_size": AnswerFact(Quantity(Decimal(4), Decimal(6)), said("four to six")),
        },
        intents={"lost_item": said("I left my hat"), "rent": said("rent a boat")},
    )
    assert build_brief(HandoffRequest("desk", "qualified", HandoffCause.RULE, said("four to six")), facts, SHOP) == (
        Claim("qualified", said("four to six")),
        Claim("Party size: 4 – 6", said("four to six"), "party_size"),
        Claim("Budget: €900", said("900 euros"), "budget"),
        Claim("Asked about: lost item", said("I left my hat")),
        Claim("Renting a boat", said("rent a boat")),
    )


def test_that_a_brief_is_in_the_business_s_own_words() -> None:
    lamps = Playbook.model_validate(
        {
            "business": {"name": "灯具", "languages": ["zh", "en"]},
            "fields": [
                {
                    "name": "product",
                    "label": {"zh": "产品", "en": "Product"},
                    "ask": "要哪种？",
                    "type": "multi_choice",
                    "options": [{"name": "floodlight", "labels": {"zh": ["投光灯"], "en": ["flood light"]}}],
                },
                {"name": "size", "label": "尺寸", "ask": "多大？"},
            ],
        }
    )
    facts = Facts(
        answers={
            "product": AnswerFact(("floodlight",), said("我要投光灯")),
            "size": AnswerFact(None, said("不方便说")),
        }
    )
    claims = build_brief(HandoffRequest("desk", "qualified", HandoffCause.RULE), facts, lamps)
    assert [claim.text for claim in claims] == ["产品: 投光灯", "尺寸: 不愿透露"]


def test_that_a_refusal_to_answer_is_said_as_such() -> None:
    facts = Facts(answers={"children": AnswerFact(None, said("none of your business"))})
    [claim] = build_brief(HandoffRequest("desk", "asked", HandoffCause.AGENT), facts, SHOP)
    assert claim == Claim("Children: declined to say", said("none of your business"), "children")


def test_that_what_nobody_said_and_what_the_playbook_does_not_know_is_left_out() -> None:
    facts = Facts(
        answers={"budget": AnswerFact(Money(1, 1, "EUR")), "shoe_size": AnswerFact("44", said("44"))},
        intents={"greeting": said("hello"), "rent": ()},
    )
    assert build_brief(HandoffRequest("desk", "qualified", HandoffCause.RULE), facts, SHOP) == ()


proofs = st.sampled_from([(), said("so"), said("so") + said("and so")])


@given(
    proofs,
    st.dictionaries(
        st.sampled_from(["party_size", "budget", "children", "other"]),
        st.builds(AnswerFact, st.sampled_from([None, True, "text"]), proofs),
    ),
    st.dictionaries(st.sampled_from(["rent", "lost_item", "greeting"]), proofs),
)
def test_that_every_claim_carries_its_words(
    proof: tuple[Evidence, ...], answers: dict[str, AnswerFact], intents: dict[str, tuple[Evidence, ...]]
) -> None:
    brief = build_brief(
        HandoffRequest("desk", "because", HandoffCause.RULE, proof), Facts(answers=answers, intents=intents), SHOP
    )
    assert all(claim.evidence for claim in brief)
