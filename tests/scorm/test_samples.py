"""The sample packages are in order, play to their end, and each broken one shows the fault it is named after."""

import io
from pathlib import Path

import pytest

from scorm.package.check import examine
from scorm.package.codes import CODES
from scorm.package.writer import zip_folder
from tests.scorm.package.recipes import zip_bytes

pytestmark = pytest.mark.pure

SAMPLES = Path(__file__).parents[2] / "content_packages"
COURSES = sorted(one.parent for one in SAMPLES.glob("*/imsmanifest.xml"))
BROKEN = sorted(one for one in (SAMPLES / "broken").iterdir() if one.is_dir())
LIGHT = 300_000


def named(folder):
    return folder.name


def zipped(folder, place):
    target = place / f"{folder.name}.zip"
    with target.open("wb") as out:
        if (folder / "recipe.json").exists():
            out.write(zip_bytes(folder))
        else:
            zip_folder(folder, out)
    return target


@pytest.mark.parametrize("folder", COURSES, ids=named)
def test_a_sample_is_accepted_with_nothing_to_put_right(folder, tmp_path):
    diagnosis = examine(zipped(folder, tmp_path))
    assert diagnosis.verdict == "accept"
    assert {one.code for one in diagnosis.findings} == {"load-time"}


@pytest.mark.parametrize("folder", COURSES, ids=named)
def test_a_sample_is_light_and_its_zip_always_the_same(folder):
    first, second = io.BytesIO(), io.BytesIO()
    zip_folder(folder, first)
    zip_folder(folder, second)
    assert first.getvalue() == second.getvalue()
    assert sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) < LIGHT


@pytest.mark.parametrize("folder", COURSES, ids=named)
def test_what_samples_share_is_the_same_everywhere(folder):
    for common in (SAMPLES / "common").iterdir():
        for copy in folder.rglob(common.name):
            assert copy.read_bytes() == common.read_bytes()


@pytest.mark.parametrize("folder", COURSES, ids=named)
def test_every_page_speaks_both_languages(folder):
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        assert text.count('lang="kk"') >= text.count('lang="ru"') > 0, page


@pytest.mark.parametrize("folder", BROKEN, ids=named)
def test_a_broken_package_shows_the_fault_it_is_named_after(folder, tmp_path):
    whole = (folder / "recipe.json").exists() or (folder / "imsmanifest.xml").exists()
    diagnosis = examine(zipped(folder, tmp_path) if whole else folder)
    assert folder.name in {one.code for one in diagnosis.findings}
    assert (diagnosis.verdict == "refuse") == (CODES[folder.name][0] == "error")


def test_there_are_at_least_forty_faults():
    assert len(BROKEN) >= 40
