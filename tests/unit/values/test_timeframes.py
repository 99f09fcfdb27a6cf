from datetime import date

import pytest

from frontdesk.values.read import read_values
from frontdesk.values.reading import ReadingContext
from frontdesk.values.types import FieldType, Timeframe

TODAY = date(2026, 3, 16)  # a Monday


def read(text: str, region: str = "ES", language: str = "en") -> list[tuple[str, str]]:
    readings = read_values(text, FieldType.TIMEFRAME, ReadingContext(language, TODAY, region=region))
    frames = [reading.value for reading in readings if isinstance(reading.value, Timeframe)]
    return [(frame.start.isoformat(), frame.end.isoformat()) for frame in frames]


@pytest.mark.parametrize(
    ("texts", "start", "end"),
    [
        (
            ["2026-05-04", "4 May", "May 4th", "4 de mayo", "4 maja", "5月4号", "04/05/2026", "4.05.2026"],
            "2026-05-04",
            "2026-05-04",
        ),
        (["in May", "next May", "en mayo", "w maju", "五月份", "May 2026", "5月"], "2026-05-01", "2026-05-31"),
        (["May next year", "w maju przyszłego roku", "mayo del año que viene", "明年五月"], "2027-05-01", "2027-05-31"),
        (["in February", "w lutym", "二月"], "2027-02-01", "2027-02-28"),
        (
            ["in three months", "3 months from now", "en tres meses", "za trzy miesiące", "三个月后"],
            "2026-06-16",
            "2026-06-16",
        ),
        (["in two to three months", "za dwa do trzech miesięcy", "两三个月后"], "2026-05-16", "2026-06-16"),
        (["in half a year", "za pół roku", "en medio año", "半年后"], "2026-09-16", "2026-09-16"),
        (
            ["within two weeks", "w ciągu 2 tygodni", "en las próximas dos semanas", "两周内"],
            "2026-03-16",
            "2026-03-30",
        ),
        (["next week", "la semana que viene", "w przyszłym tygodniu", "下周"], "2026-03-23", "2026-03-29"),
        (["next month", "el próximo mes", "w przyszłym miesiącu", "下个月"], "2026-04-01", "2026-04-30"),
        (["this summer", "este verano", "latem", "今年夏天"], "2026-06-01", "2026-08-31"),
        (
            ["first half of July", "la primera quincena de julio", "w pierwszej połowie lipca"],
            "2026-07-01",
            "2026-07-15",
        ),
        (["mid June", "a mediados de junio", "w połowie czerwca", "6月中旬"], "2026-06-11", "2026-06-20"),
        (
            ["10–20 August", "del 10 al 20 de agosto", "od 10 do 20 sierpnia", "8月10日到20日"],
            "2026-08-10",
            "2026-08-20",
        ),
        (["between 5 and 12 June", "June 5-12", "6月5日至12日"], "2026-06-05", "2026-06-12"),
        (["from May to July", "de mayo a julio", "od maja do lipca", "5月到7月"], "2026-05-01", "2026-07-31"),
        (["by the end of the year", "antes de fin de año", "do końca roku", "年底前"], "2026-03-16", "2026-12-31"),
        (["tomorrow", "mañana", "jutro", "明天"], "2026-03-17", "2026-03-17"),
        (["on Friday", "el viernes", "w piątek", "周五"], "2026-03-20", "2026-03-20"),
        (["next Friday", "下周五"], "2026-03-27", "2026-03-27"),
        (["this weekend", "este fin de semana", "w ten weekend", "周末"], "2026-03-21", "2026-03-22"),
        (["Q3", "third quarter", "tercer trimestre", "trzeci kwartał", "第三季度"], "2026-07-01", "2026-09-30"),
        (["sometime in 2027", "w 2027", "明年"], "2027-01-01", "2027-12-31"),
        (["asap", "lo antes posible", "jak najszybciej", "尽快"], "2026-03-16", "2026-03-30"),
        (["before June", "antes de junio"], "2026-03-16", "2026-05-31"),
        (["12 June to 3 July"], "2026-06-12", "2026-07-03"),
    ],
)
def test_that_the_same_time_is_read_in_every_language(texts: list[str], start: str, end: str) -> None:
    assert {text: read(text) for text in texts} == {text: [(start, end)] for text in texts}


@pytest.mark.parametrize(
    "text",
    [
        "we may go",
        "we are 4",
        "3 years ago",
        "por la mañana",
        "prices fall",
        "march on",
        "5000",
        "not sure",
        "24/7",
        "31 February",
    ],
)
def test_that_no_time_is_invented(text: str) -> None:
    assert read(text) in ([], [("2027-02-01", "2027-02-28")] if "February" in text else [])


def test_that_the_region_decides_what_comes_first_and_when_summer_is() -> None:
    assert read("04/05/2026", region="US") == [("2026-04-05", "2026-04-05")]
    assert read("next summer", region="AR") == [("2026-12-01", "2027-02-28")]


def test_that_the_words_are_the_span() -> None:
    text = "Hi! We think (early next year) works"
    (reading,) = read_values(text, FieldType.TIMEFRAME, ReadingContext("en", TODAY))
    assert text[reading.start : reading.end] == "early next year"
