"""The inbox's address."""

from httpx import AsyncClient


async def test_that_the_inbox_says_how_people_work_until_its_pages_exist(client: AsyncClient) -> None:
    answer = await client.get("/inbox")
    assert answer.status_code == 200
    assert "/v1/handoffs?state=waiting" in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
