"""Markup on its way in: pictures brought home, formulas in our brackets, then cleaned by the house's policy."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from lms.core.html import clean
from lms.quizzes.exchange.files import ADDRESS, from_address
from lms.quizzes.exchange.reading import Reading

_IMAGE = re.compile(r"<img\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)", re.IGNORECASE)
_DISPLAY = re.compile(r"\$\$(.{1,2000}?)\$\$", re.DOTALL)
_PICTURE = re.compile(rf"{ADDRESS}([0-9a-f]{{64}})")
_ONE_PARAGRAPH = re.compile(r"\s*<p>((?:(?!</?p\b).)*)</p>\s*", re.DOTALL | re.IGNORECASE)
Finder = Callable[[str], bytes | None]


def brought_in(markup: str, reading: Reading, find: Finder, line: int = 0, name: str = "") -> str:
    """`find` gives the bytes of a picture by the address the file uses; what it does not know is said, not dropped."""

    def image(found: re.Match[str]) -> str:
        given = {
            key.lower(): html.unescape(value.strip("\"'")) for key, value in _ATTRIBUTE.findall(found[1])
        }
        address = given.get("src", "")
        data = from_address(address) or find(address)
        digest = reading.files.add(data) if data else None
        if digest is None:
            known = re.match(r"[a-z+.-]+://", address)
            reading.note(
                "picture_elsewhere" if known else "picture_missing", line, name, address=address[:120]
            )
            return ""
        kept = "".join(
            f' {key}="{html.escape(given[key])}"' for key in ("alt", "width", "height") if given.get(key)
        )
        return f'<img src="{ADDRESS}{digest}"{kept}>'

    return clean(_DISPLAY.sub(r"\\[\1\\]", _IMAGE.sub(image, markup))).strip()


def inline(markup: str) -> str:
    """An option: the one paragraph around it is only how some programs write."""
    found = _ONE_PARAGRAPH.fullmatch(markup)
    return found[1].strip() if found else markup.strip()


def text_as_html(text: str) -> str:
    return html.escape(text.strip(), quote=False).replace("\n", "<br>")


def as_paragraph(markup: str) -> str:
    """A question is made of paragraphs; one that came as a bare line becomes one."""
    return (
        markup
        if not markup or re.match(r"\s*<(p|div|table|ul|ol|h\d|figure|pre|blockquote)\b", markup)
        else f"<p>{markup}</p>"
    )


def pictures_in(markup: str) -> list[str]:
    """Hashes of the pictures a text shows, each once."""
    return list(dict.fromkeys(_PICTURE.findall(markup)))


def addressed(markup: str, address: Callable[[str], str]) -> str:
    """The same markup with each picture at another address."""
    return _PICTURE.sub(lambda found: html.escape(address(found[1])), markup)
