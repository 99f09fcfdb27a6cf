import pytest

from frontdesk.lifecycle.facts import Facts
from tests.fakes.tool_scope import called, said, words

TEXT = "Let me talk to a person"


@pytest.mark.parametrize(("team", "picked"), [("quay", "quay"), (None, "office")])
async def test_that_a_hand_off_goes_to_the_named_or_the_default_team(team: str | None, picked: str) -> None:
    context = said(TEXT)
    assert (await called(context, "hand_off", reason="asked", team=team, quote="a person")).accepted
    assert context.draft.handoff is not None
    assert context.draft.handoff.team == picked
    assert context.draft.handoff.cause == "agent"
    assert context.draft.handoff.evidence == (words(TEXT, "a person"),)


async def test_that_a_rule_that_holds_picks_the_team() -> None:
    facts = Facts(intents={"ready_to_pay": (words(TEXT, "Let me"),)})
    context = said(TEXT, facts=facts)
    await called(context, "hand_off", reason="asked", team=None, quote="a person")
    assert context.draft.handoff is not None
    assert context.draft.handoff.team == "office"


@pytest.mark.parametrize(
    ("team", "quote", "reason", "why"),
    [
        ("pirates", "a person", "asked", "quay, office"),
        ("", "a person", "asked", "quay, office"),
        (None, "a manager", "asked", "never wrote"),
        (None, "a person", "x" * 301, "300"),
    ],
)
async def test_that_unknown_teams_and_unsaid_words_are_refused(
    team: str | None, quote: str, reason: str, why: str
) -> None:
    context = said(TEXT)
    result = await called(context, "hand_off", reason=reason, team=team, quote=quote)
    assert not result.accepted
    assert why in result.message
    assert context.draft.handoff is None
