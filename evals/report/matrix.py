"""What was taken for what: confusions as a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from evals.aggregate import Summary
from evals.numbers import CONFUSED, Confusion
from evals.report.words import about

_NONE = "none"
_MOST_NAMES = 20
"""A wider table cannot be read; then the most frequent confusions alone are told."""
_MOST_PAIRS = 40
_SHADES = 4
_ABOUT = {CONFUSED[0]: "Stage at the end", CONFUSED[1]: "Intent of a turn"}


@dataclass(frozen=True, slots=True)
class Cell:
    """How often one thing was taken for another; `shade` from 0, never, to 4."""

    count: int
    is_right: bool
    shade: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What was expected, and what was seen in its place."""

    name: str
    cells: tuple[Cell, ...]
    recall: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows are what was expected, columns what was seen."""

    title: str
    about: str
    names: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    """Empty if there are too many names for a table."""
    precisions: tuple[str, ...]
    mistaken: tuple[tuple[str, str, int], ...]
    """Expected, seen, how often: the most frequent first."""


def matrices(summary: Summary) -> tuple[Matrix, ...]:
    """Those of stages and intents, where they were judged."""
    found = (_matrix(measure, summary) for measure in CONFUSED)
    return tuple(matrix for matrix in found if matrix is not None)


def _matrix(measure: str, summary: Summary) -> Matrix | None:
    pairs = {pair: count for pair, count in summary.confusions.items() if pair.measure == measure}
    if not pairs:
        return None
    classes = {each.name: each for each in summary.classes(measure)}
    names = (*classes, *((None,) if any(None in (pair.expected, pair.actual) for pair in pairs) else ()))
    metric = measure if measure == CONFUSED[0] else f"{measure}.f1"
    is_table = len(names) <= _MOST_NAMES
    rows = tuple(
        MatrixRow(_name(name), _cells(name, names, measure, pairs), _share(classes[name].recall if name else None))
        for name in (names if is_table else ())
    )
    precisions = tuple(_share(classes[name].precision if name else None) for name in names)
    return Matrix(
        title=_ABOUT[measure],
        about=about(metric),
        names=tuple(map(_name, names)),
        rows=rows,
        precisions=precisions,
        mistaken=_mistaken(pairs),
    )


def _cells(
    expected: str | None, names: tuple[str | None, ...], measure: str, pairs: Mapping[Confusion, int]
) -> tuple[Cell, ...]:
    counts = [pairs.get(Confusion(measure, expected, actual), 0) for actual in names]
    total = sum(counts) or 1
    return tuple(
        Cell(count, name == expected, -(-count * _SHADES // total)) for name, count in zip(names, counts, strict=True)
    )


def _mistaken(pairs: Mapping[Confusion, int]) -> tuple[tuple[str, str, int], ...]:
    wrong = [(pair, count) for pair, count in pairs.items() if pair.expected != pair.actual]
    wrong.sort(key=lambda each: -each[1])
    return tuple((_name(pair.expected), _name(pair.actual), count) for pair, count in wrong[:_MOST_PAIRS])


def _name(name: str | None) -> str:
    return name if name is not None else _NONE


def _share(value: float | None) -> str:
    return f"{100 * value:.0f} %" if value is not None else "–"
