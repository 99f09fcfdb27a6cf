"""The classifier over a playbook's intents, on vectors made for the test."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brains.offline.intents.logistic import fit, probabilities
from agent.brains.offline.intents.playbook_model import PlaybookModel, fit_playbook
from agent.brains.offline.intents.space import Matrix, space_of

INTENTS, EACH, DIMENSIONS = 4, 8, 24


def rows(count: int, towards: int | None, seed: int) -> Matrix:
    noise = np.random.default_rng(seed).normal(scale=0.15, size=(count, DIMENSIONS)).astype(np.float32)
    if towards is not None:
        noise[:, towards] += 1
    return np.asarray(noise / np.linalg.norm(noise, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def model() -> PlaybookModel:
    examples = np.concatenate([rows(EACH, place, place) for place in range(INTENTS)])
    labels = np.repeat(np.arange(INTENTS, dtype=np.intp), EACH)
    names = np.concatenate([rows(1, place, 50 + place) for place in range(INTENTS)])
    return fit_playbook(examples, labels, names, np.arange(INTENTS, dtype=np.intp), rows(40, None, 99))


@pytest.mark.parametrize("place", range(INTENTS))
def test_that_new_messages_near_an_intents_examples_show_it(model: PlaybookModel, place: int) -> None:
    ranked = model.rank(rows(20, place, 200 + place))
    assert all(best.place == place for best in ranked)
    assert sum(best.margin >= 0 for best in ranked) >= 16


def test_that_messages_about_something_else_are_out_of_scope(model: PlaybookModel) -> None:
    strange = model.rank(np.concatenate([rows(30, None, 300), rows(30, INTENTS + 3, 301)]))
    assert sum(best.margin < 0 for best in strange) >= 57


def test_that_a_message_between_two_intents_is_doubtful_and_names_both(model: PlaybookModel) -> None:
    between = rows(1, 0, 400) + rows(1, 1, 401)
    [best] = model.rank(np.asarray(between / np.linalg.norm(between), np.float32))
    assert {rival.place for rival in best.rivals[:2]} == {0, 1}
    assert all(at in model.fitted.rows[rival.place] for rival in best.rivals for at in rival.examples)


def test_that_a_clear_message_has_no_rivals(model: PlaybookModel) -> None:
    assert model.rank(rows(1, 2, 500))[0].rivals == ()


def test_that_one_example_an_intent_is_enough_to_fit() -> None:
    examples = np.concatenate([rows(1, 0, 1), rows(1, 1, 2)])
    places = np.arange(2, dtype=np.intp)
    model = fit_playbook(examples, places, examples, places, rows(20, None, 3))
    assert [best.place for best in model.rank(examples)] == [0, 1]


def test_that_an_only_intent_can_be_fitted() -> None:
    examples, places = rows(5, 0, 1), np.zeros(5, np.intp)
    model = fit_playbook(examples, places, rows(1, 0, 2), np.zeros(1, np.intp), rows(20, None, 3))
    assert model.rank(examples)[0].place == 0


def test_that_a_space_takes_out_what_is_common() -> None:
    shifted = [row + 5 for row in rows(30, None, 7)]
    placed = space_of(shifted).place(shifted)
    assert np.allclose(np.linalg.norm(placed, axis=1), 1, atol=1e-5)
    assert abs(float((placed @ placed.T).mean())) < 0.1


@given(st.integers(2, 5), st.integers(0, 1000))
def test_that_probabilities_are_shares(classes: int, seed: int) -> None:
    labels = np.arange(12, dtype=np.intp) % classes
    likely = probabilities(rows(6, None, seed) @ fit(rows(12, None, seed + 1), labels, classes))
    assert np.allclose(likely.sum(axis=1), 1, atol=1e-5)
    assert (likely >= 0).all()
