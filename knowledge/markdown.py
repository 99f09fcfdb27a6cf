"""Markdown into sections of plain-text blocks, each with the headings above it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

CELL_JOINT = " | "
"""Between the cells of a table's line; a bar within a cell is written as a slash."""

_MARKUP = re.compile(r"<!--.*?-->|</?[a-z][^>]*>", re.DOTALL | re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class BlockKind(StrEnum):
    """What a block is, and so where it may be split when it is too long."""

    PROSE = "prose"
    LINES = "lines"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One block as plain text. A table's first line is its header; `LINES` splits between lines, as a list does."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading path and the blocks under its last heading; no block when the next heading follows at once."""

    heading: tuple[str, ...]
    blocks: tuple[Block, ...]
    has_subsections: bool = False


def parse_markdown(text: str) -> tuple[Section, ...]:
    """Return the sections in reading order; the first has no heading if text stands above the first one."""
    sections: list[Section] = []
    path: list[tuple[int, str]] = []
    blocks: list[Block] = []

    def finish(next_level: int) -> None:
        level = path[-1][0] if path else 0
        if path or blocks:
            heading = tuple(title for _, title in path if title)
            sections.append(Section(heading, tuple(blocks), has_subsections=next_level > level))
        blocks.clear()

    for node in SyntaxTreeNode(_PARSER.parse(text)).children:
        if node.type == "heading":
            level = int(node.tag[1:])
            finish(level)
            while path and path[-1][0] >= level:
                path.pop()
            path.append((level, _inline(node).replace("\n", " ")))
        else:
            blocks.extend(_blocks(node))
    finish(0)
    return tuple(sections)


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    if node.type == "table":
        block = Block(BlockKind.TABLE, "\n".join(_table_rows(node)))
    elif node.type in ("bullet_list", "ordered_list"):
        block = Block(BlockKind.LINES, "\n".join(_list_lines(node)))
    elif node.type in ("fence", "code_block"):
        block = Block(BlockKind.LINES, node.content.strip("\n"))
    elif node.type == "blockquote":
        for child in node.children:
            yield from _blocks(child)
        return
    else:
        block = Block(BlockKind.PROSE, _block_text(node))
    if block.text.strip():
        yield block


def _block_text(node: SyntaxTreeNode) -> str:
    if node.type == "html_block":
        return unescape(_MARKUP.sub("", node.content)).strip()
    return _inline(node)


def _table_rows(table: SyntaxTreeNode) -> Iterator[str]:
    for part in table.children:
        for row in part.children:
            yield CELL_JOINT.join(_inline(cell).replace("\n", " ").replace("|", "/") for cell in row.children)


def _list_lines(items: SyntaxTreeNode, indent: str = "") -> Iterator[str]:
    start = int(items.attrs.get("start", 1))
    for number, item in enumerate(items.children, start):
        marker = "- " if items.type == "bullet_list" else f"{number}. "
        lines = list(_item_lines(item.children))
        for index, line in enumerate(lines):
            yield indent + (marker if index == 0 else " " * len(marker)) + line


def _item_lines(children: Sequence[SyntaxTreeNode]) -> Iterator[str]:
    for child in children:
        if child.type in ("bullet_list", "ordered_list"):
            yield from _list_lines(child)
        elif child.type == "heading":
            yield _inline(child)
        else:
            for block in _blocks(child):
                yield from block.text.split("\n")


def _inline(node: SyntaxTreeNode) -> str:
    """Return what a reader sees; a link's address is kept behind its text."""
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type == "html_inline":
        return "\n" if _LINE_BREAK.match(node.content) else ""
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "\n"
    inner = "".join(_inline(child) for child in node.children)
    if node.type == "image":
        return inner or node.content
    if node.type == "link":
        return _link(inner, str(node.attrs.get("href", "")))
    return inner


def _link(label: str, address: str) -> str:
    shown = address.removeprefix("mailto:").removeprefix("tel:")
    if address.startswith("#") or not address or label.strip() in (address, shown):
        return label
    return f"{label} ({shown})"
