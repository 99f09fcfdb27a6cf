"""HTTP: webhooks in, the REST API, the web chat."""
