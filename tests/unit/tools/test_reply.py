from uuid import UUID

import pytest

from frontdesk.conversations.draft import Citation, Reply
from tests.fakes.tool_scope import RENTAL, called, scope
from tests.fakes.views import Conversation, passage
from tools.context import ToolContext

SEEN = passage("A canoe costs 20 EUR a day.")


def seen_scope(language: str = "en") -> ToolContext:
    return scope(Conversation(playbook=RENTAL), seen=(SEEN,), language=language)


async def test_that_a_reply_is_drafted_with_what_it_cites_and_asks() -> None:
    context = seen_scope("pl")
    ids = [str(SEEN.passage_id), str(SEEN.passage_id).upper()]
    assert (await called(context, "reply", text=" 20 EUR.\n", citations=ids[:1], asks="party")).accepted
    cited = Citation(SEEN.passage_id, "prices.md#zips", "Prices", None)
    assert context.draft.reply == Reply("20 EUR.", "pl", (cited,), "party")


async def test_that_a_later_reply_replaces_the_earlier_one() -> None:
    context = seen_scope()
    for text in ("One", "Two"):
        await called(context, "reply", text=text, citations=[], asks=None)
    assert context.draft.reply is not None
    assert context.draft.reply.text == "Two"


async def test_that_a_passage_cited_twice_counts_once() -> None:
    context = seen_scope()
    await called(context, "reply", text="Yes", citations=[str(SEEN.passage_id)] * 2, asks=None)
    assert context.draft.reply is not None
    assert len(context.draft.reply.citations) == 1


@pytest.mark.parametrize(
    ("text", "citations", "asks", "why"),
    [
        ("", [], None, "empty"),
        (" \n\x00 ", [], None, "empty"),
        ("Hi", [], "shoe size", "no field"),
        ("Hi", [], "", "no field"),
        ("Hi", ["prices.md#zips"], None, "not the id"),
        ("Hi", [str(UUID(int=77))], None, "not the id"),
        ("Hi", [""], None, "not the id"),
    ],
)
async def test_that_other_replies_are_refused(text: str, citations: list[str], asks: str | None, why: str) -> None:
    context = seen_scope()
    result = await called(context, "reply", text=text, citations=[*citations], asks=asks)
    assert not result.accepted
    assert why in result.message
    assert context.draft.reply is None
