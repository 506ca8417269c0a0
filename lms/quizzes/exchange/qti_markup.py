"""The markup inside a QTI item as HTML again."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from lms.quizzes.exchange.qti_names import HTML


def serialised(element: etree._Element, gap: Callable[[etree._Element], str] | None) -> str:
    """Elements of HTML as they are, of QTI as what they hold; an interaction as `gap` says, else not at all."""
    tail = escaped(element.tail or "")
    if not isinstance(element.tag, str):
        return tail
    if element.tag.endswith("Interaction") or element.tag == "gap":
        return (gap(element) if gap else "") + tail
    inside = escaped(element.text or "") + "".join(serialised(one, gap) for one in element)
    if element.tag not in HTML:
        return inside + tail
    attributes = "".join(f' {key}="{_attribute(value)}"' for key, value in element.attrib.items())
    if element.tag in ("br", "hr", "img"):
        return f"<{element.tag}{attributes}>{tail}"
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>{tail}"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(value: str | bytes) -> str:
    return escaped(str(value)).replace('"', "&quot;")
