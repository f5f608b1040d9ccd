"""Where a case should go: a table decided by hand, and what may never happen.

Each row of the table starts from plain criticism of a member of a cell with everybody on duty,
and names the facts that differ.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.routing import CELL_KINDS, REASONS, RULES, Facts, Unit, propose

UNITS = {
    "home": Unit(1, "cell", "Chi bộ khối 3"),
    "residence": Unit(2, "cell", "Chi bộ khối 5"),
    "ward": Unit(3, "ward_commune", "Đảng ủy phường"),
    "commission": Unit(4, "commission", "Ủy ban kiểm tra phường"),
    "province": Unit(5, "province", "Tỉnh ủy"),
    "province_commission": Unit(6, "commission", "Ủy ban kiểm tra Tỉnh ủy"),
    "intake": Unit(7, "ward_commune", "Đơn vị tiếp nhận"),
    "old": Unit(8, "cell", "Chi bộ khối 2"),
}

PLAIN: dict[str, Any] = {
    "praise": False,
    "possible_denunciation": False,
    "fears_retaliation": False,
    "context": "unsure",
    "home": UNITS["home"],
    "residence": None,
    "level_above_home": UNITS["ward"],
    "commission": UNITS["commission"],
    "managed_by": None,
    "managing_commission": None,
    "on_home_committee": False,
    "on_level_above_committee": False,
    "home_has_handler": True,
    "level_above_has_handler": True,
    "commission_has_handler": True,
    "intake": UNITS["intake"],
}

CHANGES: dict[str, dict[str, Any]] = {
    "plain": {},
    "praise": {"praise": True},
    "nomination": {"nomination": True, "context": "residence"},
    "no_cell": {"home": None},
    "tip": {"possible_denunciation": True},
    "fear": {"fears_retaliation": True},
    "at_work": {"context": "work"},
    "in_party_life": {"context": "party_life"},
    "where_they_live": {"context": "residence"},
    "at_home": {"context": "residence", "residence": UNITS["residence"]},
    "lives_elsewhere": {"residence": UNITS["residence"]},
    "lives_at_home_cell": {"residence": UNITS["home"]},
    "old_cell": {"home": UNITS["old"]},
    "accepted_elsewhere": {"home": UNITS["residence"]},
    "no_home": {"home": None, "level_above_home": None},
    "no_ward": {"level_above_home": None},
    "no_commission": {"commission": None},
    "secretary": {"on_home_committee": True},
    "ward_member": {"on_level_above_committee": True},
    "managed": {
        "managed_by": UNITS["province"],
        "managing_commission": UNITS["province_commission"],
    },
    "managed_without_commission": {"managed_by": UNITS["province"]},
    "empty_home": {"home_has_handler": False},
    "empty_ward": {"level_above_has_handler": False},
    "empty_commission": {"commission_has_handler": False},
    "empty_managing": {"managing_has_handler": False},
    "intake_is_ward": {"intake": UNITS["ward"]},
}

RESTRICTED = {
    "possible_denunciation→commission",
    "fears_retaliation→commission",
    "managed_by_higher_level→its_commission",
    "on_committee_of_level_above→managing_level",
}

with Path(__file__).with_name("routing_table.csv").open(encoding="utf-8", newline="") as lines:
    TABLE = list(csv.DictReader(lines))


def facts_of(names: str) -> Facts:
    """Build facts from the plain case and the names of what differs."""
    values = dict(PLAIN)
    sits_on = set()
    for name in names.split():
        if name.startswith("sits_on_"):
            sits_on.add(UNITS[name.removeprefix("sits_on_")].id)
        else:
            values |= CHANGES[name]
    return Facts(**values, sits_on=frozenset(sits_on))


def unit_or_none(*names: str) -> st.SearchStrategy[Unit | None]:
    """Draw one of these units, or none: few enough that the same one fills several places."""
    return st.sampled_from([None, *(UNITS[name] for name in names)])


any_facts = st.builds(
    Facts,
    context=st.sampled_from(["residence", "work", "party_life", "unsure"]),
    home=unit_or_none("home", "residence", "old"),
    residence=unit_or_none("home", "residence", "old"),
    level_above_home=unit_or_none("ward", "intake"),
    commission=unit_or_none("commission", "province_commission"),
    managed_by=unit_or_none("province", "ward"),
    managing_commission=unit_or_none("commission", "province_commission"),
    intake=st.sampled_from([UNITS["intake"], UNITS["ward"], UNITS["province"]]),
    managing_has_handler=st.booleans(),
    sits_on=st.frozensets(st.integers(min_value=1, max_value=8)),
)


def committees_of_subject(facts: Facts) -> set[int]:
    """Collect the organisations on whose committee the subject sits, however it is known."""
    found = set(facts.sits_on)
    if facts.on_home_committee and facts.home:
        found.add(facts.home.id)
    if facts.on_level_above_committee and facts.level_above_home:
        found.add(facts.level_above_home.id)
    return found


@pytest.mark.parametrize("row", TABLE, ids=[row["situation"] for row in TABLE])
def test_a_case_goes_where_the_table_says(row: dict[str, str]) -> None:
    facts = facts_of(row["facts"])
    proposal = propose(facts)
    assert proposal.unit == UNITS[row["unit"]]
    assert proposal.rule == row["rule"]
    assert list(proposal.reasons) == row["reasons"].split()
    assert proposal.restricted == (row["rule"] in RESTRICTED)
    assert proposal.ask_residence == (facts.residence if row["residence_asked"] == "yes" else None)


def test_the_table_decides_every_rule_and_reason_and_no_case_twice() -> None:
    assert len(TABLE) >= 40
    assert len({row["facts"] for row in TABLE}) == len(TABLE)
    assert {row["rule"] for row in TABLE} == {rule.code for rule in RULES}
    assert {code for row in TABLE for code in row["reasons"].split()} == set(REASONS)


@given(any_facts)
def test_every_case_has_an_answer_that_is_explained(facts: Facts) -> None:
    proposal = propose(facts)
    assert proposal.unit in (
        facts.home,
        facts.level_above_home,
        facts.commission,
        facts.managed_by,
        facts.managing_commission,
        facts.intake,
    )
    assert proposal.reasons
    assert len(set(proposal.reasons)) == len(proposal.reasons)
    assert set(proposal.reasons) <= set(REASONS)


@given(any_facts)
def test_a_restricted_case_never_goes_to_a_cell(facts: Facts) -> None:
    proposal = propose(facts)
    if proposal.restricted:
        assert proposal.unit.kind not in CELL_KINDS
        assert proposal.ask_residence is None


@given(any_facts)
def test_fear_and_possible_denunciation_are_always_restricted(facts: Facts) -> None:
    if facts.fears_retaliation or facts.possible_denunciation:
        assert propose(facts).restricted


@given(any_facts)
def test_criticism_never_goes_to_the_committee_of_its_subject(facts: Facts) -> None:
    proposal = propose(facts)
    own = committees_of_subject(facts)
    if facts.praise or proposal.unit.id not in own:
        return
    known = (
        facts.level_above_home,
        facts.commission,
        facts.managed_by,
        facts.managing_commission,
        facts.intake,
    )
    assert all(unit.id in own for unit in known if unit is not None)
    assert "last_resort" in proposal.reasons


@given(any_facts)
def test_the_residence_cell_is_only_asked_about_what_happened_there(facts: Facts) -> None:
    proposal = propose(facts)
    if proposal.ask_residence is not None:
        assert proposal.ask_residence == facts.residence != proposal.unit
        assert facts.context == "residence"
        assert not facts.praise
        assert facts.residence is not None
        assert facts.residence.id not in committees_of_subject(facts)


@given(any_facts)
def test_praise_ignores_who_sits_where(facts: Facts) -> None:
    if facts.praise and facts.home and facts.home_has_handler and not propose(facts).restricted:
        assert propose(facts).unit == facts.home


@pytest.mark.parametrize("place", ["commission", "managed_by", "managing_commission", "intake"])
@pytest.mark.parametrize("kind", sorted(CELL_KINDS))
def test_a_cell_is_refused_where_a_restricted_case_could_end(place: str, kind: str) -> None:
    with pytest.raises(ValueError, match="organisation 9"):
        Facts(**{**PLAIN, place: Unit(9, kind, "Chi bộ khối 9")})


def test_every_reason_is_one_or_two_short_sentences() -> None:
    for sentence in REASONS.values():
        assert str(sentence).endswith(".")
        assert all(len(part.split()) <= 20 for part in str(sentence).split(". "))
