"""Every package on a site of its own: files, player and run-time answer there and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask

from lms.core.settings import Settings, load_settings
from lms.people.models import Person
from lms.player.models import PackageVersion
from tests.lms.player.conftest import CONTENT, Player, registered

SHARED_NAME = CONTENT.partition("://")[2]


@pytest.fixture(autouse=True)
def _package_sites(app: Flask) -> Iterator[None]:
    before: Settings = app.extensions["settings"]
    app.extensions["settings"] = replace(before, package_sites=True)
    yield
    app.extensions["settings"] = before


def at(package: UUID) -> str:
    return f"http://{package.hex}.{SHARED_NAME}"


def status(app: Flask, base: str, path: str, **headers: str) -> int:
    return app.test_client().get(path, base_url=base, headers=headers, buffered=True).status_code


def test_files_answer_on_their_packages_site_alone(
    app: Flask, physics: PackageVersion, fractions: PackageVersion
) -> None:
    path = f"/c/{physics.capability}/pretest.html"
    assert status(app, at(physics.package_id), path) == 200
    # There the script of one package would be at home with another.
    assert status(app, at(fractions.package_id), path) == 404
    assert status(app, at(fractions.package_id), path.upper().replace("/C/", "/c/")) == 404
    assert status(app, CONTENT, path) == 404


def test_a_token_is_good_on_its_packages_site_alone(
    app: Flask, physics: PackageVersion, fractions: PackageVersion, pupil: Person
) -> None:
    player = Player(app, registered(physics, pupil))

    def exchanged(base: str) -> int:
        answer = player.client.post(
            "/rt/exchange", json={"code": player.code}, base_url=base, headers={"Origin": base}
        )
        player.token = (answer.json or {}).get("token", player.token)
        return answer.status_code

    assert [exchanged(at(fractions.package_id)), exchanged(at(physics.package_id))] == [401, 200]
    for base, expected in ((at(fractions.package_id), 401), (at(physics.package_id), 200)):
        head = {"Origin": base, "Authorization": f"Bearer {player.token}"}
        assert player.client.post("/rt/begin", json={}, base_url=base, headers=head).status_code == expected


def test_a_stranger_name_below_the_content_site_is_nobodys(app: Flask) -> None:
    for label in ("www", "0" * 31, "g" * 32, f"{'0' * 32}.{'0' * 32}"):
        assert status(app, f"http://{label}.{SHARED_NAME}", "/c/x/y.html") == 421


def test_no_answer_of_a_content_site_is_without_a_policy(app: Flask, physics: PackageVersion) -> None:
    """A page without one would lend its freedom to every package that puts it into a frame."""
    for path in ("/c/no/such.html", "/nowhere", "/rt/commit", "/sign-in", f"/c/{physics.capability}/"):
        answer = app.test_client().get(path, base_url=at(physics.package_id))
        assert answer.status_code >= 400
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Connection-Allowlist"] == "(response-origin)"


def test_no_worker_is_given_away(app: Flask, physics: PackageVersion) -> None:
    asking = {"Service-Worker": "script"}
    for path in (f"/c/{physics.capability}/shared/sco.js", "/player/files/x/player.js"):
        assert status(app, at(physics.package_id), path, **asking) == 403


def test_an_address_in_numbers_has_no_names_below_it() -> None:
    for address in ("http://192.0.2.3:8001", "http://[2001:db8::3]:8001"):
        settings = load_settings({}, content_site=address)
        assert settings.site_of_package(UUID(int=7)) == address
