"""IMS Common Cartridge 1.3 of resources: each file is web content, each link a web link, described by LOM.

Other systems show what their users may open; a library like this one takes the descriptions along as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from lxml import etree

from lms.core import ids
from lms.library.carrying.packing import Loaded, Packer, names_of
from lms.library.metadata import address_of, clean, filled_lom
from lms.library.service.resources import title_of

CP = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
OF_ALL = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"
OF_ONE = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/resource"
LINK = "http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"


def pack_cartridge(target: Path, title: str, budget: int, loaded: Sequence[Loaded], done: Callable[[int], None]) -> int:  # fmt: skip
    """The number of bytes once it is unpacked. Raises TooLarge."""
    packer = Packer(target, budget)
    manifest, root, resources = _frame(title)
    for number, one in enumerate(loaded):
        names = names_of(number, one)
        for file, name in zip(one.files, names, strict=True):
            packer.add_stored(name, file)
        if not names:
            names = [f"links/{number}.xml"]
            packer.add(names[0], _web_link(one))
        _describe(root, resources, one, names)
        done(number + 1)
    packer.add(
        "imsmanifest.xml",
        etree.tostring(manifest, xml_declaration=True, encoding="UTF-8", pretty_print=True),
    )
    packer.end()
    return packer.total


def _frame(title: str) -> tuple[etree._Element, etree._Element, etree._Element]:
    """The manifest, the item that holds all others, and the list of resources (CC 1.3 §4.2, §4.3)."""
    manifest = etree.Element(f"{{{CP}}}manifest", nsmap={None: CP, "lomm": OF_ALL, "lom": OF_ONE})
    manifest.set("identifier", f"m-{ids.new_id()}")
    about = _under(manifest, "metadata")
    _under(about, "schema").text = "IMS Common Cartridge"
    _under(about, "schemaversion").text = "1.3.0"
    general = etree.SubElement(etree.SubElement(about, f"{{{OF_ALL}}}lom"), f"{{{OF_ALL}}}general")
    string = etree.SubElement(etree.SubElement(general, f"{{{OF_ALL}}}title"), f"{{{OF_ALL}}}string")
    string.text = clean(title)
    contents = _under(_under(manifest, "organizations"), "organization")
    contents.set("identifier", "contents")
    contents.set("structure", "rooted-hierarchy")
    root = _under(contents, "item")
    root.set("identifier", "root")
    return manifest, root, _under(manifest, "resources")


def _describe(root: etree._Element, resources: etree._Element, one: Loaded, names: list[str]) -> None:
    """One resource with all its files; each further file can be opened by itself as well."""
    key = one.resource.id
    whole = _listed(root, resources, f"{key}", title_of(one.resource), names[0])
    if not one.files:
        whole.set("type", "imswl_xmlv1p3")
        del whole.attrib["href"]
    filled_lom(etree.SubElement(_under(whole, "metadata"), f"{{{OF_ONE}}}lom"), one.resource)
    for name in names:
        _under(whole, "file").set("href", name)
    more = [(file, name) for file, name in zip(one.files, names, strict=False) if file.role == "main"][1:]
    for place, (file, name) in enumerate(more, 2):
        part = _listed(root, resources, f"{key}-{place}", f"{title_of(one.resource)}: {file.name}", name)
        _under(part, "file").set("href", name)


def _listed(root: etree._Element, resources: etree._Element, key: str | UUID, title: str, href: str) -> etree._Element:  # fmt: skip
    item = _under(root, "item")
    item.set("identifier", f"i-{key}")
    item.set("identifierref", f"r-{key}")
    _under(item, "title").text = clean(title)
    found = _under(resources, "resource")
    found.set("identifier", f"r-{key}")
    found.set("type", "webcontent")
    found.set("href", href)
    return found


def _web_link(one: Loaded) -> bytes:
    """Where it is; what has no address of its own is looked at here."""
    link = etree.Element(f"{{{LINK}}}webLink", nsmap={None: LINK})
    etree.SubElement(link, f"{{{LINK}}}title").text = clean(title_of(one.resource))
    etree.SubElement(link, f"{{{LINK}}}url").set("href", clean(one.resource.link or address_of(one.resource)))
    return etree.tostring(link, xml_declaration=True, encoding="UTF-8")


def _under(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{CP}}}{name}")
