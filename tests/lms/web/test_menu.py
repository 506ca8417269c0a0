"""The ways in the header: few side by side, many in groups, and the reader sees where they are."""

from __future__ import annotations

from lxml import html

from tests.cast import Cast


def header(cast: Cast, login: str, path: str) -> html.HtmlElement:
    page = html.fromstring(cast.signed_in(login).get(path).text)
    return page.xpath("//nav[contains(@class, 'wide-only')]")[0]


def test_a_pupils_ways_stand_side_by_side(cast: Cast) -> None:
    assert not header(cast, "student", "/").xpath(".//details")


def test_an_administrators_many_ways_are_gathered_in_groups(cast: Cast) -> None:
    groups = header(cast, "administrator", "/").xpath(".//details")
    assert len(groups) == 2
    assert all(len(group.xpath(".//a")) > 1 for group in groups)


def test_a_page_below_a_way_marks_that_way_and_its_group(cast: Cast) -> None:
    ways = header(cast, "director", f"/people/new/{cast.school.id}")
    assert [a.get("href") for a in ways.xpath(".//a[@aria-current]")] == ["/people"]
    assert len(ways.xpath(".//summary[@aria-current]")) == 1


def test_every_page_of_oversight_marks_oversight(cast: Cast) -> None:
    ways = header(cast, "administrator", "/admin/jobs")
    assert len(ways.xpath(".//a[@aria-current]")) == 1
