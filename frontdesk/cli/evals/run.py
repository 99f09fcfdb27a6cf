"""Replay suites from the command line: a bar while it runs, the figures when it is done."""

import asyncio
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console

from evals.code_version import code_version
from evals.formats.contract import ConversationsUnreadableError
from evals.knowledge import Knowledge, ServedModel, knowledge_version, opened_knowledge
from evals.run.access import ModelAccess
from evals.run.directory import RunDirectory, begin, resume
from evals.run.header import BrainKind, RunHeader
from evals.run.recipe import Calls, Recipe
from evals.run.run import Plan, carry_out
from evals.run.selection import Selection
from evals.run.suites import read_suites
from evals.run.summary import summary_json, summary_of
from evals.run.work import Done
from evals.scorers import VERSION
from frontdesk.cli.embeddings import server_access, wanted_model
from frontdesk.cli.evals.exits import EvalExit
from frontdesk.cli.evals.figures import print_figures
from frontdesk.cli.evals.junit import write_run_junit
from frontdesk.cli.evals.options import RunOptions, RunOptionsError
from frontdesk.cli.evals.places import (
    CALLS_SUFFIX,
    beside,
    cache_of,
    documents_of,
    failed_in,
    former_run,
    new_run_path,
    suites_of,
)
from frontdesk.cli.evals.progress import RunProgress
from frontdesk.config import Settings
from frontdesk.playbook.loading import LoadedPlaybook, load_playbook

Tell = Callable[[Done], None]
"""Hears of each conversation that was replayed."""


def unheard(_done: Done) -> None:
    """Nobody listens."""


def run_suites(settings: Settings, options: RunOptions) -> EvalExit:
    """Replay, keep and judge; what is wrong with the suite is found before anything is replayed."""
    run, whole = _replayed(settings, options)
    return finish(run, options.junit, whole=whole)


def replay_into(
    settings: Settings, options: RunOptions, tell: Tell = unheard, knowledge: Knowledge | None = None
) -> RunDirectory | None:
    """Replay and keep, without a word about it but to `tell`; None if it was stopped.

    With `knowledge`, that is retrieved from, and no documents.
    """
    run, whole = _replayed(settings, options, tell, knowledge)
    return run if whole else None


def _replayed(
    settings: Settings, options: RunOptions, tell: Tell = unheard, given: Knowledge | None = None
) -> tuple[RunDirectory, bool]:
    """The run, and whether it came to its end."""
    if not options.suites:
        raise RunOptionsError("name at least one file of saved conversations")
    playbook = load_playbook(settings.playbook)
    former = former_run(settings, options.out) if options.failed_only else None
    selection = options.selection if former is None else failed_in(former, options.selection)
    header = _header(settings, options, playbook, selection, given)
    total = sum(1 for _ in selection.of(read_suites(options.suites))) * options.epochs
    if total == 0:
        wanted = "; simulate takes those with a `goal`" if options.simulation is not None else ""
        raise ConversationsUnreadableError(f"no conversation of these suites is to be run{wanted}")
    run = _opened(settings, options, header, former)
    documents, languages = documents_of(settings, options.documents), playbook.playbook.business.languages
    if given is None and documents is None:
        missing = settings.playbook.with_name("documents")
        print(
            f"There is no folder {missing}, so the agent has nothing to quote; name it with --documents",
            file=sys.stderr,
        )
    opened = opened_knowledge(documents, languages, cache_of(settings), embeddings_of(settings))
    with nullcontext(given) if given is not None else opened as knowledge:
        recipe = Recipe(
            settings.playbook,
            knowledge,
            options.brain,
            options.mode,
            _model(settings) if _asks_model(options) else None,
            _calls(options),
            options.simulation,
        )
        return run, _carry_out(Plan(header, recipe, options.at_once), run, total, tell)


def finish(run: RunDirectory, junit: Path | None, *, whole: bool) -> EvalExit:
    """Write and print the figures of what is done."""
    summary = summary_of(run)
    run.write_summary(summary_json(summary))
    print_figures(summary)
    if junit is not None:
        write_run_junit(run, junit)
    print(f"{run.path}")
    if not whole:
        print("Stopped; the same command with --resume and this --out goes on")
        return EvalExit.INTERRUPTED
    return EvalExit.FAILS if summary.failed else EvalExit.HOLDS


def _carry_out(plan: Plan, run: RunDirectory, total: int, tell: Tell) -> bool:
    """Whether it came to its end."""
    console = Console(stderr=True)
    with RunProgress(console, total, run.done()) as progress:

        def told(done: Done) -> None:
            progress.tell(done)
            tell(done)

        try:
            asyncio.run(carry_out(plan, run, told))
        except KeyboardInterrupt:
            return False
    return True


def _header(
    settings: Settings, options: RunOptions, playbook: LoadedPlaybook, selection: Selection, given: Knowledge | None
) -> RunHeader:
    documents = documents_of(settings, options.documents) if given is None else None
    languages = playbook.playbook.business.languages
    version = given.version if given else knowledge_version(documents, languages, embeddings_of(settings))
    return RunHeader(
        suites=suites_of(options.suites),
        selection=selection,
        playbook=str(settings.playbook),
        playbook_version=playbook.version,
        documents=str(documents) if documents is not None else None,
        knowledge_version=version,
        brain=options.brain,
        model=settings.openai_model if _asks_model(options) else None,
        mode=options.mode,
        simulation=options.simulation,
        epochs=options.epochs,
        code=code_version(),
        scorers=VERSION,
    )


def _asks_model(options: RunOptions) -> bool:
    """Whether a language model answers, or plays the contact."""
    return options.brain is BrainKind.OPENAI or options.simulation is not None


def _opened(settings: Settings, options: RunOptions, header: RunHeader, former: RunDirectory | None) -> RunDirectory:
    """The folder to write to: that of --out, or beside the run whose failures are run again, or a new one."""
    if options.resumes:
        return resume(former_run(settings, options.out).path, header)
    if former is not None:
        return begin(beside(former, "failed"), header)
    return begin(options.out or new_run_path(settings, options.mode), header)


def embeddings_of(settings: Settings) -> ServedModel | None:
    """The model that the settings name for documents and questions; None: the package's own."""
    wanted = wanted_model(settings)
    return ServedModel(wanted, server_access(settings)) if wanted is not None else None


def _model(settings: Settings) -> ModelAccess:
    return ModelAccess(
        base_url=settings.openai_base_url,
        api_key=settings.openai_api_key or SecretStr(""),
        model=settings.openai_model,
        fallback_model=settings.openai_fallback_model,
        timeout=settings.openai_timeout,
    )


def _calls(options: RunOptions) -> Calls | None:
    """The book of model calls: that of --calls, else one beside the first suite."""
    if options.calls is None:
        return None
    return Calls(options.calls_file or options.suites[0].with_suffix(CALLS_SUFFIX), options.calls)
