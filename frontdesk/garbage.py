"""How often Python looks for garbage."""

import gc


def collect_rarely() -> None:
    """Look for it after some thousand objects, not some hundred.

    What is imported and loaded stays: looking it through again and again takes a fifth of a command's start, and a
    tenth of a turn.
    """
    gc.set_threshold(20_000, 20, 50)
