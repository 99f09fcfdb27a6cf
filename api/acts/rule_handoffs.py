"""Hand-offs that the rules ask for because of something outside, such as a payment that failed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.settle import handoff_sentence
from api.deps import ApiServices
from frontdesk.channels.adapters import ADAPTERS
from frontdesk.channels.contract import ChannelKind
from frontdesk.conversations import repository as conversations
from frontdesk.conversations.model import Mode, Snapshot
from frontdesk.conversations.unprompted import send_unprompted
from frontdesk.handoffs.brief import build_brief
from frontdesk.handoffs.repository import NewHandoff
from frontdesk.handoffs.routing import rule_that_asks
from frontdesk.lifecycle.moves import StageMove


def after(snapshot: Snapshot, moves: Sequence[StageMove]) -> Snapshot:
    """The conversation once these moves were made."""
    return replace(snapshot, facts=replace(snapshot.facts, stage=moves[-1].to_stage)) if moves else snapshot


async def hand_off_by_rule(
    connection: AsyncConnection, services: ApiServices, snapshot: Snapshot, now: datetime
) -> None:
    """Hand a conversation that the agent answers, and that the caller has locked, to the first rule's team.

    The agent's messages on their way still go out. The contact hears of it only if the rule says so.
    """
    playbook = services.playbook.playbook
    asking = rule_that_asks(snapshot.facts, playbook, snapshot.rule_handoffs)
    if asking is None or snapshot.mode is not Mode.AGENT:
        return
    rule, request = asking
    epoch = snapshot.epoch + 1
    await conversations.update_conversation(
        connection, snapshot.conversation_id, mode=Mode.HUMAN, epoch=epoch, team=request.team, owner=None
    )
    await conversations.carry_over_deliveries(connection, snapshot.conversation_id, snapshot.epoch, epoch)
    await conversations.cancel_follow_ups(connection, snapshot.conversation_id)
    if rule.announce and _may_write(snapshot, now):
        await _announce(connection, services, snapshot, epoch, now)
    brief = build_brief(request, snapshot.facts, playbook)
    new = NewHandoff(snapshot.conversation_id, snapshot.contact_id, request, brief, facts=snapshot.facts)
    await services.handoffs.request(connection, new, now)


def _may_write(snapshot: Snapshot, now: datetime) -> bool:
    adapter = ADAPTERS[ChannelKind(snapshot.channel_kind)]
    return adapter.takes_free_text(snapshot.inbound_at, now) and not snapshot.contact.opted_out


async def _announce(
    connection: AsyncConnection, services: ApiServices, snapshot: Snapshot, epoch: int, now: datetime
) -> None:
    playbook = services.playbook.playbook
    language = snapshot.language or playbook.business.default_language
    text = handoff_sentence(playbook, language, now)
    await send_unprompted(connection, snapshot, text, {"language": language}, epoch=epoch, jobs=services.jobs, now=now)
    await conversations.update_conversation(connection, snapshot.conversation_id, outbound_at=now)
