"""Models in three dimensions: looked through on the way in, still on paper, turned where a browser is."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from lms.core.errors import Refused
from lms.courses import solids
from lms.courses.blocks import kind_of
from lms.courses.exporting import SHAPES, Leaving
from lms.courses.models import CourseEdition
from lms.demo.courses.solid import cart, cart_still, container
from tests.cast import Cast
from tests.coursed import attached, course_of, lesson_of, picture, published, write

CART = cart()
Scene = dict[str, Any]


def parts(data: bytes = CART) -> tuple[Scene, bytes]:
    size = struct.unpack_from("<I", data, 12)[0]
    return json.loads(data[20 : 20 + size]), data[28 + size :]


def changed(change: Callable[[Scene], Any], more: bytes = b"") -> bytes:
    scene, binary = parts()
    if more:
        scene["bufferViews"].append({"buffer": 0, "byteOffset": len(binary), "byteLength": len(more)})
        scene["buffers"][0]["byteLength"] = len(binary) + len(more)
    change(scene)
    return container(scene, binary + more)


def pictured(scene: Scene, times: int = 1) -> None:
    scene["images"] = [{"bufferView": 2, "mimeType": "image/png"}] * times
    scene["textures"] = [{"source": 0}]


def two_roots(scene: Scene) -> None:
    scene["nodes"] = [{"mesh": 0, "children": [1]}, {"children": [0]}]


def crowd(scene: Scene) -> None:
    scene["nodes"] = [{"mesh": 0} for _ in range(1000)]
    scene["scenes"][0]["nodes"] = list(range(1000))


def deep(scene: Scene) -> None:
    scene["nodes"] = [{"mesh": 0, "children": [place + 1]} for place in range(80)] + [{"mesh": 0}]


@pytest.mark.pure
def test_a_whole_model_says_how_much_it_draws() -> None:
    assert solids.look_through(CART) == 420
    assert solids.look_through(changed(pictured, picture(64, 32))) == 420
    lit = {"extensionsRequired": ["KHR_materials_unlit"], "skins": [{}], "animations": [{}]}
    assert solids.look_through(changed(lambda scene: scene.update(lit))) == 420


@pytest.mark.pure
@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("not-a-model", b"PK\3\4" + bytes(40)), ("not-a-model", b"glTF"), ("damaged", CART[:-4]), ("damaged", CART + b"\0\0\0\0"),
        ("damaged", CART[:4] + b"\1" + CART[5:]), ("damaged", CART[:12] + struct.pack("<I", 2**31) + CART[16:]),
        ("damaged", container([1], b"")), ("damaged", container({"asset": {"version": "1.0"}}, b"")),
        ("damaged", CART[:20] + b"[" * 400 + CART[420:]),
        ("outside", changed(lambda one: one["buffers"][0].update(uri="https://example.org/x.bin"))),
        ("outside", changed(lambda one: one.update(images=[{"uri": "../x.png"}]))),
        ("packed", changed(lambda one: one.update(extensionsRequired=["KHR_draco_mesh_compression"]))),
        ("damaged", changed(lambda one: one["buffers"][0].update(byteLength=10**6))),
        ("damaged", changed(lambda one: one["bufferViews"][0].update(byteOffset=10**6))),
        ("damaged", changed(lambda one: one["bufferViews"][0].update(byteOffset=-4))),
        ("damaged", changed(lambda one: one["accessors"][0].update(count=10**6))),
        ("damaged", changed(lambda one: one["accessors"][0].update(count=True))),
        ("damaged", changed(lambda one: one["accessors"][0].update(sparse={}))),
        ("damaged", changed(lambda one: one["accessors"][0].update(bufferView=7))),
        ("damaged", changed(lambda one: one["accessors"][1].update(count=3))),
        ("damaged", changed(lambda one: one["meshes"][0]["primitives"][0].update(indices=0))),
        ("damaged", changed(lambda one: one["nodes"][0].update(mesh=-1))),
        ("damaged", changed(lambda one: one["nodes"][0].update(children=[0]))), ("damaged", changed(two_roots)),
        ("damaged", changed(deep)), ("too-much", changed(crowd)),
        ("damaged", changed(pictured, b"GIF89a" + bytes(40))), ("too-much", changed(pictured, picture(2049, 2))),
        ("too-much", changed(lambda one: pictured(one, 17), picture(8, 8))),
        ("empty", changed(lambda one: one["meshes"][0]["primitives"][0].update(mode=0))),
        ("empty", changed(lambda one: one["nodes"][0].pop("mesh"))),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused(code: str, data: bytes) -> None:
    with pytest.raises(solids.SolidRefused) as refused:
        solids.look_through(data)
    assert refused.value.code == code


@pytest.mark.pure
@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_description_is_refused_and_nothing_else_happens(seed: int) -> None:
    """Every value of the description in turn becomes something it must not be."""
    told = json.dumps(parts()[0])
    rubbish = [None, -1, 1.5, "x", [], {}, [[]], 2**40][seed % 8]
    numbers = [at for at, one in enumerate(told) if one == ":"]
    at = numbers[seed * len(numbers) // 40]
    end = next(place for place in range(at, len(told)) if told[place] in ",}]")
    try:
        scene = json.loads(told[: at + 1] + json.dumps(rubbish) + told[end:])
    except ValueError:
        scene = rubbish
    try:
        solids.look_through(container(scene, parts()[1]))
    except solids.SolidRefused:
        pass


def test_the_teacher_is_told_what_is_wrong_and_what_to_do(cast: Cast) -> None:
    course = course_of(cast.person("teacher"), cast.school)
    cases = {
        "KHR_draco_mesh_compression": changed(
            lambda one: one.update(extensionsRequired=["KHR_draco_mesh_compression"])
        ),
        "200000": changed(crowd),
    }
    with cast.app.test_request_context():
        for words, data in cases.items():
            with pytest.raises(Refused, match=words):
                attached(course, "solid", "арба.glb", data)
        with pytest.raises(Refused, match="8 МБ"):
            attached(course, "solid", "арба.glb", CART + bytes(8 * 1024 * 1024))


@pytest.fixture
def edition(cast: Cast) -> CourseEdition:
    teacher = cast.person("teacher")
    course = course_of(teacher, cast.school)
    keys = {
        "file": attached(course, "solid", "арба.glb", CART),
        "poster": attached(course, "picture", "a.png", cart_still()),
    }
    write(lesson_of(course), teacher, "solid", {**keys, "title": "Арба", "about": "Төрт дөңгелек"})
    return published(course, teacher)


def names_in(cast: Cast, edition: CourseEdition, shape: str) -> dict[str, bytes]:
    with cast.app.test_request_context(base_url="http://localhost:8000"):
        data = SHAPES[shape].make(Leaving(edition, "kk"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


@pytest.mark.parametrize("shape", ["scorm-12", "scorm-2004", "cartridge", "offline"])
def test_where_a_browser_is_the_model_and_its_viewer_go_along(
    shape: str, cast: Cast, edition: CourseEdition
) -> None:
    files = names_in(cast, edition, shape)
    models = [one for one in files if one.endswith(".glb")]
    assert [files[one] for one in models] == [CART]
    assert {"solid.js", "solid.css"} <= set(files)
    page = files["lesson-01.html"].decode()
    assert f'data-file="{models[0]}"' in page and 'data-viewer="solid.js"' in page and "<img" in page
    assert (f"{models[0]}.js" in files) == (shape == "offline")


def test_a_book_has_the_still_picture_and_says_so(cast: Cast, edition: CourseEdition) -> None:
    files = names_in(cast, edition, "epub")
    chapter = next(data.decode() for name, data in files.items() if name.endswith("lesson-01.xhtml"))
    assert not [name for name in files if name.endswith((".glb", ".js"))]
    assert "<img" in chapter and "Төрт дөңгелек" in chapter and "қозғалмайтын" in chapter


def test_a_word_document_has_the_still_picture_and_says_so(cast: Cast, edition: CourseEdition) -> None:
    files = names_in(cast, edition, "docx")
    assert [name for name in files if name.startswith("word/media/")]
    text = files["word/document.xml"].decode()
    assert "Төрт дөңгелек" in text and "қозғалмайтын" in text


def test_the_page_says_what_the_model_weighs_before_it_is_asked_for(
    cast: Cast, edition: CourseEdition
) -> None:
    page = cast.signed_in("teacher").get(f"/courses/{edition.course_id}").text
    assert "Қысым" in page
    lesson = edition.outline["modules"][0]["lessons"][0]["id"]
    page = cast.signed_in("teacher").get(f"/courses/lessons/{lesson}").text
    assert "64 кбит/с-та" in page and "solid.js" in page and "<script src" in page
    assert '<script src="/static/solid' not in page


def test_without_its_still_picture_it_is_not_published(cast: Cast) -> None:
    teacher = cast.person("teacher")
    course = course_of(teacher, cast.school)
    key = attached(course, "solid", "a.glb", CART)
    block = write(lesson_of(course), teacher, "solid", {"file": key, "title": "А", "about": "Ә"})
    with cast.app.test_request_context():
        assert len(kind_of("solid").missing(block.kk)) == 1
