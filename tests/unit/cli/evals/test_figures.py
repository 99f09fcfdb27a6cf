import pytest

from evals.aggregate import Summary
from frontdesk.cli.evals.figures import print_figures


def summary(*, replays: int, failed: int, unjudged: int) -> Summary:
    return Summary(
        cases=replays,
        replays=replays,
        failed=failed,
        unjudged=unjudged,
        estimates={},
        slices={},
        apart={},
        confusions={},
        passes=(),
        latency=None,
    )


@pytest.mark.parametrize(
    ("run", "told"),
    [
        (summary(replays=3, failed=1, unjudged=0), ["2 of 3 conversations pass"]),
        (
            summary(replays=3, failed=0, unjudged=2),
            ["1 of 1 conversations pass", "2 conversations do not say what is expected of the agent"],
        ),
        (summary(replays=3, failed=0, unjudged=3), ["3 conversations do not say what is expected of the agent"]),
    ],
)
def test_that_only_what_was_judged_passes(run: Summary, told: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    print_figures(run)
    assert capsys.readouterr().err.splitlines()[1:] == told
