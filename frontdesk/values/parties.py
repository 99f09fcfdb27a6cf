"""How many people a text speaks of when it lists them: "2 adults and 3 kids", "ja i żona", "me plus four", 一家三口."""

import re
from dataclasses import dataclass
from decimal import Decimal

from frontdesk.language.patterns import bounded
from frontdesk.values.numerals import Numeral, find_numerals
from frontdesk.values.surroundings import person_after

_SELF = bounded(
    "me|(?<=and )i|i(?= and| plus)|myself|yo|ja|mnie|mna|us",
    "我自己|我本人|我(?!们|的|想|要|在|是|家|有|会|先|就|觉|大)",
)
_RELATIVE = bounded(
    r"(?:my |the |our )?(?:wife|husband|partner|girlfriend|boyfriend|fiancee?|spouse|mother|father|mum|mom|dad|"
    r"son|daughter|brother|"
    r"sister|friend|boss|colleague|co-?founder|assistant|baby|child|kid|dog sitter|associate|business partner|"
    r"better half)",
    r"(?:mi |mis |el |la |un |una )?(?:mujer|marido|esposa|esposo|pareja|novia|novio|madre|padre|hijo|hija|"
    r"hermano|hermana|amigo|amiga|"
    r"jefe|jefa|socio|socia|companer[oa]|bebe)",
    r"(?:moj\w* |nasz\w* )?(?:zona|zony|zone|maz|mezem|meza|partner(?:ka|em|ki|ka)?|dziewczyn(?:a|y)|"
    r"chlopak(?:iem)?|narzeczon\w+|"
    r"mama|tata|syn(?:em)?|corka|corki|brat(?:em)?|siostr(?:a|y)|kolega|kolezanka|przyjaciel(?:em)?|przyjaciolka|"
    r"szef(?:em)?|wspolnik(?:iem)?)",
    r"我?(?:老婆|妻子|太太|老公|丈夫|先生|爱人|女朋友|男朋友|女友|男友|妈妈|爸爸|儿子|女儿|朋友|同事|老板|合伙人|"
    r"对象)",
)
_PARENTS = bounded(
    r"(?:my |our )?(?:parents|grandparents)|(?:mis |los )?(?:padres|abuelos)|rodzic(?:e|ami)", "我?(?:爸妈|父母)"
)
_JOIN = re.compile(
    r" ?(?:,|and|&|\+|plus|with|y|e|mas|con|i|oraz|z|ze|,? (?:and|y|i)|和|跟|与|加|带|带着|以及|还有) ?(?:a |an |"
    r"un |una |jedno |其他|另外)?"
)
_ALONE = re.compile(
    bounded(
        r"(?:just|only) (?:me|myself|one(?: person)?)|by myself|on my own|(?:i'?m|i am|travell?ing|going|"
        r"me) alone|solo traveller|^alone|^solo(?= *[.!]*$)",
        r"sol[oa] yo|yo sol[oa]|solamente yo|(?:voy|viajo|estoy) sol[oa]|unicamente yo|^sol[oa](?= *[.!]*$)",
        r"tylko ja|(?:sam|sama)(?= jade| lece| bede| pracuje| prowadze|$)|jestem (?:sam|sama)|ja sam[a]?|"
        r"w pojedynke|jednoosobow\w+",
        r"(?:就|只有|仅)?我?自己?一个人|(?:就|只有)我(?:自己|一个|一人)?|我自己(?= *[。.!]*$)|独自|单人",
    )
)
_OF_US = re.compile(
    bounded("(?:family|party|group|team|crew|couple) of", "(?:familia|grupo|equipo) de", r"(?:grup\w|ekip\w) ") + " ?$"
)
_FAMILY = re.compile(r"一家(?=[一二两三四五六七八九十\d])|(?<!\w)我们(?=[俩仨])")
_BIG_AND_SMALL = re.compile(
    r"(?P<big>[一二两三四五六七八九十\d]{1,4})大(?:人)?[ ,和]?(?P<small>[一二两三四五六七八九十\d]{1,4})小"
)
_PERSON_GROUP = re.compile(r"(?<![a-z])(?P<stem>[a-z]{2,10})oosobow\w+")
_COUPLE = re.compile(
    bounded(
        r"(?:we(?:'re| are) |just )?a couple(?! of| [a-z])",
        r"somos (?:una )?pareja|en pareja",
        "(?:jestesmy )para",
        "两口子|小两口|夫妻(?:俩|二人|两人)?|情侣",
    )
)
_STEMS = {
    "jedn": 1,
    "dwu": 2,
    "trzy": 3,
    "cztero": 4,
    "czter": 4,
    "pieci": 5,
    "szesci": 6,
    "siedmi": 7,
    "osmi": 8,
    "dziesieci": 10,
}


@dataclass(frozen=True, slots=True)
class Party:
    """A number of people that the text says by listing or naming them."""

    size: Decimal
    start: int
    end: int
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class _Member:
    size: Decimal
    start: int
    end: int
    is_self: bool = False


def find_parties(plain: str) -> list[Party]:
    """Return the parties in plain-folded text, left to right; a plain count of people is left to `read_numbers`."""
    named = [*_named(plain)]
    listed = [party for party in _listed(plain) if not any(_overlap(party, other) for other in named)]
    return sorted([*named, *listed], key=lambda party: party.start)


def _named(plain: str) -> list[Party]:
    found = [Party(Decimal(1), *match.span()) for match in _ALONE.finditer(plain) if not _goes_on(plain, match.end())]
    found += [Party(Decimal(2), *match.span()) for match in _COUPLE.finditer(plain)]
    for match in _BIG_AND_SMALL.finditer(plain):
        sizes = [_only(match[part]) for part in ("big", "small")]
        found.append(Party(sum((size for size in sizes if size is not None), Decimal(0)), *match.span()))
    for match in _PERSON_GROUP.finditer(plain):
        if match["stem"] in _STEMS:
            found.append(Party(Decimal(_STEMS[match["stem"]]), *match.span()))
    return found


def _goes_on(plain: str, end: int) -> bool:
    """Return whether a list goes on: "just me and my wife" is not one."""
    join = _JOIN.match(plain, end)
    return bool(join and any(member.start <= join.end() + 1 and member.start >= end for member in _members(plain)))


def _only(word: str) -> Decimal | None:
    numerals = find_numerals(word)
    return numerals[0].low if numerals else None


def _listed(plain: str) -> list[Party]:
    parties: list[Party] = []
    run: list[_Member] = []
    for member in _members(plain):
        if run and not _JOIN.fullmatch(plain[run[-1].end : member.start]):
            parties += _party(run)
            run = []
        run.append(member)
    return parties + _party(run)


def _party(run: list[_Member]) -> list[Party]:
    """Return the party of a run of members: at least two, and a speaker or counted people among them."""
    counted = sum(member.size > 1 or not member.is_self for member in run)
    speaks = any(member.is_self for member in run)
    if len(run) < 2 or not counted or (not speaks and all(member.size == 1 for member in run)):
        return []
    return [Party(sum((member.size for member in run), Decimal(0)), run[0].start, run[-1].end)]


def _members(plain: str) -> list[_Member]:
    """Return everyone who may be in a list: the speaker, relatives, and numbers of people."""
    found = [_Member(Decimal(2), *match.span()) for match in re.finditer(_PARENTS, plain)]
    found += [_Member(Decimal(1), *match.span()) for match in re.finditer(_RELATIVE, plain)]
    found += [_Member(Decimal(1), *match.span(), is_self=True) for match in re.finditer(_SELF, plain)]
    for numeral in find_numerals(plain):
        member = _counted(numeral, plain)
        if member:
            found.append(member)
    return _without_overlaps(found)


def _counted(numeral: Numeral, plain: str) -> _Member | None:
    if numeral.low != numeral.high or numeral.low != int(numeral.low):
        return None
    noun_end = person_after(plain, numeral.end)
    follows_self = re.search(
        rf"{_SELF} ?(?:and|\+|plus|y|i|和|加) ?$", plain[max(0, numeral.start - 24) : numeral.start]
    )
    if noun_end is None and not follows_self:
        return None
    return _Member(numeral.low, numeral.start, noun_end or numeral.end)


def _without_overlaps(found: list[_Member]) -> list[_Member]:
    kept: list[_Member] = []
    for member in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or member.start >= kept[-1].end:
            kept.append(member)
    return kept


def _overlap(one: Party, other: Party) -> bool:
    return one.start < other.end and other.start < one.end
