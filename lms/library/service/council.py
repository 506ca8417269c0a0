"""The expert council's procedure: who may do what when, and what follows.

submitted → external (50 days, four experts who do not know of each other) → rework (40 days) → external again
→ trial in schools and public discussion (60 days) → mending (15 days) → commission → published with a mark for
five years. Each step is on record; experts are named in the minutes only when the case is closed.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import exists, select

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.core.errors import Refused
from lms.library.models import CouncilCase, CouncilSeat, CouncilVoice, Resource
from lms.library.service.notices import tell
from lms.library.service.resources import changed, note_event, title_of
from lms.people.models import Person, RoleHolding

DAYS = {"external": 50, "rework": 40, "trial": 60, "mending": 15, "commission": 30}
EXTERNAL = ("scientist", "teacher_one", "teacher_two", "methodologist")
LEAST_COMMISSION = 3
MARK_YEARS = 5
CRITERIA = ("accuracy", "curriculum", "language", "method", "form", "access", "rights")


def submit(resource: Resource, by: UUID) -> CouncilCase:
    if resource.state not in ("draft", "school") or resource.current_id is None:
        raise Refused(_("Only a resource with a file, not yet before the council, can be sent there."))
    if not (resource.authors and resource.subject and resource.grades):
        raise Refused(_("Say first who the authors are, and for which subject and grades it is."))
    case = CouncilCase(id=ids.new_id(), resource_id=resource.id, version_id=resource.current_id, log=[])
    case.resource = resource
    db.session.add(case)
    resource.state = "review"
    _move(case, "submitted", by)
    note_event(resource, by, "submitted")
    changed(resource)
    return case


def appoint(case: CouncilCase, person: Person, part: str, by: UUID) -> CouncilSeat:
    """A conflict of interest that can be seen from here is refused here; others the expert declares."""
    wanted_stage = ("commission",) if part == "commission" else ("submitted", "external")
    if case.stage not in wanted_stage:
        raise Refused(_("At this stage nobody is appointed to this seat."))
    if person.id == case.resource.owner_id:
        raise Refused(_("The author cannot judge the own resource."))
    if part != "commission" and _same_school(person.id, case.resource):
        raise Refused(_("This person works at the author's school: that is a conflict of interest."))
    if any(one.person_id == person.id for one in case.seats):
        raise Refused(_("This person has a seat in this case already."))
    if part != "commission" and any(one.part == part and not one.conflict for one in case.seats):
        raise Refused(_("This seat is taken."))
    seat = CouncilSeat(case_id=case.id, person_id=person.id, part=part, round=case.round)
    case.seats.append(seat)
    db.session.flush()
    if case.stage != "submitted":
        tell([person.id], "seat", case.resource, case.id)
    audit.record("council.appointed", case, path=case.resource.path, name=title_of(case.resource), part=part)
    return seat


def start_external(case: CouncilCase, by: UUID) -> None:
    taken = {one.part for one in case.seats if not one.conflict}
    if case.stage != "submitted" or not taken.issuperset(EXTERNAL):
        raise Refused(_("The external group needs a scientist, two practising teachers and a methodologist."))
    case.led_by = by
    _move(case, "external", by)
    tell([one.person_id for one in _experts(case)], "seat", case.resource, case.id)


def step_back(seat: CouncilSeat, reason: str) -> None:
    """A conflict of interest: the seat is free again, the reason stays."""
    if seat.given_at or not seat.case.is_open:
        raise Refused(_("The review has been given already."))
    seat.conflict = reason.strip()[:500] or _("Conflict of interest")
    audit.record(
        "council.stepped_back", seat.case, path=seat.case.resource.path, name=title_of(seat.case.resource)
    )
    if seat.case.led_by:
        tell([seat.case.led_by], "seat_free", seat.case.resource, seat.case.id)


def give_review(seat: CouncilSeat, scores: dict[str, int], words: str, verdict: str) -> None:
    case = seat.case
    stage = "commission" if seat.part == "commission" else "external"
    if case.stage != stage or seat.conflict or seat.round != case.round:
        raise Refused(_("No review is waited for from you now."))
    if verdict not in ("accept", "rework", "refuse") or (stage == "commission" and verdict == "rework"):
        raise Refused(_("Choose what you propose."))
    if stage == "external" and (
        set(scores) != set(CRITERIA) or not all(1 <= one <= 5 for one in scores.values())
    ):
        raise Refused(_("Give one to five points for each criterion."))
    if verdict != "accept" and not words.strip():
        raise Refused(_("Say what has to be better."))
    seat.scores, seat.words, seat.verdict, seat.given_at = scores, words.strip()[:6000], verdict, clock.now()
    db.session.flush()
    if (
        stage == "external"
        and all(one.given_at for one in _experts(case))
        and len(_experts(case)) >= len(EXTERNAL)
    ):
        _after_external(case)


def _experts(case: CouncilCase) -> list[CouncilSeat]:
    return [one for one in case.seats if one.part != "commission" and not one.conflict]


def _after_external(case: CouncilCase) -> None:
    """Three of four accept and none refuses: trial. Two refuse: refused. Else it goes back to its author once more."""
    verdicts = [one.verdict for one in _experts(case)]
    if verdicts.count("refuse") >= 2:
        _close(case, "refused", _("The external group refused it."), None)
    elif verdicts.count("accept") >= 3 and "refuse" not in verdicts:
        _move(case, "trial", None)
        tell([case.resource.owner_id], "trial", case.resource, case.id)
    else:
        _move(case, "rework", None)
        tell([case.resource.owner_id], "rework", case.resource, case.id)
    changed(case.resource)


def hand_in(case: CouncilCase, by: UUID) -> None:
    """The author has mended: after rework the same experts look again, after the trial the commission does."""
    assert case.resource.current_id
    case.version_id = case.resource.current_id
    if case.stage == "rework":
        case.round += 1
        for seat in _experts(case):
            seat.round, seat.given_at, seat.verdict, seat.scores = case.round, None, "", {}
        _move(case, "external", by)
        tell([one.person_id for one in _experts(case)], "seat", case.resource, case.id)
    elif case.stage == "mending":
        _to_commission(case, by)
    else:
        raise Refused(_("Nothing is to be handed in now."))


def end_trial(case: CouncilCase, by: UUID | None) -> None:
    if case.stage != "trial":
        raise Refused(_("No trial is going on."))
    _move(case, "mending", by)
    tell([case.resource.owner_id], "rework", case.resource, case.id)


def _to_commission(case: CouncilCase, by: UUID | None) -> None:
    _move(case, "commission", by)
    if case.led_by:
        tell([case.led_by], "commission", case.resource, case.id)


def speak(case: CouncilCase, by: UUID, words: str, tried: bool, school: str) -> None:
    if case.stage != "trial":
        raise Refused(_("The discussion is closed."))
    if not words.strip():
        raise Refused(_("Write what you want to say."))
    voice = CouncilVoice(
        case_id=case.id, person_id=by, tried=tried, school=school[:200], words=words.strip()[:4000]
    )
    db.session.add(voice)


def decide(case: CouncilCase, by: UUID) -> None:
    """The commission has voted: more than half of all its members carry it."""
    votes = [one.verdict for one in case.seats if one.part == "commission" and not one.conflict]
    if case.stage != "commission" or len(votes) < LEAST_COMMISSION or "" in votes:
        raise Refused(_("The commission needs at least three members, and all of them have to vote."))
    if votes.count("accept") * 2 > len(votes):
        _approve(case, by)
    else:
        _close(case, "refused", _("The commission refused it."), by)


def _approve(case: CouncilCase, by: UUID) -> None:
    resource, today = case.resource, clock.today()
    resource.mark, resource.mark_on, resource.mark_until = ids.readable_code(10), today, mark_end(today)
    resource.state, resource.published_at = "published", clock.now()
    resource.current_id = case.version_id
    _close(case, "approved", "", by)
    note_event(resource, by, "published")
    tell([resource.owner_id], "approved", resource, case.id)
    changed(resource)


def mark_end(first: date) -> date:
    """Five years on; a mark of a leap day ends on the day before."""
    try:
        return first.replace(year=first.year + MARK_YEARS)
    except ValueError:
        return first.replace(year=first.year + MARK_YEARS, day=28)


def refuse(case: CouncilCase, by: UUID, reason: str) -> None:
    """An author who lets the time for rework pass, or a case that was opened by mistake."""
    if not case.is_open or not reason.strip():
        raise Refused(_("Say why it is refused."))
    _close(case, "refused", reason.strip()[:2000], by)


def take_back(case: CouncilCase, by: UUID) -> None:
    if not case.is_open:
        raise Refused(_("The case is closed."))
    _close(case, "taken_back", "", by)
    note_event(case.resource, by, "taken_back")


def _close(case: CouncilCase, stage: str, decision: str, by: UUID | None) -> None:
    case.decision, case.decided_at = decision, clock.now()
    _move(case, stage, by)
    if stage == "approved":
        return
    case.resource.state = "school" if case.resource.published_at else "draft"
    if stage == "refused":
        tell([case.resource.owner_id], "refused", case.resource, case.id)
    changed(case.resource)


def _move(case: CouncilCase, stage: str, by: UUID | None) -> None:
    case.stage, case.reminded_on = stage, None
    case.due_on = clock.today() + timedelta(days=DAYS[stage]) if stage in DAYS else None
    case.log = [*case.log, [clock.now().isoformat(), stage, str(by) if by else ""]]
    db.session.flush()
    audit.record("council.moved", case, path=case.resource.path, name=title_of(case.resource), stage=stage)


def _same_school(person: UUID, resource: Resource) -> bool:
    """Of the school the resource belongs to; whoever looks after a district or an oblast is no colleague."""
    if resource.place.level != "school":
        return False
    held = exists().where(RoleHolding.person_id == person, RoleHolding.place_id == resource.place_id)
    return bool(db.session.scalar(select(held)))
