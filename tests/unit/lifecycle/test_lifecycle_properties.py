"""Any lifecycle, any history of facts, events, proposals and people: the stages stay lawful."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.evidence.types import Evidence
from frontdesk.lifecycle.evaluate import evaluate
from frontdesk.lifecycle.facts import AnswerFact, Facts
from frontdesk.lifecycle.moves import (
    Cause,
    MoveRefusedError,
    StageMove,
    manual_move,
    proposed_move,
    reachable_stages,
    rule_moves,
    start_move,
    unqualified_move,
)
from frontdesk.playbook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    EventReceived,
    FieldIs,
    IntentSeen,
    Not,
    QualifiedIs,
    SilentFor,
    StageIs,
)
from frontdesk.playbook.models import Lifecycle, LostKind, LostStage, Playbook, Stage
from frontdesk.values.types import Quantity, Value

QUOTE = Evidence(UUID(int=1), 0, 2, "so")
STAGES = ["s0", "s1", "s2", "s3"]
LOST = ["l0", "l1", "l2"]
FIELDS = ["size", "keen"]
INTENTS = ["rent", "leave"]
EVENTS = ["paid", "left"]

answers = st.one_of(
    st.builds(
        lambda low, more: ("size", Quantity(Decimal(low), Decimal(low + more))), st.integers(0, 3), st.integers(0, 2)
    ),
    st.tuples(st.just("keen"), st.booleans()),
    st.tuples(st.sampled_from(FIELDS), st.none()),
)
about_fields = st.one_of(
    st.builds(lambda name: FieldIs(field=name), st.sampled_from(FIELDS)),
    st.builds(lambda name: FieldIs(field=name, declined=True), st.sampled_from(FIELDS)),
    st.builds(lambda bound: FieldIs(field="size", at_least=bound), st.integers(0, 4)),
    st.builds(lambda keen: FieldIs(field="keen", equals=keen), st.booleans()),
    st.builds(lambda name: IntentSeen(intent=name), st.sampled_from(INTENTS)),
)
about_anything = st.one_of(
    about_fields,
    st.builds(lambda name: EventReceived(event=name), st.sampled_from(EVENTS)),
    st.builds(lambda name: StageIs(stage=name), st.sampled_from(STAGES + LOST)),
    st.builds(lambda days: SilentFor(silent_for=timedelta(days=days)), st.integers(1, 3)),
    st.builds(lambda wanted: QualifiedIs(qualified=wanted), st.booleans()),
)


def joined(leaves: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    def wider(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(parts, min_size=1, max_size=3)
        return st.one_of(
            st.builds(lambda all_: AllOf(all=all_), several),
            st.builds(lambda any_: AnyOf(any=any_), several),
            st.builds(lambda part: Not(not_=part), parts),
        )

    return st.recursive(leaves, wider, max_leaves=4)


conditions = st.none() | joined(about_anything)


@st.composite
def playbooks(draw: st.DrawFn) -> Playbook:
    stages = [Stage(name=name, enter_when=draw(conditions)) for name in STAGES[: draw(st.integers(1, 4))]]
    lost = [
        LostStage(name=name, kind=draw(st.sampled_from(LostKind)), enter_when=draw(conditions))
        for name in LOST[: draw(st.integers(0, 3))]
    ]
    barred = draw(st.none() | joined(about_fields))
    plain = Playbook.model_validate(
        {
            "business": {"name": "x"},
            "fields": [
                {"name": "size", "ask": "?", "type": "number", "disqualify_when": barred},
                {"name": "keen", "ask": "?", "type": "yes_no", "required": draw(st.booleans())},
            ],
        }
    )
    return plain.model_copy(update={"lifecycle": Lifecycle(stages=stages, lost=lost)})


@dataclass
class Contact:
    """A contact's history, kept as the service keeps it."""

    playbook: Playbook
    facts: Facts = field(default_factory=Facts)
    history: list[tuple[Facts, StageMove]] = field(default_factory=list)
    passes: list[int] = field(default_factory=list)

    def move(self, move: StageMove) -> None:
        self.history.append((self.facts, move))
        by_human = move.cause is Cause.HUMAN
        self.facts = replace(self.facts, stage=move.to_stage, stage_by_human=by_human, news=False)

    def follow_rules(self, cause: Cause = Cause.RULE) -> None:
        moves = rule_moves(self.facts, self.playbook, cause)
        self.passes.append(len(moves))
        for move in moves:
            self.move(move)

    def try_to(self, propose: Callable[[], StageMove]) -> None:
        try:
            move = propose()
        except MoveRefusedError:
            return
        self.move(move)

    def answered(self, name: str, value: Value | None) -> None:
        self.facts = replace(self.facts, answers={**self.facts.answers, name: AnswerFact(value, (QUOTE,))}, news=True)
        self.follow_rules()

    def showed(self, intent: str) -> None:
        self.facts = replace(self.facts, intents={**self.facts.intents, intent: (QUOTE,)}, news=True)
        self.follow_rules()

    def event(self, name: str) -> None:
        self.facts = replace(self.facts, events=self.facts.events | {name})
        self.follow_rules(Cause.EVENT)

    def silent(self, days: int) -> None:
        self.facts = replace(self.facts, silent_for=timedelta(days=days) if days else None)
        self.follow_rules()

    def proposed(self, stage: str) -> None:
        reachable = reachable_stages(self.facts, self.playbook)
        before = len(self.history)
        self.try_to(lambda: proposed_move(stage, "so they say", QUOTE, self.facts, self.playbook))
        assert (len(self.history) > before) == (stage in reachable)

    def called_unqualified(self) -> None:
        self.try_to(lambda: unqualified_move("so they say", QUOTE, self.facts, self.playbook))

    def moved_by_a_person(self, stage: str) -> None:
        self.try_to(lambda: manual_move(stage, "", self.facts, self.playbook))


Step = Callable[[Contact], None]
steps: st.SearchStrategy[Step] = st.one_of(
    answers.map(lambda answer: lambda contact: contact.answered(*answer)),
    st.sampled_from(INTENTS).map(lambda name: lambda contact: contact.showed(name)),
    st.sampled_from(EVENTS).map(lambda name: lambda contact: contact.event(name)),
    st.integers(0, 3).map(lambda days: lambda contact: contact.silent(days)),
    st.sampled_from(STAGES + LOST).map(lambda name: lambda contact: contact.proposed(name)),
    st.just(lambda contact: contact.called_unqualified()),
    st.sampled_from(STAGES + LOST).map(lambda name: lambda contact: contact.moved_by_a_person(name)),
)


@st.composite
def histories(draw: st.DrawFn) -> Contact:
    contact = Contact(draw(playbooks()))
    contact.move(start_move(contact.playbook))
    for step in draw(st.lists(steps, max_size=8)):
        step(contact)
    return contact


def enter_when_holds(facts: Facts, move: StageMove, playbook: Playbook) -> bool:
    stage = playbook.lifecycle.find(move.to_stage)
    assert stage is not None
    return stage.enter_when is not None and evaluate(stage.enter_when, facts, playbook).holds


def returns_from_a_lost_stage_that_no_longer_applies(facts: Facts, move: StageMove, playbook: Playbook) -> bool:
    left = playbook.lifecycle.find(move.from_stage or "")
    return (
        isinstance(left, LostStage)
        and move.to_stage == playbook.lifecycle.stages[0].name
        and left.enter_when is not None
        and evaluate(left.enter_when, facts, playbook).fails
    )


def has_one_stage_at_a_time(contact: Contact) -> None:
    stage = None
    for _, move in contact.history:
        assert move.from_stage == stage
        assert move.to_stage != stage
        stage = move.to_stage
    assert contact.facts.stage == stage


def entered_stages_only_while_their_condition_held(contact: Contact) -> None:
    for facts, move in contact.history:
        holds = enter_when_holds(facts, move, contact.playbook)
        match move.cause:
            case Cause.RULE | Cause.EVENT:
                assert holds or returns_from_a_lost_stage_that_no_longer_applies(facts, move, contact.playbook)
            case Cause.AGENT:
                stage = contact.playbook.lifecycle.find(move.to_stage)
                assert stage is not None
                assert holds or stage.enter_when is None
                assert QUOTE in move.evidence


def left_lost_stages_by_a_rule_an_event_or_a_person(contact: Contact) -> None:
    for _, move in contact.history:
        if move.from_stage in LOST:
            assert move.cause in (Cause.RULE, Cause.EVENT, Cause.HUMAN)


def left_the_last_stage_by_a_person(contact: Contact) -> None:
    first, last = contact.playbook.lifecycle.stages[0].name, contact.playbook.lifecycle.stages[-1].name
    assert first == last or all(move.cause is Cause.HUMAN for _, move in contact.history if move.from_stage == last)


def went_back_by_a_person(contact: Contact) -> None:
    position = contact.playbook.lifecycle.position
    for _, move in contact.history:
        here, there = position(move.from_stage), position(move.to_stage)
        if here is not None and there is not None and there < here:
            assert move.cause is Cause.HUMAN


def entered_each_stage_once_a_pass(contact: Contact) -> None:
    lifecycle = contact.playbook.lifecycle
    assert all(length <= len(lifecycle.stages) + len(lifecycle.lost) for length in contact.passes)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_that_any_history_of_any_lifecycle_is_lawful(contact: Contact) -> None:
    has_one_stage_at_a_time(contact)
    entered_stages_only_while_their_condition_held(contact)
    left_lost_stages_by_a_rule_an_event_or_a_person(contact)
    left_the_last_stage_by_a_person(contact)
    went_back_by_a_person(contact)
    entered_each_stage_once_a_pass(contact)
