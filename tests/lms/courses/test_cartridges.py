"""Cartridges of other systems: their pages lead to each other, their pairs and steps are asked here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lms.core.db import db
from lms.courses.importing import zipped
from lms.courses.models import Course
from tests.cast import Cast, read_afresh
from tests.coursed import course_of
from tests.lms.courses import foreign
from tests.lms.courses.arrived import brought, found_in

ITEM = '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="{title}" adaptive="false" timeDependent="false">{body}</assessmentItem>'


def declared(kind: str, cardinality: str, *values: str) -> str:
    right = "".join(f"<value>{one}</value>" for one in values)
    return f'<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="{kind}"><correctResponse>{right}</correctResponse></responseDeclaration>'


def choices(tag: str, *texts: str, more: str = "") -> str:
    return "".join(
        f'<{tag} identifier="{name}"{more}>{text}</{tag}>'
        for name, text in zip("ABCDEF", texts, strict=False)
    )


MATCH = ITEM.format(title="m", body=declared("directedPair", "multiple", "A V1", "B V2") + (
    '<itemBody><matchInteraction responseIdentifier="R" shuffle="true" maxAssociations="2"><prompt>Шамалар</prompt><simpleMatchSet>'
    + choices("simpleAssociableChoice", "жол", "уақыт", more=' matchMax="1"') + "</simpleMatchSet><simpleMatchSet>"
    + "".join(f'<simpleAssociableChoice identifier="V{n}" matchMax="1">{text}</simpleAssociableChoice>' for n, text in enumerate(("метр", "секунд", "кг"), 1))
    + "</simpleMatchSet></matchInteraction></itemBody>"
))  # fmt: skip
ORDER = ITEM.format(title="o", body=declared("identifier", "ordered", "C", "A", "B") + (
    '<itemBody><orderInteraction responseIdentifier="R" shuffle="true"><prompt>Ретімен</prompt>'
    + choices("simpleChoice", "екінші", "үшінші", "бірінші") + "</orderInteraction></itemBody>"
))  # fmt: skip
ASSOCIATE = ITEM.format(title="a", body=declared("pair", "multiple", "A B", "C D") + (
    '<itemBody><associateInteraction responseIdentifier="R" shuffle="true" maxAssociations="2"><prompt>Жұптар</prompt>'
    + choices("simpleAssociableChoice", "Абай", "Қара сөздер", "Мұхтар", "Абай жолы", "Өзге", more=' matchMax="1"') + "</associateInteraction></itemBody>"
))  # fmt: skip
GAPS = ITEM.format(title="g", body=declared("string", "single", "100") + (
    '<itemBody><p>Су <textEntryInteraction responseIdentifier="R"/> °C-та қайнайды</p></itemBody>'
))  # fmt: skip
DRAWING = ITEM.format(title="d", body=declared("point", "single") + (
    '<itemBody><drawingInteraction responseIdentifier="R"><object data="a.png" type="image/png"/></drawingInteraction></itemBody>'
))  # fmt: skip
TEST = '<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="t" title="Тест"><testPart identifier="p"><assessmentSection identifier="s">{refs}</assessmentSection></testPart></assessmentTest>'


def cartridge(items: list[tuple[str, str, str]], files: dict[str, str | bytes]) -> bytes:
    """Items as (title, type, file)."""
    tree = "".join(
        f'<item identifier="i{n}" identifierref="r{n}"><title>{title}</title></item>'
        for n, (title, _kind, _name) in enumerate(items)
    )
    rows = "".join(
        f'<resource identifier="r{n}" type="{kind}" href="{name}"><file href="{name}"/></resource>'
        for n, (_title, kind, name) in enumerate(items)
    )
    manifest = (
        '<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"><metadata><schema>IMS Common Cartridge</schema></metadata>'
        f'<organizations><organization identifier="o"><item identifier="root">{tree}</item></organization></organizations><resources>{rows}</resources></manifest>'
    )
    return foreign.zipped({"imsmanifest.xml": manifest, **files})


def read(tmp_path: Path, data: bytes) -> dict[str, Any]:
    return found_in(tmp_path, data, zipped)


def answers(lesson: dict[str, Any]) -> list[Any]:
    return [
        one["answers"] for block in lesson["blocks"] if block[0] == "check" for one in block[1]["questions"]
    ]


LINKING = {
    "web/one.html": '<p><a href="two.html">екінші</a> <a href="$IMS-CC-FILEBASE$/web/two.html#a">тағы</a> <a href="%24IMS-CC-FILEBASE%24/web/two.html">және</a>'
    ' <a href="one.html">өзі</a> <a href="gone.html">жоқ</a> <a href="https://example.org/">сырт</a></p>',
    "web/two.html": '<p><a href="$WIKI_REFERENCE$/pages/three">үшінші</a> <a href="../../one.html">шет</a></p>',
    "wiki_content/three.html": '<p><a href="../web/one.html">бірінші</a></p>',
    "topic.xml": "<topic><title>Т</title><text texttype='text/html'>&lt;p&gt;&lt;a href='web/one.html'&gt;бірінші&lt;/a&gt;&lt;/p&gt;</text></topic>",
}
PAGES = [
    ("Бір", "webcontent", "web/one.html"), ("Екі", "webcontent", "web/two.html"),
    ("Үш", "webcontent", "wiki_content/three.html"), ("Пікір", "imsdt_xmlv1p3", "topic.xml"),
]  # fmt: skip


def test_links_between_its_pages_become_links_between_lessons(cast: Cast) -> None:
    course = course_of(cast.person("teacher"), cast.school)
    brought(cast, course, cartridge(PAGES, LINKING), "moodle.imscc")
    read_afresh()
    one, two, three, topic = db.session.get_one(Course, course.id).lessons
    first = one.blocks[0].kk["html"]
    assert first.count(f'href="#lesson-{two.id}"') == 3 and first.count("<a ") == 4
    assert 'href="https://example.org/"' in first and "gone" not in first
    assert f'href="#lesson-{three.id}"' in two.blocks[0].kk["html"]
    assert two.blocks[0].kk["html"].count("<a ") == 1
    assert f'href="#lesson-{one.id}"' in three.blocks[0].kk["html"]
    assert f'href="#lesson-{one.id}"' in topic.blocks[0].kk["html"]


@pytest.mark.pure
def test_links_that_lead_nowhere_are_counted(tmp_path: Path) -> None:
    assert read(tmp_path, cartridge(PAGES, LINKING))["missed"] == {"link": 3}


@pytest.mark.pure
@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (MATCH, {"pairs": [{"left": "жол", "right": "метр"}, {"left": "уақыт", "right": "секунд"}], "extra": ["кг"]}),
        (ORDER, {"steps": ["бірінші", "екінші", "үшінші"]}),
        (ASSOCIATE, {"pairs": [{"left": "Абай", "right": "Қара сөздер"}, {"left": "Мұхтар", "right": "Абай жолы"}], "extra": ["Өзге"]}),
        (GAPS, {"pieces": ["Су ", " °C-та қайнайды"], "gaps": [{"answers": ["100"], "options": []}]}),
    ],
    ids=("match", "order", "associate", "gaps"),
)  # fmt: skip
def test_an_item_of_qti_2_is_asked_here(item: str, expected: Any, tmp_path: Path) -> None:
    found = read(tmp_path, cartridge([("Сұрақ", "imsqti_item_xmlv2p1", "q.xml")], {"q.xml": item}))
    assert answers(found["lessons"][0]) == [expected] and found["missed"] == {}


def test_a_test_of_qti_2_becomes_one_check_that_can_be_answered(cast: Cast) -> None:
    names = {"match.xml": MATCH, "order.xml": ORDER, "drawing.xml": DRAWING, "associate.xml": ASSOCIATE}
    refs = "".join(
        f'<assessmentItemRef identifier="{name[0]}" href="items/{name}"/>' for name in [*names, "gone.xml"]
    )
    files: dict[str, str | bytes] = {f"items/{name}": text for name, text in names.items()}
    data = cartridge(
        [("Тест", "imsqti_test_xmlv2p1", "test.xml")], {"test.xml": TEST.format(refs=refs), **files}
    )
    course = course_of(cast.person("teacher"), cast.school)
    row = brought(cast, course, data, "a.imscc")
    read_afresh()
    (check,) = db.session.get_one(Course, course.id).lessons[0].blocks
    assert [one["answers"]["kind"] for one in check.kk["questions"]] == ["pairs", "order", "pairs"]
    assert row.missed == {"question": 1, "resource": 1}


def lid(name: str, words: str, cardinality: str, *labels: str) -> str:
    options = "".join(
        f'<response_label ident="{key}"><material><mattext>{text}</mattext></material></response_label>'
        for key, text in zip("abc", labels, strict=False)
    )
    said = f"<material><mattext>{words}</mattext></material>" if words else ""
    return f'<response_lid ident="{name}" rcardinality="{cardinality}">{said}<render_choice>{options}</render_choice></response_lid>'


def old(lists: str, *right: tuple[str, str]) -> str:
    given = "".join(
        f'<respcondition><conditionvar><varequal respident="{of}">{value}</varequal></conditionvar><setvar action="Add">50</setvar></respcondition>'
        for of, value in right
    )
    return (
        '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="Т"><section ident="s"><item ident="q">'
        f"<presentation><material><mattext>Сәйкестендіріңіз</mattext></material>{lists}</presentation><resprocessing>{given}</resprocessing></item></section></assessment></questestinterop>"
    )


@pytest.mark.pure
@pytest.mark.parametrize(
    ("quiz", "expected"),
    [
        (old(lid("r1", "жол", "Single", "метр", "секунд", "кг") + lid("r2", "уақыт", "Single", "метр", "секунд", "кг"), ("r1", "a"), ("r2", "b")),
         {"pairs": [{"left": "жол", "right": "метр"}, {"left": "уақыт", "right": "секунд"}], "extra": ["кг"]}),
        (old(lid("r", "", "Ordered", "екі", "үш", "бір"), ("r", "c"), ("r", "a"), ("r", "b")), {"steps": ["бір", "екі", "үш"]}),
    ],
    ids=("pairs", "steps"),
)  # fmt: skip
def test_pairs_and_steps_of_qti_1_are_asked_here(quiz: str, expected: Any, tmp_path: Path) -> None:
    kind = "imsqti_xmlv1p2/imscc_xmlv1p3/assessment"
    found = read(tmp_path, cartridge([("Сұрақ", kind, "q.xml")], {"q.xml": quiz}))
    (check,) = found["lessons"][0]["blocks"]
    assert check[1]["questions"][0] == {"ask": "<p>Сәйкестендіріңіз</p>", "answers": expected, "why": ""}


@pytest.mark.pure
@pytest.mark.parametrize(
    "quiz",
    [
        old(lid("r1", "жол", "Single", "метр") + lid("r2", "", "Single", "метр"), ("r1", "a"), ("r2", "a")),
        old(lid("r1", "жол", "Single", "метр") + lid("r2", "уақыт", "Single", "метр"), ("r1", "a")),
        old(lid("r", "", "Ordered", "екі", "үш"), ("r", "a")),
    ],
)
def test_pairs_and_steps_that_are_not_whole_are_counted(quiz: str, tmp_path: Path) -> None:
    kind = "imsqti_xmlv1p2/imscc_xmlv1p3/assessment"
    found = read(tmp_path, cartridge([("Сұрақ", kind, "q.xml")], {"q.xml": quiz}))
    assert found["lessons"][0]["blocks"] == [] and found["missed"] == {"question": 1}
