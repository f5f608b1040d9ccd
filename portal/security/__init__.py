"""What guards every request: headers, tokens against forged forms, and slowing down guesses.

Nothing here reads the database, and nothing is refused for good.
"""

from portal.security.forgery import guard_forms
from portal.security.headers import REMEMBERED, forget_pages, guard_responses
from portal.security.requests import PortalRequest
from portal.security.sessions import SignedSessions
from portal.security.slowdown import Slowdown
from portal.security.sources import Sources

__all__ = [
    "REMEMBERED",
    "PortalRequest",
    "SignedSessions",
    "Slowdown",
    "Sources",
    "forget_pages",
    "guard_forms",
    "guard_responses",
]
