"""ADL's cases on the API and the data model, visit by visit, with what each SCO finds at its launch.

Only what one SCO's data needs is followed here: terms from the manifest, what a suspended session keeps, shared data
stores. The moves between visits are the sequencing engine's, and are tested with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from scorm.runtime.closing import close
from scorm.runtime.launch import Launch, Learner, ObjectiveSeed, SharedStore, Terms, begin
from scorm.runtime.session import Session

LEARNER = Learner("u1", "Ахметова, Аружан")
ADLCP, IMSSS, IMSCP = (
    "{http://www.adlnet.org/xsd/adlcp_v1p3}",
    "{http://www.imsglobal.org/xsd/imsss}",
    "{http://www.imsglobal.org/xsd/imscp_v1p1}",
)


class Activity:
    """One item of the manifest and what its last session left."""

    def __init__(self, item: ElementTree.Element) -> None:
        self.item = item
        self.kept: dict[str, str] = {}
        self.total_time = "PT0H0M0S"
        self.suspended = False

    def text(self, name: str) -> str:
        return (self.item.findtext(f"{ADLCP}{name}") or "").strip()

    def terms(self) -> Terms:
        threshold = self.item.find(f"{ADLCP}completionThreshold")
        by_measure = threshold is not None and threshold.get("completedByMeasure") == "true"
        minimum = threshold.get("minProgressMeasure", "1.0") if threshold is not None else ""
        return Terms(
            launch_data=self.text("dataFromLMS"),
            time_limit_action=self.text("timeLimitAction"),
            completion_threshold=minimum if by_measure else "",
            scaled_passing_score=self.passing_score(),
        )

    def passing_score(self) -> str:
        primary = self.item.find(f".//{IMSSS}primaryObjective")
        if primary is None or primary.get("satisfiedByMeasure") != "true":
            return ""
        return (primary.findtext(f"{IMSSS}minNormalizedMeasure") or "1.0").strip()

    def objectives(self) -> list[ObjectiveSeed]:
        found = self.item.iter()
        return [ObjectiveSeed(one.get("objectiveID", "")) for one in found if one.get("objectiveID")]

    def stores(self, shared: dict[str, str]) -> list[SharedStore]:
        maps = self.item.findall(f".//{ADLCP}map")
        return [
            SharedStore(
                one.get("targetID", ""),
                shared.get(one.get("targetID", "")),
                one.get("readSharedData", "true") == "true",
                one.get("writeSharedData", "true") == "true",
            )
            for one in maps
        ]

    def valid(self) -> dict[str, str]:
        """These packages allow every choice and no flow."""
        targets = (
            f"{kind}.{{target=activity_{number}}}" for kind in ("choice", "jump") for number in range(10)
        )
        answers = {"continue": "false", "previous": "false"} | dict.fromkeys(targets, "true")
        return {f"adl.nav.request_valid.{name}": answer for name, answer in answers.items()}

    def begin(self, shared: dict[str, str]) -> Session:
        return begin(
            Launch(
                version="2004",
                learner=LEARNER,
                terms=self.terms(),
                entry="resume" if self.suspended else "ab-initio",
                total_time=self.total_time,
                kept=self.kept,
                objectives=self.objectives(),
                shared=self.stores(shared),
                valid=self.valid(),
            )
        )

    def end(self, session: Session, shared: dict[str, str]) -> None:
        values = session.store.values
        all_suspended = values.get("adl.nav.request") == "suspendAll"
        closed = close(session, "suspend" if all_suspended else None)
        self.suspended = closed.suspended
        self.kept = dict(closed.kept) if self.suspended else {}
        self.total_time = closed.total_time if self.suspended else "PT0H0M0S"
        for element, value in values.items():
            if element.startswith("adl.data.") and element.endswith(".store"):
                shared[values[element.replace(".store", ".id")]] = value


def visits(
    case: Path, manifest: Path
) -> Iterator[tuple[Session, list[dict[str, Any]], Activity, dict[str, str]]]:
    """Each visit's session before Initialize, and its commands; the caller plays them on that session."""
    root = ElementTree.parse(manifest).getroot()
    items = [Activity(item) for item in root.iter(f"{IMSCP}item")]
    activities = {one.item.get("parameters", "").rpartition("act=")[2]: one for one in items}
    shared: dict[str, str] = {}
    for visit in json.loads(case.read_text(encoding="utf-8"))["visits"]:
        activity = activities[visit["activity"]]
        session = activity.begin(shared)
        yield session, visit["commands"], activity, shared
        session.call("Terminate", "")
        activity.end(session, shared)


def located(session: Session, command: dict[str, Any]) -> str | None:
    """The element a command means, once a `lookup` has found the record with that id."""
    lookup = command.get("lookup")
    if not lookup:
        element: str | None = command.get("element")
        return element
    values = session.store.values
    path = lookup["collection"]
    count = session.store.counts.get(path, 0)
    at = next((number for number in range(count) if values.get(f"{path}.{number}.id") == lookup["id"]), count)
    return f"{path}.{at}{lookup['suffix']}"
