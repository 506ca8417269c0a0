"""Who may see what. Published is for everybody who is signed in; the rest is for its place and for its owner."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select

from lms.core.db import db
from lms.core.findable import Given, findables
from lms.core.permissions import actor, may, reach
from lms.library.models import CouncilCase, CouncilSeat, Resource

EVERYBODY, STAFF, OVER, GIVEN = "all", "staff:", "over:", "given:"


def own_paths() -> list[str]:
    """The reader's places and those above them: what is kept at one of these is kept for the reader."""
    return _prefixes([grant.path for grant in actor().grants])


def _prefixes(paths: list[str]) -> list[str]:
    found = set()
    for path in paths:
        parts = path.strip("/").split("/")
        found |= {"/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)}
    return sorted(found)


def shown_to_reader() -> list[str]:
    """Values of the facet that says for whom a resource is."""
    tops = reach("course.see")
    return [EVERYBODY, *own_paths(), *(STAFF + one for one in _prefixes(tops)), *(OVER + one for one in tops)]


def facet_of(resource: Resource) -> str:
    """Empty: nobody finds it by searching."""
    if resource.state == "published":
        return EVERYBODY
    if resource.state == "mirror":
        return STAFF + resource.path
    return resource.path if resource.state in ("school", "review") and resource.published_at else ""


def facets_of_readers(resource: Resource, note: str = "") -> tuple[str, ...]:
    """For whom it is; a course or a package also for those who look after a place above its own, or were given it."""
    whom = facet_of(resource)
    if resource.state != "mirror":
        return (whom,)
    return (whom, *(OVER + one for one in _prefixes([resource.path])), given_facet(note))


def given_facet(note: str) -> str:
    """Of the version of a mirror, whose note ends with the stamp of its words."""
    return GIVEN + note.rpartition(":")[2]


def given_to_reader() -> dict[str, Given]:
    """By the value of the facet: courses and packages the reader learns with, one statement for each kind. Whoever works
    with courses finds theirs by their place: what is given in a school is of that school or of a place above it."""
    if reach("course.see"):
        return {}
    reader = actor().person_id
    return {GIVEN + one.stamp: one for kind in findables().values() for one in kind.given(reader)}


def works_with(path: str) -> bool:
    """As staff do: a course or package of this place opens for the reader in its own room."""
    return any(path.startswith(top) or top.startswith(path) for top in reach("course.see"))


def is_seen(resource: Resource) -> bool:
    """By the one who asks."""
    if resource.state == "mirror":
        return False  # its own room shows it
    if resource.state == "published" or resource.owner_id == actor().person_id:
        return True
    if may("resource.approve", resource.path) or may("resource.take_down", resource.path):
        return True
    if facet_of(resource) and resource.path in own_paths():
        return True
    if may("council.lead", resource.path) and _was_before_the_council(resource):
        return True
    return resource.state == "review" and _is_judged_by_reader(resource)


def _was_before_the_council(resource: Resource) -> bool:
    """Whoever leads a case sees what it is about, also after it was closed."""
    return bool(db.session.scalar(select(exists().where(CouncilCase.resource_id == resource.id))))


def _is_judged_by_reader(resource: Resource) -> bool:
    """Experts see what they judge; everybody who works in schools sees what is on trial."""
    seat = exists().where(
        CouncilSeat.case_id == CouncilCase.id,
        CouncilSeat.person_id == actor().person_id,
        CouncilSeat.conflict == "",
    )
    trial = CouncilCase.stage == "trial" if may("council.see") else seat
    case = exists().where(CouncilCase.resource_id == resource.id, or_(seat, trial))
    return bool(db.session.scalar(select(case)))


def is_blind(resource: Resource) -> bool:
    """Whoever judges a resource does not learn whose it is while they judge."""
    if resource.state != "review" or resource.owner_id == actor().person_id:
        return False
    return not may("council.lead", resource.path) and _is_judged_by_reader(resource)


def seen() -> ColumnElement[bool]:
    """The same as a condition, for lists."""
    shown = Resource.published_at.is_not(None) & Resource.state.in_(("school", "review"))
    return or_(
        Resource.state == "published",
        (Resource.owner_id == actor().person_id) & (Resource.state != "mirror"),
        shown & Resource.path.in_(own_paths()),
    )
