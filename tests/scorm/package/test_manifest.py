"""The manifest of every edition becomes the same plain values, and what was wrong with it is said."""

import pytest

from scorm.errors import PackageRefused
from scorm.package import manifest
from scorm.package.model import DataMap
from tests.scorm.package.manifests import NAMESPACES, SCO, codes, first, item, manifest_2004, parsed
from tests.scorm.package.zips import manifest_xml

pytestmark = pytest.mark.pure

NO_VERSION = ""


def refusal(text):
    with pytest.raises(PackageRefused) as refused:
        manifest.parse(text.encode())
    return refused.value.code, refused.value.where


@pytest.mark.parametrize(
    ("written", "edition"),
    [
        ("1.2", "1.2"),
        ("SCORM 1.2", "1.2"),
        ("CAM 1.3", "2004 2nd"),
        ("2004 2nd Edition", "2004 2nd"),
        ("2004 3rd Edition", "2004 3rd"),
        (" 2004  4th\n Edition ", "2004 4th"),
        ("SCORM 2004 4TH EDITION", "2004 4th"),
        ("2004", "2004 3rd"),
    ],
)
def test_the_schemaversion_names_the_edition(written, edition):
    found, _ = parsed(manifest_2004(version=f"<schemaversion>{written}</schemaversion>"))
    assert found.edition == edition
    assert found.declared_schemaversion == " ".join(written.split())


@pytest.mark.parametrize(
    ("text", "edition", "expected"),
    [
        (manifest_2004(version=""), "2004 3rd", ["schemaversion-missing"]),
        (manifest_2004(version="<schemaversion>9</schemaversion>"), "2004 3rd", ["schemaversion-unknown"]),
        (
            manifest_2004(item('<adlcp:data><adlcp:map targetID="x"/></adlcp:data>'), version=""),
            "2004 4th",
            ["schemaversion-missing"],
        ),
        (
            manifest_2004(item('<adlcp:completionThreshold completedByMeasure="true"/>'), version=""),
            "2004 4th",
            ["schemaversion-missing"],
        ),
        (manifest_xml().replace("1.2</schemav", "</schemav"), "1.2", ["schemaversion-missing"]),
        (
            manifest_xml().replace("<schemaversion>1.2", "<schemaversion>2004 3rd Edition"),
            "2004 3rd",
            ["edition-contradicts"],
        ),
        (
            manifest_2004(SCO and item(), version="", namespaces="", resources=SCO.replace("adlcp:", "")),
            "2004 3rd",
            ["schemaversion-missing", "namespace-missing"],
        ),
        (
            manifest_2004(
                version="",
                namespaces="",
                resources=SCO.replace("adlcp:scormType", "scormtype"),
            ),
            "1.2",
            ["schemaversion-missing", "namespace-missing"],
        ),
        (
            manifest_2004(namespaces=NAMESPACES.replace("imsglobal.org/xsd/imscp_v1p1", "example.kz/ours")),
            "2004 4th",
            ["namespace-unknown"],
        ),
    ],
)
def test_without_a_plain_schemaversion_the_manifest_itself_tells(text, edition, expected):
    assert (parsed(text)[0].edition, codes(text)) == (edition, expected)


def test_a_manifest_of_1_2_has_everything_1_2_knows():
    items = (
        '<item identifier="I" identifierref="R" isvisible="false" parameters="?a=1"><title> Lesson\n one </title>'
        '<adlcp:prerequisites type="aicc_script">A &amp; ~B</adlcp:prerequisites>'
        "<adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed>"
        "<adlcp:timelimitaction>exit,message</adlcp:timelimitaction>"
        "<adlcp:datafromlms>\n  a=1\n  b=2\n</adlcp:datafromlms>"
        "<adlcp:masteryscore>80</adlcp:masteryscore></item>"
    )
    one = first(manifest_xml(items=items))
    assert (one.title, one.visible, one.launch, one.kind) == ("Lesson one", False, "index.html?a=1", "sco")
    assert (one.prerequisites, one.max_time_allowed) == ("A & ~B", "00:30:00")
    assert (one.time_limit_action, one.mastery_score) == ("exit,message", "80")
    assert one.data_from_lms == "a=1\n  b=2"


def test_a_manifest_of_2004_has_what_2004_adds_to_an_item():
    inside = (
        "<adlcp:timeLimitAction>continue,no message</adlcp:timeLimitAction>"
        "<adlcp:dataFromLMS>x</adlcp:dataFromLMS>"
        "<adlcp:data>"
        '<adlcp:map targetID=" store "/>'
        '<adlcp:map targetID="b" readSharedData="false" writeSharedData="0"/>'
        "</adlcp:data>"
        "<adlnav:presentation><adlnav:navigationInterface>"
        "<adlnav:hideLMSUI> continue </adlnav:hideLMSUI>"
        "<adlnav:hideLMSUI>SuspendAll</adlnav:hideLMSUI>"
        "<adlnav:hideLMSUI>continue</adlnav:hideLMSUI>"
        "</adlnav:navigationInterface></adlnav:presentation>"
    )
    one = first(manifest_2004(item(inside)))
    assert (one.time_limit_action, one.data_from_lms) == ("continue,no message", "x")
    assert one.hide == ("continue", "suspendAll")
    assert one.data_maps == (DataMap("store"), DataMap("b", False, False))


def test_what_cannot_be_hidden_is_told():
    inside = (
        "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>menu</adlnav:hideLMSUI>"
        "</adlnav:navigationInterface></adlnav:presentation>"
    )
    assert codes(manifest_2004(item(inside))) == ["value-not-understood"]


def test_the_manifest_keeps_its_own_name_and_version():
    found, _ = parsed(manifest_2004())
    assert (found.identifier, found.version) == ("M", "3")


def test_scopes_of_objectives_and_shared_data_are_read():
    found, _ = parsed(manifest_2004())
    assert found.organization().objectives_global_to_system
    assert found.organization().shared_data_global_to_system
    scoped = ' adlseq:objectivesGlobalToSystem="false" adlcp:sharedDataGlobalToSystem="false"'
    found, _ = parsed(manifest_2004(organization_attributes=scoped))
    assert not found.organization().objectives_global_to_system
    assert not found.organization().shared_data_global_to_system


def test_items_nest_and_keep_their_order():
    inner = item(identifier="B") + item(identifier="C")
    found, _ = parsed(manifest_2004(f'<item identifier="A"><title>A</title>{inner}</item>' + item()))
    assert [one.identifier for one in found.organization().root.walk()] == ["O", "A", "B", "C", "I"]
    cluster = found.organization().root.children[0]
    assert (cluster.launch, cluster.kind, cluster.leaf) == (None, None, False)


def test_identifiers_lose_their_white_space_and_keep_their_case():
    items = item(identifier="  Activity ") + item(identifier="activity") + item(identifier="activitY")
    text = manifest_2004(items).replace('default="O"', 'default=" O "').replace('Ref="R"', 'Ref="\tR\n"')
    found, findings = parsed(text)
    assert [one.identifier for one in found.organization().root.children] == [
        "Activity",
        "activity",
        "activitY",
    ]
    assert (found.default, findings) == ("O", [])


def test_an_identifier_used_twice_is_told_and_made_different():
    found, findings = parsed(manifest_2004(item() + item() + item(identifier="I-2") + item()))
    identifiers = [one.identifier for one in found.organization().root.children]
    assert len(set(identifiers)) == 4
    assert identifiers[0] == "I"
    assert {(one.code, one.level) for one in findings} == {("identifier-twice", "error")}


def test_an_item_without_identifier_gets_one():
    found, findings = parsed(manifest_2004('<item identifierref="R"><title>T</title></item>'))
    assert found.organization().root.children[0].identifier
    assert [one.code for one in findings] == ["identifier-missing"]


def test_of_two_resources_with_one_name_the_first_counts():
    found, findings = parsed(manifest_2004(resources=SCO + SCO.replace("a.html", "b.html")))
    assert found.resources["R"].href == "a.html"
    assert [(one.code, one.where) for one in findings] == [("identifier-twice", "imsmanifest.xml:1")]


def two_organizations(default):
    second = f'</organization><organization identifier="P"><title>P</title>{item(identifier="J")}'
    return manifest_2004(item() + second).replace(' default="O"', default)


@pytest.mark.parametrize(
    ("default", "chosen", "expected"),
    [
        (' default="P"', "P", []),
        (' default="Q"', "O", ["default-organization-wrong"]),
        ("", "O", ["default-organization-missing"]),
    ],
)
def test_one_of_several_organizations_is_the_default(default, chosen, expected):
    found, findings = parsed(two_organizations(default))
    assert [one.identifier for one in found.organizations] == ["O", "P"]
    assert found.organization().identifier == found.default == chosen
    assert [one.code for one in findings] == expected
    assert found.organization("P").root.children[0].identifier == "J"


def test_a_single_organization_needs_no_default():
    assert codes(manifest_2004().replace(' default="O"', "")) == []


def test_two_organizations_may_use_the_same_items_names():
    assert codes(two_organizations(' default="O"').replace('"J"', '"I"')) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<html/>", "not-a-manifest"),
        (manifest_2004(more='<manifest identifier="S"/>'), "sub-manifest"),
        (manifest_2004(item("<manifest/>")), "sub-manifest"),
        ("<manifest/>", "no-organization"),
        ("<manifest><organizations/></manifest>", "no-organization"),
        (manifest_2004("<item identifier='x'>" * 51 + "</item>" * 51), "items-too-deep"),
        ("<!DOCTYPE manifest><manifest/>", "xml-doctype"),
    ],
)
def test_what_cannot_be_played_is_refused(text, code):
    assert refusal(text)[0] == code


def test_the_line_of_a_refusal_is_told():
    assert refusal("<manifest>\n\n<manifest/></manifest>") == ("sub-manifest", "imsmanifest.xml:3")


def test_fifty_levels_of_items_are_read():
    nested = "".join(f'<item identifier="i{n}">' for n in range(49)) + item() + "</item>" * 49
    found, findings = parsed(manifest_2004(nested))
    assert len(list(found.organization().root.walk())) == 51
    assert findings == []


@pytest.mark.parametrize(
    ("items", "resources", "expected"),
    [
        ('<item identifier="I" identifierref="X"/>', SCO, ["reference-dangling"]),
        ('<item identifier="I"/>', SCO, ["leaf-without-resource"]),
        ("", SCO, ["organization-empty"]),
        (item(item(identifier="J")), SCO, ["cluster-with-resource"]),
        (item(), '<resource identifier="R" adlcp:scormType="sco"/>', ["resource-without-href"]),
        (item(), '<resource identifier="R" href="a.html"/>', ["scormtype-missing"]),
        (item(), SCO + '<resource href="b.html" adlcp:scormType="asset"/>', ["identifier-missing"]),
        (item(), SCO.replace("/>", '><dependency identifierref="X"/></resource>'), ["dependency-dangling"]),
        (item(), SCO.replace("a.html", "../a.html"), ["href-escapes", "resource-without-href"]),
        (item(), SCO.replace("a.html", "javascript:alert(1)"), ["href-scheme", "resource-without-href"]),
        (item(attributes=' isvisible="maybe"'), SCO, ["value-not-understood"]),
    ],
)
def test_what_is_wrong_but_can_be_gone_around_is_told(items, resources, expected):
    assert codes(manifest_2004(items, resources)) == expected


def test_a_cluster_launches_nothing_in_2004_and_may_in_1_2():
    inner = '<item identifier="J" identifierref="R"><title>J</title></item>'
    both = f'<item identifier="I" identifierref="R"><title>I</title>{inner}</item>'
    old, _ = parsed(manifest_xml(items=both))
    new, _ = parsed(manifest_2004(both))
    assert old.organization().root.children[0].launch == "index.html"
    assert new.organization().root.children[0].launch is None


def test_undeclared_prefixes_do_not_hide_what_they_stand_before():
    inside = (
        "<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID='p'/></imsss:objectives>"
        "<adlseq:objectives><adlseq:objective objectiveID='p'><adlseq:mapInfo targetObjectiveID='g'/>"
        "</adlseq:objective></adlseq:objectives></imsss:sequencing>"
    )
    found, findings = parsed(manifest_2004(item(inside), namespaces=""))
    one = found.organization().root.children[0]
    assert one.kind == "sco"
    assert one.sequencing.objectives[0].maps[0].read_raw
    assert {one.code for one in findings} == {"prefix-undeclared", "namespace-missing"}


def test_one_kind_of_fault_does_not_fill_the_report():
    many = "".join(f'<item identifier="i{n}" identifierref="x{n}"/>' for n in range(1_000))
    assert codes(manifest_2004(many)) == ["reference-dangling"] * 200


def test_identifiers_that_all_collide_do_not_take_long():
    many = "<item/>" * 20_000
    assert len(parsed(manifest_2004(many))[0].organization().root.children) == 20_000
