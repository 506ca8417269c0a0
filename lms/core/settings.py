"""Every setting, its default and why it exists. Values come from `LMS_*` or a file of `LMS_*=value` lines."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

LABEL = re.compile("[0-9a-f]{32}")


def _setting(default: Any, why: str) -> Any:
    return field(default=default, metadata={"why": why})


@dataclass(frozen=True)
class Settings:
    data: str = _setting("var", "folder for the embedded database, files, queues and the secret key")
    database_url: str = _setting(
        "", "empty = SQLite inside LMS_DATA; postgresql+psycopg://… for many machines"
    )
    redis_url: str = _setting("", "empty = queue, limits and events inside this machine; redis://… for many")
    site: str = _setting("http://localhost:8000", "address people type; any other Host is refused")
    content_site: str = _setting(
        "http://content.localhost:8000",
        "address of uploaded content: another site, so that a package never sees a session",
    )
    package_sites: bool = _setting(
        True,
        "every package under a name of its own below LMS_CONTENT_SITE, out of reach of the others; "
        "a domain needs a wildcard name and certificate for it, an address without a name cannot",
    )
    live_site: str = _setting(
        "", "address of the event service; empty = same address as LMS_SITE, behind a proxy"
    )
    behind_proxy: bool = _setting(False, "trust one X-Forwarded-For/Proto from nginx in front")
    accel_prefix: str = _setting(
        "", "nginx internal location for stored files; empty = send them from Python"
    )
    secret_key: str = _setting("", "empty = made once and kept in LMS_DATA/secret-key (mode 0600)")
    storage_url: str = _setting("", "empty = LMS_DATA/blobs; s3://bucket/prefix for many machines")
    s3_endpoint: str = _setting("", "address of an S3 service other than the usual one")
    sqlite_synchronous: str = _setting(
        "FULL", "FULL keeps acknowledged work through a power cut; OFF only in tests"
    )
    session_hours: int = _setting(12, "hours without use after which staff sign in again")
    session_days: int = _setting(30, "days after which everyone signs in again")
    sign_in_tries: int = _setting(5, "wrong passwords for one account within five minutes before a pause")
    device_tries: int = _setting(30, "wrong passwords from one browser within five minutes before a pause")
    address_tries: int = _setting(
        300, "wrong passwords from one address within five minutes: a school is one address"
    )
    require_totp: bool = _setting(True, "ask administrators and methodologists for a second factor")
    picture_sign_in: bool = _setting(True, "pictures instead of passwords for grades 0 to 4")
    oidc_issuer: str = _setting("", "address of an OpenID provider; empty = no such button")
    oidc_client_id: str = _setting("", "our name at the OpenID provider")
    oidc_client_secret: str = _setting("", "our secret at the OpenID provider")
    oidc_label: str = _setting("OpenID", "name of the OpenID provider on the sign-in page")
    upload_limit_mb: int = _setting(600, "largest request body; a package may be 500 MB")
    log_level: str = _setting("INFO", "DEBUG, INFO, WARNING or ERROR")
    log_json: bool = _setting(False, "one JSON object per line instead of readable lines")
    web_threads: int = _setting(8, "threads that answer pages, per process")
    web_processes: int = _setting(1, "processes that answer pages; 2 per core on a central server")
    job_threads: int = _setting(2, "jobs done at the same time by one worker")
    screen_minutes: str = _setting(
        "0:15 1:15 2:20 3:20 4:25 5:25 6:25 7:25 8:25 9:30 10:30 11:30",
        "grade:minutes before the screen until the player asks to look away (sanitary rules)",
    )
    outside_hosts: str = _setting(
        "",
        "names of hosts of one's own network, or without https, that may be told of results and asked for records",
    )
    lrs_url: str = _setting("", "address of an xAPI record store that gets every result; empty = none")
    lrs_key: str = _setting("", "our name at the record store")
    lrs_secret: str = _setting("", "our password at the record store")
    bbb_server: str = _setting(
        "", "address of a BigBlueButton server, for instance https://bbb.example/bigbluebutton"
    )
    bbb_secret: str = _setting("", "shared secret of the BigBlueButton server")
    janus_server: str = _setting(
        "", "address at which browsers reach a Janus server for voice and video: wss://…"
    )
    janus_secret: str = _setting("", "token_auth_secret of the Janus server")
    janus_api: str = _setting(
        "", "address at which this server reaches its HTTP API, for instance http://127.0.0.1:8088/janus"
    )
    janus_key: str = _setting("", "admin_key of its videoroom plugin, which lets us open rooms")
    janus_recordings: str = _setting(
        "", "folder on the Janus server for recordings, one below it for each lesson; empty = none are made"
    )
    demo: bool = _setting(False, "show the table of demo people on the sign-in page")

    @property
    def data_folder(self) -> Path:
        return Path(self.data).absolute()

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_folder / 'lms.db'}"

    @property
    def site_host(self) -> str:
        return urlsplit(self.site).netloc

    @property
    def content_host(self) -> str:
        return urlsplit(self.content_site).netloc

    @property
    def has_package_sites(self) -> bool:
        """Nothing can be put in front of an address in numbers."""
        name = urlsplit(self.content_site).hostname or ""
        return self.package_sites and not (":" in name or name.rpartition(".")[2].isdigit())

    def site_of_package(self, package: UUID) -> str:
        """Where the files of this package and its player are."""
        if not self.has_package_sites:
            return self.content_site
        return f"{urlsplit(self.content_site).scheme}://{package.hex}.{self.content_host}"

    @property
    def package_sites_source(self) -> str:
        """For a policy that allows all of them."""
        scheme = urlsplit(self.content_site).scheme
        return f"{scheme}://*.{self.content_host}" if self.has_package_sites else self.content_site

    def package_at(self, host: str) -> UUID | None:
        """Whose site this is; None for every other name."""
        label = host.removesuffix(f".{self.content_host}")
        if not self.has_package_sites or label == host or not LABEL.fullmatch(label):
            return None
        return UUID(label)

    @property
    def host_cookie(self) -> bool:
        """`__Host-` needs a secure context: https, or this computer itself."""
        name = urlsplit(self.site).hostname or ""
        return self.site.startswith("https://") or name == "localhost" or name.endswith(".localhost")


class SettingsError(Exception):
    """A setting that cannot be read; the message names it."""


def load_settings(environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Environment first, then the file named by LMS_SETTINGS, then defaults; `overrides` beat all."""
    environ = os.environ if environ is None else environ
    known = {one.name: one for one in fields(Settings)}
    given = {**_from_file(environ.get("LMS_SETTINGS", "")), **_named(environ)}
    values = {name: _parsed(known[name].type, name, text) for name, text in given.items() if name in known}
    return Settings(**{**values, **overrides})


def described() -> list[tuple[str, str, str]]:
    """(environment name, default, why) for `lms settings` and the operator's guide."""
    return [
        (f"LMS_{one.name.upper()}", "" if one.default is MISSING else str(one.default), one.metadata["why"])
        for one in fields(Settings)
    ]


def _named(environ: Mapping[str, str]) -> dict[str, str]:
    return {key[4:].lower(): value for key, value in environ.items() if key.startswith("LMS_")}


def _from_file(path: str) -> dict[str, str]:
    if not path:
        return {}
    lines = (line.strip() for line in Path(path).read_text("utf-8").splitlines())
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return _named({pair[0].strip(): pair[-1].strip() for pair in pairs})


def _parsed(kind: Any, name: str, text: str) -> Any:
    if kind == "bool":
        if text.lower() not in {"1", "0", "true", "false", "yes", "no", ""}:
            raise SettingsError(f"LMS_{name.upper()} is {text!r}; it takes yes or no")
        return text.lower() in {"1", "true", "yes"}
    if kind == "int":
        if not text.isdigit():
            raise SettingsError(f"LMS_{name.upper()} is {text!r}; it takes a whole number")
        return int(text)
    return text
