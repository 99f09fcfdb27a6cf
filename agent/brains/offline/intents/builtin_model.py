"""Which of the built-in intents a message shows: nearness to their examples and the intent's own words, both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.brains.offline.intents import evidence
from agent.brains.offline.intents.logistic import fit, probabilities
from agent.brains.offline.intents.space import Matrix
from frontdesk.language.acts import asks_something
from frontdesk.language.cues import has_cue
from frontdesk.language.decisions import chose_another, pays_now
from frontdesk.language.instructions import instructs_assistant
from frontdesk.language.person import wants_human
from frontdesk.language.phrases import (
    declines_offer,
    is_acknowledgement,
    is_greeting,
    is_opt_out,
    seeks_work,
)
from frontdesk.language.unwelcome import is_abuse

_RESEMBLES = 0.5
"""From this similarity on, a playbook's example says what a built-in intent says and is no evidence against it."""

_CERTAIN: Mapping[str, Callable[[str], bool]] = {
    "wants_human": wants_human,
    "opt_out": is_opt_out,
    "greeting": is_greeting,
    "thanks": is_acknowledgement,
    "spam": is_abuse,
    "job_seeker": seeks_work,
    "not_interested": declines_offer,
    "chose_competitor": chose_another,
    "ready_to_pay": pays_now,
}
"""Words that settle the matter by themselves."""

_LEAST = {
    "wants_human": 0.38,
    "spam": 0.36,
    "opt_out": 0.6,
    "greeting": 0.6,
    "thanks": 0.6,
    "chose_competitor": 0.55,
    "not_interested": 0.5,
    "job_seeker": 0.7,
    "ready_to_pay": 0.6,
}
"""Least probability. A wrong end of the talk costs a lead: those need more."""
_LEAST_OF_OTHERS = 0.6
_SURE = 0.75
_COUNTS_AS = 64
"""Examples that an intent counts as, at least."""

_WITHOUT_CUES = frozenset({"greeting", "thanks", *evidence.WITH_SECOND})
"""Nothing hangs on the first two; for the others, the words are weighed with the rest."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The built-in intents of a text, likeliest first, and whether one of them is beyond doubt."""

    names: tuple[str, ...]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """An intent that a message may show, and the texts for and against it that the second model is to compare."""

    name: str
    texts: tuple[tuple[str, ...], tuple[str, ...]]


Leads = Mapping[str, float]
"""By intent, how much nearer the second model finds a message to its examples than to others."""


@dataclass(frozen=True, slots=True)
class BuiltinModel:
    """A fitted classifier over the built-in intents and "none of them"."""

    names: tuple[str, ...]
    coefficients: Matrix
    rows: Matrix
    """Of the examples, then of sentences that show none of these intents."""
    stated: int
    """How many of the rows are examples."""
    labels: NDArray[np.intp]
    """Each row's intent; what shows none counts as one more."""
    texts: tuple[str, ...]

    def nearest(self, messages: Matrix) -> NDArray[np.float32]:
        """Return each message's similarity to its nearest example."""
        return np.asarray((messages @ self.rows[: self.stated].T).max(axis=1), np.float32)

    def likely(self, messages: Matrix) -> list[Mapping[str, float]]:
        """Return each message's probability of each intent, by nearness alone."""
        return [
            dict(zip(self.names, row, strict=False)) for row in probabilities(messages @ self.coefficients).tolist()
        ]

    def doubts(self, text: str, message: NDArray[np.float32]) -> list[Doubt]:
        """Return the intents of which the second model should be asked."""
        likely = self.likely(message[None])[0]
        return [
            Doubt(name, self.around(self.names.index(name), message))
            for name in evidence.WITH_SECOND
            if name in likely and not _is_certain(name, text) and evidence.is_doubtful(name, text, likely[name])
        ]

    def around(self, label: int, message: NDArray[np.float32]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the texts nearest to a message, those of one intent and all others."""
        similar = self.rows @ message
        own = self.labels == label
        return self._first(similar, own), self._first(similar, ~own)

    def _first(self, similar: NDArray[np.float32], chosen: NDArray[np.bool_]) -> tuple[str, ...]:
        places = np.flatnonzero(chosen)
        return tuple(self.texts[at] for at in places[np.argsort(-similar[places])][: evidence.NEAREST])

    def shown(self, texts: Sequence[str], messages: Matrix, leads: Sequence[Leads]) -> list[Shown]:
        """Return the built-in intents that each text shows."""
        return [_shown(*each) for each in zip(texts, self.likely(messages), leads, strict=True)]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts with their vectors, one row each."""

    texts: tuple[str, ...]
    rows: Matrix


def fit_builtin(
    names: Sequence[str], examples: Labelled, labels: NDArray[np.intp], background: Labelled, own: Labelled
) -> BuiltinModel:
    """Fit against the background and `own`, a playbook's examples, but for those that say what a built-in one says."""
    differs = (own.rows @ examples.rows.T).max(axis=1) < _RESEMBLES if len(own.rows) else np.zeros(0, bool)
    others = tuple(text for text, kept in zip(own.texts, differs, strict=True) if kept)
    rows = np.r_[examples.rows, background.rows, own.rows[differs]]
    all_labels = np.r_[labels, np.full(len(rows) - len(labels), len(names), np.intp)]
    counted = np.r_[_balanced(labels, len(names)), np.ones(len(rows) - len(labels), np.float32)]
    coefficients = fit(rows, all_labels, len(names) + 1, counted)
    texts = examples.texts + background.texts + others
    return BuiltinModel(tuple(names), coefficients, rows, len(labels), all_labels, texts)


def _shown(text: str, near: Mapping[str, float], leads: Leads) -> Shown:
    likely = {name: _weighed(name, text, near[name], leads.get(name)) for name in near}
    shown = (name for name in near if _shows(name, text, likely[name]))
    names = tuple(sorted(shown, key=lambda name: (not _is_certain(name, text), -likely[name])))
    asks = any(mark in text for mark in "?？")
    return Shown(names, any(likely[name] >= _SURE or (_is_certain(name, text) and not asks) for name in names))


def _weighed(name: str, text: str, near: float, lead: float | None) -> float:
    return evidence.probability(name, text, near, lead) if name in evidence.WITH_SECOND else near


def _balanced(labels: NDArray[np.intp], intents: int) -> NDArray[np.float32]:
    """Weigh examples so that an intent with few of them is not drowned by one with many."""
    counts = np.bincount(labels, minlength=intents)[labels]
    return np.asarray(np.maximum(1, _COUNTS_AS / counts), np.float32)


def _shows(name: str, text: str, probability: float) -> bool:
    if _is_certain(name, text):
        return True
    if name in evidence.WITH_SECOND and instructs_assistant(text):
        return False
    if name == "wants_human" and asks_something(text) and not has_cue(name, text):
        return False  # who wants to know something wants an answer
    return probability >= _LEAST.get(name, _LEAST_OF_OTHERS) and _has_ground(name, text)


def _is_certain(name: str, text: str) -> bool:
    tells = _CERTAIN.get(name)
    return tells is not None and tells(text)


def _has_ground(name: str, text: str) -> bool:
    return name in _WITHOUT_CUES or has_cue(name, text)
