"""The three systems that are measured, each a process of its own."""
