"""A table as a download."""

from __future__ import annotations

from flask import Response

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}


def download(data: bytes, name: str) -> Response:
    """Never kept by a browser or a proxy: these files hold names and codes."""
    head = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, content_type=KINDS[name.rsplit(".", 1)[-1]], headers=head)
