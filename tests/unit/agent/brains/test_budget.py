"""What may be spent on models."""

from decimal import Decimal

import pytest

from agent.brains.budget import BudgetSpentError, RecentSpending, check_conversation, check_day, cost_of
from agent.brains.failure import Tokens
from agent.brains.protocol import Round
from frontdesk.playbook.models import Price
from tests.fakes.views import SHOP, Conversation, with_limits


class Ledger:
    """Spending as the records say."""

    def __init__(self, total: str) -> None:
        self.total = Decimal(total)
        self.asked = 0

    async def spent_today(self) -> Decimal:
        self.asked += 1
        return self.total


@pytest.mark.parametrize(
    ("price", "cost"),
    [
        (Price(input=Decimal("0.40"), output=Decimal("1.60")), Decimal("0.00048")),
        (None, Decimal(0)),
    ],
)
def test_that_tokens_are_priced_per_million(price: Price | None, cost: Decimal) -> None:
    assert cost_of(Tokens(1000, 50), price) == cost


@pytest.mark.parametrize(
    ("conversation", "spent"),
    [
        (Conversation(playbook=with_limits(SHOP, model_calls_per_conversation=5), model_calls=4), False),
        (Conversation(playbook=with_limits(SHOP, model_calls_per_conversation=5), model_calls=5), True),
        (
            Conversation(
                playbook=with_limits(SHOP, model_calls_per_conversation=5), model_calls=4, rounds=(Round((), ()),)
            ),
            True,
        ),
        (Conversation(playbook=with_limits(SHOP, model_calls_per_conversation=0)), True),
        (Conversation(playbook=with_limits(SHOP, cost_per_conversation=Decimal(1)), cost=Decimal("0.99")), False),
        (Conversation(playbook=with_limits(SHOP, cost_per_conversation=Decimal(1)), cost=Decimal(1)), True),
        (Conversation(cost=Decimal(1000)), False),
    ],
)
def test_that_a_conversation_may_spend_up_to_its_limits(conversation: Conversation, spent: bool) -> None:
    if spent:
        with pytest.raises(BudgetSpentError, match="budget"):
            check_conversation(conversation.view())
    else:
        check_conversation(conversation.view())


@pytest.mark.parametrize(("total", "spent"), [("4.99", False), ("5", True), ("6", True)])
async def test_that_a_day_may_spend_up_to_its_limit(total: str, spent: bool) -> None:
    view = Conversation(playbook=with_limits(SHOP, cost_per_day=Decimal(5))).view()
    if spent:
        with pytest.raises(BudgetSpentError, match="day"):
            await check_day(view, Ledger(total))
    else:
        await check_day(view, Ledger(total))


async def test_that_nothing_is_looked_up_without_a_limit_of_the_day() -> None:
    ledger = Ledger("100")
    await check_day(Conversation().view(), ledger)
    assert ledger.asked == 0


async def test_that_recent_spending_is_looked_up_now_and_then_and_counts_its_own() -> None:
    now = [0.0]
    ledger = Ledger("1")
    recent = RecentSpending(ledger, lambda: now[0], seconds=5.0)
    assert await recent.spent_today() == 1
    recent.add(Decimal("0.5"))
    now[0] = 4.9
    assert (await recent.spent_today(), ledger.asked) == (Decimal("1.5"), 1)
    now[0] = 5.0
    assert (await recent.spent_today(), ledger.asked) == (Decimal(1), 2)
