"""Reviews: whoever may not see one, or is tied to a member in it, cannot tell that it is there."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.doors.conftest import Ask
from tests.doors.test_routes import STAFF
from tests.moderation.appraising.conftest import HELPED, Reviewing, reviewing
from tests.moderation.conftest import StaffClient
from tests.pages import page_of

__all__ = ["reviewing"]

NOBODY = UUID(int=7)
RULES = [
    (method, rule)
    for endpoint, (method, rule, _access) in STAFF.items()
    if endpoint.startswith("reviews.") and "N" in rule
]


def _at(rule: str, number: int, member: UUID) -> str:
    """The address of a review or a part with this number, and of this member."""
    return rule.replace("members/N", f"members/{member}").replace("N", str(number))


@pytest.mark.parametrize("login", ["doan", "ky", "lua"])
def test_a_review_of_other_cells_is_answered_like_none(
    reviewing: Reviewing, staff_client: StaffClient, ask: Ask, login: str
) -> None:
    reviewing.record("both", "bach", HELPED)
    bach = reviewing.ward.members["bach"]
    browser = staff_client(login)
    fields = {
        "csrf_token": page_of(browser.get("/reviews/")).fields.get("csrf_token", ""),
        "version": "1",
        "reason": "Xin ghi rõ.",
        "member": str(bach),
        "reviewed": "yes",
    }
    # The cell of the first of them is in the review, and the review itself is hers to see.
    rules = [each for each in RULES if login != "doan" or "cells" in each[1]]
    for method, rule in rules:
        typed = fields if method == "POST" else None
        real = reviewing.part_id if "cells" in rule else reviewing.review_id
        there = ask(browser, method, _at(rule, real, bach), typed)
        nowhere = ask(browser, method, _at(rule, 999, NOBODY), typed)
        assert there.status == 404, (method, rule)
        assert there == nowhere, (method, rule)


@pytest.mark.parametrize(("login", "member"), [("wife", "bach"), ("both", "thanh")])
def test_whom_somebody_may_not_record_is_answered_like_nobody(
    reviewing: Reviewing, staff_client: StaffClient, ask: Ask, login: str, member: str
) -> None:
    browser = staff_client(login)
    page = browser.get(f"/reviews/cells/{reviewing.part_id}")
    fields = {"csrf_token": page_of(page).fields["csrf_token"], "version": "0", "reviewed": "yes"}
    for method, rule in RULES:
        if "members" not in rule:
            continue
        typed = fields if method == "POST" else None
        known = reviewing.ward.members[member]
        there = ask(browser, method, _at(rule, reviewing.part_id, known), typed)
        nowhere = ask(browser, method, _at(rule, reviewing.part_id, NOBODY), typed)
        assert there.status == 404, (method, rule)
        assert there == nowhere, (method, rule)


def test_a_tied_reader_reads_nothing_of_a_result(
    reviewing: Reviewing, staff_client: StaffClient
) -> None:
    reviewing.record("both", "bach", HELPED)
    part = f"/reviews/cells/{reviewing.part_id}"
    assert "Khiển trách" in staff_client("both").get(part).text
    for path in (part, f"{part}/sign"):
        text = staff_client("wife").get(path).text
        assert "Khiển trách" not in text
        assert "05-QĐ/ĐU" not in text
    assert "Đồng chí có liên quan, nên người khác ghi." in staff_client("wife").get(part).text
