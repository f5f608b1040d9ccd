"""What the page of a case calls it on the desk."""

from __future__ import annotations

from moderation.papers import CaseKeys, tell_shut
from moderation.releases import is_hidden
from portal.models import Case
from portal.vault import CannotOpen, decrypt


def read_title(keys: CaseKeys, case: Case) -> str:
    """The first of the masked words; nothing where they may not be shown or do not open."""
    if case.headline is None or is_hidden(case):
        return ""
    try:
        return decrypt(keys.internal, case.headline, "feedback_case", case.id, "headline").decode()
    except CannotOpen:
        tell_shut(case.id, "the headline")
        return ""
