"""What a run asks a language model: the agent's decisions, and what a simulated contact says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agent.brains.client import ModelClient
from agent.brains.fallback import FallbackBrain
from agent.brains.openai import OpenAIBrain
from agent.brains.protocol import Brain
from evals.replay.agent import ReplayedAgent
from evals.run.access import ModelAccess
from evals.run.asking import ModelAsker, RecordingAsker, ReplayingAsker
from evals.run.book import CallBook
from evals.run.calls import RecordingBrain, ReplayingBrain
from evals.run.work import Contact
from evals.simulate.limits import SimulationLimits


@asynccontextmanager
async def model_brain(access: ModelAccess, book: CallBook | None, offline: Brain) -> AsyncIterator[Brain]:
    """A model's brain, or its kept calls; behind it stands the offline brain, as in the service."""
    if book is not None and book.file is None:
        yield FallbackBrain(ReplayingBrain(book, access.model), offline)
        return
    model = OpenAIBrain(
        base_url=access.base_url,
        api_key=access.api_key.get_secret_value(),
        model=access.model,
        fallback_model=access.fallback_model,
        timeout=access.timeout,
    )
    try:
        yield FallbackBrain(RecordingBrain(model, book, access.model) if book is not None else model, offline)
    finally:
        await model.close()


@asynccontextmanager
async def simulated_contact(
    access: ModelAccess, limits: SimulationLimits, book: CallBook | None, agent: ReplayedAgent
) -> AsyncIterator[Contact]:
    """A contact that a model plays, or its kept calls."""
    if book is not None and book.file is None:
        yield Contact(ReplayingAsker(book, access.model), limits)
        return
    client = ModelClient(access.base_url, access.api_key.get_secret_value())
    asker = ModelAsker(client, access.model, access.timeout, agent.playbook.playbook.limits.prices)
    try:
        yield Contact(RecordingAsker(asker, book, access.model) if book is not None else asker, limits)
    finally:
        await client.close()
