"""References: where they lead, and where they must not."""

import pytest

from scorm.package.files import Shelf
from scorm.package.hrefs import BadHref, member_of, resolve, url_of, with_parameters

pytestmark = pytest.mark.pure

ANYTHING = Shelf(None)


@pytest.mark.parametrize(
    ("bases", "href", "expected"),
    [
        ((), "index.html", "index.html"),
        ((), "a/./b//c.html", "a/b/c.html"),
        ((), "a/../b.html", "b.html"),
        ((), "a%20b.html", "a b.html"),
        ((), "%D0%A3%D1%80%D0%BE%D0%BA.html", "Урок.html"),
        ((), "%D3%F0%EE%EA.html", "Урок.html"),
        ((), "Урок 1.html?бет=2", "Урок 1.html?бет=2"),
        ((), "a.html?b=c%20d#e", "a.html?b=c%20d#e"),
        ((), "a.html#e?f", "a.html#e?f"),
        ((), "a%3Fb%23c%25d.html?q", "a%3Fb%23c%25d.html?q"),
        ((), "100%.html", "100%25.html"),
        ((), "и\u0306.html", "й.html"),
        ((), "a\\b.html", "a/b.html"),
        ((), "/a/b.html", "a/b.html"),
        ((), "a.html?x=../../..", "a.html?x=../../.."),
        (("one/", "two/", "three/"), "a.html", "one/two/three/a.html"),
        (("one", "two"), "a.html", "one/two/a.html"),
        (("", "two/"), "a.html", "two/a.html"),
        (("one/",), "../a.html", "a.html"),
        (("one/two/", "../"), "a.html", "one/a.html"),
        (("x%20y/",), "a.html", "x y/a.html"),
    ],
)
def test_paths_are_joined_and_decoded(bases, href, expected):
    target = resolve(bases, href, ANYTHING)
    assert (target.href, target.external) == (expected, False)


@pytest.mark.parametrize(
    ("bases", "href", "expected"),
    [
        ((), "http://example.kz/a b?c", "http://example.kz/a b?c"),
        ((), "HTTPS://example.kz/", "HTTPS://example.kz/"),
        ((), "//example.kz/a", "https://example.kz/a"),
        (("http://example.kz/x",), "a.html", "http://example.kz/x/a.html"),
        (("http://example.kz/",), "http://other.kz/a.html", "http://other.kz/a.html"),
    ],
)
def test_addresses_outside_are_external(bases, href, expected):
    target = resolve(bases, href, ANYTHING)
    assert (target.href, target.external) == (expected, True)


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("../a.html", "href-escapes"),
        ("a/../../b.html", "href-escapes"),
        ("%2e%2e/a.html", "href-escapes"),
        ("..%2fa.html", "href-escapes"),
        ("..\\a.html", "href-escapes"),
        ("..%5Ca.html", "href-escapes"),
        ("javascript:alert(1)", "href-scheme"),
        ("javascript%3Aalert(1)", "href-scheme"),
        ("java\tscript:alert(1)", "href-scheme"),
        ("data:text/html,x", "href-scheme"),
        ("http://example.kz/\n.html", "href-scheme"),
        ("file:///etc/passwd", "href-scheme"),
        ("C:\\a.html", "href-scheme"),
        ("a%00.html", "href-scheme"),
        ("http:a.html", "href-scheme"),
        ("?a=b", "href-empty"),
        ("./", "href-empty"),
    ],
)
def test_what_leads_nowhere_or_elsewhere_is_told(href, code):
    with pytest.raises(BadHref) as bad:
        resolve((), href, ANYTHING)
    assert bad.value.code == code


@pytest.mark.parametrize(
    ("bases", "href", "members", "expected", "notes"),
    [
        ((), "Index.HTML", ["index.html"], "index.html", ("href-case-differs",)),
        ((), "a%20b.html", ["a%20b.html"], "a%2520b.html", ()),
        ((), "a%20b.html", ["a b.html", "a%20b.html"], "a b.html", ()),
        (("course/index.html",), "a.html", ["course/a.html"], "course/a.html", ()),
        (("course",), "a.html", ["course/a.html", "a.html"], "course/a.html", ()),
        ((), "a\\b.html", ["a/b.html"], "a/b.html", ("href-backslash",)),
        ((), "/b.html", ["b.html"], "b.html", ("href-from-root",)),
        ((), "Ə.HTML", ["ə.html"], "ə.html", ("href-case-differs",)),
    ],
)
def test_the_member_that_is_there_is_found(bases, href, members, expected, notes):
    target = resolve(bases, href, Shelf(dict.fromkeys(members, 0)))
    assert (target.href, target.found, target.notes) == (expected, True, notes)
    assert member_of(target.href) in members


def test_a_member_that_is_not_there_is_told():
    target = resolve((), "b.html", Shelf({"a.html": 1}))
    assert (target.href, target.found) == ("b.html", False)


@pytest.mark.parametrize(
    ("href", "parameters", "expected"),
    [
        ("a.html", "", "a.html"),
        ("a.html", "b=c", "a.html?b=c"),
        ("a.html", "?b=c", "a.html?b=c"),
        ("a.html", "&b=c&d=e", "a.html?b=c&d=e"),
        ("a.html", "?&&?b=c", "a.html?b=c"),
        ("a.html?x=y", "?b=c", "a.html?x=y&b=c"),
        ("a.html?x=y", "&b=c", "a.html?x=y&b=c"),
        ("a.html", "#top", "a.html#top"),
        ("a.html?x=y", "#top", "a.html?x=y#top"),
        ("a.html#here", "#top", "a.html#here"),
        ("a.html#here", "b=c", "a.html?b=c#here"),
        ("a.html?x=y#here", "?b=c", "a.html?x=y&b=c#here"),
        ("a.html", "b=c#top", "a.html?b=c#top"),
        ("a.html#here", "b=c#top", "a.html?b=c#here"),
        ("a.html", "?&", "a.html"),
        ("http://example.kz/a", "b=c", "http://example.kz/a?b=c"),
    ],
)
def test_parameters_are_joined_by_the_rules(href, parameters, expected):
    assert with_parameters(href, parameters) == expected


def test_an_external_address_stays_one():
    assert url_of("http://example.kz/a b?c=d#e") == "http://example.kz/a%20b?c=d#e"


@pytest.mark.parametrize(
    ("href", "member", "url"),
    [
        ("Урок 1/a.html?b=c d#e", "Урок 1/a.html", "%D0%A3%D1%80%D0%BE%D0%BA%201/a.html?b=c%20d#e"),
        ("a%3Fb%25.html?q=%D0", "a?b%.html", "a%3Fb%25.html?q=%D0"),
        ("a:b.html", "a:b.html", "a%3Ab.html"),
    ],
)
def test_a_resolved_href_gives_its_member_and_its_address(href, member, url):
    assert (member_of(href), url_of(href)) == (member, url)
