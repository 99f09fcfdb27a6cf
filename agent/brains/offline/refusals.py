"""Which question a contact leaves open: the one asked, unless the words name what another one asks for. Pure."""

from agent.brains.protocol import View
from frontdesk.language.acts import AnswerAct, answer_act, statement_spans
from frontdesk.language.fold import READ_LIMIT, fold_plain
from frontdesk.language.patterns import phrases
from frontdesk.playbook.models import QualificationField
from frontdesk.values.types import FieldType

_NAMES = {
    FieldType.PHONE: phrases(
        r"(?:tele)?phone|cell|mobile|my number|telefono|movil|celular|(?:mi|nuestro) numero|telefon\w*|komork\w*|"
        r"(?:mojego|swojego|naszego) numeru",
        "电话|手机|号码",
    ),
    FieldType.EMAIL: phrases(r"(?:e-?)?maila?|e-?mails|correo|skrzynk\w+", "邮箱|邮件|电邮"),
    FieldType.MONEY: phrases(r"budgets?|price range|presupuestos?|budzet\w*", "预算"),
}
"""What everybody calls what a field of the type asks for."""
_LEAVES_OPEN = (AnswerAct.REFUSES, AnswerAct.UNKNOWN)


def refused_field(view: View, asked: QualificationField, text: str) -> QualificationField | None:
    """Return the field that a refusal, or words that put off an answer, speak of; None if the playbook has none."""
    said = _refusing(text)
    named = {kind for kind, names in _NAMES.items() if names.search(said)}
    if not named or asked.type in named:
        return asked
    return next((each for each in view.playbook.fields if each.type in named and _is_open(view, each)), None)


def _refusing(text: str) -> str:
    """The clauses that refuse, folded: "No idea, just call my phone" refuses no phone."""
    clauses = (text[slice(*span)] for span in statement_spans(text[:READ_LIMIT]))
    return fold_plain("\n".join(each for each in clauses if answer_act(each, "") in _LEAVES_OPEN)).text


def _is_open(view: View, field: QualificationField) -> bool:
    fact = view.facts.answers.get(field.name)
    return fact is None or fact.value is None
