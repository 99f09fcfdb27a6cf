"""Three-valued logic, and which evidence a joined verdict carries."""

from itertools import product
from uuid import UUID

import pytest

from frontdesk.evidence.types import Evidence
from frontdesk.lifecycle.verdict import Truth, Verdict, conjunction, disjunction, negation

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
ORDER = (FALSE, UNKNOWN, TRUE)


def said(words: str) -> Evidence:
    return Evidence(UUID(int=1), 0, len(words), words)


def verdict(truth: Truth, words: str = "") -> Verdict:
    return Verdict(truth, words or truth, (said(words),) if words else ())


@pytest.mark.parametrize(("left", "right"), list(product(Truth, Truth)))
def test_that_joining_is_kleene_logic(left: Truth, right: Truth) -> None:
    both = conjunction([verdict(left), verdict(right)]).truth
    either = disjunction([verdict(left), verdict(right)]).truth
    assert both is min(left, right, key=ORDER.index)
    assert either is max(left, right, key=ORDER.index)


@pytest.mark.parametrize(("truth", "opposite"), [(TRUE, FALSE), (FALSE, TRUE), (UNKNOWN, UNKNOWN)])
def test_that_negation_swaps_only_what_is_known(truth: Truth, opposite: Truth) -> None:
    assert negation(verdict(truth, "ten people")) == Verdict(opposite, "not (ten people)", (said("ten people"),))


@pytest.mark.parametrize(("left", "right"), list(product(Truth, Truth)))
def test_that_de_morgan_holds(left: Truth, right: Truth) -> None:
    parts = [verdict(left), verdict(right)]
    assert negation(conjunction(parts)).truth is disjunction([negation(part) for part in parts]).truth


def test_that_every_part_of_a_true_conjunction_is_proof_and_no_quote_stands_twice() -> None:
    joined = conjunction([verdict(TRUE, "a"), verdict(TRUE, "b"), verdict(TRUE, "a")])
    assert joined == Verdict(TRUE, "a and b and a", (said("a"), said("b")))


def test_that_the_first_true_part_is_the_proof_of_a_disjunction() -> None:
    assert disjunction([verdict(FALSE, "a"), verdict(TRUE, "b"), verdict(TRUE, "c")]) == verdict(TRUE, "b")


def test_that_the_first_false_part_is_the_reason_of_a_conjunction() -> None:
    assert conjunction([verdict(TRUE, "a"), verdict(UNKNOWN, "b"), verdict(FALSE, "c")]) == verdict(FALSE, "c")


def test_that_an_unknown_verdict_names_what_is_unknown() -> None:
    assert conjunction([verdict(TRUE, "a"), verdict(UNKNOWN, "b"), verdict(UNKNOWN, "c")]).because == "b and c"
    assert disjunction([verdict(FALSE, "a"), verdict(UNKNOWN, "b")]).because == "b"
