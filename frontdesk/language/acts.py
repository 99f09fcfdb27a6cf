"""What a contact does with a question: answer it, refuse to, not know, or ask something back."""

import re
from enum import StrEnum

from frontdesk.language.fold import fold_plain
from frontdesk.language.hedges import is_hedged
from frontdesk.language.patterns import phrases
from frontdesk.language.phrases import is_acknowledgement, is_greeting

READ_LIMIT = 4000
"""How many characters of a message are considered; the rest is not a chat message any more."""


class AnswerAct(StrEnum):
    """What a message does with the question that was asked."""

    ANSWERS = "answers"
    REFUSES = "refuses"
    UNKNOWN = "unknown"
    ASKS = "asks"


_TELL = r"(?:share|say|tell|give|disclose|discuss|provide|reveal|leave|answer|talk about|go into)"
_REFUSES = phrases(
    rf"(?:rather|prefer) not|(?:rather|prefer) to not|prefer to keep|not {_TELL}ing|none of your business|no comment",
    rf"(?:can'?t|cannot|can not|won'?t|don'?t want to|do not want to|don'?t like to|"
    rf"wouldn'?t like to) (?:\w+ )?{_TELL}",
    rf"not (?:going|able|allowed|willing|happy|comfortable|ready|keen|something|"
    rf"sth)\b[^.,;!?]{{0,20}}{_TELL}(?:ing)?",
    r"(?:that|this|it)(?:'?s| is) (?:private|personal|confidential)|confidential|don'?t give (?:out )?my|"
    r"skip (?:this|that)",
    r"don'?t give out|(?:please )?(?:don'?t|do not|no need to) (?:call|phone|ring) me|no (?:phone )?calls",
    r"(?:let'?s |rather |prefer to )(?:just )?(?:stick|stay|keep|continue|carry on|chat)[^.,;!?]{0,20} (?:here|"
    r"chat|text)",
    r"(?:here|chat) is fine",
    r"prefiero no|preferiria no|(?:no|tampoco) (?:se )?(?:lo |la |te |os |les |le )?(?:quiero|puedo|deseo|voy a|"
    r"pienso|"
    r"me gustaria|quisiera) (?:dar|decir|compartir|dejar|responder|revelar|contestar|hablar de|facilitar)\w*",
    r"no me llam\w+|no (?:quiero|hace falta) que (?:me )?llam\w+|mejor no|(?:es|eso es) (?:confidencial|privado|"
    r"personal)",
    r"confidencial|no es asunto|no doy mi|prefiero (?:seguir|continuar|quedarme|hablar) (?:por )?(?:aqui|el chat)",
    r"wol(?:e|alabym|albym|imy|elibysmy) (?:tego )?nie|(?:lepiej|raczej) nie (?:podawac|mowic)|nie (?:podam|"
    r"powiem|podaje)",
    r"nie (?:chce|chcemy|moge|mozemy|bede|zamierzam|chcialbym|chcialabym|zycze sobie) (?:\w+ ){0,2}"
    r"(?:poda\w+|mowic|powiedziec|zdradz\w+|udostepni\w+|rozmawiac|dzielic|ujawni\w+|zostawi\w+)",
    r"poufne|prywatn[ea] spraw\w+|to (?:jest )?prywatne|(?:to )?moja sprawa|tajemnica|(?:prosze )?nie dzwon\w+",
    r"wol(?:e|imy) (?:\w+ )?(?:zostac|pozostac|rozmawiac|pisac|kontynuowac)? ?(?:przy|na|przez|tu|"
    r"tutaj)(?: czac\w+)?",
    r"不想(?:说|透露|留|给|告诉|提供|回答|讲|公开)|不(?:太)?(?:方便|愿意?|便)(?:说|透露|留|给|提供|告诉|讲)?|"
    r"保密|隐私|机密",
    r"无可奉告|不告诉你|(?:别|不要|请勿|不用|不想)(?:接|给我)?打?(?:我的?)?电话|(?:就)?在这(?:里|儿)?(?:聊|说)|"
    r"不(?:能|会)(?:说|透露)|跳过",
)
_UNKNOWN = phrases(
    r"(?:don'?t|do not|didn'?t) (?:really |actually |yet )?know|dunno|idk|no (?:idea|clue)|not (?:\w+ )?(?:sure|"
    r"certain)",
    r"^ *(?:maybe|perhaps|possibly|quizas?|tal vez|puede ser|a lo mejor|moze|byc moze|chyba|也许|可能(?:吧)?|"
    r"或许) *[.!]*$",
    r"unsure|(?:haven'?t|have not|hasn'?t|not) (?:\w+ )?(?:decided|thought|figured|made up|determined|discussed|"
    r"settled|set)",
    r"undecided|(?:have|has|need|got|gotta|want) (?:to )?(?:check|ask|think|discuss|talk it|see about|look into)|"
    r"tbd|tba",
    r"let me (?:think|check|ask|get back|see)|(?:will|i'?ll|we'?ll) (?:think|check|get back|see|let you know|"
    r"have to)",
    r"(?:it |that )?depends|hard to (?:say|tell)|can'?t (?:say|tell) yet|no (?:hurry|rush)|just (?:looking|"
    r"browsing|curious)",
    r"(?:think|thinking) about it|too early|still (?:thinking|deciding|figuring)|open to suggestions",
    r"no (?:lo )?se(?= *[.,!?]| *$| todavia| aun| bien| exacta| cuan| cual| si | que | muy)|ni idea|"
    r"no tengo (?:ni )?(?:idea|claro)",
    r"no (?:estoy|estamos) (?:\w+ )?segur\w+|depende|(?:aun|todavia) no (?:lo )?(?:se|he|hemos|sabemos|esta|"
    r"tenemos|decid\w+)",
    r"(?:tengo|tenemos) que (?:\w+ )?(?:pensar|consultar|ver|preguntar|hablar|mirar)\w*|no (?:lo )?sabemos|"
    r"sin decidir",
    r"no lo (?:tengo|tenemos) claro|ya (?:veremos|vere|te digo)|lo (?:pensare|pensaremos|consulto|vere)|"
    r"(?:de)?pendiente",
    r"nie wiem\w*|nie (?:jestem|jestesmy) (?:\w+ )?pew\w+|nie mam\w* pojecia|(?:trudno|ciezko) powiedziec|"
    r"zobacz(?:e|ymy)",
    r"mus(?:ze|imy) (?:\w+ ){0,2}(?:zastanow\w+|pomysl\w+|przemysl\w+|zapyta\w+|sprawdzi\w+|skonsultow\w+|"
    r"dopyta\w+|ustali\w+)",
    r"nie (?:\w+ )?(?:zdecydow\w+|postanow\w+|ustal\w+|mysl\w+|zastanaw\w+)|(?:to )?zalezy|zastanowi\w+ sie|"
    r"pomysl(?:e|imy)",
    r"nie (?:spieszy|spieszymy)|bez pospiechu|tylko sie rozglad\w+",
    r"不(?:太|是很)?(?:知道|清楚|确定|晓得|好说|了解)|没(?:有)?(?:想好|确定|定|决定|考虑|想过)|不着?急|看情况|"
    r"说不准|难说|不一定",
    r"(?:再|要|得|需要|先)(?:看看|想想|想一想|考虑|商量|问问|问一下|了解)|考虑(?:一下|考虑)|随便看看",
)

_LEAD_IN = (
    r"(?:(?:and|but|so|ok|okay|hi|hello|hey|well|actually|sorry|please|wait|oh|hmm|y|pero|hola|a|i|ale|no|hej)[, ]+)*"
)
_SUBJECT = r"(?:you|your|i|we|it|there|that|this|these|those|the|they|he|she|my|our|any|anyone|someone|a|an)"
_ASKS = re.compile(
    rf"^{_LEAD_IN}(?:"
    r"(?:what|how|why(?! not)|where|which|who|whose)(?:'s|s)?\b|when (?:do|does|is|are|can|will|would|should)\b|"
    r"(?:can|could|do|does|did|is|are|will|would|should|may|might|have|has|am|was|were|isn'?t|aren'?t|don'?t|can'?t) "
    rf"{_SUBJECT}\b|"
    r"(?:por que(?! no)|para que|que (?:es|son|significa|incluye|pasa|tal|precio\w*|opciones|diferencia)|cual(?:es)?|"
    r"cuant[oa]s? (?:cuesta\w*|vale\w*|es|son|sale\w*|cobra\w*|tard\w+|tiempo|personas|dias)|como (?:funciona|es|"
    r"se|puedo)|"
    r"quien|donde (?:esta\w*|puedo|queda\w*)|puede[sn]?|podria[sn]?|tienen|tienes|hay|(?:me|nos) (?:puede|podria|"
    r"das|dan)\w*)\b|"
    r"(?:czy|ile|jak(?! (?:naj|tylko|na|dla|bedzie|zawsze))|jak(?:i|a|ie|im|ich|iego|iej)|co(?! (?:naj|do|"
    r"tydzien|miesiac))|gdzie|dlaczego(?! nie)|"
    r"po co|kto\b|ktor\w+|od czego|za ile|na czym|kiedy (?:bed\w+|moz\w+|jest|zacz\w+))\b|"
    r"(?:请问|为什么|为啥|怎么|什么是|多少钱|能不能|可不可以|有没有|是不是|能先|可以先)"
    r")"
)
_CHINESE_QUESTION = re.compile(r"(?:吗|呢|么|多少|多少钱|为什么|什么意思|怎么样|如何|哪些|哪个好)[啊呀 ]*[?!.]*$")
_CLAUSE = re.compile(r"[!?;！？；\n]+|[.。](?=\s|$)|。|[,，](?!\d)")
_QUESTION_MARKS = "?？"
_SUBORDINATE = phrases(r"if|since|because|before|si|antes de|jesli|jezeli|zanim|gdyby|如果|要是|在此之前")


def answer_act(text: str, language: str) -> AnswerAct:
    """Return what `text` does with a question; the phrases of all languages count, whatever `language` is."""
    clipped = text[:READ_LIMIT]
    spans = _clauses(clipped)
    stated = [span for span in spans if not _is_question(clipped, *span)]
    plain = fold_plain(" ".join(clipped[slice(*span)] for span in stated)).text
    if _REFUSES.search(plain):
        return AnswerAct.REFUSES
    if _UNKNOWN.search(plain):
        return AnswerAct.UNKNOWN
    says_something = any(_says_something(clipped[slice(*span)]) for span in stated)
    return AnswerAct.ASKS if len(stated) < len(spans) and not says_something else AnswerAct.ANSWERS


def statement_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the clauses in `text` that are not questions, left to right."""
    return tuple(span for span in _clauses(text) if not _is_question(text, *span))


def _clauses(text: str) -> list[tuple[int, int]]:
    """Split at sentence ends and commas; an end mark belongs to the clause before it."""
    spans, start = [], 0
    for match in _CLAUSE.finditer(text):
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [span for span in spans if text[slice(*span)].strip()]


def _is_question(text: str, start: int, end: int) -> bool:
    clause = text[start:end].strip()
    plain = fold_plain(clause).text.strip()
    if plain.startswith("¿") or _ASKS.match(plain) or _CHINESE_QUESTION.search(plain):
        return True
    tentative = is_hedged(plain) or any(letter.isdigit() for letter in plain)
    return clause.endswith(tuple(_QUESTION_MARKS)) and not tentative


def _says_something(clause: str) -> bool:
    plain = fold_plain(clause).text
    has_words = any(letter.isalnum() for letter in plain)
    return has_words and not (is_acknowledgement(clause) or is_greeting(clause) or _SUBORDINATE.match(plain.strip()))
