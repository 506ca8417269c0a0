"""Small packages that would become large or slow by what they repeat: each ends soon, and in a code."""

import time

import pytest

from scorm.errors import PackageRefused
from scorm.package import manifest
from scorm.package.archive import open_package
from scorm.package.limits import Limits
from tests.scorm.package.manifests import SCO, codes, item, manifest_2004, parsed, sequencing
from tests.scorm.package.zips import Member, as_file, course

pytestmark = pytest.mark.pure

MARKS = "e" + "\u0301\u0316" * 200


@pytest.fixture(autouse=True)
def soon():
    started = time.process_time()
    yield
    assert time.process_time() - started < 5


def refusal(text, **limits):
    with pytest.raises(PackageRefused) as refused:
        manifest.parse(text.encode(), limits=Limits(**limits))
    return refused.value.code


def test_a_shared_sequencing_counts_wherever_it_is_referred_to():
    rules = "<imsss:preConditionRule/><imsss:preConditionRule/>" * 1_000
    shared = (
        f'<imsss:sequencingCollection><imsss:sequencing ID="S"><imsss:sequencingRules>{rules}'
        "</imsss:sequencingRules></imsss:sequencing></imsss:sequencingCollection>"
    )
    items = "".join(item(sequencing("", ' IDRef="S"'), identifier=f"i{n}") for n in range(200))
    limited = manifest_2004(items, more=shared)
    assert refusal(limited, sequencing_elements=20_000) == "sequencing-too-large"


def test_a_shared_sequencing_of_ordinary_size_serves_a_thousand_items():
    shared = (
        '<imsss:sequencingCollection><imsss:sequencing ID="S"><imsss:controlMode flow="true"/>'
        '<imsss:rollupRules objectiveMeasureWeight="0.5"/></imsss:sequencing></imsss:sequencingCollection>'
    )
    items = "".join(item(sequencing("", ' IDRef="S"'), identifier=f"i{n}") for n in range(1_000))
    found, findings = parsed(manifest_2004(items, more=shared))
    assert findings == []
    assert all(one.sequencing.rollup.weight == 0.5 for one in found.organization().root.children)


def test_one_long_address_launched_by_many_items_is_refused():
    resource = SCO.replace("a.html", "a.html?" + "x" * 3_900)
    items = "".join(item(attributes=f' parameters="{n}"', identifier=f"i{n}") for n in range(5_000))
    assert refusal(manifest_2004(items, resource)) == "addresses-too-long"


def test_one_long_base_under_many_files_is_refused():
    files = "".join(f'<file href="{n}"/>' for n in range(20_000))
    resource = f'<resource identifier="R" xml:base="{"x" * 3_900}">{files}</resource>'
    assert refusal(manifest_2004(resources=resource)) == "addresses-too-long"


def test_a_single_address_beyond_all_measure_is_told():
    resource = SCO.replace("a.html", "a" * 5_000)
    assert codes(manifest_2004(resources=resource)) == ["href-too-long", "resource-without-href"]


def test_a_path_of_endless_folders_is_told():
    resource = SCO.replace("a.html", "a/" * 1_000 + "a.html")
    assert codes(manifest_2004(resources=resource)) == ["href-too-long", "resource-without-href"]


def test_endless_marks_on_one_letter_are_no_file():
    assert codes(manifest_2004(resources=SCO.replace("a.html", MARKS)))[0] == "href-scheme"
    with pytest.raises(PackageRefused) as refused:
        open_package(as_file(course(Member(MARKS.encode(), flags=0x800))))
    assert refused.value.code == "name-forbidden"


def test_descriptions_nested_in_each_other_are_not_read_over_and_over():
    title = "<dc:subject xmlns:dc='http://purl.org/dc/elements/1.1/'>"
    nested = title * 90 + "x" * 1_000_000 + "</dc:subject>" * 90
    found, _ = parsed(manifest_2004(metadata=nested))
    assert sum(len(word[""]) for word in found.metadata.keywords) == 1_000_000


def test_a_manifest_of_as_many_files_as_may_be_is_read():
    files = "".join(f'<file href="media/%D0%A3%20{n}.png"/>' for n in range(30_000))
    found, _ = parsed(manifest_2004(resources=f'{SCO}<resource identifier="F">{files}</resource>'))
    assert found.resources["F"].files[29_999] == "media/У 29999.png"


def test_twenty_thousand_members_are_opened():
    data = course(*(Member(b"m/%d.png" % n, b"", method=0) for n in range(19_998)))
    assert len(open_package(as_file(data)).members) == 20_000
