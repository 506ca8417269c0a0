"""How much of a stranger's package is looked at before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from scorm.errors import PackageRefused

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Every bound of the upload policy; sizes in bytes. A caller may tighten or widen any of them."""

    archive_size: int = 500 * MIB
    members: int = 20_000
    unpacked_size: int = 1024 * MIB
    member_size: int = 512 * MIB
    ratio: int = 100
    ratio_from: int = 64 * MIB
    path_bytes: int = 1024
    component_bytes: int = 255
    folder_depth: int = 40
    manifest_size: int = 8 * MIB
    xml_elements: int = 100_000
    xml_depth: int = 100
    item_depth: int = 50
    attributes: int = 64
    attributes_total: int = 400_000  # 64 on each of 100,000 elements would not fit into bounded memory

    addresses_size: int = 16 * MIB  # letters in all launch addresses and file names together
    sequencing_elements: int = 200_000  # a shared sequencing counts again wherever it is referred to


DEFAULT = Limits()


class Budget:
    """What a manifest may make us build: a short text that is repeated by reference is not short."""

    def __init__(self, code: str, left: int) -> None:
        self._code, self._left = code, left

    def spend(self, amount: int, where: str) -> None:
        self._left -= amount
        if self._left < 0:
            raise PackageRefused(self._code, where)
