"""Tables of people, one file per theme."""

from lms.people.models.classes import ClassMembership, CombinedClass, RollOver, SchoolClass, SchoolYear
from lms.people.models.persons import ROLES, Guardianship, Person, RoleHolding
from lms.people.models.sign_in import (
    OidcIdentity,
    OneTimeCode,
    PupilCard,
    RecoveryCode,
    SchoolDevice,
    SignInPause,
    SignInSession,
    SignInTrouble,
)

__all__ = [
    "ROLES", "ClassMembership", "CombinedClass", "Guardianship", "OidcIdentity", "OneTimeCode", "Person",
    "PupilCard", "RecoveryCode", "RoleHolding", "RollOver", "SchoolClass", "SchoolDevice", "SchoolYear",
    "SignInPause", "SignInSession", "SignInTrouble",
]  # fmt: skip
