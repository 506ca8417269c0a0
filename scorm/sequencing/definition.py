"""The sequencing definition model (SN 4th Ed. chapter 3) as values; every default is the book's default."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ControlModes:
    """SM.1"""

    choice: bool = True
    choice_exit: bool = True
    flow: bool = False
    forward_only: bool = False
    use_current_attempt_objective_info: bool = True
    use_current_attempt_progress_info: bool = True


@dataclass(frozen=True)
class ConstrainedChoice:
    """SM.11 and the ADL constrain choice controls"""

    prevent_activation: bool = False
    constrain_choice: bool = False


@dataclass(frozen=True)
class Condition:
    """One rule condition. For rollup rules only `name` and `negate` are used."""

    name: str  # as in the manifest: satisfied, objectiveStatusKnown, …, always
    negate: bool = False
    objective: str | None = None  # referencedObjective
    threshold: float = 0.0  # measureThreshold


@dataclass(frozen=True)
class Rule:
    """SM.2: one sequencing rule; which list it stands in says when it is evaluated."""

    action: str  # skip, disabled, hiddenFromChoice, stopForwardTraversal, exit, exitParent, exitAll, retry, …
    conditions: tuple[Condition, ...] = ()
    combination: str = "all"


@dataclass(frozen=True)
class Limits:
    """SM.3; durations in seconds, times as ISO 8601 text as written. None = no limit."""

    attempt_limit: int | None = None
    attempt_absolute_duration: float | None = None
    attempt_experienced_duration: float | None = None
    activity_absolute_duration: float | None = None
    activity_experienced_duration: float | None = None
    begin: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class RollupRule:
    """SM.5"""

    action: str  # satisfied, notSatisfied, completed, incomplete
    conditions: tuple[Condition, ...] = ()
    combination: str = "any"
    child_set: str = "all"  # all, any, none, atLeastCount, atLeastPercent
    minimum_count: int = 0
    minimum_percent: float = 0.0  # a fraction, 0…1


@dataclass(frozen=True)
class ObjectiveMap:
    """SM.7 with the 4th edition's extensions, all for one global objective."""

    target: str
    read_satisfied: bool = True
    read_measure: bool = True
    write_satisfied: bool = False
    write_measure: bool = False
    read_raw: bool = False
    read_min: bool = False
    read_max: bool = False
    read_completion: bool = False
    read_progress: bool = False
    write_raw: bool = False
    write_min: bool = False
    write_max: bool = False
    write_completion: bool = False
    write_progress: bool = False


@dataclass(frozen=True)
class Objective:
    """SM.6"""

    identifier: str = ""  # only a primary objective may be without
    primary: bool = False
    satisfied_by_measure: bool = False
    minimum_measure: float = 1.0
    maps: tuple[ObjectiveMap, ...] = ()


@dataclass(frozen=True)
class RollupControls:
    """SM.8 and the ADL rollup considerations"""

    satisfied: bool = True  # rollupObjectiveSatisfied
    completion: bool = True  # rollupProgressCompletion
    weight: float = 1.0  # objectiveMeasureWeight
    required_for_satisfied: str = "always"
    required_for_not_satisfied: str = "always"
    required_for_completed: str = "always"
    required_for_incomplete: str = "always"
    measure_satisfaction_if_active: bool = True


@dataclass(frozen=True)
class Selection:
    """SM.9, SM.10"""

    selection_timing: str = "never"  # never, once, onEachNewAttempt
    select_count: int | None = None
    randomization_timing: str = "never"
    reorder_children: bool = False


@dataclass(frozen=True)
class Delivery:
    """SM.12"""

    tracked: bool = True
    completion_set_by_content: bool = False
    objective_set_by_content: bool = False


@dataclass(frozen=True)
class CompletionThreshold:
    """adlcp:completionThreshold (CAM 4th Ed.); the 3rd edition's bare number sets by_measure and minimum."""

    by_measure: bool = False
    minimum: float = 1.0
    weight: float = 1.0


@dataclass(frozen=True)
class Sequencing:
    control: ControlModes = field(default_factory=ControlModes)
    choice: ConstrainedChoice = field(default_factory=ConstrainedChoice)
    pre: tuple[Rule, ...] = ()
    exit: tuple[Rule, ...] = ()
    post: tuple[Rule, ...] = ()
    limits: Limits = field(default_factory=Limits)
    rollup_rules: tuple[RollupRule, ...] = ()
    rollup: RollupControls = field(default_factory=RollupControls)
    objectives: tuple[Objective, ...] = ()  # the primary one first when it is written down; may be empty
    selection: Selection = field(default_factory=Selection)
    delivery: Delivery = field(default_factory=Delivery)
    completion: CompletionThreshold = field(default_factory=CompletionThreshold)
