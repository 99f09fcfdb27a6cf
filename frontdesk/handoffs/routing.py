"""Which team takes a lead. Pure."""

from frontdesk.conversations.draft import HandoffCause, HandoffRequest
from frontdesk.evidence.types import Evidence
from frontdesk.lifecycle.evaluate import evaluate
from frontdesk.lifecycle.facts import Facts
from frontdesk.playbook.models import Playbook
from frontdesk.playbook.teams import HandoffRule


def requested_by_rule(facts: Facts, playbook: Playbook, done: frozenset[str] = frozenset()) -> HandoffRequest | None:
    """The hand-off that the first rule to hold asks for; see `rule_that_asks`."""
    asking = rule_that_asks(facts, playbook, done)
    return asking[1] if asking else None


def rule_that_asks(
    facts: Facts, playbook: Playbook, done: frozenset[str] = frozenset()
) -> tuple[HandoffRule, HandoffRequest] | None:
    """The first rule to hold, with the hand-off that it asks for.

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
            return rule, HandoffRequest(rule.team, reason, HandoffCause.RULE, verdict.evidence)
    return None


def pick_team(facts: Facts, playbook: Playbook) -> str:
    """The team for a hand-off that no rule asked for: that of the first rule to hold, else the default."""
    by_rule = requested_by_rule(facts, playbook)
    return by_rule.team if by_rule else playbook.handoff.fallback_team
