"""The service measured beside a floor and the naive way of building it; `python -m bench` writes BENCHMARKS.md."""
