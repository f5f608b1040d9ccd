"""The index of what staff may read: keyed terms, sealed sheets, and what waits to be done to it.

The words of a page become terms, keyed hashes in alphabetical order, so that neither a word nor
its place nor how often it stood there can be read. The full-text index of the database is kept
over these rows by the database itself.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Identifier, day, sealed

#: Names of the database's own index begin so. SQLite keeps it as tables beside ours, PostgreSQL as
#: a column and its index; no model knows them.
INDEX = "search_index"


class SearchEntry(Base):
    """One case as it is found from one room. Its id follows from both, so that newer cases come
    after older ones.
    """

    __tablename__ = "search_entry"
    __table_args__ = (Index("ix_search_entry_case", "case_id"),)

    id: Mapped[int] = mapped_column(Identifier, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"))
    #: The terms of what may be read from this room.
    words: Mapped[str] = mapped_column(Text)
    #: From where it is seen, and who must not see it, as terms.
    filing: Mapped[str] = mapped_column(Text)
    #: What the terms were made of, under the internal key of the case: snippets come from here.
    sheet: Mapped[sealed]


class SearchStale(Base):
    """A case that must be indexed anew: the rows are the queue."""

    __tablename__ = "search_stale"

    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)


class SearchResidue(Base):
    """An entry that lost terms which may still lie in older parts of the database's index."""

    __tablename__ = "search_residue"

    entry_id: Mapped[int] = mapped_column(Identifier, primary_key=True, autoincrement=False)
    on: Mapped[day]
    #: Whether the parts are being joined since it was written.
    begun: Mapped[bool] = mapped_column(default=False)
