"""The texts that staff begin with when they write to a resident: offered, filled in, and kept.

A text is only a beginning: whoever sends it has read it and may change every word of it.
"""

from moderation.replying.filling import FIELDS, BadField, fill, unknown_fields
from moderation.replying.keeping import drop_template, keep_template
from moderation.replying.reading import Reply, offered, read_templates

__all__ = [
    "FIELDS",
    "BadField",
    "Reply",
    "drop_template",
    "fill",
    "keep_template",
    "offered",
    "read_templates",
    "unknown_fields",
]
