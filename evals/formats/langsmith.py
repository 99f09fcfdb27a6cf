"""LangSmith: runs and dataset examples as JSON lines.

Source: the Run and Example schemas of the langsmith package (inputs, outputs, run_type, parent_run_id, extra.metadata)
and LangChain's message forms. Runs of one thread are one conversation: a later run repeats the earlier messages, or
adds to them.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ConfigDict, Field, JsonValue

from evals.formats.chat_messages import add_message, role_of, unwrapped
from evals.formats.contract import Assumed, BadRecord, Foreign, Format, FormatName, ImportOptions, Item, LeftOut
from evals.formats.json_records import Placed, each_of, json_values
from evals.formats.times import instant
from evals.formats.transcript import Transcript
from evals.formats.validation import read_as
from evals.saved import SavedContact

_ASKED = ("messages", "input", "question", "query", "chat_history", "prompt", "text")
_ANSWERED = ("messages", "output", "answer", "generations", "choices", "response", "text", "content", "result")
_THREADS = ("thread_id", "session_id", "conversation_id")
_NO_CONVERSATION = {"tool", "retriever", "embedding", "parser", "prompt"}


class _Extra(Foreign):
    metadata: dict[str, JsonValue] | None = None


class _Run(Foreign):
    model_config = ConfigDict(populate_by_name=True)

    id: str | None = None
    run_id: str | None = None
    """What LangSmith's own exporter to JSON lines calls the id."""
    run_type: str | None = None
    inputs: JsonValue = None
    outputs: JsonValue = None
    reference: JsonValue = Field(default=None, alias="reference_outputs")
    parent_run_id: str | None = None
    parent_run_ids: tuple[str, ...] | None = None
    """What version 2 of the API has in place of `parent_run_id`."""
    start_time: JsonValue = None
    extra: _Extra | None = None
    metadata: dict[str, JsonValue] | None = None
    tags: tuple[str, ...] | None = None
    thread_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Exchange:
    """What one run heard and answered."""

    place: str
    run: _Run
    messages: tuple[JsonValue, ...]
    at: datetime | None


def _read(path: Path, options: ImportOptions) -> Iterator[Item]:
    threads: dict[str, list[_Exchange]] = {}
    for document in json_values(path):
        if isinstance(document, BadRecord):
            yield document
            continue
        for record in each_of(document, "runs", "examples", "items", "data"):
            yield from _sort_in(record, threads, options)
    for identity, exchanges in threads.items():
        yield from _conversation(identity, exchanges, options)


def _sort_in(record: Placed, threads: dict[str, list[_Exchange]], options: ImportOptions) -> Iterator[Item]:
    run = read_as(_Run, record)
    if isinstance(run, BadRecord):
        yield run
        return
    if run.parent_run_id is not None or run.parent_run_ids:
        yield LeftOut("runs inside another run")
        return
    if run.run_type in _NO_CONVERSATION:
        yield LeftOut(f"runs of the type {run.run_type}")
        return
    asked = _found(run.inputs, _ASKED, "user")
    if not asked:
        only = _only_text(run.inputs)
        if only is None:
            yield BadRecord(record.place, f"has no messages in `inputs`; known are {', '.join(_ASKED)}")
            return
        yield Assumed(f"`{only[0]}` of the inputs is what the contact says")
        asked = _found(only[1], _ASKED, "user")
    outputs = run.outputs if run.outputs is not None else run.reference
    answered = _found(outputs, _ANSWERED, "assistant")
    if outputs and not answered:
        yield LeftOut("outputs without a message")
    messages = answered if _holds(answered, asked) else [*asked, *answered]
    identity = _thread(run) or run.id or run.run_id or record.place
    at = instant(run.start_time, options.timezone)
    threads.setdefault(identity, []).append(_Exchange(record.place, run, tuple(messages), at))


def _only_text(inputs: JsonValue) -> tuple[str, str] | None:
    """The one text of a dataset's inputs, by the name that its owner gave it."""
    texts = inputs.items() if isinstance(inputs, dict) else ()
    named = [(name, value) for name, value in texts if isinstance(value, str) and value.strip()]
    return named[0] if len(named) == 1 else None


def _conversation(identity: str, exchanges: list[_Exchange], options: ImportOptions) -> Iterator[Item]:
    if all(exchange.at is not None for exchange in exchanges):
        exchanges = sorted(exchanges, key=lambda exchange: exchange.at.timestamp() if exchange.at else 0.0)
    transcript = Transcript(options)
    told: list[JsonValue] = []
    for exchange in exchanges:
        fresh = _fresh(told, exchange.messages)
        before = len(transcript.lines)
        for raw in fresh:
            problem = add_message(raw, transcript)
            if problem is not None:
                yield BadRecord(exchange.place, f"a message {problem}")
                return
        if len(transcript.lines) > before and transcript.lines[before].at is None:
            transcript.lines[before].at = exchange.at
        told = [*told, *fresh]
    first = exchanges[0].run
    user = _metadata(first).get("user_id")
    contact = str(user) if isinstance(user, str | int) else identity
    yield from transcript.items(identity, SavedContact(id=contact), tags=first.tags or ())


def _fresh(told: Sequence[JsonValue], messages: Sequence[JsonValue]) -> Sequence[JsonValue]:
    """What a run adds to what was told already: a thread's run mostly repeats what came before, or the end of it."""
    known = [words for words in map(_words, told) if words]
    spoken = [(index, _words(message)) for index, message in enumerate(messages) if _words(message)]
    given = [words for _, words in spoken]
    repeated = next((count for count in range(len(given), 0, -1) if known[-count:] == given[:count]), 0)
    return messages[spoken[repeated - 1][0] + 1 :] if repeated else messages


def _holds(longer: Sequence[JsonValue], shorter: Sequence[JsonValue]) -> bool:
    """Whether a run's outputs repeat its inputs, as the state of an agent does."""
    known = [words for words in map(_words, shorter) if words]
    given = [words for words in map(_words, longer) if words]
    return bool(known) and any(
        given[start : start + len(known)] == known for start in range(len(given) - len(known) + 1)
    )


def _words(message: JsonValue) -> tuple[str, str] | None:
    """Who said what, without the ids and counts in which two records of a message differ; None for a mere tool call."""
    found = unwrapped(message)
    if found is None:
        return None
    role, content = role_of(found), found.get("content")
    return (role, json.dumps(content)) if role in ("user", "assistant") and content else None


def _found(held: JsonValue, keys: Sequence[str], role: str) -> list[JsonValue]:
    """The messages in a run's inputs or outputs; a bare text is one message."""
    if isinstance(held, str):
        return [{"role": role, "content": held}] if held.strip() else []
    if isinstance(held, list):
        return _listed(held, keys, role)
    if not isinstance(held, dict):
        return []
    if _is_message(held):
        return [held]
    if isinstance(held.get("message"), dict):
        return [held["message"]]
    history: list[JsonValue] = []
    for key in keys:
        found = _found(held.get(key), keys, role)
        if key == "chat_history":
            continue
        if found:
            history = _found(held.get("chat_history"), keys, role) if role == "user" and key != "messages" else []
            return [*history, *found]
    return history


def _listed(held: list[JsonValue], keys: Sequence[str], role: str) -> list[JsonValue]:
    """A list of messages; LangChain's chat models put each list of messages into another list."""
    if held and isinstance(held[0], list) and not _is_pair(held[0]):
        return _listed(held[0], keys, role)
    if held and isinstance(held[0], dict) and not _is_message(held[0]):
        return _found(held[0], keys, role)
    return [{"role": role, "content": member} if isinstance(member, str) else member for member in held]


def _is_message(value: dict[str, JsonValue]) -> bool:
    inner = value.get("kwargs") or value.get("data")
    return ("content" in value and ("role" in value or "type" in value)) or (
        isinstance(inner, dict) and "content" in inner
    )


def _is_pair(value: list[JsonValue]) -> bool:
    return len(value) == 2 and all(isinstance(part, str) for part in value)


def _thread(run: _Run) -> str | None:
    metadata = _metadata(run)
    named = next((metadata[key] for key in _THREADS if isinstance(metadata.get(key), str)), run.thread_id)
    return named if isinstance(named, str) and named else None


def _metadata(run: _Run) -> dict[str, JsonValue]:
    return {**(run.metadata or {}), **((run.extra.metadata if run.extra else None) or {})}


def _recognises(_name: str, head: str) -> bool:
    if head.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return False
    return '"inputs"' in head and ('"outputs"' in head or '"run_type"' in head or '"reference_outputs"' in head)


FORMAT = Format(FormatName.LANGSMITH, "LangSmith runs and examples", _recognises, _read)
