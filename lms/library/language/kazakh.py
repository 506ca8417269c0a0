"""Keys of Kazakh words: what the index holds for a form, and what a query asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from lms.library.language.nouns import ladder
from lms.library.language.sounds import noun_key, verb_key
from lms.library.language.verbs import converb_stems, infinitive, verb_keys, verb_stems

_NAMED_BY = ("у", "ю", "ған", "ген", "қан", "кен", "атын", "етін", "йтын", "йтін", "итын", "итін")
_SURELY_VERBS = ("ады", "еді", "йды", "йді", "иды", "иді")


@lru_cache(maxsize=100_000)
def index_keys(word: str) -> frozenset[str]:
    """Every base the word can be a form of: nouns as they are, verbs with a hyphen."""
    weak = {_weak(verb_key(stem)) for stem in converb_stems(word)}
    return frozenset({noun_key(rung) for rung in ladder(word)} | verb_keys(word) | weak)


def _weak(key: str) -> str:
    """бере under бер~: asked for only where the form is no noun of its own."""
    return key[:-1] + "~"


def query_keys(word: str, frequency: Callable[[str], int]) -> list[str]:
    """The word, its commonest base in this index, and its verb when it is named or surely one."""
    own = noun_key(word)
    rungs = {noun_key(rung): rung for rung in sorted(ladder(word))}
    best = max(rungs, key=lambda key: (frequency(key), len(key)))
    keys = [own] if own == best else [own, best]
    verb = _verb(word, rungs[best], frequency)
    return [*keys, *_with_converb(verb, frequency)] if verb else keys


def _with_converb(verb: str, frequency: Callable[[str], int]) -> list[str]:
    """бере belongs to беру, but қала is a town: the index knows which form leads a life of its own."""
    stem = verb[:-1]
    nouns = max(frequency(stem + "а"), frequency(stem + "е"))
    return [verb, _weak(verb)] if nouns * 2 < frequency(verb) else [verb]


def _verb(word: str, base: str, frequency: Callable[[str], int]) -> str | None:
    """қолдану, қолдануды, қолданған, қолданады → қолдан-."""
    if base.endswith(_NAMED_BY):
        stems = {verb_key(stem) for stem in verb_stems(base)}
    elif word.endswith(_NAMED_BY + _SURELY_VERBS):
        stems = {verb_key(stem) for stem in verb_stems(word)}
    else:
        return None
    return max(stems, key=lambda key: (frequency(key), len(key)), default=None)


def infinitives(word: str) -> set[str]:
    """What the verbs are called that the word can be a form of: жазып → жазу, тапты → табу."""
    return {infinitive(stem) for stem in verb_stems(word) | converb_stems(word)}
