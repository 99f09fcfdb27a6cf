"""SQL of someone who writes for the first time: the contact, their addresses, and their first stage, in one statement.

Everyone's first message passes here, and waits for each statement in turn.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, TEXT, Uuid, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.conversations.arrival.inbound import Inbound, Newcomer
from frontdesk.db.models import Contact, Identity, StageEvent
from frontdesk.db.prepared import Prepared
from frontdesk.evidence.json_form import evidence_to_json
from frontdesk.ids import new_id

_CONTACT = (
    insert(Contact)
    .values(
        {name: bindparam(name) for name in ("name", "email", "phone", "referral")}
        | {"id": bindparam("contact"), "created_at": bindparam("now")}
    )
    .cte("contact")
)
_ADDRESS = (
    func.unnest(bindparam("identities", type_=ARRAY(Uuid())), bindparam("addresses", type_=ARRAY(TEXT)))
    .table_valued("id", "address")
    .render_derived()
)
_IDENTITIES = (
    insert(Identity)
    .from_select(
        ["id", "address", "contact_id", "channel_id", "created_at"],
        select(
            _ADDRESS.c.id,
            _ADDRESS.c.address,
            bindparam("contact", type_=Identity.contact_id.type),
            bindparam("channel", type_=Identity.channel_id.type),
            bindparam("now", type_=Identity.created_at.type),
        ),
    )
    .cte("identities")
)
_MOVE = ("from_stage", "to_stage", "cause", "reason", "evidence", "playbook_version")
_NEWCOMER = Prepared(
    insert(StageEvent)
    .values(
        {name: bindparam(name) for name in _MOVE}
        | {"id": bindparam("event"), "contact_id": bindparam("contact"), "created_at": bindparam("now")}
    )
    .add_cte(_CONTACT, _IDENTITIES)
)


async def insert_newcomer(
    connection: AsyncConnection,
    channel_id: UUID,
    inbound: Inbound,
    newcomer: Newcomer,
    now: datetime,
) -> UUID:
    """Store a contact as their first message shows them, and return the id.

    An address that another transaction has stored meanwhile raises IntegrityError.
    """
    contact_id = new_id()
    referral = inbound.attributes.get("referral")
    move = newcomer.move
    row = {
        "name": inbound.name,
        "email": inbound.email,
        "phone": inbound.phone,
        "referral": dict(referral) if isinstance(referral, dict) else None,
        "contact": contact_id,
        "channel": channel_id,
        "identities": [new_id() for _ in inbound.addresses],
        "addresses": list(inbound.addresses),
        "event": new_id(),
        "from_stage": move.from_stage,
        "to_stage": move.to_stage,
        "cause": move.cause,
        "reason": move.reason,
        "evidence": evidence_to_json(move.evidence),
        "playbook_version": newcomer.playbook_version,
        "now": now,
    }
    await _NEWCOMER.run(connection, row)
    return contact_id
