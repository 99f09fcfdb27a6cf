import pytest

from agent.claims import claims_in, unsupported


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("1 290 EUR, 1,290 EUR, 1.290 EUR, 1290.00 EUR, 1'290 EUR, 1\u202f290 EUR", {"1290"}),
        ("kwota 1.234.567,89 zł", {"1234567.89"}),
        ("1,5 or 1.5 or 1.50", {"1.5"}),
        ("价格是３００欧元", {"300"}),
        ("from 12000-15000 EUR", {"12000", "15000"}),
        ("In 2026 300 people came", {"2026", "300"}),
        ("10 % off, 24/7", {"10", "24", "7"}),
        ("9:00–17:30", {"9", "17:30"}),
        ("9 am to 5:30 p.m.", {"9", "17:30"}),
        ("12 pm, 12 am, 12:15 AM", {"12", "0", "0:15"}),
        ("上午9点到下午5点半", {"9", "17:30"}),
        ("下午2点15分", {"14:15"}),
        ("a las 5 de la tarde, 17h30", {"17", "17:30"}),
        ("o 9 rano, o 6 wieczorem", {"9", "18"}),
        ("01.07.2026 and 2026-07-01 and 1/7/2026", {"1", "7", "2026"}),
        ("2026年7月1日", {"2026", "7", "1"}),
        ("+48 600 123 456, 600-123-456, 0048600123456", {"tel:600123456"}),
        ("Write to Info@Reed.example.", {"info@reed.example"}),
        ("见 https://reed.example/boats?size=2。", {"https://reed.example/boats?size=2"}),
        ("www.reed.pl, or reed.example!", {"www.reed.pl", "reed.example"}),
        ("1. Canoe\n2) Kayak\n3️⃣ Raft", set()),
        ("No claims at all.", set()),
        ("", set()),
    ],
)
def test_that_claims_have_one_form(text: str, claims: set[str]) -> None:
    assert claims_in(text) == claims


@pytest.mark.parametrize(
    ("reply", "source"),
    [
        ("It costs €1,290.", "Cena: 1 290 EUR"),
        ("2026年7月1日出发", "The trip starts on 1 July 2026."),
        ("出发: 2026-10-05", "Wyjazd 5 października 2026"),
        ("Salida 05/01/2026", "Sale el 5 de enero de 2026"),
        ("within 14 days", "within fourteen days"),
        ("En 3 días", "in three days"),
        ("最多12人", "Up to a dozen people"),
        ("We open at 9 AM and close at 5:30 PM.", "09:00-17:30"),
        ("我们上午9点营业，下午5点半关门", "We are open from 9:00 to 17:30"),
        ("Call (+48) 12 345 67 89", "tel. +48 12 345 67 89"),
        ("Call 600-123-456", "Zadzwoń: +48 600 123 456"),
        ("Mail INFO@reed.example", "info@reed.example"),
    ],
)
def test_that_another_notation_of_the_same_is_supported(reply: str, source: str) -> None:
    assert unsupported(claims_in(reply), (source,)) == frozenset()


@pytest.mark.parametrize(
    ("reply", "source", "missing"),
    [
        ("It costs 300 EUR.", "It costs 3000 EUR.", {"300"}),
        ("It costs 30.5 EUR.", "It costs 305 EUR.", {"30.5"}),
        ("Open till 17:45", "Open 9:45-17:30", {"17:45"}),
        ("Open till 5 pm", "Open 9-16", {"17"}),
        ("On 2026-07-02", "On 1 July 2026", {"2"}),
        ("2026年8月1日", "On 1 July 2026", {"8"}),
        ("Call 600 123 457", "Call 600 123 456", {"tel:600123457"}),
        ("See reed.example/b", "See other.example/b", {"reed.example"}),
        ("See https://reed.example/b", "See https://reed.example/a", {"https://reed.example/b"}),
        ("Two people, 4 nights", "", {"4"}),
    ],
)
def test_that_what_no_source_says_is_missing(reply: str, source: str, missing: set[str]) -> None:
    assert unsupported(claims_in(reply), (source,)) == missing


def test_that_claims_may_come_from_several_sources() -> None:
    assert unsupported(claims_in("4 nights, 300 EUR"), ("", "4 nights", "300 EUR")) == frozenset()
