"""What goes with a case follows from the schema, and nothing that leads to one is undecided."""

from __future__ import annotations

import pytest
from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from moderation.retention import deciding
from moderation.retention.deciding import (
    FATES,
    Fate,
    Undecided,
    check_decided,
    leading_to_a_case,
    tables_that_go,
    ways_of,
)
from portal.models import Base


def test_of_every_table_that_leads_to_a_case_it_is_decided_what_becomes_of_it() -> None:
    check_decided()
    assert {"submission", "event", "held_copy", "resident_act"} <= leading_to_a_case()
    assert not {"account", "organisation", "member", "log_leaf", "tombstone"} & leading_to_a_case()


@pytest.mark.parametrize("column", ["submission_id", "of"])
def test_a_new_table_is_asked_for(column: str) -> None:
    metadata = MetaData()
    for table in Base.metadata.tables.values():
        table.to_metadata(metadata)
    keys = [ForeignKey("resident_act.id")] if column == "of" else []
    Table("photograph", metadata, Column(column, Integer, *keys))
    with pytest.raises(Undecided, match=r"deciding.py what becomes of \['photograph'\]"):
        check_decided(metadata.tables)


def test_a_table_that_is_gone_is_asked_for() -> None:
    tables = {name: table for name, table in Base.metadata.tables.items() if name != "paper"}
    with pytest.raises(Undecided, match=r"Take \['paper'\] out"):
        check_decided(tables)


def test_what_stays_may_not_ask_for_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FATES, "notice", Fate.STAY)
    with pytest.raises(Undecided, match="notice stays"):
        check_decided()


def test_whose_keys_a_new_sort_of_seal_holds_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "SEALED_FOR", {})
    with pytest.raises(Undecided, match=r"whose keys the seals of"):
        check_decided()


def test_every_way_to_a_case_has_an_index() -> None:
    """Deleting a row looks for all that name it; without an index it would read whole tables."""
    for name in tables_that_go():
        table = Base.metadata.tables[name]
        indexes = [list(index.columns) for index in table.indexes]
        indexes += [
            list(constraint.columns)
            for constraint in table.constraints
            if isinstance(constraint, UniqueConstraint | PrimaryKeyConstraint)
        ]
        first = {columns[0] for columns in indexes if columns}
        for column, target in ways_of(table):
            assert column in first, f"{column} leads to {target} and has no index"
