"""The content models of the manifest's elements, 1.2 and 2004 in one table: where they differ both orders hold.

Names are local and in small letters, as `xml.local` gives them. Sources: CAM 1.2 chapter 2.3, CAM 4th Ed. 3.4
and chapter 5.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """`order` as the schema's sequence; `once` at most one; `needed` at least one; `open` lets others stand by."""

    order: tuple[str, ...]
    once: frozenset[str] = frozenset()
    needed: tuple[str, ...] = ()
    open: bool = False


def _shape(order: str, once: str = "", needed: str = "", *, open: bool = False) -> Shape:
    return Shape(tuple(order.split()), frozenset(once.split()), tuple(needed.split()), open)


SHAPES: dict[str, Shape] = {
    "manifest": _shape(
        "metadata organizations resources manifest sequencingcollection",
        "metadata organizations resources sequencingcollection",
        "organizations resources",
        open=True,
    ),
    "metadata": _shape("schema schemaversion location", "schema schemaversion", open=True),
    "organizations": _shape("organization"),
    "organization": _shape("title item metadata", "title metadata", "title item", open=True),
    "item": _shape("title item metadata", "title metadata sequencing presentation", "title", open=True),
    "resources": _shape("resource"),
    "resource": _shape("metadata file dependency", "metadata", open=True),
    "file": _shape("metadata", "metadata", open=True),
    "presentation": _shape("navigationinterface", "navigationinterface"),
    "navigationinterface": _shape("hidelmsui"),
    "data": _shape("map"),
    "sequencingcollection": _shape("sequencing", "", "sequencing"),
    "sequencing": _shape(
        "controlmode sequencingrules limitconditions auxiliaryresources rolluprules objectives"
        " randomizationcontrols deliverycontrols",
        "controlmode sequencingrules limitconditions rolluprules randomizationcontrols deliverycontrols",
        open=True,
    ),
    "sequencingrules": _shape("preconditionrule exitconditionrule postconditionrule"),
    "preconditionrule": _shape("ruleconditions ruleaction", "ruleconditions ruleaction", "ruleaction"),
    "exitconditionrule": _shape("ruleconditions ruleaction", "ruleconditions ruleaction", "ruleaction"),
    "postconditionrule": _shape("ruleconditions ruleaction", "ruleconditions ruleaction", "ruleaction"),
    "ruleconditions": _shape("rulecondition", "", "rulecondition"),
    "rolluprules": _shape("rolluprule"),
    "rolluprule": _shape(
        "rollupconditions rollupaction",
        "rollupconditions rollupaction",
        "rollupconditions rollupaction",
    ),
    "rollupconditions": _shape("rollupcondition", "", "rollupcondition"),
    "objectives": _shape("primaryobjective objective", "primaryobjective", "primaryobjective"),
    "adlseq:objectives": _shape("objective", "", "objective"),
}

ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "manifest": ("identifier",),
    "organization": ("identifier",),
    "item": ("identifier",),
    "resource": ("identifier", "type"),
    "file": ("href",),
    "dependency": ("identifierref",),
    "map": ("targetID",),
    "mapinfo": ("targetObjectiveID",),
    "rulecondition": ("condition",),
    "rollupcondition": ("condition",),
    "ruleaction": ("action",),
    "rollupaction": ("action",),
}

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "resource": {"type": ("webcontent",), "scormtype": ("sco", "asset")},
    "item": {"isvisible": ("true", "false", "1", "0")},
    "prerequisites": {"type": ("aicc_script",)},
}

_TIME_LIMIT_ACTIONS = ("exit,message", "exit,no message", "continue,message", "continue,no message")
WORDS_WITHIN: dict[str, tuple[str, ...]] = {
    "timelimitaction": _TIME_LIMIT_ACTIONS,
    "schema": ("ADL SCORM",),
}

ONLY_2004 = frozenset(
    {"sequencing", "sequencingcollection", "presentation", "completionthreshold", "controlmode", "map"}
)
