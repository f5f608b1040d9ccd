"""What guards every request: headers, tokens against forged forms, and slowing down guesses.

Nothing here reads the database, and nothing is refused for good.
"""

from portal.security.arrivals import HASTY_SECONDS, Arrivals
from portal.security.forgery import form_age, guard_forms
from portal.security.headers import REMEMBERED, SANDBOX, forget_pages, guard_responses
from portal.security.hosts import guard_hosts
from portal.security.requests import PortalRequest
from portal.security.sessions import SignedSessions
from portal.security.slowdown import Slowdown
from portal.security.sources import Sources

__all__ = [
    "HASTY_SECONDS",
    "REMEMBERED",
    "SANDBOX",
    "Arrivals",
    "PortalRequest",
    "SignedSessions",
    "Slowdown",
    "Sources",
    "forget_pages",
    "form_age",
    "guard_forms",
    "guard_hosts",
    "guard_responses",
]
