"""The row of files: a photograph sent with the code, beside what must be done to it in any case.

The floor is the portal's own looking, cleaning apart, sealing and storing, in one process without a
site: so the ratio is what the way there costs, the form, the code, the row and the page. Both take
turns, one file at a time, and write to the same disk.
"""

import io
import itertools
import random
import statistics
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PIL import Image

from bench import targets
from bench.browser import Browser
from bench.budgets import Line
from bench.conversation import TRACK, accepted, send, words
from bench.measuring import timed
from portal.files.arriving import Upload
from portal.files.attaching import MOST_FILES
from portal.files.storing import FileStore
from portal.files.taking import take_in
from portal.vault import new_key

#: Where a file goes with the code.
UPLOAD = f"{TRACK}/tep"
BOUNDARY = "bench-of-files"
SIZE = (4000, 3000)
#: What the site may add. Three runs on a busy machine with two processors measured 1.06 to 1.16.
MOST = 1.3

_NUMBER = itertools.count()


def file_lines(folder: Path, count: int, *, warm: bool = True) -> list[Line]:
    """Send so many photographs, and take as many in without a site; return the budget. When
    ``warm``, one of each goes before and does not count.
    """
    folder.mkdir(parents=True)
    portal = targets.portal(folder)
    environment = {**portal.environment, "PORTAL_FILES": str(folder / "files")}
    floor = FileStore(str(folder / "floor"))
    least, ours = list[float](), list[float]()
    with (
        targets.Target(portal.app, environment).started(folder) as server,
        Browser(server.port) as browser,
    ):
        for turn in range(-warm, count):
            if turn < 0 or turn % MOST_FILES == 0:
                sending = upload(browser, send(browser, words()))
            took = timed(lambda: taken(floor)), timed(sending)
            if turn >= 0:
                least.append(took[0])
                ours.append(took[1])
    megabytes = len(photograph()) / 1_000_000
    value = statistics.median(ours) / statistics.median(least)
    return [Line(f"a photograph of {megabytes:.1f} MB sent", value, "× no site", most=MOST)]


def upload(browser: Browser, code: str) -> Callable[[], object]:
    """Make the act of sending one more photograph to the comment that the code opens."""
    page = accepted(browser.get(TRACK)).hidden()

    def act() -> object:
        body = form({"csrf_token": page["csrf_token"], "code": code}, unlike_others())
        return accepted(browser.send(UPLOAD, body, f"multipart/form-data; boundary={BOUNDARY}"))

    return act


def taken(store: FileStore) -> None:
    """Look at one more photograph, clean, seal and store it. Raises what refuses it."""
    arrived = Upload("file", "anh.jpg")
    arrived.take(unlike_others())
    try:
        take_in(
            store,
            upload=arrived,
            key=new_key(),
            is_there=lambda _mark: False,
            before_cleaning=lambda: None,
        )
    finally:
        arrived.close()


def form(fields: dict[str, str], photo: bytes) -> bytes:
    """Write a form with a file as a browser does."""
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    parts = [f'{head}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    parts.append(f'{head}"file"; filename="anh.jpg"\r\n\r\n')
    return "".join(parts).encode() + photo + f"\r\n--{BOUNDARY}--\r\n".encode()


def unlike_others() -> bytes:
    """A photograph that was not sent before: the same pixels, and a number behind its end."""
    return photograph() + str(next(_NUMBER)).encode()


@cache
def photograph() -> bytes:
    """A JPEG of twelve megapixels and two megabytes, as many telephones make them."""
    # It must be the same in each run; nothing that guards is drawn here.
    noise = random.Random(7).randbytes(480 * 360 * 3)  # nosec B311
    made = io.BytesIO()
    Image.frombytes("RGB", (480, 360), noise).resize(SIZE).save(made, "JPEG", quality=70)
    return made.getvalue()
