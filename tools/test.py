"""make test: the whole suite on SQLite, then what uses a database again on PostgreSQL and Redis.

What is not there is said and left out; LMS_TEST_REQUIRE=postgres,redis,browser makes that a failure.
Addresses other than the usual local ones: LMS_TEST_POSTGRES, LMS_TEST_REDIS, LMS_TEST_BROWSER.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import redis
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

POSTGRES = os.environ.get("LMS_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("LMS_TEST_REDIS", "redis://127.0.0.1:6379/15")
REQUIRED = set(filter(None, os.environ.get("LMS_TEST_REQUIRE", "").split(",")))
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    browser = _browser()
    postgres, redis_there = _postgres_answers(), _redis_answers()
    absent = {
        name
        for name, there in (("browser", browser), ("postgres", postgres), ("redis", redis_there))
        if not there
    }
    if absent & REQUIRED:
        print(f"Required here, but missing: {', '.join(sorted(absent & REQUIRED))}")
        return 1
    environment = {**os.environ, "LMS_TEST_BROWSER": browser, "LMS_TEST_POSTGRES": "", "LMS_TEST_REDIS": ""}
    without = "" if browser else " and not journey"
    print("── on SQLite ──", flush=True)
    first = _pytest(f"not soak{without}", environment)
    if first or not (postgres and redis_there):
        if not first:
            print("PostgreSQL and Redis do not answer here: their part was left out.")
        return first
    print("── on PostgreSQL and Redis ──", flush=True)
    again = {**environment, "LMS_TEST_POSTGRES": POSTGRES, "LMS_TEST_REDIS": REDIS}
    return _pytest(f"not soak and not pure{without}", again)


def _pytest(marks: str, environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-m", marks, "-n", "2", *sys.argv[1:]]
    return subprocess.run(command, env=environment, check=False).returncode


def _browser() -> str:
    """A browser for the journeys: the one named, the one installed, or Debian's when we may install it."""
    named = os.environ.get("LMS_TEST_BROWSER", "")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), "")
    if found or not shutil.which("apt-get"):
        return found
    if os.geteuid() != 0:
        print("Journeys need a browser. Install it with: sudo apt-get install chromium")
        return ""
    print("Installing Chromium for the journeys …", flush=True)
    subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=subprocess.DEVNULL)
    subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, stdout=subprocess.DEVNULL)
    return shutil.which("chromium") or ""


def _postgres_answers() -> bool:
    engine = create_engine(POSTGRES, connect_args={"connect_timeout": 3})
    try:
        with engine.connect():
            return True
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()


def _redis_answers() -> bool:
    try:
        return bool(redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping())
    except redis.RedisError:
        return False


if __name__ == "__main__":
    sys.exit(main())
