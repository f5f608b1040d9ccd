"""The words around a name: forms of address, posts, kinds of unit, and words that are no name.

Data only. Every phrase is written with its diacritics; how strictly a text must agree with it is
for the reading to say.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from portal.text import canonical, fold
from portal.vocabulary import PostTitle, UnitKind


class Label(enum.Enum):
    """What part a word plays beside a name. FREE is what may be a name."""

    FREE = enum.auto()
    ADDRESS = enum.auto()
    POST = enum.auto()
    UNIT = enum.auto()
    STOP = enum.auto()
    PRONOUN = enum.auto()
    PLACE = enum.auto()
    NUMBER = enum.auto()


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase, its label, what it is compared as, and whom it addresses (m, f or nobody)."""

    exact: tuple[str, ...]
    label: Label
    plain: tuple[str, ...]
    gender: str = ""


_MEN: Final = "ông, anh, chú, thầy, cậu, a, ô, ông anh, thầy giáo"
_WOMEN: Final = "bà, chị, cô, dì, mợ, thím, c, b, nữ, cô giáo"
_ANYBODY: Final = """
bác, cụ, em, e, đồng chí, đ c, đc, đ chí, bạn, ths, ts, tiến sĩ, thạc sĩ, kỹ sư, gs, pgs, ks,
tên, tên là, tên gọi, họ tên, họ và tên, họ tên là, người tên, gọi là, gọi, đảng viên, cán bộ,
công chức, viên chức, nhân viên, chuyên viên, là, hai vợ chồng, vợ chồng
"""
_PRONOUNS: Final = "ấy, ta, này, kia, đó, nọ, con, nào, gì, chúng tôi"

#: Left of the arrow what people write, right of it what it is compared as.
_POSTS: Final = """
bí thư, phó bí thư, bt > bí thư, pbt > phó bí thư, phó bt > phó bí thư, phó bí > phó bí thư,
bí thư đoàn > đoàn, bí thư chi đoàn > đoàn, phó bí thư đoàn > đoàn, phó bí thư chi đoàn > đoàn,
bí thư đoàn thanh niên > đoàn thanh niên, bí thư chi bộ, phó bí thư chi bộ,
ủy viên, chi ủy viên, chi ủy, ban chi ủy, cấp ủy, cấp ủy viên, đảng ủy viên, ban thường vụ,
uvbtv > ủy viên ban thường vụ, btv > ban thường vụ, cuv > chi ủy viên,
thường vụ, thường trực, ủy viên ban thường vụ, ủy ban kiểm tra, ubkt > ủy ban kiểm tra,
chủ nhiệm, phó chủ nhiệm, chủ tịch, phó chủ tịch, chủ tịch xã > chủ tịch ủy ban nhân dân xã,
chủ tịch phường > chủ tịch ủy ban nhân dân phường, chủ tịch ubnd > chủ tịch ủy ban nhân dân,
phó chủ tịch phường > phó chủ tịch ủy ban nhân dân phường,
phó chủ tịch xã > phó chủ tịch ủy ban nhân dân xã,
hiệu trưởng, phó hiệu trưởng, hiệu phó > phó hiệu trưởng, giáo viên, gv > giáo viên,
nhà giáo > giáo viên, giáo viên chủ nhiệm, chủ nhiệm lớp > giáo viên chủ nhiệm,
trưởng khối, khối trưởng > trưởng khối, trưởng khu > trưởng khối, khu trưởng > trưởng khối,
trưởng khối phố > trưởng khối, trưởng khu phố > trưởng khối, tổ trưởng > trưởng khối,
tổ trưởng dân phố > trưởng khối, tổ trưởng tổ dân phố > trưởng khối, phó khối > phó trưởng khối,
tổ phó > phó trưởng khối, trưởng thôn, thôn trưởng > trưởng thôn, trưởng bản > trưởng thôn,
trưởng xóm > trưởng thôn, phó thôn > phó trưởng thôn, phó trưởng thôn, phó trưởng khối,
trưởng trạm, trạm trưởng > trưởng trạm, phó trạm > phó trưởng trạm, phó trưởng trạm,
giám đốc, phó giám đốc, trưởng phòng, phó phòng > phó trưởng phòng, phó trưởng phòng,
trưởng ban, phó ban > phó trưởng ban, phó trưởng ban, trưởng công an, phó trưởng công an,
phó công an > phó trưởng công an, chỉ huy trưởng, phó chỉ huy trưởng,
chỉ huy phó > phó chỉ huy trưởng, chi hội trưởng, chi hội phó > phó chi hội trưởng,
hội trưởng, bác sĩ, bs > bác sĩ, y sĩ, y tá, điều dưỡng, nữ hộ sinh, hộ sinh, dược sĩ, kế toán,
địa chính, tư pháp, hộ tịch, lái xe, bảo vệ, thủ quỹ, văn thư, cảnh sát khu vực, trung tá,
thiếu tá, thượng tá, đại úy, trung úy, thượng úy, thiếu úy, bộ đội, dân quân, phó
"""
_UNITS: Final = """
khối, khối phố > khối, khu phố > khối, tổ dân phố > khối, khu dân cư > khối, tdp > khối,
kp > khối, khu > khối, thôn, bản > thôn, xóm > thôn, làng > thôn, phường, xã, thị trấn, huyện,
tỉnh, thành phố, tp > thành phố, p > phường, f > phường, chi bộ, đảng bộ, đảng ủy, cơ quan,
tổ chức đảng, tổ, cụm, trung tâm, phòng, hội trường, nhà văn hóa, bệnh viện, bưu điện, ban chỉ huy,
ủy ban nhân dân, ubnd > ủy ban nhân dân, ủy ban > ủy ban nhân dân, một cửa > hành chính công,
hành chính công, văn phòng, công an, ca phường > công an phường, ca xã > công an xã, quân sự,
ban chỉ huy quân sự, y tế, trạm y tế, trạm xá > trạm y tế, trạm, trường, nhà trường > trường,
tiểu học, mầm non, mẫu giáo > mầm non, trung học cơ sở, thcs > trung học cơ sở,
thpt > trung học phổ thông, trung học phổ thông, công ty, cty > công ty, doanh nghiệp, nhà máy,
hợp tác xã, htx > hợp tác xã, mặt trận tổ quốc, mttq > mặt trận tổ quốc,
mặt trận > mặt trận tổ quốc, hội đồng nhân dân, hđnd > hội đồng nhân dân
"""
_STOPS: Final = """
của, ở, tại, và, hay, hoặc, với, cùng, cho, từ, đến, về, trong, ngoài, trên, dưới, trước, sau,
nay, cũ, các, những, mọi, một, vài, nhiều, ít, rất, quá, lắm, không, chưa, đã, đang, sẽ, được, bị,
có, làm, làm việc, công tác, sống, sinh sống, nhà, số nhà, ngõ, ngách, hẻm, gần, cạnh, bên, chỗ,
nơi, khoảng, chừng, độ, tầm, hơn, tuổi, sinh năm, nghỉ hưu, hưu trí, vợ, chồng, bố, mẹ, em gái,
em trai, anh trai, chị gái, con gái, con trai, anh em, chị em, anh chị em, bà con, đội mũ, đeo kính,
cao gầy, đi, xe máy, thì phải, nhất là, nói, nói năng, thu tiền, tiền, tiền quỹ, quỹ, hỏi, dạy, lớp,
hàng xóm, thái độ, cáu gắt, công bằng, công khai, minh bạch, an ninh, an toàn, vệ sinh, môi trường,
sinh hoạt, gia đình, bình thường, hòa giải, văn hóa, văn hóa xã hội, xây dựng, đất đai, quan tâm,
nhiệt tình, hách dịch, tận tình, thanh niên, phụ nữ, cựu chiến binh, nông dân, điện lực, giao thông,
thể thao, lâu năm, bây giờ, hiện nay, vừa qua, hôm nay, năm nay, năm ngoái, tháng, ngày, tuần, chợ,
cổng, ngân hàng, sông, cầu, nước, thợ điện, hay đội, phụ trách, tiếp dân,
nhân dân, dân, đảng, hội, việc, khi, vì, nên, thì, mà, như, để, lại, ra, vào, lên, xuống, rồi, cũng,
chỉ, cả, đều, nguyên, cựu, kiêm, đồng thời, hiện, hiện là, trẻ, già, béo, lùn, ban, đứa, đám, nhóm,
thôi, nhé, ạ, nhờ, xin, cảm ơn, trân trọng, kính gửi, đề nghị, kiến nghị, phản ánh, biết, thấy, gặp,
say rượu, uống rượu, thường xuyên, hằng ngày, bán hàng, buôn bán, đường, phố, quê, gốc, ruột, người,
mấy, cháu, ai, nó, họ, tôi, mình, quản lý, liên hệ, không biết, hỗ trợ, lãnh đạo,
phục vụ, trả lời, giải quyết, trách nhiệm
"""

#: Typed without its diacritics, this is far more often another word: the family Nguyễn.
ONLY_EXACT: Final = frozenset({("nguyên",)})

_GENDERS: Final = {"m": _MEN, "f": _WOMEN, "": _ANYBODY}


def _entries(text: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each phrase of a block with what it is compared as."""
    for entry in text.replace("\n", " ").split(","):
        written, _, meant = entry.partition(">")
        exact = tuple(canonical(written).split())
        yield exact, tuple(fold(meant or written).split())


def _phrases() -> Iterator[Phrase]:
    """Every phrase of the lexicon; where two fold alike, the likelier comes first."""
    for gender, text in _GENDERS.items():
        for exact, plain in _entries(text):
            yield Phrase(exact, Label.ADDRESS, _TEACHING.get(exact, plain), gender)
    for label, text in (
        (Label.POST, _POSTS),
        (Label.UNIT, _UNITS),
        (Label.PRONOUN, _PRONOUNS),
        (Label.STOP, _STOPS),
    ):
        for exact, plain in _entries(text):
            yield Phrase(exact, label, plain)


_TEACHING: Final[dict[tuple[str, ...], tuple[str, ...]]] = {
    ("thầy", "giáo"): ("giao", "vien"),
    ("cô", "giáo"): ("giao", "vien"),
}

PHRASES: Final[dict[tuple[str, ...], list[Phrase]]] = {}
for _phrase in _phrases():
    PHRASES.setdefault(tuple(fold(" ".join(_phrase.exact)).split()), []).append(_phrase)
LONGEST: Final = max(map(len, PHRASES))

#: After these the next words are the name of a place.
PLACE_HEADS: Final = frozenset(
    {"thon", "phuong", "xa", "tran", "huyen", "tinh", "pho", "truong", "ty", "hoc", "non"}
)
STREETS: Final = frozenset({"duong", "pho", "cho"})
#: After these a number belongs to the unit.
NUMBERED_HEADS: Final = frozenset({"khoi", "thon", "to", "cum", "lop", "ngo", "ngach"})
ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}

#: Which words name which title of the Party's own, as they are compared.
TITLES: Final[tuple[tuple[tuple[str, ...], PostTitle], ...]] = (
    (("pho", "bi", "thu"), PostTitle.DEPUTY_SECRETARY),
    (("bi", "thu"), PostTitle.SECRETARY),
    (("ban", "thuong", "vu"), PostTitle.STANDING_MEMBER),
    (("thuong", "vu"), PostTitle.STANDING_MEMBER),
    (("chi", "uy", "vien"), PostTitle.COMMITTEE_MEMBER),
    (("dang", "uy", "vien"), PostTitle.COMMITTEE_MEMBER),
    (("cap", "uy", "vien"), PostTitle.COMMITTEE_MEMBER),
    (("uy", "vien", "uy", "ban", "kiem", "tra"), PostTitle.COMMISSION_MEMBER),
)
#: These mean everybody on a commission, and everybody on a committee.
COMMISSION: Final = ("uy", "ban", "kiem", "tra")
BODIES: Final = (("chi", "uy"), ("cap", "uy"), ("lanh", "dao"))

#: Words of a post that say nothing about which post it is.
EMPTY_POST_WORDS: Final = (("cong", "chuc"), ("vien", "chuc"), ("can", "bo"), ("nhan", "vien"))

#: Which words name which kind of unit, as they are compared.
KINDS: Final[tuple[tuple[tuple[str, ...], UnitKind], ...]] = (
    (("tram", "y", "te"), UnitKind.HEALTH),
    (("y", "te"), UnitKind.HEALTH),
    (("tram",), UnitKind.HEALTH),
    (("truong",), UnitKind.SCHOOL),
    (("hieu", "truong"), UnitKind.SCHOOL),
    (("giao", "vien"), UnitKind.SCHOOL),
    (("cong", "an"), UnitKind.POLICE),
    (("canh", "sat"), UnitKind.POLICE),
    (("quan", "su"), UnitKind.MILITARY),
    (("cong", "ty"), UnitKind.ENTERPRISE),
    (("doanh", "nghiep"), UnitKind.ENTERPRISE),
    (("hop", "tac", "xa"), UnitKind.ENTERPRISE),
    (("uy", "ban", "nhan", "dan"), UnitKind.OFFICE),
    (("hanh", "chinh", "cong"), UnitKind.OFFICE),
    (("van", "phong"), UnitKind.OFFICE),
    (("dia", "chinh"), UnitKind.OFFICE),
    (("can", "bo", "phuong"), UnitKind.OFFICE),
    (("can", "bo", "xa"), UnitKind.OFFICE),
)
#: These name the ward or commune itself, when no other unit goes with them.
WARD_WORDS: Final = (("dang", "uy"), ("phuong",), ("xa",), ("dang", "bo"))
