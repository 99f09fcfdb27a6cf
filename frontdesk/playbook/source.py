"""A YAML text as plain data that remembers where each key and value stands.

Scalars follow YAML 1.2 whatever the text declares: `no` and `on` are text, `09:00-17:00` is text. Dates stay text
too, since each reader knows what it expects. Numbers with a leading zero stay text, as in phone numbers.
"""

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, StreamMark, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from frontdesk.playbook.yaml_problems import plain_words
from frontdesk.text import storable

MAX_CHARACTERS = 300_000
MAX_NODES = 50_000
"""Counted after aliases are followed, so that a few lines of aliases cannot fill the memory."""
MAX_DEPTH = 40

Data = None | bool | int | float | str | list["Data"] | dict[str, "Data"]
KeyPath = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+", re.ASCII)
_UNCLOSED = ("end of stream", "expected ',' or")
"""Problems that are noticed later than where they were made."""
_QUOTED = ("'", '"', "|", ">")


class Position(NamedTuple):
    """Line and column, counted from 1."""

    line: int
    column: int


class Mishap(NamedTuple):
    """A place that cannot be read, and why."""

    position: Position
    what: str
    right: str


@dataclass(frozen=True, slots=True)
class Source:
    """The data of a text, and the position of every key and value by its path."""

    data: Data = None
    keys: Mapping[KeyPath, Position] = field(default_factory=dict)
    values: Mapping[KeyPath, Position] = field(default_factory=dict)
    mishaps: tuple[Mishap, ...] = ()

    def position(self, path: KeyPath, *, at_key: bool = False) -> Position:
        """Where this path, or the nearest thing around it, is stated."""
        if at_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Position(1, 1))


def value_at(data: Data, path: KeyPath) -> Data:
    """Return what `data` holds at a path; None where it holds nothing."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


class _UnreadableError(Exception):
    """Stops the reading of a text that is too large or too deep."""

    def __init__(self, mishap: Mishap) -> None:
        super().__init__(mishap.what)
        self.mishap = mishap


def read_source(text: str) -> Source:
    """Read a YAML text; what cannot be read is among the mishaps, and then the data is incomplete."""
    if len(text) > MAX_CHARACTERS:
        what = f"the file has more than {MAX_CHARACTERS} characters"
        return _failed(Position(1, 1), what, "move long texts into documents")
    try:
        root = _compose(text)
    except MarkedYAMLError as error:
        return _located_failure(text, error)
    except ReaderError as error:
        return _failed(_index_position(text, error.position), *plain_words("special characters are not allowed"))
    except RecursionError:
        return _failed(Position(1, 1), "the lists and mappings are nested too deeply", "flatten them")
    except (YAMLError, ValueError, OverflowError, AttributeError, AssertionError, IndexError, TypeError, KeyError):
        # The parser answers a few malformed texts, such as an escape beyond Unicode, with a bare Python error.
        return _failed(Position(1, 1), "an escape or tag in the text cannot be read", "write it without `\\` or `!`")
    return _Reader().read(root)


def _compose(text: str) -> Node | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReusedAnchorWarning)
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
        return node


def _failed(position: Position, what: str, right: str) -> Source:
    return Source(mishaps=(Mishap(position, what, right),))


def _located_failure(text: str, error: MarkedYAMLError) -> Source:
    problem, met, opened = str(error.problem), error.problem_mark, error.context_mark
    if opened is not None and any(words in problem for words in _UNCLOSED) and (met is None or met.line > opened.line):
        return _failed(_at(opened), *plain_words(problem.partition(", but got")[0]))
    mark = met or opened
    if mark is None:
        return _failed(Position(1, 1), *plain_words(problem))
    return _failed(_at(mark), *plain_words(problem, text[: mark.index].rpartition("\n")[2]))


def _index_position(text: str, index: int) -> Position:
    before = text[:index]
    return Position(before.count("\n") + 1, index - before.rfind("\n"))


def _at(mark: StreamMark) -> Position:
    return Position(mark.line + 1, mark.column + 1)


class _Reader:
    """Turns parser nodes into data, keeping positions."""

    def __init__(self) -> None:
        self._keys: dict[KeyPath, Position] = {}
        self._values: dict[KeyPath, Position] = {}
        self._mishaps: list[Mishap] = []
        self._count = 0

    def read(self, root: Node | None) -> Source:
        try:
            data = self._node(root, ()) if root is not None else None
        except _UnreadableError as unreadable:
            return Source(mishaps=(unreadable.mishap,))
        return Source(data, self._keys, self._values, tuple(self._mishaps))

    def _node(self, node: Node, path: KeyPath) -> Data:
        self._count += 1
        position = _at(node.start_mark)
        if self._count > MAX_NODES or len(path) > MAX_DEPTH:
            raise _UnreadableError(
                Mishap(position, "aliases or nesting make the file too large", "write the values out")
            )
        self._values.setdefault(path, position)
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self._node(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node) if isinstance(node, ScalarNode) else None

    def _mapping(self, node: MappingNode, path: KeyPath) -> dict[str, Data]:
        data: dict[str, Data] = {}
        for key_node, value_node in node.value:
            position = _at(key_node.start_mark)
            key = self._key(key_node, position)
            if key is None:
                continue
            if key in data:
                earlier = self._keys[(*path, key)].line
                self._mishaps.append(
                    Mishap(position, f"the key `{key}` is already on line {earlier}", "keep one of the two")
                )
                continue
            here = (*path, key)
            self._keys[here] = position
            if _is_absent(value_node):
                if value_node.start_mark.index == key_node.end_mark.index:  # not even a colon, as in `{en: Well, who}`
                    what = f"a comma ends the text before `{key}`, which has no value"
                    self._mishaps.append(Mishap(position, what, "put text that holds a comma in quotes"))
                self._values[here] = position  # the parser places an absent value at the next line
            data[key] = self._node(value_node, here)
        return data

    def _key(self, node: Node, position: Position) -> str | None:
        if not isinstance(node, ScalarNode) or not node.value:
            self._mishaps.append(Mishap(position, "a key is not a plain word", "write `key: value`"))
        elif str(node.tag) == f"{_TAG}merge":
            self._mishaps.append(Mishap(position, "merging with `<<` is not supported", "write the keys out"))
        else:
            return self._text(node)
        return None

    def _text(self, node: ScalarNode) -> str:
        text = str(node.value)
        if storable(text) != text:
            self._mishaps.append(Mishap(_at(node.start_mark), "the text has a control character", "remove it"))
        return storable(text)

    def _scalar(self, node: ScalarNode) -> Data:
        tag = str(node.tag)
        if not tag.startswith(_TAG):
            self._mishaps.append(Mishap(_at(node.start_mark), f"the tag `{tag}` is not supported", "remove it"))
        if node.style in _QUOTED:
            return self._text(node)
        try:
            return _typed(tag.removeprefix(_TAG), self._text(node))
        except ValueError:
            self._mishaps.append(
                Mishap(_at(node.start_mark), "the number is too long", "put it in quotes if it is text")
            )
            return None


def _is_absent(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.value and node.style is None


def _typed(tag: str, text: str) -> Data:
    """The value of a plain scalar by YAML 1.2; raises ValueError for a number that Python refuses."""
    if tag == "null":
        return None
    if tag == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if tag == "int" and not _LEADING_ZERO.fullmatch(text) and ":" not in text:
        return int(text, 0)
    if tag == "float" and ":" not in text:
        return float(text.replace(".inf", "inf").replace(".nan", "nan").replace("_", "").lower())
    return text
