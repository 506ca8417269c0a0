"""What a package is to those who read it: named members, whether they come from a zip, a folder or nowhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import TracebackType
from typing import Self

from scorm.errors import PackageRefused
from scorm.package.findings import Finding
from scorm.package.limits import DEFAULT, Limits

_MOST_MARKS = 30


class Package:
    """`members` maps each name to its size. With `complete` false only the manifest is here, and what it lists is
    taken to exist. `findings` is what opening it had to overlook."""

    def __init__(
        self,
        members: Mapping[str, int],
        manifest_name: str,
        findings: tuple[Finding, ...] = (),
        *,
        complete: bool = True,
        limits: Limits = DEFAULT,
    ) -> None:
        self.members = dict(members)
        self.manifest_name = manifest_name
        self.findings = findings
        self.complete = complete
        self.limits = limits

    def open(self, name: str) -> Iterator[bytes]:
        """The member in pieces; never more than its announced size, and never other bytes than its checksum says."""
        if name not in self.members:
            raise PackageRefused("member-missing", name)
        return self._pieces(name)

    def read(self, name: str, limit: int) -> bytes:
        """The whole of a member that must not be larger than `limit`."""
        if self.members.get(name, 0) > limit:
            raise PackageRefused("member-too-large", name)
        return b"".join(self.open(name))

    def read_manifest(self) -> bytes:
        return self.read(self.manifest_name, self.limits.manifest_size)

    def close(self) -> None:
        """Nothing to let go of, unless a subclass has opened something."""

    def _pieces(self, name: str) -> Iterator[bytes]:
        raise PackageRefused("member-missing", name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Shelf:
    """The names a reference may mean. Without names everything is taken to exist as written."""

    def __init__(self, members: Mapping[str, int] | None) -> None:
        self._names = None if members is None else frozenset(members)
        self._folded = {fold(name): name for name in members or ()}

    def holds(self, name: str) -> bool:
        return self._names is None or name in self._names

    def in_other_case(self, name: str) -> str | None:
        return self._folded.get(fold(name))


@lru_cache(maxsize=4096)
def composed(part: str) -> str:
    """NFC of a name's part. UAX 15 allows no more than thirty marks on one letter; composing more takes for ever."""
    if part.isascii():
        return part
    marks = 0
    for letter in part:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > _MOST_MARKS:
            raise ValueError("too many marks on one letter")
    return unicodedata.normalize("NFC", part)


def fold(name: str) -> str:
    """The name as a file system that keeps no case and its own form of letters would compare it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
