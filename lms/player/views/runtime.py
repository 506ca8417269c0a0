"""The run-time on the content site: no session, no cookies; a bearer token that is good for one launch.

`/rt/exchange` code → token · `/rt/begin` puts the first activity on the screen · `/rt/commit` takes numbered entries
· `/rt/beat` says that the player is still open. Every answer that is not 2xx has changed nothing, with one exception:
409 `superseded` keeps the entry of the tab that was taken over.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import g, jsonify, request
from werkzeug.exceptions import HTTPException

from lms.core import clock, limits
from lms.core.db import db
from lms.core.permissions import public
from lms.core.security import for_content_site, token_only
from lms.player import engine
from lms.player.models import Launch, Package
from lms.player.service import games, guard, launching, log, short_way, work
from lms.player.views.base import blueprint
from lms.player.views.sites import belongs_here, own_origin, package_here
from scorm.player.registration import Registration as Played

MOST_BYTES = 1024 * 1024
MOST_ELEMENTS = 5_000
LONGEST_VALUE = 128_000
PER_MINUTE = 300  # five a second for one launch; the player itself sends at most one
MOVES = frozenset({"continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll", "choice", "jump", "start", "resume"})  # fmt: skip
TARGETED = frozenset({"choice", "jump"})
pace = limits.Pace()


class Answered(HTTPException):
    """An answer of the protocol: a status and a code, nothing changed."""

    def __init__(self, status: int, code: str, **more: Any) -> None:
        self.code = status
        self.body = {"code": code, **more}
        super().__init__(response=self._made())

    def _made(self) -> Any:
        g.rollback = True
        response = jsonify(self.body)
        response.status_code = self.code or 400
        if response.status_code == 429:
            response.headers["Retry-After"] = "2"
        return response


@blueprint.app_errorhandler(Answered)
def as_told(error: Answered) -> Any:
    return error.response


@blueprint.post("/rt/exchange")
@public
@token_only
@for_content_site
def exchange() -> Any:
    _check_origin()
    if not limits.count_try("exchange", request.remote_addr or "", PER_MINUTE, 1):
        raise Answered(429, "too-fast")
    found = launching.exchange(str(_body().get("code", "")))
    if found is None or not belongs_here(found[0].registration.version.package_id):
        raise Answered(401, "code-unknown")
    launch, token = found
    return {
        "token": token,
        "launch": launch.id.hex,
        "registration": launch.registration_id.hex,
        "seq": launch.next_seq,
    }


@blueprint.post("/rt/begin")
@public
@token_only
@for_content_site
def begin() -> Any:
    launch = _launch()
    if launching.superseded(launch):
        raise Answered(409, "superseded")
    answer = launching.begin(launch)
    game = games.look(launch.registration)
    return _with_given(launch, answer, game) | {
        "contents": engine.contents(game),
        "title": game.organization.root.title,
        "files": f"/c/{launch.registration.version.capability}/",
        "mode": launch.registration.mode,
        "screen_minutes": guard.minutes_for(launch.registration),
    }


@blueprint.post("/rt/beat")
@public
@token_only
@for_content_site
def beat() -> Any:
    """Every minute: the token lives on, the time before the screen is counted, and who took over is told."""
    launch, body = _launch(), _body()
    if launching.superseded(launch):
        raise Answered(409, "superseded")
    seconds = body.get("seconds", 0)
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 <= seconds <= 600:
        raise Answered(400, "malformed")
    guard.count(launch.registration, seconds, str(body.get("pause", "")))
    if body.get("top") is True:
        _learn_window(launch)
    work.ask()
    return {}


def _learn_window(launch: Launch) -> None:
    """A package that reached for the page around it is opened in a window of its own from now on."""
    package = db.session.get(Package, launch.registration.version.package_id)
    if package is not None:
        package.needs_window = True


@blueprint.post("/rt/commit")
@public
@token_only
@for_content_site
def commit() -> Any:
    # All that needs no row comes first: whoever writes next to us is kept waiting as short as can be.
    token, body = _token(), _body()
    kind, seq = _checked(body)
    digest = hashlib.sha256(request.get_data()).hexdigest()
    if kind == "delta":
        answer = short_way.receive(token, seq, body, digest, package_here())
        if answer is not None:
            return answer
    with db.session.no_autoflush:
        mine = _launch_with(token)
        launch = _owner(mine, body.get("launch"))
        received = log.receive(launch, seq, kind, body, digest)
    if received.status >= 400:
        raise Answered(received.status, **received.answer)
    # A tab that was taken over may still hand in what it has; it is told, and its entry stands in the log.
    if launching.superseded(mine):
        return {"code": "superseded", **received.answer}, 409
    if received.status == 200 and ("moved" in received.answer or "ended" in received.answer):
        return _with_given(launch, received.answer, games.look(launch.registration))
    return received.answer, received.status


def _launch() -> Launch:
    return _launch_with(_token())


def _token() -> str:
    """What the page says it is; whether it is good, only a row can tell."""
    _check_origin()
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not token:
        raise Answered(401, "token-unknown")
    if not pace.keeps(token, PER_MINUTE):
        raise Answered(429, "too-fast")
    return token


def _launch_with(token: str) -> Launch:
    launch = launching.launch_of(token)
    if launch is None or not belongs_here(launch.registration.version.package_id):
        raise Answered(401, "token-unknown")
    return launch


def _check_origin() -> None:
    if request.headers.get("Origin") != own_origin():
        raise Answered(403, "origin")


def _owner(mine: Launch, wanted: Any) -> Launch:
    """Entries of an earlier launch of the same registration may be handed in under a new token; no others."""
    if wanted == mine.id.hex:
        return mine
    earlier = launching.sibling(mine, str(wanted))
    if earlier is None:
        raise Answered(403, "other-launch")
    return earlier


def _body() -> dict[str, Any]:
    if (request.content_length or 0) > MOST_BYTES or len(request.get_data()) > MOST_BYTES:
        raise Answered(413, "too-large")
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Answered(400, "not-json")
    return body


def _checked(body: dict[str, Any]) -> tuple[str, int]:
    """What a well-made entry looks like; everything else is refused whole."""
    kind = "move" if "move" in body else "delta"
    seq = body.get("seq")
    if body.get("v") != 1 or not isinstance(seq, int) or isinstance(seq, bool) or not 1 <= seq < 2**31:
        raise Answered(400, "malformed")
    if kind == "move":
        target = body.get("target")
        wanted = isinstance(target, str) if body["move"] in TARGETED else target is None
        if body["move"] not in MOVES or not wanted:
            raise Answered(400, "malformed")
    values = body.get("set", {} if kind == "move" else None)
    if not isinstance(values, dict) or not isinstance(body.get("finish", False), bool):
        raise Answered(400, "malformed")
    if len(values) > MOST_ELEMENTS or any(not isinstance(value, str) for value in values.values()):
        raise Answered(400, "malformed")
    if any(len(value) > LONGEST_VALUE for value in values.values()):
        raise Answered(413, "too-large")
    return kind, seq


def _with_given(launch: Launch, answer: dict[str, Any], game: Played) -> dict[str, Any]:
    """Where an activity comes to the screen, what it finds there, and which ways lead on."""
    now = clock.now()
    moved = answer.get("moved")
    found = {"given": engine.given(game, now)} if moved and moved["deliver"] else {}
    return {**answer, **found, "ways": engine.ways(game, now), "seq": launch.next_seq}
