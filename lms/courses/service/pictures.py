"""Pictures arrive as they are and stay as we write them: two sizes, no hidden data, no stranger's encoder."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from flask_babel import gettext as _
from PIL import Image, ImageOps

from lms.core.errors import Refused

MOST_PIXELS = 60_000_000
LARGE, SMALL = 1600, 640
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
QUALITY = 78
FEW_COLOURS, MOST_COLOURS = 64, 256


@dataclass(frozen=True)
class Encoded:
    data: bytes
    media_type: str
    width: int
    height: int


def encode(data: bytes) -> tuple[Encoded, Encoded | None]:
    """(for the page, for a telephone when that saves something)."""
    picture = _opened(data)
    large = _written(picture, LARGE)
    small = _written(picture, SMALL) if picture.width > SMALL else None
    return large, small if small and len(small.data) < 0.8 * len(large.data) else None


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = Image.open(io.BytesIO(data), formats=FORMATS)
            if found.width * found.height > MOST_PIXELS:
                raise Refused(_("The picture has too many points. Make it smaller and try again."))
            found.load()
            turned = ImageOps.exif_transpose(found)
    except Refused:
        raise
    except Exception as error:
        # Pillow has many ways to say that a file is broken; none of them is a fault of ours.
        raise Refused(_("This picture cannot be read. Save it as PNG or JPEG and try again.")) from error
    clear = turned.mode in ("RGBA", "LA", "PA") or (turned.mode == "P" and "transparency" in turned.info)
    return turned.convert("RGBA" if clear else "RGB")


def _written(picture: Image.Image, width: int) -> Encoded:
    """A drawing with few colours is a PNG, everything else a JPEG; a clear ground becomes white paper in it."""
    fitted = picture
    if picture.width > width:
        height = max(1, round(picture.height * width / picture.width))
        fitted = picture.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if fitted.mode == "RGBA" or picture.convert("RGB").getcolors(FEW_COLOURS) is not None:
        fitted.quantize(MOST_COLOURS).save(out, "PNG", optimize=True)
        return Encoded(out.getvalue(), "image/png", fitted.width, fitted.height)
    fitted.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Encoded(out.getvalue(), "image/jpeg", fitted.width, fitted.height)
