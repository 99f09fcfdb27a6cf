"""`frontdesk knowledge`: searched, measured, and a gap asked, answered once, then known."""

import json
from pathlib import Path

import pytest

from tests.integration.cli.terminal import Terminal

# Every command loads the models, which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(400)

HANDBOOK = """# Handbook

## Prices

A canoe costs 20 EUR a day.

## Season

The river is closed for boats in December.

## Parking

Parking at the boathouse is free for guests.

## Children

Children under six travel free of charge.

## Hours

The rental opens at nine and closes at five.
"""


@pytest.fixture
def informed(terminal: Terminal) -> Terminal:
    """A shell whose documents are ingested."""
    (terminal.directory / "handbook.md").write_text(HANDBOOK)
    terminal.prints("ingest", "handbook.md")
    return terminal


def test_that_a_search_shows_both_legs_and_why(informed: Terminal) -> None:
    shown = informed.prints("knowledge", "search", "What does a canoe cost?", "--limit", "2")
    rows = [line.split("\t") for line in shown.splitlines() if "\t" in line]
    assert rows[0][:2] == ["1", "handbook.md#prices"]
    assert len(rows) == 2
    assert "it answers from 0.75 on" in shown
    assert "[use-multilingual-3]" in shown
    asked = ("knowledge", "search", "What does a canoe cost?", "--json")
    [found] = [json.loads(informed.prints(*asked, "--source", "handbook.md"))]
    assert found["passages"][0]["citation"] == "handbook.md#prices"
    assert found["passages"][0]["vector"]["rank"] == 1
    assert json.loads(informed.prints(*asked, "--language", "pl"))["passages"] == []
    assert "there is no source elsewhere" in informed.refuses(*asked, "--source", "elsewhere")


def test_that_judged_queries_are_measured_and_bad_lines_named(informed: Terminal) -> None:
    lines = [
        {"id": "a", "query": "What does a canoe cost?", "gold": ["handbook.md#prices"]},
        {"id": "b", "query": "When is the river closed?", "gold": ["handbook.md#season"]},
        {"id": "c", "query": "Who won the chess championship?", "gold": []},
    ]
    batch = informed.directory / "batch.jsonl"
    batch.write_text("\n".join(json.dumps(line) for line in lines))
    measured = json.loads(informed.prints("knowledge", "search", "--batch", batch, "--json"))
    assert (measured["answerable"], measured["unanswerable"]) == (2, 1)
    assert (measured["recall@1"], measured["recall@3"], measured["mrr"]) == (1.0, 1.0, 1.0)
    assert measured["wrong_answer_rate"] == 0.0
    assert [outcome["id"] for outcome in measured["queries"]] == ["a", "b", "c"]
    with batch.open("a") as appended:
        appended.write('\n{"id": 4}\n')
    done = informed.run("knowledge", "search", "--batch", batch)
    assert done.returncode == 1
    assert f"{batch}:4: `query` is missing" in done.stderr
    assert "recall@1\t1.000\t2 answerable" in done.stdout
    assert "cannot be read" in informed.refuses("knowledge", "search", "--batch", Path("nowhere.jsonl"))


def test_that_a_gap_is_asked_answered_once_and_then_known(informed: Terminal) -> None:
    question, answer = "Do you have a sauna?", "Yes, it is heated every evening."
    assert answer not in informed.prints("chat", text=f"{question}\n")
    [gap] = json.loads(informed.prints("knowledge", "gaps", "--json"))
    assert (gap["question"], gap["count"], gap["languages"]) == (question, 1, ["en"])
    assert question in informed.prints("knowledge", "gaps")
    assert question in informed.prints("knowledge", "answer", gap["id"], answer, "--valid-until", "2126-12-31")
    assert answer in informed.prints("chat", text=f"{question}\n")
    assert json.loads(informed.prints("knowledge", "gaps", "--json")) == []
    assert "has been answered" in informed.refuses("knowledge", "dismiss", gap["id"])
