"""python -m scorm show FILE: the tree, the resources and the sequencing of a package, to be read by a person."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass

from scorm.errors import PackageRefused
from scorm.package.archive import open_any
from scorm.package.manifest import read
from scorm.package.model import Item, Manifest
from scorm.sequencing.definition import Sequencing

USAGE = "show FILE\n"


def run(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write(USAGE)
        return 2
    try:
        with open_any(arguments[0]) as package:
            manifest, _ = read(package)
            sizes = package.members if package.complete else {}
    except PackageRefused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    for line in (*_head(manifest), *_trees(manifest), *_resources(manifest, sizes)):
        sys.stdout.write(line.encode("utf-8", "backslashreplace").decode() + "\n")
    return 0


def _head(manifest: Manifest) -> Iterator[str]:
    yield f"{manifest.identifier}  SCORM {manifest.edition}"
    if manifest.metadata:
        yield from (f"  {language or '-'}: {title}" for language, title in manifest.metadata.title.items())


def _trees(manifest: Manifest) -> Iterator[str]:
    for organization in manifest.organizations:
        mark = " (default)" if organization.identifier == manifest.default else ""
        yield f"organization {organization.identifier}{mark}"
        yield from _item(organization.root, 1)


def _item(item: Item, depth: int) -> Iterator[str]:
    indent = "  " * depth
    launch = f"  {item.kind} {item.launch}" if item.launch else ""
    hidden = "" if item.visible else "  invisible"
    yield f"{indent}{item.identifier}: {item.title}{launch}{hidden}"
    for name in ("hide", "data_maps", "data_from_lms", "mastery_score", "prerequisites"):
        value = getattr(item, name)
        if value:
            yield f"{indent}    {name.replace('_', ' ')}: {_plain(value)}"
    yield from (f"{indent}    {line}" for line in _sequencing(item.sequencing))
    for child in item.children:
        yield from _item(child, depth + 1)


def _sequencing(sequencing: Sequencing) -> Iterator[str]:
    """Only what departs from the book's defaults."""
    usual = Sequencing()
    for part in fields(Sequencing):
        value = getattr(sequencing, part.name)
        if value == getattr(usual, part.name):
            continue
        values = value if isinstance(value, tuple) else (value,)
        yield from (f"{part.name}: {_plain(one)}" for one in values)


def _plain(value: object) -> str:
    """name=value of the fields that say something."""
    if isinstance(value, tuple):
        return ", ".join(map(_plain, value))
    if not is_dataclass(value):
        return str(value)
    said = [
        f"{one.name}={_plain(getattr(value, one.name))}"
        for one in fields(value)
        if getattr(value, one.name) != one.default and getattr(value, one.name) not in ((), None, "")
    ]
    return "(" + " ".join(said) + ")"


def _resources(manifest: Manifest, sizes: dict[str, int]) -> Iterator[str]:
    yield "resources"
    for resource in manifest.resources.values():
        size = sum(sizes.get(name, 0) for name in resource.files)
        weight = f"  {size} bytes in {len(resource.files)} files" if resource.files else ""
        yield f"  {resource.identifier}: {resource.kind} {resource.href or '-'}{weight}"
