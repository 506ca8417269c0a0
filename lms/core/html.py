"""The one policy for HTML written by people: cleaned on write, stored clean, shown as it is.

bleach drops what the policy does not name, nh3 (a real HTML5 parser) goes over what is left: the two
parse differently, so markup made to be read in two ways does not survive both. The page's CSP is third.
"""

from __future__ import annotations

import html
import re

import bleach
import nh3
from bleach.css_sanitizer import CSSSanitizer

TAGS = frozenset(
    ["p", "br", "hr", "h2", "h3", "h4", "h5", "strong", "b", "em", "i", "u", "s", "sub", "sup", "code", "pre",
     "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "a", "table", "caption", "thead", "tbody", "tfoot", "tr",
     "th", "td", "figure", "figcaption", "img", "span", "div"]
)  # fmt: skip
ATTRIBUTES = {
    "*": {"class", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "p": {"style"},
    "span": {"style"},
}
STYLES = ["text-align"]
SCHEMES = frozenset({"http", "https", "mailto"})

# What a value may be. A name of a class of ours starts with c-: with any other one a text could lay itself
# over the page, or look like a button of the system.
_CLASS = re.compile(r"c-[a-z0-9-]{1,40}")
_NUMBER = re.compile(r"[0-9]{1,4}")
_VALUES = {
    "style": re.compile(r"text-align:\s*(left|right|center|justify);?"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "lang": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"),
    "scope": re.compile(r"(row|col)(group)?"),
    # Pictures lie with us: one from elsewhere would tell its owner who reads this, and when.
    "src": re.compile(r"/(?![/\\])[^\\]*"),
    **dict.fromkeys(("width", "height", "colspan", "rowspan", "start"), _NUMBER),
}
_ENDS_OF_BLOCKS = re.compile(
    r"<(?:br|hr|/?(?:p|h[2-5]|li|d[td]|t[rdh]|div|blockquote|pre|figcaption))\b", re.IGNORECASE
)


def clean(markup: str) -> str:
    once = bleach.clean(
        markup.replace("\0", ""),
        tags=TAGS,
        attributes={tag: sorted(names) for tag, names in ATTRIBUTES.items()},
        protocols=SCHEMES,
        css_sanitizer=CSSSanitizer(allowed_css_properties=STYLES),
        strip=True,
    )
    return nh3.clean(
        once,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_value,
        url_schemes=set(SCHEMES),
        filter_style_properties=set(STYLES),
        link_rel="noopener noreferrer",
    )


def _value(_tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(one for one in value.split() if _CLASS.fullmatch(one)) or None
    allowed = _VALUES.get(name)
    return value if allowed is None or allowed.fullmatch(value.strip()) else None


def plain(markup: str) -> str:
    """The words alone, as text: for search, titles and mails, not for a page without escaping."""
    apart = _ENDS_OF_BLOCKS.sub(lambda found: " " + found[0], markup)
    return " ".join(html.unescape(bleach.clean(apart, tags=set(), strip=True)).split())
