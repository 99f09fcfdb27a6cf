"""Whether the service is well, and what it does: health, readiness, metrics."""
