"""The root of every error that Frontdesk raises on purpose."""


class FrontdeskError(Exception):
    """Something a person can act on: what was wrong, where, and what would be right.

    Subclasses live beside the code that raises them. `code` is a stable, machine-readable name;
    only the edge (HTTP, command line) turns an error into a status or an exit code.
    """

    code: str = "frontdesk_error"
