"""A resident at the screen: writes, sends, and follows what was sent. Knows fields by their id."""

from __future__ import annotations

from playwright.sync_api import FilePayload

from tests.browser.screens import Screen

FORM, TRACK = "/gui-y-kien", "/tra-cuu"
ABOUT = "Ông Nông Văn Bách, đảng viên ở khối 7"
WHAT = "Mấy tháng nay ông Bách để vật liệu xây dựng lấn hết vỉa hè trước số nhà 15."


def write(screen: Screen, *, about: str = ABOUT, what: str = WHAT) -> None:
    """Open the form and answer its two questions."""
    screen.open(FORM)
    screen.put(about=about, what=what)


def preview(screen: Screen, *, about: str = ABOUT, what: str = WHAT) -> None:
    """Go to the preview."""
    write(screen, about=about, what=what)
    screen.press("button[value=preview]")


def send(screen: Screen, *, about: str = ABOUT, what: str = WHAT) -> str:
    """Go to the receipt and return the code on it."""
    preview(screen, about=about, what=what)
    screen.tick("consent")
    screen.press("button[value=send]")
    return code_on(screen)


def open_details(screen: Screen) -> None:
    """Open everything on the page that is optional and closed."""
    for closed in screen.see("details:not([open]) > summary").all()[::-1]:
        closed.click()


def code_on(screen: Screen) -> str:
    """The code on a receipt."""
    groups = screen.see("#code li").all_inner_texts()
    assert len(groups) == 5, screen.text
    return "-".join(groups)


def track(screen: Screen, code: str) -> None:
    """Open a submission with its code."""
    screen.open(TRACK)
    screen.put(code=code)
    screen.press("main button")


def step(screen: Screen, name: str) -> None:
    """Press the button that asks for a step on the tracking page."""
    screen.press(f'form:has(input[name=step][value="{name}"]) button')


#: The button of a resident's form for files.
_SEND_FILE = 'form[enctype="multipart/form-data"] button'


def send_file(screen: Screen, raw: bytes, name: str = "anh.jpg", button: str = _SEND_FILE) -> None:
    """Choose a file in the form for files, and send it."""
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=raw)
    screen.page.set_input_files("#file", files=[file])
    screen.press(button)
