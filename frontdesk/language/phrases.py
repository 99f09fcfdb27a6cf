"""Closed-class phrases in English, Spanish, Polish and Chinese that decide what happens before any model is asked."""

import re
import unicodedata

from frontdesk.language.fold import fold_plain
from frontdesk.language.patterns import phrases

_SHORT = 160
_READ_LIMIT = 4000

_THANKS = phrases(
    r"thank(?:s| you| u)(?: (?:so|very) much| a lot| a (?:million|bunch)| again)?|many thanks|thx|ty|cheers|"
    r"much appreciated",
    r"(?:i )?appreciate it|muchas gracias|(?:mil )?gracias(?: por todo)?|dzieki(?: wielkie)?|"
    r"dziekuje(?:my)?(?: bardzo)?",
    r"(?:多)?谢谢(?:你|您|啦|了)?|多谢|感谢|谢(?:啦|了)",
)
_OKAY = phrases(
    r"ok(?:ay|ey|i|ie)?|k|kk|alright|all right|great|perfect|cool|nice|awesome|good|lovely|sure|fine|noted|"
    r"understood",
    r"got it|sounds good|will do|no problem|np|no worries|super|see you|talk soon|bye|goodbye|have a (?:nice|"
    r"good|great) day",
    r"(?:the )?same to you|you too|very much|wonderful|excellent|brilliant|makes sense|i see",
    r"vale|de acuerdo|perfecto|genial|estupendo|entendido|listo|claro|muy bien|bueno|hasta luego|adios|chao|"
    r"igualmente|buen dia",
    r"dobra|dobrze|w porzadku|rozumiem|jasne|swietnie|spoko|git|pewnie|bardzo|wielkie|do widzenia|na razie|pa|"
    r"milego dnia",
    r"好(?:的|吧|呀|啊|嘞|滴|哒)*|行|嗯+|明白(?:了)?|知道了|收到|了解(?:了)?|没问题|可以|辛苦了|再见|拜拜|太好了|"
    r"哦+|噢",
)
_GREETING = phrases(
    r"h(?:i+|ey+|ello+)(?: (?:there|again|all|everyone|team))?|good (?:morning|afternoon|evening|day)|greetings|"
    r"yo|howdy",
    r"hola|buen(?:os|as) (?:dias?|tardes|noches)|buenas|que tal|saludos",
    r"czesc|hej(?:ka)?|witam(?: serdecznie)?|dzien dobry|dobry wieczor|dobry|siema|halo",
    r"你好(?:呀|啊)?|您好|嗨|哈喽|哈罗|早上好|上午好|中午好|下午好|晚上好|早安?|在吗|在么|有人吗",
)

_OPT_OUT_WHOLE = re.compile(r"stop(?: ?all)?|unsubscribe|opt[ -]?out|quit|baja|dar(?:me)? de baja|wypisz|td|t|退|退订")
_OPT_OUT = phrases(
    r"stop (?:texting|messaging|contacting|emailing|writing|spamming|bothering)(?: to)? (?:me|us)",
    r"stop sending (?:me |us )?(?:\w+ ){0,2}(?:messages?|texts?|e-?mails?|stuff|spam|this|these|anything)",
    r"stop (?:the|these|this|all|your) (?:\w+ )?(?:messages?|texts?|e-?mails?|spam)",
    r"(?:don'?t|do not|never) (?:ever )?(?:text|message|contact|write|e-?mail|spam|bother)(?: to)? (?:me|us)"
    r"(?: (?:again|any ?more|ever)|(?= *[.,!?]| *$))",
    r"(?:remove|delete|take|get) (?:me|my number|us) (?:off|from) (?:\w+ ){0,3}lists?|leave me alone|"
    r"no more messages",
    r"unsubscribe(?: me)?|opt(?:ing)?[ -]?(?:me )?out|lose my number",
    r"no (?:quiero que )?(?:me|nos) (?:escrib|contact|molest)\w+(?: mas| nunca)?(?= *[.,!?]| *$| por favor)",
    r"no (?:quiero (?:recibir )?|me (?:mand|envi)\w+ )mas (?:mensajes|correos|publicidad)",
    r"(?:deja|dejad|dejen|deje|para|paren) de (?:escribir|molestar|enviar|mandar|contactar)(?:me|nos)\w*",
    r"(?:dame|denme|darme|deme|quiero darme) de baja|(?:borra|quita|elimina)(?:d|n)?me de (?:la|su|tu|"
    r"vuestra) lista|cancelar (?:la )?suscripcion",
    r"nie pisz\w* (?:do mnie|do nas|juz|wiecej)|(?:prosze )?(?:do mnie )?(?:wiecej )?nie pisac(?: do mnie|"
    r" wiecej| juz)",
    r"prosze (?:do mnie )?(?:wiecej )?nie pisac|przestan\w* (?:do mnie |mi )?(?:pisac|wysylac|spamowac)",
    r"wypisz\w* mnie|usun\w* mnie z (?:\w+ )?(?:listy|bazy)|nie kontaktuj\w* sie(?: ze mna)?(?: wiecej)?|"
    r"daj\w* mi spokoj",
    r"(?:rezygnuje z|nie chce (?:juz |wiecej )*(?:dostawac|otrzymywac)?) ?(?:subskrypcji|wiadomosci|newslettera|"
    r"smsow|maili)",
    r"nie wysyl\w+ (?:mi |do mnie )?(?:wiecej|juz)|nie chce (?:juz |wiecej )*(?:dostawac|otrzymywac)",
    r"(?:别|不要|请勿|勿)再(?:给我|向我|和我|跟我)?(?:发|发送|推送|联系|打扰|骚扰|来信)",
    r"(?:别|不要|请勿|勿)(?:给我|向我)(?:发|推送|发送)(?:了|消息|信息|短信|广告|任何)|(?:别|不要)(?:联系|打扰|"
    r"骚扰)我|退订|取消订阅|停止(?:发送|推送)",
)
_KEEP = re.compile(
    r"(?:don'?t|do not|not|without|no quiero|nie chce|no need to|不要|不想|别)(?: want to| to| sie| me)? *$"
)

_PERSON = (
    r"(?:a |an |the |some |your |one of your |any )?(?:real |actual |live |living |proper |human )*"
    r"(?:human(?: being)?|person|people|someone|somebody|agent|representative|rep|operator|advisor|adviser|"
    r"consultant|"
    r"manager|salesperson|sales(?: team| rep)?|staff|team member|colleague|specialist|expert|member of (?:your |"
    r"the )?\w+)"
)
_MACHINE = r"(?:a |an |the |this |some )?(?:chat ?bots?|bots?|robots?|machines?|ai|computers?|automat\w*)"
_PERSONA = (
    r"(?:un |una |algun |alguna |el |la |su |tu )?(?:ser humano|human[oa]|persona(?: real)?|agente|asesor\w*|"
    r"operador\w*|alguien|"
    r"representante|comercial|encargad[oa]|responsable|gestor\w*|ejecutiv[oa])"
)
_CZLOWIEK = (
    r"(?:prawdziw\w+ |zyw\w+ |jakims |jakas )?(?:czlowiek\w*|konsultant\w*|osoba|pracownik\w*|doradc\w*|kims|"
    r"handlowc\w*|agentem|"
    r"przedstawiciel\w*|operator\w*|sprzedawc\w*|specjalist\w*)"
)
_HUMAN_WHOLE = re.compile(
    r"(?:(?:an? )?(?:(?:real |actual |live )?(?:human(?: being)?|person)|(?:human |live )?agent|representative|"
    r"operator)|"
    r"(?:un )?(?:ser )?humano|(?:una )?persona real|(?:un )?(?:agente|asesor|operador)|czlowiek|konsultant|人工|"
    r"真人|人工客服)"
    r" *(?:please|por favor|prosze|谢谢)?"
)
_HUMAN = phrases(
    rf"(?:talk|speak|chat|write|talking|speaking|chatting)(?: directly)? (?:to|with) {_PERSON}(?: from \w+)?",
    rf"(?:connect|transfer|put|pass|hand|switch|escalate)(?: (?:me|us|this))?(?: through|"
    rf" over)?(?: directly)? (?:to|with) {_PERSON}",
    r"(?:want|need|get me|give me|prefer|like|have) (?:a |an )(?:real |actual |live |"
    r"human )*(?:human(?: being)?|person|agent|operator|representative)",
    rf"(?:can|could|may|have) {_PERSON} (?:please )?(?:call|contact|help|answer|reply|get in touch)|(?:real|"
    rf"actual|live) (?:human|person)",
    r"human (?:agent|support|operator|help)|is (?:there )?(?:a human|anyone|someone) (?:there|here|available|i can)",
    rf"(?:hablar|comunicarme|chatear|contactar|contacto|ponme|ponerme|pas[ae]me|pasarme|comuni[cq]u?[ae]me|"
    rf"conect[ae]me) con {_PERSONA}",
    r"(?:quiero|necesito|prefiero) (?:un |una )(?:ser humano|human[oa]|persona(?: real)?|agente|asesor\w*|"
    r"operador\w*)|persona (?:real|de verdad)",
    rf"(?:po)?(?:rozmawiac|gadac|pisac|polacz\w*|przelacz\w*|kontakt\w*|polaczenie|"
    rf"skontaktowac sie) (?:mnie )?z {_CZLOWIEK}",
    r"(?:chce|chcialbym|chcialabym|potrzebuje|poprosze|prosze)(?: o)? (?:zywego |prawdziwego )?(?:czlowieka|"
    r"konsultanta|doradce|operatora)",
    r"(?:转|找|要|接|联系|换|叫)(?:个|一个|一下|一位|你们的?|到)*(?:人工|真人|活人|客服)|人工(?:客服|服务)|(?:跟|"
    r"和|与)(?:真人|活人|人工|客服|人)(?:说|聊|沟通|谈|讲)|真人(?:客服|服务|吗)",
)
_NOT_A_MACHINE = phrases(
    rf"(?:don'?t|do not|not|rather not|hate|tired of|stop)(?: \w+)?(?: to| want to| like to|"
    rf" like)? (?:be )?(?:talk|speak|chat|talking|speaking|chatting|writing) (?:to|with) {_MACHINE}",
    rf"(?:don'?t|do not) (?:want|like|trust) {_MACHINE}|not {_MACHINE}(?= *[.,!]| *$)|no (?:bots|robots)",
    r"no quiero (?:hablar|chatear|tratar) con (?:un |una |el |la )?(?:bots?|robots?|maquinas?)|"
    r"no (?:quiero )?(?:un |una )(?:bot|robot|maquina)",
    r"nie (?:chce|bede|lubie) (?:rozmawiac|pisac|gadac) z (?:\w+ )?(?:bot\w*|robot\w*|maszyn\w*|automat\w*)|"
    r"nie (?:chce )?(?:bota|robota)",
    r"不(?:想|要|愿意?)(?:跟|和|与)(?:机器人?|ai|智能客服)(?:说|聊|沟通|谈|讲)?|不要机器人",
)
_UNWANTED = re.compile(
    r"(?:(?:don'?t|do not|didn'?t|doesn'?t|no|not|never)(?: really| actually| even)?(?: need| want| have| wish|"
    r" like)?(?: to| for| me to)*"
    r"|no need(?: to| for)+|without|instead of|rather not|no (?:quiero|necesito|hace falta|"
    r"es necesario)(?: que)?|sin|"
    r"nie (?:chce|musze|potrzebuje|trzeba|ma potrzeby)|bez|不(?:用|要|想|必|需要)?|别|没必要) *$"
)


def is_acknowledgement(text: str) -> bool:
    """Return whether the whole message only acknowledges ("thanks 👍", "ok", "好的谢谢") and asks nothing."""
    plain = fold_plain(text).text.strip()
    if len(plain) > _SHORT or "?" in plain:
        return False
    rest = _without(_THANKS, _without(_OKAY, plain)) if plain else ""
    said = rest != plain or any(unicodedata.category(letter) == "So" for letter in plain)
    return said and not any(letter.isalnum() for letter in rest)


def is_greeting(text: str) -> bool:
    """Return whether the whole message is a greeting."""
    plain = fold_plain(text).text.strip()
    if len(plain) > _SHORT:
        return False
    rest = _without(_GREETING, plain)
    return rest != plain and not any(letter.isalnum() for letter in rest)


def is_opt_out(text: str) -> bool:
    """Return whether the contact asks not to be written to any more."""
    plain = fold_plain(text[:_READ_LIMIT]).text.strip()
    if _OPT_OUT_WHOLE.fullmatch(_bare(plain)):
        return True
    return any(not _KEEP.search(plain[: match.start()]) for match in _OPT_OUT.finditer(plain))


def wants_human(text: str) -> bool:
    """Return whether the contact asks for a person, or not to be left with a machine."""
    plain = fold_plain(text[:_READ_LIMIT]).text.strip()
    if _NOT_A_MACHINE.search(plain) or _HUMAN_WHOLE.fullmatch(_bare(plain)):
        return True
    return any(not _UNWANTED.search(plain[: match.start()]) for match in _HUMAN.finditer(plain))


def _without(pattern: re.Pattern[str], plain: str) -> str:
    return pattern.sub(" ", plain)


def _bare(plain: str) -> str:
    """Drop a polite word and everything but letters, digits and single spaces at the ends."""
    words = re.sub(r"[^\w\s-]", " ", plain)
    return re.sub(r"\s+", " ", re.sub(r"^please | please$", "", words.strip())).strip()
