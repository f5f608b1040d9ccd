"""What goes with a case: every row that leads to it, found in the schema itself.

A table that leads to a case by a foreign key, its own or another table's, is decided here, and a
test asks for every new one. What is deleted follows from the keys: nobody can forget a column.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Column, ColumnElement, Table, and_, or_, select
from sqlalchemy.orm import Session

from portal.models import Base, Case, Seal, Submission
from portal.models.submission import SealTarget

#: How a column is called that holds the number of a case or a submission without a foreign key.
_BY_NAME = frozenset({"case_id", "submission_id"})


class Fate(enum.StrEnum):
    """What becomes of the rows of a table that lead to a case."""

    #: They go with it.
    GO = "go"
    #: They stay, and the number in them leads nowhere: no foreign key may ask for the case.
    STAY = "stay"


class Undecided(Exception):
    """It is not decided what becomes of a table; the message names it and says what to do."""


#: Every table that leads to a case.
FATES: Mapping[str, Fate] = {
    **dict.fromkeys(
        (
            *("feedback_case", "submission", "event", "resident_act", "paper", "follow_up"),
            *("stage_clock", "case_part", "case_scope", "exclusion", "seeking", "notice"),
            *("slip", "code_exchange"),
            # What lies beside it without its number goes with it: making_public.taking_away.
            "answer_release",
            *("likeness", "copy_group", "held_copy", "expiry", "retention_hold"),
            *("stay", "trait", "sketch", "look_alike"),
            *("search_entry", "search_stale"),
            *("bulk_item", "bulk_order"),
            # Its key lies in the row; the worker sweeps away the sealed bytes of files without one.
            "attachment",
            *("identity", "identity_share", "identity_request", "identity_approval"),
            *("identity_opening", "notice_address"),
            # Who wrote, who asked for it, and what custodians answered.
            *("identity", "identity_share", "notice_address"),
            *("identity_request", "identity_approval", "identity_opening"),
        ),
        Fate.GO,
    ),
    # Who did what stays, without content: the chain binds each entry with the number in it.
    "journal_entry": Fate.STAY,
}
#: In which table the things lie whose keys a seal holds.
SEALED_FOR: Mapping[SealTarget, str] = {
    SealTarget.SUBMISSION: "submission",
    SealTarget.CASE_PUBLIC: "feedback_case",
    SealTarget.CASE_INTERNAL: "feedback_case",
    SealTarget.IDENTITY_APPROVAL: "identity_request",
    SealTarget.IDENTITY_OPENING: "identity_request",
}
#: What these hold belongs to no case.
OF_NO_CASE = frozenset({SealTarget.EXCUSAL, SealTarget.REVIEW_PART})
_ROOT = Base.metadata.tables[Case.__tablename__]
_HERE = "moderation/retention/deciding.py"


def leading_to_a_case(tables: Mapping[str, Table] | None = None) -> frozenset[str]:
    """The names of all tables that lead to a case, by foreign keys or by the name of a column."""
    tables = Base.metadata.tables if tables is None else tables
    found, grown = set[str](), {_ROOT.name}
    while grown != found:
        found = grown
        grown = found | {
            table.name
            for table in tables.values()
            if _BY_NAME & {column.name for column in table.columns}
            or any(key.column.table.name in found for key in table.foreign_keys)
        }
    return frozenset(found)


def check_decided(tables: Mapping[str, Table] | None = None) -> None:
    """Raise Undecided when a table that leads to a case has no fate, or an impossible one."""
    tables = Base.metadata.tables if tables is None else tables
    leading = leading_to_a_case(tables)
    if undecided := sorted(leading - set(FATES)):
        raise Undecided(f"Decide in {_HERE} what becomes of {undecided}.")
    if gone := sorted(set(FATES) - leading):
        raise Undecided(f"Take {gone} out of {_HERE}: it leads to no case.")
    if missing := sorted(set(SealTarget) - set(SEALED_FOR) - OF_NO_CASE):
        raise Undecided(f"Say in {_HERE} whose keys the seals of {missing} hold.")
    for name in sorted(leading):
        if FATES[name] is Fate.STAY and list(ways_of(tables[name])):
            raise Undecided(f"{name} stays: its column must be a number without a foreign key.")


def with_merged(session: Session, case_ids: Collection[int]) -> list[int]:
    """These cases, those whose letters went into them, and what their letters were parted into:
    they go together.
    """
    merged = session.scalars(
        select(Case.id).where(Case.merged_into_id.in_(case_ids)).order_by(Case.id)
    )
    letters = select(Submission.id).where(Submission.case_id.in_(case_ids))
    parted = session.scalars(
        select(Submission.case_id).where(Submission.part_of_id.in_(letters)).order_by(Submission.id)
    )
    return list(dict.fromkeys([*case_ids, *merged, *parted]))


def tables_that_go() -> list[str]:
    """The names of the tables from which rows go with a case."""
    return [Seal.__tablename__, *(name for name, fate in FATES.items() if fate is Fate.GO)]


def going_with(case_ids: Collection[int]) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """The rows that go with these cases, table by table, in an order in which they can go.

    Raises Undecided for a schema that nobody has decided on: then nothing goes at all.
    """
    check_decided()
    seals = Base.metadata.tables[Seal.__tablename__]
    yield seals, or_(*(_sealed_for(target, case_ids) for target in SEALED_FOR))
    for table in reversed(Base.metadata.sorted_tables):
        if FATES.get(table.name) is Fate.GO:
            yield table, belongs_to(table, case_ids)


def belongs_to(table: Table, case_ids: Collection[int]) -> ColumnElement[bool]:
    """That a row of this table leads to one of these cases."""
    if table is _ROOT:
        number: Column[int] = _ROOT.c.id
        return number.in_(case_ids)
    return or_(*(_leads(column, target, case_ids) for column, target in ways_of(table)))


def _leads(
    column: Column[int], target: Column[int], case_ids: Collection[int]
) -> ColumnElement[bool]:
    """That what a foreign key names belongs to one of these cases."""
    if target.table is _ROOT:
        return column.in_(case_ids)
    parent = Base.metadata.tables[target.table.name]
    return column.in_(select(target).where(belongs_to(parent, case_ids)))


def ways_of(table: Table) -> Iterator[tuple[Column[int], Column[int]]]:
    """The foreign keys of a table to others that go, in a fixed order; none to itself."""
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        parent = key.column.table
        if parent is not table and FATES.get(parent.name) is Fate.GO:
            yield key.parent, key.column


def _sealed_for(target: SealTarget, case_ids: Collection[int]) -> ColumnElement[bool]:
    """That a seal holds the key of something that goes."""
    table = Base.metadata.tables[SEALED_FOR[target]]
    things = select(table.c.id).where(belongs_to(table, case_ids))
    return and_(Seal.target == target, Seal.target_id.in_(things))
