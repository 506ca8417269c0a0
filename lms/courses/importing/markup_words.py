"""Words of a page of HTML, without the page."""

from __future__ import annotations

from html import escape
from typing import Any

MARKS = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "u": "u", "s": "s", "del": "s", "sub": "sub",
    "sup": "sup", "code": "code", "kbd": "code", "samp": "code", "tt": "code", "var": "em", "dfn": "em",
}  # fmt: skip
SILENT = frozenset(["head", "style", "link", "meta", "title", "base", "noscript", "template", "source", "track", "col", "colgroup"])  # fmt: skip
MISSED = {
    "script": "script", "iframe": "frame", "frame": "frame", "embed": "object", "object": "object", "applet": "object",
    "form": "form", "input": "form", "select": "form", "textarea": "form", "button": "form", "canvas": "drawing", "svg": "drawing",
    "map": "drawing",
}  # fmt: skip
THROUGH = frozenset(["form", "object", "button", "noscript"])  # what they hold is read all the same
HEADINGS = {"h1": "2", "h2": "2", "h3": "3", "h4": "3", "h5": "3", "h6": "3"}
FAMILIES = {"audio": ("mp3", "m4a", "ogg", "opus", "wav"), "video": ("mp4", "webm")}
FILES = ("pdf", "txt", "csv", "odt", "docx", "xlsx", "pptx", "ods", "odp")
PICTURES = ("png", "jpg", "jpeg", "webp", "gif", "bmp")
DEEPEST = 60
LINES = frozenset(["span", "font", "abbr", "q", "small", "big", "time", "bdi", "bdo", "ins", "mark"])


def as_words(block: list[Any]) -> str:
    """A block inside an item of a list, as words of the item."""
    kind, content = block[0], block[1]
    if kind in ("text", "quotation"):
        return str(content["html"])
    if kind == "table":
        return "".join(f"<p>{escape(' | '.join(row), quote=False)}</p>" for row in content["rows"])
    if kind == "formula":
        return rf"\({escape(content['latex'], quote=False)}\)"
    return escape(content.get("text") or content.get("code") or content.get("title") or "", quote=False)


def unwrapped(markup: str) -> str:
    """One paragraph in an item needs no mark of its own."""
    once = markup.count("<p>") == 1 and markup.startswith("<p>")
    return markup.replace("<p>", "").replace("</p>", "", 1).strip() if once else markup.strip()


def only_layout(table: Any) -> bool:
    rows = [sum(cell.tag in ("td", "th") for cell in row) for row in table.iter("tr")]
    return len(rows) <= 1 or max(rows, default=0) <= 1 or any(True for _ in table.iterdescendants("table"))


def text_of(one: Any) -> str:
    """The words inside, without those of scripts."""
    parts = [one.text or ""]
    for child in one:
        if isinstance(child.tag, str) and child.tag not in ("script", "style"):
            parts.append(" " if child.tag in ("br", "p", "li", "div") else "")
            parts.append(text_of(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def spaced(text: str) -> str:
    inside = " ".join(text.split())
    before, after = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' if before else ''}{inside}{' ' if after and inside else ''}"


def says(markup: str) -> bool:
    return bool(markup.replace("<br>", "").strip())


def rows_of(table: Any) -> list[list[str]]:
    rows = [[text_of(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    return [row for row in rows if row]
