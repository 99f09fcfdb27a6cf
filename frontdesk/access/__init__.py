"""Who may call the API: bearer keys and their scopes."""
