"""Every check of an installation, one after the other; a check that cannot be made does not stop the next."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence

from frontdesk.cli.database import DatabaseUnusableError, readable_errors, server_url
from frontdesk.cli.doctor.channels import check_channels
from frontdesk.cli.doctor.checkup import Mark, Verdict, bad, good, note
from frontdesk.cli.doctor.embeddings import check_embedding_models
from frontdesk.cli.doctor.machine import check_disk, check_embedder, check_model, check_python
from frontdesk.cli.doctor.notifications import check_mail, check_slack
from frontdesk.cli.doctor.server import check_server, is_at_head
from frontdesk.cli.doctor.settings import check_names, setting_lines
from frontdesk.cli.doctor.sign_in import check_sign_in_elsewhere
from frontdesk.cli.installation import now, secret_box
from frontdesk.cli.repository import count_all_passages
from frontdesk.cli.schema import ask_server
from frontdesk.config import Settings
from frontdesk.db.engine import DatabaseUrlInvalidError, open_database
from frontdesk.db.server import EmbeddedServerError
from frontdesk.playbook.check import examine_playbook
from frontdesk.playbook.findings import Severity
from frontdesk.playbook.models import Playbook


def examine(settings: Settings) -> bool:
    """Print the settings and every verdict; whether nothing must be mended."""
    print("Settings")
    for line in setting_lines(settings):
        print(f"  {line}")
    print("\nChecks")
    return asyncio.run(_report(settings))


async def _report(settings: Settings) -> bool:
    healthy = True
    async for verdict in _verdicts(settings):
        print(verdict, flush=True)
        healthy = healthy and verdict.mark is not Mark.BAD
    return healthy


async def _verdicts(settings: Settings) -> AsyncIterator[Verdict]:
    yield check_python()
    for verdict in check_names(os.environ):
        yield verdict
    playbook, findings = _read_playbook(settings)
    for verdict in findings:
        yield verdict
    async for verdict in _check_database(settings):
        yield verdict
    yield await check_embedder()
    yield await check_model(settings)
    notify = playbook.handoff.notify if playbook else ()
    yield await check_mail(settings, notify)
    yield check_slack(settings, notify)
    yield await check_sign_in_elsewhere(settings)
    yield check_disk(settings)


def _read_playbook(settings: Settings) -> tuple[Playbook | None, Sequence[Verdict]]:
    examination = examine_playbook(settings.playbook)
    verdicts = []
    for finding in examination.findings:
        tell = bad if finding.severity is Severity.ERROR else note
        verdicts.append(tell("playbook", f"{finding.path}:{finding.line}: {finding.what}", finding.right))
    return examination.playbook, verdicts or [good("playbook", str(settings.playbook))]


async def _check_database(settings: Settings) -> AsyncIterator[Verdict]:
    try:
        with server_url(settings) as url, readable_errors():
            asked = now()
            facts = await ask_server(url)
            for verdict in check_server(facts, asked, now()):
                yield verdict
            if is_at_head(facts):
                async for verdict in _check_content(settings, url):
                    yield verdict
    except (DatabaseUnusableError, DatabaseUrlInvalidError, EmbeddedServerError) as error:
        yield bad("database", str(error), "start the server, or correct DATABASE_URL; the other checks need it")


async def _check_content(settings: Settings, url: str) -> AsyncIterator[Verdict]:
    database = open_database(url, pool_size=2)
    try:
        async with database.reading() as connection:
            for verdict in await check_channels(connection, secret_box(settings)):
                yield verdict
            passages = await count_all_passages(connection)
        async for verdict in check_embedding_models(settings, database):
            yield verdict
    finally:
        await database.close()
    if passages:
        yield good("knowledge", f"{passages} passages")
    else:
        yield note("knowledge", "there are no passages, so no question can be answered", "run frontdesk ingest PATH")
