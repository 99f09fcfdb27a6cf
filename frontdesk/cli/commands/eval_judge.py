"""`frontdesk eval judge`: a model's verdicts on a run, by a written rubric."""

from pathlib import Path
from typing import Annotated

import typer

from frontdesk.cli.evals.exits import broken_ends
from frontdesk.cli.options import DataDir, PlaybookFile


def judge(
    path: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run.")],
    rubric: Annotated[Path | None, typer.Option(help="A YAML file of criteria. [default: the package's own]")] = None,
    labels: Annotated[
        Path | None, typer.Option(help="What people said of the same conversations: JSON lines of id and passes.")
    ] = None,
    calls: Annotated[
        Path | None, typer.Option(help="Where the judge's answers are kept. [default: in the run's folder]")
    ] = None,
    replay: Annotated[
        bool, typer.Option("--replay", help="Answer from kept answers alone; one that is missing fails.")
    ] = False,
    playbook: PlaybookFile = None,
    data_dir: DataDir = None,
) -> None:
    """Let the model of the settings judge every conversation of a run; it is asked nothing twice."""
    from frontdesk.cli.evals.judge import JudgeOptions, judge_run
    from frontdesk.config import load_settings

    with broken_ends():
        settings = load_settings(data_dir=data_dir, playbook=playbook)
        judge_run(settings, path, JudgeOptions(rubric, labels, calls, replay))
