"""From a path to a diagnosis. Whatever is behind the path, the answer is a diagnosis and never an exception."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from pathlib import Path

from scorm.errors import PackageRefused
from scorm.package.archive import open_any
from scorm.package.check.diagnosis import Diagnosis, with_remedies
from scorm.package.check.files import check_files
from scorm.package.check.launches import check_launches
from scorm.package.check.pages import Pages, check_pages
from scorm.package.check.prerequisites import check_prerequisites
from scorm.package.check.schema import check_schema
from scorm.package.check.sequencing import check_sequencing
from scorm.package.codes import CODES
from scorm.package.files import Package
from scorm.package.findings import Finding
from scorm.package.hrefs import member_of
from scorm.package.limits import DEFAULT, Limits
from scorm.package.manifest import read
from scorm.package.model import Manifest
from scorm.package.report import Report, finding
from scorm.package.xml import read_xml


def examine(path: str | PathLike[str], limits: Limits = DEFAULT) -> Diagnosis:
    """The doctor's whole examination of a zip, a folder or a manifest on its own."""
    shown = str(path)
    try:
        with open_any(Path(path), limits) as package:
            return _diagnosis(shown, package)
    except PackageRefused as refused:
        level = CODES.get(refused.code, ("error", ""))[0]
        return Diagnosis(shown, with_remedies([Finding(refused.code, level, refused.where)]))
    except (ArithmeticError, LookupError, MemoryError, OSError, RecursionError, ValueError) as fault:
        # A stranger's file must never end in a traceback; that it came to this is worth a line all the same.
        return Diagnosis(shown, with_remedies([finding("cannot-be-examined", type(fault).__name__)]))


def _diagnosis(shown: str, package: Package) -> Diagnosis:
    manifest, findings = read(package)
    report = Report()
    document = read_xml(package.read_manifest(), package.manifest_name, package.limits)
    check_schema(document, manifest.edition, report)
    check_sequencing(manifest, report)
    check_prerequisites(manifest, report)
    pages = Pages(package)
    check_launches(manifest, pages, report)
    if package.complete:
        check_files(manifest, package, document, report)
        check_pages(pages, report)
    found = _weighed(findings, manifest, package) + report.findings
    return Diagnosis(shown, with_remedies(found), manifest)


def _weighed(findings: list[Finding], manifest: Manifest, package: Package) -> list[Finding]:
    """A launch file no item launches is missed by nobody: then its absence is only a warning."""
    launched = {
        member_of(item.launch)
        for organization in manifest.organizations
        for item in organization.root.walk()
        if item.launch and not manifest.resources[item.resource or ""].external
    }
    if package.complete and not launched <= package.members.keys():
        return findings
    return [replace(one, level="warning") if one.code == "launch-file-missing" else one for one in findings]
