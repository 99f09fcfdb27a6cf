"""How often Python looks for garbage."""

import gc


def collect_rarely() -> None:
    """Look for it after some thousand objects, not some hundred.

    What is imported and loaded stays, and looking it through again and again is felt at a command's start and in
    every turn.
    """
    gc.set_threshold(20_000, 20, 50)


def leave_garbage() -> None:
    """Look for none any more: a process that ends would else look through all that it has, more than once."""
    gc.freeze()
