"""S-05: two members have one name; both are proposed, nobody is picked, and no question tells."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from moderation.access import member_mark
from portal.models import Exclusion, Member, Membership, Organisation
from portal.text import fold
from portal.vocabulary import MembershipKind, OrganisationKind, Role, Status, UnitKind
from tests.moderation.ward import SINCE, WARD
from tests.pages import page_of
from tests.scenarios.town import TICKED, Town

STATION, CELL_5 = 21, 22
CELLS = {
    STATION: ("Chi bộ Trạm Y tế", UnitKind.HEALTH),
    CELL_5: ("Chi bộ khối 5", UnitKind.RESIDENTIAL),
}
NAME = "Nguyễn Văn Hùng"
ABOUT = "anh Hùng bác sĩ trạm y tế, nhà khối 5"
WHAT = "Anh Hùng bác sĩ nói năng cáu gắt với người già đến khám."
READ_AS = {"kind": "suggestion", "sentiment": "criticism", "topic": "attitude_to_people"}


@pytest.fixture
def hungs(town: Town) -> dict[int, UUID]:
    """The two members by their years of birth; the older one has retired to his block."""
    with town.ward.database.writing() as session:
        path = session.get_one(Organisation, WARD).path
        for number, (name, unit_kind) in CELLS.items():
            session.add(
                Organisation(
                    id=number,
                    kind=OrganisationKind.CELL,
                    unit_kind=unit_kind,
                    name=name,
                    short_name=name.removeprefix("Chi bộ "),
                    folded=fold(name),
                    parent_id=WARD,
                    path=f"{path}{number}.",
                    valid_from=SINCE,
                )
            )
        found = {}
        for year, home in ((1968, CELL_5), (1985, STATION)):
            member = Member(name=NAME, folded=fold(NAME), given="hung", birth_year=year)
            session.add(member)
            session.flush()
            found[year] = member.id
            for kind, cell in ((MembershipKind.HOME, home), (MembershipKind.RESIDENCE, CELL_5)):
                session.add(
                    Membership(
                        member_id=member.id,
                        organisation_id=cell,
                        kind=kind,
                        valid_from=date(2025, 7, 1),
                    )
                )
    town.enrol("oanh", Role.COMMITTEE, STATION)
    town.enrol("trong", Role.COMMITTEE, CELL_5)
    return found


def test_both_are_proposed_and_the_one_at_work_is_chosen(
    town: Town, hungs: dict[int, UUID]
) -> None:
    letter = town.send(about=ABOUT, what=WHAT, kind="suggestion", context="work")
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    page = hoa.page()
    for year in hungs:
        assert f"{NAME}, {year}" in page.text
    assert "member" not in page.fields, "somebody was chosen by the program"
    refused = hoa.send("verify", whole="y", guessable="no", **READ_AS, **TICKED)
    assert refused.status_code == 422
    assert "Xin chọn đảng viên được góp ý trước khi đề nghị." in page_of(refused).text
    hoa.do("verify", whole="y", guessable="no", member=str(hungs[1985]), **READ_AS, **TICKED)
    # Who chose does not confirm; the second person reads who was chosen.
    hoa.send("confirm")
    assert town.case(letter).proposal == "verify"
    lam = town.at_desk("lam", letter)
    assert f"{NAME} (1985)" in lam.page().text
    lam.do("confirm")
    assert lam.page().fields["organisation"] == str(STATION)
    put = "Nhân dân góp ý về lời nói khi khám bệnh."
    shown = "Có ý kiến về thái độ khi khám cho người già."
    lam.do("route", organisation=str(STATION), shown=shown, put=put, why="clearer")

    search = town.ward.ring.search
    with town.ward.database.reading() as session:
        marks = set(session.scalars(select(Exclusion.mark)))
    assert town.case(letter).subject_mark == member_mark(search, hungs[1985])
    # Nothing is left at the other one: no mark, and his cell does not have the case.
    assert member_mark(search, hungs[1985]) in marks
    assert member_mark(search, hungs[1968]) not in marks
    assert town.browser("trong").get(f"/committee/{letter.number}").status_code == 404
    assert f"{NAME}, 1985" in town.in_committee("oanh", letter).page().text


def test_whoever_is_not_sure_asks_without_telling_of_either(
    town: Town, hungs: dict[int, UUID]
) -> None:
    letter = town.send(about="anh Hùng ở phường", what=WHAT)
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    response = hoa.send("choose", member="none")
    assert response.location == f"/case/{letter.number}/ask"
    for telling in (
        "Người ấy sinh năm 1968 hay 1985?",
        "Người ấy làm ở Trạm Y tế hay ở nơi khác?",
        "Có phải là anh Nguyễn Văn Hùng không?",
        "Xin cho biết người ấy thuộc chi bộ khối 5 hay không.",
    ):
        assert hoa.send("ask", question=telling).status_code == 422, telling
    question = "Người ấy làm việc gì, ở đâu, khoảng bao nhiêu tuổi?"
    hoa.do("ask", question=question)
    assert town.case(letter).status is Status.NEED_INFO
    read = letter.look()
    assert question in read
    for hidden in (NAME, "1968", "1985", "Trạm Y tế", "khối 5"):
        assert hidden not in read
