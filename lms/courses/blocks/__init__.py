"""Kinds of blocks, one file each. A new kind is a file here, a template of its name, and a line below."""

from __future__ import annotations

from lms.courses.blocks.audio import AudioKind
from lms.courses.blocks.base import GROUPS, Content, Kind, Piece
from lms.courses.blocks.before_after import BeforeAfterKind
from lms.courses.blocks.cards import CardsKind
from lms.courses.blocks.check import CheckKind
from lms.courses.blocks.code import CodeKind
from lms.courses.blocks.discussion import DiscussionKind
from lms.courses.blocks.element import ElementKind
from lms.courses.blocks.file import FileKind
from lms.courses.blocks.formula import FormulaKind
from lms.courses.blocks.heading import HeadingKind
from lms.courses.blocks.homework import HomeworkKind
from lms.courses.blocks.model import ModelKind
from lms.courses.blocks.picture import PictureKind
from lms.courses.blocks.question import QuestionKind
from lms.courses.blocks.quotation import QuotationKind
from lms.courses.blocks.reveal import RevealKind
from lms.courses.blocks.solid import SolidKind
from lms.courses.blocks.spots import SpotsKind
from lms.courses.blocks.steps import StepsKind
from lms.courses.blocks.table import TableKind
from lms.courses.blocks.tabs import TabsKind
from lms.courses.blocks.term import TermKind
from lms.courses.blocks.text import TextKind
from lms.courses.blocks.timeline import TimelineKind
from lms.courses.blocks.video import VideoKind

__all__ = ["GROUPS", "KINDS", "Content", "Kind", "Piece", "kind_of"]

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        TextKind(), HeadingKind(), TableKind(), QuotationKind(), TermKind(),
        PictureKind(), SpotsKind(), BeforeAfterKind(), AudioKind(), VideoKind(), FileKind(),
        FormulaKind(), ElementKind(), CodeKind(), ModelKind(), SolidKind(),
        RevealKind(), TabsKind(), StepsKind(), TimelineKind(),
        QuestionKind(), CheckKind(), CardsKind(), DiscussionKind(), HomeworkKind(),
    )
}  # fmt: skip


def kind_of(code: str) -> Kind:
    return KINDS[code]
