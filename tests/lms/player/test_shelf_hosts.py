"""A package reaches nothing outside but what a methodologist has allowed for it."""

from __future__ import annotations

import pytest

from lms.core.db import db, edge
from lms.player.models import Package, PackageVersion
from tests.cast import Cast
from tests.lms.player.shelving import content_get, laid_out


@pytest.fixture
def version(cast: Cast) -> PackageVersion:
    return laid_out(cast, {"index.html": b"<p>1", "app.js": b"1"})


def policy(cast: Cast, version: PackageVersion, path: str = "index.html") -> str:
    return str(content_get(cast, version, path).headers["Content-Security-Policy"])


def test_what_is_allowed_stands_in_the_policy_of_its_pages_and_nowhere_else(
    cast: Cast, version: PackageVersion
) -> None:
    other = laid_out(cast, {"index.html": b"<p>2"})
    assert "youtube" not in policy(cast, version)
    methodologist = cast.signed_in("methodologist")
    address = f"/shelf/packages/{version.package_id}/hosts"
    assert methodologist.post(address, {"hosts": "www.youtube.com\n*.bilimland.kz"}).status_code == 303
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy(cast, version).split(";"))
    for name in ("default-src", "connect-src", "frame-src"):
        assert rules[name].endswith("https://www.youtube.com https://*.bilimland.kz")
    assert rules["form-action"] == "'self'" and rules["worker-src"] == "'none'"
    assert "youtube" not in policy(cast, other)
    assert "www.youtube.com" in methodologist.get(f"/shelf/packages/{version.package_id}").text
    assert methodologist.post(address, {"hosts": ""}).status_code == 303
    assert "youtube" not in policy(cast, version)


@pytest.mark.parametrize(
    "hosts",
    ["*", "https://www.youtube.com", "a.kz; script-src *", "'self'", "a.kz/path", "data:", "localhost", "*.*.kz",
     "127.0.0.1", "a.kz:8000", "-a.kz", "a..kz", "\r\nX: 1", "ютуб.kz", "a.kz," , " ".join(f"h{n}.kz" for n in range(21))],
)  # fmt: skip
def test_what_is_no_name_of_a_host_is_refused(cast: Cast, version: PackageVersion, hosts: str) -> None:
    address = f"/shelf/packages/{version.package_id}/hosts"
    assert cast.signed_in("methodologist").post(address, {"hosts": hosts}).status_code == 422
    db.session.rollback()
    assert db.session.get_one(Package, version.package_id, populate_existing=True).hosts == []


def test_a_teacher_does_not_open_a_package(cast: Cast, version: PackageVersion) -> None:
    address = f"/shelf/packages/{version.package_id}/hosts"
    assert cast.signed_in("teacher").post(address, {"hosts": "a.kz"}).status_code == 403
    assert cast.signed_in("methodologist", cast.school_elsewhere).get(address).status_code == 404


def test_a_file_that_is_no_page_asks_for_nothing_more(cast: Cast, version: PackageVersion) -> None:
    with edge():
        db.session.get_one(Package, version.package_id).hosts = ["www.youtube.com"]
    assert "youtube" in policy(cast, version) and "youtube" not in policy(cast, version, "app.js")
