"""From whom a case is hidden until a member is matched: when in doubt, hide."""

from __future__ import annotations

from tests.moderation.matching.small_register import Register
from tests.moderation.matching.table import TABLE, ask


def test_all_of_one_given_name_are_hidden_from(register: Register) -> None:
    everybody = {"hung-1952", "hung-1968", "hung-1985", "hung-1990", "hung-be", "hung-left"}
    assert register.hide_from("ông Hùng khối 5") >= everybody
    assert register.hide_from("ong hung khoi 5") >= everybody | {"hung-nga", "hung-dam"}


def test_another_diacritic_is_another_person_unless_something_else_fits(
    register: Register,
) -> None:
    assert "hung-dam" not in register.hide_from("ông Hùng")
    assert "hung-nga" in register.hide_from("anh Hùng lái xe công ty Hồi Xanh")


def test_whoever_holds_or_held_the_named_post_is_hidden_from(register: Register) -> None:
    assert register.hide_from("bí thư khối 7") == {"thanh-1964", "bach-1961"}
    assert register.hide_from("bí thư khối 4") == {"trong", "hop"}


def test_a_misspelt_name_is_hidden_from_too(register: Register) -> None:
    assert register.hide_from("Nông Văn Bch") == {"bach-1961", "bach-1984"}


def test_a_unit_alone_hides_from_all_its_members(register: Register) -> None:
    assert register.hide_from("cán bộ trạm y tế") == {"hung-1985", "hien", "nu"}
    assert register.hide_from("Một người ở thôn Nà Lùng") == {"slao", "pao"}


def test_the_candidate_listed_first_is_always_hidden_from(register: Register) -> None:
    for row in TABLE:
        found = ask(register, row)
        hidden = register.hide_from(
            row["about"], what=row["what"], unit=row["unit"], unit_text=row["unit_text"]
        )
        assert register.keys[found[0].member_id] in hidden, row["about"]
