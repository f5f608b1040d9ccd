"""What stands on a poster, in one of the languages installed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from moderation.posters.choosing import Spot
from moderation.posters.sheets import Poster
from portal.i18n import DEFAULT, PARAMETER, gettext, speaking
from portal.views.send import NEIGHBOURHOOD, UNIT


@dataclass(frozen=True)
class Portal:
    """What a poster says of the installation."""

    address: str
    form: str
    telephone: str
    place: str
    sample: bool


def word(spot: Spot, *, portal: Portal, language: str) -> Poster:
    """The poster of a place in a language."""
    with speaking(language):
        typed = urlsplit(portal.address).netloc or portal.address
        return Poster(
            language=language,
            heading=gettext("Mời bà con góp ý về đảng viên"),
            place=_place(spot),
            lead=(
                gettext("Biểu dương hay phê bình đều được tiếp nhận."),
                gettext("Không cần ghi tên, không cần tài khoản."),
            ),
            steps=(
                gettext("Quét mã bằng máy ảnh điện thoại, hoặc gõ địa chỉ %(site)s.", site=typed),
                gettext("Viết hai điều: về ai, việc gì. Cổng cho ông/bà một mã bí mật."),
                gettext("Dùng mã ấy để xem việc đến đâu và đọc câu trả lời."),
            ),
            notes=(
                gettext("Người được góp ý không mở được thư của ông/bà."),
                gettext("Khi cần trình bày, người ấy chỉ được nghe nội dung chính."),
                gettext("Nếu ngại quét mã tại đây, xin chép địa chỉ và gửi khi về nhà."),
                gettext("Sau khi quét, xin kiểm tra địa chỉ hiện ra đúng là %(site)s.", site=typed),
                gettext("Khiếu nại, tố cáo, tin báo tội phạm: Cổng hướng dẫn nơi tiếp nhận."),
            ),
            call=_call(portal.telephone),
            owner=gettext("Cổng tiếp nhận ý kiến nhân dân – %(place)s", place=portal.place),
            mark=gettext("DỮ LIỆU MẪU") if portal.sample else "",
            link=_link(spot, portal=portal, language=language),
            typed=typed,
            short=gettext("Góp ý về đảng viên: biểu dương hay phê bình, không cần ghi tên."),
        )


def _place(spot: Spot) -> str:
    """A place as it stands in a sentence: "Khối 7, phường Đông Kinh"."""
    if not spot.neighbourhood:
        return spot.unit.name
    return f"{spot.neighbourhood}, {spot.unit.name[:1].lower()}{spot.unit.name[1:]}"


def _call(telephone: str) -> str:
    """What somebody does who has no telephone that reads pictures."""
    if not telephone:
        return gettext("Không dùng mạng thì gặp Bộ phận tiếp nhận.")
    whole = telephone.replace(" ", "\N{NO-BREAK SPACE}")
    return gettext("Không dùng mạng thì gọi %(number)s.", number=whole)


def _link(spot: Spot, *, portal: Portal, language: str) -> str:
    """The address of the form with the place chosen, in the poster's language."""
    words = {UNIT: spot.unit.slug}
    if spot.neighbourhood:
        words[NEIGHBOURHOOD] = spot.neighbourhood
    if language != DEFAULT:
        words[PARAMETER] = language
    return f"{portal.address}{portal.form}?{urlencode(words, quote_via=quote)}"
