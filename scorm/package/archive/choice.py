"""Names without a mark of their encoding: which of four code pages the author's computer wrote them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from scorm.errors import PackageRefused
from scorm.package.archive.directory import Entry
from scorm.package.files import Shelf
from scorm.package.hrefs import BadHref, resolve
from scorm.package.limits import Limits
from scorm.package.manifest.resources import Reference, references
from scorm.package.names import Naming, is_junk, locate_manifest
from scorm.package.report import Report
from scorm.package.xml import read_xml

ENCODINGS = ("utf-8", "cp866", "cp1251", "cp437")
_THE_FOLDER_ITSELF = (b"./", b".\\")
_ENOUGH = 4_000  # references that are looked up before choosing

Names = dict[str, Entry]


@dataclass(frozen=True)
class Choice:
    names: Names  # folders and junk left out
    encoding: str  # "" where no name needed one


def choose(
    entries: list[Entry], read: Callable[[Entry, int], bytes], limits: Limits, report: Report
) -> Choice:
    """The first encoding under which everything the manifest launches exists; of several, the one with most files."""
    if all(entry.text is not None for entry in entries):
        return Choice(_named(entries, "", limits, report), "")
    candidates = _candidates(entries, limits)
    wanted = _references(candidates[0].names, read, limits)
    best = max(candidates, key=lambda choice: _score(choice.names, wanted))
    return Choice(_named(entries, best.encoding, limits, report), best.encoding)


def _named(entries: list[Entry], encoding: str, limits: Limits, report: Report) -> Names:
    """Every name made safe and none twice."""
    naming = Naming(limits, report)
    named = (entry for entry in entries if entry.raw not in _THE_FOLDER_ITSELF)
    names = [(naming.safe(_text(entry, encoding)), entry) for entry in named]
    files = [name for name, entry in names if not entry.is_folder]
    naming.check(files)
    kept = {name: entry for name, entry in names if not entry.is_folder and not is_junk(name)}
    if len(kept) < len(files):
        report.add("junk-dropped", count=str(len(files) - len(kept)))
    return kept


def _text(entry: Entry, encoding: str) -> str:
    return entry.raw.decode(encoding) if entry.text is None else entry.text


def _candidates(entries: list[Entry], limits: Limits) -> list[Choice]:
    """The encodings under which the names are names; what is no name under any of them is refused.

    Read in the wrong one, two names may collide that are far apart in the right one.
    """
    found, refusals = [], []
    for encoding in ENCODINGS:
        try:
            found.append(Choice(_named(entries, encoding, limits, Report()), encoding))
        except UnicodeDecodeError:
            continue
        except PackageRefused as refused:
            refusals.append(refused)
    if not found:
        raise refusals[0]
    return found


def _references(names: Names, read: Callable[[Entry, int], bytes], limits: Limits) -> list[Reference]:
    """What the manifest refers to; nothing, where it cannot be read. Who reads it next will say why."""
    try:
        prefix, name = locate_manifest(names, Report())
        data = read(names[prefix + name], limits.manifest_size)
        return list(islice(references(read_xml(data, name, limits)), _ENOUGH))
    except PackageRefused:
        return []


def _score(names: Names, wanted: list[Reference]) -> tuple[bool, int]:
    try:
        prefix, _ = locate_manifest(names, Report())
    except PackageRefused:
        return False, 0
    members = {name.removeprefix(prefix): 0 for name in names if name.startswith(prefix)}
    shelf = Shelf(members)
    found = [(one.launch, _is_there(one, shelf)) for one in wanted]
    return all(there for launch, there in found if launch), sum(there for _, there in found)


def _is_there(reference: Reference, shelf: Shelf) -> bool:
    try:
        return resolve(reference.bases, reference.href, shelf).found
    except BadHref:
        return False
