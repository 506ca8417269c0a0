"""Building packages: valid by the schemas' order, the same bytes every time, nothing left out."""

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from scorm.errors import PackageRefused
from scorm.package.model import DataMap, Item, Manifest, Metadata, Organization, Resource
from scorm.package.writer import manifest_bytes, package_bytes, zip_folder
from scorm.sequencing.definition import (
    CompletionThreshold,
    Condition,
    ConstrainedChoice,
    ControlModes,
    Delivery,
    Limits,
    Objective,
    ObjectiveMap,
    RollupControls,
    RollupRule,
    Rule,
    Selection,
    Sequencing,
)

pytestmark = pytest.mark.pure

PAGE = Resource("R", "sco", "Сабақ 1/бет.html", ("Сабақ 1/бет.html",))
FILES = {"Сабақ 1/бет.html": b"<!doctype html>"}

EVERYTHING = Sequencing(
    control=ControlModes(choice=False, flow=True),
    choice=ConstrainedChoice(prevent_activation=True),
    pre=(Rule("skip", (Condition("satisfied", objective="main"),)),),
    exit=(Rule("exit", (Condition("completed", negate=True),)),),
    post=(Rule("retry", (Condition("objectiveMeasureLessThan", threshold=0.25),), "any"),),
    limits=Limits(attempt_limit=3, attempt_absolute_duration=90.5),
    rollup_rules=(RollupRule("completed", (Condition("attempted"),), "all", "atLeastPercent", 0, 0.5),),
    rollup=RollupControls(weight=0.5, required_for_completed="ifAttempted"),
    objectives=(
        Objective("main", True, True, 0.7, (ObjectiveMap("global", write_satisfied=True, write_raw=True),)),
    ),
    selection=Selection("once", 2, "onEachNewAttempt", True),
    delivery=Delivery(tracked=False),
    completion=CompletionThreshold(True, 0.8, 2.0),
)


def a_manifest(edition="2004 4th", sequencing=EVERYTHING, **values):
    leaf = Item(
        "leaf",
        "Қысым",
        resource="R",
        kind="sco",
        launch="Сабақ 1/бет.html?part=2",
        hide=("continue", "previous"),
        sequencing=sequencing,
        data_maps=(DataMap("store", write=False),),
        data_from_lms="start",
        time_limit_action="continue,message",
        mastery_score="60",
        max_time_allowed="00:30:00",
        prerequisites="other",
    )
    root = Organization(Item("org", "Физика", (leaf,)), **values)
    return Manifest(edition, "course", (root,), "org", {"R": PAGE}, metadata=Metadata(title={"kk": "Қысым"}))


def names_below(element):
    return [etree.QName(one).localname for one in element]


def the(name, data):
    return next(etree.fromstring(data).iter("{*}" + name))


def test_the_same_manifest_and_files_give_the_same_bytes():
    assert package_bytes(a_manifest(), FILES) == package_bytes(a_manifest(), dict(reversed(FILES.items())))


def test_the_manifest_stands_first_in_the_zip_and_names_are_utf8():
    archive = zipfile.ZipFile(io.BytesIO(package_bytes(a_manifest(), FILES)))
    assert archive.namelist() == ["imsmanifest.xml", "Сабақ 1/бет.html"]
    assert archive.infolist()[1].flag_bits & 0x800
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_package_without_one_of_its_files_is_not_built():
    with pytest.raises(PackageRefused) as refused:
        package_bytes(a_manifest(), {})
    assert (refused.value.code, refused.value.where) == ("file-missing", "Сабақ 1/бет.html")


def test_sequencing_is_written_in_the_order_of_the_schema():
    assert names_below(the("sequencing", manifest_bytes(a_manifest()))) == [
        "controlMode",
        "sequencingRules",
        "limitConditions",
        "rollupRules",
        "objectives",
        "randomizationControls",
        "deliveryControls",
        "constrainedChoiceConsiderations",
        "rollupConsiderations",
        "objectives",
    ]


def test_what_is_as_the_book_has_it_anyway_is_not_written():
    plain = manifest_bytes(a_manifest(sequencing=Sequencing()))
    assert b"imsss:sequencing>" not in plain
    assert b"completionThreshold" not in plain


def test_an_item_of_2004_ends_with_what_adl_adds_to_it():
    leaf = the("item", manifest_bytes(a_manifest()))
    assert names_below(leaf) == [
        "title",
        "timeLimitAction",
        "dataFromLMS",
        "completionThreshold",
        "sequencing",
        "presentation",
        "data",
    ]
    assert leaf.get("parameters") == "?part=2"


def test_an_item_of_12_ends_with_what_adl_adds_to_it():
    leaf = the("item", manifest_bytes(a_manifest("1.2")))
    assert names_below(leaf) == [
        "title",
        "prerequisites",
        "maxtimeallowed",
        "timelimitaction",
        "datafromlms",
        "masteryscore",
    ]


@pytest.mark.parametrize(
    ("edition", "version"),
    [("1.2", "1.2"), ("2004 4th", "2004 4th Edition"), ("2004 3rd", "2004 4th Edition")],
)
def test_the_edition_is_always_named(edition, version):
    assert the("schemaversion", manifest_bytes(a_manifest(edition))).text == version


def test_scopes_are_written_only_where_they_are_not_the_system():
    narrow = manifest_bytes(a_manifest(objectives_global_to_system=False, shared_data_global_to_system=False))
    assert b'adlseq:objectivesGlobalToSystem="false"' in narrow
    assert b'adlcp:sharedDataGlobalToSystem="false"' in narrow
    assert b"GlobalToSystem" not in manifest_bytes(a_manifest())


def test_small_fractions_are_written_without_an_exponent():
    tiny = Sequencing(rollup=RollupControls(weight=0.00001))
    assert b'objectiveMeasureWeight="0.00001"' in manifest_bytes(a_manifest(sequencing=tiny))


def test_a_folder_is_zipped_without_what_operating_systems_leave_behind(tmp_path: Path):
    for name in ("imsmanifest.xml", "a/page.html", ".DS_Store", "a/Thumbs.db", "__MACOSX/._page.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    first, second = io.BytesIO(), io.BytesIO()
    assert zip_folder(tmp_path, first) == ["a/page.html", "imsmanifest.xml"]
    zip_folder(tmp_path, second)
    assert first.getvalue() == second.getvalue()


def test_a_folder_without_a_manifest_is_no_package(tmp_path: Path):
    with pytest.raises(PackageRefused, match="manifest-missing"):
        zip_folder(tmp_path, io.BytesIO())
