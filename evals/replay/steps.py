"""What happens in a conversation beside turns, as changes of how it stands. Pure.

Each mirrors what the service writes: `frontdesk.conversations.intake`, `.ownership`, `api.acts.stage_moves` and
`api.acts.rule_handoffs`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from evals.replay.standing import Lead, Standing
from evals.saved import SavedConversation
from frontdesk.channels.adapters import ADAPTERS
from frontdesk.channels.contract import ChannelKind
from frontdesk.conversations.model import Author, ContactCard, Mode
from frontdesk.handoffs.routing import requested_by_rule
from frontdesk.language.phrases import is_acknowledgement, is_opt_out
from frontdesk.lifecycle.moves import Cause, StageMove, rule_moves, start_move
from frontdesk.playbook.models import Playbook
from frontdesk.text import storable

PLAIN_TEXT_LIMIT = 4096
"""Characters that a channel takes which is none of ours."""

_OUR_CHANNELS = frozenset(ChannelKind)


def opened(case: SavedConversation, playbook: Playbook, at: datetime) -> Standing:
    """A contact who is about to write for the first time."""
    card = ContactCard(case.contact.name, case.contact.email, case.contact.phone)
    is_ours = case.channel in _OUR_CHANNELS
    limit = ADAPTERS[ChannelKind(case.channel)].text_limit if is_ours else PLAIN_TEXT_LIMIT
    return Standing(case.id, Lead(card, start_move(playbook).to_stage, at), case.channel, limit)


def contact_wrote(
    standing: Standing, place: int, text: str, kind: str, at: datetime, *, wants_answer: bool
) -> Standing:
    """The contact's message; after the end of a conversation it opens another, unless it is a mere "thanks"."""
    if standing.mode is Mode.CLOSED and wants_answer and not is_acknowledgement(text):
        standing = _reopened(standing)
    wants_answer = wants_answer and standing.mode is not Mode.CLOSED
    message = standing.next_message(place, Author.CONTACT, storable(text), at, kind)
    standing = standing.with_message(message)
    if not wants_answer:
        return standing
    if is_opt_out(text):
        standing = replace(standing, lead=replace(standing.lead, card=replace(standing.lead.card, opted_out=True)))
    return replace(
        standing, inbound_seq=message.seq, inbound_at=at, waiting_since=standing.waiting_since or at, silence=None
    )


def _reopened(standing: Standing) -> Standing:
    return Standing(standing.case_id, standing.lead, standing.channel, standing.text_limit, standing.number + 1)


def agent_wrote(standing: Standing, place: int | str, text: str, at: datetime, **attributes: str | None) -> Standing:
    """A message of the agent's that is on record: it owns the conversation, and has answered what came before."""
    message = standing.next_message(place, Author.AGENT, text, at, "text", **attributes)
    return replace(
        standing.with_message(message),
        mode=Mode.AGENT,
        epoch=standing.epoch if standing.mode is Mode.AGENT else standing.epoch + 1,
        answered_seq=standing.inbound_seq,
        waiting_since=None,
        outbound_at=standing.outbound_at or at,
    )


def human_wrote(standing: Standing, place: int, text: str, at: datetime) -> Standing:
    """A person's message answers all that came before; whoever writes takes over."""
    message = standing.next_message(place, Author.HUMAN, text, at)
    taken = taken_over(standing)
    return replace(taken.with_message(message), answered_seq=message.seq, waiting_since=None, outbound_at=at)


def taken_over(standing: Standing) -> Standing:
    """A person is in charge."""
    if standing.mode is Mode.HUMAN:
        return standing
    return replace(standing, mode=Mode.HUMAN, epoch=standing.epoch + 1, silence=None)


def handed_back(standing: Standing) -> Standing:
    """The agent is in charge again, and owes an answer to what the contact wrote after the person."""
    return replace(standing, mode=Mode.AGENT, epoch=standing.epoch + 1) if standing.mode is Mode.HUMAN else standing


def closed(standing: Standing) -> Standing:
    """The conversation has ended."""
    return replace(standing, mode=Mode.CLOSED, epoch=standing.epoch + 1, waiting_since=None, silence=None)


def event_reported(standing: Standing, name: str, at: datetime, playbook: Playbook) -> Standing:
    """Something happened outside, such as a purchase: the rules look at it at once, if there is a conversation."""
    known = replace(standing, lead=replace(standing.lead, events=standing.lead.events | {name}))
    if name in standing.lead.events or not standing.messages:
        return known
    return _handed_over(moved(known, rule_moves(known.facts(at), playbook, Cause.EVENT), at), at, playbook)


def _handed_over(standing: Standing, at: datetime, playbook: Playbook) -> Standing:
    """A rule may hand over because of what happened outside."""
    request = requested_by_rule(standing.facts(at), playbook, standing.rule_handoffs)
    if request is None or standing.mode is not Mode.AGENT:
        return standing
    return replace(taken_over(standing), rule_handoffs=standing.rule_handoffs | {request.reason})


def moved(standing: Standing, moves: Sequence[StageMove], at: datetime) -> Standing:
    """The contact has moved along the lifecycle."""
    if not moves:
        return standing
    lead = replace(
        standing.lead,
        stage=moves[-1].to_stage,
        stage_by_human=moves[-1].cause is Cause.HUMAN,
        stage_since=at,
        stage_number=standing.lead.stage_number + len(moves),
        stages=(*standing.lead.stages, *(move.to_stage for move in moves)),
    )
    return replace(standing, lead=lead)
