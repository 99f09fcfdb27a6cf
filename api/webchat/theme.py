"""The channel's accent colour as style sheet variables that keep text readable, whatever colour it is.

Contrast is WCAG 2's: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

LIGHT_SURFACE = "#eef0f4"
DARK_SURFACE = "#262b34"
"""What messages stand on; text in the accent colour must be readable on it."""

_AA = 4.5
_STEP = 0.04

Rgb = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""


def theme_css(accent: str) -> str:
    """The style sheet of one chat; `accent` is `#rrggbb`."""
    shared = f"--accent:{accent};--accent-ink:{ink_on(accent)}"
    light = f"--surface:{LIGHT_SURFACE};--accent-text:{readable_on(LIGHT_SURFACE, accent)}"
    dark = f"--surface:{DARK_SURFACE};--accent-text:{readable_on(DARK_SURFACE, accent)}"
    return f":root{{{shared};{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    brighter, darker = sorted((_luminance(_parse(first)), _luminance(_parse(second))), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def ink_on(background: str) -> str:
    """Black or white, whichever is easier to read on the background."""
    return max("#ffffff", "#000000", key=lambda ink: contrast(ink, background))


def readable_on(background: str, colour: str) -> str:
    """The colour, moved towards black or white only as far as text in it needs to be readable."""
    start, end = _parse(colour), _parse(ink_on(background))
    for step in range(round(1 / _STEP) + 1):
        share = step * _STEP
        mixed = _format(tuple(a + (b - a) * share for a, b in zip(start, end, strict=True)))
        if contrast(mixed, background) >= _AA:
            return mixed
    return _format(end)


def _parse(colour: str) -> Rgb:
    red, green, blue = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    return red, green, blue


def _format(rgb: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
