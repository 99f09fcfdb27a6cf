import pytest

from bench.series import Series, percentile
from bench.stage import System


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([3.0, 1.0, 2.0], 0.5, 2.0), ([1.0, 2.0], 0.99, 2.0), ([7.0], 0.0, 7.0), (range(101), 0.99, 99)],
)
def test_that_a_percentile_is_one_of_the_values(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == expected


def test_that_a_ratio_compares_within_rounds_before_it_takes_the_middle() -> None:
    # Each round is twice the floor, though the machine slowed down from the first to the last.
    series = Series({System.OURS: [2.0, 8.0, 20.0], System.FLOOR: [1.0, 4.0, 10.0]})
    assert series.ratio(System.OURS) == 2.0
    assert series.median(System.OURS) == 8.0


def test_that_one_noisy_round_does_not_decide() -> None:
    series = Series({System.OURS: [2.0, 90.0, 2.2], System.FLOOR: [1.0, 1.0, 1.0]})
    assert series.ratio(System.OURS) == 2.2
