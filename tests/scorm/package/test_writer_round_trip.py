"""Whatever is written is read back as it was."""

import io

import pytest
from hypothesis import HealthCheck, given, settings

from scorm.package.archive import open_package
from scorm.package.hrefs import member_of
from scorm.package.manifest import parse, read
from scorm.package.writer import manifest_bytes, package_bytes
from tests.scorm.package.any_manifest import manifests

pytestmark = pytest.mark.pure
SLOW_TO_MAKE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW_TO_MAKE)
@given(manifests())
def test_a_written_manifest_reads_back_equal_and_without_findings(manifest):
    again, findings = parse(manifest_bytes(manifest))
    assert again == manifest
    assert findings == []


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW_TO_MAKE)
@given(manifests())
def test_a_written_package_opens_and_reads_back_equal(manifest):
    files = {member_of(one.href): b"<!doctype html>" for one in manifest.resources.values()}
    if len({name.casefold() for name in files}) < len(files):
        return  # two names differing only in case cannot lie side by side
    with open_package(io.BytesIO(package_bytes(manifest, files))) as package:
        assert read(package) == (manifest, [])
