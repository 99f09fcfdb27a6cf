"""`frontdesk knowledge`: arguments that cannot be right."""

from typer.testing import CliRunner

from frontdesk.cli.commands.knowledge import knowledge


def test_that_what_is_not_the_id_of_a_gap_is_told_in_our_own_words() -> None:
    told = CliRunner().invoke(knowledge, ["dismiss", "first"], env={"COLUMNS": "200"})
    assert told.exit_code == 2
    assert "first is not the id of a gap; frontdesk knowledge gaps shows them" in told.stderr
