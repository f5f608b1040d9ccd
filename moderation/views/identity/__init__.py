"""The desk of custodians: their key, what they are asked, and changing who they are together."""

from moderation.views.identity import desk, key, requests, sitting
from moderation.views.identity.room import bp

__all__ = ["bp", "desk", "key", "requests", "sitting"]
