"""Those of the demo one can sign in as."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "kok-dala-bulagy"


@dataclass(frozen=True)
class Known:
    """Somebody to sign in as: the login, the role, the number of their school (0: the oblast's office)."""

    login: str
    role: str
    school: int = 1
    language: str = "kk"


KNOWN = (
    Known("admin", "administrator", 0),
    Known("republic", "republic_officer", 0),
    Known("oblast", "oblast_officer", 0),
    Known("district", "district_officer", 0, "ru"),
    Known("adisker", "methodologist", 1),
    Known("metodist", "methodologist", 5, "ru"),
    Known("director", "director"),
    Known("deputy", "deputy_director", 1, "ru"),
    Known("tirek", "teacher", 1),
    Known("mugalim", "teacher", 2),
    Known("uchitel", "teacher", 7, "ru"),
    Known("oqushy", "student", 2),
    Known("uchenik", "student", 7, "ru"),
    Known("ata-ana", "guardian", 2),
    Known("roditel", "guardian", 7, "ru"),
)
