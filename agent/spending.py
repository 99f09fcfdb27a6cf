"""What model calls have cost today, for the daily limit."""

import time
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from agent.repository import spent_since
from frontdesk.db.engine import Database

_REMEMBER_SECONDS = 5.0


class DailySpending:
    """Sums the turns of the business's day; read from the database at most every few seconds."""

    def __init__(self, database: Database, zone: ZoneInfo, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._zone = zone
        self._clock = clock
        self._read_at = float("-inf")
        self._spent = Decimal(0)

    async def spent_today(self) -> Decimal:
        """The sum since midnight at the business."""
        if time.monotonic() - self._read_at > _REMEMBER_SECONDS:
            midnight = self._clock().astimezone(self._zone).replace(hour=0, minute=0, second=0, microsecond=0)
            async with self._database.reading() as connection:
                self._spent = await spent_since(connection, midnight)
            self._read_at = time.monotonic()
        return self._spent
