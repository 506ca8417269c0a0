"""What devices on the school's network ask for: pages made by the centre, events, and a door for what is said.

A seat is the token in a page's address: whoever has tapped a name speaks as that pupil, as on a shared computer of a class.
The screen of the class stands under a code that only the teacher is told.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from html import escape
from typing import Any

from flask import Flask, Response, abort, redirect, request, send_from_directory

from lms.lessons.classroom.hall import Hall
from lms.lessons.classroom.kept import Kept, Seated
from lms.lessons.classroom.link import Link, file_of

POLICY = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
LANGUAGES = ("kk", "ru")
MOST_BYTES, MOST_WORDS, MOST_TEXT = 64 * 1024, 100, 300
OF_PUPILS = frozenset({"answer", "hand", "lower", "note", "pair"})
AT_THE_SCREEN = OF_PUPILS | {"help", "opened"}
ALONE = frozenset({"lead", "opened"})  # the teacher in the class leads while the line out is gone
KEPT_FOR_EVER = 31_536_000
LATEST = 24 * 3600.0


def create_pages(kept: Kept, link: Link, address: str) -> Flask:
    app = Flask("classroom", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.after_request(_guarded)
    pages = Pages(kept, link, address)
    for rule, view, method in (
        ("/", pages.index, "GET"),
        ("/screen/<code>", pages.screens, "GET"),
        ("/lesson/<key>", pages.names, "GET"),
        ("/lesson/<key>", pages.sit, "POST"),
        ("/lesson/<key>/room/<token>", pages.room, "GET"),
        ("/lesson/<key>/screen/<code>", pages.screen, "GET"),
        ("/lesson/<key>/slides/<int:number>.webp", pages.slide, "GET"),
        ("/static/<path:name>", pages.asset, "GET"),
        ("/lesson/<key>/state", pages.state, "GET"),
        ("/lesson/<key>/live", pages.live, "GET"),
        ("/say", pages.say, "POST"),
    ):
        app.add_url_rule(rule, view.__name__, view, methods=[method])
    return app


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"  # addresses hold seats
    return response


class Pages:
    def __init__(self, kept: Kept, link: Link, address: str) -> None:
        self.kept, self.link, self.address = kept, link, address

    def index(self) -> Response:
        return _page(self.kept.get("index"), "index", "kk")

    def screens(self, code: str) -> Response:
        """The lessons again; each leads to the screen of the class."""
        if code != self.kept.code:
            abort(404)
        answer = self.index()
        for key in self.kept.get("lessons") or []:
            led = f'"/lesson/{key}/screen/{code}"'
            answer.data = answer.data.replace(f'"/lesson/{key}"'.encode(), led.encode())
        return answer

    def names(self, key: str) -> Response:
        told = _lesson(self.kept, key)
        return _page(told["pages"], "names", told["language"])

    def sit(self, key: str) -> Any:
        pupil = request.form.get("p", "")
        if pupil not in _lesson(self.kept, key)["pupils"]:
            abort(404)
        return redirect(f"/lesson/{key}/room/{self.kept.sit(key, pupil)}", 303)

    def room(self, key: str, token: str) -> Response:
        seat, told = _seat(self.kept, token, key), _lesson(self.kept, key)
        name = told["pupils"].get(seat.pupil)
        if name is None:
            abort(404)
        values = _filled(_hall(self.link, key), token, seat, name)
        return _page(told["pages"], "room", told["language"], values)

    def screen(self, key: str, code: str) -> Response:
        told = _lesson(self.kept, key)
        if code != self.kept.code:
            abort(404)
        token = self.kept.settled(f"screen {key}", lambda: self.kept.sit(key, ""))
        values = _filled(_hall(self.link, key), token, Seated(key, ""), "")
        return _page(told["pages"], "screen", told["language"], {**values, "@address@": escape(self.address)})

    def slide(self, key: str, number: int) -> Response:
        digest = dict(_lesson(self.kept, key)["slides"]).get(number)
        if digest is None:
            abort(404)
        return send_from_directory(self.kept.files, digest, mimetype="image/webp", max_age=KEPT_FOR_EVER)

    def asset(self, name: str) -> Response:
        kind = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}.get(
            name.rpartition(".")[2]
        )
        file = file_of(f"static/{name}")
        return send_from_directory(self.kept.files, file, mimetype=kind, max_age=KEPT_FOR_EVER)

    def state(self, key: str) -> dict[str, Any]:
        token = request.args.get("seat", "")
        _seat(self.kept, token, key)
        hall = _hall(self.link, key)
        return {"now": hall.now, "live": f"/lesson/{key}/live?seat={token}&after={hall.newest}"}

    def live(self, key: str) -> Response:
        _seat(self.kept, request.args.get("seat", ""), key)
        after = request.headers.get("Last-Event-ID") or request.args.get("after", "")
        lines = _lines(_hall(self.link, key), int(after) if after.isascii() and after.isdigit() else 0)
        return Response(lines, mimetype="text/event-stream", headers={"Cache-Control": "no-store"})

    def say(self) -> Any:
        """As the centre's own door: {"t": seat, "v": device, "say": […]} → {"done": […], "not": {}}."""
        sent = request.get_json(silent=True)
        if not isinstance(sent, dict) or not isinstance(sent.get("say"), list):
            return {"error": "unclear"}, 400
        seat = self.kept.seat(str(sent.get("t", "")))
        if seat is None or seat.lesson not in self.link.halls:
            return {"error": "ticket"}, 403
        words = sent["say"][:MOST_WORDS]
        if not all(_is_a_word(one) for one in words):
            return {"error": "unclear"}, 400
        hall, start = self.link.halls[seat.lesson], f"{seat.pupil}.{str(sent.get('v', ''))[:40]}"
        heard = {one["n"]: _heard(self.kept, hall, seat, f"{start}.{one['n']}", one) for one in words}
        refused = {str(number): "not-allowed" for number, good in heard.items() if not good}
        return {"done": [number for number, good in heard.items() if good], "not": refused}


def _is_a_word(one: Any) -> bool:
    return isinstance(one, dict) and type(one.get("n")) is int and isinstance(one.get("d"), dict)


def _lesson(kept: Kept, key: str) -> Any:
    return (kept.get(f"lesson {key}") if key in (kept.get("lessons") or []) else None) or abort(404)


def _hall(link: Link, key: str) -> Hall:
    return link.halls.get(key) or abort(404)


def _seat(kept: Kept, token: str, key: str) -> Seated:
    found = kept.seat(token)
    if found is None or found.lesson != key:
        abort(404)
    return found


def _page(pages: Any, name: str, usual: str, values: dict[str, str] | None = None) -> Response:
    """In the language chosen last on this device, else in that of the lesson."""
    if not pages:
        abort(503)
    chosen = request.args.get("lang") or request.cookies.get("language") or usual
    language = chosen if chosen in LANGUAGES else usual
    html = pages[language][name]
    for mark, value in (values or {}).items():
        html = html.replace(mark, value)
    answer = Response(html, mimetype="text/html", headers={"Cache-Control": "no-store"})
    if request.args.get("lang") in LANGUAGES:
        answer.set_cookie("language", language, max_age=KEPT_FOR_EVER, samesite="Lax", httponly=True)
    return answer


def _filled(hall: Hall, token: str, seat: Seated, name: str) -> dict[str, str]:
    return {
        "@ticket@": token, "@role@": "pupil" if seat.pupil else "staff", "@name@": escape(name),
        "@who@": seat.pupil.replace("-", "") or "screen", "@after@": str(hall.newest),
        '"@now@"': _in_script(hall.now),
    }  # fmt: skip


def _in_script(value: Any) -> str:
    """JSON inside a page: nothing in it may end the script it stands in."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _lines(hall: Hall, after: int) -> Iterator[bytes]:
    yield b"retry: 2000\n\n"
    for told in hall.listen(after):
        if told is None:
            yield b": ping\n\n"
            continue
        number, kind, data = told
        body = json.dumps({"data": data}, ensure_ascii=False)
        yield f"id: {number}\nevent: {kind}\ndata: {body}\n\n".encode()


def _heard(kept: Kept, hall: Hall, seat: Seated, source: str, one: dict[str, Any]) -> bool:
    """False when it may not be said from here. What is true is on the disk."""
    kind, data, pupil = str(one.get("k", "")), one["d"], seat.pupil
    if kind == "beat":
        hall.seen(*([pupil] if pupil else map(str, data.get("p", [])[:60])))
        return True
    if kind == "ready":
        return True  # the computer itself says once that all slides are in the school
    if kind in ALONE and not pupil:
        return _led(kept, hall, source, kind, data)
    if kind not in (OF_PUPILS if pupil else AT_THE_SCREEN):
        return False
    if pupil:
        data = {**data, "p": pupil}
    about = str(data.get("p", ""))
    if about:
        hall.seen(about)
    kept.add(hall.key, source, kind, data, time.time() - _ago(one.get("s")))
    if kind == "answer" and about:
        hall.answered(str(data.get("q")), about)
        kept.put(f"now {hall.key}", hall.now)
    return True


def _ago(seconds: Any) -> float:
    good = isinstance(seconds, (int, float)) and not isinstance(seconds, bool) and 0 <= seconds <= LATEST
    return float(seconds) if good else 0.0


def _led(kept: Kept, hall: Hall, source: str, kind: str, data: dict[str, Any]) -> bool:
    """The teacher in the class turns pages and asks, for as long as nobody else can."""
    told = kept.get(f"lesson {hall.key}")
    if hall.there:
        return False
    if kind == "lead":
        number = data.get("s")
        if type(number) is not int or not 1 <= number <= len(told["slides"]):
            return False
        hall.hear("page", {"s": number})
    else:
        question = told["questions"].get(str(data.get("q")))
        if question is None:
            return False
        if kept.add(hall.key, source, "opened", {"q": question["q"]}):
            hall.hear("ask", question)
    kept.put(f"now {hall.key}", hall.now)
    return True
