"""make catalogs: bring both catalogs up to date with the texts in code and pages.

python tools/catalogs.py update             extract, keep what is translated, drop what is gone
python tools/catalogs.py check              the same without writing; exit 1 when something is missing
python tools/catalogs.py adopt kk OTHER.po  take over translations of another copy of a catalog
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("kk", "ru")
KEYWORDS = {
    "_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "_n": (1, 2),
    "pgettext": ((1, "c"), 2), "_p": ((1, "c"), 2),
}  # fmt: skip
PLURALS = {
    "kk": (2, "(n != 1)"),
    "ru": (3, "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
}


def catalog_file(language: str) -> Path:
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def extracted() -> Catalog:
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = Catalog(charset="utf-8")
    for _file, _line, message, comments, context in extract_from_dir(
        str(ROOT),
        methods,
        options,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    ):
        found.add(message, auto_comments=comments, context=context)
    return found


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def text_of(catalog: Catalog) -> bytes:
    """A header without dates and names: two copies of a catalog differ only where their texts do."""
    number, rule = PLURALS[str(catalog.locale)]
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {catalog.locale}\\n"\n"MIME-Version: 1.0\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: nplurals={number}; plural={rule};\\n"\n\n'
    )
    target = BytesIO()
    write_po(
        target, catalog, width=0, no_location=True, sort_output=True, ignore_obsolete=True, omit_header=True
    )
    return header.encode() + target.getvalue()


def updated(language: str, template: Catalog, *sources: Catalog) -> Catalog:
    """Every message of the template with the first translation that one of the sources has."""
    fresh = Catalog(locale=language, charset="utf-8", fuzzy=False, header_comment="")
    for message in template:
        if message.id:
            known = (source.get(message.id, message.context) for source in sources)
            string = next(
                (one.string for one in known if one is not None and one.string and any(one.string)), None
            )
            fresh.add(
                message.id,
                string or "",
                context=message.context,
                auto_comments=message.auto_comments,
                flags=message.flags,
            )
    return fresh


def missing(catalog: Catalog) -> list[str]:
    return [str(one.id) for one in catalog if one.id and (not one.string or not all(one.string))]


def main(words: list[str]) -> int:
    template, failed = extracted(), False
    for language in LANGUAGES:
        file = catalog_file(language)
        others = [read(Path(words[2]), language)] if words[0] == "adopt" and words[1] == language else []
        fresh = updated(language, template, read(file, language), *others)
        if words[0] == "check":
            stale = {str(m.id) for m in read(file, language) if m.id} ^ {str(m.id) for m in fresh if m.id}
            failed = failed or bool(missing(fresh) or stale)
            print(
                f"{language}: {len(missing(fresh))} without text, {len(stale)} stale",
                *missing(fresh)[:20],
                sep="\n  ",
            )
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text_of(fresh))
            print(f"{language}: {len(missing(fresh))} of {len(fresh)} without text")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["check"]))
