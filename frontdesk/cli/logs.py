"""Logging, set up once: one line an event, to standard error, without personal data and without secrets.

What people write is never logged on purpose; this masks what slips through in an error's own words.
"""

import logging
import re
import sys
import traceback
from typing import Literal

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

_QUIET = (
    "alembic",
    "aiohttp",
    "asyncio",
    "httpcore",
    "httpx",
    "httpx2",
    "langgraph",
    "openai",
    "procrastinate",
    "uvicorn",
)
"""Libraries that are heard from warnings on. httpx logs each address, and Telegram's hold the bot's token."""

_PATTERNS = (
    # Values that database drivers and validators quote in their messages.
    (re.compile(r"\[parameters: .*|\bDETAIL: .*|input_value=.*", re.DOTALL), "[values left out]"),
    (re.compile(r"bot\d+:[\w-]+|\bfd_[\w-]{20,}|\bwhsec_[\w+/=]+|\bsk-[\w-]{8,}|(?i:bearer) [\w.~+/=-]+"), "[secret]"),
    (re.compile(r"://[^/\s:@]+:[^/\s@]+@"), "://[secret]@"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w"), "[e-mail]"),
    (re.compile(r"(?<![\w.:-])\+?\(?\d(?:[ ().-]{0,2}\d){6,14}(?![\w:-])"), "[phone]"),
)


def masked(text: str) -> str:
    """Return the text without phone numbers, e-mail addresses, secrets and quoted values."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def set_up_logs(form: Literal["text", "json"] | str, level: int = logging.INFO) -> None:
    """Send our own events and the libraries' records to standard error, as text or as JSON lines."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.ExceptionRenderer(_exception_text),
        _mask,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer = _renderer(form)
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _renderer(form: str) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)


def _exception_text(exc_info: ExcInfo) -> str:
    return "".join(traceback.format_exception(*exc_info)).rstrip()


def _mask(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    return {key: masked(value) if isinstance(value, str) else value for key, value in event.items()}
