"""Places and companies that a message names without being asked: "a trip to Rome", "Rome in May, 4 people". Pure."""

import re
from collections.abc import Sequence

from agent.brains.offline.known_names import is_known_name
from agent.brains.protocol import View
from frontdesk.language.acts import clause_around
from frontdesk.language.fold import fold_plain
from frontdesk.language.han import has_han
from frontdesk.language.patterns import bounded
from frontdesk.language.phrases import is_acknowledgement, is_greeting
from frontdesk.playbook.models import QualificationField
from frontdesk.values.companies import company_spans
from frontdesk.values.read import read_values
from frontdesk.values.reading import Reading, ReadingContext
from frontdesk.values.types import FieldType

LEADS_IN = {
    FieldType.PLACE: re.compile(
        r"(?:\b(?:go|going|travel|travelling|traveling|fly|flying|trips?|holidays?|vacation|flights?|tour|"
        r"move|tickets?|"
        r"getaway|weekend) (?:to|in)|\bvisit(?:ing)?|\bthinking (?:of|about)|\blooking at|\b(?:interested|"
        r"keen) (?:in|on)|"
        r"\bconsidering|\b(?:ir|vamos|viajar|volar|viajes?|vacaciones|escapada|vuelos?) (?:a|en)|\bvisitar|\bconocer|"
        r"\b(?:pens\w+|interesad\w+) en|\b(?:me|nos) interesa|"
        r"\b(?:po|wy|za)?(?:jechac|leciec|lecimy|jedziemy|lece|jade|wybrac sie|wybieramy sie) (?:do|na|w|nad)|"
        r"\b(?:wyjazd\w*|lot\w*|wycieczk\w+|wakacj\w+|urlop\w*|wczas\w*|pobyt\w*) (?:do|na|w|we)|"
        r"\b(?:mysl\w+ o|zastanawia\w+ sie nad|interesuje (?:mnie|nas))|"
        r"\b(?:ship(?:ped|ping)?|deliver(?:ed|y)?|sent|send|shipment)(?: it| them)? to|"
        r"\b(?:enviar|envio|enviad\w+|entrega\w*)(?:l[oa]s?)? (?:a|en)|\b(?:wysylk\w+|dostaw\w+|wyslac) do|"
        r"(?:发|送|运|寄)(?:货)?(?:到|往|至)|"
        r"(?:想|要|打算|准备|计划|考虑)?(?:去|飞往|到)(?!年|底|时|的|了|过|货|位|手|期|付|账)) ?"
    ),
    FieldType.COMPANY: re.compile(
        r"(?:\bi(?:'m| am)? work(?:ing)? (?:at|for)|\b(?:team|staff|crew|office)(?: of (?:about |around )?\d+)?"
        r"(?: people)?(?: here)? at|\b(?:de|en) la empresa|\bsomos|\b(?:z|w|dla) firm(?:y|ie)|"
        r"\b(?:our|my) company is(?: called)?|\btrabajo en|"
        r"\b(?:nuestra|mi) empresa (?:es|se llama)|\bpracuje w|\b(?:nasza|moja) firma (?:to|nazywa sie)|"
        r"我们公司(?:是|叫)|我们?是(?=[^ ,.]{2,12}公司)|我在(?=\w+(?:工作|上班))) ?"
    ),
}
"""The words that lead in to a name wherever they stand."""

_MOST_NAME_WORDS = 4
_NAME_ENDS = re.compile(
    r"[?？!！,，.。;；\n]|(?: (?:for|in|at|next|this|with|para|en|con|dla|na|w|we|z|od) )|"
    r"多少|怎么|吗|要|的|玩|旅|有|能|可以|几|什么|需"
)
_COMMON = re.compile(r"(?:the|a|an|my|our|your|el|la|los|un|una|mi|moj\w*|nasz\w*|it|there|you|that)\b")
_TOWARDS = re.compile(r"(?<![a-z0-9])(?:to|for|in|a|para|en|do|na|w|we) (?=[a-z])")
"""Words that lead in to a name that the business knows, too."""

_GOES_TO = re.compile(r"\b(?:to|do|hasta) (?P<name>[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]+){0,2})")

_CLAUSE = re.compile(r"[^,，.。;；!！?？\n、]+")
_AROUND = bounded(
    "in|on|for|from|to|at|with|around|about|and|the|please|early|mid|late|end of|next|this|maybe",
    "en|para|de|del|a|con|y|el|la|por favor|principios de|finales de|unos|unas",
    "w|we|na|dla|z|do|od|i|prosze|okolo|poczat\\w+|koni\\w+",
    "在|去|到|的|请|左右|和",
)
_NO_NAME = re.compile(
    bounded(
        r"(?:sorry|yes|no|ok|hi|hello|hey|family|group|party|people|couple|adults?|kids?|children|budget|trip|trips|"
        r"holidays?|vacation|tour|travel|honeymoon|weekend|beach|summer|spring|autumn|winter|maybe|probably|"
        r"around|about|"
        r"total|max|approx|name|email|phone|mail|price|cost|visa|cheap|anything|something|anywhere|somewhere|"
        r"question|need|want|looking|"
        r"booking|all|just|only|we|i|my|our|us|not|actually|correction)",
        r"(?:perdon|si|hola|familia|grupo|pareja|personas?|adultos?|ninos?|presupuesto|viajes?|vacaciones|"
        r"playa|luna de "
        r"miel|verano|primavera|otono|invierno|quizas?|total|unos|correo|telefono|precio|visado|necesit\w+|quier\w+|busc\w+|algo|reserva|"
        r"todo|solo|"
        r"nosotros|somos|mejor)",
        r"(?:przepraszam|tak|nie|hej|czesc|witam|rodzin\w+|grup\w+|par[ay]|os[oó]b\w*|dorosl\w+|dziec\w+|budzet\w*|"
        r"wyjazd\w*|wycieczk\w*|wakacj\w*|urlop\w*|plaz\w+|lato|wiosn\w+|jesien\w*|zim\w+|moze|razem|lacznie|mail\w*|"
        r"telefon\w*|cen\w+|wiz\w+|cos|rezerwacj\w*|wszystko|tylko|potrzebuj\w+|szukam\w*|chc\w+|"
        r"my|jednak|raczej|najlepiej|jest nas)",
    )
    + "|人|预算|旅行|旅游|度假|海边|一家|我|你|您|想|要|大概|可能|一共|总共|出发|左右|好|谢|不|是|家庭|孩子|"
    "成人|邮箱|电话|价|多少|什么|吗|呢|时候|需要"
)
"""Words that are no name of a place, though a message may begin with them."""


def names(
    view: View,
    field: QualificationField,
    text: str,
    context: ReadingContext,
    taken: Sequence[tuple[int, int]],
    *,
    orders: bool = False,
) -> list[Reading]:
    """Return the names that words lead in to, also inside a question ("how much is a trip to Rome?").

    Else, for a place, what is left of a clause beside the values `taken` (spans of other fields' values), or a name
    that the business knows. A message that `orders` something says by "to" where: "oak chairs to Rotterdam".
    """
    if field.type is FieldType.COMPANY:
        formal = [Reading(text[start:end], start, end) for start, end in company_spans(text)]
        return formal or _led_in(view, field, text, context)
    found = _led_in(view, field, text, context) or (_gone_to(text) if taken or orders else [])
    return found or _left_over(view, text, taken) or _known(view, text)


def _led_in(view: View, field: QualificationField, text: str, context: ReadingContext) -> list[Reading]:
    folded = fold_plain(text)
    found = []
    for match in LEADS_IN[field.type].finditer(folded.text):
        stop = _NAME_ENDS.search(folded.text, match.end())
        end = stop.start() if stop else len(folded.text)
        if match.end() >= end or _COMMON.match(folded.text, match.end()):
            continue
        start, finish = folded.original_span(match.end(), end)
        words = text[start:finish].rstrip()
        read = read_values(words, field.type, context)
        if read_values(words, FieldType.TIMEFRAME, context):
            continue
        if read and read[0].start == 0 and len(words.split()) <= _MOST_NAME_WORDS and _may_be_name(words, view):
            found.append(Reading(read[0].value, start, start + read[0].end, read[0].hedged))
    return found


def _may_be_name(words: str, view: View) -> bool:
    """Tell "to Rome" from "to pay": a name has a capital, is Chinese, or the business speaks of it, too."""
    first = words[:1]
    return first.isupper() or not first.isascii() or is_known_name(words.split(maxsplit=1)[0], view.playbook)


def _left_over(view: View, text: str, taken: Sequence[tuple[int, int]]) -> list[Reading]:
    """Read the rest of a clause that gives another value, or stands beside one that does.

    Chinese has no capitals: there a name is only what is left of the whole message.
    """
    if not taken:
        return []
    clauses = [clause.span() for clause in _CLAUSE.finditer(text)]
    rests = [span for start, end in clauses for span in _rests(text, start, end, taken)]
    for start, end in clauses:
        spans = _rests(text, start, end, taken)
        if len(spans) != 1 or clause_around(text, start)[1]:
            continue
        words = text[slice(*spans[0])]
        if _is_name(words, view) and (len(rests) == 1 or not has_han(words)):
            return [Reading(words, *spans[0])]
    return []


def _rests(text: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches of a clause that no value covers, without the small words around them."""
    cuts = sorted((max(a, start), min(b, end)) for a, b in taken if a < end and start < b)
    stretches, at = [], start
    for low, high in [*cuts, (end, end)]:
        stretches.append(_stripped(text, at, low))
        at = max(at, high)
    return [span for span in stretches if span[0] < span[1]]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    folded = fold_plain(text[start:end])
    if not folded.text:
        return start, start
    opened = re.match(rf"(?:[\W_]|{_AROUND})*", folded.text)
    left = opened.end() if opened else 0
    closed = re.search(rf"(?:[\W_]|{_AROUND})*$", folded.text[left:])
    right = left + closed.start() if closed else len(folded.text)
    if left >= right:
        return start, start
    first, last = folded.original_span(left, right)
    return start + first, start + last


def _is_name(words: str, view: View) -> bool:
    plain = fold_plain(words).text
    if _NO_NAME.search(plain) or is_greeting(words) or is_acknowledgement(words) or any(map(str.isdigit, plain)):
        return False
    parts = words.split()
    if has_han(words):
        return 2 <= len(words) <= 6
    named = all(part[:1].isupper() or part in ("i", "y", "and", "e", "de", "la", "&") for part in parts)
    return len(parts) <= _MOST_NAME_WORDS and (named or is_known_name(words, view.playbook))


def _gone_to(text: str) -> list[Reading]:
    """Read the name behind "to", which beside other values may be any: "2000 pieces to Felixstowe"."""
    found = _GOES_TO.search(text)
    return [Reading(found["name"], *found.span("name"))] if found and not clause_around(text, found.start())[1] else []


def _known(view: View, text: str) -> list[Reading]:
    """Read a name that the business knows, where it is the whole of a clause, or "to" and its like lead in to it."""
    for clause in _CLAUSE.finditer(text):
        start, end = _stripped(text, *clause.span())
        if start < end and text[start].isupper() and is_known_name(text[start:end], view.playbook):
            return [Reading(text[start:end], start, end)]
    folded = fold_plain(text)
    for match in _TOWARDS.finditer(folded.text):
        word = re.compile(r"[^\W\d_]+").match(folded.text, match.end())
        start, end = folded.original_span(match.end(), word.end()) if word else (0, 0)
        if word and text[start].isupper() and is_known_name(text[start:end], view.playbook):
            _, asks = clause_around(text, start)
            if not asks:
                return [Reading(text[start:end], start, end)]
    return []
