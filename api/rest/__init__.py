"""The v1 API: conversations, contacts, hand-offs, outside events and webhook endpoints."""
