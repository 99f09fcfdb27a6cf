"""The brief: what the person who takes over needs to know, each line with the contact's own words."""

from collections.abc import Mapping

from frontdesk.conversations.draft import Claim, HandoffRequest
from frontdesk.evidence.types import Evidence
from frontdesk.lifecycle.facts import Facts
from frontdesk.playbook.models import Playbook
from frontdesk.values.display import display


def build_brief(request: HandoffRequest, facts: Facts, playbook: Playbook) -> tuple[Claim, ...]:
    """Say why, then every answer in the playbook's order; what nobody said is left out."""
    lines = [Claim(request.reason, request.evidence)] if request.evidence else []
    language = playbook.business.default_language
    for field in playbook.fields:
        answer = facts.answers.get(field.name)
        if answer is None or not answer.evidence:
            continue
        label = field.name.replace("_", " ").capitalize()
        value = "declined to say" if answer.value is None else display(answer.value, language)
        lines.append(Claim(f"{label}: {value}", answer.evidence, field.name))
    return tuple(lines + _wishes(facts.intents, playbook))


def _wishes(intents: Mapping[str, tuple[Evidence, ...]], playbook: Playbook) -> list[Claim]:
    claims = []
    for name, evidence in intents.items():
        known = playbook.intent(name)
        if known is not None and evidence:
            claims.append(Claim(f"Asked about: {known.description or name.replace('_', ' ')}", evidence))
    return claims
