"""A hand-off's brief as it is read at a glance: why, then the facts, then what else was asked. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.records import views


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one field, and the words that prove it."""

    label: str
    value: str
    evidence: Sequence[views.Evidence]


@dataclass(frozen=True, slots=True)
class Brief:
    """The lines of a brief, sorted."""

    proof: Sequence[views.Evidence] = ()
    """Of the reason, as far as no fact shows the same words."""
    facts: Sequence[Fact] = ()
    others: Sequence[views.Claim] = ()
    """All other claims."""


def brief_of(handoff: views.Handoff) -> Brief:
    """Sort the claims; the one that repeats the reason is its proof."""
    facts = [_fact(claim) for claim in handoff.brief if claim.field]
    shown = [one for fact in facts for one in fact.evidence]
    rest = [claim for claim in handoff.brief if not claim.field]
    proof = [one for claim in rest if claim.claim == handoff.reason for one in claim.evidence if one not in shown]
    return Brief(proof, facts, [claim for claim in rest if claim.claim != handoff.reason])


def _fact(claim: views.Claim) -> Fact:
    label, separator, value = claim.claim.partition(": ")
    return Fact(label if separator else "", value if separator else label, claim.evidence)
