"""XML from outside: no document type, nothing expanded, nothing fetched, nothing huge."""

from __future__ import annotations

import resource

import pytest

from lms.core.xml import XmlRefused, parse

pytestmark = pytest.mark.pure

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
BOMBS = {
    "billion laughs": f"<!DOCTYPE a [{LAUGHS}]><a>&l9;</a>",
    "in an attribute": f"<!DOCTYPE a [{LAUGHS}]><a b='&l9;'/>",
    "quadratic": f'<!DOCTYPE a [<!ENTITY x "{"x" * 50_000}">]><a>{"&x;" * 5000}</a>',
    "a file of ours": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "from the network": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/evil.dtd"><a/>',
    "parameter entities": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><a/>',
    "an empty document type": "<!DOCTYPE a><a/>",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_document_type_is_refused_unread(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(XmlRefused) as caught:
            parse(BOMBS[name].encode(encoding))
        assert caught.value.code == "doctype"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.parametrize(
    ("text", "code"),
    [("<a>" * 101 + "</a>" * 101, "too-deep"), ("<a>" + "<b/>" * 100_000 + "</a>", "too-many-elements"),
     (f"<a {' '.join(f'x{n}={chr(34)}1{chr(34)}' for n in range(65))}/>", "too-many-attributes"),
     ("<a>", "not-well-formed"), ("<a/><b/>", "not-well-formed"), ("", "not-well-formed"),
     ("<?xml version='1.0' encoding='utf-7'?><a/>", "not-well-formed"),
     ("<?xml version='1.0' encoding='klingon'?><a/>", "not-well-formed"),
     ("<a>&undefined;</a>", "not-well-formed")],
)  # fmt: skip
def test_what_is_too_much_or_broken_has_a_name(text: str, code: str) -> None:
    with pytest.raises(XmlRefused) as caught:
        parse(text.encode())
    assert caught.value.code == code


def test_what_is_larger_than_allowed_is_not_even_read() -> None:
    with pytest.raises(XmlRefused, match="too-large"):
        parse(b"<a>" + b"x" * 100 + b"</a>", limit=50)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
def test_honest_documents_are_read_in_the_encodings_schools_have(encoding: str) -> None:
    root = parse(f"<?xml version='1.0' encoding='{encoding}'?><a>Сабак</a>".encode(encoding))
    assert (root.tag, root.text) == ("a", "Сабак")
