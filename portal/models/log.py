"""The public log: which event has which leaf, the tree above the leaves, and its signed heads.

Rows are only ever inserted, by the worker. Nothing here tells what an event is about or when it
happened, and a leaf stays when its event has been purged.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, digest, key, moment, number, sealed, uid


class LogLeaf(Base):
    """The place of one event in the log, counted from nought."""

    __tablename__ = "log_leaf"

    number: Mapped[key] = mapped_column(autoincrement=False)
    event_uid: Mapped[uid]


class LogNode(Base):
    """The hash of one complete subtree, leaves included, by ``portal.ledger.merkle.position``."""

    __tablename__ = "log_node"

    position: Mapped[key] = mapped_column(autoincrement=False)
    hash: Mapped[digest]


class LogHead(Base):
    """The log at one size, signed. ``at`` is the hour of the batch, never of an event."""

    __tablename__ = "log_head"

    size: Mapped[key] = mapped_column(autoincrement=False)
    root: Mapped[digest]
    at: Mapped[moment]
    key_version: Mapped[int]
    signature: Mapped[sealed]
    #: Every event up to this id has its leaf: where the next batch begins to look.
    through: Mapped[number]
