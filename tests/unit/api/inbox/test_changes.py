from hypothesis import given
from hypothesis import strategies as st

from api.inbox.changes import LineKind, changes

LINES = st.lists(st.sampled_from(["a", "b", "- c", "+ d", "", "@@"]), max_size=12)


def test_that_changed_lines_stand_in_their_surroundings() -> None:
    before, after = "a\nb\nc\nd\ne\nf", "a\nb\nc\nD\ne\nf"
    assert [(line.kind, line.text) for line in changes(before, after)] == [
        (LineKind.GAP, "@@ -2,5 +2,5 @@"),
        (LineKind.SAME, "b"),
        (LineKind.SAME, "c"),
        (LineKind.REMOVED, "d"),
        (LineKind.ADDED, "D"),
        (LineKind.SAME, "e"),
        (LineKind.SAME, "f"),
    ]


@given(LINES, LINES)
def test_that_added_and_removed_lines_account_for_the_difference(before: list[str], after: list[str]) -> None:
    lines = changes("\n".join(before), "\n".join(after))
    grown = sum((line.kind is LineKind.ADDED) - (line.kind is LineKind.REMOVED) for line in lines)
    assert grown == len("\n".join(after).splitlines()) - len("\n".join(before).splitlines())
    assert (lines == []) is ("\n".join(before).splitlines() == "\n".join(after).splitlines())
