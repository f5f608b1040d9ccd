"""No output of any kind contains hidden text: random people at random pages, about random cases.

One installation holds cases of every kind. Whoever asks, whatever for and however it is narrowed:
of a case that somebody may not see there is neither a word nor its number in what comes back, and
of one that they see nothing that is sealed from them.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from moderation.searching.addresses import to_address
from moderation.sessions import begin_session
from portal.config import Settings
from portal.text import fold
from tests.moderation import ward as wards
from tests.pages import page_of
from tests.security.gathering import KINDS, LOGINS, OF_THE_WRITER, Told, gather
from wsgi import create_public_app, create_staff_app

#: What is asked for by a POST, and answers with what was found.
POSTED = ("/desk/search", "/committee/search", "/case/<int:case_id>/find", "/journal/export")
#: Where the name of an argument is not the number of a case, and which rows there are.
ROWS = ("group_id", "request_id", "account_id", "grant_id", "factor_id")
LISTS = (
    *("todo", "mine", "confirm", "publish", "waiting", "overdue", "handling", "answered", "done"),
    *("open", "working", "praise", "reported", "held", "soon"),
)
STEPS = ("look", "own", "certificate")


class Gathering:
    """Both sites on one database, with somebody of every role signed in."""

    def __init__(self, ward: wards.Ward, told: list[Told], staff: Flask, public: Flask) -> None:
        """Open the browsers, and find out which pages there are."""
        self.ward, self.told = ward, told
        self.pages, self.public_pages = rules(staff), rules(public)
        self.browsers = {login: signed_in(ward, staff, login) for login in LOGINS}
        self.visitor = public.test_client()

    def case(self, name: str) -> Told:
        """The case of a kind."""
        return next(each for each in self.told if each.name == name)


@pytest.fixture(scope="module")
def here(built_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gathering]:
    """It is gathered once; nothing that is asked here changes a case."""
    folder = tmp_path_factory.mktemp("gathering") / "ward"
    ward = wards.copy(built_ward, folder)
    told = gather(ward)
    apps = [
        make(
            Settings(
                database_url=ward.database.engine.url.render_as_string(hide_password=False),
                keys=folder / "keys" / holder,
                files=str(folder / "files"),
                testing=True,
            ),
            clock=lambda: ward.at,
        )
        for make, holder in ((create_staff_app, "staff"), (create_public_app, "public"))
    ]
    yield Gathering(ward, told, *apps)
    for app in apps:
        app.extensions["portal"].database.engine.dispose()
    ward.database.engine.dispose()


def rules(app: Flask) -> list[str]:
    """Every page of a site."""
    found = (rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()))
    return sorted(rule for rule in found if not rule.startswith("/static"))


def signed_in(ward: wards.Ward, app: Flask, login: str) -> FlaskClient:
    """A browser in which somebody has just signed in."""
    client = app.test_client()
    with ward.database.writing() as session:
        token = begin_session(session, account_id=ward.accounts[login], at=ward.at, hours=10)
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": token, "_fresh": True})
    return client


def address(rule: str, number: int, row: int) -> str:
    """The address of a page about a case, or about some other row."""
    for part in rule.split("<")[1:]:
        argument = part.partition(">")[0]
        name = argument.rpartition(":")[2]
        value = row if name in ROWS or name == "size" else number
        rule = rule.replace(f"<{argument}>", str(value))
    return rule


def words_of(answer: TestResponse) -> str:
    """All that came back, also what stands in its head, as it is read and as it is searched."""
    body = answer.get_data(as_text=True)
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    whole = f"{head}\n{html.unescape(body)}".lower()
    return f"{whole}\n{whole.replace('-', '').replace(' ', '')}\n{fold(whole)}"


def asked(told: Told, what: str) -> str:
    """What somebody could have heard of a case: its number, or a word of it."""
    return told.names[0] if what == "number" else told.word(what)


KNOWING = st.sampled_from(["number", "about", "what", "place", "shown", "public", "telephone"])
CASES = st.sampled_from(list(KINDS))


@st.composite
def narrowings(draw: st.DrawFn) -> dict[str, tuple[str, str]]:
    """What an address is narrowed by: for each name, a case and what was heard of it."""
    names = st.sampled_from(["q", "s", "case", "who", "about", "typed", "words"])
    heard = st.tuples(CASES, KNOWING)
    return draw(st.dictionaries(names, heard, max_size=2))


@settings(max_examples=150)
@given(
    login=st.sampled_from(LOGINS),
    page=st.integers(0, 200),
    about=CASES,
    row=st.integers(1, 12),
    narrowed=narrowings(),
    listed=st.sampled_from(["", *LISTS]),
    english=st.booleans(),
)
def test_nobody_of_the_staff_reads_what_is_hidden_from_them(
    here: Gathering,
    login: str,
    page: int,
    about: str,
    row: int,
    narrowed: dict[str, tuple[str, str]],
    listed: str,
    english: bool,
) -> None:
    told = here.case(about)
    doors = [*here.pages, *POSTED, *("/desk/", "/committee/", "/desk/search") * 3]
    # Where one looks at cases one looks often.
    doors += [door for door in here.pages if "case_id" in door]
    rule = doors[page % len(doors)]
    path = address(rule, told.walk.number, row)
    heard = {name: asked(here.case(case), what) for name, (case, what) in narrowed.items()}
    fields = {
        **heard,
        **({"list": listed} if listed else {}),
        **({"lang": "en"} if english else {}),
    }
    if "s" in heard:
        account_id = here.ward.accounts[login]
        typed = heard["s"]
        fields["s"] = to_address(here.ward.ring.search, account_id=account_id, typed=typed)
    answer = opened(here.browsers[login], rule, path, fields)
    assert answer.status_code != 500, path
    check(here, login, words_of(answer), typed=[path, *heard.values()])


def opened(browser: FlaskClient, rule: str, path: str, fields: Mapping[str, str]) -> TestResponse:
    """What a page answers; what is found is looked at where it is shown."""
    if rule not in POSTED:
        return browser.get(f"{path}?{urlencode(fields)}")
    token = page_of(browser.get("/settings/")).fields["csrf_token"]
    return browser.post(path, data={**fields, "csrf_token": token}, follow_redirects=True)


def check(here: Gathering, login: str, words: str, *, typed: list[str]) -> None:
    """Nothing that is hidden from somebody stands in these words, unless they typed it."""
    said = " ".join(typed).lower()
    for told in here.told:
        for what in told.hidden_from(login):
            word = told.word(what)
            assert word in said or word.lower() not in words, (login, told.name, what, typed)
        if not told.is_known_to(login) and not any(name in said for name in told.names):
            assert not any(name in words for name in told.names), (login, told.name, typed)


@settings(max_examples=40)
@given(
    page=st.integers(0, 40),
    about=CASES,
    step=st.sampled_from(["", *STEPS]),
    row=st.integers(1, 40),
    english=st.booleans(),
)
@example(page=0, about="handled", step="own", row=1, english=False)
def test_a_visitor_reads_nothing_and_a_writer_what_is_theirs(
    here: Gathering, page: int, about: str, step: str, row: int, english: bool
) -> None:
    own, query = here.case(about), "?lang=en" if english else ""
    if not step:
        path = address(here.public_pages[page % len(here.public_pages)], row, row)
        answer = here.visitor.get(path + query)
    else:
        token = page_of(here.visitor.get("/tra-cuu")).fields["csrf_token"]
        fields = {"csrf_token": token, "code": own.word("code"), "step": step}
        answer = here.visitor.post(f"/tra-cuu{query}", data=fields)
        assert answer.status_code == 200
    words = words_of(answer)
    for told in here.told:
        theirs = OF_THE_WRITER if step and told is own else ()
        everything = (*told.hidden_from(""), "why")
        for what in everything:
            assert what in theirs or told.word(what).lower() not in words, (told.name, what, step)
        if not theirs:
            assert not any(name in words for name in told.names), (told.name, step)


def test_what_may_be_read_is_read(here: Gathering) -> None:
    """Without this the others could pass by looking at nothing."""
    merged, into = here.case("merged"), here.case("waiting")
    for told in here.told:
        if told is merged:
            continue
        rooms = (("case", told.kind.desk, "what"), ("committee", told.kind.committee, "shown"))
        for room, logins, what in rooms:
            for login in logins:
                page = here.browsers[login].get(f"/{room}/{told.walk.number}")
                assert told.word(what) in words_of(page), (told.name, login)
                assert told.names[0] in words_of(page)
    for login in sorted({login for told in here.told for login in told.kind.desk}):
        found = searched(here, login, "vật liệu")
        seen = {told.name for told in here.told if told.names[0] in found}
        read = {told.name for told in here.told if login in told.kind.desk}
        assert seen == read - {merged.name}, login
    # What is merged is read and found where its letter is.
    letters = here.browsers["hoa"].get(f"/case/{into.walk.number}/letters")
    assert merged.word("what") in words_of(letters)
    assert into.names[0] in searched(here, "hoa", f"liệu {merged.word('what')}")
    assert here.case("handled").names[0] in words_of(here.browsers["sao"].get("/identity/"))
    assert here.case("handled").names[0] in words_of(here.browsers["auditor"].get("/journal/"))


def searched(here: Gathering, login: str, words: str) -> str:
    """What somebody at the desk finds by these words."""
    key, account_id = here.ward.ring.search, here.ward.accounts[login]
    typed = to_address(key, account_id=account_id, typed=words)
    return words_of(here.browsers[login].get(f"/desk/search?s={typed}"))
