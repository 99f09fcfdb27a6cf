"""The turn as a graph: recall → decide → act → (decide again | review) → end.

`act` and `review` themselves say where to go on. No checkpointer: a turn's durability is the one transaction that
commits its draft, see docs/adr/0002-a-turn-is-one-transaction.md.
"""

from langgraph.graph import START, StateGraph

from agent.context import TurnContext
from agent.nodes.act import act
from agent.nodes.decide import decide
from agent.nodes.recall import recall
from agent.nodes.review import review
from agent.state import TurnState

builder = StateGraph(TurnState, context_schema=TurnContext)
builder.add_node("recall", recall)
builder.add_node("decide", decide)
builder.add_node("act", act)
builder.add_node("review", review)
builder.add_edge(START, "recall")
builder.add_edge("recall", "decide")
builder.add_edge("decide", "act")

graph = builder.compile()
