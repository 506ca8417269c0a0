"""imsss:objectives and adlseq:objectives: what IMS says of an objective and what ADL's 4th edition adds to it."""

from __future__ import annotations

from dataclasses import replace

from scorm.package.report import Report
from scorm.package.values import Attributes, number
from scorm.package.xml import Document, Element, attribute, child, children, collapse, text
from scorm.sequencing.definition import Objective, ObjectiveMap


def reference(identifier: str) -> str:
    """An objective's identifier is an xs:anyURI: %20 in it is a space, and white space collapses (ADL case OB-12a)."""
    return collapse(identifier.replace("%20", " "))


def read_objectives(
    listed: Element | None, extended: Element | None, document: Document, report: Report
) -> tuple[Objective, ...]:
    """The primary objective first, the others in the order they are written."""
    extra = _extensions(extended, document, report)
    elements = (
        [] if listed is None else [*children(listed, "primaryObjective"), *children(listed, "objective")]
    )
    found: dict[str, Objective] = {}
    for place, element in enumerate(elements):
        primary = place == 0 and child(listed, "primaryObjective") is not None
        objective = _objective(element, primary, document, report)
        if not primary and (not objective.identifier or objective.identifier in found):
            report.add("objective-twice", document.where(element), objective=objective.identifier)
            continue
        maps = _extended(objective.maps, extra.pop(objective.identifier, []))
        found[objective.identifier] = replace(objective, maps=maps)
    for identifier in extra:
        where = document.where(extended)
        report.add("objective-extension-dangling", where, objective=identifier)
    return tuple(found.values())


def _objective(element: Element, primary: bool, document: Document, report: Report) -> Objective:
    values = Attributes(element, document, report)
    return Objective(
        identifier=reference(values.text("objectiveID")),
        primary=primary,
        satisfied_by_measure=values.flag("satisfiedByMeasure", False),
        minimum_measure=_minimum(child(element, "minNormalizedMeasure"), document, report),
        maps=tuple(_map(one, document, report) for one in children(element, "mapInfo") if _target(one)),
    )


def _minimum(element: Element | None, document: Document, report: Report) -> float:
    written = text(element)
    minimum = number(written, -1.0, 1.0)
    if written and minimum is None:
        report.add("value-not-understood", document.where(element), value=written[:80])
    return 1.0 if minimum is None else minimum


def _target(element: Element) -> str:
    return reference(attribute(element, "targetObjectiveID") or "")


def _map(element: Element, document: Document, report: Report) -> ObjectiveMap:
    values = Attributes(element, document, report)
    return ObjectiveMap(
        target=_target(element),
        read_satisfied=values.flag("readSatisfiedStatus", True),
        read_measure=values.flag("readNormalizedMeasure", True),
        write_satisfied=values.flag("writeSatisfiedStatus", False),
        write_measure=values.flag("writeNormalizedMeasure", False),
    )


def _extensions(
    extended: Element | None, document: Document, report: Report
) -> dict[str, list[ObjectiveMap]]:
    """Objective → its ADL maps. One that stands alone reads and writes nothing of what IMS maps."""
    found: dict[str, list[ObjectiveMap]] = {}
    for objective in () if extended is None else children(extended, "objective"):
        name = reference(attribute(objective, "objectiveID") or "")
        maps = found.setdefault(name, [])
        maps.extend(_adl_map(one, document, report) for one in children(objective, "mapInfo") if _target(one))
    return found


def _adl_map(element: Element, document: Document, report: Report) -> ObjectiveMap:
    """CAM 4th Ed. 5.1.7: reading is the default, writing is not."""
    values = Attributes(element, document, report)
    return ObjectiveMap(
        target=_target(element),
        read_satisfied=False,
        read_measure=False,
        read_raw=values.flag("readRawScore", True),
        read_min=values.flag("readMinScore", True),
        read_max=values.flag("readMaxScore", True),
        read_completion=values.flag("readCompletionStatus", True),
        read_progress=values.flag("readProgressMeasure", True),
        write_raw=values.flag("writeRawScore", False),
        write_min=values.flag("writeMinScore", False),
        write_max=values.flag("writeMaxScore", False),
        write_completion=values.flag("writeCompletionStatus", False),
        write_progress=values.flag("writeProgressMeasure", False),
    )


def _extended(maps: tuple[ObjectiveMap, ...], extra: list[ObjectiveMap]) -> tuple[ObjectiveMap, ...]:
    """Both maps of one target become one."""
    joined = {one.target: one for one in maps}
    for one in extra:
        known = joined.get(one.target)
        joined[one.target] = one if known is None else _union(known, one)
    return tuple(joined.values())


def _union(ims: ObjectiveMap, adl: ObjectiveMap) -> ObjectiveMap:
    return replace(
        adl,
        read_satisfied=ims.read_satisfied,
        read_measure=ims.read_measure,
        write_satisfied=ims.write_satisfied,
        write_measure=ims.write_measure,
    )
