"""What ADL adds to an item: run-time values, navigation controls, shared data, sequencing."""

from __future__ import annotations

from scorm.package.model import Item
from scorm.package.writer_sequencing import add_sequencing
from scorm.package.writer_xml import ADLCP, ADLCP12, ADLNAV, Element, add, changed, truth
from scorm.sequencing.definition import CompletionThreshold

_THRESHOLD = {
    "by_measure": "completedByMeasure",
    "minimum": "minProgressMeasure",
    "weight": "progressWeight",
}


def item_extensions_12(element: Element, item: Item) -> None:
    """CAM 1.2 2.3.2.5.2; prerequisites are always written in AICC's script."""
    if item.prerequisites:
        add(element, ADLCP12, "prerequisites", item.prerequisites, type="aicc_script")
    for name, value in (
        ("maxtimeallowed", item.max_time_allowed),
        ("timelimitaction", item.time_limit_action),
        ("datafromlms", item.data_from_lms),
        ("masteryscore", item.mastery_score),
    ):
        if value:
            add(element, ADLCP12, name, value)


def item_extensions_2004(element: Element, item: Item) -> None:
    """CAM 4th Ed. 3.4.1.12 ff."""
    if item.time_limit_action:
        add(element, ADLCP, "timeLimitAction", item.time_limit_action)
    if item.data_from_lms:
        add(element, ADLCP, "dataFromLMS", item.data_from_lms)
    threshold = changed(item.sequencing.completion, CompletionThreshold(), _THRESHOLD)
    if threshold:
        add(element, ADLCP, "completionThreshold", **threshold)
    add_sequencing(element, item.sequencing)
    _presentation(element, item)
    _data(element, item)


def _presentation(element: Element, item: Item) -> None:
    if not item.hide:
        return
    presentation = add(element, ADLNAV, "presentation")
    interface = add(presentation, ADLNAV, "navigationInterface")
    for control in item.hide:
        add(interface, ADLNAV, "hideLMSUI", control)


def _data(element: Element, item: Item) -> None:
    if not item.data_maps:
        return
    data = add(element, ADLCP, "data")
    for one in item.data_maps:
        entry = add(data, ADLCP, "map", targetID=one.target)
        if not one.read:
            entry.set("readSharedData", truth(False))
        if not one.write:
            entry.set("writeSharedData", truth(False))
