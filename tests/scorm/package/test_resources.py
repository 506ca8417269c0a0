"""<resources>: what is launched, what it is made of, and what the package lacks of it."""

import pytest

from scorm.package import manifest
from scorm.package.archive import open_package
from tests.scorm.package.manifests import SCO, first, item, manifest_2004, parsed
from tests.scorm.package.zips import Member, as_file, build, manifest_xml

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("attribute", "kind"),
    [
        ('adlcp:scormType="sco"', "sco"),
        ('adlcp:scormtype="SCO"', "sco"),
        ('adlcp:SCORMTYPE=" Sco "', "sco"),
        ('scormType="sco"', "sco"),
        ('adlcp:scormType="asset"', "asset"),
        ('adlcp:scormType="Asset"', "asset"),
    ],
)
def test_scos_and_assets_are_told_apart_in_any_case(attribute, kind):
    resource = f'<resource identifier="R" type="webcontent" {attribute} href="a.html"/>'
    assert first(manifest_2004(resources=resource)).kind == kind


def test_resources_list_their_files_and_dependencies():
    resource = (
        '<resource identifier="R" type="webcontent" adlcp:scormType="sco" href="a%20b.html?x=1" xml:base="three">'
        '<file href="a%20b.html"/><file href="../up.js"/><file href="http://example.kz/x.js"/>'
        '<dependency identifierref="D"/></resource>'
        '<resource identifier="D" type="webcontent" adlcp:scormType="asset"><file href="d.js"/></resource>'
    )
    text = manifest_2004(resources=resource, attributes=' xml:base="one/"')
    found, findings = parsed(text.replace("<resources>", '<resources xml:base="two/">'))
    assert found.resources["R"].href == "one/two/three/a b.html?x=1"
    assert found.resources["R"].files == ("one/two/three/a b.html", "one/two/up.js")
    assert found.resources["R"].dependencies == ("D",)
    assert found.resources["D"].files == ("one/two/d.js",)
    assert found.resources["D"].href is None
    assert [one.code for one in findings] == ["base-without-slash"]


def test_an_address_outside_is_launched_as_it_is():
    resource = SCO.replace("a.html", "https://example.kz/a?b=c")
    found, findings = parsed(manifest_2004(item(attributes=' parameters="d=e"'), resource))
    assert found.resources["R"].external
    assert found.organization().root.children[0].launch == "https://example.kz/a?b=c&d=e"
    assert findings == []


def test_what_a_package_lacks_is_told():
    resources = (
        '<resource identifier="R" adlcp:scormtype="sco" href="Index.html"><file href="b.js"/></resource>'
        '<resource identifier="S" adlcp:scormtype="sco" href="missing.html"/>'
    )
    data = build(
        Member(b"imsmanifest.xml", manifest_xml(resources).encode()),
        Member(b"index.html"),
    )
    found, findings = manifest.read(open_package(as_file(data)))
    assert found.resources["R"].href == "index.html"
    assert [(one.code, one.level) for one in findings] == [
        ("href-case-differs", "warning"),
        ("listed-file-missing", "warning"),
        ("launch-file-missing", "error"),
    ]


def test_findings_of_opening_come_first():
    data = build(Member(b"C/IMSManifest.xml", manifest_xml().encode()), Member(b"C/index.html"))
    _, findings = manifest.read(open_package(as_file(data)))
    assert [one.code for one in findings] == ["manifest-name-case", "wrapping-folder"]
