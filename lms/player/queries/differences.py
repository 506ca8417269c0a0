"""What two versions of a package differ in: files by their hashes, activities by their identifiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lms.player.models import PackageVersion
from lms.player.queries.shelf import files


@dataclass(frozen=True)
class Difference:
    """`kind`: added, removed, changed; `before` and `after` are what is shown of it."""

    kind: str
    name: str
    before: str = ""
    after: str = ""


def by_file(old: PackageVersion, new: PackageVersion) -> list[Difference]:
    before = {one.path: one for one in files(old)}
    after = {one.path: one for one in files(new)}
    return [
        Difference(kind, path, _size(before.get(path)), _size(after.get(path)))
        for path, kind in _compared(
            {k: v.digest for k, v in before.items()}, {k: v.digest for k, v in after.items()}
        )
    ]


def by_activity(old: PackageVersion, new: PackageVersion) -> list[Difference]:
    before, after = dict(_activities(old.contents)), dict(_activities(new.contents))
    return [
        Difference(kind, key, _title(before.get(key)), _title(after.get(key)))
        for key, kind in _compared(before, after)
    ]


def _compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in sorted(before.keys() | after.keys()):
        if key not in after:
            yield key, "removed"
        elif key not in before:
            yield key, "added"
        elif before[key] != after[key]:
            yield key, "changed"


def _activities(
    contents: list[dict[str, Any]], above: str = ""
) -> Iterator[tuple[str, tuple[str, str, str, str]]]:
    """What makes an activity another one: its title, where it hangs, what it launches."""
    for one in contents:
        yield one["id"], (one["title"], one["kind"], one["launch"], above)
        yield from _activities(one["children"], one["id"])


def _title(found: tuple[str, str, str, str] | None) -> str:
    return found[0] if found else ""


def _size(file: Any) -> str:
    return str(file.size) if file is not None else ""
