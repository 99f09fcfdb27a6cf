"""Commands about what the agent knows and says: init, check, ingest, chat, doctor."""

import json
from pathlib import Path

from tests.integration.cli.terminal import Terminal


def test_that_the_starter_is_a_playbook_without_mistakes(terminal: Terminal) -> None:
    terminal.prints("init", "shop")
    assert terminal.run("check", "shop/playbook.yaml").returncode == 0
    assert "already there" in terminal.refuses("init", "shop")


def test_that_each_mistake_is_a_line_with_its_place(terminal: Terminal) -> None:
    (terminal.directory / "bad.yaml").write_text("business: {name: Reed Boats, langages: [en]}\n")
    done = terminal.run("check", "bad.yaml")
    assert done.returncode == 1
    assert "bad.yaml:1: " in done.stdout
    assert "`languages`" in done.stdout


def test_that_the_schema_is_json(terminal: Terminal) -> None:
    assert json.loads(terminal.prints("check", "--schema"))["title"] == "Frontdesk playbook"


def test_that_a_service_with_a_bad_playbook_does_not_start(terminal: Terminal) -> None:
    (terminal.directory / "playbook.yaml").write_text("business: 1\n")
    assert "playbook.yaml:1: " in terminal.refuses("serve", "--port", "0")


def test_that_documents_are_ingested_once_and_failures_are_named(terminal: Terminal) -> None:
    documents = terminal.directory / "documents"
    documents.mkdir()
    (documents / "hours.md").write_text("# Hours\n\nThe boathouse is open from nine to five.\n")
    assert "1 added" in terminal.prints("ingest", "documents")
    assert "1 unchanged" in terminal.prints("ingest", "documents")
    (documents / "broken.md").write_bytes(b"\xff\xfe")
    assert f"{Path('documents') / 'broken.md'}: " in terminal.refuses("ingest", "documents")
    assert "does not exist" in terminal.refuses("ingest", "elsewhere")


def test_that_a_piped_conversation_is_answered_with_its_evidence(terminal: Terminal) -> None:
    said = terminal.prints("chat", "--trace", text="Hello there\n\nWe are 4 people\n")
    assert said.count("You: ") == 2
    assert "party_size: 4 “4" in said
    assert "✓ record_answer" in said
    assert "milliseconds: " in said
    assert "cost 0" in said


def test_that_doctor_finds_what_is_wrong(terminal: Terminal) -> None:
    terminal.prints("channels", "add", "webchat", "site")
    good = terminal.run("doctor")
    assert good.returncode == 0, good.stdout
    assert "✓ channel site (webchat): active" in good.stdout
    broken = {
        "FRONTDESK_SECRET_KEY": "another",
        "OPENAI_API_KEY": "sk-secret",
        "OPENAI_BASE_URL": "http://127.0.0.1:1/v1",
    }
    bad = terminal.run("doctor", "--playbook", "nowhere.yaml", **broken)
    assert bad.returncode == 1
    marks = {line[2:].split(":")[0] for line in bad.stdout.splitlines() if line.startswith("✗ ")}
    assert marks == {"playbook", "channel site (webchat)", "model"}
    assert "sk-secret" not in bad.stdout
