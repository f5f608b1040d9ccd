"""The one kind of enumeration used for words that people read."""

from __future__ import annotations

import enum
from typing import Self

from flask_babel.speaklater import LazyString


class Labelled(enum.StrEnum):
    """An enumeration stored by value whose members carry a translatable label."""

    label: LazyString

    def __new__(cls, value: str, label: LazyString) -> Self:
        """Make a member from its stored value and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
