"""A playbook loads with a stable version, or is refused with findings and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.playbook.check import check_playbook
from frontdesk.playbook.findings import Finding
from frontdesk.playbook.loading import PlaybookInvalidError, load_playbook

EXAMPLE = Path(__file__).parents[3] / "examples" / "travel" / "playbook.yaml"
SMALL = """\
business:
  name: Acme
  languages: [en, pl]
  hours: {mon: [09:00-17:00]}
fields:
  - name: budget
    ask: &ask {en: "What is your budget?", pl: 'Jaki budżet?'}
    type: money
    disqualify_when: {field: budget, below: 300 EUR}
  - name: kind
    ask: {en: Which?, pl: Jaki?}
    type: choice
    options: [{name: sea}, {name: city, labels: {en: [town]}}]
    ask_when: {all: [{field: budget}, {not: {intent: spam}}]}
lifecycle:
  stages:
    - {name: New}
    - {name: Hot, enter_when: {qualified: true}}
follow_ups:
  - {after_silence: 1d, text: {en: Hi, pl: Hej}}
limits: {cost_per_day: 5, quiet_window: 1s}
"""
SYMBOLS = [*"\t\n[]{}'\"\\>|#@`\0", ": ", "- ", "*a", "&a ", "!x ", "!!int ", "<<: ", "? ", "---\n", "%YAML 1.1\n---\n"]
VALUES = [
    ".inf",
    ".nan",
    "1e999",
    "2026-13-45",
    "12:30:45",
    "0x",
    "0o9",
    "null",
    "true",
    "-1",
    "99999999999d",
    "\u2028",
]
KEYS = ["field: ", "all: ", "not: ", "any: [", "name: ", "one_of: ", "declined: "]
PIECES = st.sampled_from([*SYMBOLS, *VALUES, *KEYS, "9" * 4500])


def version_of(text: str, tmp_path: Path) -> str:
    path = tmp_path / "playbook.yaml"
    path.write_text(text, encoding="utf-8")
    return load_playbook(path).version


def test_that_the_example_passes_without_a_finding() -> None:
    assert check_playbook(EXAMPLE) == ()


def test_that_the_example_loads_with_its_path_and_a_short_version() -> None:
    loaded = load_playbook(EXAMPLE)
    assert loaded.path == EXAMPLE
    assert len(loaded.version) == 12
    assert int(loaded.version, 16) >= 0


@pytest.mark.parametrize(
    "same",
    [
        "# a comment\n" + SMALL,
        SMALL.replace("languages: [en, pl]", "languages:\n    - en   # default\n    - pl"),
        SMALL.replace("name: Acme", "name: 'Acme'"),
        SMALL.replace("  name: Acme\n  languages: [en, pl]\n", "  languages: [en, pl]\n  name: Acme\n"),
        SMALL.replace("after_silence: 1d", "after_silence: 24h"),
        SMALL + "persona: {discloses_ai: true}\n",
    ],
)
def test_that_the_version_depends_on_what_is_said_and_not_on_how(same: str, tmp_path: Path) -> None:
    assert same != SMALL
    assert version_of(same, tmp_path) == version_of(SMALL, tmp_path)


@pytest.mark.parametrize(
    "other",
    [
        SMALL.replace("Acme", "Acme2"),
        SMALL.replace("300 EUR", "301 EUR"),
        SMALL.replace("[en, pl]", "[pl, en]"),
        SMALL + "persona: {discloses_ai: false}\n",
    ],
)
def test_that_the_version_changes_with_what_is_said(other: str, tmp_path: Path) -> None:
    assert version_of(other, tmp_path) != version_of(SMALL, tmp_path)


def test_that_a_playbook_with_errors_is_refused_with_all_findings(tmp_path: Path) -> None:
    path = tmp_path / "playbook.yaml"
    path.write_text("business: {name: x}\nfilds: []\n", encoding="utf-8")
    with pytest.raises(PlaybookInvalidError) as refused:
        load_playbook(path)
    assert [finding.line for finding in refused.value.findings] == [2]
    assert f"{path}:2: unknown key `filds`; did you mean `fields`?" in str(refused.value)


def test_that_warnings_do_not_keep_a_playbook_from_loading(tmp_path: Path) -> None:
    text = "business: {name: x}\nintents: [{name: pricing}]\n"
    assert version_of(text, tmp_path)
    assert len(check_playbook(tmp_path / "playbook.yaml")) == 1


def test_that_a_missing_file_is_refused_like_a_wrong_one(tmp_path: Path) -> None:
    with pytest.raises(PlaybookInvalidError, match="no such file"):
        load_playbook(tmp_path / "none.yaml")


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = SMALL
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(PIECES | st.text(max_size=3)) + text[end:]
    return text


def refused_or_loaded(content: bytes, directory: Path) -> tuple[Finding, ...]:
    """Load the content, letting any other error through; the findings if it is refused."""
    path = directory / "mutated.yaml"
    path.write_bytes(content)
    try:
        load_playbook(path)
    except PlaybookInvalidError as refused:
        return refused.findings
    return ()


@settings(max_examples=150, deadline=None)
@given(content=mutated().map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=80))
def test_that_no_content_raises_anything_but_findings(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    for finding in refused_or_loaded(content, tmp_path_factory.getbasetemp()):
        assert 1 <= finding.line <= content.count(b"\n") + content.count(b"\r") + content.count(b"\xe2\x80") + 2
        assert finding.what
        assert finding.right


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_that_the_example_with_a_line_changed_raises_nothing_else(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    source, target = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[target] = data.draw(st.sampled_from([lines[source], "", lines[target] + lines[source], " " + lines[target]]))
    for finding in refused_or_loaded("\n".join(lines).encode(), tmp_path_factory.getbasetemp()):
        assert 1 <= finding.line <= len(lines)
