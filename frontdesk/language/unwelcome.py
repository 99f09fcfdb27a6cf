"""Abuse and unsolicited advertising by their words, in English, Spanish, Polish and Chinese."""

import re

from frontdesk.language.fold import READ_LIMIT, fold_plain
from frontdesk.language.patterns import phrases

_OPENING = 800
"""Characters: what a message is about as a whole is said in its first lines."""

_ABUSE = phrases(
    r"f+[u*@#]+c*k+(?:ing|er|ers)? (?:you|off|your|this bot)|(?:you|u|ya)(?:'re| are| all)*(?: \w+){0,2} "
    r"(?:idiots?|morons?|bastards?|scum|clowns?|retard(?:s|ed)?|bitch(?:es)?|assholes?|cunts?|whores?|sluts?|pigs?|"
    r"garbage|trash|dickheads?|twats?|wankers?|imbeciles?)",
    r"(?:brain ?dead|fucking|stupid|useless|dumb|damn|bloody|worthless) "
    r"(?:idiots?|morons?|bastards?|scum|clowns?|retards?|bitch(?:es)?|assholes?|cunts?|pigs?|piece of (?:shit|garbage|"
    r"crap)|fools?|cow)|(?:bunch|pack) of (?:\w+ )*(?:idiots|morons|clowns|retards)",
    r"shut (?:the (?:hell|fuck) )?up|go to hell|screw you|piss off|eat shit|drop dead|suck my \w+|burn in hell|"
    r"(?:burn|blow|smash) (?:\w+ ){1,3}(?:down|up)|"
    r"go (?:and )?(?:die|kill yourself)|kill yourself|fuck off|bugger off|(?:stupid|dumb|fucking|son of a) bitch|"
    r"motherfuckers?|"
    r"i(?:'ll| will|'m going to| am going to|'m gonna| am gonna) (?:\w+ (?:\w+ )?and )?(?:kill|beat|hurt|break your|"
    r"smash your|find you)|"
    r"(?:hope|wish) you (?:all )?die|(?:nude|naked|nudes)|(?:want|have) sex with (?:you|me)",
    r"hij[oa]s? de (?:la gran )?(?:puta|perra)|gilipollas|cabron\w*|imbecil\w*|subnormal\w*|pendej[oa]s?|zorras?|"
    r"vete a la mierda|vayanse (?:a la mierda|al (?:diablo|infierno))|que (?:te|os|les) (?:jod\w+|den)|"
    r"chup\w+me|ca?llate|cierra la boca|cierra el pico|(?:te|os|los) voy a (?:\w+ )?(?:matar|encontrar|partir|romper|"
    r"reventar)|"
    r"(?:eres|son|sois) (?:un[oa]?s? )?(?:\w+ )?(?:idiotas?|basura|estupid\w+|inutil\w*|payas\w+|retrasad\w+|cerd\w+|"
    r"malnacid\w+)|"
    r"panda de \w+|ojala (?:te |os |se )?(?:muer\w+)|desnud[oa]s?|malparid\w+|(?:a tomar |por el |por )culo|"
    r"vete al infierno|"
    r"te parto",
    r"spierdal\w+|spieprz\w+|(?:spale|podpale|wysadze) (?:wam|was|to|ci|te)|(?:banda|zgraja) \w+|wypierdal\w+|"
    r"(?:od)?pieprz\w* sie|odpieprz\w*|(?:po)?jeb(?:cie|ac|any|ani|ana|an\w*)|"
    r"kurw\w+ (?:jedn\w+|mac)|"
    r"skurwysyn\w*|debil\w*|kretyn\w*|idiot[ayów]\w*|idioci|palant\w*|dupk\w+|gnoj\w*|szmat[ao]|suk[oai]|"
    r"(?:zamknij|stul) (?:sie|pysk|ryj|morde)|idz(?:cie)? do (?:diabla|piekla)|(?:zabij|znajd|zniszcz)e (?:cie|was)|"
    r"wsadz (?:to )?(?:sobie|se)|w dupe|pocaluj\w* mnie w|nag(?:ie|a|ą|ich)|rozbieran\w+|(?:oby|"
    r"obyscie) (?:\w+ )?zdech\w*|"
    r"zdechnij\w*|(?:ty|wy) (?:\w+ ){0,2}(?:smieci\w*|baran\w*|swini\w*|scierw\w*|durni\w*|glupk\w*)|"
    r"ch[u*]j\w* (?:ci|wam|w)",
    r"操你|草泥马|肏|傻逼|傻b|煞笔|傻叉|(?:你|们|群|些|都是|大).{0,6}(?:蠢货|白痴|脑残|垃圾|废物|混蛋|猪|王八蛋|"
    r"蠢死)|贱人|婊子|臭?不要脸的|"
    r"王八蛋|狗东西|去死|滚(?:开|蛋|你|吧|出去)?[!,. ]*$|滚(?:开|蛋|你妈)|你妈的|他妈的你|妈的(?:骗子|智障)|闭嘴|"
    r"臭嘴|弄死你|杀了你|"
    r"打死你|不得好死|裸照|裸体|陪睡|约炮|智障|死全家|烧了你|炸了你|(?:一帮|一群|你们这).{0,3}(?:蠢|猪|狗|垃圾|骗子|"
    r"废物)|丑八怪|狗屎",
)
_OF_ANOTHER = re.compile(
    r"(?:i'?m|i (?:am|was|feel)|(?<![a-z])(?:was|were|is|soy|es|era|fue|byl\w*|jest\w*)|siento|ale ze mnie|"
    r"我(?:真)?是|像)"
    r"(?: like| such| so| un| una| a| an|个|一个)*(?: \w+)? *$"
)
"""What stands before an insult that is meant for the speaker or for somebody who is not here."""


_OFFERS = phrases(
    r"https?://|www\.|click (?:here|the link|below)|t\.me/|bit\.ly|followers|likes|backlinks?|seo|(?:google|page|"
    r"search) "
    r"(?:one|rank\w*|1)|rank\w* (?:on|in|your)|first page|traffic|(?:verified |email |customer |sales )?leads|"
    r"databases?|"
    r"mailing lists?|casinos?|betting|free spins|viagra|pills|prescription|cryptos?|bitcoins?|forex|(?:guaranteed )?"
    r"(?:returns?|profits?)|double your|earn\w*|income|make (?:money|\d|[$€£])|from home|(?:a|per) (?:day|week)|weekly|"
    r"winner|(?:you(?:'ve| have)? )?won|prize|lottery|gift card|congrat\w*|inherit\w*|widow|prince|donate|million|"
    r"loans?|no credit check|% off|limited offer|act now|wholesale|manufactur\w+|supplier|we are (?:a|the) factory|"
    r"factory (?:price|direct)\w*|(?:directly )?from our (?:plant|factory)|catalogue|"
    r"our products|"
    r"guest post|sponsored|verify your (?:details|account|identity)|suspended|singles|(?:hot|lonely|"
    r"sexy) (?:girls|women|ladies|singles)|pin|restore access|(?:bank |your )?card is (?:locked|blocked)|passive|"
    r"dm me|trading|for sale|bargain|"
    r"our (?:company|agency|team|services?)|we (?:offer|sell|provide|build|develop|make|design|supply)|"
    r"audit|(?:five|5)[- ]star|reviews|replica\w*|logos?|redesign|trading|bank details|"
    r"log in|private (?:pictures|photos)|add me|no questions asked|cheap\w*|lowest|"
    r"outsourc\w+|boost|increase your|grow your",
    r"seguidores|me gusta|posicion\w+|primera pagina|visitas|bases? de datos|listas? de (?:clientes|correos)|casino|"
    r"apuestas|"
    r"pastillas|receta|cripto\w*|bitcoin\w*|rentabilidad|inver\w+|duplique|duplica|gana\w*|cobra\w*|ingresos|desde "
    r"(?:casa|el movil)|al dia|a la semana|ganador\w*|premi\w+|loteria|sorteo|felicidades|enhorabuena|herencia|viuda|"
    r"don\w+|"
    r"millon\w*|prestamos?|sin papeleo|descuento|oferta|solo hoy|al por mayor|fabrica\w*|proveedor|catalogo|"
    r"patrocinad\w+|verifi\w+|bloquead\w+|retenid\w+|enlace|haga clic|soltera\w*|chicas|calientes|pin|cupon|"
    r"seleccionad\w+|pasivos?|en venta|al privado|heren\w+|nomina|nuestra? (?:empresa|agencia|catalogo)|"
    r"(?:ofrece|vende|desarrolla|fabrica|mejora|crea|publica)mos|auditoria|resenas|estrellas|"
    r"replicas|logotipo|redisenar\w*|trading|jubil\w+|beneficiari\w+|datos bancarios|inicie sesion|"
    r"fotos privadas|agregame|sin preguntas|represento|barat\w+|"
    r"precio mas bajo|"
    r"aument\w+|impuls\w+",
    r"pozycjonowani\w+|lajk\w*|obserwuj\w+|top ?10|pierwsz\w+ stron\w+|ruch\w* na|baz[eyaę] (?:klient|adres|dan|"
    r"firm)\w*|baze|bazy|"
    r"kasyn\w+|zaklad\w*|spin\w*|tabletk\w+|recept\w+|kryptowalut\w*|bitcoin\w*|zysk\w*|zainwestuj\w*|inwest\w+|"
    r"podwoj\w*|"
    r"zarob\w+|zarabia\w*|tygodniowo|dziennie|bez wychodzenia|wygra\w+|nagrod\w+|loteri\w*|gratulac\w+|spadek|wdow\w+|"
    r"przekazac|milion\w*|pozyczk\w+|bez zaswiadczen|taniej|rabat|tylko dzis|hurt\w*|producent\w*|dystrybutor\w*|"
    r"katalog\w*|"
    r"sponsorowan\w+|potwierdz\w*|zablokowan\w+|doplat\w+|kliknij|samotne|gorac\w+ dziewczyn\w*|pin|wybrany|"
    r"wybrana|odbierz|pasywn\w+|na priv|na sprzedaz|chwilowk\w+|bik|forex\w*|nasz\w* (?:firma|agencja|"
    r"oferta)|"
    r"(?:oferuj|sprzedaj|tworz|produkuj|swiadcz|przyspiesz|wykonuj)\w*my|audyt|opinie|pieciogwiazdkow\w+|"
    r"podrob\w+|logo|zaprojekt\w+|gieldow\w+|emerytur\w+|zaloguj|prywatne zdjecia|decyzja w|"
    r"bez pytan|reprezent\w+|najtani\w+|tani\w*|zwieksz\w*",
    r"https?|点击|链接|粉丝|涨粉|刷单|刷粉|好评|排名|首页|优化|推广|引流|客户(?:名单|手机|资料|数据)|名单|数据|博彩|"
    r"赌场|彩金|首存|"
    r"药|炒币|虚拟币|比特币|稳赚|翻倍|赚|日入|日赚|兼职|中奖|奖金|幸运|恭喜|领取|遗产|贷款|秒批|放款|抵押|黑户|"
    r"代开发票|发票代开|办证|刻章|流量|私聊|月入|外汇|寂寞|荷官|注册送|购物卡|直销|一折|"
    r"批发|厂家|"
    r"(?:我们|是)工厂|工厂直销|产品目录|供应|冻结|验证|美女|五星|好评|高仿|标志|交易机器人|财富自由|"
    r"急用钱|征信|到账|私密|加我|代理|加(?:我)?(?:微信|qq|v)|联系qq|我司|本公司|专业|提供|"
    r"出售|代开|代刷|优惠|"
    r"低价|进群",
)


def is_abuse(text: str) -> bool:
    """Return whether the text insults, threatens or harasses us; swearing at a price or at oneself does not."""
    plain = fold_plain(text[:READ_LIMIT]).text.strip()
    return any(not _OF_ANOTHER.search(plain[: match.start()]) for match in _ABUSE.finditer(plain))


def sales_words(text: str) -> int:
    """Return how many different words of advertising and scams the text holds; ordinary questions hold one at times."""
    return len({match.group() for match in _OFFERS.finditer(fold_plain(text[:READ_LIMIT]).text)})


_WANTS_OFFER = phrases(
    r"(?:please|kindly|can you|could you|pls)(?: \w+){0,2} (?:quote|offer)|quot(?:e|ation) (?:for|me|us|on)|rfq|"
    r"request (?:a |for )?quot\w+|(?:send|give|get) (?:me|us) (?:a |an |your )?(?:\w+ )?(?:quot\w+|offer|price)|"
    r"(?:i|we)(?:'?d| would| are|'?re|'?m| am)? (?:need|like to (?:buy|order|book)|want to (?:buy|order|book)|"
    r"looking for|interested in)|price for|how much (?:is|are|for|does|do)|"
    r"what is (?:the|your) (?:moq|price|lead time)",
    r"(?:necesit\w+|busc(?:o|amos)|quier\w+ (?:comprar|pedir|reservar|encargar)|queremos)|cotiz\w+|"
    r"presupuesto (?:para|de)|cuanto (?:cuesta\w*|vale\w*|cobra\w*)|(?:me|nos) interesa\w*",
    r"potrzebuj\w+|szuka(?:m|my)|(?:prosze|prosimy|poprosz\w+) o (?:\w+ )?(?:wycen\w+|ofert\w+|cen\w+)|wycen\w+|"
    r"chc\w+ (?:kupic|zamowic|zarezerwowac)|ile (?:kosztuj\w+|za)|interesuj\w+ (?:mnie|nas)",
    r"报价|询价|求购|(?:我|我们)(?:想|要|需要|想要)(?:买|订|定|采购|购买|\d)|需要|多少钱|什么价|请问.{0,8}价",
)


def asks_for_offer(text: str) -> bool:
    """Return whether the contact asks what we sell, in the words of a customer."""
    return _WANTS_OFFER.search(fold_plain(text[:_OPENING]).text) is not None


_COMPLAINS = phrases(
    r"(?:nobody|no one|noone|no-one|you never|you (?:do not|don'?t|still haven'?t)) (?:ever )?(?:answers?|"
    r"repl(?:y|ies|ied)|responds?|answered|called|cares?)|unacceptable|(?:terrible|horrible|awful|appalling|disgraceful|shameful|worst|"
    r"disgusting|lousy|poor) (?:\w+ )?(?:service|experience|support|company|customer)|"
    r"(?:third|fourth|fifth|second) time (?:i|we)|"
    r"(?:very|so|really|extremely) (?:disappointed|angry|upset|unhappy|frustrated)|i'?m (?:furious|fed up)|"
    r"fed up|(?:what a|this is a|it'?s a) (?:joke|disgrace|shame|scandal)|(?:want|demand) (?:a |my )?(?:refund|"
    r"money back)|file a complaint|make a complaint|complain(?:t|ing)?",
    r"(?:nadie|nunca) (?:me |nos )?(?:contesta\w*|responde\w*|atiende\w*|llama\w*|hace caso)|inaceptable|"
    r"(?:que |es una |una )verguenza|(?:pesim|horribl|terribl|lamentabl|nefast)\w+ (?:servicio|atencion|experiencia)|"
    r"(?:servicio|atencion|trato) (?:\w+ )?(?:pesim|horribl|terribl|lamentabl|nefast)\w+|"
    r"(?:tercera|cuarta|segunda) vez que|(?:muy|super) (?:enfadad|decepcionad|molest|indignad)\w+|"
    r"estoy hart[oa]|(?:hoja de|poner una) reclamac\w+|quejas?|me quejo|indignante",
    r"nikt (?:\w+ ){0,2}(?:nie )?(?:odpisuj\w+|odpowiad\w+|odbier\w+|odzywa\w*|oddzwani\w+|reaguj\w+)|"
    r"niedopuszczaln\w+|skandal\w*|(?:fataln|okropn|tragiczn|beznadziejn)\w+ (?:obslug\w+|firm\w+|serwis\w*)|"
    r"jestescie (?:\w+ )?(?:fataln|okropn|tragiczn|beznadziejn|niepowazn)\w+|"
    r"obslug\w+ (?:\w+ )?(?:fataln|okropn|tragiczn|beznadziejn)\w+|(?:trzeci|czwarty|drugi|kolejny) raz "
    r"(?:juz )?(?:pisze|dzwonie|prosze)|(?:bardzo |jestem )+(?:zly|zla|rozczarowan\w+|wsciekl\w+|zawiedzion\w+)|"
    r"mam (?:tego )?dosc|zart(?:y|ujecie)? sobie|reklamacj\w+|skarg[ea]|to jakis zart",
    "没人(?:回|理|管|接)|不回(?:复|消息)我?们?|太差(?:了|劲)|(?:服务|态度)(?:太|很|真|非常)?(?:差|糟|烂|恶劣)|"
    "不负责|(?:太|很|非常|极其)(?:失望|生气|过分|离谱)|投诉|第[二三四]次(?:了|问|写|发|联系)|受够|气死|岂有此理|"
    "什么(?:破|烂)",
)


def complains(text: str) -> bool:
    """Return whether the contact is angry about how we or our goods have served them."""
    return _COMPLAINS.search(fold_plain(text[:_OPENING]).text) is not None


_DEAR = phrases(
    r"(?:that|this|it)(?:'?s| is) (?:a lot|too much|(?:so |too |very |quite |pretty |rather )?"
    r"(?:expensive|pricey|steep|high|dear))|(?:too|so|very|how) (?:expensive|pricey|steep)|"
    r"wow|ouch|seriously|no way|are you kidding",
    r"(?:que|muy|demasiado|tan|es) car[oa]s?|es mucho(?: dinero)?|vaya precio|uf+|madre mia|en serio",
    r"(?:za|bardzo|strasznie|ale) drog\w+|to duzo|sporo|drogo|powaznie|o matko",
    "太贵|好贵|这么贵|真贵|贵了|不会吧|天哪|真的假的",
)


def is_surprised(text: str) -> bool:
    """Return whether the contact only wonders at what we said, at a price above all, and says nothing of themselves."""
    return _DEAR.search(fold_plain(text[:_OPENING]).text) is not None
