"""What the public process may do is decided for every table, and nothing dangerous is allowed."""

from __future__ import annotations

import pytest

from portal.models import Base
from portal.rights import NOTHING, PUBLIC, Undecided, check_decided, may
from tests.security.dumps import APART, OF_A_LETTER

#: What would break the first promise: who writes, who works here, who is meant, what staff noted.
_NEVER_READ = {
    "event": {"account_id", "internal_note"},
    "feedback_case": {"claimant_id", "desk_id", "handler_id", "headline", "subject_mark"},
}
_CLOSED = ("account", "exclusion", "member", "membership", "paper", "role_grant", "staff_session")


def test_every_table_is_decided() -> None:
    check_decided(Base.metadata.tables)


def test_of_every_table_it_is_said_whether_a_letter_fills_it() -> None:
    said = "say in tests/security/dumps.py whether a letter fills it: then it is searched for words"
    assert set(Base.metadata.tables) == OF_A_LETTER | APART, said
    assert not OF_A_LETTER & APART


def test_a_table_that_nobody_decided_is_named() -> None:
    with pytest.raises(Undecided, match=r"portal/rights.py .* with quarantine\."):
        check_decided([*Base.metadata.tables, "quarantine"])
    with pytest.raises(Undecided, match="Take account out"):
        check_decided([name for name in Base.metadata.tables if name != "account"])


def test_rights_name_columns_that_are_there() -> None:
    for name, rights in PUBLIC.items():
        if name in Base.metadata.tables:
            named = rights.select | rights.insert | rights.update
            assert named <= {column.name for column in Base.metadata.tables[name].columns}, name


def test_what_staff_know_is_closed() -> None:
    assert all(PUBLIC[name] == NOTHING for name in _CLOSED)
    assert not any(PUBLIC[name].select & columns for name, columns in _NEVER_READ.items())


def test_nothing_is_ever_changed_but_the_number_of_the_next_letter() -> None:
    changed = {name: rights.update for name, rights in PUBLIC.items() if rights.update}
    assert changed == {"sequence": {"value"}}
    assert may(update="value").update == {"value"}
