"""Settings from the environment, read once at the entry point and passed in."""

from functools import cached_property
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from frontdesk.errors import FrontdeskError

_WEB_ADDRESS = r"^https?://[^/\s]"


class SettingsInvalidError(FrontdeskError):
    """An environment variable does not hold what it should."""

    code = "settings_invalid"


class Settings(BaseSettings):
    """Every setting, by its environment variable; none of them has to be set.

    Business decisions are not here but in the playbook; channel credentials are not here but in the
    database, encrypted with `FRONTDESK_SECRET_KEY`.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    data_dir: Path = Field(default=Path(".frontdesk"), validation_alias="FRONTDESK_DATA_DIR")
    """Where the embedded database and the generated secret key live."""
    playbook: Path = Field(default=Path("playbook.yaml"), validation_alias="FRONTDESK_PLAYBOOK")
    host: str = Field(default="127.0.0.1", validation_alias="FRONTDESK_HOST")
    port: int = Field(default=8080, ge=0, le=65535, validation_alias="FRONTDESK_PORT")
    public_url: str | None = Field(default=None, pattern=_WEB_ADDRESS, validation_alias="FRONTDESK_PUBLIC_URL")
    """How the outside reaches us; used in links and when a webhook is registered."""
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    """Any PostgreSQL ≥ 15 with pgvector ≥ 0.8; the embedded server when absent."""
    database_pool: int = Field(default=20, ge=8, le=200, validation_alias="FRONTDESK_DATABASE_POOL")
    """Connections of a process at most, half of them for messages and turns; at least 8. The job engine has 4 more."""
    worker_concurrency: int = Field(default=100, ge=1, le=2000, validation_alias="FRONTDESK_WORKER_CONCURRENCY")
    """Turns at once; turns that only wait out a quiet window count too."""
    secret_key: SecretStr | None = Field(default=None, validation_alias="FRONTDESK_SECRET_KEY")
    """Encrypts channel credentials; generated into the data directory when absent."""
    max_body_bytes: int = Field(default=3_145_728, ge=1024, validation_alias="FRONTDESK_MAX_BODY_BYTES")
    """Larger webhook bodies are refused; Meta sends up to 3 MB."""
    brain: str = Field(default="auto", pattern="^(auto|openai|offline)$", validation_alias="FRONTDESK_BRAIN")
    """`auto`: the model when `OPENAI_API_KEY` is set, else the offline brain."""
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    openai_base_url: str = Field(default="https://api.openai.com/v1", validation_alias="OPENAI_BASE_URL")
    openai_model: str = Field(default="gpt-4.1-mini", validation_alias="OPENAI_MODEL")
    openai_fallback_model: str | None = Field(default=None, validation_alias="OPENAI_FALLBACK_MODEL")
    openai_timeout: float = Field(default=15.0, gt=0, validation_alias="OPENAI_TIMEOUT")
    """Seconds that one model call may take."""
    embedding_model: str | None = Field(default=None, validation_alias="FRONTDESK_EMBEDDING_MODEL")
    """A model on an OpenAI-compatible server that embeds the passages and questions; the package's own when absent.
    When it changes, the service embeds every passage again in the background and answers by the old one until then."""
    embedding_base_url: str | None = Field(default=None, validation_alias="FRONTDESK_EMBEDDING_BASE_URL")
    """`OPENAI_BASE_URL` when absent."""
    embedding_api_key: SecretStr | None = Field(default=None, validation_alias="FRONTDESK_EMBEDDING_API_KEY")
    """`OPENAI_API_KEY` when absent and the server is the same."""
    embedding_dimensions: int | None = Field(
        default=None, ge=1, le=4000, validation_alias="FRONTDESK_EMBEDDING_DIMENSIONS"
    )
    """What the server is asked to shorten its vectors to; the model's own number when absent."""
    embedding_query_prefix: str = Field(default="", validation_alias="FRONTDESK_EMBEDDING_QUERY_PREFIX")
    """Put before each question, for models that were trained so, for example `query: `."""
    embedding_passage_prefix: str = Field(default="", validation_alias="FRONTDESK_EMBEDDING_PASSAGE_PREFIX")
    embedding_timeout: float = Field(default=15.0, gt=0, validation_alias="FRONTDESK_EMBEDDING_TIMEOUT")
    """Seconds that one call of the embedding server may take."""
    max_document_bytes: int = Field(default=64_000_000, ge=1024, validation_alias="FRONTDESK_MAX_DOCUMENT_BYTES")
    """Larger documents are not ingested."""
    max_upload_bytes: int = Field(default=128_000_000, ge=1024, validation_alias="FRONTDESK_MAX_UPLOAD_BYTES")
    """Of one upload to `POST /v1/sources`, all files together."""
    fetch_interval: float = Field(default=0.5, ge=0, validation_alias="FRONTDESK_FETCH_INTERVAL")
    """Seconds between two requests to a web site; its robots.txt may ask for more."""
    fetch_seconds: float = Field(default=30.0, gt=0, validation_alias="FRONTDESK_FETCH_SECONDS")
    """Seconds that one page may take."""
    fetch_networks: str = Field(default="", validation_alias="FRONTDESK_FETCH_NETWORKS")
    """Networks that pages may be fetched from though they are not public, such as `10.1.0.0/16, 192.168.7.3`."""
    crawl_pages: int = Field(default=20_000, ge=1, validation_alias="FRONTDESK_CRAWL_PAGES")
    """Pages of one sitemap."""
    crawl_seconds: float = Field(default=21_600.0, gt=0, validation_alias="FRONTDESK_CRAWL_SECONDS")
    """Seconds that one ingest of a sitemap may take; the next one goes on from there."""
    reconcile_seconds: float = Field(default=15.0, ge=0, validation_alias="FRONTDESK_RECONCILE_SECONDS")
    """How long a delivery of unknown outcome waits for the channel's word before it is sent again."""
    smtp_host: str | None = Field(default=None, validation_alias="FRONTDESK_SMTP_HOST")
    """The mail server that takes notifications of hand-offs; with `FRONTDESK_SMTP_FROM`."""
    smtp_port: int = Field(default=587, ge=1, le=65535, validation_alias="FRONTDESK_SMTP_PORT")
    smtp_security: str = Field(
        default="starttls", pattern="^(starttls|tls|none)$", validation_alias="FRONTDESK_SMTP_SECURITY"
    )
    """`starttls` (port 587), `tls` (port 465), or `none` for a relay on the same machine."""
    smtp_username: str | None = Field(default=None, validation_alias="FRONTDESK_SMTP_USERNAME")
    smtp_password: SecretStr | None = Field(default=None, validation_alias="FRONTDESK_SMTP_PASSWORD")
    smtp_from: str | None = Field(default=None, validation_alias="FRONTDESK_SMTP_FROM")
    """Whom notifications are from, such as `Frontdesk <frontdesk@business.example>`."""
    slack_webhook_url: SecretStr | None = Field(default=None, validation_alias="FRONTDESK_SLACK_WEBHOOK_URL")
    """A Slack-compatible incoming webhook that notifications of hand-offs are posted to."""
    oidc_issuer: str | None = Field(default=None, validation_alias="FRONTDESK_OIDC_ISSUER")
    """An OpenID provider that people may sign in to the inbox with, such as `https://accounts.google.com`."""
    oidc_client_id: str | None = Field(default=None, validation_alias="FRONTDESK_OIDC_CLIENT_ID")
    oidc_client_secret: SecretStr | None = Field(default=None, validation_alias="FRONTDESK_OIDC_CLIENT_SECRET")
    oidc_domains: str = Field(default="", validation_alias="FRONTDESK_OIDC_DOMAINS")
    """E-mail domains, such as `shop.example, shop.pl`, whose people get an account by signing in with the provider;
    without any, it lets in only those who were added."""
    oidc_role: str = Field(default="member", pattern="^(owner|manager|member)$", validation_alias="FRONTDESK_OIDC_ROLE")
    """Of people who get an account so."""
    sweep_seconds: float = Field(default=5.0, gt=0, validation_alias="FRONTDESK_SWEEP_SECONDS")
    stalled_seconds: float = Field(default=15.0, gt=0, validation_alias="FRONTDESK_STALLED_SECONDS")
    """A worker without a heartbeat for this long counts as dead."""
    log_format: str = Field(default="text", pattern="^(text|json)$", validation_alias="FRONTDESK_LOG_FORMAT")
    otlp_endpoint: str | None = Field(default=None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")

    @property
    def uses_model(self) -> bool:
        """Whether turns ask a language model first."""
        return self.brain == "openai" or (self.brain == "auto" and self.openai_api_key is not None)

    @cached_property
    def absolute_data_dir(self) -> Path:
        """The data directory, whatever the working directory becomes later."""
        return self.data_dir.expanduser().resolve()


def load_settings(**overrides: object) -> Settings:
    """Read the environment; `overrides` that are not None win. Raises SettingsInvalidError."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsInvalidError(f"{name} is {first.get('input')!r}; write {_right(first)}") from None


def _right(error: ErrorDetails) -> str:
    """What would be right instead."""
    context = error.get("ctx") or {}
    match error["type"]:
        case "string_pattern_mismatch" if context["pattern"] == _WEB_ADDRESS:
            return "a web address such as https://desk.example"
        case "string_pattern_mismatch":
            return f"one of {', '.join(str(context['pattern']).strip('^()$').split('|'))}"
        case "greater_than_equal":
            return f"{context['ge']} or more"
        case "less_than_equal":
            return f"{context['le']} or less"
        case "greater_than":
            return f"more than {context['gt']}"
        case kind:
            return "a whole number" if kind.startswith("int_") else "a number"
