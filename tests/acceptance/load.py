"""A steady load: many contacts on every wire, each writing one message after the other until told to stop."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

from tests.acceptance.town import Town, Wire


@dataclass(slots=True)
class Load:
    """What was said. A message counts once its webhook was answered 200, as for the real channels."""

    town: Town
    rng: Random
    shortest_pause: float
    longest_pause: float
    """Seconds between the messages of one contact."""
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The messages' external ids by contact, in order."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def write(self, wire: Wire, address: str) -> None:
        """One contact writes until told to stop; the next message waits until the last one is stored."""
        number = 0
        while not self.stopping.is_set():
            number += 1
            self.said[address].append(await wire.says(address, f"This is my message number {number}."))
            pause = self.rng.uniform(self.shortest_pause, self.longest_pause)
            try:
                await asyncio.wait_for(self.stopping.wait(), pause)
            except TimeoutError:
                continue


@asynccontextmanager
async def steady_load(town: Town, contacts: int, rng: Random, pauses: tuple[float, float]) -> AsyncIterator[Load]:
    """So many contacts write for as long as the block runs, and finish what they are saying at its end."""
    load = Load(town, rng, *pauses)
    async with asyncio.TaskGroup() as writing:
        for number in range(contacts):
            wire = town.wires[number % len(town.wires)]
            writing.create_task(load.write(wire, str(48_600_900_000 + number)))
        yield load
        load.stopping.set()
