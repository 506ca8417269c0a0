"""Markdown: # begins a lesson, ## is a heading, then paragraphs, lists, tables, code and $$ formulas $$."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from lms.courses.importing.builder import Builder

LONGEST = 4 * 1024 * 1024
_BULLET, _NUMBER = re.compile(r"\s*[-*+]\s+(.*)"), re.compile(r"\s*\d+[.)]\s+(.*)")
_RULER = re.compile(r"\s*\|?[\s:|-]+\|?\s*")


def read(path: str) -> dict[str, Any]:
    data = Path(path).read_bytes()
    if len(data) > LONGEST:
        return {"refused": "too-large"}
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\0", "")
    except UnicodeDecodeError:
        return {"refused": "not-a-text"}
    builder = Builder()
    lines = text.split("\n")
    while lines:
        _step(builder, lines)
    return builder.found()


def _step(builder: Builder, lines: list[str]) -> None:
    line = lines.pop(0)
    if line.startswith("# "):
        builder.lesson(line[2:].strip())
    elif line.startswith("##"):
        level = "2" if line.startswith("## ") else "3"
        builder.heading(line.lstrip("#").strip(), level)
    elif line.startswith("```"):
        code = _until(lines, "```")
        builder.code(code, line[3:].strip())
    elif line.strip().startswith("$$"):
        inside = line.strip()[2:]
        latex = inside[:-2] if inside.endswith("$$") else inside + "\n" + _until(lines, "$$")
        builder.block("formula", {"latex": " ".join(latex.split())})
    elif "|" in line and lines and "-" in lines[0] and _RULER.fullmatch(lines[0]):
        _table(builder, line, lines)
    elif line.startswith(">"):
        builder.block("quotation", {"html": f"<p>{_inline(line[1:].strip())}</p>", "source": ""})
    elif found := _BULLET.fullmatch(line):
        builder.markup(f"<ul><li>{_inline(found[1])}</li></ul>")
    elif found := _NUMBER.fullmatch(line):
        builder.markup(f"<ol><li>{_inline(found[1])}</li></ol>")
    elif line.strip():
        if line.lstrip().startswith("!["):
            builder.missed["picture"] += 1
        while lines and lines[0].strip() and not re.match(r"\s*([#>|`$*+-]|\d+[.)])", lines[0]):
            line += " " + lines.pop(0).strip()
        builder.markup(f"<p>{_inline(line.strip())}</p>")


def _until(lines: list[str], end: str) -> str:
    taken = []
    while lines:
        line = lines.pop(0)
        if line.strip().endswith(end):
            taken.append(line.strip()[: -len(end)])
            break
        taken.append(line)
    return "\n".join(taken).strip("\n")


def _table(builder: Builder, head: str, lines: list[str]) -> None:
    lines.pop(0)
    rows = [_cells(head)]
    while lines and "|" in lines[0]:
        rows.append(_cells(lines.pop(0)))
    builder.table("", rows)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _inline(text: str) -> str:
    marked = escape(text, quote=False)
    marked = re.sub(r"\$([^$\n]{1,500})\$", r"\\(\1\\)", marked)
    marked = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", marked)
    marked = re.sub(r"(?<![\w*])\*([^*]+)\*(?!\w)", r"<em>\1</em>", marked)
    return re.sub(r"\[([^\]]+)\]\((https?://[^\s)\"<>]+)\)", r'<a href="\2">\1</a>', marked)
