"""What contacts of the example business say in each language: two questions, and a natural answer to each field."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the documents answer: which document, and a word of the answer."""

    text: str
    document: str
    answered_with: str


@dataclass(frozen=True, slots=True)
class Traveller:
    """A contact with a trip in mind."""

    language: str
    first: Question
    answers: Mapping[str, str]
    """By field."""
    team: str
    """Who should take over."""
    later: Question
    """What they want to know after they have spoken to a person."""
    human: str
    """What that person writes."""


TRAVELLERS: Mapping[str, Traveller] = {
    "en": Traveller(
        language="en",
        first=Question("Hello! Can I bring my dog on a trip?", "faq.csv", "assistance dogs"),
        answers={
            "destination": "We would love to go to Crete",
            "dates": "In July 2027",
            "travellers": "There are 4 of us",
            "budget": "About 3000 euros altogether",
            "email": "Please write to robin.hill@gmail.com",
        },
        team="family",
        later=Question("When is your office open on Saturday?", "faq.csv", "10:00"),
        human="Hi Robin, this is Kasia. I am preparing your offer.",
    ),
    "zh": Traveller(
        language="zh",
        first=Question("你好，请问可以带多少行李？", "faq.csv", "20 公斤"),
        answers={
            "destination": "我们想去里斯本",
            "dates": "2027年5月",
            "travellers": "一共12个人",
            "budget": "总预算9000欧元",
            "email": "请发到 meilin.wang@qq.com",
            "phone": "可以打 +86 138 0013 8000",
        },
        team="groups",
        later=Question("周六几点开门？", "faq.csv", "10:00"),
        human="您好，我是小梅，正在为您准备报价。",
    ),
    "pl": Traveller(
        language="pl",
        first=Question("Dzień dobry, czy mogę zabrać psa?", "faq.csv", "asystujących"),
        answers={
            "destination": "Chcielibyśmy pojechać do Rzymu",
            "dates": "We wrześniu 2027",
            "travellers": "Pojedzie 15 osób",
            "budget": "Mamy 12000 euro na wszystkich",
            "email": "Proszę pisać na jan.nowak@onet.pl",
            "phone": "Mój numer to +48 601 234 567",
        },
        team="groups",
        later=Question("Ile bagażu mogę zabrać?", "faq.csv", "20 kg"),
        human="Dzień dobry, tu Ola. Przygotowuję ofertę.",
    ),
    "es": Traveller(
        language="es",
        first=Question("Hola, ¿de qué aeropuerto salen los vuelos?", "faq.csv", "Cracovia"),
        answers={
            "destination": "Nos gustaría ir a Andalucía",
            "dates": "En octubre de 2027",
            "travellers": "Somos 5 personas",
            "budget": "Unos 6000 euros en total",
            "email": "Mi correo es lucia.perez@gmail.com",
        },
        team="family",
        later=Question("¿Cuál es el horario de la oficina los sábados?", "faq.csv", "10:00"),
        human="Hola, soy Javier. Estoy preparando su oferta.",
    ),
}
