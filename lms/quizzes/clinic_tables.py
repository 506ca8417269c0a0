"""An analysis as lines and cells in the reader's language; the same for a terminal, a page and a sheet."""

from __future__ import annotations

import math

from flask_babel import gettext as _

from lms.quizzes.analysis.guard import FEWEST, RASCH, THREE
from lms.quizzes.analysis.report import Analysis, Modern
from lms.quizzes.analysis.verdicts import FEW, GOOD
from lms.quizzes.clinic_texts import MODELS, note_sentence, verdict_name, verdict_sentence


def test_lines(found: Analysis) -> list[str]:
    """The test as a whole, then what has to be known before one reads on."""
    lines = [
        _(
            "Pupils: %(pupils)s, items: %(items)s",
            pupils=found.responses.present,
            items=len(found.responses.items),
        )
    ]
    if found.modern is not None:
        lines.append(_("Model: %(model)s", model=str(MODELS[found.modern.model])))
    if found.responses.present >= FEWEST[RASCH]:
        lines.append(_("Mean score %(mean)s of %(items)s; reliability (alpha) %(alpha)s; error of measurement %(error)s",
                       mean=figure(found.classical.mean), items=len(found.responses.items),
                       alpha=figure(found.classical.alpha), error=figure(found.classical.error)))  # fmt: skip
    return lines + [note_sentence(code) for code in found.notes]


def item_table(found: Analysis) -> list[list[str]]:
    """Header first."""
    header = [_("Item"), _("Answered"), _("Right, %")]
    if found.responses.present >= FEWEST[RASCH]:
        header.append(_("Discrimination"))
    if found.modern is not None:
        header += [_("Difficulty"), "±"]
        header += [] if found.modern.model == RASCH else [_("Slope"), "±"]
        header += [_("Guessing")] if found.modern.model == THREE else []
        header += [_("Infit"), _("Outfit")]
    return [[*header, _("Verdict")], *(_row(found, place) for place in range(len(found.responses.items)))]


def _row(found: Analysis, place: int) -> list[str]:
    old = found.classical
    cells = [
        found.responses.items[place],
        str(int(old.given[place])),
        figure(100 * float(old.facility[place]), 0),
    ]
    if found.responses.present >= FEWEST[RASCH]:
        cells.append(figure(float(old.corrected[place])))
    if found.modern is not None:
        cells += _modern_cells(found.modern, place)
    return [*cells, "; ".join(verdict_name(one) for one in found.verdicts[place])]


def _modern_cells(modern: Modern, place: int) -> list[str]:
    a, b, _c = (float(one[place]) for one in modern.errors)
    cells = [figure(float(modern.b[place])), figure(b)]
    if modern.model != RASCH:
        cells += [figure(float(modern.a[place])), figure(a)]
    if modern.model == THREE:
        cells.append(figure(float(modern.c[place])))
    return [*cells, figure(float(modern.fit.infit[place])), figure(float(modern.fit.outfit[place]))]


def advice(found: Analysis) -> list[tuple[str, str]]:
    """(item, what to do) for everything that is not simply good; that pupils are few is said once for all."""
    return [
        (found.responses.items[place], verdict_sentence(one))
        for place, verdicts in enumerate(found.verdicts)
        for one in verdicts
        if one.code not in (GOOD, FEW)
    ]


def figure(value: float, places: int = 2) -> str:
    """A decimal comma, as both languages write it; a dash for what is not known."""
    return f"{value:.{places}f}".replace(".", ",").replace("-", "−") if math.isfinite(value) else "–"
