"""Events that other systems subscribe to."""
