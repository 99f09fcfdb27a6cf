"""Syntax mistakes of YAML in plain words."""

import re

_TAB = "a tab is used here where only spaces may be"
_PLAIN: tuple[tuple[str, str, str], ...] = (
    (r"found character '\\t'", _TAB, "indent with spaces"),
    (r"found character '(.+)' that cannot start", "text cannot begin with `{0}`", "put the text in quotes"),
    (
        r"could not find expected ':'",
        "the line above has no `:` after its key",
        "write `key: value`, with a plain colon and a space, and indent the lines of a longer text",
    ),
    (
        r"found undefined alias '(.*)'",
        "`*{0}` refers to `&{0}`, which is nowhere above",
        "put text that begins with `*` in quotes",
    ),
    (r"but found '([}\]])'", "`{0}` closes nothing that was opened", "remove it, or put the text in quotes"),
    (
        r"expected <block end>, but found",
        "this line does not fit the lines above it",
        "indent it like its siblings, and put each list item behind `- `",
    ),
    (
        r"expected ',' or .*, but got ':'",
        "a second `:` follows in one item",
        "put text that holds `: ` in quotes, and a comma between the items",
    ),
    (
        r"expected ',' or .*, but got '(?:<scalar>|\[|\{)'",
        "no comma comes before this",
        "write one, or put the whole text in quotes",
    ),
    (r"expected ',' or", "the `[` or `{{` opened here is not closed", "close it, with a comma between its items"),
    (r"expected the node content", "a value is missing here", "write it, or remove the comma before it"),
    (
        r"sequence entries are not allowed",
        "a list item cannot begin here",
        "put each `- ` on a line of its own, below its key",
    ),
    (
        r"expected chomping or indentation",
        "text cannot begin with `|` or `>` on the same line",
        "put the text in quotes",
    ),
    (
        r"while scanning an? (?:anchor|alias)|expected alphabetic or numeric",
        "text cannot begin with `*` or `&`",
        "put the text in quotes",
    ),
    (r"expected escape sequence", "the text has an incomplete `\\` escape", "use single quotes, or write `\\\\`"),
    (
        r"found unexpected end of stream",
        "the quote opened here is not closed",
        "close it, or double a quote that belongs to the text",
    ),
    (r"but found another document", "a second document begins here", "keep one document; remove the `---`"),
    (r"found unknown escape character", "the text has an unknown `\\` escape", "use single quotes, or write `\\\\`"),
    (r"special characters are not allowed", "the text has a control character", "remove it"),
    (
        r"incompatible YAML document|duplicate YAML directive",
        "the `%YAML` line is not understood",
        "remove it",
    ),
    (
        r"found unexpected document|expected '<document start>'",
        "this line belongs to nothing above it",
        "write `key: value`, begun at the left margin",
    ),
)


_SECOND_COLON = ("a second `:` follows on this line", "put text that holds `: ` in quotes, or begin a new line")
_TOO_DEEP = (
    "this line is read as a part of the value above it",
    "indent it like its siblings with plain spaces; end each key with a plain `: `, and begin list items with `- `",
)
_AFTER_QUOTE = ("text follows the closing quote", "put the whole text in quotes, or none of it")


def plain_words(problem: str, before: str = "") -> tuple[str, str]:
    """Return what is wrong and what would be right, for a parser's statement of the problem.

    `before` is what stands on the line before the place where the parser met it.
    """
    if "mapping values are not allowed" in problem:
        return _SECOND_COLON if ": " in before else _TOO_DEEP
    if "expected <block end>, but found '<scalar>'" in problem and before.strip():
        return _AFTER_QUOTE
    for pattern, what, right in _PLAIN:
        match = re.search(pattern, problem)
        if match:
            return what.format(*match.groups()), right.format()
    return "this is not YAML that can be read", "check the quotes, colons and indentation here and on the line above"
