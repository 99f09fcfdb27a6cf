"""Whether a contact asks when the business is open, in English, Spanish, Polish and Chinese."""

from frontdesk.language.fold import fold_plain
from frontdesk.language.patterns import phrases

_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|today|tomorrow|tonight|now|weekends?|(?:public )?holidays?|"
    r"lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|hoy|manana|ahora|festivos|(?:fin(?:es)? de )?semana|"
    r"poniedzial\w+|wtor\w+|srod\w+|czwart\w+|piat\w+|sobot\w+|niedziel\w+|dzis\w*|jutro|teraz|weekend\w*|swieta)"
)
_ASKS_HOURS = phrases(
    r"(?:opening|office|business|working|opening and closing) (?:hours|times)|(?:are|about) (?:your|the) hours|"
    r"(?:are|r|is|if|do) (?:you|u|the \w+|it|they)(?: guys)?(?: still| also| even)? (?:open|closed)|"
    r"you(?:'re| are)? (?:still )?(?:open|closed) (?:on|at|now|today|tomorrow|late)|"
    r"(?:when|what time|until when|how late)(?: do| does| are| is| will)?(?: you| the \w+| it)? (?:open|close|closed)|"
    r"(?:when|what time|what hours) (?:can|may|could) (?:i|we) (?:call|ring|phone|visit|drop by|reach you)",
    r"horarios?(?! de (?!apertura|atencion|la (?:clinica|tienda|oficina|escuela)))|"
    r"(?:esta[ns]?|estais) (?:abiert|cerrad)\w+|"
    r"(?:a|hasta|desde) que hora (?:abr|cierr|esta|atiend|trabaj)\w+|"
    r"que dias (?:abr|cierr|atiend|trabaj)\w+|cuando (?:abr|cierr)\w+|cuando puedo (?:llamar|pasar)|"
    r"(?:abre[ns]?|abris|cierra[ns]?|cerrais)(?: por la (?:manana|tarde))?(?: \w+){0,2} "
    rf"{_DAY}",
    r"godzin\w* (?:otwarcia|pracy|urzedowania)|"
    r"(?:jestescie|macie|jest|sa) (?:\w+ ){0,2}(?:otwar\w+|czynn\w+|zamkniet\w+)|"
    r"(?:w jakich godzinach|(?:od|do) (?:kiedy|ktorej)|o ktorej|kiedy)(?: \w+){0,2} (?:otwar\w+|czynn\w+|otwieraci\w+|"
    r"zamykaci\w+|pracujeci\w+|jestescie)|kiedy moge (?:za)?dzwonic|"
    rf"(?:pracujecie|czynne|otwarte)(?: \w+)? {_DAY}",
    r"营业时间|(?:上|下)班时间|几点(?:钟)?(?:开|关|上班|下班|营业|打烊)|(?:开|关)到几点|什么时候(?:开门|关门|营业|上班)|"
    r"(?:开|关)门(?:吗|么|时间)|营业(?:吗|么)|(?:周|星期|礼拜).{1,4}(?:上班|开)(?:吗|么)|几点可以(?:打电话|来)",
)
_DAY_NAMED = phrases(_DAY, "(?:周|星期|礼拜)[一二三四五六日天末]|今天|明天|现在")
_READ = 800
"""Characters: who asks for the hours says little else."""
_SHORT = 40


def asks_opening_hours(text: str) -> bool:
    """Return whether the contact asks when we are open or can be called."""
    return _ASKS_HOURS.search(fold_plain(text[:_READ]).text) is not None


def names_day(text: str) -> bool:
    """Return whether a short text names a day of the week or the like: "and on Saturday?" goes on asking."""
    return len(text) <= _SHORT and _DAY_NAMED.search(fold_plain(text).text) is not None
