"""Words about organisations, members and the people who work in the portal."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class OrganisationKind(Labelled):
    """The level of a Party organisation; the label is what residents may be told."""

    CENTRAL = "central", _("Cấp Trung ương")
    PROVINCE = "province", _("Tỉnh ủy")
    WARD_COMMUNE = "ward_commune", _("Đảng ủy xã, phường")
    GRASSROOTS_COMMITTEE = "grassroots_committee", _("Đảng ủy cơ sở")
    GRASSROOTS_CELL = "grassroots_cell", _("Chi bộ cơ sở")
    SECTION_COMMITTEE = "section_committee", _("Đảng ủy bộ phận")
    CELL = "cell", _("Chi bộ")
    COMMISSION = "commission", _("Ủy ban kiểm tra")


#: The kinds that are cells, wherever one stands in the tree.
CELLS = (OrganisationKind.CELL, OrganisationKind.GRASSROOTS_CELL)


class UnitKind(Labelled):
    """Where a cell lives."""

    RESIDENTIAL = "residential", _("Khối, thôn")
    OFFICE = "office", _("Cơ quan")
    SCHOOL = "school", _("Trường học")
    HEALTH = "health", _("Trạm y tế")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    POLICE = "police", _("Công an")
    MILITARY = "military", _("Quân sự")


class MembershipKind(Labelled):
    """Which tie binds a member to a cell. Only the home cell may discipline."""

    HOME = "home", _("Sinh hoạt chính thức")
    RESIDENCE = "residence", _("Nơi cư trú")
    TEMPORARY = "temporary", _("Sinh hoạt tạm thời")


class MembershipStatus(Labelled):
    """How a membership stands at a date."""

    ACTIVE = "active", _("Đang sinh hoạt")
    PROBATIONARY = "probationary", _("Dự bị")
    EXEMPT = "exempt", _("Miễn công tác và sinh hoạt")
    TEMPORARILY_EXCUSED = "temporarily_excused", _("Tạm miễn sinh hoạt")
    TEMPORARY_ELSEWHERE = "temporary_elsewhere", _("Sinh hoạt tạm thời nơi khác")
    TRANSFERRING = "transferring", _("Đang chuyển sinh hoạt")
    TRANSFERRED = "transferred", _("Đã chuyển sinh hoạt")
    LEFT = "left", _("Đã ra khỏi Đảng")
    REMOVED = "removed", _("Đã xóa tên")
    EXPELLED = "expelled", _("Đã khai trừ")
    DECEASED = "deceased", _("Đã từ trần")


class PostTitle(Labelled):
    """Posts; the first five sit on a committee."""

    SECRETARY = "secretary", _("Bí thư")
    DEPUTY_SECRETARY = "deputy_secretary", _("Phó bí thư")
    STANDING_MEMBER = "standing_member", _("Ủy viên ban thường vụ")
    COMMITTEE_MEMBER = "committee_member", _("Cấp ủy viên")
    COMMISSION_MEMBER = "commission_member", _("Ủy viên ủy ban kiểm tra")
    OTHER = "other", _("Chức vụ khác")

    @property
    def on_committee(self) -> bool:
        """Whether the holder sits on the committee of the organisation."""
        return self is not PostTitle.OTHER


class Role(Labelled):
    """What an account may do, at an organisation and below it."""

    MODERATOR = "moderator", _("Kiểm duyệt")
    COMMITTEE = "committee", _("Cấp ủy")
    CUSTODIAN = "custodian", _("Giữ khóa")
    REGISTRAR = "registrar", _("Quản lý danh sách")
    ADMINISTRATOR = "administrator", _("Quản trị")
    AUDITOR = "auditor", _("Kiểm tra nhật ký")
