"""Closed-class phrases in English, Spanish, Polish and Chinese that decide what happens before any model is asked."""

import re
import unicodedata

from frontdesk.language.fold import READ_LIMIT, fold_plain
from frontdesk.language.patterns import phrases

_SHORT = 160

_THANKS = phrases(
    r"thank(?:s| you| u)(?: (?:so|very) much| a lot| a (?:million|bunch)| again)?|many thanks|thx|ty|cheers|"
    r"much appreciated|(?:that'?s|that is|that will be) (?:all|it|everything)(?: for now)?|"
    r"nothing (?:else|more)(?: for now)?",
    r"(?:eso )?es todo(?: por ahora)?|nada mas(?: por ahora)?|to (?:wszystko|tyle)(?: na razie)?|nic wiecej|"
    r"没有(?:别的|其他)?(?:问题)?了|就这些了?",
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
    r"(?:prosze )?(?:(?:do (?:mnie|nas)|juz|wiecej) ){1,3}nie (?:pisac|pisz\w*|wysylac|dzwonic)|"
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

_SEEKS_WORK = phrases(
    r"(?:are|r) (?:you|u)(?: guys| people)?(?: \w+)? (?:hiring|recruiting)|(?:send|submit|share|drop|attach\w*|"
    r"here is)(?: you)?"
    r" my (?:cv|resume)|i(?:'m| am)? (?:\w+ )?(?:looking|searching|hunting) for (?:a |an |some )?(?:\w+ )?(?:job|"
    r"work|internship|"
    r"employment|traineeship)|(?:i(?:'d| would)? (?:like|want|love) to )?apply(?:ing)? for (?:a |an |the |"
    r"your )?(?:\w+ )?(?:job|"
    r"position|internship|role|vacancy)|(?:any|have|got) (?:open )?(?:\w+ )?(?:vacanc\w+|job openings?|"
    r"open positions)|"
    r"(?:want|like|love) to (?:work (?:for|with) (?:you|your (?:company|team))|join your (?:team|company))",
    r"(?:busco|estoy buscando) (?:\w+ )?(?:trabajo|empleo|practicas)|(?:estan|estais|estas) (?:contratando|"
    r"reclutando)|"
    r"(?:enviar|mandar|dejar|adjunto|envio|mando)(?:les|le|os|te)? mi (?:curriculum|cv)|(?:tienen|hay|"
    r"teneis) (?:alguna )?"
    r"(?:vacantes?|puestos? libres?|ofertas? de empleo)|trabajar (?:con|para) (?:ustedes|vosotros)|"
    r"trabajar en su empresa|"
    r"(?:postularme|presentarme|optar) (?:a|al|para) (?:un |el |su )?(?:puesto|vacante|empleo)",
    r"szukam (?:\w+ )?(?:pracy|stazu|praktyk)|(?:szukacie|zatrudniacie|rekrutujecie|"
    r"poszukujecie)(?: \w+)? (?:pracownik\w*|ludzi|"
    r"programist\w*|kierowc\w*|kogos do pracy)|wolne (?:etaty|stanowiska|miejsca pracy)|(?:wyslac|przeslac|zostawic|"
    r"zlozyc|przesylam)"
    r" (?:\w+ )?(?:cv|zyciorys\w*)|(?:u was|dla was|w waszej firmie) pracowac|pracowac (?:u|dla|z) (?:was|wami)|"
    r"aplikowac na",
    r"(?:你们|贵公司|公司)?(?:还|在|要)?招(?!牌|待|商|标|呼)"
    r"(?:人|聘|工|实习生|[^ ,.!?的]{0,8}(?:员|师|助理|经理|司机|主管))(?!费)|"
    r"(?:我|本人)?(?:想|要)?应聘|求职|(?:投|发|寄)(?:个|一份)?简历|"
    r"我(?:想|在|要|正在)?找(?:份|个|一份)?(?:工作|实习)|到你们(?:公司|那里|这里)(?:工作|上班)|加入你们(?:公司|团队)",
)

_ENOUGH_ASKED = phrases(
    r"(?:stop|quit|enough|no more|tired of)(?: with)?(?: \w+){0,2} (?:asking|questions|questioning)|"
    r"(?:don'?t|do not) (?:ask|keep asking)(?: me)?(?: for)?(?: any ?(?:thing)?)?(?: more| questions)+",
    r"(?:no (?:me |nos )?(?:pid|pregunt|hag)\w*|dej\w+ de (?:preguntar|pedir)\w*|basta de)(?: \w+){0,2} "
    r"(?:datos|preguntas|mas)|no mas preguntas",
    r"(?:przesta[nc]\w*|dosc|koniec)(?: \w+)? (?:pytac|pytan|dopytyw\w+|wypytyw\w+)|nie (?:pytaj\w*|wypytuj\w*)"
    r"(?: \w+){0,2}(?: wiecej| juz| o nic)|bez (?:dalszych|wiecej|kolejnych) pytan",
    r"(?:别|不要|不用)(?:再|一直|老)?(?:问|要)(?:我)?(?:了|那么多|这么多|信息|资料)|(?:问|问题)(?:太多|够)了?",
)

_WHY_ASKED = phrases(
    r"why (?:do|would|are|must|should) (?:you|i|we) (?:\w+ )?(?:need|want|ask\w*|know|tell|give|share|answer|say)|"
    r"why (?:is (?:that|this|it) (?:important|relevant|needed)|does (?:it|that|this) matter|(?:that|this) question)|"
    r"what (?:do|would) you (?:need|want) (?:it|this|that|my \w+|the \w+) for|what is (?:that|this|it) for",
    r"(?:para|por) que (?:(?:lo|la|me|nos|se|quiere\w*|necesita\w*) )*(?:necesit|qui?er|pid|pregunt|sab|es (?:necesari|"
    r"important))\w*|por que (?:tengo|tenemos) que (?:decir|dar)\w*",
    r"(?:po co|dlaczego|czemu|na co|do czego) (?:(?:to|wam|ci|panstwu|pan|pani|o|mnie|jest|sa|te|ta|chcecie|chcesz|"
    r"mam|mamy) )*(?:pyta\w+|potrzebn\w+|potrzebuj\w+|wiedziec|wiedza|informacj\w+|dane|poda(?:c|wac)|mowic)|"
    r"po co (?:wam|ci|panstwu) (?:to|ten|ta|te)",
    r"(?:为什么|为啥|干嘛|干吗)(?:你们?|您|一定)?(?:需?要|想|得)?(?:问|知道|了解|告诉|提供|我的)|"
    r"(?:问|要|知道)(?:这个|这些)(?:是)?(?:做|干)(?:什么|嘛|啥)|(?:问|要)(?:这个|这些)有什么用",
)
_NO_INTEREST = re.compile(
    r"(?:sorry|no|thanks|hi|hello|well| )*(?:i'?m|we'?re|i am|we are)?(?: really| just)? ?(?:not|"
    r"no longer) interested"
    r"(?: in (?:this|it|that|your \w+|the offer))?(?: any ?more)?|"
    r"(?:lo siento |no |hola )*(?:ya )?no (?:(?:me|nos) interesa(?: (?:esto|eso|su \w+|la oferta))?|est(?:oy|"
    r"amos) interesad\w+)|"
    r"(?:niestety |nie |dzien dobry )*(?:(?:juz )?nie (?:jestem|jestesmy) (?:juz )?zainteresowan\w+(?: (?:ta |"
    r"wasza )?oferta)?|"
    r"nie interesuje (?:mnie|nas)(?: to)?)|(?:不好意思 ?|抱歉 ?)?(?:我|我们)?(?:对这个|对此)?(?:已经)?(?:不感|"
    r"没有?)兴趣了?"
)
_GOODBYE = re.compile(
    r" (?:thanks|thank you|sorry|bye|gracias|muchas gracias|lo siento|dziekuje|dziekujemy|dzieki|谢谢|多谢|再见)$"
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


def without_greeting(plain: str) -> str:
    """Return plain-folded text without the greeting that opens it: "hola cuanto cuesta" asks what it costs."""
    opening = _GREETING.match(plain)
    return without_greeting(plain[opening.end() :].lstrip(" ,.!")) if opening else plain


def is_opt_out(text: str) -> bool:
    """Return whether the contact asks not to be written to any more."""
    plain = fold_plain(text[:READ_LIMIT]).text.strip()
    if _OPT_OUT_WHOLE.fullmatch(bare(plain)):
        return True
    return any(not _KEEP.search(plain[: match.start()]) for match in _OPT_OUT.finditer(plain))


def declines_offer(text: str) -> bool:
    """Return whether the whole message says that the contact is not interested, in us and not in one thing of ours."""
    words = bare(fold_plain(text[:READ_LIMIT]).text.strip().replace("'", ""))
    return _NO_INTEREST.fullmatch(_GOODBYE.sub("", words)) is not None


def asks_why(text: str) -> bool:
    """Return whether the contact asks why we want to know what we asked."""
    return _WHY_ASKED.search(fold_plain(text[:READ_LIMIT]).text) is not None


def wants_no_questions(text: str) -> bool:
    """Return whether the contact does not want to be asked anything more."""
    return _ENOUGH_ASKED.search(fold_plain(text[:READ_LIMIT]).text) is not None


def seeks_work(text: str) -> bool:
    """Return whether the contact asks us for a job, in words that leave no doubt."""
    return _SEEKS_WORK.search(fold_plain(text[:READ_LIMIT]).text) is not None


def _without(pattern: re.Pattern[str], plain: str) -> str:
    return pattern.sub(" ", plain)


def bare(plain: str) -> str:
    """Drop a polite word and everything but letters, digits and single spaces at the ends."""
    words = re.sub(r"[^\w\s-]", " ", plain)
    return re.sub(r"\s+", " ", re.sub(r"^please | please$", "", words.strip())).strip()
