"""When the business is open, by the playbook, for those who ask. Pure."""

from itertools import groupby

from agent.brains.offline.history import last_reply
from agent.brains.protocol import View
from agent.claims import claims_in, unsupported
from frontdesk.language.clauses import clauses
from frontdesk.language.locales import locale_of
from frontdesk.language.opening import asks_opening_hours, names_day
from frontdesk.playbook.hours import is_holiday
from frontdesk.playbook.models import Business
from frontdesk.playbook.parts import DAYS, Day
from frontdesk.playbook.texts import StandingText, standing_text
from knowledge.retrieve import RetrievedPassage


def asks_hours(view: View) -> bool:
    """Whether the new messages ask when the business is open, or go on asking so of another day."""
    if not view.playbook.business.hours:
        return False
    told = last_reply(view)
    goes_on = told is not None and schedule(view.playbook.business, view.language) in told.text
    return any(
        asks_opening_hours(message.text) or (goes_on and names_day(message.text)) for message in view.new_messages
    )


def asks_only_hours(view: View) -> bool:
    """Whether nothing else is asked beside the hours."""
    parts = [part for message in view.new_messages for part in clauses(message.text) or (message.text,)]
    return all(asks_opening_hours(part) or names_day(part) or not part.rstrip().endswith(("?", "？")) for part in parts)


def are_stated(passage: RetrievedPassage, business: Business) -> bool:
    """Whether a document says the same hours, so that it is the better answer."""
    times = " ".join(f"{span.opens:%H:%M} {span.closes:%H:%M}" for spans in business.hours.values() for span in spans)
    return not unsupported(claims_in(times), [passage.text])


def opening_hours(view: View) -> str:
    """The hours in the contact's language, and that holidays are none."""
    playbook = view.playbook
    days = schedule(playbook.business, view.language)
    said = [standing_text(playbook, StandingText.OPENING_HOURS, view.language, hours=days)]
    if is_holiday(playbook.business, view.now.astimezone(playbook.business.zone).date()):
        said.append(standing_text(playbook, StandingText.CLOSED_TODAY, view.language))
    elif playbook.business.public_holidays:
        said.append(standing_text(playbook, StandingText.CLOSED_ON_HOLIDAYS, view.language))
    return ("" if view.language == "zh" else " ").join(said)


def schedule(business: Business, language: str) -> str:
    """The days of the week with their hours, those alike in a row as one: "Mon-Fri 09:00-18:00; Sat 10:00-14:00"."""
    names = locale_of(language).days["stand-alone"]["abbreviated"]
    hours = [(place, _hours(business, day)) for place, day in enumerate(DAYS)]
    parts = []
    for said, days in groupby(hours, key=lambda each: each[1]):
        places = [place for place, _ in days]
        if said:
            through = names[places[0]] if len(places) == 1 else f"{names[places[0]]}–{names[places[-1]]}"
            parts.append(f"{through} {said}")
    return ("；" if language == "zh" else "; ").join(parts)


def _hours(business: Business, day: Day) -> str:
    spans = sorted(business.hours.get(day, []), key=lambda span: span.opens)
    return ", ".join(f"{span.opens:%H:%M}–{span.closes:%H:%M}" for span in spans)
