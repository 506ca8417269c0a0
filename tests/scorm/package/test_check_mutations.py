"""Any mutation of a package is accepted, repaired or refused with a code; nothing else happens."""

import io
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorm.package.archive import open_any
from scorm.package.check import examine
from scorm.package.check.remedies import REPAIRABLE
from scorm.package.manifest import read
from scorm.package.repair import repair
from tests.scorm.package.fuzz import a_package, mutated
from tests.scorm.package.zips import Member, build, manifest_xml

pytestmark = pytest.mark.pure

PAGE = (
    b'<html lang="kk"><title>t</title><link rel="stylesheet" href="a.css"><img src="a.png" alt=""><!-- x -->'
    b"<script>import('./b.js'); parent.API.LMSInitialize('')</script><a href='http://a.b/'>x</a></html>"
)
LISTED = '<resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="{}"/></resource>'


def launches(path):
    with open_any(path) as package:
        manifest, _ = read(package)
    return [(one.identifier, one.launch) for org in manifest.organizations for one in org.root.walk()]


def check(data, place):
    """The verdict, after everything the doctor and the repair promise of this package has been seen."""
    target, once, twice = (place / name for name in ("given.zip", "once.zip", "twice.zip"))
    target.write_bytes(data)
    begun = time.perf_counter()
    diagnosis = examine(target)
    assert time.perf_counter() - begun < 5
    assert "cannot-be-examined" not in {one.code for one in diagnosis.findings}
    if diagnosis.manifest is None:
        return diagnosis.verdict
    with once.open("wb") as out:
        repair(target, out)
    after = examine(once)
    assert (after.verdict == "refuse") == (diagnosis.verdict == "refuse")
    left = {one.code for one in after.findings} & REPAIRABLE.keys()
    assert launches(once) == launches(target)
    again = io.BytesIO()
    assert repair(once, again) == []
    assert again.getvalue() == once.read_bytes()
    return "left" if left else diagnosis.verdict


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_damaged_zips_and_manifests(tmp_path_factory, seed):
    check(a_package(random.Random(seed)), tmp_path_factory.mktemp("m"))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_damaged_manifests_of_12_and_pages(tmp_path_factory, seed):
    chance = random.Random(seed)
    manifest = mutated(manifest_xml(LISTED.format("index.html")).encode(), chance)
    page = mutated(PAGE, chance)
    check(
        build(Member(b"imsmanifest.xml", manifest), Member(b"index.html", page)),
        tmp_path_factory.mktemp("m"),
    )
