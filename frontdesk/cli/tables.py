"""Rows in the terminal: aligned for people, tab-separated for programs that read a pipe."""

import sys
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]], empty: str) -> None:
    """Print rows, or what to do if there are none."""
    if not rows:
        print(empty, file=sys.stderr)
    elif not sys.stdout.isatty():
        print("\n".join("\t".join(row) for row in rows))
    else:
        table = Table(box=box.SIMPLE_HEAD)
        for name in head:
            table.add_column(name, overflow="fold")  # an id that is cut off cannot be copied
        for row in rows:
            table.add_row(*row)
        Console().print(table, markup=False)
