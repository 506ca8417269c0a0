"""Small courses made of plain values, and a learner in them."""

from __future__ import annotations

from typing import Any

from scorm.package.model import DataMap, Item, Manifest, Organization, Resource
from scorm.player.carried import Carried
from scorm.player.course import Request
from scorm.player.registration import Moved, Registration
from scorm.runtime.launch import Learner
from scorm.sequencing.definition import ControlModes, Objective, ObjectiveMap, Sequencing

NOW = "2026-11-20T08:00:00Z"
ARUZHAN = Learner("u1", "Ахметова, Аружан")


def sco(identifier: str, **more: Any) -> Item:
    return Item(identifier, identifier.title(), resource="r", kind="sco", launch=f"{identifier}.html", **more)


def manifest(edition: Any, *children: Item, **scope: bool) -> Manifest:
    sequencing = Sequencing(control=ControlModes(flow=True))
    root = Item("org", "Course", children=children, sequencing=sequencing)
    organization = Organization(root, **scope)
    return Manifest(edition, "m", (organization,), "org", {"r": Resource("r", "sco", "index.html")})


def register(made: Manifest, carried: Carried | None = None) -> Registration:
    return Registration.begin(made, made.organization(), ARUZHAN, carried or Carried())


def move(registration: Registration, name: str, target: str | None = None) -> Moved:
    return registration.move(Request(name, target), NOW)


def speak(registration: Registration, *sets: tuple[str, str], finish: bool = True) -> Moved | None:
    """Initialize, the SetValues, Terminate; each must be accepted."""
    assert registration.call(NOW, "Initialize")[0] == "true"
    for element, value in sets:
        assert registration.call(NOW, "SetValue", element, value)[:2] == ("true", "0"), element
    return registration.call(NOW, "Terminate")[2] if finish else None


def ask(registration: Registration, element: str) -> str:
    return registration.call(NOW, "GetValue", element)[0]


def writing(target: str) -> Sequencing:
    return Sequencing(objectives=(Objective("p", True, maps=(ObjectiveMap(target, write_satisfied=True),)),))


def reading(target: str) -> Sequencing:
    return Sequencing(objectives=(Objective("p", True, maps=(ObjectiveMap(target, read_satisfied=True),)),))


def sharing(target: str, read: bool = True, write: bool = True) -> tuple[DataMap, ...]:
    return (DataMap(target, read, write),)
