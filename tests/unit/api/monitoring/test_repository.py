from datetime import UTC, datetime, timedelta

from api.monitoring.repository import first_id_at
from frontdesk.ids import new_id


def test_that_ids_made_later_sort_after_the_first_of_a_moment() -> None:
    now = datetime.now(UTC)
    assert first_id_at(now - timedelta(seconds=1)) < new_id() < first_id_at(now + timedelta(seconds=1))
