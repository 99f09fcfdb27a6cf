"""What the agent may do: one module for each tool, all of them listed here."""

from collections.abc import Mapping

from tools import (
    classify_intent,
    decline_answer,
    hand_off,
    mark_unqualified,
    move_stage,
    opt_out,
    record_answer,
    reply,
    schedule_follow_up,
    search_knowledge,
)
from tools.contract import AnyTool

TOOLS: Mapping[str, AnyTool] = {
    tool.name: tool
    for tool in (
        search_knowledge.TOOL,
        classify_intent.TOOL,
        record_answer.TOOL,
        decline_answer.TOOL,
        move_stage.TOOL,
        mark_unqualified.TOOL,
        hand_off.TOOL,
        schedule_follow_up.TOOL,
        opt_out.TOOL,
        reply.TOOL,
    )
}
"""By the name that a model uses, in the order in which they are shown to it."""
