"""`frontdesk eval`: replay saved conversations, and judge what the agent made of them."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from frontdesk.cli.commands import eval_import, eval_judge, eval_report
from frontdesk.cli.evals.exits import broken_ends
from frontdesk.cli.options import DataDir, PlaybookFile

if TYPE_CHECKING:
    from evals.simulate.limits import SimulationLimits

evals = typer.Typer(
    no_args_is_help=True,
    help="Replay saved conversations offline, judge them, and compare runs. "
    "Exit codes: 0 good, 1 something failed, 2 a gate that could not be decided, 3 something needed cannot be used.",
)


class _Mode(StrEnum):
    TURN = "turn"
    DIALOGUE = "dialogue"
    SIMULATE = "simulate"
    REGRADE = "regrade"


class _Replayed(StrEnum):
    TURN = "turn"
    DIALOGUE = "dialogue"


class _Knowledge(StrEnum):
    SERVICE = "service"
    DOCUMENTS = "documents"


class _Brain(StrEnum):
    OFFLINE = "offline"
    OPENAI = "openai"


Suites = Annotated[
    list[Path] | None, typer.Argument(help="Files of saved conversations, one JSON object a line, or folders of them.")
]
Out = Annotated[Path | None, typer.Option(help="The folder of the run. [default: a new one below the data directory]")]
Documents = Annotated[
    Path | None, typer.Option(help="What the agent may quote. [default: the folder documents beside the playbook]")
]
JUnit = Annotated[Path | None, typer.Option(help="Write JUnit XML here, for continuous integration.")]


@evals.command()
def run(
    suites: Suites = None,
    mode: Annotated[
        _Mode,
        typer.Option(
            help="turn: each burst is answered on the recorded history; dialogue: the "
            "agent's own replies stand; simulate: a model plays the contact; regrade: judge a former run again, "
            "without replaying it."
        ),
    ] = _Mode.TURN,
    brain: Annotated[_Brain, typer.Option(help="Which brain answers.")] = _Brain.OFFLINE,
    playbook: PlaybookFile = None,
    documents: Documents = None,
    at_once: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Conversations at once.")] = 1,
    epochs: Annotated[int, typer.Option(min=1, help="How often each conversation is replayed.")] = 1,
    record: Annotated[bool, typer.Option("--record", help="Keep the model's answers.")] = False,
    replay: Annotated[
        bool, typer.Option("--replay", help="Answer from kept answers; one that is missing fails.")
    ] = False,
    calls: Annotated[Path | None, typer.Option(help="Where they are kept. [default: beside the first suite]")] = None,
    out: Out = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")] = False,
    failed_only: Annotated[
        bool,
        typer.Option(
            "--failed-only", help="Only what failed in the run of --out, or in the newest; into a folder beside it."
        ),
    ] = False,
    of: Annotated[
        Path | None, typer.Option(help="With --mode regrade, the run to judge. [default: the newest]")
    ] = None,
    junit: JUnit = None,
    messages: Annotated[int, typer.Option(min=1, help="With --mode simulate, the most messages of a contact's.")] = 12,
    budget: Annotated[
        float | None, typer.Option(min=0, help="With --mode simulate, the most that models may cost in a conversation.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many conversations.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Only conversations with this tag; may be repeated.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only in this language; may be repeated.")] = None,
    channel: Annotated[list[str] | None, typer.Option(help="Only on this channel; may be repeated.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Replay suites and judge them; exit code 1 if a conversation fails."""
    if brain is _Brain.OFFLINE and mode in (_Mode.TURN, _Mode.DIALOGUE) and at_once > 1:
        from evals.run.fork_server import import_ahead

        import_ahead()
    from evals.observed import ReplayMode
    from evals.run.book import CallMode
    from evals.run.header import BrainKind
    from evals.run.selection import Selection
    from frontdesk.cli.evals.options import RunOptions
    from frontdesk.cli.evals.places import suite_paths
    from frontdesk.cli.evals.regrade import regrade_run
    from frontdesk.cli.evals.run import run_suites
    from frontdesk.config import load_settings

    if record and replay:
        raise typer.BadParameter("--record and --replay exclude each other")
    chosen = (CallMode.RECORD if record else CallMode.REPLAY) if record or replay else None
    options = RunOptions(
        suites=suite_paths(suites or ()),
        mode=ReplayMode.TURN if mode is _Mode.REGRADE else ReplayMode(mode),
        brain=BrainKind(brain),
        documents=documents,
        at_once=at_once,
        epochs=epochs,
        calls=chosen,
        calls_file=calls,
        out=out,
        resumes=resume,
        failed_only=failed_only,
        junit=junit,
        selection=Selection(
            tags=tuple(tag or ()),
            languages=tuple(language or ()),
            channels=tuple(channel or ()),
            with_goal=mode is _Mode.SIMULATE,
            limit=limit,
        ),
        simulation=_simulation(messages, budget) if mode is _Mode.SIMULATE else None,
    )
    with broken_ends():
        settings = load_settings(data_dir=data_dir, playbook=playbook)
        code = regrade_run(settings, of, options) if mode is _Mode.REGRADE else run_suites(settings, options)
    raise typer.Exit(code)


def _simulation(messages: int, budget: float | None) -> "SimulationLimits":
    from decimal import Decimal

    from evals.simulate.limits import SimulationLimits

    return SimulationLimits(messages=messages, budget=Decimal(str(budget)) if budget is not None else None)


@evals.command()
def compare(
    before: Annotated[Path, typer.Argument(help="The folder of the run to compare with.")],
    after: Annotated[Path, typer.Argument(help="The folder of the run with the change.")],
    gate: Annotated[
        str | None,
        typer.Option(help='Bounds on the differences, such as "wrongly_unqualified <= 0, handoff.recall >= -0.01".'),
    ] = None,
    junit: JUnit = None,
) -> None:
    """Compare two runs conversation by conversation; with a gate, exit 0 holds, 1 fails, 2 undecided, 3 broken."""
    from frontdesk.cli.evals.compare import compare_runs

    with broken_ends():
        code = compare_runs(before, after, gate, junit)
    raise typer.Exit(code)


@evals.command()
def show(
    path: Annotated[Path, typer.Argument(help="The folder of a run.")],
    case: Annotated[str | None, typer.Option(help="One conversation, turn by turn.")] = None,
) -> None:
    """Print a run's figures and what failed in it."""
    from frontdesk.cli.evals.show import show_run

    with broken_ends():
        show_run(path, case)


@evals.command()
def export(
    out: Annotated[Path | None, typer.Option(help="The file to write. [default: standard output]")] = None,
    since: Annotated[str | None, typer.Option(help="Opened at most so long ago, such as 30d, or since a day.")] = None,
    until: Annotated[str | None, typer.Option(help="Opened before that.")] = None,
    channel: Annotated[str | None, typer.Option(help="A kind of channel, or the name of one.")] = None,
    stage: Annotated[str | None, typer.Option(help="The contact's stage now.")] = None,
    outcome: Annotated[str | None, typer.Option(help="What the conversation was closed with.")] = None,
    corrected: Annotated[bool, typer.Option("--corrected", help="Only those that a person put right.")] = False,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="Keep names, numbers and addresses.")] = False,
    playbook: PlaybookFile = None,
    data_dir: DataDir = None,
) -> None:
    """Take conversations out of the service as a suite; a person's corrections become expectations."""
    from evals.repository import ExportFilter
    from frontdesk.cli.evals.export import export_conversations
    from frontdesk.cli.evals.moments import moment
    from frontdesk.config import load_settings

    with broken_ends():
        wanted = ExportFilter(moment(since), moment(until), channel, stage, outcome, corrected)
        settings = load_settings(data_dir=data_dir, playbook=playbook)
        count = export_conversations(settings, wanted, out, unmasked=unmasked)
    typer.echo(f"{count} conversations", err=True)


@evals.command()
def diff(
    playbook: Annotated[Path, typer.Option(help="The new playbook.")],
    suites: Suites = None,
    against: Annotated[Path | None, typer.Option(help="The playbook now. [env: FRONTDESK_PLAYBOOK]")] = None,
    since: Annotated[str, typer.Option(help="The service's conversations of so long, or since a day.")] = "30d",
    mode: Annotated[_Replayed, typer.Option(help="As for run.")] = _Replayed.DIALOGUE,
    knowledge: Annotated[
        _Knowledge | None,
        typer.Option(
            help="What the agent may quote: what the service knows now, or a folder of documents. "
            "[default: service for its own conversations, without --documents]"
        ),
    ] = None,
    documents: Documents = None,
    at_once: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Conversations at once.")] = 1,
    newest: Annotated[int | None, typer.Option(min=1, help="At most so many of the service's, the newest.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Tell of progress and leads as JSON lines.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Say which past leads a new playbook would send elsewhere, from which message on, and why."""
    from evals.observed import ReplayMode
    from evals.repository import ExportFilter
    from frontdesk.cli.evals.diff import AsJson, InWords, diff_playbooks
    from frontdesk.cli.evals.moments import moment
    from frontdesk.cli.evals.options import RunOptions
    from frontdesk.cli.evals.places import suite_paths
    from frontdesk.config import load_settings

    options = RunOptions(suite_paths(suites or ()), mode=ReplayMode(mode), documents=documents, at_once=at_once)
    if knowledge is _Knowledge.SERVICE and documents is not None:
        raise typer.BadParameter("--documents goes with --knowledge documents")
    by_default = not options.suites and documents is None
    with broken_ends():
        code = diff_playbooks(
            load_settings(data_dir=data_dir, playbook=against),
            playbook,
            ExportFilter(since=moment(since), newest=newest),
            options,
            from_service=by_default if knowledge is None else knowledge is _Knowledge.SERVICE,
            telling=AsJson() if as_json else InWords(),
        )
    raise typer.Exit(code)


evals.command("import")(eval_import.import_)
evals.command()(eval_report.report)
evals.command()(eval_judge.judge)


@evals.command("known-answers")
def known_answers(
    folder: Annotated[Path, typer.Argument(help="Saved predictions and `expected.json` with published figures.")],
) -> None:
    """Hold the scorers' arithmetic against published figures; exit code 1 if one differs."""
    from frontdesk.cli.evals.known_answers import check_known_answers

    raise typer.Exit(check_known_answers(folder))


@evals.command()
def schema() -> None:
    """Print the JSON Schema of a saved conversation."""
    import json

    from evals.schema import conversation_schema

    typer.echo(json.dumps(conversation_schema(), ensure_ascii=False, indent=2))
