"""Questions about people, one file per theme."""

from lms.people.queries.persons import person_by_login, person_or_404

__all__ = ["person_by_login", "person_or_404"]
