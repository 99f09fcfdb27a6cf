"""Recorded answers as people read them."""

from api.records import views
from frontdesk.playbook.answers import display_answer
from frontdesk.playbook.models import Playbook
from frontdesk.values.json_form import ValueUnreadableError, value_from_json


def shown(playbook: Playbook, answer: views.PastAnswer, field: str, language: str) -> str:
    """An answer as people read it; nothing for a refusal."""
    known = playbook.field(field)
    if answer.value is None or known is None:
        return "" if answer.value is None else str(answer.value)
    try:
        return display_answer(value_from_json(answer.value, known.type), known, language)
    except ValueUnreadableError:
        return str(answer.value)
