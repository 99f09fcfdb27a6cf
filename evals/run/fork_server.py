"""The process that replaying ones are copies of: it imports once what all of them need."""

from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerContext

_PRELOADED = "evals.run.preloaded"


def fork_context() -> ForkServerContext:
    """What such processes are started with."""
    context = get_context("forkserver")
    context.set_forkserver_preload([_PRELOADED])
    return context


def import_ahead() -> None:
    """Have it import while the command reads what is to be replayed; without this it begins with the first process."""
    fork_context()
    forkserver.ensure_running()
