"""The administrators' pages and the way of an invited person: axe, width, thumbs."""

from __future__ import annotations

import pytest

from moderation.sample import PASSWORD as SAMPLE
from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.staff import FIRST, account_of, code_of, come_in, let_the_proof_grow_old

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "en")
ADMINISTRATOR, OTHER = "an.tran", "kien.hua"
ROOM = "/settings/accounts/"
PASSWORD = "suối trâu bảng cửa sổ 61"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_of_accounts_can_be_used_by_everybody(
    look: Look, installation: Installation, staff: Served, lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, ADMINISTRATOR)
    tied, own = account_of(installation, "ngan.be"), account_of(installation, ADMINISTRATOR)
    for name, path in {
        "list": "",
        "list-empty": "?q=zzz",
        "ended": "?list=ended",
        "new": "new",
        "requests": "requests",
        "account": str(tied),
        "own": str(own),
        "role": f"{tied}/role",
        "member": f"{tied}/member",
        "tie": f"{tied}/tie?q=nguyen+van+hung",
        "tie-nobody": f"{tied}/tie?q=zzz",
        "end": f"{tied}/end",
        "running": "../portal",
    }.items():
        screen.open(ROOM + path)
        assert screen.status == 200, path
        assert faults(screen, f"accounts-{name}-{lang}", thumbs=True) == [], name
    for path in ("new", f"{tied}/role", f"{tied}/reset"):
        screen.open(ROOM + path)
        screen.press("main form[method=post] .btn.main")
        assert screen.status == 422
        name = f"accounts-wrong-{path.rpartition('/')[2]}-{lang}"
        assert faults(screen, name, thumbs=True) == [], path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_administrators_can_do_together_what_takes_two(
    look: Look, installation: Installation, staff: Served, lang: str
) -> None:
    first, second, owner = (look(staff, lang=lang) for _ in range(3))
    come_in(first, ADMINISTRATOR)
    come_in(second, OTHER)
    about = account_of(installation, "minh.do" if lang == "vi" else FIRST)
    first.open(f"{ROOM}{about}/reset")
    first.put(reason="Mất điện thoại khi đi công tác")
    let_the_proof_grow_old(installation, ADMINISTRATOR)
    first.press("main form[method=post] .btn.main")
    assert first.status == 403
    assert faults(first, f"accounts-proof-{lang}", thumbs=True) == []
    first.press("main .btn.main")
    assert faults(first, f"accounts-proof-wrong-{lang}", thumbs=True) == []
    first.put(**{"proof-password": SAMPLE, "proof-code": code_of(first, ADMINISTRATOR)})
    first.press("main .btn.main")
    assert faults(first, f"accounts-asked-{lang}", thumbs=True) == []
    first.open(f"{ROOM}requests")
    assert faults(first, f"accounts-own-request-{lang}", thumbs=True) == []
    second.open(f"{ROOM}requests")
    assert faults(second, f"accounts-request-{lang}", thumbs=True) == []
    come_in(owner, "minh.do" if lang == "vi" else FIRST)
    owner.open("/settings/")
    assert faults(owner, f"accounts-owner-{lang}", thumbs=True) == []
    second.press('form[action$="/decline"] button')
    assert second.status == 200


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_invited_person_comes_in_with_and_without_scripts(
    look: Look, staff: Served, lang: str, scripts: bool
) -> None:
    screen, stranger = look(staff, lang=lang), look(staff, lang=lang, scripts=scripts)
    come_in(screen, ADMINISTRATOR)
    screen.open(f"{ROOM}new")
    login = f"moi.{lang}.{scripts}".lower()
    screen.put(name="Nông Văn Bách", login=login)
    screen.page.select_option("#home", index=1)
    screen.press("main form[method=post] .btn.main")
    assert faults(screen, f"accounts-choose-{lang}", thumbs=True) == []
    screen.see("input[value=none]").check()
    screen.press("main form[method=post] .btn.main")
    assert faults(screen, f"accounts-link-{lang}", thumbs=True) == []
    link = (screen.see(".breaks").text_content() or "").strip()
    path, _, token = link.removeprefix(staff.address).partition("#")
    stranger.open(f"{path}#{token}" if scripts else path)
    if scripts:
        assert stranger.see("#token").input_value() == token
        assert token not in stranger.page.url
    else:
        stranger.put(token=token)
    assert not scripts or faults(stranger, f"invitation-{lang}", thumbs=True) == []
    stranger.press("main button")
    assert not scripts or faults(stranger, f"invitation-accept-{lang}", thumbs=True) == []
    stranger.put(password=PASSWORD, again=PASSWORD + "!")
    stranger.press("main button")
    assert stranger.status == 422
    assert not scripts or faults(stranger, f"invitation-wrong-{lang}", thumbs=True) == []
    stranger.put(password=PASSWORD, again=PASSWORD)
    stranger.press("main button")
    assert stranger.see("#login").count() == 1
