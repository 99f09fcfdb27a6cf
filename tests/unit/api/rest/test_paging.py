from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.rest.paging import CursorInvalidError, page_of, read_cursor, write_cursor


@given(st.uuids())
def test_that_a_cursor_reads_back_as_the_id_it_was_written_from(last: UUID) -> None:
    assert read_cursor(write_cursor(last)) == last


def test_that_no_cursor_means_the_first_page() -> None:
    assert read_cursor(None) is None


@given(st.text(max_size=40).filter(lambda text: len(text) != 22))
def test_that_any_other_text_is_refused(cursor: str) -> None:
    with pytest.raises(CursorInvalidError, match="next_cursor"):
        read_cursor(cursor)


@pytest.mark.parametrize("cursor", ["", "AAAA", "A" * 21, "A" * 23, "ą" * 22, "====", "A" * 21 + "+"])
def test_that_a_cursor_of_another_form_is_refused(cursor: str) -> None:
    with pytest.raises(CursorInvalidError):
        read_cursor(cursor)


@given(st.lists(st.uuids(), unique=True, max_size=12), st.integers(1, 5))
def test_that_pages_hold_every_item_once_in_order(items: list[UUID], limit: int) -> None:
    seen: list[UUID] = []
    cursor: str | None = None
    while True:
        last = read_cursor(cursor)
        rest = items[items.index(last) + 1 :] if last else items
        page = page_of(rest[: limit + 1], limit, lambda item: item)
        seen += page.items
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == items
