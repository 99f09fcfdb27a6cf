"""Chatwoot: conversations and messages as its API returns them.

Source: the jbuilder views under app/views/api/v1 of chatwoot/chatwoot. `message_type` is 0 incoming, 1 outgoing,
2 activity, 3 template (the enum of app/models/message.rb); times are epoch seconds.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import JsonValue

from evals.formats.contract import BadRecord, Foreign, Format, FormatName, ImportOptions, Item
from evals.formats.html_text import html_text
from evals.formats.json_records import Placed, each_of, json_values
from evals.formats.times import instant
from evals.formats.transcript import Transcript
from evals.formats.validation import read_as
from evals.saved import ExpectedHandoff, Role, SavedContact

_TYPES = {"0": "incoming", "1": "outgoing", "2": "activity", "3": "template"}
_CHANNELS = {
    "Channel::Whatsapp": "whatsapp",
    "Channel::Telegram": "telegram",
    "Channel::WebWidget": "webchat",
}
_SURVEY = "input_csat"


class _Person(Foreign):
    id: str | None = None
    name: str | None = None
    available_name: str | None = None
    email: str | None = None
    phone_number: str | None = None
    type: str | None = None


class _Team(Foreign):
    name: str | None = None


class _Attributes(Foreign):
    deleted: bool | None = None
    submitted_values: JsonValue = None
    """What the contact chose or filled in, kept with the message that asked."""
    submitted_email: str | None = None


class _Ref(Foreign):
    id: str | None = None


class _Message(Foreign):
    id: str | None = None
    content: str | None = None
    message_type: str
    private: bool | None = None
    created_at: JsonValue = None
    content_type: str | None = None
    content_attributes: _Attributes | None = None
    sender: _Person | None = None
    sender_type: str | None = None
    attachments: tuple[JsonValue, ...] | None = None
    conversation_id: str | None = None
    conversation: _Ref | None = None

    @property
    def kind(self) -> str:
        return _TYPES.get(self.message_type, self.message_type)

    @property
    def owner(self) -> str | None:
        return self.conversation_id or (self.conversation.id if self.conversation else None)


class _Meta(Foreign):
    sender: _Person | None = None
    contact: _Person | None = None
    assignee: _Person | None = None
    team: _Team | None = None
    channel: str | None = None
    labels: tuple[str, ...] | None = None


class _Conversation(Foreign):
    id: str
    meta: _Meta = _Meta()
    messages: tuple[JsonValue, ...] = ()
    labels: tuple[str, ...] | None = None
    status: str | None = None
    channel: str | None = None


def _read(path: Path, options: ImportOptions) -> Iterator[Item]:
    loose: dict[str, list[Placed]] = {}
    for document in json_values(path):
        if isinstance(document, BadRecord):
            yield document
            continue
        yield from _document(document, loose, options)
    for owner, messages in loose.items():
        yield from _conversation(_Conversation(id=owner), messages, options)


def _document(document: Placed, loose: dict[str, list[Placed]], options: ImportOptions) -> Iterator[Item]:
    """A list of conversations or messages, or one answer of the API; messages by themselves are kept for the end."""
    value = document.value
    held = value.get("messages") if isinstance(value, dict) else None
    apart: dict[str, list[Placed]] = {}
    if isinstance(value, dict) and isinstance(value.get("conversations"), list) and isinstance(held, list):
        for record in each_of(Placed(document.place, {"messages": held}), "messages"):
            _sort_in(record, apart)
    for record in _records(document):
        member = record.value
        if isinstance(member, dict) and "message_type" in member:
            _sort_in(record, loose)
            continue
        conversation = read_as(_Conversation, record)
        if isinstance(conversation, BadRecord):
            yield conversation
            continue
        own = [Placed(f"{record.place}: messages[{index}]", raw) for index, raw in enumerate(conversation.messages)]
        yield from _conversation(conversation, own + apart.pop(conversation.id, []), options)
    for owner, messages in apart.items():
        yield from _conversation(_Conversation(id=owner), messages, options)


def _records(document: Placed) -> Iterator[Placed]:
    value, place = document.value, document.place
    if isinstance(value, dict):
        inner = value.get("data")
        if isinstance(inner, dict):
            yield from _records(Placed(f"{place}: data", inner))
            return
        if isinstance(value.get("conversation"), dict) and isinstance(value.get("messages"), list):
            yield Placed(place, {**value["conversation"], "messages": value["messages"]})  # type: ignore[dict-item]
            return
        if isinstance(value.get("payload"), list) and isinstance(value.get("meta"), dict) and _is_messages(value):
            yield from _message_page(document)
            return
    yield from each_of(document, "payload", "conversations", "data")


def _is_messages(value: dict[str, JsonValue]) -> bool:
    payload = value["payload"]
    return isinstance(payload, list) and any(isinstance(item, dict) and "message_type" in item for item in payload)


def _message_page(document: Placed) -> Iterator[Placed]:
    """The answer to "messages of a conversation": `meta` tells about the conversation."""
    value = document.value
    if isinstance(value, dict) and isinstance(value["payload"], list):
        owner = next((str(item.get("conversation_id")) for item in value["payload"] if isinstance(item, dict)), "1")
        yield Placed(document.place, {"id": owner, "meta": value["meta"], "messages": value["payload"]})


def _sort_in(record: Placed, groups: dict[str, list[Placed]]) -> None:
    value = record.value
    owner = value.get("conversation_id") if isinstance(value, dict) else None
    inner = value.get("conversation") if isinstance(value, dict) else None
    if owner is None and isinstance(inner, dict):
        owner = inner.get("id")
    groups.setdefault(str(owner) if isinstance(owner, str | int) else "unknown", []).append(record)


def _conversation(conversation: _Conversation, records: list[Placed], options: ImportOptions) -> Iterator[Item]:
    messages: list[_Message] = []
    for record in records:
        message = read_as(_Message, record)
        if isinstance(message, BadRecord):
            yield message
        else:
            messages.append(message)
    messages.sort(key=lambda message: _order(message, options))
    transcript = Transcript(options)
    for message in messages:
        _add(message, conversation.meta, transcript)
    if transcript.handoff is None and conversation.meta.team is not None:
        transcript.handoff = ExpectedHandoff(team=transcript.team(conversation.meta.team.name))
    contact = _contact(conversation, messages)
    channel = _CHANNELS.get(conversation.meta.channel or conversation.channel or "")
    labels = conversation.labels if conversation.labels is not None else conversation.meta.labels or ()
    status = (f"status:{conversation.status}",) if conversation.status else ()
    yield from transcript.items(conversation.id, contact, channel=channel, tags=(*labels, *status))


def _order(message: _Message, options: ImportOptions) -> tuple[float, int]:
    at = instant(message.created_at, options.timezone)
    number = int(message.id) if message.id and message.id.isdecimal() else 0
    return (at.timestamp() if at is not None else 0.0, number)


def _add(message: _Message, meta: _Meta, transcript: Transcript) -> None:
    at = instant(message.created_at, transcript.options.timezone)
    words = html_text(message.content or "") if _is_html(message) else message.content or ""
    if message.private:
        transcript.leave_out("private notes")
    elif message.content_attributes is not None and message.content_attributes.deleted:
        transcript.leave_out("deleted messages")
    elif message.kind == "activity":
        _activity(words, meta, transcript)
    elif message.content_type == _SURVEY:
        transcript.leave_out("surveys")
    elif message.attachments:
        transcript.show(_role(message), words, at)
    else:
        _say(_role(message), words, at, meta, transcript)
        submitted = "\n".join(filter(None, _submitted(message.content_attributes or _Attributes())))
        if submitted:
            transcript.say(Role.CONTACT, submitted)


def _submitted(attributes: _Attributes) -> Iterator[str]:
    """A chosen option has a title; a field of a form a name and a value."""
    values = attributes.submitted_values
    for given in values if isinstance(values, list) else []:
        if isinstance(given, dict):
            said = given.get("title") or given.get("value")
            yield said if isinstance(said, str) else ""
    yield attributes.submitted_email or ""


def _say(role: Role, words: str, at: datetime | None, meta: _Meta, transcript: Transcript) -> None:
    if role is Role.HUMAN and words.strip():
        transcript.answered_by_person(meta.team.name if meta.team else None)
    transcript.say(role, words, at)


def _role(message: _Message) -> Role:
    if message.kind == "incoming":
        return Role.CONTACT
    kind = (message.sender.type if message.sender else None) or message.sender_type or ""
    return Role.HUMAN if message.kind == "outgoing" and kind.casefold() == "user" else Role.AGENT


def _is_html(message: _Message) -> bool:
    return message.content_type in ("incoming_email", "email") or "</" in (message.content or "")


def _activity(words: str, meta: _Meta, transcript: Transcript) -> None:
    """Activities are sentences in the account's language; one that names the team or the assignee assigns."""
    transcript.leave_out("activities")
    team = meta.team.name if meta.team else None
    people = [name for name in (meta.assignee.name, meta.assignee.available_name) if name] if meta.assignee else []
    removed = words.casefold().startswith(("unassigned", "conversation unassigned"))
    if removed or words.casefold().startswith("conversation was"):
        return
    if (team and team in words) or any(person in words for person in people) or words.startswith("Assigned to "):
        transcript.hand_over(team)


def _contact(conversation: _Conversation, messages: list[_Message]) -> SavedContact:
    wrote = (message.sender for message in messages if message.kind == "incoming" and message.sender)
    person = conversation.meta.sender or conversation.meta.contact or next(wrote, None) or _Person()
    return SavedContact(
        id=person.id or f"conversation-{conversation.id}",
        name=person.name or None,
        phone=person.phone_number or None,
        email=person.email or None,
    )


def _recognises(_name: str, head: str) -> bool:
    if head.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return False
    keys = ('"message_type"', '"inbox_id"', '"content_attributes"', '"contact_inbox"', '"private"', '"sender_type"')
    return sum(key in head for key in keys) >= 2


FORMAT = Format(FormatName.CHATWOOT, "Chatwoot conversations of its API", _recognises, _read)
