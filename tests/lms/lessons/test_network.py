"""Speeds against contracts, ways of teaching with reasons, pairings by the map, measuring by page and program."""

from __future__ import annotations

import io
import math
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.lessons import measuring, pairing, speeds
from lms.lessons.models import HubPairing, SpeedMeasurement, TeachingModel
from lms.lessons.service import network
from lms.lessons.views.meter import ticket_for
from lms.places.models import School
from tests.cast import SITE, Cast, read_afresh
from tests.lms.lessons.conftest import Room


def trace(*down: float, loss: float = 0.0) -> list[tuple[float, float, float, float]]:
    return [(one, one / 4, 40.0, loss) for one in down]


@pytest.mark.pure
@pytest.mark.parametrize(
    "rows, contract, verdict",
    [
        (trace(3, 3, 3, 3, 3), 8.0, "under-50"),
        (trace(4, 4, 4, 4, 4), 8.0, "50-75"),
        (trace(6, 6, 6, 6, 6), 8.0, "50-75"),
        (trace(6.1, 6.1, 6.1, 6.1, 6.1), 8.0, "over-75"),
        (trace(3, 3, 3, 3), 8.0, "few"),
        (trace(3, 3, 3, 3, 3), None, "no-contract"),
        ([], 8.0, "few"),
    ],
)
def test_verdicts(
    rows: list[tuple[float, float, float, float]], contract: float | None, verdict: str
) -> None:
    assert speeds.summary(rows, contract).verdict == verdict


@pytest.mark.pure
@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(0, 1000), min_size=1, max_size=60))
def test_percentiles_lie_in_order_between_the_extremes(values: list[float]) -> None:
    low, middle, high = (speeds.percentile(values, share) for share in (0.1, 0.5, 0.9))
    assert min(values) <= low <= middle + 1e-9 and middle <= high + 1e-9 and high <= max(values) + 1e-9


@pytest.mark.pure
def test_percentiles_as_books_have_them() -> None:
    assert speeds.percentile([1, 2, 3, 4], 0.5) == 2.5
    assert speeds.percentile(list(range(11)), 0.9) == 9


@pytest.mark.pure
@pytest.mark.parametrize(
    "down, loss, qualified, paired, pupils, model",
    [
        (12, 0.0, False, True, 12, 1), (12, 0.0, True, True, 12, 3), (3, 0.0, False, True, 12, 2),
        (3, 0.0, False, True, 26, 4), (3, 0.0, False, False, 12, 4), (3, 0.2, False, True, 12, 4),
        (0.5, 0.0, True, True, 12, 4),
    ],
)  # fmt: skip
def test_ways_of_teaching(
    down: float, loss: float, qualified: bool, paired: bool, pupils: int, model: int
) -> None:
    found = speeds.propose(speeds.summary(trace(*[down] * 9, loss=loss), 8.0), qualified, paired, pupils)
    assert found.model == model
    assert found.reasons


@pytest.mark.pure
def test_without_figures_nothing_hangs_on_the_line() -> None:
    found = speeds.propose(speeds.summary([], 8.0), False, True, 10)
    assert found.model == 4 and found.reasons[0][0] == "unmeasured"


@pytest.mark.pure
def test_distances_on_the_globe() -> None:
    almaty, astana = (43.238, 76.945), (51.169, 71.449)
    assert 965 < pairing.distance(almaty, astana) < 980
    assert pairing.distance(almaty, almaty) == 0
    assert math.isclose(pairing.distance(almaty, astana), pairing.distance(astana, almaty))


def node(
    kind: str, at: tuple[float, float] | None, languages: str = "kk", satellites: int = 0
) -> pairing.Node:
    grades = frozenset(range(1, 12 if kind == "hub" else 10))
    return pairing.Node(uuid4(), kind, frozenset(languages.split()), grades, at, satellites)


@pytest.mark.pure
def test_hubs_that_fit_come_first_and_what_does_not_fit_is_said() -> None:
    school = node("satellite", (49.7, 79.2))
    near, full = node("hub", (49.62, 78.9), "kk ru"), node("hub", (49.7, 79.21), satellites=4)
    far, other, unknown = node("hub", (48.0, 79.0)), node("hub", (49.7, 79.2), "ru"), node("hub", None)
    found = pairing.candidates(school, [far, full, other, unknown, near])
    assert found[0].hub == near.id and found[0].fits
    said = {one.hub: one.problems for one in found}
    assert said[far.id] == ("too-far",) and said[full.id] == ("full",)
    assert said[other.id] == ("language",) and said[unknown.id] == ("no-coordinates",)


@pytest.mark.pure
def test_the_map_keeps_its_proportions() -> None:
    dots = pairing.on_map([(50.0, 78.0), (49.0, 78.0), (49.0, 79.0)])
    assert dots[0].y < dots[1].y and dots[2].x > dots[1].x
    # A degree of longitude is shorter there than one of latitude.
    assert dots[2].x - dots[1].x < dots[1].y - dots[0].y
    assert pairing.on_map([]) == [] and len(pairing.on_map([(1.0, 1.0)])) == 1


@pytest.fixture
def line(cast: Cast) -> School:
    """A school whose contract says 8 Mbit/s and whose line gives 3."""
    with edge():
        school = db.session.get_one(School, cast.school.id)
        school.contract_down, school.provider = 8.0, "Байланыс"
        for day in range(12):
            row = network.note_speed(
                school,
                "command",
                down=3.0 + day / 20,
                up=0.8,
                latency=620.0,
                jitter=20.0,
                loss=0.0,
                received=3_000_000,
            )
            row.at = clock.now() - timedelta(days=day, minutes=1)
    return school


@pytest.mark.parametrize(
    "language, words", [("kk", "Шарттағының жартысынан аз"), ("ru", "Меньше половины договора")]
)
def test_the_evidence_sheet_in_both_languages(cast: Cast, line: School, language: str, words: str) -> None:
    answer = cast.signed_in("director", language=language).get(f"/network/speed/{line.place_id}/evidence.pdf")
    assert answer.mimetype == "application/pdf"
    text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    assert words in text and "Байланыс" in text
    assert (
        cast.signed_in("teacher", cast.school_elsewhere)
        .get(f"/network/speed/{line.place_id}/evidence.pdf")
        .status_code
        == 404
    )


def test_the_list_counts_verdicts(cast: Cast, line: School) -> None:
    page = cast.signed_in("district_officer", language="ru").get("/network/speed").text
    assert "Меньше половины договора" in page and "3,3" in page


def test_a_computer_measures_with_its_key_and_only_for_its_school(cast: Cast) -> None:
    director = cast.signed_in("director")
    page = director.post(f"/network/speed/{cast.school.id}/meters", {"name": "12-кабинет"}).text
    key = page.split('class="codes">')[1].split("<")[0]
    client = cast.visitor().client
    clock_hand = [0.0]

    def call(path: str, body: bytes | None) -> bytes:
        clock_hand[0] += 0.05 + (2.0 if path.startswith("down") or path == "up" else 0.0)
        kind = "application/json" if path == "result" else "application/octet-stream"
        answer = client.open(
            f"/speed/meter/{path}", method="GET" if body is None else "POST", data=body, base_url=SITE,
            headers={"Authorization": f"Bearer {key}", "Content-Type": kind},
        )  # fmt: skip
        assert answer.status_code < 300, (path, answer.status_code)
        return answer.get_data()

    found = measuring.measured(call, lambda: clock_hand[0])
    measuring.report(call, found)
    read_afresh()
    row = db.session.scalars(select(SpeedMeasurement)).one()
    assert (row.school_id, row.source) == (cast.school.id, "command")
    assert row.down == pytest.approx(65_536 * 8 / 2.05 / 1e6) and row.latency == pytest.approx(50)
    assert row.received < 6_000_000
    meter = director.get(f"/network/speed/{cast.school.id}").text.split("/network/meters/")[1].split("/")[0]
    director.post(f"/network/meters/{meter}/revoke")
    again = client.get("/speed/meter/ping", base_url=SITE, headers={"Authorization": f"Bearer {key}"})
    assert again.status_code == 401


@pytest.mark.pure
def test_small_requests_that_are_lost_are_counted() -> None:
    calls = [0]

    def call(path: str, body: bytes | None) -> bytes:
        calls[0] += 1
        if path == "ping" and calls[0] % 2:
            raise TimeoutError
        return b""

    assert measuring.measured(call)["loss"] == 0.5


def bearer(cast: Cast) -> dict[str, str]:
    return {"Authorization": f"Bearer {ticket_for(cast.school.id)}"}


@pytest.mark.parametrize(
    "body",
    [
        {}, {"down": "8"}, {"down": -1, "up": 1, "latency": 1, "jitter": 1, "loss": 0},
        {"down": 1, "up": 1, "latency": 1, "jitter": 1, "loss": 2}, {"down": True, "up": 1, "latency": 1, "jitter": 1, "loss": 0},
        {"down": 1e9, "up": 1, "latency": 1, "jitter": 1, "loss": 0}, [], None,
    ],
)  # fmt: skip
def test_what_is_no_measurement_is_not_kept(cast: Cast, body: object) -> None:
    answer = cast.visitor().client.post("/speed/meter/result", json=body, base_url=SITE, headers=bearer(cast))
    assert answer.status_code == 400
    assert db.session.scalar(select(SpeedMeasurement)) is None


def test_measuring_is_bounded(cast: Cast) -> None:
    client, headers = cast.visitor().client, bearer(cast)
    down = client.get("/speed/meter/down?bytes=999999999", base_url=SITE, headers=headers)
    assert len(down.get_data()) == 2 * 1024 * 1024
    up = client.post("/speed/meter/up", data=b"x" * (1024 * 1024 + 1), base_url=SITE, headers=headers)
    assert up.status_code == 413
    statuses = [
        client.get("/speed/meter/down?bytes=1", base_url=SITE, headers=headers).status_code for _ in range(45)
    ]
    assert 429 in statuses
    assert client.get("/speed/meter/ping", base_url=SITE).status_code == 401


def test_an_officer_pairs_and_parts(room_of_two: Room) -> None:
    here = room_of_two
    with edge():
        for key, kind, at in (
            (here.hub.id, "hub", (49.6, 78.9)),
            (here.schools[0].id, "satellite", (49.7, 79.1)),
        ):
            school = db.session.get_one(School, key)
            school.kind, school.languages, (school.latitude, school.longitude) = kind, ["kk"], at
    officer = here.cast.signed_in("district_officer", language="ru")
    assert "<svg" in officer.get("/network").text
    path = f"/network/schools/{here.schools[0].id}/pair"
    assert "подходит" in officer.get(path).text
    assert officer.post(path, {"hub": str(here.hub.id)}).status_code == 409  # paired already
    row = db.session.scalars(select(HubPairing).where(HubPairing.satellite_id == here.schools[0].id)).one()
    assert officer.post(f"/network/pairings/{row.id}/end").status_code == 303
    assert officer.post(path, {"hub": str(here.hub.id)}).status_code == 303
    assert here.cast.signed_in("teacher").post(path, {"hub": str(here.hub.id)}).status_code == 403


def test_a_decision_that_differs_needs_a_reason(cast: Cast, line: School) -> None:
    officer = cast.signed_in("district_officer", language="ru")
    path = f"/network/schools/{line.place_id}/model"
    assert "Предложение" in officer.get(f"{path}?subject=physics&qualified=yes").text
    sent = {"subject": "physics", "qualified": "yes", "pupils": "10", "model": "1"}
    assert officer.post(path, sent).status_code == 409
    assert officer.post(path, {**sent, "note": "С января — оптика"}).status_code == 303
    read_afresh()
    row = db.session.scalars(select(TeachingModel)).one()
    assert (row.model, row.proposed, row.decided_on) == (1, 3, clock.today())
    assert cast.signed_in("teacher").post(path, sent).status_code == 404
