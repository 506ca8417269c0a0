"""Pages of the library. Importing the files fills the blueprint."""

from lms.library.views import (
    bringing,
    cards,
    carts,
    council,
    figures,
    files,
    finding,
    harvesting,
    many,
    oai,
    opinions,
    resources,
    searches,
    shelves,
    words,
)
from lms.library.views.base import blueprint

__all__ = [
    "blueprint", "bringing", "cards", "carts", "council", "figures", "files", "finding", "harvesting", "many", "oai", "opinions",
    "resources", "searches", "shelves", "words",
]  # fmt: skip
