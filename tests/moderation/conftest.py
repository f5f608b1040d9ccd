"""The small ward, built once and copied for each test, and the staff site that stands on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from moderation.papers import file_paper
from moderation.sessions import begin_session
from moderation.workflow.filing import file_case
from portal.config import Settings
from portal.models import Case
from portal.models.case import PaperKind
from portal.vault import encrypt
from portal.vocabulary import Status
from tests.moderation import ward as wards
from tests.pages import CheckingClient
from wsgi import create_staff_app

StaffClient = Callable[..., FlaskClient]
MakeCase = Callable[..., Case]


@pytest.fixture(scope="session")
def built_ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ward that is only ever copied."""
    folder = tmp_path_factory.mktemp("ward")
    wards.build(folder)
    return folder


@pytest.fixture
def ward(built_ward: Path, tmp_path: Path) -> wards.Ward:
    """A ward of one's own."""
    return wards.copy(built_ward, tmp_path / "ward")


@pytest.fixture
def staff_app(ward: wards.Ward) -> Iterator[Flask]:
    """The staff site of the ward, at the ward's own time."""
    url = ward.database.engine.url
    settings = Settings(
        database_url=url.render_as_string(hide_password=False),
        keys=Path(url.database or "").parent / "keys" / "staff",
        files=str(Path(url.database or "").parent / "files"),
        telephone="0500 000 001",
        address="https://y-kien.example.vn",
        testing=True,
    )
    app = create_staff_app(settings, clock=lambda: ward.at)
    app.test_client_class = CheckingClient
    yield app
    app.extensions["portal"].database.engine.dispose()


@pytest.fixture
def staff_client(ward: wards.Ward, staff_app: Flask) -> StaffClient:
    """``staff_client("hoa")`` is a browser in which somebody of the ward has signed in."""

    def open_browser(login: str | None = None) -> FlaskClient:
        client = staff_app.test_client()
        if login is not None:
            with ward.database.writing() as session:
                token = begin_session(
                    session, account_id=ward.accounts[login], at=ward.at, hours=10
                )
            with client.session_transaction() as cookie:
                cookie.update({"_user_id": token, "_fresh": True})
                cookie.permanent = True
        return client

    return open_browser


@pytest.fixture
def make_case(ward: wards.Ward) -> MakeCase:
    """``make_case(session, …)`` files a case at a status by force, as a list would find it."""

    def make(
        session: Session,
        *,
        status: Status = Status.RECEIVED,
        handler: int | None = None,
        subjects: Iterable[str] = (),
        title: str = "Vật liệu lấn vỉa hè",
        shown: str = "Vật liệu để trên vỉa hè, cần nhắc dọn.",
        due_at: datetime | None = None,
        **facts: object,
    ) -> Case:
        case = ward.place(session, status=status, handler=handler, subjects=subjects)
        keys = ward.keys(session, case)
        case.headline = encrypt(keys.internal, title.encode(), "feedback_case", case.id, "headline")
        case.due_at = due_at
        for name, value in facts.items():
            setattr(case, name, value)
        if handler is not None:
            file_paper(
                session,
                office=ward.office,
                keys=keys,
                case=case,
                kind=PaperKind.SHOWN,
                body={"text": shown},
            )
        file_case(session, case=case)
        return case

    return make
