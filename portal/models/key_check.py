"""What tells the keys of this database from any others, and tells nothing else."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, digest, word


class KeyCheck(Base):
    """A value that follows from one key, by its name: ``staff.1``, ``code.1``, ``search``."""

    __tablename__ = "key_check"

    name: Mapped[word] = mapped_column(primary_key=True)
    value: Mapped[digest]
    #: Whether those who hold keys of this kind must hold it: not while a new one is being handed
    #: out, and not once nothing is sealed to it any more.
    needed: Mapped[bool]
