"""What the items launch: whether it can be shown, speaks to the interface, and how long it takes to arrive."""

from __future__ import annotations

from collections.abc import Iterator

from scorm.package.check.kinds import FLASH, SHOWN, suffix
from scorm.package.check.pages import Pages
from scorm.package.hrefs import member_of
from scorm.package.model import Item, Manifest, Resource
from scorm.package.report import Report

_SLOW_LINK = 64_000 / 8  # bytes a second of a school at the end of the line
_SATELLITE = 8_000_000 / 8
_TOO_LONG = 120  # seconds on the slow link
_MOST = 300  # launches are looked at one by one, and of each no more files and resources than this ten times
_SHOWN_AS = "{:.1f}"


def check_launches(manifest: Manifest, pages: Pages, report: Report) -> None:
    if not any(True for _ in _launching(manifest, manifest.default)):
        report.add("nothing-to-launch", f"organization {manifest.default}")
    done: set[str] = set()
    for organization in manifest.organizations:
        for item, resource in _launching(manifest, organization.identifier):
            if len(done) >= _MOST:
                report.add("pages-unexamined")
                return
            if resource.identifier not in done:
                done.add(resource.identifier)
                _launch(manifest, item, resource, pages, report)


def _launching(manifest: Manifest, organization: str) -> Iterator[tuple[Item, Resource]]:
    for item in manifest.organization(organization).root.walk():
        resource = manifest.resources.get(item.resource or "")
        if resource is not None and item.launch:
            yield item, resource


def _launch(manifest: Manifest, item: Item, resource: Resource, pages: Pages, report: Report) -> None:
    where = f"item {item.identifier}"
    if resource.external:
        report.add("launch-outside" if resource.kind == "sco" else "asset-outside", where)
        return
    member = member_of(resource.href or "")
    if suffix(member) in FLASH:
        report.add("launch-is-flash", where)
    elif suffix(member) not in SHOWN:
        report.add("launch-is-no-page", where)
    if member in pages.package.members and pages.package.complete:
        _speech(manifest, resource, member, pages, where, report)
        _weight(member, pages, where, report)


def _speech(
    manifest: Manifest, resource: Resource, member: str, pages: Pages, where: str, report: Report
) -> None:
    """A SCO must find the interface and call Initialize and Terminate (RTE 4th Ed. 2.1.1)."""
    files = {member, *_belonging(manifest, resource)}
    speaks = {word for name in pages.reached(files, links=True) for word in pages.seen(name).speaks}
    ours = "1.2" if manifest.edition == "1.2" else "2004"
    if resource.kind == "asset":
        if pages.seen(member).speaks:
            report.add("asset-speaks", where)
    elif not speaks:
        report.add("api-never-called", where)
    elif ours not in speaks:
        report.add("api-of-other-edition", where)


def _belonging(manifest: Manifest, resource: Resource) -> set[str]:
    """The files of a resource and of all it depends on."""
    found: set[str] = set()
    waiting = [resource.identifier]
    known: set[str] = set()
    while waiting and len(known) < 10 * _MOST:
        identifier = waiting.pop()
        one = manifest.resources.get(identifier)
        if one is None or identifier in known:
            continue
        known.add(identifier)
        found.update(one.files)
        waiting.extend(one.dependencies)
    return found


def _weight(member: str, pages: Pages, where: str, report: Report) -> None:
    size = sum(pages.package.members[name] for name in pages.reached([member], links=False))
    slow = size / _SLOW_LINK
    values = {
        "bytes": str(size),
        "seconds_at_8_mbit": _SHOWN_AS.format(size / _SATELLITE),
        "seconds_at_64_kbit": _SHOWN_AS.format(slow),
    }
    report.add("load-time", where, **values)
    if slow > _TOO_LONG:
        report.add("slow-to-load", where, **values)
