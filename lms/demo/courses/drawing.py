"""Pictures, a sound and a model for the demo, drawn here, so that nothing is borrowed."""

from __future__ import annotations

import io
import math
import struct
import wave
import zipfile

from PIL import Image, ImageDraw

PAPER, INK, BRAND, SUN, LAND, WATER = "#ffffff", "#1c2628", "#11595f", "#e0982b", "#efe3c8", "#9cc7d6"


def _canvas(
    width: int = 900, height: int = 560, ground: str = PAPER
) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (width, height), ground)
    return picture, ImageDraw.Draw(picture)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def graph() -> bytes:
    """Two ways over time: a cyclist and a walker."""
    picture, pen = _canvas()
    for step in range(9):
        pen.line((100, 480 - 50 * step, 860, 480 - 50 * step), fill="#e2ded3")
        pen.line((100 + 95 * step, 60, 100 + 95 * step, 480), fill="#e2ded3")
    pen.line((100, 480, 870, 480), fill=INK, width=4)
    pen.line((100, 480, 100, 50), fill=INK, width=4)
    pen.line((100, 480, 575, 80), fill=BRAND, width=8)
    pen.line((100, 480, 860, 330), fill=SUN, width=8)
    pen.text((820, 495), "t, s", fill=INK, font_size=28)
    pen.text((20, 50), "s, m", fill=INK, font_size=28)
    return _png(picture)


def track(far: bool) -> bytes:
    """A cart on a rail, at the beginning or at the end of its way."""
    picture, pen = _canvas(800, 320, "#eef3f2")
    pen.line((40, 240, 760, 240), fill=INK, width=6)
    for mark in range(13):
        pen.line((40 + 60 * mark, 240, 40 + 60 * mark, 262), fill=INK, width=3)
    left = 560 if far else 60
    pen.rectangle((left, 165, left + 130, 220), fill=BRAND)
    for wheel in (left + 28, left + 102):
        pen.ellipse((wheel - 20, 205, wheel + 20, 245), fill=SUN, outline=INK, width=3)
    return _png(picture)


def map_of_kurgans() -> bytes:
    """A sketch of the land, not to scale: lakes, a river, mountains."""
    picture, pen = _canvas(900, 520, LAND)
    pen.ellipse((40, 180, 190, 420), fill=WATER)
    pen.ellipse((300, 260, 390, 330), fill=WATER)
    pen.line((390, 300, 520, 260, 640, 330, 860, 250), fill=WATER, width=14)
    for left in range(560, 880, 60):
        pen.polygon(((left, 470), (left + 45, 380), (left + 90, 470)), fill="#b8a27a")
    return _png(picture)


def golden_deer() -> bytes:
    """An ornament in the manner of the animal style."""
    picture, pen = _canvas(700, 480, "#2a2320")
    pen.ellipse((190, 210, 480, 350), fill=SUN)
    pen.polygon(((450, 230), (560, 120), (600, 160), (480, 280)), fill=SUN)
    for step in range(5):
        pen.arc((330 + 40 * step, 40, 430 + 40 * step, 180), 150, 330, fill=SUN, width=12)
    for leg in (230, 280, 400, 450):
        pen.line((leg, 330, leg - 20, 430), fill=SUN, width=14)
    return _png(picture)


def metronome(seconds: int = 5) -> bytes:
    """One beat a second, to measure time by ear."""
    rate, out = 8000, io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        for place in range(rate * seconds):
            loud = max(0.0, 1 - (place % rate) / 600)
            sound.writeframes(struct.pack("B", int(128 + 100 * loud * math.sin(place * 0.8))))
    return out.getvalue()


def cart_model() -> bytes:
    """A page with a slider and a cart; speed times time is the way."""
    page = """<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>v · t = s</title>
<style>body{font:18px sans-serif;margin:1rem}svg{width:100%;background:#eef3f2}input{width:60%}</style></head><body>
<p><label>v, m/s: <input id="v" type="range" min="1" max="10" value="3"></label> <output id="say"></output></p>
<svg viewBox="0 0 600 120" role="img" aria-label="v · t = s"><path d="M10 100H590" stroke="#1c2628" stroke-width="3"/>
<rect id="cart" x="10" y="60" width="60" height="40" fill="#11595f"/></svg>
<script>let t=0,s=0;const v=document.getElementById("v"),cart=document.getElementById("cart"),say=document.getElementById("say");
setInterval(()=>{t+=.1;s+=v.value*.1;if(s>52){s=0;t=0}cart.setAttribute("x",10+s*10);
say.textContent="v = "+v.value+" m/s, t = "+t.toFixed(1)+" s, s = "+s.toFixed(1)+" m"},100)</script></body></html>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", page)
    return out.getvalue()


def measurements() -> bytes:
    return b"t, s;s, m\n1;3\n2;6\n3;9\n4;12\n5;15\n"
