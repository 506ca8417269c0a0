"""The cart: what somebody wants to carry away, and asking for it as one file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import delete, select

from lms.core import audit, ids
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.jobs import enqueue
from lms.core.storage import Blob
from lms.library.models import Carrier, CartItem
from lms.places.models import Place

MOST_IN_CART = 2_000


def put_in(person: UUID, resources: Iterable[UUID]) -> int:
    """How many were not there yet."""
    known = set(db.session.scalars(select(CartItem.resource_id).where(CartItem.person_id == person)))
    fresh = [one for one in dict.fromkeys(resources) if one not in known]
    if len(known) + len(fresh) > MOST_IN_CART:
        raise Refused(_("At most %(most)s resources fit one file.", most=MOST_IN_CART))
    db.session.add_all(CartItem(person_id=person, resource_id=one) for one in fresh)
    return len(fresh)


def take_out(person: UUID, resources: Sequence[UUID]) -> None:
    gone = (CartItem.person_id == person) & CartItem.resource_id.in_(resources)
    db.session.execute(delete(CartItem).where(gone).execution_options(synchronize_session=False))


def empty(person: UUID) -> None:
    statement = delete(CartItem).where(CartItem.person_id == person)
    db.session.execute(statement.execution_options(synchronize_session=False))


def make_carrier(
    person: UUID, place: Place, title: str, keys: Sequence[UUID], budget: int, form: str = "signed"
) -> Carrier:
    if not keys:
        raise Refused(_("There is nothing to take along yet."))
    if len(keys) > MOST_IN_CART:
        raise Refused(_("At most %(most)s resources fit one file.", most=MOST_IN_CART))
    carrier = Carrier(
        id=ids.new_id(), person_id=person, place_id=place.id, title=title[:120], keys=[str(one) for one in keys],
        budget=budget, form=form,
    )  # fmt: skip
    db.session.add(carrier)
    db.session.flush()
    enqueue("library.make-carrier", {"carrier": carrier.id.hex}, key=job_key(carrier), path=place.path)
    audit.record("carrier.asked", carrier, path=place.path, name=title)
    return carrier


def look_into(person: UUID, place: Place, name: str, blob: Blob) -> Carrier:
    """A file that arrived: what is in it is said before anything is brought in."""
    carrier = Carrier(
        id=ids.new_id(), person_id=person, place_id=place.id, title=name[-120:], state="arrived",
        digest=blob.digest, size=blob.size,
    )  # fmt: skip
    db.session.add(carrier)
    db.session.flush()
    enqueue("library.look-into", {"carrier": carrier.id.hex}, key=job_key(carrier), path=place.path)
    return carrier


def remove(carrier: Carrier) -> None:
    db.session.delete(carrier)


def job_key(carrier: Carrier) -> str:
    return f"library carrier {carrier.id.hex}"
