"""Other names that people give to columns, in both languages; kept as data beside the code."""

from __future__ import annotations

from importlib.resources import files

from lms.core.imports.columns import title_key


def _rows() -> dict[str, tuple[str, ...]]:
    lines = files("lms.people").joinpath("data/columns.tsv").read_text("utf-8").splitlines()
    return {line.split("\t")[0]: tuple(line.split("\t")[1:]) for line in lines if line}


ALSO = _rows()
ROLE_TITLES = frozenset(title_key(one) for one in ALSO["role"])
