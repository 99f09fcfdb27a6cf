"""Run conversations several at a time, and give them back in the order of the suite."""

import asyncio
import gc
import os
import signal
import threading
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from multiprocessing import parent_process

import uvloop

from evals.run.fork_server import fork_context
from evals.run.header import BrainKind
from evals.run.recipe import Recipe, prepared_replayer
from evals.run.work import Done, Job, Replayer, work
from frontdesk.garbage import collect_rarely

Submit = Callable[[Job], Awaitable[Done]]

_AHEAD = 4
"""Jobs that a process has waiting beside the one in work: a long conversation does not leave the others idle."""


async def in_order(jobs: Iterable[Job], submit: Submit, window: int) -> AsyncIterator[Done]:
    """Keep `window` jobs going; memory does not grow with their number."""
    running: deque[asyncio.Future[Done]] = deque()
    try:
        for job in jobs:
            running.append(asyncio.ensure_future(submit(job)))
            if len(running) >= window:
                yield await running.popleft()
        while running:
            yield await running.popleft()
    finally:
        for left in running:
            left.cancel()


@asynccontextmanager
async def executor(recipe: Recipe, at_once: int) -> AsyncIterator[tuple[Submit, int]]:
    """How to submit a job, and how many may run.

    Without a model it is computing that takes the time, and each further conversation at once gets a process of its
    own; with one it is waiting, for which one process does.
    """
    if recipe.brain is BrainKind.OFFLINE and recipe.simulation is None and at_once > 1:
        async with _processes(recipe, at_once) as submit:
            yield submit, at_once * _AHEAD
        return
    async with prepared_replayer(recipe) as replayer:
        yield _here(replayer), at_once


def _here(replayer: Replayer) -> Submit:
    async def submit(job: Job) -> Done:
        return await work(job, replayer)

    return submit


@asynccontextmanager
async def _processes(recipe: Recipe, count: int) -> AsyncIterator[Submit]:
    loop = asyncio.get_running_loop()
    pool = ProcessPoolExecutor(count, fork_context(), _set_up, (recipe,))

    async def submit(job: Job) -> Done:
        return await loop.run_in_executor(pool, _work, job)

    try:
        yield submit
    finally:
        pool.shutdown(cancel_futures=True)


class _Process:
    """What a worker process keeps from job to job."""

    runner: asyncio.Runner
    open: AsyncExitStack
    """Holds what the agent needs open; dropped, it would close."""
    replayer: Replayer


def _set_up(recipe: Recipe) -> None:
    collect_rarely()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Ctrl-C reaches every process of the terminal; the first one alone decides what to do about it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Process.runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    _Process.open = AsyncExitStack()
    _Process.replayer = _Process.runner.run(_Process.open.enter_async_context(prepared_replayer(recipe)))
    # What is loaded by now stays.
    gc.freeze()


def _end_with_parent() -> None:
    """A first process that was killed would leave this one waiting for jobs for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _work(job: Job) -> Done:
    return _Process.runner.run(work(job, _Process.replayer))
