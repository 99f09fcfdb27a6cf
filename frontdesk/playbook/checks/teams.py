"""Hand-off rules, teams and members that cannot serve."""

from collections.abc import Iterator
from datetime import timedelta

from frontdesk.playbook.checks.exclusion import exclusion
from frontdesk.playbook.checks.mistake import Mistake, warning
from frontdesk.playbook.checks.references import unknown
from frontdesk.playbook.conditions import AllOf, AnyOf, Condition, FieldIs
from frontdesk.playbook.models import Playbook
from frontdesk.playbook.source import KeyPath
from frontdesk.playbook.teams import Member, Routing, Team

_OPPOSITES = {"at_least": "below", "at_most": "above", "above": "at_most", "below": "at_least"}
_PICKS = {Routing.ROUND_ROBIN: "takes turns", Routing.LEAST_OPEN: "goes by open hand-offs"}


def team_mistakes(playbook: Playbook) -> Iterator[Mistake]:
    """Unknown teams, teams of nobody, members listed twice or never reached, idle rules, and late reminders."""
    yield from _named_teams(playbook)
    yield from _idle_rules(playbook)
    yield from _reminder(playbook)
    for index, team in enumerate(playbook.handoff.teams):
        yield from _routing(team, ("handoff", "teams", index))
        yield from _members(team, ("handoff", "teams", index, "members"), playbook)


def _named_teams(playbook: Playbook) -> Iterator[Mistake]:
    handoff = playbook.handoff
    known = [team.name for team in handoff.teams]
    for index, rule in enumerate(handoff.rules):
        if "rules" in handoff.model_fields_set:
            yield from unknown("team", rule.team, known, ("handoff", "rules", index, "team"))
        elif rule.team not in known:
            what = f"without `rules`, qualified leads go to team `{rule.team}`, which is not among `teams`"
            yield Mistake(("handoff", "teams"), what, "write `rules`", at_key=True)
    for key, name in (("default_team", handoff.default_team), ("escalate_to", handoff.escalate_to)):
        if name is not None:
            yield from unknown("team", name, known, ("handoff", key))


def _idle_rules(playbook: Playbook) -> Iterator[Mistake]:
    """Rules that never choose the team, since an earlier one holds whenever they do."""
    rules = playbook.handoff.rules
    for index, rule in enumerate(rules):
        earlier = next((n for n, other in enumerate(rules[:index]) if _implies(rule.when, other.when, playbook)), None)
        if earlier is not None and rules[earlier].team != rule.team:
            what = f"rule {earlier + 1} holds whenever this one does and comes first, so `{rule.team}` is never chosen"
            yield warning(
                ("handoff", "rules", index), what, f"move it above rule {earlier + 1}, or change its condition"
            )


def _implies(one: Condition, other: Condition, playbook: Playbook) -> bool:
    """Whether it is plain from how they are written that the other holds whenever the one does."""
    if one == other:
        return True
    if isinstance(other, AnyOf) and any(_implies(one, part, playbook) for part in other.any):
        return True
    if isinstance(one, AllOf):
        return any(_implies(part, other, playbook) for part in one.all)
    return isinstance(one, FieldIs) and isinstance(other, FieldIs) and _within(one, other, playbook)


def _within(one: FieldIs, other: FieldIs, playbook: Playbook) -> bool:
    """Whether every answer that one comparison takes is taken by the other: none may meet its opposite."""
    stated = other.model_dump(exclude_none=True, exclude={"field"})
    if not stated:
        return exclusion(one, True, other, False, playbook) is not None
    [(name, value)] = stated.items()
    if name not in _OPPOSITES or one.declined or one.field != other.field:
        return False
    opposite = FieldIs.model_validate({"field": other.field, _OPPOSITES[name]: value})
    return exclusion(one, True, opposite, True, playbook) is not None


def _reminder(playbook: Playbook) -> Iterator[Mistake]:
    if playbook.handoff.remind_before is not None and playbook.handoff.reminds_after <= timedelta():
        what = "`remind_before` is not shorter than `sla`, so the reminder would come at once"
        yield Mistake(("handoff", "remind_before"), what, "write a shorter one, such as 5m")


def _routing(team: Team, where: KeyPath) -> Iterator[Mistake]:
    if team.members:
        return
    if team.routing is not Routing.NONE:
        what = f"team `{team.name}` {_PICKS[team.routing]} but has no members"
        yield Mistake((*where, "routing"), what, "list `members`, or write `routing: none`")
    if team.sticky:
        what = f"team `{team.name}` is sticky but has no members"
        yield Mistake((*where, "sticky"), what, "list `members`, or remove `sticky`")


def _members(team: Team, where: KeyPath, playbook: Playbook) -> Iterator[Mistake]:
    seen: set[str] = set()
    for index, member in enumerate(team.people):
        if member.name.casefold() in seen:
            yield Mistake((*where, index), f"team `{team.name}` lists `{member.name}` twice", "remove one")
        seen.add(member.name.casefold())
        yield from _languages(member, (*where, index, "languages"), playbook)
    if team.routing is Routing.NONE and any(member.is_specialist for member in team.people):
        what = f"team `{team.name}` picks nobody, so it does not matter which leads its members take"
        yield warning(where, what, "write `routing: round_robin` or `routing: least_open`", at_key=True)


def _languages(member: Member, where: KeyPath, playbook: Playbook) -> Iterator[Mistake]:
    spoken = playbook.business.languages
    for index, language in enumerate(member.languages):
        if language not in spoken:
            what = f"`{member.name}` takes leads in `{language}`, which is not among `business.languages`"
            yield warning((*where, index), what, f"add it there, or write one of {', '.join(spoken)}")
