"""The playbook: one YAML file that says who the business is and how its first replies work."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from frontdesk.playbook.colours import IN_ORDER, Colour
from frontdesk.playbook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    EventReceived,
    IntentSeen,
    Not,
    QualifiedIs,
    SilentFor,
)
from frontdesk.playbook.contacts import Contacts
from frontdesk.playbook.parts import PART, Country, Currency, Day, Identifier, Language, Name
from frontdesk.playbook.scalars import Duration, LocalizedText, OpeningHours, text_in
from frontdesk.playbook.teams import Handoff
from frontdesk.values.types import FieldType


class _Part(BaseModel):
    model_config = PART


class Business(_Part):
    """Who answers: shown to the model, used for times, phone numbers and money."""

    name: Name
    description: str = ""
    languages: list[Language] = Field(default=["en"], min_length=1)
    """The first is the default; replies are written in these."""
    tone: str = "friendly, brief, concrete"
    timezone: str = "UTC"
    country: Country | None = None
    """ISO 3166 code: the region of phone numbers written without a prefix, and of public holidays."""
    currency: Currency = "EUR"
    """ISO 4217 code: the currency of amounts said without one."""
    hours: dict[Day, list[OpeningHours]] = {}
    """Opening hours per day, in the business's time zone; empty: always open."""
    holidays: list[date] = []
    public_holidays: bool = False
    """Also close on the public holidays of `country`."""

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError(f"{name!r} is not a time zone; write an IANA name such as Europe/Madrid")
        return name

    @property
    def zone(self) -> ZoneInfo:
        """The business's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def default_language(self) -> str:
        """The language for contacts whose own is not known."""
        return self.languages[0]


class Persona(_Part):
    """How the agent presents itself."""

    name: Name = "Assistant"
    discloses_ai: bool = True


class Intent(_Part):
    """Something that a contact can want."""

    name: Identifier
    description: str = ""
    examples: list[str] | dict[Language, list[str]] = []

    @property
    def all_examples(self) -> tuple[str, ...]:
        """The examples of every language."""
        if isinstance(self.examples, list):
            return tuple(self.examples)
        return tuple(example for examples in self.examples.values() for example in examples)


class Choice(_Part):
    """One option of a choice field; labels are its other names, in any language."""

    name: Identifier
    labels: list[str] | dict[Language, list[str] | str] = []

    @property
    def all_labels(self) -> tuple[str, ...]:
        """Every way to say this option, its name with spaces first."""
        labels: list[str] = [self.name.replace("_", " ")]
        groups = [self.labels] if isinstance(self.labels, list) else list(self.labels.values())
        for group in groups:
            labels.extend([group] if isinstance(group, str) else group)
        return tuple(labels)

    def label_in(self, language: str) -> str:
        """What the option is called in a language: its first label there, else its name."""
        named = self.labels.get(language) if isinstance(self.labels, dict) else None
        first = named if isinstance(named, str) else next(iter(named or ()), None)
        return first or self.name.replace("_", " ")


class Validation(_Part):
    """Bounds that an answer must keep; an answer outside is not recorded and asked again."""

    min: int | float | None = None
    max: int | float | None = None
    pattern: str | None = None

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise ValueError(f"{pattern!r} is not a regular expression; {error.msg}") from None
        except (OverflowError, RecursionError):
            raise ValueError(f"{pattern!r} is too large a regular expression; write a shorter one") from None
        return pattern


class QualificationField(_Part):
    """Something that we need to know about a lead."""

    name: Identifier
    label: LocalizedText | None = None
    """What people who take over read beside the answer; the name when absent."""
    description: str = ""
    ask: LocalizedText
    ask_again: LocalizedText | None = None
    """The same question in other words, for when the contact asked something back."""
    type: FieldType = FieldType.TEXT
    required: bool = True
    options: list[Choice] = []
    unit: str | None = None
    """For money the ISO 4217 code that applies when none is said; for numbers what is counted."""
    validate_: Validation | None = Field(default=None, alias="validate")
    ask_when: Condition | None = None
    """Ask only once this is known to be true."""
    disqualify_when: Condition | None = None

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @field_validator("type", mode="before")
    @classmethod
    def _a_date_is_a_timeframe(cls, given: object) -> object:
        return FieldType.TIMEFRAME if given == "date" else given

    @model_validator(mode="after")
    def _options_fit_type(self) -> QualificationField:
        is_choice = self.type in (FieldType.CHOICE, FieldType.MULTI_CHOICE)
        if is_choice and not self.options:
            raise ValueError("a choice needs `options`; list each with a `name`")
        if self.options and not is_choice:
            raise ValueError(f"`options` do not belong to {self.type}; write `type: choice` or `type: multi_choice`")
        return self

    def label_in(self, language: str, default_language: str) -> str:
        """The field's label as it stands at the start of a line."""
        if self.label is not None:
            return text_in(self.label, language, default_language)
        return self.name.replace("_", " ").capitalize()


class Stage(_Part):
    """A lifecycle stage; without `enter_when` only a human or a quoted proposal moves there."""

    name: Name
    description: str = ""
    colour: Colour | None = None
    """Of its mark in the inbox; without it one by the stage's place."""
    enter_when: Condition | None = None


class LostKind(StrEnum):
    """Why a lead is lost."""

    SILENCE = "silence"
    UNQUALIFIED = "unqualified"
    COMPETITOR = "competitor"
    OTHER = "other"


class LostStage(Stage):
    """A lost stage; `kind` tells the agent which one means unqualified."""

    kind: LostKind = LostKind.OTHER


class Lifecycle(_Part):
    """The stages in order, and the lost stages."""

    stages: list[Stage] = Field(
        default=[
            Stage(name="New Lead", description="Wrote to us"),
            Stage(name="Hot Lead", description="Qualified", enter_when=QualifiedIs(qualified=True)),
            Stage(name="Payment", description="Is paying", enter_when=EventReceived(event="checkout_started")),
            Stage(name="Customer", description="Has bought", enter_when=EventReceived(event="purchase")),
        ],
        min_length=1,
    )
    lost: list[LostStage] = [
        LostStage(name="Unqualified", kind=LostKind.UNQUALIFIED, enter_when=QualifiedIs(qualified=False)),
        LostStage(
            name="Lost to Competitor", kind=LostKind.COMPETITOR, enter_when=IntentSeen(intent="chose_competitor")
        ),
        LostStage(name="Cold Lead", kind=LostKind.SILENCE, enter_when=SilentFor(silent_for=timedelta(days=7))),
    ]

    @property
    def all_stages(self) -> tuple[Stage, ...]:
        """The stages in order, and after them the lost stages."""
        return (*self.stages, *self.lost)

    def find(self, name: str) -> Stage | None:
        """The stage or lost stage of that name."""
        return next((stage for stage in self.all_stages if stage.name == name), None)

    def position(self, name: str | None) -> int | None:
        """The place of a stage in the order; None for lost stages and unknown names."""
        return next((index for index, stage in enumerate(self.stages) if stage.name == name), None)

    def colour_of(self, name: str | None) -> Colour:
        """The colour of a stage's mark; grey for lost stages and unknown names that say nothing else."""
        stage, place = self.find(name) if name else None, self.position(name)
        if stage is not None and stage.colour is not None:
            return stage.colour
        return Colour.GREY if place is None else IN_ORDER[place % len(IN_ORDER)]

    def lost_of_kind(self, kind: LostKind) -> LostStage | None:
        """The first lost stage of that kind."""
        return next((stage for stage in self.lost if stage.kind is kind), None)


class FollowUp(_Part):
    """A reminder after silence."""

    after_silence: Duration
    text: LocalizedText
    template: str | None = None
    """The channel's approved template, for when free text is no longer allowed."""


class Price(_Part):
    """What a model costs, in `currency` of the limits per million tokens."""

    input: Decimal = Decimal(0)
    output: Decimal = Decimal(0)


class Limits(_Part):
    """Budgets; when one is spent the offline brain answers."""

    model_calls_per_turn: int = Field(default=3, ge=1, le=10)
    model_calls_per_conversation: int = Field(default=200, ge=0)
    cost_per_conversation: Decimal | None = None
    cost_per_day: Decimal | None = None
    prices: dict[str, Price] = {}
    """By model name; a model without a price costs nothing in these sums."""
    quiet_window: Duration = timedelta(seconds=1)
    """Wait this long after the latest message of a burst."""
    quiet_window_cap: Duration = timedelta(seconds=8)
    """Never wait longer than this after the first message of a burst."""
    turn_deadline: Duration = timedelta(seconds=25)
    """The contact has an answer by then, whatever the model does."""
    reply_length: int = Field(default=700, ge=80)
    """Longest reply, in characters."""


class Playbook(_Part):
    """Everything that a business decides about its agent."""

    business: Business
    persona: Persona = Persona()
    intents: list[Intent] = []
    fields: list[QualificationField] = []
    qualified_when: Condition | None = None
    """Default: every required field is answered and none disqualifies."""
    lifecycle: Lifecycle = Lifecycle()
    handoff: Handoff = Handoff()
    follow_ups: list[FollowUp] = []
    contacts: Contacts = Contacts()
    limits: Limits = Limits()
    texts: dict[Identifier, LocalizedText] = {}
    """The business's own wording of the agent's standing sentences; see `frontdesk.playbook.texts`."""

    def field(self, name: str) -> QualificationField | None:
        """The qualification field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def intent(self, name: str) -> Intent | None:
        """The intent of that name."""
        return next((intent for intent in self.intents if intent.name == name), None)

    @model_validator(mode="after")
    def _qualification_is_no_circle(self) -> Playbook:
        circular = (field for field in self.fields if field.required and _asks_qualified(field.ask_when))
        field = next(circular, None) if self.qualified_when is None else None
        if field is not None:
            raise ValueError(
                f"required field `{field.name}` is asked only when the lead is qualified, which needs its answer; "
                "make it optional, or say in `qualified_when` what qualifies"
            )
        return self


def _asks_qualified(condition: Condition | None) -> bool:
    """Whether a condition, or a part of it, asks for `qualified`."""
    match condition:
        case AllOf():
            return any(_asks_qualified(part) for part in condition.all)
        case AnyOf():
            return any(_asks_qualified(part) for part in condition.any)
        case Not():
            return _asks_qualified(condition.not_)
    return isinstance(condition, QualifiedIs)
