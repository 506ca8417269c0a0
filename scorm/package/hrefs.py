"""Where an href leads: xml:base, percent signs, letters of two encodings, and a query kept as written.

A resolved href is the member's name with "%", "?" and "#" still escaped, so that the first real "?" or "#" begins
the query or fragment. `member_of` gives the name back, `url_of` what a browser may be sent to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, unquote_to_bytes

from scorm.package.files import Shelf, composed

_ABSOLUTE = re.compile(r"(?:https?:)?//[^/\\]", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SPLIT = re.compile(r"[?#]")
_CONTROL = re.compile(r"[\x00-\x1f]")
_LONGEST = 4_000  # twice what CAM asks to be supported
_DEEPEST = 100  # parts; no archive here has folders as deep
_ENCODINGS = ("utf-8", "cp1251")


class BadHref(Exception):
    """An href that leads nowhere in this package; the only argument is a finding's code."""

    @property
    def code(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Target:
    href: str
    member: str | None  # None for an address outside
    found: bool = True
    notes: tuple[str, ...] = ()  # codes of what had to be overlooked

    @property
    def external(self) -> bool:
        return self.member is None


def resolve(bases: tuple[str, ...], href: str, shelf: Shelf) -> Target:
    """CAM 4th Ed. 3.4.2.1: the bases of manifest, resources and resource, in this order, then the href."""
    written = "".join(_joined(bases, href))
    if len(written) > _LONGEST:
        raise BadHref("href-too-long")
    if _CONTROL.search(written):
        raise BadHref("href-scheme")
    if _ABSOLUTE.match(written):
        return Target(written if written[0] != "/" else "https:" + written, None)
    if _SCHEME.match(written):
        raise BadHref("href-scheme")
    path, tail = _halves(written)
    names = list(dict.fromkeys(_readings(bases, path, href)))
    for name in names:
        if shelf.holds(name):
            return _target(name, tail, True, _notes(written))
    for name in names:
        other = shelf.in_other_case(name)
        if other is not None:
            return _target(other, tail, True, (*_notes(written), "href-case-differs"))
    return _target(names[0], tail, False, _notes(written))


def member_of(href: str) -> str:
    """The name of the member a resolved href or launch address means."""
    return unquote(_halves(href)[0])


def url_of(href: str) -> str:
    """A resolved href or launch address as a URL, relative unless external, every letter escaped that has to be."""
    if _ABSOLUTE.match(href):
        return quote(href, safe="?#&=%/:;,+@!$'()*~[]")
    path, tail = _halves(href)
    return quote(unquote(path), safe="/") + quote(tail, safe="?#&=%/:;,+@!$'()*~[]")


def with_parameters(href: str, parameters: str) -> str:
    """CAM 4th Ed. 3.4.1.9, the rules for `parameters`.

    One liberty: a query goes before the fragment the href has, because behind it no SCO would ever see it.
    """
    rest = parameters.lstrip("?&")
    if not rest:
        return href
    before, mark, fragment = href.partition("#")
    if rest.startswith("#"):
        return href if mark else href + rest
    query, second, own = rest.partition("#")
    joint = "&" if "?" in before else "?"
    return before + joint + query + (mark + fragment if mark else second + own)


def _joined(bases: tuple[str, ...], href: str) -> Iterator[str]:
    """The pieces that count: an absolute one makes everything before it void."""
    pieces = [one for one in (*bases, href) if one]
    absolute = [place for place, one in enumerate(pieces) if _ABSOLUTE.match(one) or _SCHEME.match(one)]
    counting = pieces[absolute[-1] :] if absolute else pieces
    for one in counting[:-1]:
        yield one if one.endswith(("/", "\\")) else one + "/"
    yield from counting[-1:]


def _halves(href: str) -> tuple[str, str]:
    found = _SPLIT.search(href)
    return (href, "") if found is None else (href[: found.start()], href[found.start() :])


def _readings(bases: tuple[str, ...], path: str, href: str) -> Iterator[str]:
    """The names the path may stand for, the likeliest first; what leaves the package is none."""
    yield from _decoded(path)
    if bases and not bases[-1].endswith(("/", "\\")):
        # By the letter of XML Base a base without a slash at its end names a file, not a folder.
        folder = "".join(_joined(bases[:-1], re.sub(r"[^/\\]*$", "", bases[-1])))
        yield from _decoded(folder + _halves(href)[0])
    if "%" in path:
        yield inside(path)


def _decoded(path: str) -> Iterator[str]:
    if "%" not in path:
        yield inside(path)
        return
    raw = unquote_to_bytes(path)
    readings = [_read(raw, encoding) for encoding in _ENCODINGS]
    for text in readings if any(readings) else [raw.decode("utf-8", "replace")]:
        if text is not None:
            yield inside(text)


def _read(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def inside(path: str) -> str:
    """The normal form of a path; it must not leave the package it starts in."""
    parts: list[str] = []
    for part in path.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                raise BadHref("href-escapes")
            parts.pop()
        elif part not in ("", "."):
            parts.append(_composed(part))
    if not parts:
        raise BadHref("href-empty")
    if len(parts) > _DEEPEST:
        raise BadHref("href-too-long")
    if ":" in parts[0] or _CONTROL.search(path):
        raise BadHref("href-scheme")
    return "/".join(parts)


def _composed(part: str) -> str:
    try:
        return composed(part)
    except ValueError:
        raise BadHref("href-scheme") from None


def _target(name: str, tail: str, found: bool, notes: tuple[str, ...]) -> Target:
    escaped = name.replace("%", "%25").replace("?", "%3F").replace("#", "%23")
    return Target(escaped + tail, name, found, notes)


def _notes(written: str) -> tuple[str, ...]:
    path = _halves(written)[0]
    notes = ["href-backslash"] if "\\" in path else []
    if path.startswith("/"):
        notes.append("href-from-root")
    return tuple(notes)
