"""The headless player: one JSON object in, one out. It drives the same registration as the web player."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from scorm.errors import PackageRefused
from scorm.package.findings import Finding
from scorm.package.model import Item, Manifest, Organization
from scorm.player.carried import Carried
from scorm.player.course import REQUESTS, Request
from scorm.player.opening import open_manifest
from scorm.player.registration import Moved, Registration
from scorm.runtime.launch import Learner
from scorm.runtime.session import BY_NAME

Message = Mapping[str, Any]
SETTING = frozenset(name for name, call in BY_NAME.items() if call in ("GetValue", "SetValue"))


class Fault(Exception):
    """The line asks for something that makes no sense; the process goes on."""


class Player:
    """A process-long player: packages are opened in it one after another. Nothing is kept on disk."""

    def __init__(self, now: str) -> None:
        self.now = now
        self.carried: dict[str, Carried] = {}  # by learner
        self.registration: Registration | None = None
        self.key = ""
        self.verbs: dict[str, Callable[[Message], dict[str, Any]]] = {
            "open": self.open,
            "now": self.set_clock,
            "state": lambda message: self._screen(self.at.state()),
            "relaunch": lambda message: self._screen(self.at.leave(self.now)),
            "tracking": self.tracking,
            "outcome": lambda message: self.at.outcome(),
            **dict.fromkeys(REQUESTS, self.move),
            **dict.fromkeys(BY_NAME, self.call),
        }

    def line(self, text: str) -> str:
        """A line's answer as a line."""
        try:
            answer = self.handle(_object(text))
        except Fault as fault:
            answer = {"fault": str(fault)}
        except Exception as problem:  # the process goes on whatever one line did
            answer = {"fault": f"internal: {type(problem).__name__}"}
        return json.dumps(answer)

    def handle(self, message: Message) -> dict[str, Any]:
        verb = message.get("do")
        if not isinstance(verb, str) or verb not in self.verbs:
            raise Fault(f"do: {str(verb)[:40]}")
        return self.verbs[verb](message)

    @property
    def at(self) -> Registration:
        if self.registration is None:
            raise Fault("no package is open")
        return self.registration

    # -- opening ------------------------------------------------------------------------------------------

    def open(self, message: Message) -> dict[str, Any]:
        learner, carried = self._learner(message), self._put_away(bool(message.get("keep")))
        self.registration = None
        path, wanted = _text(message, "package"), message.get("organization")
        try:
            manifest, findings = open_manifest(path)
        except PackageRefused as refused:
            return _refused([Finding(refused.code, "error", refused.where)])
        except (OSError, ValueError):
            return _refused([Finding("package-unreadable", "error", path)])
        organization = _organization(manifest, wanted)
        if organization is None:
            return _refused([*findings, Finding("organization-missing", "error", str(wanted))])
        self.key = f"{path}\n{organization.identifier}"
        self.registration = self._registration(manifest, organization, learner, carried, message)
        return {
            "opened": True,
            "edition": manifest.edition,
            "organization": organization.identifier,
            "activities": _activities(organization.root),
            "findings": _findings(findings),
        }

    def _learner(self, message: Message) -> Learner:
        given = message.get("learner") or {}
        if not isinstance(given, dict):
            raise Fault("learner: an object with id and name")
        return Learner(str(given.get("id") or "learner"), str(given.get("name") or ""))

    def _put_away(self, keep: bool) -> dict[str, Carried]:
        """What was open is left as by closing its window. Without `keep` it is forgotten, and all before it."""
        if not keep:
            self.carried = {}
        elif self.registration is not None:
            left = self.registration
            left.leave(self.now)
            carried = self.carried.setdefault(left.learner.id, Carried())
            left.give(carried)
            carried.registrations[self.key] = left.as_json()
        return self.carried

    def _registration(
        self,
        manifest: Manifest,
        organization: Organization,
        learner: Learner,
        kept: dict[str, Carried],
        message: Message,
    ) -> Registration:
        carried = kept.setdefault(learner.id, Carried())
        before = carried.registrations.get(self.key)
        if before:
            registration = Registration.of_json(manifest, learner, before)
            registration.take(carried)
            if registration.course.suspended:
                return registration
        seed = message.get("seed") or 0
        if not isinstance(seed, int):
            raise Fault("seed: a whole number")
        return Registration.begin(manifest, organization, learner, carried, seed)

    def set_clock(self, message: Message) -> dict[str, Any]:
        at = _text(message, "at")
        try:
            aware = datetime.fromisoformat(at).tzinfo is not None
        except ValueError as wrong:
            raise Fault("at: a time in ISO 8601") from wrong
        if not aware:
            raise Fault("at: a time with its zone")
        self.now = at
        return {"now": at}

    # -- moving and speaking ------------------------------------------------------------------------------

    def move(self, message: Message) -> dict[str, Any]:
        name = str(message["do"])
        target = _text(message, "target") if name in ("choice", "jump") else None
        return self._screen(self.at.move(Request(name, target), self.now))

    def call(self, message: Message) -> dict[str, Any]:
        name = str(message["do"])
        first = _text(message, "element", "") if name in SETTING else _text(message, "value", "")
        second = [_text(message, "value", "")] if BY_NAME[name] == "SetValue" else []
        result, error, moved = self.at.call(self.now, name, first, *second)
        answer: dict[str, Any] = {"result": result, "error": error}
        return answer | {"moved": self._screen(moved)} if moved else answer

    def _screen(self, moved: Moved) -> dict[str, Any]:
        course = self.at.course
        valid = course.valid(self.now)
        if len(self.at.items) <= 2:
            valid = replace(valid, choice=())  # a table of contents with a single entry offers nothing
        return moved.as_json() | {"valid": valid.as_json(), "hide": course.hidden()}

    # -- looking ------------------------------------------------------------------------------------------

    def tracking(self, message: Message) -> dict[str, Any]:
        everything, wanted = dict(self.at.course.tracking()), message.get("activity")
        if wanted is None:
            return everything
        if wanted not in everything:
            raise Fault(f"activity: {str(wanted)[:80]}")
        one: dict[str, Any] = everything[wanted]
        return one


def _object(text: str) -> Message:
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Fault(f"not readable as JSON: {type(problem).__name__}") from problem
    if not isinstance(message, dict):
        raise Fault("a line is one JSON object")
    return message


def _text(message: Message, name: str, default: str | None = None) -> str:
    value = message.get(name, default)
    if not isinstance(value, str):
        raise Fault(f"{name}: a text")
    return value


def _organization(manifest: Manifest, wanted: object) -> Organization | None:
    identifier = wanted or manifest.default
    return next((one for one in manifest.organizations if one.identifier == identifier), None)


def _activities(root: Item) -> list[dict[str, Any]]:
    parents = {child.identifier: item.identifier for item in root.walk() for child in item.children}
    return [
        {
            "id": item.identifier,
            "title": item.title,
            "parent": parents.get(item.identifier),
            "leaf": item.leaf,
            "visible": item.visible,
            "launch": item.launch,
            "kind": item.kind,
        }
        for item in root.walk()
    ]


def _findings(findings: list[Finding]) -> list[dict[str, str]]:
    return [{"code": one.code, "level": one.level, "where": one.where} for one in findings]


def _refused(findings: list[Finding]) -> dict[str, Any]:
    return {"opened": False, "findings": _findings(findings)}
