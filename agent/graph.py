"""The turn as a graph: recall → decide → act → (decide again | review) → end.

No checkpointer: a turn's durability is the one transaction that commits its draft, see
docs/adr/0002-a-turn-is-one-transaction.md.
"""

from langgraph.graph import END, START, StateGraph

from agent.context import TurnContext
from agent.nodes.act import act, after_act
from agent.nodes.decide import decide
from agent.nodes.recall import recall
from agent.nodes.review import after_review, review
from agent.state import TurnState

builder = StateGraph(TurnState, context_schema=TurnContext)
builder.add_node("recall", recall)
builder.add_node("decide", decide)
builder.add_node("act", act)
builder.add_node("review", review)
builder.add_edge(START, "recall")
builder.add_edge("recall", "decide")
builder.add_edge("decide", "act")
builder.add_conditional_edges("act", after_act, ["decide", "review"])
builder.add_conditional_edges("review", after_review, {"decide": "decide", "end": END})

graph = builder.compile()
