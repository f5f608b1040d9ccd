"""Telling an answer to everybody on PostgreSQL, the writer's word by the public process's role."""

from __future__ import annotations

from datetime import timedelta

from portal.vocabulary import Publication
from tests.moderation.making_public.teller import TEXT, Teller
from tests.moderation.ward import NOON, Ward


def test_an_answer_is_allowed_told_and_taken_back(ward: Ward) -> None:
    ward.at = NOON - timedelta(days=7)
    teller = Teller.of(ward).among().say(agrees=True).write()
    teller.confirm()
    assert [told.words for told in teller.wait(200).told] == [TEXT]
    teller.say(agrees=False)
    assert (teller.told, teller.state) == ([], Publication.REFUSED)
