"""Which texts there are: the usual ones, and what administrators have put in their place."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.replying.titles import TITLES
from portal.fields import Label
from portal.models import ReplyTemplate
from portal.vocabulary import Occasion

_USUAL = Path(__file__).with_name("usual.toml")


@dataclass(frozen=True)
class Reply:
    """One text. ``usual`` says that it is unchanged, ``own`` that there is no usual one."""

    name: str
    occasion: Occasion
    detail: str
    title: Label
    text: str
    used: bool = True
    usual: bool = False
    own: bool = False


def read_templates(session: Session) -> tuple[Reply, ...]:
    """Every text, in one statement: the usual ones in their order, then those of one's own."""
    kept = {row.name: _kept(row) for row in session.scalars(select(ReplyTemplate))}
    usual = {each.name: each for each in usual_texts()}
    others = sorted((one for name, one in kept.items() if name not in usual), key=_by_title)
    return (*(kept.get(name, each) for name, each in usual.items()), *others)


def offered(session: Session, *, occasion: Occasion, status: str = "") -> list[Reply]:
    """The texts for one occasion; of those for a status only the ones for this one."""
    return [
        each
        for each in read_templates(session)
        if each.occasion is occasion and each.used and _fits(each, occasion, status)
    ]


def _fits(reply: Reply, occasion: Occasion, status: str) -> bool:
    return occasion is not Occasion.MESSAGE or reply.detail in {"", status}


def _by_title(reply: Reply) -> tuple[str, str, str]:
    return reply.occasion, str(reply.title), reply.name


@cache
def usual_texts() -> tuple[Reply, ...]:
    """The texts that come with the program."""
    found = tomllib.loads(_USUAL.read_text(encoding="utf-8"))
    return tuple(
        Reply(
            name=name,
            occasion=Occasion(raw["occasion"]),  # type: ignore[call-arg]
            detail=raw.get("detail", ""),
            title=TITLES[name],
            text=raw["text"],
            usual=True,
        )
        for name, raw in found.items()
    )


def is_usual(name: str) -> bool:
    """Whether a text of this name comes with the program."""
    return any(each.name == name for each in usual_texts())


def _kept(row: ReplyTemplate) -> Reply:
    """A text as an administrator left it."""
    return Reply(
        name=row.name,
        occasion=row.occasion,
        detail=row.detail,
        title=row.title,
        text=row.text,
        used=row.used,
        own=not is_usual(row.name),
    )
