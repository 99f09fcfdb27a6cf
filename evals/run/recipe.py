"""All that a process needs to put the agent of a run together; it crosses from process to process."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from threadpoolctl import threadpool_limits

from agent.brains.offline.brain import OfflineBrain
from agent.brains.protocol import Brain
from evals.knowledge import Knowledge, Memory, opened_library
from evals.observed import ReplayMode
from evals.replay.agent import ReplayedAgent, replayed_agent
from evals.replay.embedding import SteadyEmbedder
from evals.replay.vectors import RememberedEmbedder, kept_vectors
from evals.run.access import ModelAccess
from evals.run.book import CallBook, CallMode, opened_book
from evals.run.header import BrainKind
from evals.run.work import Contact, Replayer
from evals.simulate.limits import SimulationLimits
from frontdesk.playbook.loading import LoadedPlaybook, load_playbook
from knowledge.embedding import Embedder, TextKind, UseEmbedder
from knowledge.search.rerank import E5Reranker, Reranker, carried_reranker, is_carried

_PATIENCE = timedelta(hours=1)
"""For a turn. A call of a model has its own, shorter time-out."""


@dataclass(frozen=True, slots=True)
class Calls:
    """Where model calls are kept, and what for."""

    path: Path
    mode: CallMode


@dataclass(frozen=True, slots=True)
class Recipe:
    """How conversations are replayed."""

    playbook: Path
    knowledge: Knowledge
    brain: BrainKind
    mode: ReplayMode
    model: ModelAccess | None = None
    calls: Calls | None = None
    simulation: SimulationLimits | None = None


@asynccontextmanager
async def prepared_replayer(recipe: Recipe) -> AsyncIterator[Replayer]:
    """The agent, and a model that plays the contact if that is wanted."""
    with _book(recipe.calls) as book:
        async with prepared_agent(recipe, book) as agent, _contact(recipe, book, agent) as contact:
            yield Replayer(agent, recipe.mode, contact)


@asynccontextmanager
async def prepared_agent(recipe: Recipe, book: CallBook | None = None) -> AsyncIterator[ReplayedAgent]:
    """Load everything that the recipe names, and let it go in the end."""
    playbook = unhurried(load_playbook(recipe.playbook))
    memory = recipe.knowledge.memory
    with _embedder(memory) as embedder, _reranker(memory) as reranker:
        offline = OfflineBrain(embedder, reranker)
        await offline.prepare(playbook.playbook)
        # As in the service, a language model judges passages itself.
        second = reranker if recipe.brain is BrainKind.OFFLINE else None
        async with (
            opened_library(recipe.knowledge, embedder, second) as library,
            _brain(recipe, book, offline) as brain,
        ):
            yield replayed_agent(playbook, brain, library)


def unhurried(loaded: LoadedPlaybook) -> LoadedPlaybook:
    """The playbook with all the time in the world for a turn: what a replay says must not depend on the machine."""
    limits = loaded.playbook.limits.model_copy(update={"turn_deadline": _PATIENCE})
    return replace(loaded, playbook=loaded.playbook.model_copy(update={"limits": limits}))


@contextmanager
def _embedder(memory: Memory | None) -> Iterator[Embedder]:
    """The package's own model, with a memory where there is a place for one."""
    carried = UseEmbedder()
    steady = SteadyEmbedder(carried)
    # The model sees to that when it is loaded, which it is not while every vector is remembered.
    threadpool_limits(limits=1, user_api="blas")
    try:
        if memory is None:
            yield steady
            return
        with kept_vectors(memory.vectors) as kept:
            yield RememberedEmbedder(steady, kept)
    finally:
        carried.close()


@contextmanager
def _reranker(memory: Memory | None) -> Iterator[Reranker | None]:
    """The package's second model, where the machine can run it, with a memory likewise."""
    if memory is None or not is_carried():
        yield carried_reranker()
        return
    with kept_vectors(memory.second_vectors) as kept:
        yield E5Reranker(kept[TextKind.QUERY], kept[TextKind.PASSAGE])


@contextmanager
def _book(calls: Calls | None) -> Iterator[CallBook | None]:
    if calls is None:
        yield None
        return
    with opened_book(calls.path, calls.mode) as book:
        yield book


@asynccontextmanager
async def _brain(recipe: Recipe, book: CallBook | None, offline: Brain) -> AsyncIterator[Brain]:
    if recipe.brain is BrainKind.OFFLINE or recipe.model is None:
        yield offline
        return
    # Here, as below: a model's client takes half a second to import, which a run without a model need not wait.
    from evals.run.models import model_brain

    async with model_brain(recipe.model, book, offline) as brain:
        yield brain


@asynccontextmanager
async def _contact(recipe: Recipe, book: CallBook | None, agent: ReplayedAgent) -> AsyncIterator[Contact | None]:
    if recipe.simulation is None or recipe.model is None:
        yield None
        return
    from evals.run.models import simulated_contact

    async with simulated_contact(recipe.model, recipe.simulation, book, agent) as contact:
        yield contact
