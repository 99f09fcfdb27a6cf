from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.ids import first_id_of, new_id, read_id


def test_that_ids_made_later_sort_after_the_first_of_a_moment() -> None:
    now = datetime.now(UTC)
    assert first_id_of(now - timedelta(seconds=1)) < new_id() < first_id_of(now + timedelta(seconds=1))


@pytest.mark.parametrize("written", [None, "", "not ours", "1234", "\x00", "5ab49732-bd82-450b-ae4e-fbb4aac63eb"])
def test_that_what_is_no_id_is_read_as_none(written: str | None) -> None:
    assert read_id(written) is None


def test_that_an_id_is_read_as_it_was_written() -> None:
    known = new_id()
    assert read_id(str(known)) == known
