"""What the code adds to a turn when the brain is done: the rules' moves, the hand-off, and the sentences for them."""

from dataclasses import replace
from datetime import datetime

from babel.dates import format_skeleton, format_timedelta

from agent.context import TurnContext
from frontdesk.conversations.draft import Reply
from frontdesk.conversations.model import Author
from frontdesk.handoffs.brief import build_brief
from frontdesk.handoffs.routing import requested_by_rule
from frontdesk.lifecycle.moves import rule_moves
from frontdesk.playbook.hours import is_open, next_opening
from frontdesk.playbook.models import Playbook
from frontdesk.playbook.texts import StandingText, standing_text
from tools.context import ToolContext


def settle(context: TurnContext, replace_because: str | None) -> None:
    """Complete the draft. `replace_because` puts a safe reply in place of one that may not be sent."""
    tools = context.tools
    if replace_because is not None:
        tools.draft.reply = _standing(tools, StandingText.SAFE_REPLY)
    tools.draft.moves.extend(rule_moves(tools.facts, tools.playbook))
    if tools.draft.opt_out is not None:
        _say_goodbye(tools)
        return
    if tools.draft.handoff is None:
        tools.draft.handoff = requested_by_rule(tools.facts, tools.playbook, tools.snapshot.rule_handoffs)
    if tools.draft.handoff is not None:
        _announce_handoff(tools)
    _introduce(tools)


def _standing(tools: ToolContext, key: StandingText, **values: str) -> Reply:
    return Reply(standing_text(tools.playbook, key, tools.language, **values), tools.language)


def _say_goodbye(tools: ToolContext) -> None:
    tools.draft.handoff = None
    tools.draft.follow_up_at = None
    tools.draft.reply = _standing(tools, StandingText.OPTED_OUT)


def _announce_handoff(tools: ToolContext) -> None:
    """Tell the contact when a person answers: a computed time, said by the code in place of any question."""
    assert tools.draft.handoff is not None
    tools.draft.brief = build_brief(tools.draft.handoff, tools.facts, tools.playbook)
    sentence = handoff_sentence(tools.playbook, tools.language, tools.now)
    reply = tools.draft.reply
    if reply is None or reply.asks is not None or "?" in reply.text or "？" in reply.text:
        kept = without_questions(reply.text) if reply is not None else ""
        reply = Reply("", tools.language) if reply is None else replace(reply, text=kept, asks=None)
    tools.draft.reply = replace(reply, text=f"{reply.text}\n\n{sentence}".strip())


def without_questions(text: str) -> str:
    """The lines of a text that ask nothing."""
    return "\n".join(line for line in text.splitlines() if "?" not in line and "？" not in line).strip()


def handoff_sentence(playbook: Playbook, language: str, now: datetime) -> str:
    """What happens next, by business hours."""
    if is_open(playbook.business, now):
        when = format_timedelta(playbook.handoff.sla, add_direction=True, locale=language, threshold=1.2)
        return standing_text(playbook, StandingText.HANDOFF_OPEN, language, when=when)
    opening = next_opening(playbook.business, now)
    when = opening_words(opening, now, language) if opening is not None else ""
    return standing_text(playbook, StandingText.HANDOFF_CLOSED, language, when=when)


def opening_words(opening: datetime, now: datetime, language: str) -> str:
    """A day and hour as people of that language write it; with the date if it is further than six days."""
    far = (opening.date() - now.astimezone(opening.tzinfo).date()).days > 6
    return format_skeleton("yMMMdHm" if far else "EEEEHm", opening, tzinfo=opening.tzinfo, locale=language)


def _introduce(tools: ToolContext) -> None:
    """Say in the first reply who is speaking, if the playbook wants an AI to say so."""
    said_before = any(message.author is Author.AGENT for message in tools.snapshot.messages)
    reply = tools.draft.reply
    if said_before or reply is None or not tools.playbook.persona.discloses_ai:
        return
    disclosure = standing_text(tools.playbook, StandingText.AI_DISCLOSURE, tools.language)
    if disclosure not in reply.text:
        tools.draft.reply = replace(reply, text=f"{disclosure}\n{reply.text}")
