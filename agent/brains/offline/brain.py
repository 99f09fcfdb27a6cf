"""Decide a turn without a model: read, then say what the playbook says, in the order in which it asks."""

import json
from collections.abc import Sequence
from dataclasses import replace

from agent.brains.offline.answers import FoundAnswer, Understanding, understand
from agent.brains.offline.calls import Calls
from agent.brains.offline.colleagues import told_to_person
from agent.brains.offline.dialogue import Situation, speak
from agent.brains.offline.history import asked_field, last_reply, offered_person, refuses_person
from agent.brains.offline.intents import ACTIONS, IntentClassifier, SeenIntent
from agent.brains.offline.long_texts import reading
from agent.brains.protocol import Decision, View
from frontdesk.language.acts import AnswerAct, answer_act
from frontdesk.language.addresses import says_words
from frontdesk.language.assent import accepts
from frontdesk.language.person import wants_human
from frontdesk.language.unwelcome import asks_for_offer, is_abuse, sales_words
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.playbook.models import Playbook
from frontdesk.values.json_form import value_to_json
from knowledge.embedding import Embedder
from knowledge.search.rerank import Reranker

_MOST_SALES_WORDS = 1
"""Of advertising, in a message that is about what was asked."""

_LITTLE = 20
"""Characters, in which nothing can be advertised."""

_ANSWERED_SHARE = 0.7
"""Of a message's letters: with more in the values that it gives, it wants nothing else."""


class OfflineBrain:
    """Proposes like any brain; the same tools, rules and review stand between it and the records."""

    name = "offline"

    def __init__(self, embedder: Embedder, reranker: Reranker | None = None) -> None:
        self._intents = IntentClassifier(embedder, reranker)

    async def prepare(self, playbook: Playbook) -> None:
        """Do ahead of the first turn what would slow it down."""
        await self._intents.prepare(playbook)

    async def decide(self, view: View) -> Decision:
        """One round of calls, ending with a reply."""
        asked = asked_field(view)
        understood = await reading(sum(len(message.text) for message in view.new_messages), understand, view, asked)
        intents = _seen_before(view) if _decided_before(view) else await self._seen(view, understood)
        understood = _without_wish_for_person(understood, intents)
        calls = Calls(view.rounds)
        for intent in intents:
            calls.add("classify_intent", intent=intent.name, quote=intent.quote)
        _record(calls, understood)
        told = _besides(understood, told_to_person(view))
        _record(calls, told)
        facts = _with(_with(view.facts, told, ()), understood, intents)
        situation = Situation(view, facts, understood, asked, tuple(intent.name for intent in intents))
        _act(calls, intents)
        said = speak(situation)
        calls.add("reply", text=said.text, citations=[str(cited) for cited in said.citations], asks=said.asks)
        return Decision(calls.all, self.name)

    async def _seen(self, view: View, understood: Understanding) -> tuple[SeenIntent, ...]:
        seen: dict[str, SeenIntent] = {}
        for message in view.new_messages:
            if not says_words(message.text):
                continue
            if _accepts_person(message.text, view):
                seen["wants_human"] = SeenIntent("wants_human", message.text)
            only_answers = _only_answers(message.text, understood)
            asks_person = wants_human(message.text)
            # Of a mere answer nothing counts of which the second model would have to be asked.
            closely = asks_person or not only_answers
            for intent in await self._intents.classify(message.text, view.playbook, closely=closely):
                if intent.name == "spam" and _speaks_of_the_matter(message.text, view, understood):
                    continue
                if intent.name == "not_interested" and refuses_person(view):
                    continue
                if not only_answers or intent.name == "opt_out" or (intent.name in ACTIONS and asks_person):
                    seen.setdefault(intent.name, intent)
        return tuple(seen.values())


def _decided_before(view: View) -> bool:
    """Whether an earlier round of this turn was this brain's own."""
    return any(Calls.is_own(call) for each in view.rounds for call in each.calls)


def _seen_before(view: View) -> tuple[SeenIntent, ...]:
    """What an earlier round saw. A message means the same in the next one, when its answers are no news any more."""
    asked = [call.arguments for each in view.rounds for call in each.calls if call.name == "classify_intent"]
    return tuple(SeenIntent(str(given["intent"]), str(given["quote"])) for given in asked if isinstance(given, dict))


def _only_answers(text: str, understood: Understanding) -> bool:
    """Whether a message is little more than the values that it gives: a place alone says nothing of what is wanted."""
    letters = sum(letter.isalnum() for letter in text)
    answered = {quote for quote in _quotes(understood) if quote in text}
    return sum(letter.isalnum() for quote in answered for letter in quote) > _ANSWERED_SHARE * letters


def _quotes(understood: Understanding) -> list[str]:
    """The words that give a value, one that may be mistyped included."""
    doubtful = [understood.doubt.written] if understood.doubt is not None else []
    return [*(answer.quote for answer in understood.answers), *doubtful]


def _speaks_of_the_matter(text: str, view: View, understood: Understanding) -> bool:
    """Whether a message answers or asks us for something, and neither insults nor advertises, so that it is no spam."""
    if is_abuse(text):
        return False
    if sales_words(text) == 0 and (last_reply(view) is not None or len(text) <= _LITTLE):
        return True
    declines = any(quote == text for _, quote in understood.declined)
    about_us = bool(_quotes(understood)) or declines or asks_for_offer(text)
    return about_us and sales_words(text) <= _MOST_SALES_WORDS


def _without_wish_for_person(understood: Understanding, intents: Sequence[SeenIntent]) -> Understanding:
    """To ask for a person is to refuse no question, unless a refusal is said as well."""
    wishes = [intent.quote for intent in intents if intent.name == "wants_human"]
    kept = tuple(
        (field, said)
        for field, said in understood.declined
        if answer_act(said, "") is AnswerAct.REFUSES or not any(wish in said for wish in wishes)
    )
    return replace(understood, declined=kept)


def _accepts_person(text: str, view: View) -> bool:
    """Whether the contact says yes, and nothing else, to our offer of a person: thanks alone accept nothing."""
    return offered_person(view) and accepts(text)


def _besides(understood: Understanding, told: Sequence[FoundAnswer]) -> Understanding:
    """What the contact told a person and does not say anew now."""
    anew = {answer.field.name for answer in understood.answers} | {field.name for field, _ in understood.declined}
    return Understanding(answers=tuple(answer for answer in told if answer.field.name not in anew))


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
