"""The manifest as plain values, the same for every edition. `manifest.read` makes it, everything else reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from scorm.sequencing.definition import Sequencing

Edition = Literal["1.2", "2004 2nd", "2004 3rd", "2004 4th"]
Kind = Literal["sco", "asset"]


@dataclass(frozen=True)
class DataMap:
    """adlcp:map: one shared data store and what the SCO may do with it (CAM 4th Ed. 3.4.1.19)."""

    target: str
    read: bool = True
    write: bool = True


@dataclass(frozen=True)
class Resource:
    identifier: str
    kind: Kind
    href: (
        str | None
    )  # resolved against every xml:base; only %, ? and # of the path stay escaped; query as written
    files: tuple[str, ...] = ()  # member names this resource lists, resolved
    dependencies: tuple[str, ...] = ()
    external: bool = False  # href is an absolute http(s) address
    metadata: Metadata | None = None


@dataclass(frozen=True)
class Metadata:
    """What LOM or Dublin Core says of its owner; each value by language ("" = no language named)."""

    title: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    keywords: tuple[dict[str, str], ...] = ()
    languages: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    rights: str = ""
    identifier: str = ""
    version: str = ""
    typical_learning_time: str = ""
    location: str = ""  # the external file it was read from


@dataclass(frozen=True)
class Item:
    """An <item>, or the <organization> itself as the root of its tree."""

    identifier: str
    title: str = ""
    children: tuple[Item, ...] = ()
    resource: str | None = None  # identifier of a Resource
    kind: Kind | None = None  # of that resource; None for a cluster
    launch: str | None = None  # href joined with parameters by the rules of CAM 3.4.1.11, None for a cluster
    visible: bool = True
    hide: tuple[
        str, ...
    ] = ()  # adlnav hideLMSUI: previous continue exit exitAll abandon abandonAll suspendAll
    sequencing: Sequencing = field(default_factory=Sequencing)
    data_maps: tuple[DataMap, ...] = ()
    data_from_lms: str = ""
    time_limit_action: str = ""
    max_time_allowed: str = ""  # SCORM 1.2 text; 2004 has it in sequencing.limits
    mastery_score: str = ""  # SCORM 1.2
    prerequisites: str = ""  # SCORM 1.2, AICC script
    metadata: Metadata | None = None

    @property
    def leaf(self) -> bool:
        return not self.children

    def walk(self) -> Iterator[Item]:
        """This item and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Organization:
    root: Item
    objectives_global_to_system: bool = True
    shared_data_global_to_system: bool = True

    @property
    def identifier(self) -> str:
        return self.root.identifier


@dataclass(frozen=True)
class Manifest:
    edition: Edition
    identifier: str
    organizations: tuple[Organization, ...]
    default: str  # identifier of the default organization, always one of the above
    resources: dict[str, Resource]
    version: str = ""
    metadata: Metadata | None = None
    declared_schemaversion: str = ""

    def organization(self, identifier: str | None = None) -> Organization:
        wanted = identifier or self.default
        return next(one for one in self.organizations if one.identifier == wanted)
