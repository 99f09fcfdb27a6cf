"""Which team takes a lead."""

from dataclasses import replace
from uuid import UUID

import pytest

from frontdesk.conversations.draft import HandoffCause, HandoffRequest
from frontdesk.evidence.types import Evidence
from frontdesk.handoffs.routing import pick_team, requested_by_rule
from frontdesk.lifecycle.facts import Facts
from frontdesk.playbook.models import Playbook

QUOTE = Evidence(UUID(int=1), 0, 4, "rent")

SHOP = Playbook.model_validate(
    {
        "business": {"name": "Reed Boats"},
        "handoff": {
            "teams": [
                {"name": "desk", "members": ["Ada", "Ben", "Cyd"], "routing": "round_robin"},
                {"name": "yard", "members": ["Dot"]},
                {"name": "nobody", "routing": "round_robin"},
            ],
            "rules": [
                {"when": {"intent": "rent"}, "team": "yard", "reason": "wants a boat"},
                {"when": {"intent": "complain"}, "team": "desk"},
                {"when": {"any": [{"intent": "rent"}, {"intent": "complain"}]}, "team": "yard"},
            ],
        },
    }
)


def wants(*intents: str) -> Facts:
    return Facts(intents={intent: (said(intent),) for intent in intents})


def said(intent: str) -> Evidence:
    return replace(QUOTE, quote=intent)


@pytest.mark.parametrize(
    ("facts", "done", "expected"),
    [
        (wants(), frozenset(), None),
        (wants("rent"), frozenset(), HandoffRequest("yard", "wants a boat", HandoffCause.RULE, (said("rent"),))),
        (
            wants("complain"),
            frozenset(),
            HandoffRequest("desk", "intent complain seen", HandoffCause.RULE, (said("complain"),)),
        ),
        (
            wants("rent", "complain"),
            frozenset(),
            HandoffRequest("yard", "wants a boat", HandoffCause.RULE, (said("rent"),)),
        ),
        (wants("rent"), frozenset({"wants a boat"}), None),
        (
            wants("rent", "complain"),
            frozenset({"wants a boat"}),
            HandoffRequest("desk", "intent complain seen", HandoffCause.RULE, (said("complain"),)),
        ),
        (wants("rent", "complain"), frozenset({"wants a boat", "intent complain seen"}), None),
    ],
)
def test_that_a_rule_hands_over_once_and_a_broader_one_behind_it_only_on_new_words(
    facts: Facts, done: frozenset[str], expected: HandoffRequest | None
) -> None:
    assert requested_by_rule(facts, SHOP, done) == expected


@pytest.mark.parametrize(("facts", "team"), [(wants("complain"), "desk"), (wants("rent"), "yard"), (wants(), "desk")])
def test_that_a_hand_off_without_a_rule_goes_to_the_rules_team_else_the_first(facts: Facts, team: str) -> None:
    assert pick_team(facts, SHOP) == team


def test_that_the_default_team_comes_before_the_first() -> None:
    handoff = SHOP.handoff.model_copy(update={"default_team": "yard"})
    assert pick_team(wants(), SHOP.model_copy(update={"handoff": handoff})) == "yard"
