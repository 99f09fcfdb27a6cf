"""The texts that a model is told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.prompts import data, fingerprint
from agent.prompts.system import language_name


@given(st.recursive(st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner), max_leaves=5))
def test_that_data_is_one_line_without_tags_and_reads_back(value: object) -> None:
    written = data(value)
    assert len(written.splitlines()) == 1
    assert not set("<>") & set(written)
    assert json.loads(written) == value


@pytest.mark.parametrize(("code", "name"), [("en", "English"), ("pl", "Polish"), ("zh", "Chinese"), ("qqz", "qqz")])
def test_that_languages_are_named_in_english(code: str, name: str) -> None:
    assert language_name(code) == name


def test_that_the_fingerprint_changes_with_what_is_sent_along() -> None:
    assert len(fingerprint(b"tools")) == 12
    assert fingerprint(b"tools") == fingerprint(b"tools") != fingerprint(b"other tools")
