"""What the business has written down: ingested into passages, and found again for a question."""
