"""Ingesting from the command line: a progress bar, and a report for each path."""

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from frontdesk.cli.database import with_database
from frontdesk.cli.installation import now
from frontdesk.config import Settings
from frontdesk.db.engine import Database
from frontdesk.playbook.loading import load_playbook
from knowledge.embedding import UseEmbedder
from knowledge.ingest import Ingest, IngestReport


def ingest_paths(settings: Settings, paths: Sequence[Path]) -> bool:
    """Ingest each path and print what came of it; whether every file could be read."""
    business = load_playbook(settings.playbook).playbook.business
    return with_database(settings, lambda database: ingest_all(database, business.languages, paths))


async def ingest_all(database: Database, languages: Sequence[str], paths: Sequence[Path]) -> bool:
    """The same, on an open database."""
    ingest = Ingest(database, UseEmbedder(), languages)
    reports = [await _with_progress(ingest, path) for path in paths]
    for path, report in zip(paths, reports, strict=True):
        _print_report(path, report)
    return not any(report.failed for report in reports)


async def _with_progress(ingest: Ingest, path: Path) -> IngestReport:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[file]}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(path.name, total=None, file="")

        def show(done: int, total: int, file: str) -> None:
            bar.update(task, completed=done, total=total, file=file)

        return await ingest.run(path, now(), show)


def _print_report(path: Path, report: IngestReport) -> None:
    counts = f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, {report.removed} removed"
    print(f"{path}: {counts}; {report.passages} passages")
    for file, reason in report.failed:
        print(f"{path / file if path.is_dir() else path}: {reason}", file=sys.stderr)
