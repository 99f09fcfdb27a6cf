"""The shared ground below API, worker, agent and evals."""
