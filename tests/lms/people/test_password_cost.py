"""What a guess costs whoever has stolen the table of passwords."""

import pytest
from argon2 import PasswordHasher

from lms.people.passwords import COST

pytestmark = pytest.mark.pure


def test_a_hash_is_argon2id_with_the_cost_that_was_decided() -> None:
    assert PasswordHasher(**COST).hash("құпиясөз").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
