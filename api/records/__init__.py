"""Conversations, contacts and what is recorded of them, as the API, the pages and the terminal show it."""
