"""Pages and scripts: what they refer to and what they do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from scorm.package.check.kinds import PAGES, READ, suffix
from scorm.package.check.scan import Seen, scan
from scorm.package.files import Package, Shelf
from scorm.package.hrefs import BadHref, inside
from scorm.package.limits import MIB
from scorm.package.report import Report

_BUDGET = 16 * MIB  # of text looked through in one package
_MOST_REACHED = 3_000  # files of one launch page
_OUTSIDE = re.compile(r"(https?:)?//[^/\s]", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MADE_BY_SCRIPT = re.compile(r"[+${}<>|*\n]|\s\s")


class Pages:
    """The text files of a package, each looked through once, when somebody asks."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.shelf = Shelf(package.members)
        self.given_up = False
        self._seen: dict[str, Seen] = {}
        self._left = _BUDGET

    def seen(self, name: str) -> Seen:
        if name not in self._seen:
            self._seen[name] = self._look(name)
        return self._seen[name]

    def _look(self, name: str) -> Seen:
        if suffix(name) not in READ or name not in self.package.members or not self.package.complete:
            return Seen()
        self._left -= self.package.members[name]
        if self._left < 0:
            self.given_up = True
            return Seen()
        return scan(self.package, name)

    def reached(self, start: Iterable[str], *, links: bool) -> set[str]:
        """Every member the pages load, one after another; with `links` also those they lead to."""
        found: set[str] = set()
        waiting = [name for name in start if name in self.package.members]
        while waiting and len(found) < _MOST_REACHED:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            seen = self.seen(name)
            for address in (*seen.loads, *(seen.links if links else ())):
                member = target(name, address)
                if member is not None:
                    real = member if self.shelf.holds(member) else self.shelf.in_other_case(member)
                    if real is not None:
                        waiting.append(real)
        return found


def target(page: str, address: str) -> str | None:
    """The member an address on a page means; None where it means none."""
    path = re.split(r"[?#]", address.strip(), maxsplit=1)[0]
    if not path or path.startswith("/") or _SCHEME.match(path) or _MADE_BY_SCRIPT.search(path):
        return None
    try:
        return inside(f"{page.rpartition('/')[0]}/{unquote(path)}")
    except BadHref:
        return None


def check_pages(pages: Pages, report: Report) -> None:
    for name in pages.package.members:
        if suffix(name) not in READ:
            continue
        seen = pages.seen(name)
        for code, line in seen.habits.items():
            report.add(code, f"{name}:{line}")
        if seen.is_page and suffix(name) in PAGES:
            _politeness(name, seen, report)
        for address, line in seen.loads.items():
            _loaded(pages, name, address, line, report)
        for address, line in seen.links.items():
            _linked(pages, name, address, line, report)
    if pages.given_up:
        report.add("pages-unexamined")


def _politeness(name: str, seen: Seen, report: Report) -> None:
    if not seen.has_language:
        report.add("page-without-language", name)
    if not seen.has_title:
        report.add("page-without-title", name)


def _loaded(pages: Pages, name: str, address: str, line: int, report: Report) -> None:
    where = f"{name}:{line}"
    if address.lower().startswith("http:"):
        report.add("insecure-address", where, address=address[:200])
    if _OUTSIDE.match(address):
        report.add("host-outside", where, address=address[:200])
    else:
        _local(pages, name, address, where, report)


def _linked(pages: Pages, name: str, address: str, line: int, report: Report) -> None:
    where = f"{name}:{line}"
    if _OUTSIDE.match(address):
        report.add("link-outside", where, address=address[:200])
    else:
        _local(pages, name, address, where, report)


def _local(pages: Pages, name: str, address: str, where: str, report: Report) -> None:
    if address.startswith("/"):
        report.add("link-from-root", where, address=address[:200])
    elif address.lower().startswith("file:") or re.match(r"[A-Za-z]:[\\/]", address):
        report.add("link-to-disk", where, address=address[:200])
    member = target(name, address)
    if member is None or pages.shelf.holds(member):
        return
    other = pages.shelf.in_other_case(member)
    report.add("page-file-case" if other else "page-file-missing", where, address=address[:200])
