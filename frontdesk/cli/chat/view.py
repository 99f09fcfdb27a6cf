"""How a conversation looks in the terminal."""

import json
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

from pydantic import JsonValue
from rich.console import Console
from rich.text import Text

from api.records import views
from frontdesk.conversations.model import Author, Mode
from frontdesk.playbook.models import Playbook
from frontdesk.values.display import display
from frontdesk.values.json_form import ValueUnreadableError, value_from_json


@dataclass(frozen=True, slots=True)
class Progress:
    """What a message brought about."""

    conversation: views.ConversationSummary
    messages: Sequence[views.Message]
    answers: Sequence[views.Answer]
    moves: Sequence[views.StageEvent]
    turn: views.Turn | None


@dataclass(frozen=True, slots=True)
class ChatView:
    """Asks and shows."""

    console: Console
    playbook: Playbook
    with_trace: bool

    def greet(self) -> None:
        """Say whom the user is talking to."""
        if sys.stdin.isatty():
            self._note(f"You are talking to {self.playbook.business.name} as a new contact. Ctrl-D ends.")

    def ask(self) -> str | None:
        """The next message; None at the end of the input."""
        while (line := self._line()) is not None:
            if line.strip():
                return line.strip()
        return None

    def _line(self) -> str | None:
        if not sys.stdin.isatty():
            line = sys.stdin.readline()
            if line.strip():
                self._print(Text(f"You: {line.strip()}", style="bold"))
            return line or None
        with _interruptible():
            try:
                return self.console.input("\n[bold]You:[/bold] ")
            except (EOFError, KeyboardInterrupt):
                self.console.print()
                return None

    def thinking(self) -> AbstractContextManager[object]:
        """Shown while the agent works."""
        return self.console.status("") if self.console.is_terminal else nullcontext()

    def show(self, progress: Progress) -> None:
        """Print the answer and everything that was recorded with it."""
        for message in progress.messages:
            self._show_message(message)
        for answer in progress.answers:
            self._show_answer(answer, progress.conversation.language or "en")
        for move in progress.moves:
            self._note(f"stage: {move.from_stage} → {move.to_stage} ({move.reason}){_quotes(move.evidence)}")
        if progress.conversation.mode is Mode.HUMAN:
            self._note(f"a person of the team {progress.conversation.team} has the conversation; the agent is silent")
        if self.with_trace and progress.turn is not None:
            self._show_turn(progress.turn, progress.conversation.stage)

    def _show_message(self, message: views.Message) -> None:
        name = self.playbook.persona.name if message.author is Author.AGENT else message.author_name
        self._print(Text.assemble((f"{name or message.author}: ", "bold cyan"), message.text))
        for cited in message.citations:
            self._note(f"source: {cited.title} ({cited.document})")

    def _show_answer(self, answer: views.Answer, language: str) -> None:
        self._note(f"{answer.field}: {self._value(answer, language)}{_quotes(answer.evidence)}")

    def _value(self, answer: views.Answer, language: str) -> str:
        field = self.playbook.field(answer.field)
        if answer.value is None or field is None:
            return answer.status
        try:
            return display(value_from_json(answer.value, field.type), language)
        except ValueUnreadableError:
            return json.dumps(answer.value, ensure_ascii=False)

    def _show_turn(self, turn: views.Turn, stage: str | None) -> None:
        took = (turn.finished_at - turn.started_at).total_seconds() * 1000
        brain = f"{turn.brain} {turn.model}" if turn.model else turn.brain
        self._note(f"turn: {turn.outcome}, stage {stage}, {brain}, {took:.0f} ms, playbook {turn.playbook_version}")
        spent = f"{turn.tokens_in} + {turn.tokens_out} tokens, cost {turn.cost.normalize():f}"
        self._note(f"model: {turn.model_calls} calls, {spent}")
        for call in _mappings(turn.trace.get("calls")):
            self._show_call(call)
        seen, failures = turn.trace.get("passages"), turn.trace.get("failures")
        count = len(seen) if isinstance(seen, list) else 0
        self._note(f"passages: {count} seen, confidence {turn.trace.get('confidence')}")
        self._note(f"milliseconds: {_pairs(turn.trace.get('milliseconds'))}")
        if failures:
            self._note(f"failures: {json.dumps(failures, ensure_ascii=False)}")
        if replaced := turn.trace.get("replaced"):
            self._note(f"reply replaced: {replaced}")

    def _show_call(self, call: Mapping[str, JsonValue]) -> None:
        accepted = bool(call.get("accepted"))
        arguments = json.dumps(call.get("arguments"), ensure_ascii=False)
        reason = "" if accepted else f" → {call.get('reason')}"
        style = "dim green" if accepted else "red"
        self._print(Text(f"  {'✓' if accepted else '✗'} {call.get('tool')} {arguments}{reason}", style=style))

    def _note(self, text: str) -> None:
        self._print(Text(f"  {text}", style="dim"))

    def _print(self, text: Text) -> None:
        # Lines that another program reads are not broken.
        self.console.print(text, soft_wrap=not self.console.is_terminal)


def _quotes(evidence: Sequence[views.Evidence]) -> str:
    return "".join(f" “{one.quote}”" for one in evidence)


def _mappings(value: JsonValue) -> list[dict[str, JsonValue]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _pairs(value: JsonValue) -> str:
    return ", ".join(f"{name} {spent}" for name, spent in value.items()) if isinstance(value, dict) else ""


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end a blocking read, which the event loop's own handler would not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
