"""Which questions of a turn went unanswered, so that a person may answer them once for all. Pure."""

import re

from frontdesk.conversations.draft import Citation, TurnDraft, Unanswered
from frontdesk.conversations.model import Snapshot
from frontdesk.language.acts import statement_spans
from frontdesk.language.fold import READ_LIMIT
from frontdesk.language.person import wants_human
from frontdesk.language.phrases import is_acknowledgement, is_greeting, is_opt_out
from knowledge.retrieve import Retrieval
from knowledge.search.confidence import ANSWER_THRESHOLD

NEAREST = 3
"""Passages noted beside a question."""
LONGEST = 1_000
"""Characters of a question that are kept; as many as are searched for."""

_SENTENCE = re.compile(r"[^.!?…。！？\n]*(?:\.(?!\s|$)[^.!?…。！？\n]*)*[.!?…。！？]*\s*")
_NEEDS_NO_KNOWLEDGE = (wants_human, is_greeting, is_acknowledgement, is_opt_out)


def unanswered(snapshot: Snapshot, draft: TurnDraft, retrieval: Retrieval, language: str) -> tuple[Unanswered, ...]:
    """Return the questions that were put in this turn, if no passage was sure enough and the reply cites none."""
    cites = draft.reply is not None and bool(draft.reply.citations)
    if cites or retrieval.confidence >= ANSWER_THRESHOLD or "spam" in draft.intents:
        return ()
    nearest = tuple(
        Citation(passage.passage_id, passage.citation, passage.title, passage.url)
        for passage in retrieval.passages[:NEAREST]
    )
    asked = ((message.id, questions_in(message.text)) for message in snapshot.new_messages)
    return tuple(
        Unanswered(message_id, question, language, retrieval.confidence, nearest)
        for message_id, question in asked
        if question
    )


def questions_in(text: str) -> str:
    """Return the sentences of a text that want to know something, in the contact's words; empty if none does."""
    read = text[:READ_LIMIT]
    stated = bytearray(len(read))
    for start, end in statement_spans(read):
        stated[start:end] = b"\x01" * (end - start)
    asked = [
        sentence.group().strip()
        for sentence in _SENTENCE.finditer(read)
        if any(not stated[at] and not read[at].isspace() for at in range(sentence.start(), sentence.end()))
    ]
    kept = [sentence for sentence in asked if not any(tells(sentence) for tells in _NEEDS_NO_KNOWLEDGE)]
    return " ".join(kept)[:LONGEST]
