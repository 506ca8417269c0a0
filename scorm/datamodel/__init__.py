"""The two run-time data models, each written down once as a table, and one small walker over any table.

A table is plain JSON: Python and the browser read the same one (`python -m scorm tables` prints it). This is its format.

    version     "1.2" or "2004"
    languages   the primary subtags a language tag may begin with, in one text, separated by spaces
    calls       the states of a session and what each call answers in them:
                  {"Initialize": {"argument": "201", "argument_first": true, "running": "103", "terminated": "104"}, …}
                `argument` is the error for a parameter other than ""; it is looked at before the state only with
                `argument_first`. A state that is not named lets the call pass. States: "not initialized", "running",
                "terminated".
    names       this version's name of each call: {"Initialize": "LMSInitialize", …}
    errors      reason → error code; see below
    strings     error code → its short English name, as GetErrorString answers
    types       name → type; see below
    elements    path → element. An index stands as `n`: "cmi.objectives.n.score.raw" (one with a
                leading zero is an index nothing stands at). A path whose last part is
                `{target}` matches one part `{target=…}` that reaches to the end and may hold dots.

Elements: a group or a list has `children`, every other element has `type`.
    children    what `_children` answers, in order; null when the element has no `_children`
    list        true for an array: it has `_count`, and records under `n`
    first       (list) this child must be set before any other of a new record, else reason `dependency`
    closed      (list) true: only the system makes records, so index = _count is `index_set` already
    needs       [siblings] that must have a value before anything here is set, else `dependency`; siblings stand beside
                the leaf, or beside the list
    unique      (list) no two records may have the same value of this child, else `duplicate`; true for every record,
                or {"child", "by", "values"}: only where the sibling `by` of the list has one of `values`
    at_most     (list) {"by": sibling, "limits": {value of it: number of records}}, else `too_many`; seen before the type
    fixed       true: once set, only the same value may be set again, else `fixed`
    type        the name of a type, or {"by": sibling, "types": {value of it: name}}; with "beside": "list" the sibling
                stands beside the list this leaf's record is in, else beside the leaf
    access      "rw", "r" or "w"; the session may narrow it for one record (shared data)
    default     what GetValue answers while nothing is set; without it that is reason `not_set`
    blank       true: "" is no value, GetValue answers as if it had never been set
    derive      {"measure", "threshold", "met", "unmet", "open"}: where `threshold` (a path) has a value, GetValue answers
                `met` when the value of `measure` reaches it, `unmet` when not, `open` while the measure has none
    live        true: the value is the system's, as it stands at this moment, never what was set
    errors      reason → code, for this element only

Reasons: `empty_get`, `empty_set` (no element named), `unknown` (a list of codes by the depth at which the path leaves the
tree, the last one for all deeper), `container_get`, `container_set`, `no_children`, `no_count`, `no_version` (a keyword
asked of what has none), `keyword_set`, `read_only`, `write_only`, `not_set`, `index_get` (≥ _count), `index_set`
(> _count), `type`, `range`, `too_long`, `dependency`, `duplicate`, `fixed`, `too_many`. A reason whose code is "0" is no
error.

The order in which SetValue looks: empty, unknown, keyword, container, access, index, first and needs, at_most, type and
range, fixed, unique. GetValue: empty, unknown, keyword and container, access, index, then the value. A call that fails
changes nothing; one that sets index = _count makes the record (and those it stands in).

Types: {"check": name, …parameters}. A check answers null or a reason.
    text        {"max"} at most so many characters (UTF-16 units), else `too_long`. `spm` is what the book asks for at least.
    pattern     {"regex", "max"} the whole value matches; regular expressions keep to what Python and JavaScript share
    words       {"words": […]}
    number      {"regex", "min", "max", "empty"} a decimal; `range` when outside; "empty": "" passes
    language    {"empty"} a language tag: known primary subtag, then subtags of 1–8 letters and digits
    localized   {"max", "marks"} a text that may begin with one {lang=tag} and with `marks`
    list        {"separator", "item", "most", "empty", "distinct", "marks"} items of one type, in all at most `most`
                characters; "empty": "" passes (no items); "distinct": no item twice, else `type`
    `marks` of these two: {name: {"words", "default"}}; a value may begin with {name=word}, each name at most once, in any
                order, {lang=…} of a localized text among them; another word is `type`, another brace is text. Once checked, a
                value is kept with its marks in the table's order, {lang=…} last, those that say the default left out
    (a value of more than 32768 characters stays as it is)
    parts       {"separator", "parts": [types], "some"} exactly these parts; "some": a part may be empty but not all
    span        {"separator", "item"} lowest and highest, either may be missing; lowest ≤ highest
    either      {"types": […]} the first that passes; otherwise what the last one says
"""
