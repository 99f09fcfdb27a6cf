"""How many people a text speaks of when it lists them: "2 adults and 3 kids", "ja i żona", "me plus four", 一家三口."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from frontdesk.language.han import has_han
from frontdesk.language.patterns import bounded
from frontdesk.values.number_words import ADDENDS
from frontdesk.values.numerals import Numeral, find_numerals
from frontdesk.values.surroundings import counts_nothing, person_after

_SELF = bounded(
    "me|(?<=and )i|i(?= and| plus)|myself|yo|ja|mnie|mna|us",
    "我自己|我本人|我(?!们|的|想|要|在|是|家|有|会|先|就|觉|大)",
)
_RELATIVE = bounded(
    r"(?:my |the |our )?(?:wife|husband|partner|girlfriend|boyfriend|fiancee?|spouse|mother|father|mum|mom|dad|"
    r"son|daughter|brother|"
    r"sister|friend|boss|colleague|co-?founder|assistant|baby|infant|toddler|child|kid|dog sitter|associate|"
    r"business partner|better half|grandma|grandpa|granny|"
    r"grandmother|grandfather|nan|aunt|uncle|cousin|nephew|niece|grandson|granddaughter|fiance|bf|gf|hubby|nanny|buddy|"
    r"mate|mother-in-law|father-in-law)",
    r"(?:mi |mis |el |la |un |una )?(?:mujer|marido|esposa|esposo|pareja|novia|novio|madre|padre|hijo|hija|"
    r"hermano|hermana|amigo|amiga|"
    r"jefe|jefa|socio|socia|companer[oa]|bebe|nino|nina|abuel[oa]|tio|tia|prim[oa]|sobrin[oa]|niet[oa]|suegr[oa]|cunad[oa]|"
    r"cri[oa]|peque)",
    r"(?:moj\w* |nasz\w* )?(?:zona|zony|zone|maz|mezem|meza|partner(?:ka|em|ki|ka)?|dziewczyn(?:a|y)|"
    r"chlopak(?:iem)?|narzeczon\w+|"
    r"mama|tata|syn(?:em)?|corka|corki|brat(?:em)?|siostr(?:a|y)|kolega|kolezanka|przyjaciel(?:em)?|przyjaciolka|"
    r"szef(?:em)?|wspolnik(?:iem)?|dziecko|dzieckiem|dziecka|niemowle\w*|bobas(?:em|a)?|babci(?:a|e)|dziad(?:ek|kiem|ka)|"
    r"cioci(?:a|e)|wuj(?:ek|kiem)|kuzyn(?:ka|em|ke)?|tesciow(?:a|e)|tesc(?:iem)?)",
    r"我?(?:老婆|妻子|太太|老公|丈夫|先生|爱人|女朋友|男朋友|女友|男友|妈妈|爸爸|儿子|女儿|朋友|同事|老板|合伙人|"
    r"对象|孩子|小孩|宝宝|(?:个)?娃|奶奶|爷爷|外婆|外公|姥姥|姥爷|哥哥|弟弟|姐姐|妹妹|闺蜜|男票|女票)",
)
_PARENTS = bounded(
    r"(?:my |our )?(?:parents|grandparents)|(?:mis |los )?(?:padres|abuelos)|rodzic(?:e|ami)|tesci(?:owie|ami)|"
    r"dziadk(?:owie|ami)|suegros",
    "我?(?:爸妈|父母|爷爷奶奶|公婆)",
)
_JOIN = re.compile(
    r" ?(?:, ?(?:and|y|i|oraz|plus)?|and|&|\+|plus|with|y|e|mas|con|i|oraz|z|ze|和|跟|与|加上?|带着?|以及|还有|、) ?"
    r"(?:a |an |un |una |jedno |jednym |one |our |my |her |his |the |mis? |l[oa]s |nuestr[oa]s? |nasz\w* |moj\w* |"
    r"also |maybe |其他|另外|我们?的?|一个|个)*"
)
_PLUS = re.compile(r" ?(?:\+|plus|and|&|y|mas|i|oraz|z|ze|con|with|和|加上?|带着?) ?")
_ARTICLE = re.compile(r"(?:an?|un|una|my|our|mi) ")
_NEXT_TO = re.compile(r" ?|个")
"""Between two counted kinds of people nothing has to stand: "2 adults 2 kids"."""
_ALONE = re.compile(
    bounded(
        r"(?:just|only) (?:me|myself|one(?: person)?)|by myself|on my own|(?:i'?m|i am|travell?ing|going|"
        r"me) alone|solo traveller|^alone|^solo(?= *[.!]*$)",
        r"sol[oa] yo|yo sol[oa]|solamente yo|(?:voy|viajo|estoy) sol[oa]|unicamente yo|^sol[oa](?= *[.!]*$)",
        r"tylko ja|(?:sam|sama)(?= jade| lece| bede| pracuje| prowadze|$)|jestem (?:sam|sama)|ja sam[a]?|sam jeden|"
        r"sama jedna|"
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
        r"a (?:\w+ )?couple(?= (?:with|and|plus))|somos (?:una )?pareja|en pareja|(?:un|el) matrimonio|una pareja",
        "(?:jestesmy )para|para(?= z )|malzenstwo",
        "两口子|小两口|夫妻(?:俩|二人|两人)?|情侣",
    )
)
_SMALL_NUMBER = (
    rf"(?:(?<![\d.,])\d{{1,2}}(?![\d.,:])|(?<![a-z])(?:{'|'.join(w for w, v in ADDENDS.items() if 0 < v <= 20)}))"
)
_PLUS_SIGN = re.compile(r" ?(?:\+|plus) ?")
_SUM = re.compile(rf"(?P<sum>{_SMALL_NUMBER}(?: ?(?:\+|plus) ?{_SMALL_NUMBER}(?![a-z\d])){{1,3}})")
_COUPLES = re.compile(r" (?:couples|parejas|matrimonios|par(?:y|ami)?(?= |$|[.,!])|malzenstw\w*)|对(?:夫妻|情侣)")
_IMPLIED_SELF = re.compile(
    r"^ ?(?:(?:jade|lece|pojade|jedziemy|lecimy|voy|vamos|viajo|(?:i'?m |we'?re )?(?:going|travell?ing)) )?"
    r"(?=(?:with|con|z|ze) )"
)
"""Whoever opens with "with my wife" counts, too."""
_AGED = re.compile(r"(?:an? |un[ao]? )?(?<!\d)\d{1,2}[ -](?:year|month|yr)s?[ -]olds?(?![a-z])")
_MOST_BARE = 99
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
    is_counted: bool = False
    is_implied: bool = False
    """The speaker of "with my wife"; not of "with ten people", who may be all."""


def find_parties(plain: str, numerals: Sequence[Numeral]) -> list[Party]:
    """Return the parties in plain-folded text, left to right; a plain count of people is left to `read_numbers`.

    `numerals` are those of the text.
    """
    members = _members(plain, numerals)
    listed = _listed(members, plain)
    named = [party for party in _named(plain, members) if not any(_overlap(party, other) for other in listed)]
    # A list that only repeats a part of a named party, as in 一家三口, is left to the name.
    return sorted([*named, *listed, *_sums(plain, [*named, *listed])], key=lambda party: party.start)


def _sums(plain: str, found: list[Party]) -> list[Party]:
    """Return the parties written as a sum, as in "rodzina 2+2" and "dwa plus dwa"."""
    sums: list[Party] = []
    for match in _SUM.finditer(plain):
        sizes = [_only(part) for part in _PLUS_SIGN.split(match["sum"])]
        party = Party(sum((size for size in sizes if size is not None), Decimal(0)), *match.span())
        if None not in sizes and not any(_overlap(party, other) for other in found):
            sums.append(party)
    return sums


def _named(plain: str, members: Sequence[_Member]) -> list[Party]:
    found = [
        Party(Decimal(1), *match.span())
        for match in _ALONE.finditer(plain)
        if not _goes_on(plain, match.end(), members)
    ]
    found += [Party(Decimal(2), *match.span()) for match in _COUPLE.finditer(plain)]
    for match in _BIG_AND_SMALL.finditer(plain):
        sizes = [_only(match[part]) for part in ("big", "small")]
        found.append(Party(sum((size for size in sizes if size is not None), Decimal(0)), *match.span()))
    for match in _PERSON_GROUP.finditer(plain):
        if match["stem"] in _STEMS:
            found.append(Party(Decimal(_STEMS[match["stem"]]), *match.span()))
    return found


def _goes_on(plain: str, end: int, members: Sequence[_Member]) -> bool:
    """Return whether a list goes on: "just me and my wife" is not one."""
    join = _JOIN.match(plain, end)
    return bool(join and any(member.start <= join.end() + 1 and member.start >= end for member in members))


def _only(word: str) -> Decimal | None:
    numerals = find_numerals(word)
    return numerals[0].low if numerals else None


def _listed(members: Sequence[_Member], plain: str) -> list[Party]:
    parties: list[Party] = []
    run: list[_Member] = []
    for member in members:
        if run and not _are_joined(run[-1], member, plain):
            parties += _party(run, plain)
            run = []
        run.append(member)
    return parties + _party(run, plain)


def _are_joined(one: _Member, other: _Member, plain: str) -> bool:
    gap = plain[one.end : other.start]
    if _NEXT_TO.fullmatch(gap):
        if gap:
            return (one.is_counted or other.is_counted) != one.is_self
        return (one.is_counted and other.is_counted) or _is_chinese_pair(one, other, plain)
    return _JOIN.fullmatch(gap) is not None


def _is_chinese_pair(one: _Member, other: _Member, plain: str) -> bool:
    return has_han(plain[other.start]) and not one.is_self


def _party(run: list[_Member], plain: str) -> list[Party]:
    """Return the party of a run of members: at least two, and a speaker or counted people among them."""
    if run and run[0].is_implied and all(member.is_counted for member in run[1:]):
        run = run[1:]
    counted = sum(member.size > 1 or not member.is_self for member in run)
    speaks = any(member.is_self or member.is_counted for member in run)
    if len(run) == 1 and _COUPLES.search(plain, run[0].start, run[0].end):
        return [Party(run[0].size, run[0].start, run[0].end)]
    if len(run) < 2 or not counted or (not speaks and all(member.size == 1 for member in run)):
        return []
    return [Party(sum((member.size for member in run), Decimal(0)), run[0].start, run[-1].end)]


def _members(plain: str, numerals: Sequence[Numeral]) -> list[_Member]:
    """Return everyone who may be in a list: the speaker, relatives, and numbers of people."""
    found = [_Member(Decimal(2), *match.span()) for match in re.finditer(_PARENTS, plain)]
    found += [_Member(Decimal(2), *match.span(), is_self=True) for match in _COUPLE.finditer(plain)]
    found += [_Member(Decimal(1), *match.span()) for match in re.finditer(_RELATIVE, plain)]
    found += [_Member(Decimal(1), *match.span(), is_self=True) for match in re.finditer(_SELF, plain)]
    found += [
        _Member(Decimal(1), *match.span(), is_self=True, is_implied=True) for match in _IMPLIED_SELF.finditer(plain)
    ]
    found += [_Member(Decimal(1), *match.span(), is_counted=True) for match in _AGED.finditer(plain)]
    for numeral in numerals:
        member = _counted(numeral, plain)
        if member:
            found.append(member)
    return _with_bare_counts(_without_overlaps(found), plain, numerals)


def _with_bare_counts(members: list[_Member], plain: str, numerals: Sequence[Numeral]) -> list[_Member]:
    """Add the numbers without a noun that "and" joins to a member: "somos cuatro y un bebé"."""
    begins = {member.start for member in members}
    bare = [
        _Member(numeral.low, numeral.start, numeral.end, is_counted=True)
        for numeral in numerals
        if not numeral.is_article and numeral.low == numeral.high and 0 < numeral.low <= _MOST_BARE
        if (join := _PLUS.match(plain, numeral.end)) and begins & _ends_of(join, plain)
        if not counts_nothing(plain, numeral.start, numeral.end)
    ]
    return _without_overlaps([*members, *bare])


def _ends_of(join: re.Match[str], plain: str) -> set[int]:
    """Return where "and" ends, with and without the article behind it."""
    article = _ARTICLE.match(plain, join.end())
    return {join.end(), article.end() if article else join.end()}


def _counted(numeral: Numeral, plain: str) -> _Member | None:
    if numeral.low != numeral.high or numeral.low != int(numeral.low):
        return None
    couples = _COUPLES.match(plain, numeral.end)
    if couples:
        return _Member(numeral.low * 2, numeral.start, couples.end(), is_counted=True)
    noun_end = person_after(plain, numeral.end)
    follows_self = re.search(
        rf"{_SELF} ?(?:and|\+|plus|y|i|和|加) ?$", plain[max(0, numeral.start - 24) : numeral.start]
    )
    if noun_end is None and not follows_self:
        return None
    return _Member(numeral.low, numeral.start, noun_end or numeral.end, is_counted=noun_end is not None)


def _without_overlaps(found: list[_Member]) -> list[_Member]:
    kept: list[_Member] = []
    for member in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or member.start >= kept[-1].end:
            kept.append(member)
    return kept


def _overlap(one: Party, other: Party) -> bool:
    return one.start < other.end and other.start < one.end
