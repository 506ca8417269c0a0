"""Looking through pages, scripts and styles piece by piece; no file is ever held whole."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from scorm.package.check.kinds import PAGES, STYLES, suffix
from scorm.package.files import Package

WINDOW = 256 * 1024
OVERLAP = 4 * 1024  # no tag or call worth finding is longer

_MOST_ADDRESSES = 2_000  # of one file

# Every pattern is linear: no two of its repetitions can divide the same letters among themselves.
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20}+)\b([^<>]{0,3900}+)>")
_ATTRIBUTE = re.compile(r"""([^\s=]++)(?:\s*+=\s*+("[^"]*+"?|'[^']*+'?|[^\s"']*+))?""")
_URL = re.compile(r"""url\(\s{0,9}+["']?([^"'()\s]{1,500}+)["']?\s{0,9}+\)""")
_IMPORT = re.compile(r"""(?:import|from)[\s(]{0,9}+["']((?:\.{0,2}/|https?:)[^"'\n]{1,300}+)["']""")
_OLD_CALLS = re.compile(r"LMS(?:Initialize|Finish|GetValue|SetValue|Commit)\b")
_NEW_CALL = "API_1484_11"

# What a script may do that the player or the browser answers differently than its author expects: a word that
# must be there, so that most windows need no second look, and what counts.
_HABITS = {
    "unload-handler": (
        "unload",
        re.compile(
            r"""\bon(?:before)?unload\s{0,9}+=|addEventListener\(\s{0,9}+["'](?:before)?unload["']"""
            r"""|\.(?:before)?unload\("""
        ),
    ),
    "reaches-for-top": ("top.", re.compile(r"\btop\.(?:location|document|frames|opener|API|close)\b")),
    "opens-window": ("window.open", re.compile(r"\bwindow\.open\s{0,9}+\(")),
    "service-worker": ("serviceWorker", re.compile(r"\bserviceWorker\.register\b")),
    "link-to-disk": ("file:", re.compile(r"""["']file:///?""")),
}
_LOADING = {
    "script": "src", "img": "src", "iframe": "src", "frame": "src", "source": "src", "audio": "src",
    "video": "src", "embed": "src", "track": "src", "input": "src", "object": "data", "link": "href",
}  # fmt: skip


@dataclass
class Seen:
    """What one file holds: addresses it loads and links to, versions whose calls it makes, habits by line."""

    loads: dict[str, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)
    speaks: set[str] = field(default_factory=set)
    habits: dict[str, int] = field(default_factory=dict)
    has_language: bool = False
    has_title: bool = False
    is_page: bool = False


def scan(package: Package, name: str) -> Seen:
    seen = Seen()
    kind = suffix(name)
    line = 1
    for window, fresh in windows(package.open(name)):
        plain = _without_comments(window) if kind in PAGES else window
        if kind in PAGES:
            _tags(plain, line, seen)
        if "url(" in plain and kind in PAGES | STYLES:
            _addresses(_URL, plain, line, seen)
        if kind not in STYLES:
            if "import" in plain:
                _addresses(_IMPORT, plain, line, seen)
            _script(plain, line, seen)
        line += window.count("\n", 0, fresh)
    return seen


def windows(pieces: Iterator[bytes]) -> Iterator[tuple[str, int]]:
    """The text in windows that overlap, and how many letters of each the next one does not show again."""
    decoder: codecs.IncrementalDecoder | None = None
    text = ""
    for piece in pieces:
        if decoder is None:
            decoder = _decoder(piece)
        text += decoder.decode(piece)
        while len(text) >= WINDOW:
            yield text[:WINDOW], WINDOW - OVERLAP
            text = text[WINDOW - OVERLAP :]
    if text:
        yield text, len(text)


def _decoder(start: bytes) -> codecs.IncrementalDecoder:
    """Nothing that is looked for depends on letters beyond ASCII, so a wrong guess does no harm."""
    wide = start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return codecs.getincrementaldecoder("utf-16" if wide else "utf-8")("replace")


def _without_comments(text: str) -> str:
    """Comments emptied, but for their line ends."""
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        kept += text[at:start], "\n" * text.count("\n", start, end)
        at = end + 3
    return "".join(kept) + text[at:]


class _Lines:
    """The line of a place; places are asked for in rising order, so no letter is counted twice."""

    def __init__(self, text: str, first: int) -> None:
        self._text, self._line, self._at = text, first, 0

    def of(self, place: int) -> int:
        self._line += self._text.count("\n", self._at, place)
        self._at = place
        return self._line


def _tags(text: str, first: int, seen: Seen) -> None:
    lines = _Lines(text, first)
    for match in _TAG.finditer(text):
        name = match.group(1).lower()
        if name in ("html", "body", "head", "title", "a") or name in _LOADING:
            values = {key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(match.group(2))}
            _tag(name, values, lines.of(match.start()), seen)


def _tag(name: str, values: dict[str, str], line: int, seen: Seen) -> None:
    seen.is_page = seen.is_page or name in ("html", "body", "head")
    if name == "html":
        seen.has_language = bool(values.get("lang") or values.get("xml:lang"))
    elif name == "title":
        seen.has_title = True
    elif name == "a":
        _remember(seen.links, values.get("href", ""), line)
    elif name == "img" and "alt" not in values:
        seen.habits.setdefault("image-without-alt", line)
    if name in _LOADING:
        _remember(seen.loads, values.get(_LOADING[name], ""), line)


def _remember(addresses: dict[str, int], address: str, line: int) -> None:
    if address and len(addresses) < _MOST_ADDRESSES:
        addresses.setdefault(address, line)


def _addresses(pattern: re.Pattern[str], text: str, first: int, seen: Seen) -> None:
    lines = _Lines(text, first)
    for match in pattern.finditer(text):
        _remember(seen.loads, match.group(1), lines.of(match.start()))


def _script(text: str, line: int, seen: Seen) -> None:
    if _OLD_CALLS.search(text):
        seen.speaks.add("1.2")
    if _NEW_CALL in text:
        seen.speaks.add("2004")
    for code, (word, pattern) in _HABITS.items():
        match = pattern.search(text) if word in text else None
        if match:
            seen.habits.setdefault(code, line + text.count("\n", 0, match.start()))
