"""Every manifest of the conformance material reads without an error, and launches what ADL says it launches."""

import pytest

from scorm.package import manifest
from scorm.package.archive import from_manifest
from tests.scorm.package.material import adl_case, adl_manifests, fuzz_manifests

pytestmark = pytest.mark.pure

ADL = adl_manifests()
FUZZ = fuzz_manifests()

if ADL:

    @pytest.mark.parametrize("path", ADL, ids=lambda path: path.stem)
    def test_an_adl_manifest_reads_without_findings(path):
        found, findings = manifest.read(from_manifest(path))
        assert findings == []
        assert found.edition == "2004 4th"
        assert found.organization().root.children

    @pytest.mark.parametrize("path", ADL, ids=lambda path: path.stem)
    def test_every_visit_of_an_adl_case_launches_an_activity_of_its_manifest(path):
        found, _ = manifest.read(from_manifest(path))
        launches = {
            item.launch.partition("act=")[2] for item in found.organization().root.walk() if item.launch
        }
        assert {visit["activity"] for visit in adl_case(path.stem)["visits"]} <= launches


if FUZZ:

    @pytest.mark.parametrize(("name", "data"), FUZZ, ids=[name for name, _ in FUZZ])
    def test_a_random_tree_reads_without_findings(name, data):
        found, findings = manifest.parse(data)
        assert findings == []
        leaves = [item for item in found.organization().root.walk() if item.leaf]
        assert all(item.launch == f"sco.html?act={item.identifier}" for item in leaves)
