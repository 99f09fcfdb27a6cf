"""`frontdesk eval` as a team uses it: run, compare, regrade, diff, and the exit codes a pipeline reads."""

import json
import signal
import time
from pathlib import Path

import pytest

from evals.run.directory import CASES, HEADER, SCORES, SUMMARY
from tests.integration.cli.terminal import Terminal
from tests.integration.evals.conftest import PLAYBOOK, EvalCommand


def case(case_id: str, *lines: str, **expect: object) -> str:
    messages = [{"role": "contact", "text": line} for line in lines]
    return json.dumps({"id": case_id, "contact": {"id": case_id}, "messages": messages, "expect": expect})


GOOD = [
    case("qualified", "Hi there", "We are 4 people", "200 euro", handoff={"team": "sales"}, unqualified=False),
    case("poor", "We are 2", "50 euro at most", unqualified=True, stage="Unqualified"),
    case("asks a person", "let me talk to a human", handoff={"by_message": 1}),
]


@pytest.fixture
def suite(command: EvalCommand) -> Path:
    path = command.directory / "suite.jsonl"
    path.write_text("\n".join(GOOD) + "\n")
    return path


def test_that_two_runs_are_equal_to_the_byte(command: EvalCommand, suite: Path) -> None:
    command.prints("run", suite, "--out", "one")
    command.prints("run", suite, "--out", "two", "--junit", "junit.xml")
    for name in (HEADER, CASES, SCORES, SUMMARY):
        assert (command.directory / "one" / name).read_bytes() == (command.directory / "two" / name).read_bytes()
    assert 'tests="3"' in (command.directory / "junit.xml").read_text()
    shown = command.prints("show", "one", "--case", "poor")
    assert "budget is below 100 EUR" in shown
    gated = command.run("compare", "one", "two", "--gate", "wrongly_unqualified <= 0")
    assert gated.exit_code == 0, gated.stdout + gated.stderr
    assert "The gate holds" in gated.stdout
    assert "the runs differ" not in gated.stderr


def test_that_a_failing_conversation_fails_the_run_and_can_be_run_alone(command: EvalCommand, suite: Path) -> None:
    wrong = case("wrong", "We are 3", "400 euro", stage="Unqualified")
    suite.write_text("\n".join([GOOD[2], wrong]) + "\n")
    failed = command.run("run", suite, "--out", "one")
    assert failed.exit_code == 1, failed.stderr
    again = command.run("run", suite, "--out", "one", "--failed-only")
    assert again.exit_code == 1, again.stderr
    assert (command.directory / "one-failed" / CASES).read_text().count("\n") == 1
    suite.write_text("\n".join([GOOD[2], case("wrong", "We are 3", "400 euro", unqualified=False)]) + "\n")
    regraded = command.run("run", suite, "--mode", "regrade", "--of", "one", "--out", "two")
    assert regraded.exit_code == 0, regraded.stdout + regraded.stderr
    assert "the runs differ in: conversations\n" in command.run("compare", "one", "two").stderr


def test_that_a_run_that_was_broken_off_goes_on(command: EvalCommand, suite: Path) -> None:
    command.prints("run", suite, "--out", "one")
    whole = (command.directory / "one" / CASES).read_bytes()
    (command.directory / "one" / CASES).write_bytes(whole[: len(whole) // 2])
    assert command.run("run", suite, "--out", "one").exit_code == 3
    command.prints("run", suite, "--out", "one", "--resume")
    assert (command.directory / "one" / CASES).read_bytes() == whole


def test_that_a_new_playbook_names_the_leads_that_it_would_send_elsewhere(command: EvalCommand, suite: Path) -> None:
    (command.directory / "new.yaml").write_text(PLAYBOOK.replace("below: 100", "below: 300"))
    told = command.run("diff", suite, "--playbook", "new.yaml")
    assert told.exit_code == 1, told.stderr
    assert "stage: Hot Lead → Unqualified" in told.stdout
    assert "first at message 3" in told.stdout
    assert "budget is below 300 EUR" in told.stdout
    assert "1 of 3 conversations would end otherwise" in told.stdout
    as_json = command.run("diff", suite, "--playbook", "new.yaml", "--json")
    began, *replayed, lead, ended = map(json.loads, as_json.stdout.splitlines())
    assert (as_json.exit_code, began, ended) == (1, {"conversations": 3}, {"changed": 1})
    assert [line["replayed"] for line in replayed] == list(range(1, 7))
    assert lead["lead"]["changes"][0] == {"what": "stage", "before": "Hot Lead", "after": "Unqualified"}
    assert lead["lead"]["message"] == 2


def test_that_a_broken_suite_is_told_before_anything_runs(command: EvalCommand, suite: Path) -> None:
    suite.write_text(GOOD[0] + '\n{"id": "x"}\n')
    broken = command.run("run", suite)
    assert broken.exit_code == 3, broken.stdout
    assert "Traceback" not in broken.stderr
    missing = command.run("run", "nowhere.jsonl")
    assert missing.exit_code == 3
    unclear = command.run("compare", "a", "b", "--gate", "beauty > 0")
    assert unclear.exit_code == 3
    no_playbook = command.run("diff", suite, "--playbook", "nowhere.yaml")
    assert (no_playbook.exit_code, "nowhere.yaml" in no_playbook.stderr) == (3, True)
    no_time = command.run("diff", "--playbook", "new.yaml", "--since", "yesterday")
    assert (no_time.exit_code, "write 30d, or a day" in no_time.stderr) == (3, True)


def test_that_ctrl_c_keeps_what_is_done_and_any_number_of_processes_comes_to_the_same(
    command: EvalCommand, terminal: Terminal
) -> None:
    many = [case(f"c{number}", f"We are {number}", stage="Hot Lead") for number in range(2, 32)]
    (command.directory / "many.jsonl").write_text("\n".join(many))
    command.run("run", "many.jsonl", "--out", "whole")
    done = command.directory / "part" / CASES
    with terminal.running("eval", "run", "many.jsonl", "--out", "part", "-j", "2") as running:
        while not (done.exists() and done.read_bytes()):
            assert running.process.poll() is None, running.output
            time.sleep(0.01)
        assert running.stop(signal.SIGINT) == 130, running.output
        assert "--resume" in running.output
        assert "Traceback" not in running.output
    kept = done.read_bytes()
    assert 0 < kept.count(b"\n") < len(many)
    command.run("run", "many.jsonl", "--out", "part", "--resume")
    assert done.read_bytes().startswith(kept)
    for name in (HEADER, CASES, SCORES, SUMMARY):
        assert (command.directory / "part" / name).read_bytes() == (command.directory / "whole" / name).read_bytes()
