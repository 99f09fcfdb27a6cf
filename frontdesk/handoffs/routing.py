"""Which team takes a lead, and who of the team."""

from collections.abc import Mapping

from frontdesk.conversations.draft import HandoffRequest
from frontdesk.evidence.types import Evidence
from frontdesk.lifecycle.evaluate import evaluate
from frontdesk.lifecycle.facts import Facts
from frontdesk.playbook.models import Playbook, Routing


def requested_by_rule(facts: Facts, playbook: Playbook, done: frozenset[str] = frozenset()) -> HandoffRequest | None:
    """The hand-off that the first rule to hold asks for.

    `done` are the reasons of this conversation's hand-offs by rule so far: such a rule does not ask again, nor does a
    later one that rests on nothing but the same words, as a broader rule behind a narrower one does.
    """
    used: set[Evidence] = set()
    for rule in playbook.handoff.rules:
        verdict = evaluate(rule.when, facts, playbook)
        reason = rule.reason or verdict.because
        if not verdict.holds:
            continue
        if reason in done:
            used.update(verdict.evidence)
        elif not verdict.evidence or not used.issuperset(verdict.evidence):
            return HandoffRequest(rule.team, reason, "rule", verdict.evidence)
    return None


def pick_team(facts: Facts, playbook: Playbook) -> str:
    """The team for a hand-off that no rule asked for: that of the first rule to hold, else the default."""
    by_rule = requested_by_rule(facts, playbook)
    return by_rule.team if by_rule else playbook.handoff.fallback_team


def pick_owner(team_name: str, given: Mapping[str, int], playbook: Playbook) -> str | None:
    """The member with the fewest hand-offs so far, in the playbook's order; None if the team picks for itself."""
    team = next((team for team in playbook.handoff.teams if team.name == team_name), None)
    if team is None or team.routing is Routing.NONE or not team.members:
        return None
    return min(team.members, key=lambda member: (given.get(member, 0), team.members.index(member)))
