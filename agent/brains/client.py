"""One call of a chat-completions server, any that speaks the OpenAI wire."""

import asyncio
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

import aiohttp
import httpx2
import orjson
from openai import APIConnectionError, APIStatusError, AsyncOpenAI, DefaultAioHttpClient, OpenAIError
from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from pydantic import JsonValue

from agent.brains.completion import Completion, read_completion
from agent.brains.failure import FailureKind, ModelFailedError
from frontdesk.retry_after import retry_after

CONNECT_SECONDS = 5.0
"""A server that does not even accept the connection is down."""

_NO_KEY = "none"
"""The client insists on a key; servers of one's own often have none."""

_BUSY = frozenset({408, 409, 429})
_OUT_OF_CREDIT = "insufficient_quota"
"""A 429 that no waiting mends."""

_CODE = re.compile(r"[\w.-]{1,60}", re.ASCII)
"""An error's code, as opposed to a sentence that may quote the request."""

_tracer = trace.get_tracer("frontdesk.agent")


class ModelClient:
    """A connection pool to one server. No retries: they are the caller's."""

    def __init__(self, base_url: str, api_key: str | None) -> None:
        self._openai = AsyncOpenAI(
            api_key=api_key or _NO_KEY,
            base_url=base_url,
            max_retries=0,
            # aiohttp costs about two thirds of the CPU of the default transport
            http_client=DefaultAioHttpClient(),
        )
        address = urlsplit(base_url)
        self._span_attributes: dict[str, str | int] = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": "openai",
            "server.address": address.hostname or "",
            "server.port": address.port or (80 if address.scheme == "http" else 443),
        }

    async def complete(self, body: Mapping[str, JsonValue], seconds: float) -> Completion:
        """Ask for one completion within so many seconds, all told; raises ModelFailedError."""
        model = str(body["model"])
        with _tracer.start_as_current_span(
            f"chat {model}",
            kind=SpanKind.CLIENT,
            attributes={**self._span_attributes, "gen_ai.request.model": model},
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                completion = read_completion(await self._post(body, seconds))
            except ModelFailedError as error:
                _describe_failure(span, error)
                raise
            _describe(span, completion)
            return completion

    async def _post(self, body: Mapping[str, JsonValue], seconds: float) -> bytes:
        timeout = httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
        try:
            # The client's own time-outs start anew with every chunk; this one does not.
            async with asyncio.timeout(seconds):
                # Bytes both ways: the client's own models cost ten times the call.
                return await self._openai.post(
                    "/chat/completions", cast_to=bytes, content=orjson.dumps(body), options={"timeout": timeout}
                )
        except TimeoutError:
            raise ModelFailedError(FailureKind.TIMED_OUT, f"no answer within {seconds:.1f} s") from None
        except APIStatusError as error:
            raise _status_failure(error) from None
        except (APIConnectionError, httpx2.HTTPError, aiohttp.ClientError, OSError) as error:
            raise ModelFailedError(FailureKind.UNREACHABLE, _root_cause(error)) from None
        except (OpenAIError, httpx2.InvalidURL, ValueError) as error:
            raise ModelFailedError(FailureKind.REJECTED, type(error).__name__) from None

    async def close(self) -> None:
        """Close the connections; the client cannot be used afterwards."""
        await self._openai.close()


def _status_failure(error: APIStatusError) -> ModelFailedError:
    code = error.code if error.code and _CODE.fullmatch(error.code) else ""
    detail = f"HTTP {error.status_code} {code}".rstrip()
    if not _is_busy(error):
        return ModelFailedError(FailureKind.REJECTED, detail)
    wait = retry_after(error.response.headers, datetime.now(UTC))
    return ModelFailedError(FailureKind.BUSY, detail, retry_after=wait.total_seconds() if wait is not None else None)


def _root_cause(error: BaseException) -> str:
    """The name of the first error: the layers above rename a refused connection into a time-out."""
    while error.__cause__ is not None:
        error = error.__cause__
    return type(error).__name__


def _is_busy(error: APIStatusError) -> bool:
    if error.code == _OUT_OF_CREDIT or error.response.headers.get("x-should-retry") == "false":
        return False
    return error.status_code in _BUSY or error.status_code >= 500


def _describe(span: Span, completion: Completion) -> None:
    if not span.is_recording():
        return
    span.set_attribute("gen_ai.usage.input_tokens", completion.tokens.input)
    span.set_attribute("gen_ai.usage.output_tokens", completion.tokens.output)
    if completion.finish_reason:
        span.set_attribute("gen_ai.response.finish_reasons", [completion.finish_reason])
    if completion.model:
        span.set_attribute("gen_ai.response.model", completion.model)


def _describe_failure(span: Span, error: ModelFailedError) -> None:
    span.set_attribute("error.type", error.kind.name.lower())
    span.set_status(Status(StatusCode.ERROR))
    if error.tokens is not None:
        span.set_attribute("gen_ai.usage.input_tokens", error.tokens.input)
        span.set_attribute("gen_ai.usage.output_tokens", error.tokens.output)
