"""What decides inside a turn. Brains propose; none of them writes."""
