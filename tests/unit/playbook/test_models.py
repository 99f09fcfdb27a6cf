"""What the playbook's models accept beside their own words."""

import pytest
from pydantic import ValidationError

from frontdesk.playbook.models import Playbook, QualificationField
from frontdesk.values.types import FieldType


def test_that_a_date_is_a_timeframe_of_one_day() -> None:
    field = QualificationField.model_validate({"name": "start", "ask": "When?", "type": "date"})
    assert field.type is FieldType.TIMEFRAME


def test_that_a_required_field_may_not_wait_for_the_qualification_that_needs_it() -> None:
    waiting = {"name": "email", "ask": "Your e-mail?", "ask_when": {"not": {"qualified": False}}}
    with pytest.raises(ValidationError, match="make it optional"):
        Playbook.model_validate({"business": {"name": "Reed"}, "fields": [waiting]})
    optional = {**waiting, "required": False}
    assert Playbook.model_validate({"business": {"name": "Reed"}, "fields": [optional]}).fields
