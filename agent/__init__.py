"""The agent: a graph, its brains, and the commit of what it decides."""
