"""The run time in Python: calls a second, and opening a manifest of a thousand activities."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from scorm.package.archive import open_any
from scorm.package.manifest import read
from scorm.player.carried import Carried
from scorm.player.registration import Registration
from scorm.runtime.launch import Launch, Learner, begin
from scorm.runtime.session import Session

ITEM = '<item identifier="a{n}" identifierref="r"><title>Activity {n}</title>{within}</item>'
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
          xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
  <organizations default="org"><organization identifier="org"><title>Course</title>{items}</organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormType="sco" href="index.html"/></resources>
</manifest>
"""


def manifest(activities: int) -> str:
    """Clusters of ten, each activity with a rule and an objective."""
    rules = (
        "<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID='p'/></imsss:objectives>"
        "</imsss:sequencing>"
    )
    clusters = []
    for cluster in range(activities // 11 + 1):
        leaves = "".join(ITEM.format(n=f"{cluster}_{leaf}", within=rules) for leaf in range(10))
        clusters.append(f'<item identifier="c{cluster}"><title>Part {cluster}</title>{leaves}</item>')
    return MANIFEST.format(items="".join(clusters))


def fastest(work: Callable[[], object], times: int = 5) -> float:
    def once() -> float:
        begun = perf_counter()
        work()
        return perf_counter() - begun

    return min(once() for _ in range(times))


def running(version: str) -> Session:
    session = begin(Launch(version, Learner("u1", "A")))
    session.initialize()
    return session


def calls(version: str, status: str) -> tuple[float, float]:
    """SetValue and GetValue a second, over plain elements and the 200 records of a long test."""
    session, records = running(version), range(200)

    def put() -> None:
        for n in records:
            session.set_value(f"cmi.interactions.{n}.id", f"q{n}")
            session.set_value(f"cmi.interactions.{n}.type", "choice")
            session.set_value(status, "incomplete")
            session.set_value("cmi.suspend_data", "x" * 2000)

    def ask() -> None:
        for n in records:
            session.get_value("cmi.interactions._count")
            session.get_value(f"cmi.interactions.{n}.type")
            session.get_value(status)
            session.get_value("cmi.suspend_data")

    return 800 / fastest(put), 800 / fastest(ask)


def main() -> None:
    for version, status in (("1.2", "cmi.core.lesson_status"), ("2004", "cmi.completion_status")):
        puts, asks = calls(version, status)
        print(f"SCORM {version}: {puts:,.0f} SetValue and {asks:,.0f} GetValue a second in Python")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "imsmanifest.xml"
        path.write_text(manifest(1000), encoding="utf-8")

        def opened() -> int:
            with open_any(path) as package:
                made, _ = read(package)
            organization = made.organization()
            Registration.begin(made, organization, Learner("u1"), Carried())
            return sum(1 for _ in organization.root.walk())

        print(
            f"opening a manifest of {opened():,} activities: {fastest(opened, 3) * 1000:.0f} ms, ready to start"
        )


if __name__ == "__main__":
    main()
