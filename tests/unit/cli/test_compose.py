import pytest

from frontdesk.cli.compose import http_session

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


async def test_that_the_environments_proxy_is_used_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:3128")
    async with http_session() as http:
        assert http.trust_env


async def test_that_no_request_looks_for_a_proxy_that_is_not_there() -> None:
    async with http_session() as http:
        assert not http.trust_env
