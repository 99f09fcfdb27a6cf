"""The example business says the same in each of its languages."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from frontdesk.playbook.loading import load_playbook

TRAVEL = Path(__file__).parents[3] / "examples" / "travel"
DOCUMENTS = TRAVEL / "documents"
LANGUAGES = load_playbook(TRAVEL / "playbook.yaml").playbook.business.languages
NAMES = sorted(path.name for path in (DOCUMENTS / LANGUAGES[0]).glob("*.md"))


def figures(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+(?::\d+)?", text))


def test_that_each_language_has_the_same_documents() -> None:
    for language in LANGUAGES:
        assert sorted(path.name for path in (DOCUMENTS / language).iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_that_a_document_has_the_same_sections_and_figures_in_each_language(name: str) -> None:
    texts = [(DOCUMENTS / language / name).read_text("utf-8") for language in LANGUAGES]
    assert len({text.count("\n## ") for text in texts}) == 1
    assert all(figures(text) == figures(texts[0]) for text in texts)


def test_that_each_question_is_answered_in_each_language_with_the_same_figures() -> None:
    with (DOCUMENTS / "faq.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_language = {language: [row for row in rows if row["language"] == language] for language in LANGUAGES}
    assert sum(map(len, by_language.values())) == len(rows)
    for translations in zip(*by_language.values(), strict=True):
        assert len({frozenset(figures(row["answer"]).items()) for row in translations}) == 1
        assert all(row["aliases"].count("|") == 1 for row in translations)
