from tests.fakes.tool_scope import called, said, words


async def test_that_the_wish_is_recorded_with_its_words() -> None:
    context = said("Stop writing to me")
    assert (await called(context, "opt_out", quote="Stop writing")).accepted
    assert context.draft.opt_out == words("Stop writing to me", "Stop writing")


async def test_that_unsaid_words_stop_nothing() -> None:
    context = said("Write more")
    assert not (await called(context, "opt_out", quote="Stop writing")).accepted
    assert context.draft.opt_out is None
