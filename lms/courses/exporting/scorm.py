"""SCORM 1.2 and SCORM 2004 4th edition: each lesson is a SCO, and done means what it means here.

In 2004 a lesson that opens only after the one before reads that one's result through a global objective, and the
score of the course weighs each lesson by the number of its checks (RB.1.1), as lms.courses.outline does. In 1.2 the
order is a prerequisite; how several scores become one is left to the system that plays it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lms.courses.exporting.leaving import Leaving, Page, own_files
from lms.courses.exporting.source import source
from scorm.package.model import Edition, Item, Kind, Manifest, Metadata, Organization, Resource
from scorm.package.writer import FileSource, package_bytes
from scorm.sequencing.definition import (
    Condition,
    ControlModes,
    Delivery,
    Objective,
    ObjectiveMap,
    RollupControls,
    Rule,
    Sequencing,
)


def scorm_12(leaving: Leaving) -> bytes:
    return _package(leaving, "1.2")


def scorm_2004(leaving: Leaving) -> bytes:
    return _package(leaving, "2004 4th")


def _package(leaving: Leaving, edition: Edition) -> bytes:
    files: dict[str, FileSource] = {**leaving.attachments(), **own_files(), **source(leaving)}
    common = tuple(sorted(files))
    for page in leaving.pages:
        files[page.name] = leaving.page_markup(page, alone=False).encode()
    return package_bytes(manifest(leaving, edition, common), files)


def manifest(leaving: Leaving, edition: Edition, common: tuple[str, ...]) -> Manifest:
    name = f"kz.course.{leaving.edition.course_id.hex}"
    modern = edition != "1.2"
    total = sum(len(page.lesson["scored"]) for page in leaving.pages) or 1
    items = [
        _module(leaving, number, module, pages, total, modern)
        for number, (module, pages) in enumerate(leaving.modules(), 1)
    ]
    sequencing = Sequencing(control=ControlModes(flow=True)) if modern else Sequencing()
    root = Item(f"course-{leaving.edition.course_id.hex}", leaving.title, tuple(items), sequencing=sequencing)
    return Manifest(
        edition, name, (Organization(root),), root.identifier, _resources(leaving, common), version=str(leaving.edition.number),
        metadata=_metadata(leaving),
    )  # fmt: skip


def _module(
    leaving: Leaving, number: int, module: Mapping[str, Any], pages: list[Page], total: int, modern: bool
) -> Item:  # fmt: skip
    checks = sum(len(page.lesson["scored"]) for page in pages)
    title = module[f"title_{leaving.language}"] or module["title_kk"] or module["title_ru"] or str(number)
    sequencing = Sequencing(
        control=ControlModes(flow=True), rollup=RollupControls(weight=round(checks / total, 4))
    )
    children = tuple(_lesson(leaving, page, total, modern) for page in pages)
    return Item(f"module-{number}", title, children, sequencing=sequencing if modern else Sequencing())


def _lesson(leaving: Leaving, page: Page, total: int, modern: bool) -> Item:
    kind: Kind = "sco"
    waits = leaving.needed(page)
    return Item(
        _name(page.number), page.title or str(page.number), resource=f"resource-{page.number}", kind=kind, launch=page.name,
        sequencing=_sequencing(page, total, waits) if modern else Sequencing(),
        prerequisites="" if modern else "&".join(_name(one.number) for one in waits),
    )  # fmt: skip


def _sequencing(page: Page, total: int, waits: list[Page]) -> Sequencing:
    """Writes its own completion for whoever comes next; waits for that of those it needs."""
    own = ObjectiveMap(_global(page.number), read_satisfied=False, read_measure=False, write_completion=True)
    objectives = [Objective(identifier=_name(page.number), primary=True, maps=(own,))]
    rules: tuple[Rule, ...] = ()
    missing: list[Condition] = []
    for one in waits:
        name = f"before-{one.number}"
        before = ObjectiveMap(
            _global(one.number), read_satisfied=False, read_measure=False, read_completion=True
        )
        objectives.append(Objective(identifier=name, maps=(before,)))
        missing.append(Condition("completed", negate=True, objective=name))
        missing.append(Condition("activityProgressKnown", negate=True, objective=name))
    if missing:
        rules = (Rule("disabled", tuple(missing), "any"),)
    return Sequencing(
        pre=rules, objectives=tuple(objectives),
        rollup=RollupControls(weight=round(len(page.lesson["scored"]) / total, 4)),
        delivery=Delivery(completion_set_by_content=True, objective_set_by_content=True),
    )  # fmt: skip


def _resources(leaving: Leaving, common: tuple[str, ...]) -> dict[str, Resource]:
    """Files that several lessons need are a resource of their own that the others depend on."""
    shared = Resource("shared", "asset", None, common)
    own = {
        f"resource-{page.number}": Resource(
            f"resource-{page.number}", "sco", page.name, (page.name,), dependencies=("shared",)
        )
        for page in leaving.pages
    }
    return {**own, "shared": shared}


def _metadata(leaving: Leaving) -> Metadata:
    about = leaving.outline[f"about_{leaving.language}"]
    return Metadata(
        title={leaving.language: leaving.title}, description={leaving.language: about} if about else {},
        languages=(leaving.language,),
        authors=tuple(dict.fromkeys(str(one["name"]) for one in leaving.outline["credits"])),
    )  # fmt: skip


def _name(number: int) -> str:
    return f"lesson-{number}"


def _global(number: int) -> str:
    return f"kz.course.lesson-{number}"
