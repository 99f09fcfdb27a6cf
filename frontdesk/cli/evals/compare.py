"""Compare two runs from the command line, and decide a gate."""

import sys
from pathlib import Path

from evals.compare import Comparison, Difference, compare
from evals.gate import Decision, decide, parse_gate
from evals.run.directory import RunDirectory
from evals.run.header import RunHeader, check_comparable
from frontdesk.cli.evals.exits import EvalExit
from frontdesk.cli.evals.figures import number
from frontdesk.cli.evals.junit import write_gate_junit
from frontdesk.cli.tables import print_table

_MOST_NAMED = 20
_MADE_OF = {
    "suite_hash": "conversations",
    "selection": "selection",
    "playbook_version": "playbook",
    "knowledge_version": "documents",
    "brain": "brain",
    "model": "model",
    "mode": "mode",
    "epochs": "epochs",
    "code": "code",
    "scorers": "scorers",
}
"""What a run was made of, by its name in the header."""


def compare_runs(before: Path, after: Path, gate: str | None, junit: Path | None) -> EvalExit:
    """Print what changed from one run to the other; with a gate, whether it may."""
    parsed = parse_gate(gate) if gate is not None else None
    first, second = RunDirectory(before), RunDirectory(after)
    check_comparable(first.header(), second.header())
    if differing := differing_parts(first.header(), second.header()):
        print(f"the runs differ in: {', '.join(differing)}", file=sys.stderr)
    comparison = compare(
        (scored.numbers for scored in first.scored()),
        (scored.numbers for scored in second.scored()),
        first.header().epochs,
        second.header().epochs,
    )
    print_comparison(comparison)
    if parsed is None:
        return EvalExit.HOLDS
    decision = decide(parsed, comparison)
    _print_decision(decision)
    if junit is not None:
        write_gate_junit(decision, junit)
    return EvalExit(decision.exit_code)


def differing_parts(one: RunHeader, other: RunHeader) -> list[str]:
    """What the runs were not both made of, so that a difference is not put down to the change that was meant."""
    return [words for name, words in _MADE_OF.items() if getattr(one, name) != getattr(other, name)]


def print_comparison(comparison: Comparison) -> None:
    """Print every difference with its interval, and which conversations changed sides."""
    rows = [_row(difference) for difference in comparison.differences.values()]
    head = ("figure", "before", "after", "difference", "95 % interval", "p", "detectable")
    print_table(head, rows, "The runs have nothing in common that was judged in both")
    for words, names in (
        ("fail now", comparison.regressed),
        ("pass now", comparison.improved),
        ("only in the first run", comparison.only_before),
        ("only in the second run", comparison.only_after),
    ):
        if names:
            more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
            print(f"{words}: {', '.join(names[:_MOST_NAMED])}{more}", file=sys.stderr)


def _row(difference: Difference) -> tuple[str, ...]:
    interval = difference.interval
    return (
        difference.metric,
        number(difference.before.value),
        number(difference.after.value),
        f"{difference.value:+.4g}",
        f"{interval.low:+.4g} to {interval.high:+.4g}" if interval is not None else "",
        f"{difference.p:.3f}" if difference.p is not None else "",
        number(difference.detectable),
    )


def _print_decision(decision: Decision) -> None:
    for verdict in decision.verdicts:
        print(f"{verdict.finding}: {verdict.clause}: {verdict.words}")
    print(f"The gate {_WORDS[EvalExit(decision.exit_code)]}")


_WORDS = {
    EvalExit.HOLDS: "holds",
    EvalExit.FAILS: "does not hold",
    EvalExit.UNDECIDED: "cannot be decided at this sample size",
    EvalExit.BROKEN: "cannot be applied to these runs",
}
