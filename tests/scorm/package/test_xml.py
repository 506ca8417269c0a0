"""The one XML reader: every encoding authors' tools write, and nothing a hostile file could use."""

import codecs

import pytest

from scorm.errors import PackageRefused
from scorm.package.limits import Limits
from scorm.package.xml import attribute, child_text, read_xml, text

pytestmark = pytest.mark.pure

WORDS = "Физика: қысым, қысым күші"
RUSSIAN = "Давление твёрдых тел"


def read(data, **limits):
    return read_xml(data, "m.xml", Limits(**limits))


def refusal(data, **limits):
    with pytest.raises(PackageRefused) as refused:
        read(data, **limits)
    return refused.value.code, refused.value.where


def document(words, declaration=""):
    return f"{declaration}<a>{words}</a>"


def declared(encoding):
    return f'<?xml version="1.0" encoding="{encoding}"?>'


def codes(found):
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    ("declaration", "encoding", "mark"),
    [
        ("", "utf-8", b""),
        ("", "utf-8", codecs.BOM_UTF8),
        (declared("UTF-8"), "utf-8", codecs.BOM_UTF8),
        (declared("utf-8"), "utf-8", b""),
        ("", "utf-16-le", codecs.BOM_UTF16_LE),
        ("", "utf-16-be", codecs.BOM_UTF16_BE),
        (declared("UTF-16"), "utf-16-le", codecs.BOM_UTF16_LE),
        (declared("UTF-16"), "utf-16-be", codecs.BOM_UTF16_BE),
        (declared("UTF-16LE"), "utf-16-le", b""),
        (declared("UTF-16BE"), "utf-16-be", b""),
        ("", "utf-16-le", b""),
        ("", "utf-16-be", b""),
        (declared("PTCP154"), "ptcp154", b""),
        (declared("KZ-1048"), "kz1048", b""),
    ],
)
def test_every_encoding_with_kazakh_letters_is_read(declaration, encoding, mark):
    found = read(mark + document(WORDS, declaration).encode(encoding))
    assert text(found.root) == WORDS
    assert found.findings == ()


@pytest.mark.parametrize("encoding", ["windows-1251", "KOI8-R", "ISO-8859-5", "cp866"])
def test_declared_russian_encodings_are_read(encoding):
    found = read(document(RUSSIAN, declared(encoding)).encode(encoding))
    assert (text(found.root), found.findings) == (RUSSIAN, ())


@pytest.mark.parametrize(
    ("declaration", "encoding", "used"),
    [
        (declared("utf-8"), "cp1251", "cp1251"),
        ("", "cp1251", "cp1251"),
        (declared("utf-8"), "cp866", "cp866"),
        (declared("windows-1251"), "utf-8", "utf-8"),
        (declared("utf-16"), "utf-8", "utf-8"),
        (declared("utf-16"), "cp1251", "cp1251"),
        (declared("utf-8"), "utf-16", "utf-16-le"),
        (declared("windows-1251"), "utf-8-sig", "utf-8"),
    ],
)
def test_a_wrong_declaration_is_seen_through_and_reported(declaration, encoding, used):
    found = read(document(RUSSIAN, declaration).encode(encoding))
    assert text(found.root) == RUSSIAN
    (finding,) = found.findings
    assert (finding.code, finding.where, finding.values["used"]) == ("xml-encoding-wrong", "m.xml", used)


def test_plain_letters_leave_nothing_to_be_wrong_about():
    assert read(document("plain", declared("windows-1251")).encode()).findings == ()


@pytest.mark.parametrize("encoding", ["utf-7", "rot13", "idna", "base64", "cp037", "no-such-thing", "utf-32"])
def test_other_encodings_are_refused_whatever_python_knows(encoding):
    assert refusal(document("+ADw-", declared(encoding)).encode()) == ("xml-encoding-unknown", "m.xml")


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + b"<a>\xff</a>",
        codecs.BOM_UTF16_LE + b"<\0a",
        b"<?xml version='1.0' encoding='windows-1251'?><a>\x98</a>",
        codecs.BOM_UTF16_LE + "<a>".encode("utf-16-le") + b"\x00\xd8</",
        document("x", declared("windows-1251")).encode() + b"\x98",
    ],
)
def test_bytes_that_are_no_text_are_refused(data):
    assert refusal(data)[0] == "xml-undecodable"


def test_xml_1_1_is_read_as_1_0():
    found = read(b'<?xml version="1.1"?><a>x</a>')
    assert (text(found.root), codes(found)) == ("x", ["xml-version"])


def test_space_before_the_declaration_is_overlooked():
    found = read(b'\n\n <?xml version="1.0"?>\n<a>\n<b/></a>')
    assert codes(found) == ["xml-space-before-declaration"]
    assert found.where(found.root[0]) == "m.xml:5"


DOCTYPES = [
    "<!DOCTYPE a>",
    '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE a PUBLIC "-//X" "http://127.0.0.1/x.dtd">',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>',
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]>',
    '<!DOCTYPE a [<!ATTLIST a b CDATA "c">]>',
    "<!DOCTYPE a [<!-- ]> -->]>",
]


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize(
    "before", ["", declared("utf-8") + "\n", "<!-- <a> -->\n", "<?x <a ?> <!----> \t", "<!-- - -->"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_doctype_is_refused_wherever_it_hides(doctype, before, encoding):
    data = f"{before}{doctype}<a>&x;</a>".encode(encoding)
    assert refusal(data)[0] == "xml-doctype"


def test_the_line_of_the_doctype_is_told():
    assert refusal(b'<?xml version="1.0"?>\n<!-- a\nb -->\n<!DOCTYPE a><a/>') == ("xml-doctype", "m.xml:4")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"   ", 1),
        (b"no xml", 1),
        (b"<a>\n<b>\n</a>", 3),
        (b"<a>\n&nbsp;</a>", 2),
        (b"<a>\n\x01</a>", 2),
        (b"<a/>\n<b/>", 2),
        (b'<a b="1"\nb="2"/>', 2),
        (b"<a/>\n<!DOCTYPE a>", 2),
        (b"<a>\n<!DOCTYPE a></a>", 2),
        (b"<!doctype html><html></html>", 1),
        (b"<a>\n", 2),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_line(data, line):
    code, where = refusal(data)
    assert code == "xml-malformed"
    assert where.partition(":")[2] in (str(line), str(line - 1))


def test_an_unfinished_comment_does_not_hide_a_doctype():
    assert refusal(b"<!-- <!DOCTYPE a> <a/>")[0] == "xml-malformed"


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (b"<a>" + b"x" * 100 + b"</a>", {"manifest_size": 100}, "xml-too-large"),
        (b"<a>" + b"<b/>" * 10 + b"</a>", {"xml_elements": 10}, "xml-too-many-elements"),
        (b"<a>" * 11 + b"</a>" * 11, {"xml_depth": 10}, "xml-too-deep"),
        (b'<a b="1" c="2" d="3"/>', {"attributes": 2}, "xml-too-many-attributes"),
        (b"<a>" + b'<b c="" d=""/>' * 6 + b"</a>", {"attributes_total": 11}, "xml-too-many-attributes"),
        (b"<a " + b" ".join(b'b%d=""' % n for n in range(20)) + b"/>", {}, None),
        (b"<a>" + b"<b/>" * 9 + b"</a>", {"xml_elements": 10}, None),
        (b"<a>" * 10 + b"</a>" * 10, {"xml_depth": 10}, None),
    ],
)
def test_bounds_are_kept_to_the_last_one(data, limits, code):
    if code is None:
        assert read(data, **limits).root.tag == "a"
    else:
        assert refusal(data, **limits)[0] == code


def test_fifty_megabytes_are_refused_unread():
    assert refusal(b"<a>" + b" " * 50_000_000 + b"</a>")[0] == "xml-too-large"


def test_undeclared_prefixes_are_read_by_their_local_names():
    found = read(b'<a x:href="i"><y:title>T</y:title><y:title/></a>')
    assert (attribute(found.root, "HREF"), child_text(found.root, "title")) == ("i", "T")
    assert [(one.code, one.values["prefix"]) for one in found.findings] == [
        ("prefix-undeclared", "x"),
        ("prefix-undeclared", "y"),
    ]


def test_endless_undeclared_prefixes_are_refused():
    assert refusal(b"<a>" + b"<b:c/>" * 20_001 + b"</a>")[0] == "xml-too-many-undeclared"


def test_comments_and_instructions_are_no_content():
    assert text(read(b"<a>on<!-- not --><?no t?>e<![CDATA[ & two]]></a>").root) == "one & two"
