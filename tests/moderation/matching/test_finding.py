"""Whom a resident means: a table decided by hand, and what holds for any words.

In each row of the table the members under ``first`` are proposed before all others, in any
order, and those under ``among`` are proposed too.
"""

from __future__ import annotations

import pytest

from moderation.matching import WHY
from portal.vocabulary import MembershipStatus
from tests.moderation.matching.small_register import Register
from tests.moderation.matching.table import TABLE, ask


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['about']} / {row['unit']}")
def test_the_likeliest_come_first(register: Register, row: dict[str, str]) -> None:
    found = register.keys_of(ask(register, row))
    first = row["first"].split()
    assert set(found[: len(first)]) == set(first)
    assert set(row["among"].split()) <= set(found)


def test_decomposed_letters_mean_the_same(register: Register) -> None:
    for row in TABLE:
        assert ask(register, row, "NFD") == ask(register, row)


def test_capitals_and_missing_diacritics_still_find_the_member(register: Register) -> None:
    for typed in ("NGUYỄN MẠNH HÀ", "nguyen manh ha", "NGUYEN MANH HA", "nguyễn mạnh hà"):
        assert register.keys_of(register.propose(typed))[0] == "ha"


def test_exact_diacritics_rank_above_folded_letters(register: Register) -> None:
    points = {register.keys[each.member_id]: each.score for each in register.propose("ông Hưng")}
    assert min(points["hung-dam"], points["hung-nga"]) > points["hung-1968"]


def test_each_proposal_tells_people_of_one_name_apart(register: Register) -> None:
    found = register.propose("anh Hùng bác sĩ trạm y tế, nhà khối 5")[0]
    assert (found.name, found.birth_year) == ("Nguyễn Văn Hùng", 1985)
    assert (found.cell, found.cell_id) == (
        "Chi bộ Trạm Y tế phường Đông Kinh",
        register.units["tram"],
    )
    assert found.residence == "Chi bộ khối 5"
    assert found.posts == ("Bác sĩ, Chi bộ Trạm Y tế phường Đông Kinh",)
    assert found.status is MembershipStatus.ACTIVE
    assert found.reasons == (
        "given_name_only",
        "post_matches",
        "workplace_matches",
        "residence_matches",
    )


def test_a_usual_post_is_written_as_people_say_it(register: Register) -> None:
    assert register.propose("ông Trọng khối 5")[0].posts == ("Bí thư, Chi bộ khối 5",)
    assert register.propose("ông Thành bí thư khối 7")[0].posts == ("Bí thư, Chi bộ khối 7",)


def test_nobody_is_chosen_even_when_only_one_is_found(register: Register) -> None:
    found = register.propose("Ông Âu Dương Văn Kỳ khối 5")
    assert isinstance(found, list)
    assert len(found) == 1
    assert found[0].reasons
    fields = set(vars(found[0]))
    assert not fields & {"chosen", "selected", "default", "matched"}


def test_homonyms_that_nothing_tells_apart_have_equal_points(register: Register) -> None:
    found = register.propose("Nguyễn Văn Hùng")
    best = [each.score for each in found[:4]]
    assert len(set(best)) == 1
    assert [each.birth_year for each in found[:4]] == [1952, 1968, 1985, 1990]


def test_every_reason_has_a_sentence(register: Register) -> None:
    told = {reason for row in TABLE for each in ask(register, row) for reason in each.reasons}
    assert told <= set(WHY)
    assert len(told) > 15
    for sentence in WHY.values():
        assert str(sentence).endswith(".")
        assert len(str(sentence).split()) <= 20


@pytest.mark.parametrize(
    ("about", "key"),
    [("ông Toàn khối 5", "toan"), ("ông Đeng khối 7", "deng"), ("Nguyễn Văn Hùng", "hung-left")],
)
def test_former_members_stay_and_are_marked(register: Register, about: str, key: str) -> None:
    found = {register.keys[each.member_id]: each for each in register.propose(about)}
    assert "no_longer_member" in found[key].reasons
    assert found[key].status not in (None, MembershipStatus.ACTIVE)


def test_a_former_member_ranks_below_a_member_of_the_same_name(register: Register) -> None:
    found = register.keys_of(register.propose("Nguyễn Văn Hùng khối 7"))
    assert found.index("hung-1990") < found.index("hung-left")


def test_a_cell_that_ended_shows_as_the_one_that_took_over(register: Register) -> None:
    found = register.propose("bí thư khối 4")
    reasons = {register.keys[each.member_id]: each.reasons for each in found}
    assert "post_matches" in reasons["trong"]
    assert "post_held_before" in reasons["hop"]


def test_a_post_held_long_ago_proposes_nobody(register: Register) -> None:
    assert "deng" not in register.keys_of(register.propose("bí thư khối 7"))


def test_whoever_is_outside_the_chosen_unit_says_so(register: Register) -> None:
    found = register.propose("Ông Triệu Văn Khe khối 7")
    assert "outside_unit" in found[0].reasons
    assert "outside_unit" not in register.propose("Ông Triệu Văn Khe", unit="")[0].reasons


def test_a_good_name_in_the_ward_is_not_sought_elsewhere(register: Register) -> None:
    assert "hung-tri" not in register.keys_of(register.propose("Nguyễn Văn Hùng", limit=100))


def test_a_ward_named_beside_the_chosen_one_is_looked_at_too(register: Register) -> None:
    assert "lang-khe" in register.keys_of(register.propose("anh Khe ở xã Chi Lăng"))
    found = register.propose("anh Khe ở xã Chi Lăng")
    assert "outside_unit" not in found[0].reasons


def test_the_story_gives_names_only_where_the_subject_line_gives_none(
    register: Register,
) -> None:
    story = "Ông Đàm Văn Lợi có chứng kiến."
    assert "loi" not in register.keys_of(register.propose("ông Trọng khối 5", what=story))
    found = register.propose("người hàng xóm", what=story)
    assert register.keys_of(found)[0] == "loi"
    assert "name_in_story" in found[0].reasons


def test_no_more_than_the_limit_is_listed(register: Register) -> None:
    assert len(register.propose("ông Hùng", limit=3)) == 3


@pytest.mark.parametrize("about", ["", "   ", "\u200b\u0000", "!!!", "?", "1968", "12 34"])
def test_words_that_say_nothing_propose_nobody(register: Register, about: str) -> None:
    assert register.propose(about) == []
    assert register.hide_from(about) == set()
