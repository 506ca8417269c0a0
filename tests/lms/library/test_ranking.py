"""The best texts stand on the first page, oftener than without morphology."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.library.index import Index
from tests.lms.library.baselines import BASELINES, searcher
from tests.lms.library.judged import collection, measured

pytestmark = pytest.mark.pure


def test_the_first_page_is_better_than_that_of_any_baseline_in_each_language(tmp_path: Path) -> None:
    judged = collection()
    assert len(judged.records) == 500 and len(judged.questions) >= 60
    index = Index(tmp_path)
    index.rebuild(judged.records)
    ours = measured(judged.questions, lambda typed: index.search(typed).ids)
    assert all(ndcg > 0.9 and recall > 0.9 for ndcg, recall in ours.values()), ours
    for name, cut in BASELINES.items():
        theirs = measured(judged.questions, searcher(judged.records, cut))
        for language, figures in ours.items():
            assert figures[0] > theirs[language][0] and figures[1] > theirs[language][1], (name, theirs, ours)
