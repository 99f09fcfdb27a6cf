"""What a contact does with a question: answer it, refuse to, not know, or ask something back."""

import re
from enum import StrEnum

from frontdesk.language.fold import READ_LIMIT, fold_plain
from frontdesk.language.hedges import is_hedged
from frontdesk.language.patterns import phrases
from frontdesk.language.phrases import is_acknowledgement, is_greeting, without_greeting


class AnswerAct(StrEnum):
    """What a message does with the question that was asked."""

    ANSWERS = "answers"
    REFUSES = "refuses"
    UNKNOWN = "unknown"
    ASKS = "asks"


_TELL = (
    r"(?:share|say|tell|give|disclose|discuss|provide|reveal|leave|answer|talk about|go into|comment|"
    r"choose|pick|sharing|giving|disclosing|providing|leaving|choosing)"
)
_SECRET = phrases(
    rf"(?:rather|prefer) (?:to )?not (?:to )?{_TELL}|not {_TELL}ing|none of your business|no comment|mind your own",
    rf"(?:can'?t|cannot|can not|won'?t|don'?t want to|do not want to|don'?t like to|(?:i|we) (?:do not|don'?t)|"
    r"wouldn'?t like to|(?:don'?t|do not) feel (?:like|comfortable)|"
    rf"refuse to) (?:\w+ )?{_TELL}(?:ing)?(?! (?:you )?(?:yet|if|when|whether|how|"
    r"exactly|for sure|the exact|much|i|we|that i|that we))",
    rf"not (?:going|able|allowed|willing|happy|comfortable|ready|keen|something|"
    rf"sth)\b[^.,;!?]{{0,20}}{_TELL}(?:ing)?",
    r"(?:that|this|it)(?:'?s| is) (?:private|personal|confidential|between)|confidential|don'?t give (?:out )?my|"
    r"skip (?:this|that|it)|keep (?:that|this|it)(?: \w+)? to (?:myself|ourselves)|prefer to keep|"
    r"(?:stay|remain|be) anonymous|next question(?= *[.!]*$)",
    r"^ *(?:pass|skip)(?: on (?:that|this)(?: one)?)? *[.!]*$|^ *(?:paso|pasapalabra|pomijam|pas) *[.!]*$",
    r"prefiero no (?:dar|decir\w*|compartir\w*|dejar|responder|revelar\w*|contestar|hablar|facilitar)|"
    r"(?:no|tampoco) (?:se )?(?:lo |la |te |os |les |le )*(?:quiero|puedo|deseo|voy a|pienso|me gustaria|quisiera) "
    r"(?:dar|decir|compartir|dejar|responder|revelar|contestar|hablar de|facilitar)\w*",
    r"(?:eso )?es cosa (?:mia|nuestra)|preferiria no|(?:es|eso es) (?:confidencial|privado|personal)|confidencial|"
    r"no es asunto|no doy (?:mi|el|la)|"
    r"(?:me lo|lo) (?:guardo|reservo)|(?:eso )?no se (?:dice|pregunta)|mejor no (?:decir|digo|contest)\w*",
    r"wol(?:e|alabym|albym|imy|elibysmy) (?:\w+ )?nie (?:poda\w+|mowi\w+|zdradza\w+|odpowiada\w+|ujawnia\w+)|"
    r"wol(?:e|alabym|albym|imy|elibysmy) (?:tego )?nie(?= *[.!]*$)|"
    r"(?:lepiej|raczej) nie (?:podawac|mowic)|nie (?:podam|powiem|podaje|podajemy|odpowiem|zdradze|udostepnie)\w*",
    r"nie (?:chce|chcemy|moge|mozemy|bede|zamierzam|chcialbym|chcialabym|zycze sobie|musze|mam ochoty) (?:\w+ ){0,2}"
    r"(?:poda\w+|mowic|powiedziec|zdradz\w+|udostepni\w+|rozmawiac|dzielic|ujawni\w+|zostawi\w+|odpowiad\w+)",
    r"nie wypada|poufne|(?:prywatn[ea]|osobist[ea]) (?:sprawa|informacj\w+|dane)|to (?:jest )?(?:prywatne|poufne)|"
    r"(?:to )?(?:moja|nasza)(?: prywatna)? sprawa|tajemnica",
    r"(?:不|没)(?:太|大|怎么|是很)?(?:想|愿意?|便|方便|打算|乐意)(?:说|透露|留|给|告诉|提供|回答|讲|公开|讨论)|"
    r"不(?:太|大)?(?:方便|便)(?=$|[,.!了吧])|保密|隐私|机密",
    r"无可奉告|不告诉你|不(?:能|会|可以)(?:说|透露|告诉)|跳过|不(?:想|愿)(?:说|讲|聊)|与你无关|关你",
)
"""Not willing to tell."""
_DECLINES = phrases(
    r"(?:rather|prefer) not|(?:rather|prefer) to not",
    r"don'?t give out|(?:please )?(?:don'?t|do not|no need to) (?:call|phone|ring|text|e-?mail) me|"
    r"no (?:phone )?calls",
    r"(?:let'?s |rather |prefer to )(?:just )?(?:stick|stay|keep|continue|carry on|chat)[^.,;!?]{0,20} (?:here|"
    r"chat|text)|(?:here|chat) is (?:fine|ok|better|enough)",
    r"prefiero no|no me llam\w+|no (?:quiero|hace falta) que (?:me )?llam\w+|mejor no(?! \w)",
    r"prefiero (?:seguir|continuar|quedarme|hablar) (?:por )?(?:aqui|el chat)|(?:no )?hace falta",
    r"(?:prosze )?nie dzwon\w+|"
    r"wol(?:e|imy) (?:\w+ )?(?:zostac|pozostac|rozmawiac|pisac|kontynuowac)? ?(?:przy|na|przez|tu|"
    r"tutaj)(?: czac\w+)?",
    r"不(?:太)?愿意?|(?:别|不要|请勿|不用|不想)(?:接|给我)?打?(?:我的?)?电话|(?:就)?在这(?:里|儿)?(?:聊|说)|"
    r"(?:邮箱|电话|手机|号码)?(?:就|还是)?(?:算了|免了)吧?|(?:先)?不留了?",
)
"""Not willing to do or to leave something; to a question of yes or no it says no."""
_ELSEWHERE = phrases(
    r"^ *(?:no+|nope|nah|nie)(?= *[.,!]| *$)|^(?:不|没)|"
    r"(?:don'?t|do not|haven'?t|have no|never) (?:have|got|use|own|check)|no (?:phone|e-?mail|number|calls?)|"
    r"(?:i|we)(?:'?d)? (?:would )?(?:rather|prefer)|(?:e-?mail|chat|text|whatsapp|phone)s? (?:only|is better|"
    r"instead)|only (?:by |via )?(?:e-?mail|chat|text|whatsapp|phone)",
    r"(?:just )?(?:message|text|write|contact|reach|answer|reply|tell)(?: to)? (?:me )?(?:here|on|in|via|through)",
    r"no (?:tengo|uso|utilizo|tenemos)|prefiero|mejor por|solo por|(?:escrib|contact|habl|respond)\w* (?:por )?aqui",
    r"nie (?:mam|uzywam|posiadam|korzystam)|wol(?:e|imy)|tylko (?:mail\w*|telefon\w*|czat\w*|whatsapp\w*)|"
    r"(?:prosze )?(?:pisac|pisz\w*|odpisz\w*)(?: (?:tu|tutaj|na))?",
    r"没有?(?:邮箱|电话|手机|邮件)?|微信|线上|在这|这里聊|用不着|不用了?",
)
"""No such address, or another way: to the question for an address, a refusal."""
_DEFERS = phrases(
    r"(?:i|we)(?:'?ll| will)(?: \w+)? (?:let you know|tell you|get back|confirm|send|come back|give (?:it|that)|"
    r"write|answer|check|know|have to)|let me (?:get back|check|ask|think|see)|(?:ask|remind) me (?:again|later)|"
    r"can (?:only )?(?:tell|say|confirm)|get back to you",
    r"(?:ya )?(?:te|le|os|les) (?:dire|digo|decimos|diremos|confirmo|confirmare|aviso|avisare|mando|contesto)|"
    r"lo (?:consult|confirm|mirare|vere|pensare)\w*",
    r"(?:dam|damy|dac) (?:\w+ )?znac|(?:po)?dam (?:to )?(?:pozniej|potem|jutro)|(?:powiem|napisze|potwierdze|przesle|"
    r"wysle|odezwe)(?: sie)? (?:pozniej|potem|jutro|wkrotce|w|za|po)|odezw\w+ sie",
    r"(?:晚点|回头|稍后|之后|明天|过两天|下周)?(?:再|会)(?:告诉|通知|跟你说|回复|联系|确认|答复|说吧|发给)|回头说",
)
"""Promises an answer for later, so that a time in the same clause is when they tell, not what was asked."""
_UNKNOWN = phrases(
    r"(?:don'?t|do not|didn'?t|doesn'?t|wouldn'?t) (?:really |actually |yet |even )?know|dunno|idk|"
    r"no (?:\w+ )?(?:idea|clue)|not (?:\w+ )?(?:sure|certain)",
    r"^ *(?:hm+ )?(?:maybe|perhaps|possibly|could be|might be|quizas?|tal vez|puede ser|puede que si|a lo mejor|moze|"
    r"byc moze|chyba|也许|可能|或许)(?:吧| not)? *[.!]*$",
    r"no sabria|nie gra roli|zalezy od (?:tego|ofert\w*|cen\w*|termin\w*|pogod\w*|czasu|wielu|sytuacji|koszt\w*)|"
    r"^ *(?:whenever|whatever|wherever) \w+|cuando (?:salga|haya|se pueda)|"
    r"unsure|(?:haven'?t|have not|hasn'?t|not|didn'?t) (?:\w+ ){0,2}(?:decided?|thought|figured|made up|determined|"
    r"discussed|settled|set|picked|chosen|confirmed|agreed|fixed|planned)",
    r"(?:no|not a?|without a?) (?:\w+ )?(?:budget|date|number|plan|limit)s? (?:set|yet|limit|in mind|decided|fixed|"
    r"as yet)|"
    r"(?:don'?t|do not|doesn'?t|haven'?t) (?:\w+ )?(?:have|got) (?:\w+ ){0,2}(?:dates?|budget|plans?|idea|number|"
    r"figure|"
    r"preference)|no (?:tengo|tenemos|hay) (?:\w+ )?(?:fechas?|presupuesto|cifra|plan(?:es)?)|nie mam\w* (?:\w+ )?"
    r"(?:termin\w*|budzet\w*|kwot\w*|dat[ay]?|plan\w*)|"
    r"money is no object|unlimited|no limit|sky'?s the limit|sin limite|(?:aun|todavia) no hay|nieograniczon\w+|"
    r"bez (?:limitu|ograniczen|roznicy|znaczenia)|nie ma (?:znaczenia|roznicy|limitu)|没有?.{0,4}上限|不限|"
    r"(?:it )?varies|^ *(?:sometimes|it'?s possible|possibly|a veces|es posible|czasami|czasem|mozliwe|"
    r"有时候?) *[.!]*$|"
    r"undecided|(?:have|has|had|need|needs|got|gotta|want) (?:to )?(?:check|ask|think|discuss|talk|see about|"
    r"look into|"
    r"consult|speak)|tbd|tba|tbc|(?:still )?(?:waiting|wait) (?:for|to hear|on)|up in the air",
    r"let me (?:think|check|ask|get back|see)|(?:will|i'?ll|we'?ll) (?:think|check|get back|see|let you know|"
    r"have to|ask|discuss)",
    r"(?:it |that )?(?:all )?depends|hard to (?:say|tell)|(?:can'?t|couldn'?t|cannot) (?:\w+ )?(?:say|"
    r"tell)(?: you)?(?= yet| for sure| exactly| *[.,!]*$)|no (?:hurry|rush)|just (?:looking|browsing|curious)",
    r"(?:think|thinking) about it|too early|still (?:thinking|deciding|figuring|discussing)|open to suggestions|"
    r"(?:you|u) (?:tell|choose|decide|pick)(?: me| for (?:me|us))?|surprise (?:me|us)|whatever it takes|your call|"
    r"(?:i'?m|i am|we'?re|we are|am|are|quite|very|pretty) (?:\w+ )?(?:flexible|easy|open)(?: on| with| about|"
    r"(?= *[.,!]*$))",
    r"no (?:preference|preferences|fixed)|(?:don'?t|doesn'?t|do not) (?:really )?(?:mind|care|matter)|up to you|"
    r"whichever|all the same|makes no difference",
    r"no (?:lo )?se(?= *[.,!?]| *$| todavia| aun| bien| exacta| cuan| cual| si | que | muy)|"
    r"ni (?:la mas minima )?idea|"
    r"no tengo (?:ni )?(?:idea|claro)",
    r"no (?:estoy|estamos) (?:\w+ )?segur\w+|depende|(?:aun|todavia) no (?:lo )?(?:se|he|hemos|sabemos|esta|"
    r"tenemos|decid\w+)",
    r"(?:tengo|tenemos|tendria|tendriamos|habria|hay|tendre) que (?:\w+ )?(?:pensar|consultar|ver|preguntar|hablar|"
    r"mirar)\w*|no (?:lo )?sabemos|sin decidir|falta (?:confirmar|decidir|por)|esperando",
    r"no (?:lo )?(?:tengo|tenemos|hemos|he) (?:\w+ )?(?:claro|decidido|pensado|hablado|fijado)|no lo (?:tengo|"
    r"tenemos) claro|ya (?:veremos|vere|te digo|te dire|se vera)|lo (?:pensare|pensaremos|consulto|vere|"
    r"consultare\w*|hablaremos)|(?:de)?pendiente|(?:me|nos) da (?:lo mismo|igual)|sin prisas?|"
    r"no (?:hay|tengo|tenemos|corre) prisa",
    r"(?:lo que|como|cuando|donde) (?:quieras|quieran|querais|sea|digas|digan|prefieran|prefieras|podais|puedan|"
    r"puedas|pueda|os venga|les venga)|"
    r"sorpr[ei]nd\w+(?:me|nos)|(?:elige|elija|elijan|decide|decidan) (?:tu|usted|ustedes|vosotros)",
    r"nie wiem\w*|nie (?:jestem|jestesmy) (?:\w+ )?pew\w+|nie mam\w* (?:\w+ )?pojecia|"
    r"(?:trudno|ciezko)(?: \w+)? (?:powiedziec|okreslic|stwierdzic)|zobacz(?:e|ymy)|okaze sie",
    r"mus(?:ze|imy|ial\w+) (?:\w+ ){0,3}(?:zastanow\w+|pomysl\w+|przemysl\w+|s?pyta\w+|zapyta\w+|sprawdzi\w+|"
    r"skonsultow\w+|dopyta\w+|ustali\w+|pogada\w+|porozmawia\w+|naradzi\w+|obgada\w+|omowi\w+)",
    r"nie (?:\w+ ){0,2}(?:zdecydow\w+|postanow\w+|ustal\w+|mysl\w+|zastanaw\w+|wybral\w+)|(?:to )?zalezy(?! od|"
    r" nam| mi)|to zalezy(?! od (?!tego|ceny|terminu|pogody|czasu))|zastanowi\w+ sie|pomysl(?:e|imy)|"
    r"czeka(?:m|my) na",
    r"nie (?:spieszy|spieszymy)|bez pospiechu|tylko sie rozglad\w+|obojetn\w+|wszystko (?:jedno|mi jedno)|"
    r"(?:jest|to) (?:mi|nam) obojetne|gdziekolwiek|kiedykolwiek|ktorykolwiek|cokolwiek|"
    r"(?:jak|co|gdzie|kiedy|ktory|ktora) (?:chce|wol|uwaz|pasuje|wam|panst)\w*|zdaje(?:my)? sie na|"
    r"(?:prosze|sami) (?:wybra\w+|wybierz\w*)|wybierzcie|zaskocz\w+",
    r"(?:还)?不(?:太|是很|大|怎么)?(?:知道|清楚|确定|晓得|好说|了解)|没(?:有)?(?:想好|想过|确定|定|决定|考虑|商量|"
    r"选好)|不着?急|看情况|说不准|难说|不一定|待定",
    r"(?:再|要|得|需要|先|去)(?:看看|想想|想一想|考虑|商量|问问|问一?下|了解|跟.{1,6}商量)|考虑(?:一下|考虑)|"
    r"随便看看|看.{1,8}(?:再定|再说|而定|报价|吧$)|(?:都|怎么|哪个|哪天|什么)(?:都)?(?:可以|行|好|无所谓)|"
    r"随便|无所谓|你(?:们)?(?:定|决定|推荐|看着办)|听你们的",
)
_INDIFFERENT = re.compile(
    r"(?:(?:at |on )?(?:any|either)(?:where|thing|time|one|body| (?:time|date|day|one|of them|option|place))?|"
    r"whenever|whatever|wherever|"
    r"(?:en |a )?cualquier(?:a| (?:sitio|lugar|fecha|dia|opcion|cosa|momento))?|(?:w )?dowoln\w+(?: \w+)?|"
    r"(?:w )?kazd\w+(?: \w+)?)"
    r"(?:(?: is| are|'s| me| nos| mi| nam)? ?(?:fine|ok(?:ay)?|good|works?|do|great|possible|you (?:like|want|think)|"
    r"(?:esta |va |viene |vale )?bien|sirve|vale|pasuje|moze byc|jest ok)?(?: (?:for|with) (?:me|us))?)?[ .!]*"
)
"""A whole clause that leaves the choice to us."""

_CORRECTS = phrases(
    r"actually|correction|i (?:meant|mean|mistyped|misspoke)|(?:not|no,?) wait|wait,? no|scratch that|oops|whoops|"
    r"my (?:mistake|bad)|typo|(?:let'?s |please )?(?:make|change) (?:it|that)|change (?:of|my)|changed my mind|"
    r"should (?:be|have been|say)|(?:that|it)(?:'?s| was| is) wrong|wrong (?:number|one|date|email|address|amount)|"
    r"(?:but )?now (?:it'?s|we'?re|there are)|ahora (?:son|somos|seremos)|(?:ale )?teraz (?:jest|to|bedzie)|现在是|"
    r"instead|sorry(?= *[,.!]* *(?:not|no|i|it|we|make|that|the|\d))",
    r"perdon|en realidad|corrijo|correccion|rectifico|(?:quise|queria|quiero) decir|me (?:equivoque|he equivocado|"
    r"confundi|he confundido)|mejor (?:que sean|dicho|pon\w*)|digo(?= *[,.])|cambio de (?:planes|idea)|"
    r"(?:he |hemos )?cambi(?:e|amos|ado) de|no,? espera|error mio",
    r"pomylka|pomylil\w+|przepraszam|sork[ia]|(?:mialo|mialy|mial|miala|powinno) byc|zle (?:napisa\w+|wpisa\w+|"
    r"poda\w+)|mial[ae]m na mysli|chodzil\w+ (?:mi|nam) o|jednak|poprawka|zmiana|zmienil\w+|"
    r"a nie(?=,? \w+ *[.!]*$|,? [+\d])|"
    r"a wlasciwie|zamiast|nie,? czekaj\w*|znaczy(?= |,)",
    r"(?:^|[,.!] ?)(?:等等|等一下|等下)|"
    r"不对|不是.{1,8}[,是]|说错|写错|打错|搞错|弄错|记错|更正|纠正|改成|改为|改一下|应该是|其实是?|抱歉|"
    r"不好意思|我的意思是|"
    r"我是说|刚才.{0,4}错",
)
"""Words that take back something said before; only beside a value do they say which."""

_LEAD_IN = (
    r"(?:(?:and|but|so|then|ok|okay|hi|hello|hey|well|actually|sorry|please|wait|oh|hmm|y|pero|hola|entonces|pues|bueno|"
    r"a|i|ale|no|hej|to|wiec)[, ]+|那么?)*"
)
_SUBJECT = r"(?:you|your|i|we|it|there|that|this|these|those|the|they|he|she|my|our|any|anyone|someone|a|an)"
_ASKS = re.compile(
    rf"^{_LEAD_IN}(?:(?:y )?(?:vosotros|vosotras|ustedes|usted|tu|wy|panstwo|you|你们|您们?)[ ,]+(?=que|cual|cuant|"
    r"jak|ile|what|how))?(?:"
    r"(?:what(?! ever)|how|why(?! not)|where|which|who|whose)(?:'s|s)?\b|when (?:do|does|is|are|can|will|would|"
    r"should)\b|"
    r"(?:can|could|do|does|did|is|are|will|would|should|may|might|have|has|am|was|were|isn'?t|aren'?t|don'?t|can'?t) "
    rf"{_SUBJECT}\b|(?<!(?<![a-z])i )(?:is|are|does|did|was|were|has) (?!\d|for\b|about\b|ok|fine|good|"
    rf"the best|not\b)[a-z]+ \w|"
    r"(?<!(?<![a-z])i )(?:can|could|will|would|should) (?!\d|be\b|do\b|prefer|like|love|need|go\b|rather|want|"
    r"say|have\b|not\b|"
    r"spend|pay)[a-z]+ \w|do (?!it|that|this|not|so|call|contact|the|as|with|send|n)[a-z]+ \w|"
    r"any (?:chance|idea|discounts?|deals?|offers?|availability|appointments?|slots?) |"
    r"(?:por que(?! no)|para que|que (?:es|son|significa|incluye|pasa|tal|precio\w*|opciones|diferencia|tipo|hay|"
    r"tienen|"
    r"destinos|fechas|otr[oa]s|me|nos|horario|coste|hora)|a (?:que|donde)|de que|en que|con quien|cual(?:es)?|"
    r"cuant[oa]s? (?:cuesta\w*|vale\w*|es|son|sale\w*|cobra\w*|tard\w+|tiempo|personas|dias)|como (?:funciona|es|"
    r"se|puedo)|"
    r"quien|donde (?:esta\w*|puedo|queda\w*)|puede[sn]?(?! ser| que)|podria[sn]?(?! ser)|tienen|tienes|hay|(?:me|"
    r"nos) (?:puede|podria|"
    r"das|dan)\w*)\b|"
    r"(?:abren|abris|cierran|atienden|aceptan|admiten|trabajan|hacen|ofrecen|venden|cobran|financian|disponen|"
    r"se puede[ns]?|(?!\w*seis)\w{2,}[ae]is) \w|"
    r"(?!(?:m|sz|z|p|b)[iy]cie)\w*(?:[aiy]|uje|moze|bedzie|jestes)cie \w|"
    r"(?:czy|(?:(?:po|z|na|o|w) )?czym|ile|jak(?! (?:naj|tylko|na|dla|bedzie|zawsze|najb))|jak(?:i|a|ie|im|ich|iego|"
    r"iej)(?! \d|s)|co(?! (?:naj|do|"
    r"tydzien|miesiac))|gdzie(?! tam)|dokad|skad(?= )|dlaczego(?! nie)|"
    r"po co|kto\b|ktor\w+|od czego|za ile|na czym|kiedy(?! (?:tylko|chce|badz|pasuje|wam|panst))(?= \w))\b|"
    r"(?:请问|为什么|为啥|怎么(?!样都|都)|什么是|多少钱|能不能|可不可以|有没有|是不是|能先|可以先|什么时候|哪)"
    r")"
)
_CHINESE_QUESTION = re.compile(
    r"(?:吗|(?<![的没好有])呢|么|是什么|多少|多少钱|多[久长大远重]|几[天年个点周]|为什么|什么意思|怎么样|如何|哪些|哪个好|在哪里?儿?|"
    r"(?P<verb>[\u4e00-\u9fff])不(?P=verb)[\u4e00-\u9fff]{0,3})[啊呀 ]*[?!.,]*$"
)
_INDIRECT = phrases(
    r"(?:(?:not|isn'?t|aren'?t|un)(?: quite| really)? ?sure|(?:don'?t|do not)(?: really| even)? know|"
    r"no (?:clear )?idea|(?:just )?(?:wonder\w*|curious)|(?:would|'?d) like to know|tell me|let me know|"
    r"interested to know)(?: of| about)? (?:(?:what|how much)(?: \w+){0,2} (?:costs?|charged?|would be|is)|"
    r"what (?:it|that|this|you|they)(?:'?d| would|'?ll| will)? (?:cost|charge)|"
    r"what the (?:\w+ )?(?:price|cost|fee|rate)s?|how (?:it|this|that|you) works?|"
    r"how long (?:it|that|this) (?:takes?|would take))",
    r"no (?:lo )?(?:se|sabemos|tengo (?:ni )?idea de)(?: ni)? (?:(?:lo que|cuanto) (?:me |nos )?(?:cuest\w+|cost\w+|"
    r"val\w+|cobr\w+|sale|saldria)|que precios?|el precio|como funciona)|"
    r"(?:me|nos) gustaria saber|quisier\w+ saber|digame",
    r"nie (?:wiem\w*|mam pojecia)(?: nawet)?,? (?:ile (?:to |by |to by )*(?:koszt\w*|wyn\w+|bierzecie|liczycie)|"
    r"jaka (?:jest |bylaby |to )?cena|"
    r"jak to dziala)|chcial\w+ wiedziec",
    r"(?:tell|give|send|show) (?:me|us) (?:the |your |a )?(?:\w+ )?(?:price ?lists?|prices?|rates|costs?)|"
    r"(?:di(?:ga)?me|de?me|envie(?:n)?me|mande(?:n)?me|pase(?:n)?me)(?: primero)? (?:el |los |las |la |sus? )?"
    r"(?:precios?|tarifas?|lista de precios)|(?:poda\w+|prosze (?:poda\w+|o)|powiedz\w*|wysl\w+|przesl\w+|"
    r"poprosze(?: o)?) (?:mi )?(?:najpierw )?(?:\w+ )?(?:cen[eya]?|cennik)|"
    r"^ *(?:(?:the |your )?(?:price ?list|address|location|(?:opening|office|business) (?:hours|times))|prices|pricing|"
    r"cennik|ceny|adres|lokalizacja|godziny (?:otwarcia|pracy)|precios|tarifas|lista de precios|horarios?|direccion|"
    r"ubicacion) *[.!]*$",
    "(?:告诉|跟|给|发|报)(?:我们?)?(?:说|讲|报|发|看)?(?:一?下|个)?(?:你们的?)?(?:价格|价钱|价目|价位|费用)表?|"
    "^(?:(?:价格|价目)表?|地址|位置|营业时间)$",
    "(?:不知道|不清楚|不确定|想知道|想问)(?:一下)?(?:这个|大概|要|你们|价格|会){0,3}(?:多少钱|什么价|价格|怎么收费)",
)
"""A question in the form of not knowing, or of telling us to say it: what it costs with us is for us to say."""
_WANTS_TO_KNOW = phrases(
    r"(?:want(?:ed)?|would like|'?d (?:like|love)|need|hop(?:e|ing)|trying) to (?:know|find out|ask|check|learn|"
    r"inquire|enquire)|wonder(?:ed|ing)? (?:if|whether|about|what|how|when|where)|"
    r"(?:info|information|details|have (?:a |some )?(?:quick )?questions?) (?:on|about|regarding|concerning)",
    r"(?:quer\w+|quier\w+|quisier\w+|necesit\w+|dese\w+|(?:me|nos) gustaria) (?:saber|preguntar\w*|consultar\w*)|"
    r"(?:informacion|info|(?:tengo|tenemos) una (?:duda|pregunta|consulta)) (?:sobre|del?|acerca|respecto)",
    r"(?:chc\w+|chcial\w+|potrzebuj\w+|pragn\w+)(?: \w+){0,2} (?:dowiedziec|(?:za|s|do)pytac|wiedziec)|"
    r"interesuje (?:mnie|nas),? (?:czy|ile|jak\w*|kiedy|gdzie|cena|koszt)|"
    r"(?:informacj\w+|mam\w* pytani[ea]) (?:o|na temat|dotycz\w+|odnosnie|w sprawie)",
    "想要?(?:多)?(?:了解|知道|问|咨询|请教|打听)(?:一?下|些)?|有(?:个|一个)?问题",
)
"""What leads in to a question: "I'd like to know if …"."""
_CLAUSE = re.compile(r"[!?;！？；\n]+|[.。](?=\s|$)|。|[,，](?!\d)")
_MARKS_OF_SURPRISE = re.compile(r"\?[?!]+$|!\?+$")
_QUESTION_MARKS = "?？"
_SUBORDINATE = phrases(r"if|since|because|before|si|antes de|jesli|jezeli|zanim|gdyby|如果|要是|在此之前")


def answer_act(text: str, language: str) -> AnswerAct:
    """Return what `text` does with a question; the phrases of all languages count, whatever `language` is."""
    clipped = text[:READ_LIMIT]
    spans = _clauses(clipped)
    stated = [span for span in spans if not _is_question(clipped, *span)]
    plain = fold_plain(" ".join(clipped[slice(*span)] for span in stated)).text
    if _SECRET.search(plain):
        return AnswerAct.REFUSES
    if _UNKNOWN.search(plain) or _DEFERS.search(plain) or _INDIFFERENT.fullmatch(plain.strip()):
        return AnswerAct.UNKNOWN
    if _DECLINES.search(plain):
        return AnswerAct.REFUSES
    says_something = any(_says_something(clipped[slice(*span)]) for span in stated)
    return AnswerAct.ASKS if len(stated) < len(spans) and not says_something else AnswerAct.ANSWERS


def is_secret(text: str) -> bool:
    """Return whether `text` is not willing to tell, rather than to do or to have something."""
    return _SECRET.search(fold_plain(text[:READ_LIMIT]).text) is not None


def gives_no_address(text: str) -> bool:
    """Return whether `text`, which has no address in it, says that there is none or points to another way."""
    stated = " ".join(text[slice(*span)] for span in statement_spans(text[:READ_LIMIT]))
    return _ELSEWHERE.search(fold_plain(stated).text) is not None


def deferring_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the clauses that promise an answer for later ("I'll let you know next week")."""
    return tuple(span for span in _clauses(text[:READ_LIMIT]) if _DEFERS.search(fold_plain(text[slice(*span)]).text))


def correction_end(text: str) -> int | None:
    """Return where the last words that take something back end in `text`, or None; what follows them is meant."""
    folded = fold_plain(text[:READ_LIMIT])
    matches = list(_CORRECTS.finditer(folded.text))
    return folded.ends[matches[-1].end() - 1] if matches else None


def asks_something(text: str) -> bool:
    """Return whether any clause of `text` is a question."""
    clipped = text[:READ_LIMIT]
    return any(_is_question(clipped, *span) for span in _clauses(clipped))


def asks_in_words(text: str) -> bool:
    """Return whether a question opens with the words that make it one, rather than being one by its mark only."""
    return _ASKS.match(without_greeting(fold_plain(text[:READ_LIMIT]).text.strip(" ¿"))) is not None


def only_leads_in(clause: str) -> bool:
    """Return whether a clause ends where it begins to ask: "I'd like to know", before what it is."""
    plain = fold_plain(clause[:READ_LIMIT]).text.rstrip(" ,:")
    return any(match.end() == len(plain) for match in _WANTS_TO_KNOW.finditer(plain))


def statement_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the clauses in `text` that are not questions, left to right."""
    return tuple(span for span in _clauses(text) if not _is_question(text, *span))


def clause_around(text: str, at: int) -> tuple[str, bool]:
    """Return the clause in which position `at` lies, and whether it is put as a question."""
    clipped = text[:READ_LIMIT]
    spans = [span for span in _clauses(clipped) if span[0] <= at < span[1]]
    if not spans:
        return "", False
    clause = clipped[slice(*spans[0])]
    return clause, clause.rstrip().endswith(tuple(_QUESTION_MARKS)) or _is_question(clipped, *spans[0])


def _clauses(text: str) -> list[tuple[int, int]]:
    """Split at sentence ends and commas, but for those inside "I don't know, what it costs"; an end mark belongs to the
    clause before it.
    """
    spans, start = [], 0
    folded = fold_plain(text)
    whole = [folded.original_span(*match.span()) for match in _INDIRECT.finditer(folded.text)]
    for match in _CLAUSE.finditer(text):
        if any(begin < match.start() < end - 1 for begin, end in whole):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [span for span in spans if text[slice(*span)].strip()]


def _is_question(text: str, start: int, end: int) -> bool:
    clause = text[start:end].strip()
    plain = fold_plain(clause).text.strip()
    if plain.startswith("¿") or _ASKS.match(without_greeting(plain)):
        return True
    if any(pattern.search(plain) for pattern in (_CHINESE_QUESTION, _INDIRECT, _WANTS_TO_KNOW)):
        return True
    if _MARKS_OF_SURPRISE.search(plain):
        return True
    tentative = is_hedged(plain) or any(letter.isdigit() for letter in plain)
    return clause.endswith(tuple(_QUESTION_MARKS)) and not tentative


def _says_something(clause: str) -> bool:
    plain = fold_plain(clause).text
    has_words = any(letter.isalnum() for letter in plain)
    return has_words and not (is_acknowledgement(clause) or is_greeting(clause) or _SUBORDINATE.match(plain.strip()))
