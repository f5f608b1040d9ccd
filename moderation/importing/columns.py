"""Which columns a file may have, how they are called, and which are never read in. Pure.

Nothing is taken but what routing and exclusion need (DOMAIN 4.4). A column with numbers of people
is refused by its name, or by what stands in it, before anything of it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from portal.i18n import lazy_gettext as _
from portal.models.register_import import ImportKind
from portal.text import fold, mask


@dataclass(frozen=True)
class Field:
    """One thing that a column may hold: its name here and on screen, and how others call it."""

    name: str
    label: LazyString
    #: Folded; in an exported file the first of them is the head of the column.
    heads: tuple[str, ...]
    needed: bool = False
    hint: object = ""


def _field(
    name: str, label: LazyString, heads: str, *, needed: bool = False, hint: object = ""
) -> Field:
    return Field(name, label, tuple(word.strip() for word in heads.split(",")), needed, hint)


_MEMBER_FIELDS = (
    _field(
        "member_id",
        _("Mã trên cổng"),
        "ma tren cong, ma cong, id cong, portal id, member id",
        hint=_("Có trong tệp tải về từ cổng này."),
    ),
    _field(
        "source_key",
        _("Mã ở hệ thống khác"),
        "ma o he thong khac, ma he thong, ma nguon, ma dang vien, source key, source id, id, ma",
        hint=_("Chỉ giữ dấu vết đã mã hóa. Không dùng số thẻ, số định danh."),
    ),
    _field(
        "name", _("Họ và tên"), "ho va ten, ho ten, ten, full name, name, dang vien", needed=True
    ),
    _field(
        "birth_year",
        _("Năm sinh"),
        "nam sinh, ngay sinh, sinh nam, ngay thang nam sinh, birth year, year of birth, born",
        needed=True,
        hint=_("Nếu ghi cả ngày, cổng chỉ lấy năm."),
    ),
    _field(
        "home",
        _("Chi bộ sinh hoạt chính thức"),
        "chi bo sinh hoat chinh thuc, chi bo, chi bo sinh hoat, noi sinh hoat, home cell, cell",
        needed=True,
    ),
    _field(
        "home_since",
        _("Sinh hoạt từ ngày"),
        "sinh hoat tu ngay, tu ngay, ngay vao chi bo, home since, since",
    ),
    _field("home_until", _("Sinh hoạt đến ngày"), "sinh hoat den ngay, den ngay, home until"),
    _field(
        "residence",
        _("Chi bộ nơi cư trú"),
        "chi bo noi cu tru, noi cu tru, chi bo cu tru, residence cell, residence",
    ),
    _field("residence_since", _("Cư trú từ ngày"), "cu tru tu ngay, residence since"),
    _field("residence_until", _("Cư trú đến ngày"), "cu tru den ngay, residence until"),
    _field(
        "temporary",
        _("Chi bộ sinh hoạt tạm thời"),
        "chi bo sinh hoat tam thoi, sinh hoat tam thoi, temporary cell",
    ),
    _field("temporary_since", _("Tạm thời từ ngày"), "tam thoi tu ngay, temporary since"),
    _field("temporary_until", _("Tạm thời đến ngày"), "tam thoi den ngay, temporary until"),
    _field(
        "status",
        _("Tình trạng đảng viên"),
        "tinh trang dang vien, tinh trang, trang thai, status, membership status",
    ),
    _field("status_since", _("Tình trạng từ ngày"), "tinh trang tu ngay, status since"),
    _field("status_until", _("Tình trạng đến ngày"), "tinh trang den ngay, status until"),
    _field("managed_by", _("Cấp quản lý"), "cap quan ly, dien quan ly, managed by"),
    _field(
        "posts",
        _("Chức vụ"),
        "chuc vu, chuc vu dang, posts, post",
        hint=_("Nhiều chức vụ cách nhau bằng dấu chấm phẩy."),
    ),
)
_ORGANISATION_FIELDS = (
    _field("organisation_id", _("Mã trên cổng"), "ma tren cong, ma cong, portal id, code"),
    _field("name", _("Tên tổ chức"), "ten to chuc, ten, to chuc dang, name", needed=True),
    _field("short_name", _("Tên gọi tắt"), "ten goi tat, ten tat, short name"),
    _field("kind", _("Loại tổ chức"), "loai to chuc, loai, kind", needed=True),
    _field("unit_kind", _("Loại hình đơn vị"), "loai hinh don vi, loai hinh, unit kind"),
    _field(
        "parent",
        _("Thuộc tổ chức"),
        "thuoc to chuc, truc thuoc, thuoc, cap tren, parent",
        needed=True,
    ),
    _field("since", _("Có từ ngày"), "co tu ngay, tu ngay, ngay thanh lap, since"),
    _field("until", _("Có đến ngày"), "co den ngay, den ngay, ngay ket thuc, until"),
)
FIELDS: Mapping[ImportKind, tuple[Field, ...]] = {
    ImportKind.MEMBERS: _MEMBER_FIELDS,
    ImportKind.ORGANISATIONS: _ORGANISATION_FIELDS,
}

#: What a column with numbers of people, or ways to reach them, is called; folded.
_NEVER = re.compile(
    r"\b(cccd|cmnd|cmt|can cuoc|chung minh|dinh danh|ho chieu|passport|dien thoai|sdt|di dong|"
    r"phone|mobile|so the|the dang|card|email|e mail|thu dien tu|dia chi|address|tai khoan|stk|"
    r"bhxh|bao hiem|ma so thue|mst|zalo|facebook)\b"
)
#: Of what masking finds these are numbers of people, and ways to reach them.
_OF_PEOPLE = frozenset(
    (
        *("cccd", "cmnd", "passport", "party_card", "insurance", "tax"),
        *("bank", "phone", "number", "email"),
    )
)
_OWN_NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def is_never_read(head: str) -> bool:
    """Whether a column of this name is left where it is."""
    return _NEVER.search(fold(head)) is not None


def looks_personal(value: str) -> bool:
    """Whether a value is a number of a person, or a way to reach one."""
    if _OWN_NUMBER.fullmatch(value):
        return False
    return not _OF_PEOPLE.isdisjoint(mask(value).kinds)


def numbers_of_people(values: Iterable[str]) -> bool:
    """Whether what stands in a column is mostly numbers of people: then it is not read either."""
    filled = [value for value in values if value]
    return sum(map(looks_personal, filled)) * 2 > len(filled)


def guess(kind: ImportKind, heads: Sequence[str]) -> dict[str, int]:
    """Which column is what, as far as the heads say so; the first one counts."""
    found: dict[str, int] = {}
    by_head = {head: field.name for field in reversed(FIELDS[kind]) for head in field.heads}
    for place, head in enumerate(heads):
        name = by_head.get(_plain(head))
        if name is not None and not is_never_read(head):
            found.setdefault(name, place)
    return found


def header_row(kind: ImportKind, rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows of a sheet is its head, counted from 0: the one that says most.

    Without any that says something it is the first with words.
    """
    told = [len(guess(kind, row)) for row in rows]
    if told and max(told) > 0:
        return told.index(max(told))
    return next((at for at, row in enumerate(rows) if any(row)), 0)


def missing(kind: ImportKind, chosen: Mapping[str, int]) -> list[Field]:
    """The fields that every file must have and this one does not."""
    return [field for field in FIELDS[kind] if field.needed and field.name not in chosen]


def _plain(head: str) -> str:
    """A head without what is in brackets behind it."""
    return fold(head.partition("(")[0]) or fold(head)
