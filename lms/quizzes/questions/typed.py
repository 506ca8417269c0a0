"""Between what people type into a field and the clean HTML that is stored.

Plain text stays plain: `a < b` is what it looks like. Whoever writes tags gets those the house policy allows.
Formulas stand as \\( … \\) in both forms; `lms.quizzes.rich` draws them.
"""

from __future__ import annotations

import html
import re

from lms.core.html import clean

_TAGS = re.compile(r"</?(?:p|br|b|i|em|strong|u|s|sub|sup|ul|ol|li|table|t[rhd]|thead|tbody|caption|img|h[2-5]|div|span|figure|figcaption|pre|code|blockquote|a|hr)\b[^<>]*>", re.IGNORECASE)  # fmt: skip
_PARAGRAPHS = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def to_html(text: str) -> str:
    """Blank lines part paragraphs, line ends break lines."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        return ""
    if _TAGS.search(text):
        return clean(text)
    parts = [html.escape(part, quote=False) for part in re.split(r"\n\s*\n", text)]
    return "".join(f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in parts)


def inline(text: str) -> str:
    """One line: an option, a cell."""
    text = " ".join(text.split())
    return clean(text) if _TAGS.search(text) else html.escape(text, quote=False)


def from_html(markup: str) -> str:
    """As it was typed, when it holds nothing but paragraphs and lines; else the markup itself."""
    parts = _PARAGRAPHS.findall(markup)
    whole = "".join(f"<p>{part}</p>" for part in parts) == markup
    bare = [part.replace("<br>", "\n") for part in (parts if parts and whole else [markup])]
    if any(_TAGS.search(part) for part in bare):
        return markup
    return html.unescape("\n\n".join(bare))
