"""A run's figures in the terminal."""

import sys

from evals.aggregate import Estimate, Summary
from frontdesk.cli.tables import print_table


def print_figures(summary: Summary) -> None:
    """Print every figure that was judged, with its interval."""
    rows = [_row(estimate) for estimate in summary.estimates.values()]
    print_table(("figure", "value", "95 % interval", "conversations"), rows, "Nothing was judged")
    for rate in summary.passes if len(summary.passes) > 1 else ():
        print(f"pass@{rate.k} {rate.at_least_once:.3f}, pass^{rate.k} {rate.every_time:.3f}", file=sys.stderr)
    if summary.latency is not None:
        print(f"a turn's thinking: p50 {summary.latency.p50:.1f} ms, p95 {summary.latency.p95:.1f} ms", file=sys.stderr)
    if summary.apart:
        print("figures after a divergence are kept apart; see summary.json", file=sys.stderr)
    judged = summary.replays - summary.unjudged
    if judged:
        print(f"{judged - summary.failed} of {judged} conversations pass", file=sys.stderr)
    if summary.unjudged:
        print(f"{summary.unjudged} conversations do not say what is expected of the agent", file=sys.stderr)


def _row(estimate: Estimate) -> tuple[str, str, str, str]:
    interval = estimate.interval
    shown = f"{number(interval.low)} to {number(interval.high)}" if interval is not None else ""
    return estimate.metric, number(estimate.value), shown, str(estimate.cases)


def number(value: float) -> str:
    """A figure as people read it."""
    return f"{value:.4g}"
