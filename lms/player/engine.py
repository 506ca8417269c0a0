"""Between rows and the engine: a registration's state becomes the engine's value and goes back.

Applying the log is a pure function here: the same entries in the same order give the same state.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from lms.core import storage
from lms.player.models import CommitEntry, Registration
from scorm.datamodel.walk import Store
from scorm.package.manifest import parse
from scorm.package.model import Manifest
from scorm.player.carried import Carried
from scorm.player.course import Request
from scorm.player.registration import Moved
from scorm.player.registration import Registration as Played
from scorm.runtime import closing
from scorm.runtime.launch import NORMAL, Learner
from scorm.runtime.outcome import outcome
from scorm.runtime.session import NOT_INITIALIZED, RUNNING, TERMINATED, Session

# What a SCO hears when it reports after its end (RTE 4th Ed. 3.1.7, RTE 1.2 3.3).
TOO_LATE = {"2004": "133", "1.2": "101"}


@lru_cache(maxsize=64)
def manifest_of(digest: str) -> Manifest:
    """A manifest never changes under its digest, so it is read once per process."""
    file = storage.open_blob(digest)
    try:
        return parse(file.read())[0]
    finally:
        file.close()


def learner_of(row: Registration) -> Learner:
    """SCORM knows people as "surname, first name"; the id says nothing about who they are.

    The language is the attempt's, so that the log gives the same state after the pupil has chosen another.
    """
    person = row.person
    name = ", ".join(filter(None, (person.surname, person.first_name)))
    return Learner(person.id.hex, name, {"language": row.language} if row.language else {})


def played(row: Registration) -> Played:
    manifest = manifest_of(row.version.manifest)
    if row.state is None:
        raise ValueError("the registration has not begun")
    game = Played.of_json(manifest, learner_of(row), row.state, row.mode)
    game.opened_from = None  # a preview or review is a row of its own: it may remember where it is
    return game


def begun(row: Registration, carried: Carried) -> Played:
    manifest = manifest_of(row.version.manifest)
    game = Played.begin(manifest, manifest.organization(), learner_of(row), carried, row.seed)
    game.mode = row.mode
    return game


def apply(game: Played, kind: str, body: dict[str, Any], now: datetime) -> dict[str, Any]:
    """One entry of the log. The answer is what the browser gets for it."""
    at = now.isoformat()
    if kind == "begin":
        return _began(game, at)
    if kind == "leave":
        _leave(game, body, at)
        return {}
    if kind == "move":
        return _moved(game, body, at)
    return _delta(game, body, at)


def replayed(row: Registration, entries: Iterable[CommitEntry]) -> Played | None:
    """The state anew from the log: what is stored must be equal to it."""
    game: Played | None = None
    for entry in entries:
        if entry.kind == "begin":
            game = beginning(row, game, entry)
        if game is not None:
            apply(game, entry.kind, entry.body, entry.received_at)
    return game


def beginning(row: Registration, game: Played | None, entry: CommitEntry) -> Played:
    """The first launch makes the game; a later one finds it as it was left, and what other packages changed."""
    brought = Carried.of_json(entry.body["carried"])
    if game is None:
        return begun(row, brought)
    game.take(brought)
    return game


def given(game: Played, now: datetime) -> dict[str, Any]:
    """What the activity on the screen finds, and which ways lead on from it. Made from the state, never logged."""
    session = game.session
    if session is None or game.screen.activity is None:
        return {}
    plain = session.as_json()["store"]
    return {"version": session.version, "store": plain, "suspend_limit": session.suspend_limit}


def ways(game: Played, now: datetime) -> dict[str, Any]:
    """For the controls of the player page: which moves are valid, which buttons the package hides."""
    valid = game.course.valid(now.isoformat()).as_json()
    return {"valid": valid, "hide": game.course.hidden(), "done": _done(game)}


def contents(game: Played) -> list[dict[str, Any]]:
    """The table of contents: visible items in their order, each with its depth."""
    found: list[dict[str, Any]] = []
    waiting = [(item, 0) for item in reversed(game.organization.root.children)]
    while waiting:
        item, depth = waiting.pop()
        if item.visible:
            found.append({"id": item.identifier, "title": item.title, "depth": depth, "leaf": item.leaf})
        waiting += [(child, depth + 1) for child in reversed(item.children)]
    return found


def _done(game: Played) -> dict[str, str]:
    """By activity: passed, failed, completed, incomplete; what was not begun is not named."""
    said = {}
    for activity, facts in game.course.tracking().items():
        status = status_of(facts)
        if status in ("passed", "failed", "completed", "incomplete"):
            said[activity] = status
    return said


def _leave(game: Played, body: dict[str, Any], at: str) -> None:
    """A tab that died or was taken over has not said how it wants to be left: nobody loses their place by that, nor
    what waited for them when they only looked."""
    game.measured = body.get("measured")  # what counts for a SCO that reports no time itself
    session, item = game.session, game.items.get(game.screen.activity or "")
    open_still = (
        session is not None and item is not None and item.kind == "sco" and session.state != TERMINATED
    )
    if session is not None and open_still and not _said_exit(session):
        game.move(Request("suspendAll"), at)
    game.leave(at)
    game.measured = None


def _said_exit(session: Session) -> bool:
    return any(session.store.values.get(name) for name in ("cmi.exit", "cmi.core.exit"))


def _began(game: Played, at: str) -> dict[str, Any]:
    """What is suspended resumes; otherwise the course starts. A tree that cannot start waits for a choice."""
    moved = game.move(Request("resume"), at)
    if moved.deliver is None or moved.exception:
        moved = game.move(Request("start"), at)
    return _answer(game, moved, at)


def _delta(game: Played, body: dict[str, Any], at: str) -> dict[str, Any]:
    """Values set by the SCO, each checked again; those refused do not hold up the others."""
    session = game.session
    if session is None or session.state == TERMINATED:
        late = TOO_LATE[game.course.version]
        return {"refused": dict.fromkeys(body["set"], late)} if body["set"] else {}
    weighs = session.state != RUNNING or game.course.hangs_on(body["set"])
    if session.state != RUNNING:
        game.call(at, "Initialize", "")
    refused = session.apply(body["set"])
    answer: dict[str, Any] = {"refused": refused} if refused else {}
    session.take_changes()
    if not body.get("finish"):
        return answer | (_weighed(game, session, at) if weighs else {})
    moved = game.call(at, "Terminate", "")[2]
    return answer | (_answer(game, moved, at) if moved else {"ended": True})


def _weighed(game: Played, session: Session, at: str) -> dict[str, Any]:
    """What the course makes of a commit. One of the SCO's own data alone leaves it as it is."""
    if game.mode == NORMAL:
        game.commit(at)
    return {"valid": dict(session.store.live)}


def weighs(game: Played, kind: str, body: dict[str, Any]) -> bool:
    """Whether this entry can change more than the session on the screen."""
    running = game.session is not None and game.session.state == RUNNING
    return not running or kind != "delta" or body.get("finish", False) or game.course.hangs_on(body["set"])


def _moved(game: Played, body: dict[str, Any], at: str) -> dict[str, Any]:
    """A move brings along what the SCO said last; what it asked for itself is overruled (SN 4th Ed. 5.6.4)."""
    answer: dict[str, Any] = {}
    if body.get("set") or body.get("finish"):
        last = {name: value for name, value in body.get("set", {}).items() if name != "adl.nav.request"}
        answer = _delta(game, {"set": last, "finish": body.get("finish", False)}, at)
    moved = game.move(Request(body["move"], body.get("target")), at)
    refused = {"refused": answer["refused"]} if "refused" in answer else {}
    return refused | _answer(game, moved, at)


def _answer(game: Played, moved: Moved, at: str) -> dict[str, Any]:
    """What the player page needs to put the next activity on the screen."""
    return {"moved": moved.as_json()}


def status_of(facts: dict[str, Any]) -> str:
    verdict = next((one["satisfied"] for one in facts.get("objectives", ())), "unknown")
    return str(verdict if verdict in ("passed", "failed") else facts.get("attempt_completion", "unknown"))


def reasons(game: Played) -> dict[str, list[dict[str, Any]]]:
    """By activity: the rules it has not met, and the value the package sent (`scorm.runtime.outcome.Unmet`)."""
    found = {}
    for item in game.items.values():
        if item.kind == "sco" and item.launch is not None:
            closed = closing.close(_left(game, item.identifier))
            found[item.identifier] = [vars(one) for one in outcome(closed).unmet]
    return found


def _left(game: Played, activity: str) -> Session:
    """The activity's session as it would end now: the one on the screen, or what the last one left behind."""
    if game.session is not None and game.screen.activity == activity:
        return Session.of_json(game.session.as_json())
    kept = game.kept.get(activity)
    state = TERMINATED if kept else NOT_INITIALIZED
    return Session(game.course.version, Store.of(kept.values if kept else {}), state)
