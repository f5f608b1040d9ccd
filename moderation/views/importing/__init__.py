"""Bringing a file into the register: choosing it, saying what is what, reading, confirming."""

from moderation.views.importing import files, steps
from moderation.views.importing.room import bp

__all__ = ["bp", "files", "steps"]
