"""Whether an amount that nobody asked for is what the contact can spend, or a price or a payment. Pure."""

import re

from frontdesk.language.acts import clause_around
from frontdesk.language.fold import fold_plain
from frontdesk.language.patterns import bounded, phrases
from frontdesk.language.rates import differs_in_rate
from frontdesk.playbook.models import QualificationField
from frontdesk.playbook.scalars import all_texts
from frontdesk.values.currencies import CURRENCY
from frontdesk.values.reading import Reading
from frontdesk.values.types import FieldType
from frontdesk.values.units import Counted, counted_end

_BUDGET = phrases(
    r"budgets?|budgeted|presupuesto|budzet\w*",
    "预算",
)
"""Words that make an amount a budget, even in a question."""
_SPENDS = phrases(
    r"spend(?:ing)?|afford|set aside|put aside|(?:we|i)(?:'ve| have)?(?: got)? saved",
    r"gast\w+|permitirnos|permitirme|disponemos|dispongo|ahorrad\w+",
    r"wyda[cjmt]\w*|przeznacz\w+|odlozy\w+|uzbiera\w+|dysponuj\w+",
    "花|能出|拿得出|凑了",
)
_PRICE = phrases(
    r"costs?|pric(?:e[sd]?|ing)|charged?|fees?|fare|worth|per (?:person|head|adult|child|night|day|week)|each|"
    r"(?:a|an|one|every) (?:person|head|adult|child|night|day)|pay\w*|paid|deposit\w*|instal\w+|refund\w*|"
    r"discount\w*|"
    r"cash|card|transfer\w*|insurance|supplement|ticket|extra|only|just|off|cheap\w*|expensive|quoted?|"
    r"offer(?:ed|s)?|"
    r"(?:is|are) (?:the|that|this|it)(?: \w+){0,3} really|is it true|(?:is|are) (?:the|your) \w+|invoice\w*|"
    r"owe|lost|saw|seen|website|advert\w*",
    r"cuesta\w*|cost[oea]\w*|vale[ns]?|precio\w*|tarifa\w*|por (?:persona|cabeza|noche|dia|adulto|nino)|"
    r"cada (?:uno|una|persona)|pag\w+|anticipo|senal|plazos?|reembols\w+|devol\w+|descuento\w*|efectivo|tarjeta|"
    r"es verdad|es cierto|transfer\w+|seguro|suplemento|solo|barat\w+|car[oa]s?|oferta\w*|factura\w*|deb\w+|"
    r"vi(?:mos)?|visto|cobr\w+",
    r"koszt\w*|cen[aeyęo]?\w*|oplat\w*|(?:za|od|na|za jedna) osob\w+|za (?:dob\w+|noc|dzien)|od (?:dziecka|"
    r"doroslego)|"
    r"(?:za|do|w|wy|o)?placi\w+|platn\w+|wplat\w*|zalicz\w+|rat\w*|zwrot\w*|znizk\w+|rabat\w*|gotowk\w*|kart\w*|"
    r"czy to prawda|przelew\w*|ubezpiecz\w+|doplat\w*|bilet\w*|tylko|tani\w*|drog\w+|ofert\w*|faktur\w*|"
    r"widzi\w+|są za|jest za",
    "多少钱|价|费|每人|每晚|每天|人均|一个人要|付|支付|定金|退|优惠|折|现金|刷卡|转账|保险|只要|便宜|贵|报价|"
    "发票|欠|看到|要(?=\\d)",
)
_INTEREST = phrases(
    r"(?:info|information|details) (?:on|about|regarding)|informacion (?:sobre|del?|acerca)|"
    r"informacj\w+ (?:o|na temat|dotycz\w+|odnosnie)",
    "了解",
    r"how much|what(?:'s| is| are| does| do| would)(?: \w+){0,4} (?:prices?|costs?)|(?:prices?|costs?) (?:of|for)",
    r"cuanto|que (?:precio|cuesta|vale)|precios? (?:de|del|para)",
    r"ile (?:\w+ )?(?:koszt\w+|placi\w+|wyn\w+)|po ile|za ile|jaka \w* ?cena|cen\w+ (?:za|na)",
    "多少钱|什么价|价格|价钱|怎么收费",
)
"""Who asks what something costs, or for information on it, may want it."""
_HAS = re.compile(
    "(?:"
    + bounded(
        r"(?:we|i)(?:'ve| have)?(?: got)?|have|got|with|up to|at most|no more than|max(?:imum)?(?: of)?|under|below|"
        r"around|about|roughly|approximately|between|in total|altogether|total",
        r"tenemos|tengo|contamos con|con|hasta|como (?:mucho|maximo)|maximo|no mas de|menos de|unos|alrededor de|"
        r"aproximadamente|entre|en total",
        r"mam(?:y)?|majac|z|do|maks\w*|max|najwyzej|nie wiecej niz|ponizej|okolo|ok\.?|jakies|z grubsza|"
        r"miedzy|lacznie|razem|w sumie",
        "有|最多|不超过|大概|大约|差不多|左右|一共|总共|手头",
    )
    + rf")[ :]*(?:{CURRENCY})? ?$"
)
"""What leads in to an amount that one has at hand."""
_CURRENCY = re.compile(CURRENCY)
_AT_MOST = bounded(
    "and|y|i|oraz|max|approx|total|in total|en total|lacznie|razem", "和|左右|以内|以下|大概|总共|一共|吧"
)
_AROUND = 20
_BARE = re.compile(rf"(?:[\W_]|{_AT_MOST})*")


def is_budget(text: str, start: int, end: int) -> bool:
    """Return whether the amount at `text[start:end]`, which was not asked for, is said to be at hand for this.

    A word for a budget decides. Else the amount stands alone between commas, or is led in to as something that the
    contact has or will spend, and its clause neither asks nor speaks of a price or a payment.
    """
    if _counts_things(text, start, end):
        return False
    clause, asks = clause_around(text, start)
    plain = fold_plain(clause).text
    if _BUDGET.search(plain) or _BUDGET.search(fold_plain(text[max(start - 30, 0) : start]).text):
        return True
    if asks or _PRICE.search(plain):
        return False
    if _SPENDS.search(plain) or _HAS.search(fold_plain(text[max(start - 30, 0) : start]).text):
        return True
    if not _says_money(text, start, end) and not re.search(r"\w", text[:start] + text[end:]):
        return False
    at = text.find(clause)
    return _BARE.fullmatch(fold_plain(text[at:start] + " " + text[end : at + len(clause)]).text) is not None


def differs_from_asked(field: QualificationField, reading: Reading, text: str) -> bool:
    """Return whether an amount is per month or per person, where the question is for a year or for all together."""
    asked = " ".join((*all_texts(field.ask), *all_texts(field.ask_again or "")))
    return field.type is FieldType.MONEY and differs_in_rate(clause_around(text, reading.start)[0], asked)


def _counts_things(text: str, start: int, end: int) -> bool:
    """Whether a number without a currency says of what it is the number: 四百张, 20 people."""
    after = fold_plain(text[end : end + _AROUND]).text
    return not _says_money(text, start, end) and counted_end(after, 0, frozenset(Counted)) is not None


def _says_money(text: str, start: int, end: int) -> bool:
    """Whether the amount has a currency; a number alone in a message may be anything."""
    return _CURRENCY.search(fold_plain(text[start:end]).text) is not None


def shows_interest(text: str, start: int) -> bool:
    """Return whether the words at `start` name what a contact asks the price of, or information on."""
    clause, asks = clause_around(text, start)
    return asks and _INTEREST.search(fold_plain(clause).text) is not None


def is_price_asked(text: str, start: int) -> bool:
    """Return whether an amount stands in a question about a price or a payment, which answers nothing."""
    clause, asks = clause_around(text, start)
    plain = fold_plain(clause).text
    return asks and _BUDGET.search(plain) is None and _PRICE.search(plain) is not None
