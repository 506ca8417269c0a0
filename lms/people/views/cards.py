"""A card instead of a password: scanned it opens this page with the token behind the #, or a code is typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core.errors import NotAllowed
from lms.core.permissions import needs, public
from lms.people import signing_in, tries
from lms.people.queries import persons as person_queries
from lms.people.queries import sign_in as queries
from lms.people.service import cards as verbs
from lms.people.views.base import blueprint


@blueprint.get("/sign-in/card")
@public
def card() -> str:
    return render_template("people/card.html", wrong="")


@blueprint.post("/sign-in/card")
@public
def card_sign_in() -> Any:
    found = queries.good_card(request.form.get("card", "")[:200])
    attempt = tries.begin("card", found.person if found else None, "card")
    if found is None or found.person.disabled or signing_in.roles_of(found.person_id) != {"student"}:
        wrong = _("This card is not valid. Check the code, or ask your teacher for a new card.")
        return render_template("people/card.html", wrong=wrong), 422
    tries.succeeded(attempt)
    signing_in.begin_session(found.person, "card")
    return redirect(url_for("home.home"))


@blueprint.post("/people/<uuid:person_id>/card/revoke")
@needs("sign_in.help")
def revoke_card(person_id: UUID) -> Any:
    person = person_queries.person_or_404(person_id, "sign_in.help")
    if not person_queries.is_child(person):
        raise NotAllowed
    verbs.revoke_card(person, person_queries.home_path(person))
    flash(_("The card no longer opens anything."), "success")
    return redirect(url_for("people.person", person_id=person.id), 303)
