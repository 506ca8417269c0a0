"""Learning object metadata of three kinds, inline and in files of their own."""

import pytest

from scorm.package import manifest
from scorm.package.archive import open_package
from scorm.package.model import Metadata
from tests.scorm.package.manifests import codes, item, manifest_2004, parsed
from tests.scorm.package.zips import Member, as_file, build

pytestmark = pytest.mark.pure

IMS = """<lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"><general>
<identifier>K-7</identifier>
<title><langstring xml:lang="kk">Қысым</langstring><langstring xml:lang="ru">Давление</langstring></title>
<catalogentry><catalog>ISBN</catalog><entry><langstring>978-601</langstring></entry></catalogentry>
<language>kk</language><language>ru</language>
<description><langstring xml:lang="ru">Урок</langstring></description>
<keyword><langstring xml:lang="kk">күш</langstring></keyword>
<keyword><langstring xml:lang="ru">сила</langstring></keyword></general>
<lifecycle><version><langstring>1.1</langstring></version>
<contribute><role><source><langstring>LOMv1.0</langstring></source><value><langstring>Author</langstring></value></role>
<centity><vcard>BEGIN:VCARD
FN:Айгүл Серікқызы
END:VCARD</vcard></centity></contribute>
<contribute><role><value><langstring>Publisher</langstring></value></role>
<centity><vcard>BEGIN:VCARD FN:Press END:VCARD</vcard></centity></contribute></lifecycle>
<educational><typicallearningtime><datetime>00:45:00</datetime></typicallearningtime></educational>
<rights><description><langstring>CC BY</langstring></description></rights></lom>"""

IEEE = """<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general>
<identifier><catalog>URI</catalog><entry>urn:kz:7</entry></identifier>
<title><string language="kk">Қысым</string><string language="ru">Давление</string></title>
<language>kk</language><description><string>Lesson</string></description>
<keyword><string language="kk">күш</string></keyword></general>
<lifeCycle><version><string>2</string></version><contribute><entity>BEGIN:VCARD
FN;CHARSET=UTF-8:Бауыржан
END:VCARD</entity></contribute></lifeCycle>
<educational><typicalLearningTime><duration>PT45M</duration></typicalLearningTime></educational>
<rights><description><string>CC0</string></description></rights></lom>"""

DUBLIN = """<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="kk">Қысым</dc:title>
<w><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Асан</dc:creator>
<dc:subject xmlns:dc="http://purl.org/dc/elements/1.1/">физика</dc:subject>
<dc:language xmlns:dc="http://purl.org/dc/elements/1.1/">kk</dc:language>
<dc:rights xmlns:dc="http://purl.org/dc/elements/1.1/">CC0</dc:rights>
<dc:identifier xmlns:dc="http://purl.org/dc/elements/1.1/">dc-7</dc:identifier>
<dc:description xmlns:dc="http://purl.org/dc/elements/1.1/">Сабақ</dc:description></w>"""

LOCATION = "<adlcp:location>{}</adlcp:location>"


def of_manifest(inside):
    found, findings = parsed(manifest_2004(metadata=inside))
    assert findings == []
    return found.metadata


def with_files(location, *members):
    text = manifest_2004(metadata=LOCATION.format(location))
    data = build(Member(b"imsmanifest.xml", text.encode()), Member(b"a.html"), *members)
    return manifest.read(open_package(as_file(data)))


def test_metadata_of_the_days_of_1_2():
    assert of_manifest(IMS) == Metadata(
        title={"kk": "Қысым", "ru": "Давление"},
        description={"ru": "Урок"},
        keywords=({"kk": "күш"}, {"ru": "сила"}),
        languages=("kk", "ru"),
        authors=("Айгүл Серікқызы",),
        rights="CC BY",
        identifier="978-601",
        version="1.1",
        typical_learning_time="00:45:00",
    )


def test_metadata_of_ieee():
    assert of_manifest(IEEE) == Metadata(
        title={"kk": "Қысым", "ru": "Давление"},
        description={"": "Lesson"},
        keywords=({"kk": "күш"},),
        languages=("kk",),
        authors=("Бауыржан",),
        rights="CC0",
        identifier="urn:kz:7",
        version="2",
        typical_learning_time="PT45M",
    )


def test_dublin_core():
    assert of_manifest(DUBLIN) == Metadata(
        title={"kk": "Қысым"},
        description={"": "Сабақ"},
        keywords=({"": "физика"},),
        languages=("kk",),
        authors=("Асан",),
        rights="CC0",
        identifier="dc-7",
    )


def test_a_schema_and_its_version_are_no_description():
    assert of_manifest("") is None


def test_items_organizations_and_resources_have_their_own():
    described = f"<metadata>{IEEE}</metadata>"
    resource = f'<resource identifier="R" adlcp:scormType="sco" href="a.html">{described}</resource>'
    found, _ = parsed(manifest_2004(described + item(described), resource))
    root = found.organization().root
    for one in (root, root.children[0], found.resources["R"]):
        assert one.metadata is not None
        assert one.metadata.version == "2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_metadata_in_a_file_of_its_own_says_where_it_was(encoding):
    found, findings = with_files("meta/a%20b.xml", Member(b"meta/a b.xml", IEEE.encode(encoding)))
    assert found.metadata.title["kk"] == "Қысым"
    assert found.metadata.location == "meta/a b.xml"
    assert findings == []


def test_what_is_written_inline_goes_before_the_file():
    dublin = '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">Inline</dc:title>'
    text = manifest_2004(metadata=dublin + LOCATION.format("m.xml"))
    data = build(
        Member(b"imsmanifest.xml", text.encode()), Member(b"a.html"), Member(b"m.xml", IEEE.encode())
    )
    found, _ = manifest.read(open_package(as_file(data)))
    assert found.metadata.title == {"": "Inline"}
    assert found.metadata.version == "2"


@pytest.mark.parametrize(
    ("location", "members", "expected"),
    [
        ("m.xml", [], "metadata-missing"),
        ("../m.xml", [], "href-escapes"),
        ("http://example.kz/m.xml", [], "metadata-outside"),
        ("m.xml", [Member(b"m.xml", b"<lom>")], "metadata-unreadable"),
        ("m.xml", [Member(b"m.xml", b"<!DOCTYPE lom><lom/>")], "metadata-unreadable"),
        ("m.xml", [Member(b"m.xml", b" " * 9_000_000)], "metadata-unreadable"),
        ("m.xml", [Member(b"m.xml", b" " * 34_000_000)], "metadata-too-much"),
    ],
)
def test_metadata_never_stands_in_the_way(location, members, expected):
    found, findings = with_files(location, *members)
    assert found.metadata is None
    assert [one.code for one in findings] == [expected]


def test_one_file_named_a_thousand_times_is_read_once():
    described = f"<metadata>{LOCATION.format('m.xml')}</metadata>"
    items = "".join(item(described, identifier=f"i{n}") for n in range(1_000))
    text = manifest_2004(items)
    data = build(
        Member(b"imsmanifest.xml", text.encode()),
        Member(b"a.html"),
        Member(b"m.xml", IEEE.replace("Lesson", "x" * 100_000).encode()),
    )
    found, findings = manifest.read(open_package(as_file(data)))
    assert findings == []
    assert all(one.metadata.version == "2" for one in found.organization().root.children)


def test_a_manifest_alone_says_where_its_metadata_would_be():
    found, findings = parsed(manifest_2004(metadata=LOCATION.format("m.xml")))
    assert (found.metadata, findings) == (Metadata(location="m.xml"), [])


def test_an_address_outside_is_a_note_for_a_manifest_alone_too():
    assert codes(manifest_2004(metadata=LOCATION.format("http://example.kz/m.xml"))) == ["metadata-outside"]
