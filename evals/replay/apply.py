"""What a turn's commit makes of a conversation. Pure; `agent.commit` writes the same into the tables."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from agent.silence import first_step
from evals.replay.standing import Silence, Standing
from evals.replay.steps import moved
from frontdesk.conversations.draft import HandoffCause, TurnDraft
from frontdesk.conversations.model import Author, Mode
from frontdesk.playbook.models import Playbook


def apply(
    standing: Standing,
    draft: TurnDraft,
    at: datetime,
    playbook: Playbook,
    *,
    model_calls: int = 0,
    cost: Decimal = Decimal(0),
    keeps_reply: bool = True,
) -> Standing:
    """The conversation after the turn: reply sent, facts recorded, stage moved, handed over or waiting.

    Without `keeps_reply` the reply counts as sent, but what the contact has heard stays as it is.
    """
    standing = replace(
        standing,
        answered_seq=standing.inbound_seq,
        waiting_since=None,
        model_calls=standing.model_calls + model_calls,
        cost=standing.cost + cost,
    )
    standing = _with_reply(standing, draft, at, keeps_reply=keeps_reply)
    standing = moved(_with_facts(standing, draft, at), draft.moves, at)
    return _with_next_steps(standing, draft, at, playbook)


def _with_reply(standing: Standing, draft: TurnDraft, at: datetime, *, keeps_reply: bool) -> Standing:
    if draft.reply is None:
        return standing
    reply = draft.reply
    if keeps_reply:
        place = f"reply to {standing.number}/{standing.inbound_seq}"
        message = standing.next_message(place, Author.AGENT, reply.text, at, asks=reply.asks, language=reply.language)
        standing = standing.with_message(message)
    return replace(standing, outbound_at=at, language=reply.language)


def _with_facts(standing: Standing, draft: TurnDraft, at: datetime) -> Standing:
    lead = standing.lead
    if draft.answers:
        lead = replace(lead, answers={**lead.answers, **draft.answers}, answers_at=at)
    if draft.opt_out is not None:
        lead = replace(lead, card=replace(lead.card, opted_out=True))
    if draft.intents:
        standing = replace(standing, intents={**standing.intents, **draft.intents}, intents_at=at)
    return replace(standing, lead=lead)


def _with_next_steps(standing: Standing, draft: TurnDraft, at: datetime, playbook: Playbook) -> Standing:
    handoff = draft.handoff
    if handoff is not None:
        by_rule = {handoff.reason} if handoff.cause is HandoffCause.RULE else set()
        return replace(
            standing,
            mode=Mode.HUMAN,
            epoch=standing.epoch + 1,
            rule_handoffs=standing.rule_handoffs | by_rule,
        )
    if draft.opt_out is not None or draft.reply is None:
        return standing
    step = first_step(playbook, draft.follow_up_at, at)
    return replace(standing, silence=Silence(step, at)) if step is not None else standing
