"""The blueprint all view files of this room share, and what its templates may call."""

from __future__ import annotations

from typing import Any

from flask.blueprints import BlueprintSetupState

from lms.core.rooms import room
from lms.quizzes import aids, labels
from lms.quizzes.questions import KINDS
from lms.quizzes.questions.scoring import MODES
from lms.quizzes.rich import rich

blueprint = room("quizzes", "lms.quizzes")


def media_address(file: str) -> str:
    """Where a picture or sound of a question is found."""
    return f"/quizzes/media/{file}"


@blueprint.record
def _teach_templates(state: BlueprintSetupState) -> None:
    """Imported macros see globals only, so these are for all templates: other rooms draw questions too."""
    known: dict[str, Any] = state.app.jinja_env.globals
    known.update(
        media_address=media_address, scoring_words=MODES, quiz_labels=labels, quiz_kinds=KINDS, quiz_aids=aids,
        quiz_kind_names={name: kind.title for name, kind in KINDS.items()},
    )  # fmt: skip
    state.app.jinja_env.filters["rich"] = rich
