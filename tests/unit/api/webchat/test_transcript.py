"""What is shown, and that nobody who reads on from a cursor misses a message, whenever it became visible."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.webchat.positions import BEGINNING, Position, PositionInvalidError, read_position
from api.webchat.repository import Excerpt, MessageRow, Standing
from api.webchat.stream import Progress
from api.webchat.transcript import TYPING_AT_MOST, Attendant, page_of, state_of
from frontdesk.conversations.model import Author, DeliveryState, Direction, Mode

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
CONVERSATION = UUID(int=5)
SHOWN = {DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ, None}


def row(seq: int, delivery: DeliveryState | None = None, kind: str = "text") -> MessageRow:
    return MessageRow(
        id=UUID(int=seq),
        position=Position(CONVERSATION, seq),
        direction=Direction.OUTBOUND,
        author=Author.AGENT,
        kind=kind,
        text=str(seq),
        external_id=None,
        attributes={},
        sent_at=NOW,
        delivery=delivery,
    )


def standing(mode: Mode = Mode.AGENT, *, owner: bool = False, wrote: bool = False, due: bool = False) -> Standing:
    return Standing(CONVERSATION, mode, owner, wrote, due, NOW)


@given(st.lists(st.sampled_from([*DeliveryState, None]), max_size=12), st.data())
def test_that_every_reply_is_shown_once_however_late_it_is_sent_and_wherever_one_reconnects(
    first: list[DeliveryState | None], data: st.DataObject
) -> None:
    final = [
        data.draw(st.sampled_from([DeliveryState.SENT, DeliveryState.CANCELLED]))
        if state in (DeliveryState.PENDING, DeliveryState.SENDING)
        else state
        for state in first
    ]
    cursor, seen = BEGINNING, set[int]()
    progress = Progress(BEGINNING)
    for states in (first, final):
        rows = [row(seq, state) for seq, state in enumerate(states, 1)]
        page = page_of([each for each in rows if each.position > cursor], cursor)
        seen |= {shown.message.seq for shown in page.messages}
        cursor = data.draw(st.sampled_from([page.cursor, *(shown.cursor for shown in page.messages)]))
        later = tuple(each for each in rows if each.position > progress.cursor)
        events, _ = progress.advance(Excerpt(standing(), later), NOW)
        assert len(events) == len(set(events))
    rows = [row(seq, state) for seq, state in enumerate(final, 1)]
    seen |= {shown.message.seq for shown in page_of([each for each in rows if each.position > cursor], cursor).messages}
    assert seen == {seq for seq, state in enumerate(final, 1) if state in SHOWN}
    assert progress.cursor == (rows[-1].position if rows else BEGINNING)


def test_that_a_message_is_sent_once_down_a_stream() -> None:
    progress = Progress(BEGINNING)
    rows = (row(1, DeliveryState.SENDING), row(2))
    first, _ = progress.advance(Excerpt(standing(), rows), NOW)
    again, _ = progress.advance(Excerpt(standing(), rows), NOW)
    last, _ = progress.advance(Excerpt(standing(), (row(1, DeliveryState.SENT), row(2))), NOW)
    assert [b'"text":"2"' in event for event in first] == [True, False]  # the message, then the state
    assert again == []
    assert [b'"text":"1"' in event for event in last] == [True]


def test_that_only_texts_are_shown() -> None:
    assert page_of([row(1, kind="note"), row(2, kind="reaction")], BEGINNING).messages == ()


@pytest.mark.parametrize(
    ("at", "attendant", "typing"),
    [
        (None, Attendant.NOBODY, False),
        (standing(), Attendant.AGENT, False),
        (standing(due=True), Attendant.AGENT, True),
        (standing(Mode.HUMAN, due=True), Attendant.AWAITED, False),
        (standing(Mode.HUMAN, owner=True), Attendant.PERSON, False),
        (standing(Mode.HUMAN, wrote=True), Attendant.PERSON, False),
        (standing(Mode.CLOSED, owner=True, due=True), Attendant.NOBODY, False),
    ],
)
def test_that_the_state_says_who_answers(at: Standing | None, attendant: Attendant, typing: bool) -> None:
    state = state_of(Excerpt(at, ()), NOW)
    assert (state.attendant, state.typing) == (attendant, typing)
    assert state.ended == (at is not None and at.mode is Mode.CLOSED)


def test_that_nobody_types_for_ever() -> None:
    late = NOW + TYPING_AT_MOST + timedelta(seconds=1)
    assert not state_of(Excerpt(standing(due=True), ()), late).typing


@given(st.uuids(), st.integers(0, 999_999_999))
def test_that_a_position_reads_back(conversation: UUID, seq: int) -> None:
    assert read_position(str(Position(conversation, seq))) == Position(conversation, seq)


@given(st.text(min_size=1).filter(lambda text: "-" not in text))
def test_that_other_text_is_no_position(text: str) -> None:
    with pytest.raises(PositionInvalidError):
        read_position(text)
