"""A table of messages: one row a message, or one row a conversation.

Columns are found by their usual names in four languages, or as the options name them.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import JsonValue

from evals.formats.chat_messages import add_message
from evals.formats.contract import (
    Assumed,
    BadRecord,
    ConversationsUnreadableError,
    Format,
    FormatName,
    ImportOptions,
    Item,
)
from evals.formats.roles import role_named
from evals.formats.times import instant
from evals.formats.transcript import Transcript
from evals.saved import ExpectedHandoff, Role, SavedContact

_COLUMNS: Mapping[str, str] = {
    "conversation": "conversation_id conversationid conversation chat_id session_id thread_id ticket_id dialogue_id "
    "dialog_id case_id id_rozmowy rozmowa id_conversacion conversacion 会话id 对话id 会话 id",
    "role": "role sender author from speaker direction sender_type author_type actor who rola nadawca autor remitente "
    "rol 角色 发送者 发送方",
    "text": "text message body content utterance msg question user_message tekst treść wiadomość pytanie mensaje texto "
    "contenido pregunta 消息 内容 文本 问题",
    "at": "at timestamp time date created_at sent_at datetime czas data fecha hora 时间 日期",
    "transcript": "transcript conversation_text dialogue dialog messages chat transkrypcja transcripción 聊天记录",
    "reply": "reply answer response agent_reply bot_response odpowiedź respuesta 回复 回答",
    "intent": "intent expected_intent label intencja intención intencion 意图",
    "language": "language lang locale język idioma 语言",
    "stage": "stage expected_stage lifecycle_stage etap etapa 阶段",
    "team": "team handoff_team assigned_team assignee_team zespół equipo 团队",
    "handoff": "handoff handed_off handover escalated przekazanie traspaso 转人工",
    "unqualified": "unqualified disqualified",
    "channel": "channel source kanał canal 渠道",
    "tags": "tags labels tagi etiquetas 标签",
    "contact_id": "contact_id user_id customer_id id_klienta id_cliente 客户id",
    "name": "contact_name customer_name name imię nombre 姓名 名字",
    "phone": "phone phone_number contact_phone telefon teléfono telefono 电话 手机",
    "email": "email e_mail contact_email correo 邮箱",
    "cites": "cites citation expected_source",
}
_YES = {"1", "true", "yes", "y", "tak", "sí", "si", "是"}
_NO = {"0", "false", "no", "n", "nie", "否"}
_SPOKEN = re.compile(r"^\s*(?:\[?[\d:./ -]{4,}\]?\s*)?(?P<who>[^:：]{1,30})[:：]\s*(?P<text>.*)$")
_DELIMITERS = ",;\t|"

Row = Mapping[str, str]
Numbered = tuple[int, Row]
"""A row with its line in the file."""


@dataclass(slots=True)
class _People:
    """Who writes in a table. Where an AI answers a `human`, that is the contact; beside customers it is a colleague."""

    options: ImportOptions
    met: set[Role | None] = field(default_factory=set)

    def meet(self, name: str) -> None:
        self.met.add(role_named(name))

    def role(self, name: str) -> Role | None:
        if self.options.business:
            business = self.options.business_role or Role.AGENT
            return business if name in self.options.business else role_named(name) or Role.CONTACT
        named = role_named(name)
        alone = Role.CONTACT not in self.met and Role.AGENT in self.met
        return Role.CONTACT if named is Role.HUMAN and alone else named


def _read(path: Path, options: ImportOptions) -> Iterator[Item]:
    with suppress(OverflowError):
        csv.field_size_limit(2**31 - 1)
    try:
        text = _decoded(path.read_bytes())
    except UnicodeDecodeError as error:
        raise ConversationsUnreadableError(f"{path.name} is not UTF-8; save it as CSV in UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    columns = _named_columns(path, reader.fieldnames or [], options)
    for unknown in sorted(set(reader.fieldnames or []) - set(columns.values()) - {""}):
        yield Assumed(f"{path.name}: the column {unknown} holds nothing that we keep")
    groups: dict[str, list[Numbered]] = {}
    people = _People(options)
    for raw in reader:
        row = {key: (raw.get(column) or "").strip() for key, column in columns.items()}
        identity = row.get("conversation") or _own_id(path, reader.line_num, columns)
        if any(row.values()):
            people.meet(row.get("role", ""))
            groups.setdefault(identity, []).append((reader.line_num, row))
    for identity, rows in groups.items():
        yield from _conversation(path, identity, rows, people)


def _decoded(content: bytes) -> str:
    """What a spreadsheet calls "Unicode text" is UTF-16 behind a byte-order mark."""
    return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def _delimiter(text: str) -> str:
    """What the header holds most of."""
    header = text.partition("\n")[0]
    return max(_DELIMITERS, key=header.count)


def _named_columns(path: Path, headers: Sequence[str], options: ImportOptions) -> dict[str, str]:
    """Return for each thing that we keep the column that holds it."""
    unknown = [key for key in options.columns if key not in _COLUMNS]
    missing = [column for column in options.columns.values() if column not in headers]
    if unknown:
        raise ConversationsUnreadableError(f"`{unknown[0]}` is not kept; columns are named for {', '.join(_COLUMNS)}")
    if missing:
        raise ConversationsUnreadableError(f"{path.name} has no column `{missing[0]}`; it has {', '.join(headers)}")
    found = dict(options.columns)
    folded = {_folded(header): header for header in headers if header}
    for key, names in _COLUMNS.items():
        taken = set(found.values())
        fitting = (folded[name] for name in names.split() if name in folded and folded[name] not in taken)
        column = found.get(key) or next(fitting, None)
        if column is not None:
            found[key] = column
    if "text" not in found and "transcript" not in found and _folded(found.get("conversation", "")) == "conversation":
        found["transcript"] = found.pop("conversation")
    if "text" not in found and "transcript" not in found:
        raise ConversationsUnreadableError(
            f"{path.name} has no column of messages such as `text`; name it, one of {', '.join(headers)}"
        )
    return found


def _folded(header: str) -> str:
    return "_".join(re.split(r"[\s_-]+", header.strip().casefold()))


def _own_id(path: Path, line: int, columns: Mapping[str, str]) -> str:
    """Without ids, a table that says who speaks is one conversation, and any other has one in each row."""
    return path.stem if "role" in columns and "transcript" not in columns else f"{path.stem}-{line}"


def _conversation(path: Path, identity: str, rows: Sequence[Numbered], people: _People) -> Iterator[Item]:
    transcript = Transcript(people.options)
    for line, row in rows:
        problem = _add(row, transcript, people)
        if problem is not None:
            yield BadRecord(f"{path.name}:{line}", problem)
        _expect(row, transcript, people)
    merged = {key: value for _, row in rows for key, value in row.items() if value}
    contact = SavedContact(
        id=merged.get("contact_id") or merged.get("phone") or merged.get("email") or identity,
        name=merged.get("name"),
        phone=merged.get("phone"),
        email=merged.get("email"),
    )
    tags = tuple(tag.strip() for tag in re.split(r"[,;|]", merged.get("tags", "")) if tag.strip())
    channel, language = merged.get("channel"), merged.get("language")
    yield from transcript.items(identity, contact, channel=channel, tags=tags, language=language)


def _add(row: Row, transcript: Transcript, people: _People) -> str | None:
    if row.get("transcript"):
        return _add_transcript(row["transcript"], transcript, people)
    role = Role.CONTACT
    if "role" in row:
        named = people.role(row["role"])
        if named is None:
            return f"`{row['role']}` is not a role; write contact, agent, human or event"
        role = named
    at = instant(row.get("at") or None, transcript.options.timezone)
    if row.get("at") and at is None:
        return f"`{row['at']}` is not a time; write it as 2026-05-01T10:00:00Z"
    if role is Role.EVENT:
        transcript.happen(row.get("text") or "event", at)
        return None
    if role is Role.HUMAN:
        transcript.answered_by_person()
    transcript.say(role, row.get("text", ""), at)
    if row.get("reply"):
        transcript.say(Role.AGENT, row["reply"])
    return None


def _add_transcript(text: str, transcript: Transcript, people: _People) -> str | None:
    """A whole conversation in one cell: a JSON list of messages, or lines that begin with who speaks."""
    if text.startswith("["):
        with suppress(ValueError):
            return _add_listed(json.loads(text), transcript)
    before = len(transcript.lines)
    for line in text.splitlines():
        spoken = _SPOKEN.match(line)
        role = people.role(spoken["who"].strip()) if spoken else None
        if spoken is not None and role is not None:
            transcript.say(role, spoken["text"])
        elif line.strip() and len(transcript.lines) > before:
            transcript.lines[-1].text += f"\n{line.strip()}"
        elif line.strip():
            return f"`{line.strip()[:40]}` does not say who speaks; begin lines with `Customer:` or `Agent:`"
    return None


def _add_listed(messages: JsonValue, transcript: Transcript) -> str | None:
    for raw in messages if isinstance(messages, list) else []:
        problem = add_message(raw, transcript)
        if problem is not None:
            return f"a message {problem}"
    return None


def _expect(row: Row, transcript: Transcript, people: _People) -> None:
    asked = transcript.asked
    is_asked = row.get("role") is None or people.role(row["role"]) is Role.CONTACT
    if asked is not None and is_asked:
        names = [name.strip() for name in re.split(r"[,;+]", row.get("intent", "")) if name.strip()]
        asked.intents.extend(transcript.options.intents.get(name, name) for name in names)
        asked.cites.extend(name.strip() for name in row.get("cites", "").split(",") if name.strip())
    transcript.stage = row.get("stage") or transcript.stage
    said = row.get("handoff", "").casefold()
    if row.get("team") or said in _YES:
        transcript.handoff = ExpectedHandoff(team=transcript.team(row.get("team") or None))
    elif said in _NO and transcript.handoff is None:
        transcript.handoff = False
    if row.get("unqualified", "").casefold() in _YES | _NO:
        transcript.unqualified = row["unqualified"].casefold() in _YES


def _recognises(name: str, head: str) -> bool:
    if not name.lower().endswith((".csv", ".tsv")):
        return False
    return bool(head.strip())


FORMAT = Format(FormatName.CSV, "a table of messages", _recognises, _read)
