"""The brief at a glance: facts with their words, and no words twice."""

from datetime import UTC, datetime
from uuid import UUID

from api.inbox.brief import Brief, Fact, brief_of
from api.records import views

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ID = UUID(int=7)


def words(quote: str, start: int) -> views.Evidence:
    return views.Evidence(message_id=ID, start=start, end=start + len(quote), quote=quote)


CRETE, FOUR, NOW_PLEASE = words("Crete", 10), words("4", 30), words("call me now", 40)


def handoff(*claims: views.Claim, reason: str = "qualified trip") -> views.Handoff:
    return views.Handoff(
        id=ID,
        contact_id=ID,
        conversation_id=ID,
        turn_id=None,
        team="family",
        owner=None,
        cause="rule",
        reason=reason,
        brief=list(claims),
        state="waiting",
        requested_at=NOW,
        due_at=NOW,
        escalated_at=None,
        claimed_at=None,
        ended_at=None,
    )


def test_that_fields_are_facts_and_other_claims_follow() -> None:
    asked = views.Claim(claim="Asked about: what it costs", evidence=[NOW_PLEASE])
    brief = brief_of(handoff(views.Claim(claim="Destination: Crete", field="destination", evidence=[CRETE]), asked))
    assert list(brief.facts) == [Fact("Destination", "Crete", [CRETE])]
    assert list(brief.others) == [asked]


def test_that_the_reason_shows_only_words_that_no_fact_shows() -> None:
    reason = views.Claim(claim="qualified trip", evidence=[CRETE, FOUR, NOW_PLEASE])
    facts = (
        views.Claim(claim="Destination: Crete", field="destination", evidence=[CRETE]),
        views.Claim(claim="Travellers: 4", field="travellers", evidence=[FOUR]),
    )
    brief = brief_of(handoff(reason, *facts))
    assert list(brief.proof) == [NOW_PLEASE]
    assert list(brief.others) == []


def test_that_a_claim_about_a_field_without_a_label_is_its_value() -> None:
    [fact] = brief_of(handoff(views.Claim(claim="Crete", field="destination", evidence=[CRETE]))).facts
    assert (fact.label, fact.value) == ("", "Crete")


def test_that_a_hand_off_without_claims_has_an_empty_brief() -> None:
    assert brief_of(handoff()) == Brief([], [], [])
