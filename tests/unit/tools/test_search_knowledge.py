from tests.fakes.tool_scope import RENTAL, Library, called, scope
from tests.fakes.views import Conversation, passage


async def test_that_what_is_found_may_be_cited_afterwards() -> None:
    found = passage("A canoe costs 20 EUR a day.")
    context = scope(Conversation(playbook=RENTAL), library=Library((found,)))
    cited = [str(found.passage_id)]
    assert not (await called(context, "reply", text="20 EUR", citations=cited, asks=None)).accepted
    result = await called(context, "search_knowledge", query="price of a canoe")
    assert result.accepted
    assert found.text in result.message
    assert str(found.passage_id) in result.message
    assert (await called(context, "reply", text="20 EUR", citations=cited, asks=None)).accepted


async def test_that_finding_nothing_says_what_to_do() -> None:
    result = await called(scope(Conversation(playbook=RENTAL)), "search_knowledge", query="submarines")
    assert result.accepted
    assert "do not know" in result.message


async def test_that_an_endless_query_is_refused() -> None:
    library = Library()
    result = await called(scope(Conversation(playbook=RENTAL), library=library), "search_knowledge", query="x" * 501)
    assert not result.accepted
    assert library.asked == []
