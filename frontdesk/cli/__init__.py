"""The `frontdesk` command. Only this layer knows all others."""

from frontdesk.cli.program import main

__all__ = ["main"]
