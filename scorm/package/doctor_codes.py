"""What the package doctor has to say beyond what opening and reading a package says; see `codes`."""

from __future__ import annotations

from scorm.package.findings import Level

_SCHEMA: dict[str, tuple[Level, str]] = {
    "element-missing": ("warning", "an element the schema asks for is not there"),
    "element-twice": ("warning", "an element stands more often than the schema allows"),
    "element-out-of-order": ("warning", "an element stands behind one that must come later"),
    "element-unknown": ("warning", "an element of the standard's namespace that the standard does not have"),
    "element-of-other-edition": ("warning", "an element this edition does not know"),
    "attribute-missing": ("warning", "an attribute the schema asks for is not there"),
    "attribute-unknown-word": ("warning", "an attribute with a word that is not in its vocabulary"),
    "value-unknown-word": ("warning", "an element with a word that is not in its vocabulary"),
    "value-out-of-range": ("warning", "a number outside its range"),
    "identifier-padded": ("note", "white space around an identifier or reference"),
    "identifier-malformed": ("warning", "an identifier XML does not allow"),
    "identifier-shared": ("warning", "an item and a resource have the same identifier"),
    "schemaversion-spelling": ("note", "the schemaversion is not spelled as the standard spells it"),
    "scormtype-spelling": ("warning", "scormType and scormtype mixed up"),
    "title-missing": ("warning", "an item or organization without a title"),
}
_FILES: dict[str, tuple[Level, str]] = {
    "nothing-to-launch": ("error", "no item of the default organization launches anything"),
    "launch-outside": ("error", "a SCO at another site: it could not be shown nor find the interface"),
    "asset-outside": ("warning", "an asset at another site, which must be allowed and reachable"),
    "launch-is-flash": ("error", "an item launches a Flash film, which no browser plays"),
    "launch-is-no-page": ("warning", "an item launches a file that is no web page"),
    "flash": ("warning", "a Flash film, which no browser plays"),
    "archive-inside": ("note", "an archive inside the package"),
    "program-inside": ("warning", "a program inside the package, which will never be run"),
    "file-unlisted": ("note", "a file no resource lists"),
    "launch-unlisted": ("note", "a resource does not list the file it launches"),
    "load-time": ("note", "what a launch page weighs with all it refers to, and how long that takes"),
    "slow-to-load": ("warning", "a launch page that takes more than two minutes at 64 kbit/s"),
    "asset-speaks": ("note", "a resource called an asset calls the interface"),
    "api-never-called": ("warning", "a SCO none of whose pages and scripts mentions the interface"),
    "api-of-other-edition": ("warning", "the scripts look only for the interface of the other version"),
}
_PAGES: dict[str, tuple[Level, str]] = {
    "page-file-missing": ("warning", "a page refers to a file that is not in the package"),
    "page-file-case": ("warning", "a page refers to a file whose name differs in case"),
    "page-without-language": ("note", "a page does not say which language it is in"),
    "page-without-title": ("note", "a page without a title"),
    "image-without-alt": ("note", "an image without a text in its place"),
    "insecure-address": ("warning", "a page loads something over plain http"),
    "host-outside": ("warning", "a page loads something from another site"),
    "link-outside": ("note", "a page links to another site"),
    "link-from-root": ("warning", "a page refers to something from the root of the site, not of the package"),
    "link-to-disk": ("warning", "a page refers to the disk of its author"),
    "unload-handler": ("warning", "a page does its work when it is left, which browsers no longer grant"),
    "reaches-for-top": ("note", "a script reaches for the topmost window"),
    "opens-window": ("note", "a script opens windows"),
    "service-worker": ("warning", "a script installs a service worker, which is not allowed"),
    "pages-unexamined": ("note", "there is more text than is examined"),
}
_SEQUENCING: dict[str, tuple[Level, str]] = {
    "children-unreachable": ("warning", "neither choice nor flow leads to an activity's children"),
    "always-disabled": ("warning", "an activity that is always disabled"),
    "always-skipped": ("warning", "flow skips every child of an activity, always"),
    "attempt-limit-zero": ("warning", "an activity with an attempt limit of 0 can never be delivered"),
    "condition-never-true": ("warning", "a condition no measure can meet"),
    "rule-objective-dangling": ("warning", "a rule speaks of an objective the activity does not have"),
    "global-never-written": ("note", "a global objective is read and nothing here writes it"),
    "retry-without-end": ("warning", "a rule that always asks for another try"),
    "rollup-never-true": ("warning", "a rollup rule asks for more children than there are"),
    "select-count-too-large": ("note", "more children are to be selected than there are"),
    "prerequisite-dangling": ("warning", "a prerequisite names no item"),
    "prerequisite-circle": ("warning", "items that are each other's prerequisite"),
}
_OTHER: dict[str, tuple[Level, str]] = {
    "manifest-alone": ("error", "a manifest without its package cannot be repaired"),
    "cannot-be-examined": ("error", "examining the package failed"),
}

DOCTOR: dict[str, tuple[Level, str]] = _SCHEMA | _FILES | _PAGES | _SEQUENCING | _OTHER
