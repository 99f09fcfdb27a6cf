"""What is particular to this installation: its clock, its address, and the key of its secrets."""

from datetime import UTC, datetime

from frontdesk.channels.secret_box import SecretBox, installation_key
from frontdesk.config import Settings


def now() -> datetime:
    """The clock of the running service."""
    return datetime.now(UTC)


def public_base(settings: Settings) -> str:
    """How the outside reaches the service, as far as the settings say."""
    return (settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")


def secret_box(settings: Settings) -> SecretBox:
    """The box for channel credentials."""
    configured = settings.secret_key.get_secret_value() if settings.secret_key else None
    return SecretBox(installation_key(settings.absolute_data_dir, configured))
