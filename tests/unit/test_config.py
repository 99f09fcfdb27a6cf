"""Settings from the environment."""

from pathlib import Path

import pytest

from frontdesk.config import Settings, SettingsInvalidError, load_settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("FRONTDESK_PORT", "abc", "a whole number"),
        ("FRONTDESK_PORT", "70000", "65535 or less"),
        ("FRONTDESK_MAX_BODY_BYTES", "-1", "1024 or more"),
        ("FRONTDESK_SWEEP_SECONDS", "0", "more than 0"),
        ("FRONTDESK_SWEEP_SECONDS", "soon", "a number"),
        ("FRONTDESK_LOG_FORMAT", "xml", "one of text, json"),
        ("FRONTDESK_PUBLIC_URL", "desk.example", "a web address such as https://desk.example"),
    ],
)
def test_that_a_setting_that_is_wrong_is_named_with_what_would_be_right(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, right: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalidError, match=f"^{name} is '{value}'; write {right}"):
        load_settings()


def test_that_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    monkeypatch.setenv("FRONTDESK_PORT", "")
    settings = load_settings()
    assert (settings.uses_model, settings.port) == (False, 8080)


def test_that_every_setting_is_in_the_documentation() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    text = "".join(page.read_text("utf-8") for page in pages)
    names = {str(field.validation_alias) for field in Settings.model_fields.values()}
    assert {name for name in names if f"`{name}`" not in text} == set()
