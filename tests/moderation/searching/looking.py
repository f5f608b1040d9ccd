"""Searching as somebody of the ward does, for the tests of this folder and others."""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.cursors import Cursor
from moderation.searching.asking import Found, search
from moderation.searching.question import Question, read_question
from portal.models.case import Room
from tests.moderation.ward import Ward


def asked(typed: str) -> Question:
    """The question in what was typed, which is one."""
    question = read_question(typed)
    assert question is not None
    return question


def look_for(
    ward: Ward,
    session: Session,
    login: str,
    typed: str,
    *,
    room: Room = Room.DESK,
    cursor: Cursor | None = None,
) -> Found:
    """A page of what somebody finds."""
    return search(
        session,
        office=ward.office,
        person=ward.person(session, login),
        room=room,
        question=asked(typed),
        cursor=cursor,
    )


def found_by(ward: Ward, login: str, typed: str, *, room: Room = Room.DESK) -> list[int]:
    """The cases that somebody finds on the first page, in order."""
    with ward.database.reading() as session:
        page = look_for(ward, session, login, typed, room=room)
    return [hit.row.case_id for hit in page.hits]


def said(page: Found) -> list[str]:
    """The snippets of a page, what was found in brackets."""
    return [
        "".join(f"[{piece.text}]" if piece.found else piece.text for piece in hit.snippet.pieces)
        for hit in page.hits
        if hit.snippet
    ]
