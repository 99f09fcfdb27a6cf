"""Days, months, quarters, seasons and years that a text names, in four languages."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from frontdesk.language.patterns import bounded
from frontdesk.values.calendar_spans import month_span, season_span, valid_date
from frontdesk.values.calendar_words import (
    month_number,
    named_month,
    named_season,
    named_weekday,
    season_name,
    weekday_number,
)
from frontdesk.values.chinese_numerals import chinese_numerals
from frontdesk.values.reading import ReadingContext
from frontdesk.values.types import Timeframe

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], ReadingContext], Timeframe | None]]

NEXT = bounded(
    r"(?:the )?(?:next|coming|upcoming|following)",
    r"(?:el |la |los |las )?proxim[oa]s?|siguientes?",
    r"przyszl\w+|nastepn\w+|kolejn\w+|nadchodzac\w+|najblizsz\w+",
    r"下一?个?",
)
THIS = bounded(r"this|the current|est[ea]|tego|tym|ten|te|to|biezac\w+|obecn\w+", r"这一?个?|本|今")
_AFTER_NEXT = r"(?: que viene| que entra| proxim[oa]| siguiente| entrante)"
_YEAR = (
    r"(?P<year>(?:19|20)\d\d年?|next year|this year|(?:el |del |de )?(?:proximo ano|ano que viene|ano proximo)|"
    r"este ano|(?:w )?(?:przyszlym roku|przyszlego roku|nastepnego roku|tym roku|tego roku)|明年|今年|后年)"
)
_YEAR_AFTER = rf"(?:,? ?(?:of |de |del |roku )?{_YEAR}(?: ?r\.?| roku)?(?!\d))?"
_YEAR_BEFORE = rf"(?:{_YEAR}(?:的| )?)?"
_DAY = r"(?<![\d.,:/])(?P<{0}>[0-3]?\d)(?:st|nd|rd|th|\.|º|-?(?:go|tego|ego))?"
_DASH = r" ?(?:-|to|until|till|through|and|al?|y|do|i|到|至|~) ?(?:the |el )?"

_MODAL_MONTHS = {
    "may",
    "march",
    "mar",
    "sty",
    "lis",
    "gru",
    "paz",
    "lip",
    "sie",
    "cze",
    "kwi",
    "lut",
    "jan",
    "dic",
    "ago",
}
"""Month words that are more often something else when nothing around them says month."""
_MONTH_CUE = re.compile(
    r"(?:in|by|next|this|until|till|before|after|from|since|early|late|mid|of|around|end|start|maybe|probably|"
    r"for|to|or|and|"
    r"between|is|en|de|para|hasta|w|do|od|na|po|przed)[ -]$"
)

_MONTH_FOLLOWS = re.compile(rf" ?(?:or|and|to|-|/|o|y|a|lub|i) ?{named_month()}")


def date_rules() -> tuple[Rule, ...]:
    """Return the rules for what is named outright, each a pattern over plain-folded text and its reader."""
    day, last = _DAY.format("day"), _DAY.format("last")
    month = named_month()
    chinese_day = r"(?P<{0}>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[日号]"
    sources: tuple[tuple[str, Callable[[re.Match[str], ReadingContext], Timeframe | None]], ...] = (
        (r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)", _year_first),
        (r"(?<![\d./-])(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4}|\d{2})(?![\d/])", _numeric),
        (r"(?<![\d./])(?!24/7)(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/])", _numeric),
        (rf"(?:the |el )?{day}(?:{_DASH}{last})? (?:of |de )?{month}{_YEAR_AFTER}", _days_of_month),
        (rf"{month} (?:the )?{day}(?:{_DASH}{last})?(?![\d:]|k\b){_YEAR_AFTER}", _days_of_month),
        (rf"{_YEAR_BEFORE}{month}{chinese_day.format('day')}?{_DASH}{chinese_day.format('last')}", _days_of_month),
        (rf"{_YEAR_BEFORE}{month}{chinese_day.format('day')}", _days_of_month),
        (rf"(?:{NEXT} )?{month}(?:{_AFTER_NEXT}|{_YEAR_AFTER})", _month),
        (rf"{_YEAR}(?:的| )?{month}", _month),
        (rf"(?:(?P<next>{NEXT}) )?(?:{THIS} )?{named_season()}(?:{_AFTER_NEXT}|{_YEAR_AFTER})", _season),
        (rf"{_YEAR}的?{named_season()}", _season),
        (rf"(?<![a-z0-9])q(?P<q>[1-4])(?!\d)(?:[ /-]?{_YEAR}(?!\d))?", _quarter),
        (
            r"(?<![a-z0-9])(?P<q>first|second|third|fourth|1st|2nd|3rd|4th|primer|segundo|tercer|cuarto|i|ii|iii|iv|"
            r"pierwsz\w+|drugi\w+|trzeci\w*|czwart\w+|第?[一二三四1-4]) ?"
            rf"(?:quarter|trimestre|kwartal\w*|季度){_YEAR_AFTER}",
            _quarter,
        ),
        (rf"(?<![\d.,/:+-]){_YEAR}(?![\d.,/:-]\d|\d)", _year),
        (rf"(?P<next>{NEXT} ?|下)?(?:{THIS} ?)?{named_weekday()}(?P<after>{_AFTER_NEXT})?", _weekday),
        (
            rf"(?P<next>{NEXT} ?|下个?)?(?:{THIS} ?)?"
            rf"(?:{bounded('weekends?', 'fin(?:es)? de semana', 'week-?end(?:u|zie)?')}|"
            rf"周末)(?P<after>{_AFTER_NEXT})?",
            _weekend,
        ),
        (
            bounded("christmas", "xmas", "navidad(?:es)?", r"(?:bozego |boze |bozym )narodzeni\w+", "圣诞(?:节)?"),
            _christmas,
        ),
    )
    return tuple((re.compile(source), read) for source, read in sources)


def year_of(word: str | None, today: date) -> int | None:
    """Return the year that a matched year phrase means, or None if there is none."""
    if not word:
        return None
    digits = re.search(r"\d{4}", word)
    if digits:
        return int(digits.group())
    offsets = ((r"后年", 2), (r"next|proximo|que viene|przyszl|nastepn|明年", 1))
    return today.year + next((offset for pattern, offset in offsets if re.search(pattern, word)), 0)


def _upcoming(spans: Callable[[int], Timeframe | None], today: date) -> Timeframe | None:
    """Return the span of this year or, if that is over, of the next."""
    this_year = spans(today.year)
    if this_year is not None and this_year.end >= today:
        return this_year
    return spans(today.year + 1)


def _year_first(match: re.Match[str], context: ReadingContext) -> Timeframe | None:
    day = valid_date(int(match["y"]), int(match["m"]), int(match["d"]))
    return Timeframe(day, day) if day else None


def _numeric(match: re.Match[str], context: ReadingContext) -> Timeframe | None:
    first, second = int(match["a"]), int(match["b"])
    month_first = context.region in ("US", "PH") or context.language == "zh"
    day, month = (second, first) if (month_first or second > 12) and first <= 12 else (first, second)
    written = match.groupdict().get("y")
    if written:
        found = valid_date(int(written) + (2000 if len(written) == 2 else 0), month, day)
        return Timeframe(found, found) if found else None
    return _upcoming(lambda year: _days(year, month, day, None), context.today)


def _days_of_month(match: re.Match[str], context: ReadingContext) -> Timeframe | None:
    month, groups = month_number(match["month"]), match.groupdict()
    day, last = _day_number(groups["day"]), _day_number(groups.get("last"))
    if day is None:
        return None
    year = year_of(groups.get("year"), context.today)
    if year is not None:
        return _days(year, month, day, last)
    return _upcoming(lambda candidate: _days(candidate, month, day, last), context.today)


def _day_number(word: str | None) -> int | None:
    if not word:
        return None
    if word.isascii():
        return int(word)
    numerals = chinese_numerals(word)
    return int(numerals[0].low) if numerals else None


def _days(year: int, month: int, day: int, last: int | None) -> Timeframe | None:
    start, end = valid_date(year, month, day), valid_date(year, month, last or day)
    return Timeframe(start, end) if start and end and start <= end else None


def _month(match: re.Match[str], context: ReadingContext) -> Timeframe | None:
    word, year = match["month"], year_of(match.groupdict().get("year"), context.today)
    if year is None and word.rstrip(".") in _MODAL_MONTHS and not _is_surely_month(match):
        return None
    number = month_number(word)
    if year is not None:
        return month_span(year, number)
    is_next = match.start("month") > match.start()
    after = month_span(context.today.year, context.today.month).end if is_next else context.today
    return _upcoming(lambda candidate: month_span(candidate, number), after + timedelta(days=1) if is_next else after)


def _is_surely_month(match: re.Match[str]) -> bool:
    before, after = match.string[: match.start("month")], match.string[match.end("month") :]
    stands_alone = not before.strip(" ,.-") and not re.match(r" [a-z]", after)
    return stands_alone or bool(_MONTH_CUE.search(before) or _MONTH_FOLLOWS.match(after))


def _season(match: re.Match[str], context: ReadingContext) -> Timeframe | None:
    season = season_name(match["season"])
    is_verb = match["season"] == "fall" and match.start("season") == match.start()
    if is_verb and not _MONTH_CUE.search(match.string[: match.start()]):
        return None
    year = year_of(match.groupdict().get("year"), context.today)
    if year is not None:
        return season_span(year, season, context.region)
    current = season_span(context.today.year - 1, season, context.region)
    if current.end >= context.today and not match.groupdict().get("next"):
        return current
    return _upcoming(lambda candidate: season_span(candidate, season, context.region), context.today)


_ORDINALS = (
    r"first|1st|primer|i|pierwsz\w+|第?[一1]",
    r"second|2nd|segundo|ii|drugi\w+|第?[二2]",
    r"third|3rd|tercer|iii|trzeci\w*|第?[三3]",
    r"fourth|4th|cuarto|iv|czwart\w+|第?[四4]",
)


def _quarter(match: re.Match[str], context: ReadingContext) -> Timeframe | None:
    word = match["q"]
    number = int(word) if word.isdigit() else next(i + 1 for i, o in enumerate(_ORDINALS) if re.fullmatch(o, word))
    year = year_of(match["year"], context.today)
    if year is not None:
        return month_span(year, number * 3 - 2, 3)
    return _upcoming(lambda candidate: month_span(candidate, number * 3 - 2, 3), context.today)


def _year(match: re.Match[str], context: ReadingContext) -> Timeframe | None:
    year = year_of(match["year"], context.today)
    if year is None or not context.today.year <= year <= context.today.year + 20:
        return None
    return month_span(year, 1, 12)


def _weekday(match: re.Match[str], context: ReadingContext) -> Timeframe | None:
    number = weekday_number(match["weekday"])
    day = context.today + timedelta(days=(number - context.today.weekday() - 1) % 7 + 1)
    if match["next"]:
        monday = context.today - timedelta(days=context.today.weekday()) + timedelta(weeks=1)
        day = monday + timedelta(days=number)
    return Timeframe(day, day)


def _weekend(match: re.Match[str], context: ReadingContext) -> Timeframe | None:
    saturday = context.today + timedelta(days=5 - context.today.weekday())
    saturday += timedelta(weeks=1 if match["next"] or match["after"] else 0)
    start = max(saturday, context.today)
    return Timeframe(start, saturday + timedelta(days=1))


def _christmas(match: re.Match[str], context: ReadingContext) -> Timeframe | None:
    return _upcoming(lambda year: Timeframe(date(year, 12, 24), date(year, 12, 26)), context.today)
