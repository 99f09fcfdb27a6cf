"""What a report takes from a run's folder, in a few passes that hold no more than is shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from evals.formats.contract import ConversationsUnreadableError
from evals.played import as_played
from evals.report.conversation import FAILED, Conversation, conversation, name_of, result_of, wrong_in
from evals.run.directory import Finished, RunDirectory
from evals.run.header import RunHeader, suite_file
from evals.run.records import ScoredCase
from evals.run.suites import read_suites
from evals.saved import SavedConversation


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A replay in the list of all."""

    number: int
    name: str
    result: str
    slices: tuple[str, ...]
    wrong: tuple[str, ...]
    is_shown: bool
    """Whether the whole conversation is in the report."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a big run a report holds, so that a browser can still open it."""

    failures: int = 100
    """Failing conversations that are shown in full."""
    rows: int = 5_000
    """Of the list of all conversations; those that fail come before those that do not."""


@dataclass(frozen=True, slots=True)
class Failures:
    """The failing conversations that are shown."""

    shown: tuple[Conversation, ...]
    notices: tuple[str, ...]
    """What is not as it should be with their suites."""


def case_rows(run: RunDirectory, limits: Limits) -> tuple[CaseRow, ...]:
    """The replays of a run in its order, as many as the limits allow."""
    failed: list[CaseRow] = []
    others: list[CaseRow] = []
    for number, scored in enumerate(run.scored(), start=1):
        rows = failed if scored.numbers.passed is False else others
        if len(rows) < limits.rows:
            rows.append(_row(number, scored, is_shown=rows is failed and len(failed) < limits.failures))
    kept = failed + others[: limits.rows - len(failed)]
    return tuple(sorted(kept, key=lambda row: row.number))


def _row(number: int, scored: ScoredCase, *, is_shown: bool) -> CaseRow:
    numbers = scored.numbers
    result, wrong = result_of(numbers), wrong_in(scored.scores)
    return CaseRow(
        number=number,
        name=name_of(numbers),
        result=result,
        slices=numbers.slices,
        wrong=wrong if result == FAILED else (),
        is_shown=is_shown,
    )


def failures(run: RunDirectory, limits: Limits) -> Failures:
    """The first failing replays with what was said in them."""
    found = list(islice(_failing(run), limits.failures))
    saved, notices = _saved(run.header(), {finished.observed.case_id for _, finished in found})
    shown = (conversation(number, each, _played(each, saved)) for number, each in found)
    return Failures(tuple(shown), notices)


def _played(finished: Finished, saved: Mapping[str, SavedConversation]) -> SavedConversation | None:
    case = saved.get(finished.observed.case_id)
    return as_played(case, finished.observed) if case is not None else None


def _failing(run: RunDirectory) -> Iterator[tuple[int, Finished]]:
    for number, finished in enumerate(run.finished(), start=1):
        if finished.scored.numbers.passed is False:
            yield number, finished


def _saved(header: RunHeader, wanted: set[str]) -> tuple[dict[str, SavedConversation], tuple[str, ...]]:
    """These conversations of the run's suites, which may have gone or changed since."""
    if not wanted:
        return {}, ()
    found: dict[str, SavedConversation] = {}
    try:
        for case in read_suites([Path(file.path) for file in header.suites]):
            if case.id in wanted:
                found[case.id] = case
    except ConversationsUnreadableError as error:
        return found, (f"{error}. What the contact wrote cannot be shown from there.",)
    return found, tuple(_changed(header))


def _changed(header: RunHeader) -> Iterator[str]:
    for file in header.suites:
        if suite_file(Path(file.path)).sha256 != file.sha256:
            yield f"{file.path} has changed since the run: its words may be other ones than those that were answered."
