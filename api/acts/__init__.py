"""What people and outside systems do in a conversation, for the API and the pages alike."""
