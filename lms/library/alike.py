"""Texts that are nearly the same: sixty-four least hashes of their shingles, in sixteen bands to find candidates."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np

from lms.library.language.words import words_of

HASHES, BANDS = 64, 16
ROWS = HASHES // BANDS
SHINGLE = 4  # words
LEAST_WORDS = 30  # a shorter text says too little about itself
MOST_WORDS = 60_000
ALIKE = 0.6  # share of shingles in common from which a reader is warned
_PRIME = (1 << 61) - 1
_SOURCE = np.random.default_rng(2026)
_A = _SOURCE.integers(1, 1 << 31, HASHES, dtype=np.uint64)
_B = _SOURCE.integers(0, 1 << 31, HASHES, dtype=np.uint64)


def fingerprint(texts: Iterable[str]) -> list[int]:
    """Empty for a text that is too short."""
    words: list[str] = []
    for text in texts:
        words += [word.text for word in words_of(text)]
        if len(words) > MOST_WORDS:
            break
    if len(words) < LEAST_WORDS:
        return []
    shingles = {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    hashes = np.array([_hash(one) for one in shingles], dtype=np.uint64)
    return [int((hashes * a + b).min() >> np.uint64(8)) for a, b in zip(_A, _B, strict=True)]


def _hash(shingle: str) -> int:
    return int.from_bytes(blake2b(shingle.encode(), digest_size=4).digest(), "big")


def bands(print_: list[int]) -> list[str]:
    """Two texts that share one of these are worth comparing."""
    return ["-".join(f"{one:x}" for one in print_[at : at + ROWS])[:80] for at in range(0, len(print_), ROWS)]


def share(bands_one: Iterable[str], bands_other: Iterable[str]) -> float:
    """How much of the two is the same, judged by all sixty-four hashes."""
    one = [part for band in bands_one for part in band.split("-")]
    other = [part for band in bands_other for part in band.split("-")]
    return sum(a == b for a, b in zip(one, other, strict=False)) / max(1, len(one), len(other))
