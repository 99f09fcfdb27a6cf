"""Which past leads a change would have touched, from the command line: in words, or as JSON lines for a program."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from evals.blast_radius import ChangedLead, changed_leads
from evals.knowledge import Knowledge
from evals.observed import ObservedCase
from evals.repository import ExportFilter
from evals.run.directory import RunDirectory
from evals.run.suites import read_suites
from evals.run.work import Done
from evals.service_knowledge.copy import copied_knowledge
from frontdesk.cli.database import database_url
from frontdesk.cli.evals.exits import EvalExit
from frontdesk.cli.evals.export import export_conversations
from frontdesk.cli.evals.options import RunOptions
from frontdesk.cli.evals.places import cache_of
from frontdesk.cli.evals.run import embeddings_of, replay_into
from frontdesk.config import Settings
from frontdesk.playbook.loading import load_playbook


class Telling(Protocol):
    """How the difference is told while it is found."""

    def began(self, suites: Sequence[Path]) -> None:
        """These conversations are compared; none if there are no suites."""

    def replayed(self, done: Done) -> None:
        """One more was replayed; each is, under both playbooks."""

    def lead(self, lead: ChangedLead) -> None:
        """This one ends otherwise."""

    def ended(self, changed: int, conversations: int) -> None:
        """That is all."""


def diff_playbooks(
    settings: Settings,
    new_playbook: Path,
    wanted: ExportFilter,
    options: RunOptions,
    *,
    from_service: bool,
    telling: Telling,
) -> EvalExit:
    """Replay past conversations with both playbooks, and tell of each lead that would have ended otherwise.

    The conversations are those of the service's own that are wanted, unless suites are named. `from_service`: the
    agent may quote what the service knows now, and no documents. Exit code 1 if a lead changes.
    """
    changed_settings = settings.model_copy(update={"playbook": new_playbook})
    old, new = load_playbook(settings.playbook), load_playbook(new_playbook)
    with TemporaryDirectory(prefix="frontdesk-diff-") as folder, _suites(settings, wanted, options, folder) as suites:
        telling.began(suites)
        if not suites:
            return EvalExit.HOLDS
        chosen = replace(options, suites=suites)
        with _knowledge(settings, from_service=from_service) as known:
            before = replay_into(settings, replace(chosen, out=Path(folder, "before")), telling.replayed, known)
            after = replay_into(changed_settings, replace(chosen, out=Path(folder, "after")), telling.replayed, known)
        if before is None or after is None:
            return EvalExit.INTERRUPTED
        changed = 0
        for lead in changed_leads(_observed(before), _observed(after), old.playbook, new.playbook):
            telling.lead(lead)
            changed += 1
        telling.ended(changed, before.done())
    return EvalExit.FAILS if changed else EvalExit.HOLDS


@contextmanager
def _suites(settings: Settings, wanted: ExportFilter, options: RunOptions, folder: str) -> Iterator[tuple[Path, ...]]:
    """The suites given, else the service's conversations, as they are, in a file that goes with the folder."""
    if options.suites:
        yield options.suites
        return
    path = Path(folder, "conversations.jsonl")
    count = export_conversations(settings, wanted, path, unmasked=True)
    yield (path,) if count else ()


@contextmanager
def _knowledge(settings: Settings, *, from_service: bool) -> Iterator[Knowledge | None]:
    """What both replays retrieve from; None: each from its documents."""
    if not from_service:
        yield None
        return
    with database_url(settings) as url, copied_knowledge(url, cache_of(settings), embeddings_of(settings)) as knowledge:
        yield knowledge


def _observed(run: RunDirectory) -> Iterator[ObservedCase]:
    return (finished.observed for finished in run.finished())


class InWords:
    """Prints for people."""

    def began(self, suites: Sequence[Path]) -> None:
        """Say so if there is nothing to do."""
        if not suites:
            print("There are no conversations to compare")

    def replayed(self, done: Done) -> None:
        """The progress bar shows it."""

    def lead(self, lead: ChangedLead) -> None:
        """Print it with what changes and why."""
        print(lead.case_id)
        for change in lead.changes:
            print(f"  {change.what}: {change.before} → {change.after}")
        where = f"message {lead.message + 1}" if lead.message is not None else "between messages"
        print(f"  first at {where}")
        for why in lead.why:
            print(f"    {why}")

    def ended(self, changed: int, conversations: int) -> None:
        """Print how many."""
        print(f"{changed} of {conversations} conversations would end otherwise")


@dataclass(slots=True)
class AsJson:
    """Prints one JSON object a line: `{"conversations"}` first, `{"replayed"}` as it goes on, then each `{"lead"}`.

    A lead's `at` is when its first differing message was sent, if that is known.
    """

    _times: Mapping[str, Sequence[datetime | None]] = field(default_factory=dict)
    _replayed: int = 0

    def began(self, suites: Sequence[Path]) -> None:
        """Print how many there are."""
        self._times = {case.id: [message.at for message in case.messages] for case in read_suites(suites)}
        _print({"conversations": len(self._times)})

    def replayed(self, done: Done) -> None:
        """Print how many so far."""
        self._replayed += 1
        _print({"replayed": self._replayed})

    def lead(self, lead: ChangedLead) -> None:
        """Print it."""
        times = self._times.get(lead.case_id, ())
        at = times[lead.message] if lead.message is not None and lead.message < len(times) else None
        _print({"lead": asdict(lead), "at": at.isoformat() if at else None})

    def ended(self, changed: int, conversations: int) -> None:
        """Print how many."""
        _print({"changed": changed})


def _print(said: Mapping[str, object]) -> None:
    print(json.dumps(said, ensure_ascii=False), flush=True)
