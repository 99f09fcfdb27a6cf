import pytest

from agent.promises import Promise, promises_in
from frontdesk.playbook.texts import STANDING_LANGUAGES, StandingText, standing_text
from tests.fakes.tool_scope import RENTAL

CLAIMED = [
    "I'm connecting you with a colleague now.",
    "I will transfer you to our team.",
    "We've passed your request to our sales team.",
    "I have forwarded your message to a colleague.",
    "Let me connect you with a specialist.",
    "A colleague will call you tomorrow.",
    "Our team will contact you shortly.",
    "Someone will get back to you today.",
    "I've booked your trip.",
    "Your reservation has been confirmed.",
    "I have cancelled your booking.",
    "We have refunded your payment.",
    "Your payment is processed.",
    "I've sent you the offer by e-mail.",
    "I just emailed you the brochure.",
    "I'll get back to you tomorrow.",
    "I will remind you next week.",
    "I am sending you the offer now.",
    "I'll send you the brochure by e-mail.",
    "Przekazuję rozmowę koledze.",
    "Przekazałam pani pytanie do zespołu.",
    "Łączę pana z konsultantem.",
    "Konsultant skontaktuje się z panią jutro.",
    "Nasz doradca zadzwoni do pana.",
    "Zarezerwowałem dla państwa miejsca.",
    "Potwierdziłam rezerwację.",
    "Wysłałem ofertę na maila.",
    "Odezwę się jutro.",
    "Przypomnę pani o tym w piątek.",
    "Rezerwacja została potwierdzona.",
    "Wyślę ofertę na maila.",
    "Le paso con un compañero.",
    "Te comunico con un asesor.",
    "Le he transferido a nuestro equipo.",
    "Un compañero le llamará mañana.",
    "Un asesor se pondrá en contacto con usted.",
    "He reservado su viaje.",
    "Hemos cancelado su reserva.",
    "Su reserva está confirmada.",
    "Le he enviado la oferta.",
    "Le escribiré mañana.",
    "Le enviaré el folleto por correo.",
    "我马上为您转接同事。",
    "已为您转接人工客服。",
    "同事会尽快联系您。",
    "已为您预订了行程。",
    "您的预订已确认。",
    "已经给您发送了报价。",
    "我会稍后联系您。",
    "我稍后会提醒您。",
    "我把您转给同事。",
]

NOT_CLAIMED = [
    "Would you like me to connect you with a colleague?",
    "Shall I hand this over to a colleague?",
    "I can connect you with a colleague if you like.",
    "If you like, I will connect you with a colleague.",
    "Do you want a colleague to call you?",
    "A colleague can help you with that.",
    "You can book online and we hold the seats for 48 hours.",
    "If you book now, your reservation is confirmed after the deposit.",
    "Once you pay the deposit, your booking is confirmed.",
    "We connect all our hotels by coach.",
    "We transfer you from the airport to the hotel.",
    "I have not booked anything yet.",
    "I can't book trips here.",
    "Have you booked with us before?",
    "We are connected to the airport by train.",
    "The offer is sent by e-mail.",
    "Which e-mail address may we send the offer to?",
    "Airport transfers are included.",
    "We pass through Rome on day two.",
    "Hand luggage is included.",
    "How many of you will travel, children included?",
    "I'm happy to help.",
    "We have reserved seating on all coaches.",
    "Czy przekazać pytanie komuś z zespołu?",
    "Czy mam przekazać rozmowę koledze?",
    "Mogę przekazać pytanie koledze.",
    "Jeśli chcesz, przekażę to koledze.",
    "Czy konsultant ma do pani zadzwonić?",
    "Po wpłacie zaliczki rezerwacja jest potwierdzona.",
    "Nie zarezerwowałem jeszcze niczego.",
    "Na jaki adres e-mail możemy wysłać ofertę?",
    "¿Quiere que le pase con un compañero?",
    "¿Le paso con un compañero?",
    "Si quiere, le paso con un compañero.",
    "Puedo pasarle con un compañero.",
    "¿Desea que un asesor le llame?",
    "Su reserva está confirmada cuando paga el anticipo.",
    "No he reservado nada todavía.",
    "¿Ha reservado con nosotros antes?",
    "¿A qué correo electrónico podemos enviarle la oferta?",
    "需要我为您转接同事吗？",
    "如果需要，我可以帮您转接同事。",
    "需要请同事来回答您吗？",
    "您想让同事联系您吗？",
    "付定金后预订即确认。",
    "我还没有为您预订。",
    "您已预订了吗？",
    "请问报价发到哪个邮箱？",
    "您已经取消了吗？",
    "如果取消，已付款会退还。",
]

ONLY_WITH_A_HAND_OFF = {
    StandingText.HANDOFF_OPEN,
    StandingText.HANDOFF_CLOSED,
    StandingText.HANDOFF_ALREADY,
    StandingText.CLOSING_DONE,
}


@pytest.mark.parametrize("text", CLAIMED)
def test_that_a_claimed_action_is_noticed(text: str) -> None:
    assert promises_in(text)
    assert promises_in(f"Hello! {text} Bye.")


@pytest.mark.parametrize("text", NOT_CLAIMED)
def test_that_offers_questions_and_conditions_claim_nothing(text: str) -> None:
    assert promises_in(text) == ()


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("I’m transferring you to a colleague.", Promise.HAND_OFF),
        ("I’ve booked it for you.", Promise.TRANSACTION),
        ("I have just sent you the list.", Promise.SENDING),
        ("I'll remind you on Monday.", Promise.LATER),
    ],
)
def test_that_the_kind_of_action_is_told(text: str, promise: Promise) -> None:
    assert promises_in(text) == (promise,)


def test_that_a_question_beside_a_promise_does_not_excuse_it() -> None:
    assert promises_in("I have booked your trip. When would you like to travel?") == (Promise.TRANSACTION,)


@pytest.mark.parametrize("language", STANDING_LANGUAGES)
@pytest.mark.parametrize("key", sorted(set(StandingText) - ONLY_WITH_A_HAND_OFF))
def test_that_standing_sentences_claim_nothing(key: StandingText, language: str) -> None:
    assert promises_in(standing_text(RENTAL, key, language)) == ()


@pytest.mark.parametrize("promise", Promise)
def test_that_only_a_hand_off_or_a_follow_up_keeps_a_promise(promise: Promise) -> None:
    nothing, handed, later = (
        promise.is_kept(hands_off=hands_off, follows_up=follows_up)
        for hands_off, follows_up in ((False, False), (True, False), (False, True))
    )
    assert not nothing
    assert handed is (promise in (Promise.HAND_OFF, Promise.LATER))
    assert later is (promise is Promise.LATER)
