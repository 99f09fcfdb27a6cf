"""Results of tau-bench and tau2-bench: conversations with a simulated customer.

Source: `EnvRunResult` of sierra-research/tau-bench (a list of task_id, reward, info, traj, trial), and `Results` of
sierra-research/tau2-bench (tasks, and simulations with messages and reward_info).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import JsonValue, ValidationError

from evals.formats.chat_messages import add_message, hands_over
from evals.formats.contract import BadRecord, Foreign, Format, FormatName, ImportOptions, Item, LeftOut
from evals.formats.json_records import Placed, each_of, json_values
from evals.formats.transcript import Transcript
from evals.formats.validation import read_as
from evals.saved import ExpectedHandoff, SavedContact


class _Action(Foreign):
    name: str


class _Task(Foreign):
    user_id: str | None = None
    actions: tuple[_Action, ...] = ()


class _Info(Foreign):
    task: _Task | None = None
    error: str | None = None


class _Result(Foreign):
    """One trial of one task of tau-bench."""

    task_id: str
    reward: float | None = None
    info: _Info = _Info()
    traj: tuple[JsonValue, ...]
    trial: int = 0


class _Criteria(Foreign):
    actions: tuple[_Action, ...] | None = None


class _Task2(Foreign):
    id: str
    evaluation_criteria: _Criteria | None = None


class _RewardInfo(Foreign):
    reward: float | None = None


class _Simulation(Foreign):
    """One trial of one task of tau2."""

    id: str | None = None
    task_id: str
    trial: int | None = None
    reward_info: _RewardInfo | None = None
    termination_reason: str | None = None
    messages: tuple[JsonValue, ...] | None = None


def _read_tau(path: Path, options: ImportOptions) -> Iterator[Item]:
    for document in json_values(path):
        if isinstance(document, BadRecord):
            yield document
            continue
        for record in each_of(document, "results"):
            result = read_as(_Result, record)
            if isinstance(result, BadRecord):
                yield result
            else:
                yield from _trial(record.place, result, options)


def _trial(place: str, result: _Result, options: ImportOptions) -> Iterator[Item]:
    if not result.traj and result.info.error:
        yield BadRecord(place, f"the run broke off before anything was said: {result.info.error}")
        return
    task = result.info.task or _Task()
    identity = f"task-{result.task_id}-trial-{result.trial}"
    contact = task.user_id or f"task-{result.task_id}"
    recorded = _Recorded(
        identity=identity,
        contact=contact,
        messages=result.traj,
        task=result.task_id,
        reward=result.reward,
        actions=task.actions,
    )
    yield from _replayed(place, recorded, options)


def _read_tau2(path: Path, options: ImportOptions) -> Iterator[Item]:
    for document in json_values(path):
        if isinstance(document, BadRecord):
            yield document
            continue
        if isinstance(document.value, dict) and "simulation_index" in document.value:
            yield LeftOut("indexes of simulations that are files of their own")
            continue
        criteria = _criteria(document.value) or _criteria_beside(path)
        for record in each_of(document, "simulations"):
            simulation = read_as(_Simulation, record)
            if isinstance(simulation, BadRecord):
                yield simulation
            else:
                yield from _simulated(record.place, simulation, criteria.get(simulation.task_id, ()), options)


def _criteria(value: JsonValue) -> dict[str, tuple[_Action, ...]]:
    """The actions that each task asks for, of the tasks that are written as we know them."""
    tasks = value.get("tasks") if isinstance(value, dict) else None
    found: dict[str, tuple[_Action, ...]] = {}
    for raw in tasks if isinstance(tasks, list) else []:
        try:
            task = _Task2.model_validate(raw)
        except ValidationError:
            continue
        found[task.id] = (task.evaluation_criteria.actions or ()) if task.evaluation_criteria else ()
    return found


def _criteria_beside(path: Path) -> dict[str, tuple[_Action, ...]]:
    """A run may be kept as a folder: its tasks in `results.json`, each simulation in a file of `simulations/`."""
    folder = path.absolute().parent
    results = folder.parent / "results.json"
    return _criteria_in(results) if folder.name == "simulations" and results.is_file() else {}


@cache
def _criteria_in(results: Path) -> dict[str, tuple[_Action, ...]]:
    """The simulations of a run all ask for the same."""
    return {
        task: actions
        for document in json_values(results)
        if isinstance(document, Placed)
        for task, actions in _criteria(document.value).items()
    }


def _simulated(
    place: str, simulation: _Simulation, actions: tuple[_Action, ...], options: ImportOptions
) -> Iterator[Item]:
    task = simulation.task_id
    reward = simulation.reward_info.reward if simulation.reward_info else None
    identity = simulation.id or f"task-{task}-trial-{simulation.trial or 0}"
    recorded = _Recorded(
        identity=identity,
        contact=f"task-{task}",
        messages=simulation.messages or (),
        task=task,
        reward=reward,
        actions=actions,
        ended=simulation.termination_reason,
    )
    yield from _replayed(place, recorded, options)


@dataclass(frozen=True, slots=True)
class _Recorded:
    """A trial, whichever benchmark it is from. `actions` are those that the task asks for."""

    identity: str
    contact: str
    messages: tuple[JsonValue, ...]
    task: str
    reward: float | None
    actions: tuple[_Action, ...]
    ended: str | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        reward = [] if self.reward is None else [f"reward:{self.reward:g}"]
        return (f"task:{self.task}", *reward, *([f"ended:{self.ended}"] if self.ended else []))


def _replayed(place: str, recorded: _Recorded, options: ImportOptions) -> Iterator[Item]:
    transcript = Transcript(options)
    for index, raw in enumerate(recorded.messages):
        problem = add_message(raw, transcript)
        if problem is not None:
            yield BadRecord(f"{place}: messages[{index}]", problem)
            return
    _judge_handoff(transcript, recorded)
    yield from transcript.items(recorded.identity, SavedContact(id=recorded.contact), tags=recorded.tags)


def _judge_handoff(transcript: Transcript, recorded: _Recorded) -> None:
    """What the recorded agent did is right only if the trial was rewarded; the task's own actions always are."""
    asked = any(hands_over(action.name) for action in recorded.actions)
    if transcript.handoff is not None and (recorded.reward is None or recorded.reward < 1):
        transcript.leave_out("hand-offs of trials that failed")
        transcript.handoff = None
    if asked and transcript.handoff is None:
        transcript.handoff = ExpectedHandoff()


def _recognises_tau(_name: str, head: str) -> bool:
    start = head.lstrip("\ufeff \t\r\n")[:1]
    return (
        start in ("[", "{")
        and '"task_id"' in head
        and ('"traj"' in head or '"reward"' in head)
        and ('"simulations"' not in head and '"evaluation_criteria"' not in head)
    )


def _recognises_tau2(_name: str, head: str) -> bool:
    if not head.lstrip("\ufeff \t\r\n").startswith("{"):
        return False
    is_run = '"simulations"' in head or ('"environment_info"' in head and '"user_info"' in head)
    return is_run or ('"task_id"' in head and '"termination_reason"' in head)


TAU_BENCH = Format(FormatName.TAU_BENCH, "tau-bench results", _recognises_tau, _read_tau)
TAU2 = Format(FormatName.TAU2, "tau2-bench results", _recognises_tau2, _read_tau2)
