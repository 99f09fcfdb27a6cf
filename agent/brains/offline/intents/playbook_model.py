"""Which of a playbook's own intents a message shows, and whether it shows any: fitted from the playbook's examples."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.brains.offline.intents.logistic import STRENGTH, fit, probabilities
from agent.brains.offline.intents.space import Matrix

NEAREST_WEIGHT = 0.5
BACKGROUND_WEIGHT = 0.2
"""What the nearest examples and the nearest background add to the regression's score, or take away."""

_NEAREST = 2
"""The similarity to an intent is the mean over this many of its nearest examples: one odd example decides nothing."""
_NEAREST_BACKGROUND = 3
_RESEMBLES = 0.4
"""From this similarity to an example on, a background sentence is about the playbook's own business."""

_DOUBT = 0.3
"""With a lesser lead in probability over the next intent, a message is doubtful."""
_RIVALS = 3
_READ_OF_RIVAL = 10

_FOLDS = 5
_LOST = 0.04
"""Share of the in-scope messages that may be taken for out of scope."""


@dataclass(frozen=True, slots=True)
class Rival:
    """An intent that a doubtful message may show."""

    place: int
    logit: float
    examples: tuple[int, ...]
    """Where its examples nearest to the message stand among all examples."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The likeliest intent of one message."""

    place: int
    margin: float
    """How far its score lies above the threshold; below 0 the message is out of scope."""
    nearest: float
    """The similarity to the nearest example of any intent."""
    rivals: tuple[Rival, ...] = ()
    """The likeliest few, where it is doubtful which of them it is."""


@dataclass(frozen=True, slots=True)
class _Scored:
    """One row for each message."""

    logits: Matrix
    """One column for each intent."""
    similarities: Matrix
    """One column for each example."""
    score: NDArray[np.float32]

    @property
    def places(self) -> NDArray[np.intp]:
        """The likeliest intents."""
        return np.asarray(self.logits.argmax(axis=1), np.intp)


@dataclass(frozen=True, slots=True)
class _Fitted:
    coefficients: Matrix
    examples: Matrix
    rows: tuple[NDArray[np.intp], ...]
    """Which of the examples are those of each intent; every intent has one at least."""
    background: Matrix

    def rank(self, messages: Matrix) -> _Scored:
        """Return how near each message is to each intent and example, and its score."""
        logits, similarities = messages @ self.coefficients, messages @ self.examples.T
        score = logits.max(axis=1) / STRENGTH + NEAREST_WEIGHT * self._nearest(similarities)
        near = messages @ self.background.T
        if near.shape[1]:
            score = score - BACKGROUND_WEIGHT * _mean_of_most(near, _NEAREST_BACKGROUND)
        return _Scored(logits, similarities, np.asarray(score, np.float32))

    def _nearest(self, similarities: Matrix) -> NDArray[np.float32]:
        of_intents = [_mean_of_most(similarities[:, rows], _NEAREST) for rows in self.rows]
        return np.asarray(np.max(of_intents, axis=0), np.float32)


@dataclass(frozen=True, slots=True)
class PlaybookModel:
    """A fitted classifier over a playbook's intents."""

    fitted: _Fitted
    threshold: float
    stated: int
    """How many of the rows are examples; names come behind them."""

    def rank(self, messages: Matrix) -> list[Ranked]:
        """Return the likeliest intent of each message."""
        scored = self.fitted.rank(messages)
        return [
            Ranked(int(place), float(score) - self.threshold, float(near.max()), self._rivals(logits, near))
            for place, score, near, logits in zip(
                scored.places, scored.score, scored.similarities, scored.logits, strict=True
            )
        ]

    def _rivals(self, logits: NDArray[np.float32], similarities: NDArray[np.float32]) -> tuple[Rival, ...]:
        order = np.argsort(-logits)[:_RIVALS]
        likely = probabilities(logits[None])[0][order]
        if len(order) < 2 or likely[0] - likely[1] >= _DOUBT:
            return ()
        return tuple(Rival(int(place), float(logits[place]), self._read(place, similarities)) for place in order)

    def _read(self, place: np.intp, similarities: NDArray[np.float32]) -> tuple[int, ...]:
        own = self.fitted.rows[place]
        own = own[own < self.stated]
        return tuple(own[np.argsort(-similarities[own])][:_READ_OF_RIVAL].tolist())


def fit_playbook(
    examples: Matrix, labels: NDArray[np.intp], names: Matrix, name_labels: NDArray[np.intp], others: Matrix
) -> PlaybookModel:
    """Fit the intents' examples and names against `others`, sentences that show none of these intents.

    The threshold comes from scores of examples that the model had not seen.
    """
    classes = int(name_labels.max()) + 1
    background = others[(others @ examples.T).max(axis=1) < _RESEMBLES]
    unseen = np.zeros(len(examples), np.float32)
    right = np.zeros(len(examples), bool)
    for fold in _folds(labels):
        kept = np.setdiff1d(np.arange(len(examples)), fold)
        part = _fit(np.r_[examples[kept], names], np.r_[labels[kept], name_labels], classes, background)
        scored = part.rank(examples[fold])
        unseen[fold], right[fold] = scored.score, scored.places == labels[fold]
    fitted = _fit(np.r_[examples, names], np.r_[labels, name_labels], classes, background)
    judged = unseen[right] if right.any() else unseen
    return PlaybookModel(fitted, float(np.quantile(judged, _LOST)), len(examples))


def _fit(rows: Matrix, labels: NDArray[np.intp], classes: int, background: Matrix) -> _Fitted:
    own = tuple(np.flatnonzero(labels == place) for place in range(classes))
    return _Fitted(fit(rows, labels, classes), rows, own, background)


def _mean_of_most(similarities: Matrix, count: int) -> NDArray[np.float32]:
    """Return the mean over each row's largest few."""
    if similarities.shape[1] > count:
        similarities = np.partition(similarities, -count, axis=1)[:, -count:]
    return np.asarray(similarities.mean(axis=1), np.float32)


def _folds(labels: NDArray[np.intp]) -> Sequence[NDArray[np.intp]]:
    """Deal each intent's examples round over the folds."""
    order = np.argsort(labels, kind="stable")
    return [fold for fold in (order[start::_FOLDS] for start in range(_FOLDS)) if len(fold)]
