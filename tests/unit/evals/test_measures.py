import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.measures import Counts, Kind, Measure, counts_of, metrics_of
from evals.scores import Outcome, Score, outcome_of

COUNTS = st.tuples(*[st.integers(0, 9).map(float)] * 5).map(lambda outcomes: Counts(*outcomes))


def figures(kind: Kind, counts: Counts) -> dict[str, float | None]:
    parts = {metric.name: metric.parts_of(counts) for metric in metrics_of(Measure("m", kind, ""))}
    return {name: above / below if below else None for name, (above, below) in parts.items()}


def test_that_detection_is_as_by_hand() -> None:
    # Precision 6/(6+1+2), recall 6/(6+3+2), F1 12/(12+1+3+4), accuracy (6+8)/20.
    counts = Counts(hit=6, false_alarm=1, miss=3, wrong=2, rest=8)

    assert figures(Kind.DETECTION, counts) == {
        "m.precision": pytest.approx(6 / 9),
        "m.recall": pytest.approx(6 / 11),
        "m.f1": pytest.approx(0.6),
        "m.accuracy": pytest.approx(0.7),
    }


@given(COUNTS)
def test_that_f1_is_the_harmonic_mean(counts: Counts) -> None:
    found = figures(Kind.DETECTION, counts)
    precision, recall = found["m.precision"], found["m.recall"]

    if precision and recall:
        assert found["m.f1"] == pytest.approx(2 * precision * recall / (precision + recall))


@given(COUNTS)
def test_that_a_rate_is_what_a_share_leaves(counts: Counts) -> None:
    share, rate = figures(Kind.SHARE, counts)["m"], figures(Kind.RATE, counts)["m"]

    assert (share is None) == (rate is None)
    assert share is None or rate is None or share + rate == pytest.approx(1)


def test_that_amounts_are_means() -> None:
    both = counts_of(Score("m", value=3.0)).plus(counts_of(Score("m", value=4.0)))

    assert figures(Kind.AMOUNT, both) == {"m": 3.5}


@pytest.mark.parametrize("kind", list(Kind))
def test_that_nothing_has_no_figure(kind: Kind) -> None:
    assert set(figures(kind, Counts()).values()) == {None}


def test_that_rest_alone_is_neither_precise_nor_complete() -> None:
    assert figures(Kind.DETECTION, Counts(rest=9)) == {
        "m.precision": None,
        "m.recall": None,
        "m.f1": None,
        "m.accuracy": 1.0,
    }


def test_that_half_a_hit_is_half_wrong() -> None:
    assert counts_of(Score("m", Outcome.HIT, 0.5)) == Counts(hit=0.5, wrong=0.5)


@pytest.mark.parametrize(
    ("expected", "actual", "outcome"),
    [
        (True, True, Outcome.HIT),
        (True, False, Outcome.MISS),
        (False, True, Outcome.FALSE_ALARM),
        (False, False, Outcome.REST),
    ],
)
def test_that_outcomes_are_the_four_of_a_detection(expected: bool, actual: bool, outcome: Outcome) -> None:
    assert outcome_of(expected, actual) is outcome
    assert outcome.is_right is (expected is actual)
