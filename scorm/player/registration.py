"""One learner's registration for one organization of a package: what the web player and the headless one drive.

It holds the course (moves), what each SCO left behind, and the session of the SCO that is on the screen. Everything goes
to JSON and back; time is an argument. In review and browse mode it goes back to the JSON it came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from scorm.datamodel.walk import Store
from scorm.package.model import Item, Manifest, Organization
from scorm.player.carried import Carried
from scorm.player.course import ABANDON, Course, Request, Step
from scorm.player.course12 import Course12
from scorm.player.course2004 import Course2004
from scorm.player.screen import ClosedSession, Kept, Moved, Screen, request_valid
from scorm.runtime import closing
from scorm.runtime.closing import Closed
from scorm.runtime.launch import NORMAL, Comment, Launch, Learner, SharedStore, begin
from scorm.runtime.outcome import Outcome, outcome
from scorm.runtime.session import BY_NAME, RUNNING, TERMINATED, Session


class Registration:
    def __init__(
        self,
        manifest: Manifest,
        organization: Organization,
        learner: Learner,
        course: Course,
        mode: str = NORMAL,
    ) -> None:
        self.manifest = manifest
        self.organization = organization
        self.items: dict[str, Item] = {item.identifier: item for item in organization.root.walk()}
        self.learner = learner
        self.course = course
        self.mode = mode
        self.kept: dict[str, Kept] = {}
        self.stores: dict[str, str] = {}
        self.session: Session | None = None
        self.screen = Screen()
        self.seconds = 0.0  # spent in all SCOs together
        self.last: Outcome | None = None  # of the session that ended last
        self.opened_from: dict[str, Any] | None = None
        self.suspend_limit: int | None = None
        self.comments: Mapping[str, Sequence[Comment]] = {}  # by activity, from whoever teaches
        self.measured: float | None = None  # what the system counts for a SCO that reports no time itself

    # -- beginning, and to JSON and back ------------------------------------------------------------------

    @classmethod
    def begin(
        cls, manifest: Manifest, organization: Organization, learner: Learner, carried: Carried, seed: int = 0
    ) -> Registration:
        course: Course
        if manifest.edition == "1.2":
            course = Course12(organization)
        else:
            course = Course2004.begin(organization, carried, seed)
        made = cls(manifest, organization, learner, course)
        if organization.shared_data_global_to_system:
            made.stores = dict(carried.stores)
        return made

    @classmethod
    def of_json(
        cls, manifest: Manifest, learner: Learner, data: Mapping[str, Any], mode: str = NORMAL
    ) -> Registration:
        organization = manifest.organization(data["organization"])
        course: Course
        if manifest.edition == "1.2":
            course = Course12(organization, data["course"])
        else:
            course = Course2004.of_json(organization, data["course"])
        made = cls(manifest, organization, learner, course, mode)
        made.kept = {activity: Kept(**kept) for activity, kept in data["kept"].items()}
        made.stores = dict(data["stores"])
        made.session = Session.of_json(data["session"]) if data["session"] else None
        made.screen = Screen(**data["screen"])
        made.seconds = data["seconds"]
        made.suspend_limit = data["suspend_limit"]
        made.opened_from = dict(data) if mode != NORMAL else None
        return made

    def as_json(self) -> dict[str, Any]:
        return self.opened_from or {
            "organization": self.organization.identifier,
            "course": self.course.as_json(),
            "kept": {activity: asdict(kept) for activity, kept in self.kept.items()},
            "stores": dict(self.stores),
            "session": self.session.as_json() if self.session else None,
            "screen": asdict(self.screen),
            "seconds": self.seconds,
            "suspend_limit": self.suspend_limit,
        }

    # -- moving -------------------------------------------------------------------------------------------

    def move(self, request: Request, now: str) -> Moved:
        """A control of the learner or the system. A SCO that is running ends first: what it asked for itself is
        overruled (SN 4th Ed. 5.6.4)."""
        if not (self.screen.activity or self.course.current) and request.name in (
            "start",
            "resume",
            "choice",
        ):
            self._new_session()
        if self.session and self.session.state == RUNNING:
            closed = self._close(request)
            return self._show(self.course.finish(closed, request, now), now)
        return self._show(self.course.move(request, now), now)

    def leave(self, now: str) -> Moved:
        """The window was closed (or the heartbeat stopped): data stay, what is suspended waits for `resume`."""
        running = self.session is not None and self.session.state == RUNNING
        closed = self._close(None) if running else None
        return self._show(self.course.leave(closed, now), now)

    def state(self) -> Moved:
        return self._moved(None)

    def _new_session(self) -> None:
        """Shared data of this course alone begin anew with each attempt on it (RTE 4th Ed. 4.3.2)."""
        if not (self.organization.shared_data_global_to_system or self.course.suspended):
            self.stores = {}

    def _show(self, step: Step, now: str) -> Moved:
        if step.deliver:
            self._launch(step, now)
        elif step.ended or step.exception is None:
            # A late call of the SCO that was there is one after Terminate.
            self.session = Session(self.course.version, Store(), TERMINATED) if self.session else None
            self.screen = Screen(ended=step.ended)
        return self._moved(step.exception)

    def _moved(self, exception: str | None) -> Moved:
        screen = self.screen
        item = self.items.get(screen.activity or "")
        launch = item.launch if item else None
        return Moved(screen.activity, launch, screen.attempt, screen.entry, exception, screen.ended)

    # -- launching and closing ----------------------------------------------------------------------------

    def _launch(self, step: Step, now: str) -> None:
        activity = step.deliver or ""
        # Who only looks neither begins nor resumes anything (RTE 4th Ed. 4.2.7).
        entry = self.course.entry(activity, step.resumed) if self.mode == NORMAL else ""
        self.screen = Screen(activity, step.attempt, entry)
        # An asset gets one too: some that are declared so speak to the system all the same.
        self.session = begin(self._launching(activity, step, now))

    def _launching(self, activity: str, step: Step, now: str) -> Launch:
        """SCORM 2004 begins a new attempt with nothing; 1.2 knows no attempts and keeps what there is."""
        if not step.resumed and self.course.version != "1.2" and self.mode == NORMAL:
            self.kept.pop(activity, None)
        kept = self.kept.get(activity, Kept())
        return Launch(
            version=self.course.version,
            learner=self.learner,
            terms=self.course.terms(activity),
            mode=self.mode,
            entry=self.screen.entry,
            total_time=kept.total_time,
            kept=kept.values,
            objectives=self.course.objectives(),
            shared=[
                SharedStore(one.target, self.stores.get(one.target), one.read, one.write)
                for one in self.items[activity].data_maps
            ],
            valid=self.answers(now),
            comments=self.comments.get(activity, ()),
            suspend_limit=self.suspend_limit,
        )

    def answers(self, now: str) -> dict[str, str]:
        return {} if self.course.version == "1.2" else request_valid(self.course.valid(now))

    def _close(self, request: Request | None) -> Closed:
        """Ends the session of the SCO on the screen and keeps what it left, unless it is abandoned."""
        assert self.session is not None and self.screen.activity is not None
        values = self.session.store.values
        own = request.name if request else values.get("adl.nav.request", "")
        if request is None and values.get("cmi.exit") in ("time-out", "logout"):
            own = "exitAll"  # whatever the SCO asked for besides (RTE 4th Ed. 4.2.8)
        closed = closing.close(self.session, closing.SUSPEND if own == "suspendAll" else None, self.measured)
        self.last, self.measured = outcome(closed), None
        if not closed.lasting:
            return replace(closed, initialized=False, values={}, written={}, kept={})
        if own not in ABANDON and closed.initialized:
            self.seconds += closed.seconds
            self.kept[self.screen.activity] = Kept(dict(closed.kept), closed.total_time)
            self._share()
        return closed

    def _share(self) -> None:
        """What the SCO wrote into adl.data is there for the others from now on."""
        session = self.session
        if session is None:
            return
        for element, value in session.written.items():
            if element.startswith("adl.data."):
                target = session.store.values[element.removesuffix(".store") + ".id"]
                self.stores[target] = value

    # -- a browser reports ----------------------------------------------------------------------------------

    def receive(
        self, values: Mapping[str, str], now: str, finished: bool = False
    ) -> tuple[dict[str, str], Moved | None]:
        """A delta from the browser's half, checked again: element → error of what is refused, and what was moved
        when the SCO has called Terminate."""
        session = self.session
        if session is None or session.state == TERMINATED:
            raise ClosedSession(self.screen.activity or "")
        session.state = RUNNING
        refused = session.apply(values)
        if not finished:
            self.commit(now)
            return refused, None
        session.terminate()
        return refused, self._terminated(now)

    # -- the SCO speaks -----------------------------------------------------------------------------------

    def call(self, now: str, name: str, *arguments: str) -> tuple[str, str, Moved | None]:
        """A call of the API: its answer, the error after it, and what a Terminate moved."""
        if self.session is None:
            return self._nobody(name, *arguments)
        before = self.session.state
        result = self.session.call(name, *arguments)
        error, moved = self.session.error, None
        plain = BY_NAME[name]
        if plain == "Commit" and result == "true":
            self.commit(now)
        if plain == "Terminate" and before == RUNNING and self.session.state == TERMINATED:
            moved = self._terminated(now)
        return result, error, moved

    def _nobody(self, name: str, *arguments: str) -> tuple[str, str, None]:
        """Before anything was launched every call is one before Initialize, and nothing can be initialized."""
        if BY_NAME[name] == "Initialize":
            return "false", "101" if self.course.version == "1.2" else "102", None
        idle = Session(self.course.version, Store())
        return idle.call(name, *arguments), idle.error, None

    def commit(self, now: str) -> None:
        """What the SCO has set so far counts now; valid requests are found anew."""
        if self.session is None or self.mode != NORMAL:
            return
        self._share()
        as_is = Session.of_json(self.session.as_json())
        self.course.commit(closing.close(as_is), now)
        self.session.store.live = self.answers(now)

    def _terminated(self, now: str) -> Moved | None:
        """The SCO called Terminate: its data count, and its own request is carried out."""
        step = self.course.finish(self._close(None), None, now)
        return self._show(step, now) if step.moved else None

    # -- looking ------------------------------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        """Completion, success, score and time of the whole package."""
        return self.course.outcome() | {"seconds": self.seconds}

    def give(self, carried: Carried) -> None:
        """Leave with the learner what reaches beyond this package."""
        if self.mode != NORMAL:
            return
        if isinstance(self.course, Course2004):
            self.course.give(carried)
        if self.organization.shared_data_global_to_system:
            carried.stores |= self.stores

    def take(self, carried: Carried) -> None:
        """Other packages may have changed it since."""
        if isinstance(self.course, Course2004):
            self.course.adopt(carried)
        if self.organization.shared_data_global_to_system:
            self.stores |= carried.stores
