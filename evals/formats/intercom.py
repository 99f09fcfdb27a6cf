"""Intercom: conversations with their parts, as its API returns them.

Source: the Conversation, ConversationPart, ConversationPartAuthor and AiAgent schemas of Intercom's API
(versions 2.x). Bodies are HTML, times are epoch seconds.
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ConfigDict, Field, JsonValue

from evals.formats.contract import BadRecord, Foreign, Format, FormatName, ImportOptions, Item
from evals.formats.html_text import html_text
from evals.formats.json_records import Placed, each_of, json_values
from evals.formats.times import instant
from evals.formats.transcript import Transcript
from evals.formats.validation import read_as
from evals.saved import ExpectedHandoff, Role, SavedContact

_CONTACTS = {"user", "lead", "contact", "visitor"}
_MACHINES = {"bot", "ai_agent", "fin", "operator", "workflow"}
_CHANNELS = {"whatsapp": "whatsapp", "telegram": "telegram", "conversation": "webchat"}
_NOBODY = {None, "nobody_admin", "nobody"}
_ROUTED_BY_DEFAULT = {"default_assignment", "away_mode_assignment"}
"""Assignments that an inbox makes by itself: nobody decided that a person should take over."""
_SOLVED = {"confirmed_resolution", "assumed_resolution"}
_ROUTED = {"routed_to_team", "escalated"}


class _Author(Foreign):
    type: str | None = None
    id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    from_ai_agent: bool | None = None
    is_ai_answer: bool | None = None


class _Assignee(Foreign):
    type: str | None = None
    id: str | None = None
    name: str | None = None


class _Said(Foreign):
    body: str | None = None
    author: _Author | None = None
    created_at: JsonValue = None
    attachments: tuple[JsonValue, ...] | None = None

    @property
    def is_media(self) -> bool:
        """Whether it holds a file or, in its body, a picture."""
        return bool(self.attachments) or "<img" in (self.body or "")


class _Source(_Said):
    type: str | None = None
    delivered_as: str | None = None
    subject: str | None = None


class _Part(_Said):
    part_type: str = "comment"
    assigned_to: _Assignee | str | None = None
    redacted: bool | None = None
    from_ai_agent: bool | None = None
    is_ai_answer: bool | None = None


class _AiAgent(Foreign):
    resolution_state: str | None = None


class _Conversation(Foreign):
    model_config = ConfigDict(populate_by_name=True)

    id: str
    created_at: JsonValue = None
    state: str | None = None
    source: _Source | None = None
    conversation_message: _Source | None = None
    """What `source` was called before version 2.0."""
    contacts: JsonValue = None
    user: _Author | None = None
    parts: JsonValue = Field(default=None, alias="conversation_parts")
    tags: JsonValue = None
    ai_agent: _AiAgent | None = None
    team_assignee_id: str | None = None


def _read(path: Path, options: ImportOptions) -> Iterator[Item]:
    for document in json_values(path):
        if isinstance(document, BadRecord):
            yield document
            continue
        for record in each_of(_unwrapped(document), "conversations", "data"):
            conversation = read_as(_Conversation, record)
            if isinstance(conversation, BadRecord):
                yield conversation
            else:
                yield from _conversation(record.place, conversation, options)


def _unwrapped(document: Placed) -> Placed:
    """A webhook's notification holds its conversation as `data.item`."""
    held = document.value.get("data") if isinstance(document.value, dict) else None
    item = held.get("item") if isinstance(held, dict) else None
    return document if item is None else Placed(f"{document.place}: data.item", item)


def _conversation(place: str, conversation: _Conversation, options: ImportOptions) -> Iterator[Item]:
    transcript = Transcript(options)
    source = conversation.source or conversation.conversation_message or _Source()
    _open(conversation, source, transcript)
    for index, raw in enumerate(_list_in(conversation.parts, "conversation_parts")):
        part = read_as(_Part, Placed(f"{place}: conversation_parts[{index}]", raw))
        if isinstance(part, BadRecord):
            yield part
        else:
            _add(part, transcript)
    transcript.leave_out("parts that are not in the export", _missing(conversation.parts))
    _judge_ai(conversation, transcript)
    state = (f"state:{conversation.state}",) if conversation.state else ()
    yield from transcript.items(
        conversation.id,
        _contact(conversation, source),
        channel=_CHANNELS.get(source.type or ""),
        tags=(*_tags(conversation.tags), *state),
    )


def _open(conversation: _Conversation, source: _Source, transcript: Transcript) -> None:
    """The first message; of an e-mail, the subject is part of what was said."""
    at = instant(source.created_at or conversation.created_at, transcript.options.timezone)
    words = [html_text(source.subject or ""), html_text(source.body or "")]
    if source.delivered_as in ("automated", "campaigns_initiated") and _role(source.author) is Role.HUMAN:
        role = Role.AGENT
    else:
        role = _role(source.author)
    if any(words):
        transcript.say(role, "\n\n".join(dict.fromkeys(filter(None, words))), at)
    elif source.is_media:
        transcript.show(role, "", at)


def _add(part: _Part, transcript: Transcript) -> None:
    at = instant(part.created_at, transcript.options.timezone)
    words = html_text(part.body or "")
    role = Role.AGENT if part.from_ai_agent or part.is_ai_answer else _role(part.author)
    if part.redacted:
        transcript.leave_out("redacted messages")
        return
    if part.part_type.startswith("note"):
        transcript.leave_out("private notes")
    elif words:
        if role is Role.HUMAN:
            transcript.answered_by_person(_assigned(part))
        transcript.say(role, words, at)
    elif part.part_type == "comment" and part.is_media:
        transcript.show(role, "", at)
    elif not _assigns(part):
        what = "messages without words" if part.part_type == "comment" else f"parts of the type {part.part_type}"
        transcript.leave_out(what)
    if _assigns(part):
        transcript.hand_over(_assigned(part))


def _assigns(part: _Part) -> bool:
    assignee = part.assigned_to
    if assignee is None or part.part_type in _ROUTED_BY_DEFAULT:
        return False
    return not isinstance(assignee, _Assignee) or assignee.type not in _NOBODY | _MACHINES


def _assigned(part: _Part) -> str | None:
    """The team, by its name or, as the API has it, its id. A single person stands for no team."""
    assignee = part.assigned_to
    if isinstance(assignee, _Assignee) and assignee.type == "team":
        return assignee.name or assignee.id
    return None


def _role(author: _Author | None) -> Role:
    if author is None:
        return Role.CONTACT
    if author.from_ai_agent or author.is_ai_answer or author.type in _MACHINES:
        return Role.AGENT
    return Role.CONTACT if author.type in _CONTACTS or author.type is None else Role.HUMAN


def _judge_ai(conversation: _Conversation, transcript: Transcript) -> None:
    """What Intercom recorded of its own AI agent: whether the conversation was solved, or went to a team."""
    state = conversation.ai_agent.resolution_state if conversation.ai_agent else None
    if state in _SOLVED and transcript.handoff is None:
        transcript.handoff = False
    elif state in _ROUTED and transcript.handoff is None:
        transcript.handoff = ExpectedHandoff(team=transcript.team(conversation.team_assignee_id))


def _list_in(value: JsonValue, key: str) -> list[JsonValue]:
    """Intercom's lists are objects that hold the list under their own name; some exports flatten them."""
    held = value.get(key) if isinstance(value, dict) else value
    return held if isinstance(held, list) else []


def _missing(parts: JsonValue) -> int:
    """The API gives at most 500 parts of a conversation, and the number of all of them."""
    total = parts.get("total_count") if isinstance(parts, dict) else None
    return max(0, total - len(_list_in(parts, "conversation_parts"))) if isinstance(total, int) else 0


def _tags(value: JsonValue) -> Iterator[str]:
    for raw in _list_in(value, "tags"):
        name = raw.get("name") if isinstance(raw, dict) else raw
        if isinstance(name, str) and name:
            yield name


def _contact(conversation: _Conversation, source: _Source) -> SavedContact:
    listed = next(iter(_list_in(conversation.contacts, "contacts")), None)
    person = _Author.model_validate(listed) if isinstance(listed, dict) else conversation.user or _Author()
    wrote = source.author if source.author is not None and source.author.type in _CONTACTS else _Author()
    return SavedContact(
        id=person.id or wrote.id or f"conversation-{conversation.id}",
        name=person.name or wrote.name,
        phone=person.phone or wrote.phone,
        email=person.email or wrote.email,
    )


def _recognises(_name: str, head: str) -> bool:
    if head.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return False
    keys = ('"conversation_parts"', '"part_type"', '"delivered_as"', '"admin_assignee_id"', '"conversation.list"')
    return any(key in head for key in keys)


FORMAT = Format(FormatName.INTERCOM, "Intercom conversations of its API", _recognises, _read)
