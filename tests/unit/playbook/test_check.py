"""Each kind of mistake is found at its line, with what would be right."""

from pathlib import Path
from textwrap import dedent

import pytest

from frontdesk.playbook.check import check_playbook, examine_content
from frontdesk.playbook.findings import Finding, Severity

PATH = Path("playbook.yaml")
BASE = """\
business: {name: Acme, currency: EUR}
fields:
  - {name: size, ask: How many people?, type: number}
  - {name: budget, ask: What can you spend?, type: money}
  - {name: kind, ask: Which kind?, type: choice, options: [{name: sea}, {name: city}]}
  - {name: ready, ask: Shall we start?, type: yes_no}
  - {name: start, ask: From which day?, type: timeframe}
  - {name: note, ask: Anything else?}
"""


def findings(text: str) -> tuple[Finding, ...]:
    return examine_content(dedent(text).encode(), PATH).findings


def the_finding(text: str) -> str:
    found = findings(text)
    assert len(found) == 1, [str(finding) for finding in found]
    return str(found[0])


SYNTAX = {
    "empty file": ("", 1, "is empty; write at least `business:"),
    "only a comment": ("# nothing\n", 1, "is empty"),
    "list at the top": ("- 1\n", 1, "not a mapping"),
    "text at the top": ("hello\n", 1, "not a mapping"),
    "tab": ("business:\n\tname: x\n", 2, "indent with spaces"),
    "duplicate key": ("business: {name: x}\nfields: []\nfields: []\n", 3, "`fields` is already on line 2; keep one"),
    "bad indentation": ("business:\n  name: x\n tone: y\n", 3, "indent it like its siblings"),
    "line too deep": (
        "business:\n  name: x\n   tone: y\n",
        3,
        "part of the value above it; indent it like its siblings",
    ),
    "no-break space": ("business:\n\u00a0\u00a0name: x\n  tone: y\n", 3, "with plain spaces"),
    "dash without a space": ("fields:\n  -name: a\n   ask: b\n", 3, "begin list items with `- `"),
    "full-width colon": ("business:\n  name\uff1ax\n  tone: y\n", 3, "end each key with a plain `: `"),
    "text after a quote": ('business:\n  name: "x" y\n', 2, "text follows the closing quote"),
    "bracket too many": ("business: {name: x}}\n", 1, "`}` closes nothing"),
    "colon in a mapping on one line": ("business:\n  {name: Acme: best}\n", 2, "put text that holds `: ` in quotes"),
    "comma in a mapping on one line": ("business: {name: Acme, best}\n", 1, "ends the text before `best`"),
    "missing comma": ("business: {name: x}\nfields: [{name: a} {name: b}]\n", 2, "no comma comes before this"),
    "colon in text": ("business:\n  name: Acme: the best\n", 2, "put text that holds `: ` in quotes"),
    "unclosed quote": ("business:\n  name: 'x\n  tone: y\n", 2, "quote opened here is not closed"),
    "unclosed bracket": ("business:\n  name: x\n  languages: [en\nfields: []\n", 3, "opened here is not closed"),
    "at sign": ("business:\n  name: @x\n", 2, "cannot begin with `@`; put the text in quotes"),
    "unknown alias": ("business: {name: *x}\n", 1, "which is nowhere above"),
    "second document": ("business: {name: x}\n---\nfields: []\n", 2, "keep one document"),
    "merge key": ("business:\n  <<: {name: x}\n", 2, "write the keys out"),
    "custom tag": ("business: {name: !secret x}\n", 1, "tag `!secret` is not supported"),
    "control character": ('business: {name: "a\\0b"}\n', 1, "control character; remove it"),
    "lone surrogate": ('business: {name: "a\\ud800b"}\n', 1, "control character"),
    "escape beyond unicode": ('business: {name: "\\U00110000"}\n', 1, "write it without"),
    "alias of itself": ("business: &a {name: x, tone: *a}\n", 1, "write the values out"),
    "long number": (f"business: {{name: {'9' * 5000}}}\n", 1, "put it in quotes"),
}


@pytest.mark.parametrize(("text", "line", "hint"), SYNTAX.values(), ids=SYNTAX)
def test_that_a_syntax_mistake_is_found_at_its_line(text: str, line: int, hint: str) -> None:
    finding = the_finding(text)
    assert finding.startswith(f"playbook.yaml:{line}: ")
    assert hint in finding


def test_that_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert "aliases or nesting make the file too large" in the_finding("\n".join(lines))


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_that_deep_nesting_is_refused(opening: str) -> None:
    assert "nested too deeply; flatten them" in the_finding(f"business: {opening * 5000}")


def test_that_a_huge_file_is_refused_without_being_parsed() -> None:
    assert "more than 300000 characters" in the_finding("#" * 300_001)


def test_that_a_file_in_another_encoding_is_refused_at_its_line() -> None:
    content = "business:\n  name: Kraków\n".encode("iso-8859-2")
    finding = examine_content(content, PATH).findings[0]
    assert (finding.line, finding.right) == (2, "save it with the encoding UTF-8")


def test_that_a_byte_order_mark_is_no_mistake() -> None:
    assert not examine_content(b"\xef\xbb\xbfbusiness: {name: x}\n", PATH).findings


def test_that_a_missing_file_and_a_folder_are_findings(tmp_path: Path) -> None:
    assert "no such file" in check_playbook(tmp_path / "none.yaml")[0].what
    assert "this is a folder" in check_playbook(tmp_path)[0].what


SHAPE = {
    "unknown key": ("filds: []", 1, "unknown key `filds`; did you mean `fields`?"),
    "unknown key inside": ("persona: {nam: x}", 1, "unknown key `nam`; did you mean `name`?"),
    "missing key": ("fields:\n  - name: a", 2, "item 1 of `fields` has no `ask`; add `ask: …`"),
    "number for text": ("persona: {name: 2024}", 1, "put it in quotes: '2024'"),
    "text for a list": ("intents: none", 1, "`intents` is `none`; write a list"),
    "nothing": ("fields:", 1, "`fields` is empty; write a list, or remove the line"),
    "not a boolean": ("persona: {discloses_ai: perhaps}", 1, "write `true` or `false`"),
    "enum": ("fields:\n  - {name: a, ask: b, type: mony}", 2, "`type` is `mony`; did you mean `money`?"),
    "enum far off": ("lifecycle: {lost: [{name: a, kind: zzzz}]}", 1, "write one of `silence`, `unqualified`"),
    "weekday": ("business: {name: x, hours: {mo: []}}", 1, "unknown key `mo`; did you mean `mon`?"),
    "hours": ("business: {name: x, hours: {mon: [9-17]}}", 1, "write for example 09:00-17:30"),
    "language": ("business: {name: x, languages: [English]}", 1, "write a language code in lower case"),
    "language key": ("intents:\n  - {name: a, examples: {EN: [x]}}", 2, "write a language code in lower case"),
    "country": ("business: {name: x, country: Poland}", 1, "write an ISO 3166 code in capitals"),
    "time zone": ("business: {name: x, timezone: Madrid}", 1, "write an IANA name"),
    "holiday": ("business: {name: x, holidays: [Christmas]}", 1, "write a date such as 2026-05-01"),
    "identifier": ("fields:\n  - {name: Group Size, ask: b}", 2, "write lower-case letters, digits and _"),
    "duration": ("limits: {quiet_window: 5}", 1, "write for example 90s, 15m, 48h or 3d"),
    "endless duration": ("limits: {quiet_window: 99999999999d}", 1, "too long a duration"),
    "bound": ("limits: {model_calls_per_turn: 99}", 1, "is too large; write 10 or less"),
    "no stage": ("lifecycle: {stages: []}", 1, "has too few items; write at least 1"),
    "no team": ("handoff: {teams: []}", 1, "needs at least one team; add one"),
    "cost": ("limits: {cost_per_day: much}", 1, "`cost_per_day` is `much`; write a number"),
    "choice without options": ("fields:\n  - {name: a, ask: b, type: choice}", 2, "list each with a `name`"),
    "options without choice": ("fields:\n  - {name: a, ask: b, options: [{name: c}]}", 2, "write `type: choice`"),
    "pattern": ("fields:\n  - {name: a, ask: b, validate: {pattern: '('}}", 2, "is not a regular expression"),
    "huge pattern": ("fields:\n  - {name: a, ask: b, validate: {pattern: 'a{9999999999}'}}", 2, "write a shorter one"),
    "condition": ("qualified_when: {intnt: x}", 1, "is not a condition; did you mean `intent`?"),
    "condition as text": ("qualified_when: always", 1, "is not a condition; write one of `all`, `any`"),
    "comparison": ("qualified_when:\n  field: a\n  at_leest: 3", 3, "unknown key `at_leest`; did you mean `at_least`?"),
    "comparison of nothing": ("qualified_when: {below: 3}", 1, "does not say which field it compares; add `field: …`"),
    "two kinds": ("qualified_when: {field: a, intent: b}", 1, "`field` and `intent` do not go together; write a cond"),
    "word for a mapping": ("lifecycle: {stages: [Lead]}", 1, "write a mapping with `name`, such as `name: Lead`"),
    "hour": ("business: {name: x, hours: {mon: [09:00-25:00]}}", 1, "25:00 is not a time of day; write 00:00 to 24:00"),
    "two comparisons": ("qualified_when: {field: a, above: 3, below: 5}", 1, "join several with `all`"),
    "deep comparison": ("qualified_when:\n  all:\n    - not:\n        field: a\n        at_leest: 3", 5, "`at_least`?"),
    "translation": ("follow_ups:\n  - after_silence: 1d\n    text:\n      en: 3", 4, "put it in quotes: '3'"),
}


@pytest.mark.parametrize(("text", "line", "hint"), SHAPE.values(), ids=SHAPE)
def test_that_a_wrong_key_or_type_is_found_at_its_line(text: str, line: int, hint: str) -> None:
    business = "" if text.startswith("business") else "business: {name: Acme}\n"
    finding = the_finding(f"{business}{text}\n")
    assert finding.startswith(f"playbook.yaml:{line + business.count(chr(10))}: ")
    assert hint in finding


def test_that_every_mistake_of_shape_is_reported_at_once() -> None:
    found = findings("business: {name: x, tne: y}\nfilds: []\npersona: {name: 3}\n")
    assert [finding.line for finding in found] == [1, 2, 3]


COMPARISONS = {
    "unknown field": ("{field: budgett, below: 5 EUR}", "unknown field `budgett`; did you mean `budget`?"),
    "unknown intent": ("{intent: wants_humann}", "unknown intent `wants_humann`; did you mean `wants_human`?"),
    "unknown stage": ("{stage: Hot Led}", "unknown stage `Hot Led`; did you mean `Hot Lead`?"),
    "order of text": ("{field: note, at_least: 3}", "`at_least` cannot compare `note`, which is text"),
    "order of choice": ("{field: kind, above: sea}", "`above` cannot compare `kind`, which is choice"),
    "option": ("{field: kind, one_of: [sea, citty]}", "`citty` is not an option of `kind`; did you mean `city`?"),
    "yes written": ("{field: ready, equals: yes}", "write `true` or `false`"),
    "currency": ("{field: budget, below: 500 EURO}", "`500 EURO` is not an amount; write for example 3000 EUR"),
    "no such currency": ("{field: budget, below: 500 XQX}", "`XQX` is not a currency"),
    "amount": ("{field: budget, at_least: a lot}", "`a lot` is not an amount"),
    "cents of yen": ("{field: budget, at_least: 10.5 JPY}", "is not an amount of JPY"),
    "number": ("{field: size, at_least: ten}", "`ten` is not a number; write for example 10"),
    "day": ("{field: start, at_least: May}", "`May` is not a day; write for example 2026-05-01"),
    "text": ("{field: note, equals: 5}", "put it in quotes: '5'"),
    "nothing listed": ("{field: note, one_of: []}", "list at least one value"),
    "contradiction": ("{all: [{field: size, above: 5}, {field: size, below: 5}]}", "this can never hold"),
}


@pytest.mark.parametrize(("condition", "hint"), COMPARISONS.values(), ids=COMPARISONS)
def test_that_a_rule_that_does_not_fit_is_found(condition: str, hint: str) -> None:
    finding = the_finding(f"{BASE}handoff:\n  rules:\n    - team: sales\n      when: {condition}\n")
    assert finding.startswith("playbook.yaml:12: ")
    assert hint in finding


FITTING = [
    "{field: size, at_least: 10}",
    "{field: budget, below: 800}",
    "{field: budget, below: 'EUR 1,500.50'}",
    "{field: budget, one_of: [5 PLN, 10 000 JPY]}",
    "{field: kind, one_of: [sea, city]}",
    "{field: ready, equals: true}",
    "{field: start, at_most: 2026-05-01}",
    "{field: note, equals: '5'}",
    "{field: note, declined: true}",
    "{intent: opt_out}",
    "{event: anything at all}",
    "{not: {stage: Customer}}",
    "{all: [{field: size, above: 5}, {field: size, at_most: 10}, {not: {field: note}}]}",
    "{any: [{all: [{field: size, above: 5}, {field: size, below: 5}]}, {event: call}]}",
    "{all: [{field: budget, at_least: 5 PLN}, {field: budget, below: 4 EUR}]}",
]


@pytest.mark.parametrize("condition", FITTING)
def test_that_a_fitting_rule_is_no_finding(condition: str) -> None:
    text = f"{BASE}handoff:\n  rules:\n    - {{team: sales, when: {condition}}}\n"
    assert findings(text) == ()


UNREACHABLE = {
    "two stages": ("{all: [{stage: A}, {stage: C}]}", "not in stage `A` and stage `C` at once"),
    "itself": ("{stage: B}", "needs itself"),
    "itself in every way": ("{all: [{stage: B}, {any: [{intent: spam}, {event: x}]}]}", "needs itself"),
    "a thing and not": ("{all: [{intent: spam}, {not: {intent: spam}}]}", "must be and must not be"),
    "de morgan": ("{not: {any: [{event: x}, {not: {event: x}}]}}", "must be and must not be"),
    "both qualified": ("{all: [{qualified: true}, {qualified: false}]}", "not qualified and disqualified at once"),
    "apart": ("{all: [{field: budget, at_least: 500}, {field: budget, below: 400 EUR}]}", "excludes"),
    "days apart": ("{all: [{field: start, above: 2026-05-01}, {field: start, at_most: 2026-05-01}]}", "excludes"),
    "two options": ("{all: [{field: kind, equals: sea}, {field: kind, one_of: [city]}]}", "excludes"),
    "declined yet known": ("{all: [{field: kind, declined: true}, {field: kind}]}", "excludes"),
    "unknown yet compared": ("{all: [{not: {field: size}}, {field: size, above: 3}]}", "needs an answer"),
}


@pytest.mark.parametrize(("condition", "hint"), UNREACHABLE.values(), ids=UNREACHABLE)
def test_that_an_unreachable_stage_is_found(condition: str, hint: str) -> None:
    stages = f"lifecycle:\n  stages:\n    - name: A\n    - name: B\n      enter_when: {condition}\n    - name: C\n"
    finding = the_finding(BASE + stages)
    assert finding.startswith("playbook.yaml:13: stage `B` can never be entered: ")
    assert hint in finding


def test_that_stages_that_wait_for_one_another_are_found() -> None:
    stages = "[{name: A}, {name: B, enter_when: {stage: C}}, {name: C, enter_when: {stage: B}}]"
    found = findings(f"{BASE}lifecycle: {{stages: {stages}}}\n")
    assert [finding.what.split("`")[1] for finding in found] == ["B", "C"]


def test_that_stages_reached_one_after_another_are_no_finding() -> None:
    stages = "[{name: A}, {name: B, enter_when: {stage: A}}, {name: C, enter_when: {any: [{stage: C}, {stage: B}]}}]"
    assert findings(f"{BASE}lifecycle: {{stages: {stages}}}\n") == ()


def test_that_a_qualified_stage_without_required_fields_is_found() -> None:
    text = """\
        business: {name: x}
        lifecycle:
          stages:
            - {name: A}
            - {name: B, enter_when: {qualified: true}}
        """
    finding = the_finding(text)
    assert finding.startswith("playbook.yaml:5: ")
    assert "no lead is ever qualified" in finding


OTHERS = {
    "team": ("handoff: {rules: [{when: {event: x}, team: salez}]}", "unknown team `salez`"),
    "default team": ("handoff: {default_team: x}", "unknown team `x`; write `sales`"),
    "default rule's team": ("handoff: {teams: [{name: a}]}", "go to team `sales`, which is not among `teams`"),
    "turns of nobody": ("handoff: {teams: [{name: sales, routing: round_robin}]}", "takes turns but has no members"),
    "least open of nobody": ("handoff: {teams: [{name: sales, routing: least_open}]}", "but has no members"),
    "sticky to nobody": ("handoff: {teams: [{name: sales, sticky: true}]}", "is sticky but has no members"),
    "a member twice": (
        "handoff: {teams: [{name: sales, routing: round_robin, members: [Ada, {name: ada}]}]}",
        "team `sales` lists `ada` twice",
    ),
    "a member's unknown field": (
        "handoff: {teams: [{name: sales, routing: round_robin, members: [{name: Ada, when: {field: x}}]}]}",
        "unknown field `x`",
    ),
    "a member's hours": (
        "handoff: {teams: [{name: sales, routing: round_robin, members: [{name: Ada, hours: {mon: [9-17]}}]}]}",
        "'9-17' is not a range of hours",
    ),
    "escalation team": ("handoff: {escalate_to: bosses}", "unknown team `bosses`"),
    "reminder too early": ("handoff: {sla: 10m, remind_before: 10m}", "`remind_before` is not shorter than `sla`"),
    "two teams": ("handoff: {teams: [{name: sales}, {name: Sales}]}", "two teams are called `Sales`"),
    "two intents": ("intents: [{name: a, examples: [b]}, {name: a, examples: [c]}]", "two intents are called `a`"),
    "stage twice": ("lifecycle: {lost: [{name: New Lead}]}", "two stages are called `New Lead`"),
    "falling follow-ups": (
        "follow_ups: [{after_silence: 3d, text: a}, {after_silence: 1d, text: b}]",
        "write more than 3d, or reorder them",
    ),
    "quiet window": ("limits: {quiet_window: 10s}", "longer than `quiet_window_cap` 8s"),
    "deadline": ("limits: {turn_deadline: 0s}", "leaves no time"),
    "cost": ("limits: {cost_per_day: -1}", "is below zero"),
    "circle": ("qualified_when: {not: {qualified: false}}", "which it decides itself"),
    "unknown text": ("texts: {greetin: Hi}", "unknown text `greetin`; did you mean `greeting`?"),
    "placeholder": ("texts: {handoff_open: 'Wait {wen}'}", "`{wen}` is not filled in `handoff_open`"),
    "empty text": ("texts: {greeting: ''}", "`greeting` is empty; write the text"),
    "shared label": (
        "fields: [{name: a, ask: b, type: choice, options: [{name: sea}, {name: lake, labels: [Sea]}]}]",
        "`Sea` means both option `sea` and option `lake`",
    ),
    "own answer": ("fields: [{name: a, ask: b, ask_when: {field: a}}]", "depending on its own answer"),
    "bounds of text": ("fields: [{name: a, ask: b, validate: {min: 1}}]", "`min` cannot bound `a`, which is text"),
    "swapped bounds": ("fields: [{name: a, ask: b, type: number, validate: {min: 5, max: 1}}]", "swap them"),
    "pattern of money": ("fields: [{name: a, ask: b, type: money, validate: {pattern: x}}]", "`pattern` cannot fit"),
    "currency unit": ("fields: [{name: a, ask: b, type: money, unit: euros}]", "write an ISO 4217 code"),
}


@pytest.mark.parametrize(("text", "hint"), OTHERS.values(), ids=OTHERS)
def test_that_an_inconsistency_is_an_error(text: str, hint: str) -> None:
    found = findings(f"business: {{name: x}}\n{text}\n")
    assert [finding.severity for finding in found] == [Severity.ERROR]
    assert found[0].line == 2
    assert hint in str(found[0])


WARNINGS = {
    "intent without examples": ("intents: [{name: pricing}]", "add some messages under `examples`"),
    "example of two": ("intents: [{name: a, examples: [How?]}, {name: b, examples: ['how']}]", "also stands for"),
    "built-in example": ("intents: [{name: a, examples: [hello there!]}]", "also stands for intent `greeting`"),
    "later field": ("fields: [{name: a, ask: A?, ask_when: {field: b}}, {name: b, ask: B?}]", "move `b` above `a`"),
    "two addresses": (
        "fields: [{name: a, ask: A?, type: email}, {name: b, ask: B?, type: email}]",
        "say in `description` how they differ",
    ),
    "nearly the same": (
        "fields: [{name: a, ask: What is your budget?, type: money}, {name: b, ask: What's your budget, type: money}]",
        "asks nearly the same as `a`",
    ),
    "bare amount": (
        "fields: [{name: a, ask: b, type: money, disqualify_when: {field: a, below: 5}}]",
        "has no currency, so EUR is taken",
    ),
    "foreign amounts": (
        "fields: [{name: a, ask: b, type: money, disqualify_when: {field: a, below: 5 GBP}}]",
        "write `unit: GBP` for `a`, or compare with EUR",
    ),
    "idle unit": ("fields: [{name: a, ask: b, type: email, unit: EUR}]", "units belong to number and money"),
}


@pytest.mark.parametrize(("text", "hint"), WARNINGS.values(), ids=WARNINGS)
def test_that_a_doubtful_thing_is_a_warning(text: str, hint: str) -> None:
    found = findings(f"business: {{name: x}}\n{text}\n")
    assert [finding.severity for finding in found] == [Severity.WARNING]
    assert hint in str(found[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is your budget?", "what is your  BUDGET"),
        ("{en: Your budget?, es: ¿Su presupuesto?}", "{en: What can you spend?, es: Su presupuesto}"),
        ("您的预算是多少？", "您的预算是多少"),
    ],
)
def test_that_two_fields_with_the_same_question_are_found(one: str, other: str) -> None:
    languages = "[en, es]" if one.startswith("{") else "[en]"
    text = f"business: {{name: x, languages: {languages}}}\nfields:\n  - {{name: a, ask: {one}}}\n"
    finding = the_finding(f"{text}  - {{name: b, ask: {other}}}\n")
    assert finding.startswith("playbook.yaml:4: `b` asks the same as `a`")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Which city do you fly from?", "Which city do you fly to?"),
        ("How many adults?", "How many children?"),
        ("出发日期是哪天？", "返回日期是哪天？"),
        ("Skąd ruszacie?", "Dokąd ruszacie?"),
        ("¿De dónde salen?", "¿A dónde van?"),
        ("What is your budget?", "What is your budget per person?"),
    ],
)
def test_that_two_different_questions_are_no_finding(one: str, other: str) -> None:
    assert findings(f"business: {{name: x}}\nfields: [{{name: a, ask: '{one}'}}, {{name: b, ask: '{other}'}}]\n") == ()


def test_that_missing_and_surplus_languages_are_found() -> None:
    text = """\
        business: {name: x, languages: [en, pl]}
        follow_ups:
          - after_silence: 1d
            text: {en: Hello, es: Hola}
          - after_silence: 2d
            text: Still there?
        """
    said = [str(finding) for finding in findings(text)]
    assert len(said) == 3
    assert said[0].startswith("playbook.yaml:4: `text` has no text in `pl`")
    assert said[1].startswith("playbook.yaml:4: `text` is also written in `es`")
    assert said[2].startswith("playbook.yaml:6: `text` is one text for 2 languages")


def test_that_a_language_without_ready_texts_is_a_warning() -> None:
    finding = the_finding("business: {name: x, languages: [en, de]}\n")
    assert "no ready texts in `de`" in finding


BUSINESS = {
    "overlap": ("hours: {mon: [09:00-17:00, 16:00-18:00]}", "overlap; join them into one"),
    "never open": ("hours: {mon: []}", "the business never opens"),
    "holidays nowhere": ("public_holidays: true", "add `country`"),
    "no country": ("country: XX", "`XX` is not a country"),
    "currency": ("currency: ABC", "`ABC` is not a currency"),
}


@pytest.mark.parametrize(("text", "hint"), BUSINESS.values(), ids=BUSINESS)
def test_that_odd_business_data_is_found(text: str, hint: str) -> None:
    finding = the_finding(f"business:\n  name: x\n  {text}\n")
    assert finding.startswith("playbook.yaml:3: ")
    assert hint in finding


@pytest.mark.parametrize("text", ["business: {name: no}", "business: {name: x, languages: ['no'], tone: on}"])
def test_that_no_and_on_stay_text(text: str) -> None:
    assert not [finding for finding in findings(text) if finding.severity is Severity.ERROR]


def test_that_no_means_false_where_a_boolean_belongs() -> None:
    playbook = examine_content(b"business: {name: x}\npersona: {discloses_ai: no}\n", PATH).playbook
    assert playbook is not None
    assert playbook.persona.discloses_ai is False


def test_that_findings_come_in_the_order_of_lines() -> None:
    lines = [finding.line for finding in findings(f"{BASE}texts: {{a: b}}\nqualified_when: {{field: x}}\n")]
    assert lines == sorted(lines)
    assert len(lines) == 2


TWO_TEAMS = """
business: {{name: x, currency: EUR}}
fields: [{{name: budget, ask: Budget?, type: money}}, {{name: note, ask: Note?}}]
handoff:
  teams: [{{name: sales, routing: none}}, {{name: vip, routing: none}}]
  default_team: sales
  rules:
    - {{when: {first}, team: sales}}
    - {{when: {second}, team: vip}}
"""
BUDGET = "{field: budget, at_least: 1000 EUR}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (BUDGET, BUDGET),
        (BUDGET, "{field: budget, at_least: 5000 EUR}"),
        (BUDGET, "{field: budget, above: 1000 EUR}"),
        ("{field: budget}", BUDGET),
        ("{qualified: true}", "{all: [{field: note}, {qualified: true}]}"),
        ("{any: [{intent: spam}, {qualified: true}]}", "{qualified: true}"),
    ],
)
def test_that_a_rule_which_never_chooses_the_team_is_a_warning(first: str, second: str) -> None:
    found = findings(TWO_TEAMS.format(first=first, second=second))
    assert [finding.severity for finding in found] == [Severity.WARNING]
    assert "rule 1 holds whenever this one does and comes first, so `vip` is never chosen" in str(found[0])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{field: budget, at_least: 5000 EUR}", BUDGET),
        ("{field: budget, above: 1000 EUR}", BUDGET),
        ("{field: budget, equals: 1000 EUR}", BUDGET),
        (BUDGET, "{field: budget, declined: true}"),
        ("{field: budget}", "{field: budget, declined: true}"),
        (BUDGET, "{field: note}"),
        ("{field: note}", BUDGET),
        ("{all: [{field: note}, {qualified: true}]}", "{qualified: true}"),
    ],
)
def test_that_a_rule_which_may_choose_the_team_is_no_finding(first: str, second: str) -> None:
    assert findings(TWO_TEAMS.format(first=first, second=second)) == ()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("business: {name: x, languages: en}", "write a list, such as `[en]`"),
        ("business: {name: x, hours: {mon: 09:00-17:00}}", "write a list, such as `[09:00-17:00]`"),
        ("business: {name: x}\nfields: a", "`fields` is `a`; write a list"),
    ],
)
def test_that_a_value_in_the_place_of_a_list_is_shown_as_one(text: str, hint: str) -> None:
    assert the_finding(text).endswith(hint)
