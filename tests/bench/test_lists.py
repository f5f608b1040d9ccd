"""The rows of the lists measure lists with lines, and know a table that is read as a whole."""

from pathlib import Path

import pytest

from bench import lists


@pytest.mark.parametrize(
    ("plan", "whole"),
    [
        ("SCAN case_scope", True),
        ("SCAN case_scope USING COVERING INDEX ix_case_scope_list", False),
        ("SEARCH case_scope USING INDEX ix_case_scope_list (room=?)", False),
        ("SCAN anon_1", False),
    ],
)
def test_a_table_that_is_read_as_a_whole_is_known_by_its_plan(plan: str, whole: bool) -> None:
    assert bool(lists._LARGE.match(plan)) is whole


def test_every_list_has_lines_and_is_found_by_index(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    lists.fill(folder, 120)
    with lists.staff_site(folder) as site:
        site.listen()
        for name, (login, address) in lists.LISTS.items():
            assert site.scans(name) == 0, name
            assert site.asked, name
            page = site.browsers[login].get(address).text
            assert name == "calendar" or "PA-" in page or 'href="/quarantine/' in page, name
