"""Answer cards: their codes, their paper, and photographs of a class that node reads with the page's own eyes."""

from __future__ import annotations

import json
import math
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import update

from lms.core import clock
from lms.core.db import db, edge
from lms.lessons import cards
from lms.people.models import ClassMembership
from tests.lms.lessons.conftest import Room
from tests.lms.lessons.photographs import HIGH, WIDE, held, photograph
from tests.scorm.adapter.peers import NODE

ROOT = Path(__file__).parents[3]
READ = """
import * as esbuild from "esbuild";
import { readFileSync } from "node:fs";
const built = await esbuild.build({ entryPoints: ["lms/web/assets/room/cards.ts"], bundle: true, format: "esm", write: false });
const { Known, read } = await import("data:text/javascript;base64," + Buffer.from(built.outputFiles[0].text).toString("base64"));
const { codes, files, width, height } = JSON.parse(readFileSync(process.argv[1], "utf8"));
const known = new Known(codes);
const seen = files.map((file) => read({ data: readFileSync(file), width, height }, known).map((one) => [one.card, one.letter]));
console.log(JSON.stringify(seen));
"""


@pytest.mark.pure
def test_no_two_cards_are_alike_however_they_are_held() -> None:
    assert len(cards.CODES) == cards.MOST
    all_ways = [(number, way) for number, code in enumerate(cards.CODES) for way in cards.ways(code)]
    for place, (_number, way) in enumerate(all_ways):
        assert all((way ^ other).bit_count() >= cards.APART for _other, other in all_ways[:place])


def read(folder: Path, pictures: list[Image.Image]) -> list[dict[int, int]]:
    files = []
    for place, one in enumerate(pictures):
        file = folder / f"{place}.raw"
        file.write_bytes(one.convert("L").tobytes())
        files.append(str(file))
    asked: dict[str, Any] = {
        "codes": list(enumerate(cards.CODES, 1)),
        "files": files,
        "width": WIDE,
        "height": HIGH,
    }
    (folder / "asked.json").write_text(json.dumps(asked))
    command = [NODE, "--input-type=module", "-e", READ, str(folder / "asked.json")]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert all(len(one) == len({card for card, _letter in one}) for one in found)
    return [dict(one) for one in found]


@pytest.mark.pure
def test_every_card_is_read_from_every_side(tmp_path: Path) -> None:
    chance, pictures, expected = random.Random(3), [], []
    for letter in range(4):
        for first in range(1, cards.MOST, 20):
            scene, wanted = Image.new("L", (WIDE, HIGH), 200), {}
            for place in range(20):
                wanted[first + place] = letter
                card = held(first + place, letter, 150, chance, upright=True)
                scene.paste(card.getchannel("L"), (place % 6 * 158 + 3, place // 6 * 178 + 3))
            pictures.append(scene)
            expected.append(wanted)
    assert read(tmp_path, pictures) == expected


@pytest.mark.pure
def test_photographs_of_a_class(tmp_path: Path) -> None:
    """A card that is not read is held up a moment longer; one that is misread would be a wrong answer."""
    chance = random.Random(11)
    taken = [photograph(chance, 12) for _time in range(12)]
    found = read(tmp_path, [scene for scene, _wanted in taken])
    right = sum(
        seen.get(card) == letter
        for seen, (_scene, wanted) in zip(found, taken, strict=True)
        for card, letter in wanted.items()
    )
    wrong = sum(
        wanted.get(card) != letter
        for seen, (_scene, wanted) in zip(found, taken, strict=True)
        for card, letter in seen.items()
    )
    assert (right >= 0.95 * 144, wrong) == (True, 0), (right, wrong)


@pytest.mark.pure
def test_a_room_without_cards_has_none(tmp_path: Path) -> None:
    chance = random.Random(5)
    assert read(tmp_path, [photograph(chance, 0)[0] for _time in range(6)]) == [{}] * 6


def test_the_sheets_are_a_pdf_with_two_cards_on_a_page(app: Flask) -> None:
    with app.test_request_context(base_url="http://localhost:8000"):
        made = cards.cards_pdf([(number, "Ахметова Ару", "7 «А»") for number in (1, 2, 3)])
    assert made.startswith(b"%PDF") and made.count(b"/Type /Page\n") == 2
    assert math.isclose(
        cards.SIDE / cards.CELLS, 45.35, rel_tol=0.01
    )  # 16 mm: read from the other end of a classroom


def test_a_card_stays_with_its_pupil(room_of_two: Room) -> None:
    """Who leaves keeps the number, who comes gets the next: no printed card becomes another's."""
    here = room_of_two
    staff = here.cast.signed_in("teacher", here.schools[0])
    before = here.enters(staff, "panel").data["cards"]
    named = {person: number for number, _code, person in before[str(here.classes[0].id)]}
    assert named == {str(here.pupils["aru"].id): 1, str(here.pupils["bek"].id): 2}
    with edge():
        wanted = ClassMembership.person_id == here.pupils["aru"].id
        db.session.execute(update(ClassMembership).where(wanted).values(until=clock.today()))
    late = here.cast.pupil(here.classes[0], "Айя", "Абаева")
    after = here.enters(staff, "panel").data["cards"][str(here.classes[0].id)]
    assert {person: number for number, _code, person in after} == {
        str(here.pupils["bek"].id): 2,
        str(late.id): 3,
    }
    assert all(code == cards.CODES[number - 1] for number, code, _person in after)


def test_the_sheets_are_for_the_teacher_in_the_class(room_of_two: Room) -> None:
    here = room_of_two
    staff = here.cast.signed_in("teacher", here.schools[0])
    made = staff.get(f"/streaming/{here.lesson_id}/cards.pdf")
    assert made.status_code == 200 and made.data.startswith(b"%PDF")
    pupil = here.signed_in(here.pupils["aru"])
    assert pupil.get(f"/streaming/{here.lesson_id}/cards.pdf").status_code in (403, 404)


def test_only_pages_with_a_camera_may_ask_for_it(room_of_two: Room) -> None:
    here = room_of_two
    staff = here.cast.signed_in("teacher", here.schools[0])
    allowed = {
        page: "camera=(self)"
        in staff.get(f"/streaming/{here.lesson_id}/{page}").headers["Permissions-Policy"]
        for page in ("panel", "screen", "report")
    }
    assert allowed == {"panel": True, "screen": False, "report": False}
