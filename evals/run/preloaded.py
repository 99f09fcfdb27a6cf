"""Imported by the fork server alone: whatever is in memory by then, the replaying processes share."""

import gc

from frontdesk.garbage import collect_rarely

collect_rarely()

import evals.run.execute  # noqa: E402
from frontdesk.language.detect import load_identifier  # noqa: E402
from frontdesk.playbook.builtin_intents import builtin_intents  # noqa: E402

__all__ = ["evals"]

load_identifier()
builtin_intents()
gc.freeze()
