"""Manifests of every shape, for properties that must hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st

from scorm.package.hrefs import with_parameters
from scorm.package.model import DataMap, Item, Manifest, Metadata, Organization, Resource
from scorm.package.xml import collapse
from scorm.sequencing.definition import (
    CompletionThreshold,
    Condition,
    ConstrainedChoice,
    ControlModes,
    Delivery,
    Limits,
    Objective,
    ObjectiveMap,
    RollupControls,
    RollupRule,
    Rule,
    Selection,
    Sequencing,
)

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
TEXT = st.text(LETTERS, max_size=20).map(collapse)
WORDS = st.text(LETTERS, min_size=1, max_size=12).map(collapse).filter(bool)
NAMES = st.text("абвәғabc XY0-_'%#?", min_size=1, max_size=8).map(collapse).filter(bool)
IDENTIFIERS = st.from_regex(r"[A-Za-zҚәб_][A-Za-z0-9._-]{0,8}", fullmatch=True)
FRACTIONS = st.integers(0, 10000).map(lambda value: value / 10000)
MEASURES = st.integers(-10000, 10000).map(lambda value: value / 10000)
TIMINGS = st.sampled_from(["never", "once", "onEachNewAttempt"])
REQUIRED = st.sampled_from(["always", "ifAttempted", "ifNotSkipped", "ifNotSuspended"])
LANGUAGES = st.dictionaries(st.sampled_from(["kk", "ru", ""]), WORDS, min_size=1, max_size=2)


def flags(kind, **others):
    """A value of a dataclass of flags, with other strategies for what is no flag."""
    names = [name for name, value in vars(kind()).items() if isinstance(value, bool)]
    return st.builds(kind, **{name: st.booleans() for name in names}, **others)


def rules(actions):
    conditions = st.builds(
        Condition,
        st.sampled_from(["satisfied", "objectiveMeasureLessThan", "attempted", "always"]),
        st.booleans(),
        st.none() | IDENTIFIERS,
        MEASURES,
    )
    rule = st.builds(
        Rule,
        st.sampled_from(actions),
        st.lists(conditions, min_size=1, max_size=2).map(tuple),
        st.sampled_from(["all", "any"]),
    )
    return st.lists(rule, max_size=2).map(tuple)


ROLLUP_RULES = st.builds(
    RollupRule,
    st.sampled_from(["satisfied", "notSatisfied", "completed", "incomplete"]),
    st.lists(
        st.builds(Condition, st.sampled_from(["satisfied", "completed"]), st.booleans()), min_size=1
    ).map(tuple),
    st.sampled_from(["all", "any"]),
    st.sampled_from(["all", "any", "none", "atLeastCount", "atLeastPercent"]),
    st.integers(0, 9),
    FRACTIONS,
)
MAPS = st.builds(
    ObjectiveMap,
    IDENTIFIERS,
    **{name: st.booleans() for name in vars(ObjectiveMap("")) if name != "target"},
)


@st.composite
def objectives(draw):
    names = draw(st.lists(IDENTIFIERS, max_size=3, unique=True))
    return tuple(
        Objective(
            name,
            place == 0,
            draw(st.booleans()),
            draw(MEASURES),
            tuple(draw(st.lists(MAPS, max_size=2, unique_by=lambda one: one.target))),
        )
        for place, name in enumerate(names)
    )


SEQUENCING = st.builds(
    Sequencing,
    control=flags(ControlModes),
    choice=flags(ConstrainedChoice),
    pre=rules(["skip", "disabled", "hiddenFromChoice", "stopForwardTraversal"]),
    exit=rules(["exit"]),
    post=rules(["exitParent", "exitAll", "retry", "retryAll", "continue", "previous"]),
    limits=st.builds(
        Limits,
        st.none() | st.integers(0, 99),
        st.none() | st.integers(0, 10**6).map(float),
        begin=st.none() | st.just("2026-09-01T08:00:00Z"),
    ),
    rollup_rules=st.lists(ROLLUP_RULES, max_size=2).map(tuple),
    rollup=flags(
        RollupControls,
        weight=FRACTIONS,
        required_for_satisfied=REQUIRED,
        required_for_not_satisfied=REQUIRED,
        required_for_completed=REQUIRED,
        required_for_incomplete=REQUIRED,
    ),
    objectives=objectives(),
    selection=flags(
        Selection,
        selection_timing=TIMINGS,
        randomization_timing=TIMINGS,
        select_count=st.none() | st.integers(0, 9),
    ),
    delivery=flags(Delivery),
    completion=st.builds(CompletionThreshold, st.booleans(), FRACTIONS, FRACTIONS),
)
METADATA = st.builds(
    Metadata,
    title=LANGUAGES,
    description=LANGUAGES,
    keywords=st.lists(LANGUAGES, max_size=2).map(tuple),
    languages=st.lists(st.sampled_from(["kk", "ru", "en"]), max_size=2, unique=True).map(tuple),
    rights=TEXT,
    identifier=TEXT,
    version=TEXT,
    typical_learning_time=st.sampled_from(["", "PT1H30M"]),
)


@st.composite
def items(draw, old, names, resources, depth=0):
    identifier = names.pop()
    common = {"title": draw(TEXT), "sequencing": Sequencing() if old else draw(SEQUENCING)}
    below = draw(st.integers(0, 2)) if depth < 2 and len(names) > 6 else 0
    children = tuple(draw(items(old, names, resources, depth + 1)) for _ in range(below))
    common["metadata"] = draw(st.none() | METADATA)
    if children:
        return Item(identifier, children=children, **common)
    resource = draw(st.sampled_from(resources))
    values = {
        "visible": draw(st.booleans()),
        "data_from_lms": draw(TEXT.map(str.strip)),
        "time_limit_action": draw(st.sampled_from(["", "exit,message", "continue,no message"])),
        "resource": resource.identifier,
        "kind": resource.kind,
        "launch": with_parameters(resource.href, draw(st.sampled_from(["", "?a=1&b=2", "#top", "c=3"]))),
    }
    if old:
        values |= {"mastery_score": draw(st.sampled_from(["", "60"])), "prerequisites": draw(TEXT)}
    else:
        values["hide"] = tuple(draw(st.lists(st.sampled_from(["continue", "exitAll"]), unique=True)))
        values["data_maps"] = tuple(
            draw(st.lists(st.builds(DataMap, WORDS, st.booleans(), st.booleans()), max_size=2))
        )
    return Item(identifier, **common, **values)


@st.composite
def manifests(draw):
    """A manifest any of the two versions can say."""
    old = draw(st.booleans())
    names = draw(st.lists(IDENTIFIERS, min_size=12, max_size=12, unique=True))
    resources = {}
    for _ in range(2):
        name = names.pop()
        path = draw(NAMES)
        escaped = path.replace("%", "%25").replace("?", "%3F").replace("#", "%23")
        kind = draw(st.sampled_from(["sco", "asset"]))
        resources[name] = Resource(name, kind, escaped + draw(st.sampled_from(["", "?page=1"])), (path,))
    scopes = (True, True) if old else (draw(st.booleans()), draw(st.booleans()))
    organization = names.pop()
    children = (draw(items(old, names, list(resources.values()))),)
    sequencing = Sequencing() if old else draw(SEQUENCING)
    root = Item(organization, draw(TEXT), children, sequencing=sequencing)
    version = "1.2" if old else "2004 4th Edition"
    return Manifest(
        "1.2" if old else "2004 4th",
        names.pop(),
        (Organization(root, *scopes),),
        organization,
        resources,
        metadata=draw(st.none() | METADATA),
        declared_schemaversion=version,
    )
