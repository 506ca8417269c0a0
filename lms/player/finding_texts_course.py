"""What can be wrong with a course and its pages, in sentences."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

# by group, by code
TEXTS: dict[str, dict[str, Any]] = {
    "harmless": {
        "more-manifests": _l("Further manifests deeper in the package were not looked at."),
        "objective-twice": _l("A goal without an identifier, or with one used twice, was left out."),
        "asset-speaks": _l("A part that is said only to show something records results."),
        "link-outside": _l("A page links to another site."),
        "pages-unexamined": _l("There is more text in the package than is examined."),
        "global-never-written": _l("A shared goal is asked for, and nothing in this package sets it."),
        "select-count-too-large": _l("More parts are to be chosen than there are; all are taken."),
        "load-time": _l("This is how much a page weighs with all it needs."),
    },
    "structure": {
        "identifier-twice": _l("An identifier is used twice."),
        "reference-dangling": _l("An item of the contents leads to something that is not there."),
        "resource-without-href": _l("An item of the contents has nothing to open."),
        "leaf-without-resource": _l("An item of the contents is empty."),
        "href-escapes": _l("A path leads out of the package."),
        "href-scheme": _l("An address is neither a file of the package nor a page of the web."),
        "href-too-long": _l("An address is too long."),
        "href-empty": _l("A path names no file."),
        "launch-is-no-page": _l("An item opens a file that is no web page."),
        "prerequisite-dangling": _l("An item waits for another one that is not there."),
        "prerequisite-circle": _l("Items wait for each other, so none of them ever opens."),
    },
    "missing": {
        "dependency-dangling": _l("A part needs another one that is not there."),
        "launch-file-missing": _l("The page that is to be opened is not in the package."),
        "listed-file-missing": _l("A file the manifest lists is not in the package."),
        "page-file-missing": _l("A page needs a file that is not in the package."),
        "page-file-case": _l("A page writes the name of a file with other capital letters."),
        "link-from-root": _l("A page looks for a file at the root of the site instead of in the package."),
        "link-to-disk": _l("A page looks for a file on its author's disk."),
    },
    "outside": {
        "launch-outside": _l("A part that records results lies on another site."),
        "asset-outside": _l("A part of the course lies on another site."),
        "host-outside": _l("A page fetches something from another site."),
        "insecure-address": _l("A page fetches something over an unprotected connection."),
    },
    "about": {
        "metadata-missing": _l("The file with the description is not in the package."),
        "metadata-outside": _l("A description on another site was not read."),
        "metadata-unreadable": _l("The description cannot be read."),
        "metadata-too-much": _l("There are more descriptions than are read."),
        "title-missing": _l("A part of the course has no title."),
    },
    "rules": {
        "sequencing-reference-dangling": _l("The rules refer to something that is not there."),
        "rule-without-effect": _l("A rule that cannot be understood was left out."),
        "objective-extension-dangling": _l("An addition to a goal belongs to no goal."),
        "children-unreachable": _l("No way leads to the parts of a section."),
        "always-disabled": _l("A part of the course is always locked."),
        "always-skipped": _l("Every part of a section is always skipped."),
        "attempt-limit-zero": _l("A part of the course allows no attempt at all."),
        "condition-never-true": _l("A rule waits for something that can never happen."),
        "rule-objective-dangling": _l("A rule speaks of a goal that is not there."),
        "retry-without-end": _l("A rule asks for another try again and again without end."),
        "rollup-never-true": _l("A section asks for more finished parts than it has."),
    },
    "schema": {
        "cluster-with-resource": _l("A section opens a page of its own; only its parts are opened."),
        "value-not-understood": _l("A value cannot be understood; the usual one is taken."),
        "element-missing": _l("The manifest lacks an element."),
        "element-twice": _l("An element stands more often than it may."),
        "element-out-of-order": _l("An element stands in the wrong place."),
        "element-unknown": _l("The manifest has an element that the standard does not know."),
        "attribute-missing": _l("An element lacks an attribute."),
        "attribute-unknown-word": _l("An attribute has a word that the standard does not know."),
        "value-unknown-word": _l("An element has a word that the standard does not know."),
        "value-out-of-range": _l("A number is outside its range."),
        "identifier-malformed": _l("An identifier has letters that are not allowed."),
        "identifier-shared": _l("Two different things have the same identifier."),
    },
    "flash": {
        "launch-is-flash": _l("An item opens a Flash film."),
        "flash": _l("The package has a Flash film."),
    },
    "results": {
        "scormtype-missing": _l(
            "It is not said whether a part records results; it is taken for one that only shows."
        ),
        "api-never-called": _l("A part that should record results never does so."),
    },
    "leaving": {
        "unload-handler": _l("A page saves its work only when it is left."),
    },
    "guarded": {
        "reaches-for-top": _l("A page reaches for the window around it."),
        "opens-window": _l("A page opens windows."),
        "service-worker": _l("A page wants to install a program in the browser."),
    },
    "weight": {
        "slow-to-load": _l("A page takes more than two minutes to load on a slow line."),
    },
    "everybody": {
        "page-without-language": _l("A page does not say which language it is in."),
        "page-without-title": _l("A page has no title."),
        "image-without-alt": _l("A picture has no text in its place."),
    },
    "unused": {
        "archive-inside": _l("There is another archive inside the package."),
        "program-inside": _l("There is a program inside the package."),
    },
    "unknown": {
        "cannot-be-examined": _l("The inspection did not come to an end."),
    },
}
