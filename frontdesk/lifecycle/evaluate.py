"""Evaluate a playbook's conditions on recorded facts: pure, three-valued, with evidence."""

from frontdesk.lifecycle.compare import compare
from frontdesk.lifecycle.facts import Facts
from frontdesk.lifecycle.verdict import Truth, Verdict, conjunction, disjunction, negation
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
from frontdesk.playbook.models import Playbook, QualificationField


def evaluate(condition: Condition, facts: Facts, playbook: Playbook) -> Verdict:
    """Return whether the condition is true, false or unknown on these facts, why, and by which words."""
    match condition:
        case AllOf():
            return conjunction(evaluate(part, facts, playbook) for part in condition.all)
        case AnyOf():
            return disjunction(evaluate(part, facts, playbook) for part in condition.any)
        case Not():
            return negation(evaluate(condition.not_, facts, playbook))
        case FieldIs():
            return _field(condition, facts, playbook)
        case QualifiedIs():
            return _qualified(condition, facts, playbook)
        case IntentSeen():
            return _intent(condition.intent, facts)
        case EventReceived():
            return _known(condition.event in facts.events, f"event {condition.event} received")
        case StageIs():
            return _known(facts.stage == condition.stage, f"the stage is {condition.stage}")
        case SilentFor():
            return _silent(condition, facts)


def _known(holds: bool, because: str) -> Verdict:
    return Verdict(Truth.TRUE if holds else Truth.FALSE, because)


def _intent(name: str, facts: Facts) -> Verdict:
    evidence = facts.intents.get(name)
    if evidence is None:
        return Verdict(Truth.FALSE, f"intent {name} not seen")
    return Verdict(Truth.TRUE, f"intent {name} seen", evidence)


def _silent(condition: SilentFor, facts: Facts) -> Verdict:
    silent = facts.silent_for is not None and facts.silent_for >= condition.silent_for
    return _known(silent, f"silent for {condition.silent_for}")


def _field(condition: FieldIs, facts: Facts, playbook: Playbook) -> Verdict:
    answer = facts.answers.get(condition.field)
    if condition.declined:
        return _known(answer is not None and answer.declined, f"{condition.field} was declined")
    if answer is None or answer.value is None:
        return Verdict(Truth.UNKNOWN, f"{condition.field} is not known")
    truth, words = compare(condition, answer.value, _currency(playbook, condition.field))
    return Verdict(truth, f"{condition.field} {words}", answer.evidence)


def _currency(playbook: Playbook, field_name: str) -> str:
    field = playbook.field(field_name)
    return (field.unit if field else None) or playbook.business.currency


def _qualified(condition: QualifiedIs, facts: Facts, playbook: Playbook) -> Verdict:
    if condition.qualified:
        return qualified(facts, playbook)
    return disqualified(facts, playbook)


def disqualified(facts: Facts, playbook: Playbook) -> Verdict:
    """Whether some answer disqualifies the lead; unknown while one still could."""
    rules = [(field, field.disqualify_when) for field in playbook.fields if field.disqualify_when is not None]
    if not rules:
        return Verdict(Truth.FALSE, "no answer can disqualify")
    return disjunction(evaluate(rule, facts, playbook) for _, rule in rules)


def qualified(facts: Facts, playbook: Playbook) -> Verdict:
    """Whether the lead is qualified: the playbook's own rule, or every required field answered; none disqualifies.

    A disqualifying answer makes it false. A field that could still disqualify but was declined or is optional
    does not hold the lead up.
    """
    barred = disqualified(facts, playbook)
    if barred.holds:
        return negation(barred)
    if playbook.qualified_when is not None:
        return evaluate(playbook.qualified_when, facts, playbook)
    required = [field for field in playbook.fields if field.required and is_needed(field, facts, playbook)]
    if not required:
        return Verdict(Truth.UNKNOWN, "the playbook requires no field")
    return conjunction(_field(FieldIs(field=field.name), facts, playbook) for field in required)


def is_needed(field: QualificationField, facts: Facts, playbook: Playbook) -> bool:
    """Whether a rule has not made the field irrelevant."""
    return field.ask_when is None or not evaluate(field.ask_when, facts, playbook).fails


def missing_fields(facts: Facts, playbook: Playbook) -> tuple[QualificationField, ...]:
    """The fields worth asking now, in the playbook's order: neither answered, declined nor irrelevant.

    A field that is asked only under a condition waits until the condition is known to hold. Nothing is asked of a
    lead that is disqualified already.
    """
    if disqualified(facts, playbook).holds:
        return ()
    open_fields = [field for field in playbook.fields if field.name not in facts.answers]
    return tuple(
        field for field in open_fields if field.ask_when is None or evaluate(field.ask_when, facts, playbook).holds
    )
