"""S-04: whoever is tied to the subject loses the case, and where nobody is left it goes up."""

from __future__ import annotations

from tests.moderation.ward import WARD
from tests.scenarios.town import Town


def test_a_cell_in_which_everybody_is_tied_gets_nothing(town: Town) -> None:
    letter = town.send(context="residence")
    town.tie("thanh", "bach")
    town.tie("both", "bach")
    town.screen(letter)
    page = town.at_desk("lam", letter).page()
    assert "Chi ủy không còn ai được phép giải quyết, nên chuyển lên cấp trên." in page.text
    town.route(letter, WARD)
    assert town.in_committee("vinh", letter).get().status_code == 200
    for login in ("thanh", "wife", "both"):
        assert town.in_committee(login, letter).get().status_code == 404, login


def test_a_wife_sees_nothing_while_her_colleague_works_on_it(town: Town) -> None:
    letter = town.send(context="residence")
    town.screen(letter)
    town.route(letter)
    assert town.in_committee("wife", letter).get().status_code == 404
    assert f"/committee/{letter.number}" not in town.browser("wife").get("/committee/").text
    assert town.in_committee("thanh", letter).get().status_code == 200
