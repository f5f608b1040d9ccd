"""What the evidence of the promises stands on: both rooms, on a small ward and on nothing."""

from tests.doors.conftest import ask, built_ward, staff_app, staff_client, ward
from tests.moderation.views.conftest import course, sit, walk
from tests.portal.conftest import communes, resident

__all__ = [
    "ask",
    "built_ward",
    "communes",
    "course",
    "resident",
    "sit",
    "staff_app",
    "staff_client",
    "walk",
    "ward",
]
