"""Saved conversations in, scores out."""
