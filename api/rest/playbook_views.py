"""What the v1 API shows of the playbook and its drafts."""

from datetime import datetime
from uuid import UUID

from api.playbook_drafts.repository import LeadRow, ReplayRow, ReplayState
from api.records.views import View
from frontdesk.playbook.findings import Severity


class RunningPlaybook(View):
    """The playbook, with its text."""

    version: str
    source: str
    file: str
    writable: bool
    """Whether the service may replace the file: else nothing can be published here."""


class Finding(View):
    """One mistake; line and column count from 1."""

    line: int
    column: int
    severity: Severity
    """An error keeps the draft from being used; a warning does not."""
    what: str
    right: str
    """What would be right; empty if that cannot be said."""


class DraftCheck(View):
    """What is wrong in a draft."""

    usable: bool
    version: str | None
    """What it would be; null if it cannot be used, and `running` if it says the same."""
    running: str
    findings: list[Finding]


class Replay(View):
    """A draft replayed over what contacts wrote."""

    id: UUID
    author: str
    days: int
    state: ReplayState
    """`broken`: it has told nothing of itself for a while; start it again."""
    conversations: int | None
    """How many there are; null while they are collected."""
    replayed: int
    """How many of them are done."""
    problem: str | None
    created_at: datetime


class ReplayInFull(Replay):
    """A replay, and what came of it so far."""

    draft: str
    changed: int
    """Leads that would have ended otherwise; `/leads` names them."""


class Change(View):
    """What is different about a lead."""

    what: str
    """`stage`, `qualification`, `team`, or `answer` with the name of a field."""
    before: str
    after: str


class ReplayedLead(View):
    """A lead that would have ended otherwise under the draft."""

    conversation_id: UUID
    message_id: UUID | None
    """The message at which it first goes another way; null if that was no message."""
    opened_at: datetime
    changes: list[Change]
    why: list[str]
    """What only one of the two playbooks does there."""


class Publication(View):
    """The playbook from now on."""

    version: str


def replay(row: ReplayRow, now: datetime) -> Replay:
    """Show a replay."""
    return Replay.model_validate(_about(row, now))


def replay_in_full(row: ReplayRow, changed: int, now: datetime) -> ReplayInFull:
    """Show a replay with its draft."""
    return ReplayInFull.model_validate({**_about(row, now), "draft": row.source, "changed": changed})


def _about(row: ReplayRow, now: datetime) -> dict[str, object]:
    return {
        "id": row.id,
        "author": row.author,
        "days": row.days,
        "state": row.state_at(now),
        "conversations": row.total,
        "replayed": row.done // 2,
        "problem": row.problem,
        "created_at": row.created_at,
    }


def lead(row: LeadRow) -> ReplayedLead:
    """Show a lead."""
    return ReplayedLead.model_validate(
        {
            "conversation_id": row.conversation_id,
            "message_id": row.message_id,
            "opened_at": row.opened_at,
            "changes": row.changes,
            "why": [each["reason"] for each in row.why],
        }
    )
