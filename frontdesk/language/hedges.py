"""Words that say a value is approximate or not certain."""

from frontdesk.language.patterns import phrases

_HEDGE = phrases(
    r"around|about|roughly|approx(?:imately)?|circa|ca\.|maybe|perhaps|probably|possibly|i think|i guess|i'?d say",
    r"more or less|or so|ish|somewhere|give or take|ballpark|ideally|hopefully|likely|might|could be|a couple",
    r"unos|unas|aproximadamente|aprox|alrededor|mas o menos|quizas?|tal vez|a lo mejor|creo|puede que|probablemente",
    r"o asi|cerca de|casi|supongo|diria|okolo|mniej wiecej|jakies|jakichs|moze|chyba|w okolicach|z grubsza",
    r"prawdopodobnie|raczej|powiedzmy|prawie|mysle|gdzies|plus minus",
    r"大概|左右|大约|约|上下|差不多|可能|应该|也许|或许|估计|多(?=个|人|块|元|万|千)|来个?人|将近",
)


def is_hedged(plain: str) -> bool:
    """Return whether plain-folded text says that something is only roughly or only perhaps so."""
    return "~" in plain or _HEDGE.search(plain) is not None
