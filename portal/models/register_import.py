"""A file that is to be brought into the register: what was read of it, and what it would change."""

from __future__ import annotations

import enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import (
    Base,
    Identifier,
    day,
    digest,
    key,
    line,
    moment,
    number,
    sealed,
    stored_enum,
    uid,
    word,
)


class ImportKind(enum.StrEnum):
    """What the rows of a file are."""

    MEMBERS = "members"
    ORGANISATIONS = "organisations"


class SheetFormat(enum.StrEnum):
    """How the file is written."""

    CSV = "csv"
    XLSX = "xlsx"


class ImportState(enum.StrEnum):
    """How far an import is. Only ``DONE`` has changed the register."""

    #: Somebody says which column is what.
    MAPPING = "mapping"
    #: The worker reads and compares.
    READING = "reading"
    #: The preview can be read and confirmed.
    READY = "ready"
    #: The worker writes.
    CONFIRMED = "confirmed"
    DONE = "done"
    #: It cannot be read at all; ``fault`` says why.
    FAILED = "failed"
    DISCARDED = "discarded"


class Verdict(enum.StrEnum):
    """What becomes of one row. Rows that change nothing are counted and not kept."""

    ADD = "add"
    CHANGE = "change"
    PROBLEM = "problem"


class RegisterImport(Base):
    """One file of one registrar. What it holds goes within a day; that it was, and how many rows
    it changed, stays.
    """

    __tablename__ = "register_import"
    __table_args__ = (
        Index("ix_register_import_account_id", "account_id", "id"),
        Index("ix_register_import_state", "state", "id"),
    )

    id: Mapped[key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[ImportKind] = mapped_column(stored_enum(ImportKind))
    state: Mapped[ImportState] = mapped_column(stored_enum(ImportState))
    at: Mapped[moment]
    #: What the file was called, so that its registrar knows it again.
    name: Mapped[line | None]
    #: Where the sealed file lies, and its key, sealed to the staff; empty once the file is gone.
    uid: Mapped[uid]
    key_version: Mapped[int]
    box: Mapped[sealed | None]
    form: Mapped[SheetFormat] = mapped_column(stored_enum(SheetFormat))
    #: Under the key of the file: its sheets with their columns.
    about: Mapped[sealed | None]
    #: Which sheet and which columns were chosen: numbers and words of ours, no word of the file.
    plan: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rows_read: Mapped[int] = mapped_column(default=0)
    #: How many rows there seem to be.
    rows_there: Mapped[int] = mapped_column(default=0)
    tally: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    #: Why the file as a whole cannot be read: a code, a row and a column.
    fault: Mapped[dict[str, str] | None] = mapped_column(JSON)
    #: A keyed hash over all that the preview says, and the newest entry of the journal before it.
    digest: Mapped[digest | None]
    seen_entry: Mapped[number | None]
    #: Until when the worker that has taken it may be thought alive.
    taken_until: Mapped[moment | None]
    finished_at: Mapped[moment | None]


class ImportLine(Base):
    """What one row of the file would change, or what is wrong with it, under the file's key."""

    __tablename__ = "import_line"
    __table_args__ = (Index("ix_import_line_verdict", "import_id", "verdict", "number"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("register_import.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(stored_enum(Verdict))
    body: Mapped[sealed]


class ImportWrite(Base):
    """One row of the register as it is about to be written: put here beforehand, so that writing
    it takes one short statement. Empty but for the moments in between.
    """

    __tablename__ = "import_write"
    __table_args__ = (Index("ix_import_write_target", "import_id", "target"),)

    id: Mapped[key]
    import_id: Mapped[int] = mapped_column(ForeignKey("register_import.id"))
    #: The table, and whether a row is new or changed.
    target: Mapped[word]
    row_id: Mapped[int | None] = mapped_column(Identifier)
    member_id: Mapped[UUID | None]
    name: Mapped[line | None]
    folded: Mapped[line | None]
    given: Mapped[word | None]
    placed: Mapped[str | None] = mapped_column(Text)
    birth_year: Mapped[int | None]
    #: What is counted of the member, as it was when this was prepared.
    version: Mapped[int | None]
    managed_by_id: Mapped[int | None] = mapped_column(Identifier)
    organisation_id: Mapped[int | None] = mapped_column(Identifier)
    #: The kind of a membership, a status, or the title of a post.
    term: Mapped[word | None]
    words: Mapped[line | None]
    valid_from: Mapped[day | None]
    valid_to: Mapped[day | None]
    mark: Mapped[digest | None]


class MemberSource(Base):
    """Which member a key of another system stands for. Of the key only a keyed hash is kept."""

    __tablename__ = "member_source"

    mark: Mapped[digest] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), index=True)
