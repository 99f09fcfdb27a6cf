"""Decide a turn without a model: read, then say what the playbook says, in the order in which it asks."""

import json
from dataclasses import dataclass, replace

from agent.brains.offline.answers import Understanding, understand
from agent.brains.offline.calls import Calls
from agent.brains.offline.dialogue import Situation, asked_field, offered_person, speak
from agent.brains.offline.intents import IntentClassifier
from agent.brains.protocol import Decision, View
from frontdesk.language.phrases import is_acknowledgement, is_greeting, is_opt_out, wants_human
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.playbook.models import Playbook
from frontdesk.values.json_form import value_to_json
from frontdesk.values.read import read_values
from frontdesk.values.reading import ReadingContext
from frontdesk.values.types import FieldType
from knowledge.embedding import Embedder

_ACTIONS = ("wants_human", "opt_out", "greeting", "thanks")
"""Built-in intents that closed phrases decide, not nearness to examples."""

_SHORT_ANSWER = 30
"""Characters; a longer message that happens to say yes is about something else."""


@dataclass(frozen=True, slots=True)
class SeenIntent:
    """An intent and the message that shows it."""

    name: str
    quote: str


class OfflineBrain:
    """Proposes like any brain; the same tools, rules and review stand between it and the records."""

    name = "offline"

    def __init__(self, embedder: Embedder) -> None:
        self._intents = IntentClassifier(embedder)

    async def prepare(self, playbook: Playbook) -> None:
        """Do ahead of the first turn what would slow it down."""
        await self._intents.prepare(playbook)

    async def decide(self, view: View) -> Decision:
        """One round of calls, ending with a reply."""
        intents = await self._seen(view)
        asked = asked_field(view)
        understood = understand(view, asked)
        calls = Calls(view.rounds)
        for intent in intents:
            calls.add("classify_intent", intent=intent.name, quote=intent.quote)
        _record(calls, understood)
        facts = _with(view.facts, understood, intents)
        situation = Situation(view, facts, understood, asked, tuple(intent.name for intent in intents))
        _act(calls, intents)
        said = speak(situation)
        calls.add("reply", text=said.text, citations=[str(cited) for cited in said.citations], asks=said.asks)
        return Decision(calls.all, self.name)

    async def _seen(self, view: View) -> tuple[SeenIntent, ...]:
        seen: dict[str, SeenIntent] = {}
        for message in view.new_messages:
            if not message.text.strip():
                continue
            for name in await self._names(message.text, view):
                seen.setdefault(name, SeenIntent(name, message.text))
        return tuple(seen.values())

    async def _names(self, text: str, view: View) -> tuple[str, ...]:
        if is_opt_out(text):
            return ("opt_out",)
        closed = [name for name, tells in _CLOSED if tells(text)]
        if _accepts_person(text, view):
            closed.append("wants_human")
        if closed in (["greeting"], ["thanks"]):
            return tuple(closed)
        near = await self._intents.classify(text, view.playbook)
        best = [intent.name for intent in near if intent.name not in _ACTIONS][:1]
        return tuple(dict.fromkeys((*closed, *best)))


_CLOSED = (("wants_human", wants_human), ("greeting", is_greeting), ("thanks", is_acknowledgement))


def _accepts_person(text: str, view: View) -> bool:
    """Whether the contact says yes, and little else, to our offer of a person."""
    if not offered_person(view) or len(text) > _SHORT_ANSWER:
        return False
    context = ReadingContext(view.language, view.now.date())
    return any(reading.value is True for reading in read_values(text, FieldType.YES_NO, context))


def _record(calls: Calls, understood: Understanding) -> None:
    for answer in understood.answers:
        stated = value_to_json(answer.value)
        written = stated if isinstance(stated, str) else json.dumps(stated, ensure_ascii=False)
        calls.add("record_answer", field=answer.field.name, value=written, quote=answer.quote)
    for field, quote in understood.declined:
        calls.add("decline_answer", field=field.name, quote=quote)


def _act(calls: Calls, intents: tuple[SeenIntent, ...]) -> None:
    quotes = {intent.name: intent.quote for intent in intents}
    if "opt_out" in quotes:
        calls.add("opt_out", quote=quotes["opt_out"])
    elif "wants_human" in quotes:
        calls.add("hand_off", reason="asked for a person", team=None, quote=quotes["wants_human"])


def _with(facts: Facts, understood: Understanding, intents: tuple[SeenIntent, ...]) -> Facts:
    """The facts as they will be once these calls are accepted."""
    answers = {answer.field.name: AnswerFact(answer.value) for answer in understood.answers}
    declined = {field.name: AnswerFact(None) for field, _ in understood.declined}
    seen = {intent.name: () for intent in intents}
    return replace(facts, answers={**facts.answers, **declined, **answers}, intents={**facts.intents, **seen})
