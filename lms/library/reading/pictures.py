"""Pictures of what is inside: pages of a PDF, a picture made small; never the bytes as they came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

PAGES = 8
WIDTH = 900
MOST_PIXELS = 60_000_000
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def pdf_pictures(path: Path, folder: Path) -> Iterator[Path]:
    document = pypdfium2.PdfDocument(str(path))
    try:
        for number in range(min(PAGES, len(document))):
            page = document[number]
            width, height = page.get_size()
            if width <= 0 or height <= 0 or height > 20 * width:
                continue
            yield _kept(page.render(scale=WIDTH / width).to_pil(), folder / f"page-{number + 1}.jpg")
    finally:
        document.close()


def small_picture(path: Path, folder: Path) -> Iterator[Path]:
    with Image.open(path) as picture:
        turned = ImageOps.exif_transpose(picture)
        turned.thumbnail((WIDTH, WIDTH * 2))
        yield _kept(turned, folder / "picture-1.jpg")


def _kept(picture: Image.Image, target: Path) -> Path:
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture, mask=picture.getchannel("A") if "A" in picture.getbands() else None)
    flat.save(target, "JPEG", quality=72, optimize=True)
    return target
