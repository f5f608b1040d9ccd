"""The pages of following a comment: the question for the code, and where the letter is."""

from __future__ import annotations

from functools import cached_property

from flask import Response, make_response, render_template

from portal.clock import local_date
from portal.drawn import draw_page, draw_piece
from portal.files.attaching import most_files, sent_files
from portal.files.telling import Fault
from portal.forms import ContestForm, RateForm, SupplyForm, TrackForm
from portal.holding import held
from portal.i18n import kept_query
from portal.printing.wording import Given
from portal.security.forgery import csrf_token
from portal.security.shared import is_shared
from portal.tracking import (
    Timeline,
    Told,
    Tracked,
    answer_of,
    as_asked,
    consent_of,
    contestable,
    find_part,
    level_of,
    may_act,
    own_words,
    tell,
    timeline,
)
from portal.unit import reading_connection
from portal.vault import Code
from portal.views.track_texts import (
    SECOND,
    contest_texts,
    matter_of,
    message_texts,
    other_texts,
    texts_of,
)
from portal.vocabulary import ActKind


def blank_code_page() -> Response:
    """The question for the code; drawn anew when its language links carry a query."""
    if kept_query():
        return code_page(TrackForm(formdata=None))
    texts, choices = {"csrf": csrf_token()}, {"nav": "track"}
    return Response(draw_page("portal/track.html", texts, choices, _nothing_typed))


def code_page(asked: TrackForm, sentence: str = "", status: int = 200) -> Response:
    """The question for the code, with what was typed and what is wrong with it."""
    if sentence:
        asked.refuse(sentence)
    page = render_template("portal/track.html", form=asked, csrf=csrf_token(), nav="track")
    return make_response(page, status)


class CoursePage:
    """One opened submission on its way to the screen."""

    def __init__(self, code: Code, tracked: Tracked, other: Tracked | None = None):
        """Remember what the code has opened, for the length of this request.

        ``other`` is the other matter of a letter that was parted.
        """
        self.code = code
        self.tracked = tracked
        self.other = other

    @classmethod
    def of(cls, code: Code, letter: Tracked, matter: str) -> CoursePage:
        """The page of a letter or, where it was parted, of the matter that is asked for."""
        part = find_part(reading_connection(), letter=letter)
        if part is not None and matter == SECOND:
            return cls(code, part, other=letter)
        return cls(code, letter, other=part)

    @cached_property
    def supply_form(self) -> SupplyForm:
        """More words, as they were sent."""
        return SupplyForm()

    @cached_property
    def rate_form(self) -> RateForm:
        """A judgement, as it was sent."""
        return RateForm()

    @cached_property
    def contest_form(self) -> ContestForm:
        """Why it should be looked at again, as it was sent."""
        return ContestForm()

    def look(self) -> Response:
        """Where the letter is: nothing was sent with it, so its forms are empty."""
        texts, choices = self._told(timeline(reading_connection(), tracked=self.tracked))
        return Response(draw_page("portal/tracking.html", texts, choices, _nothing_sent))

    def show(
        self,
        *,
        notice: tuple[str, str] | None = None,
        own: bool = False,
        file_fault: Fault | None = None,
        status: int = 200,
    ) -> Response:
        """The same page with all that was sent, a notice, what is wrong with a file, or the
        writer's own words.
        """
        session, tracked = reading_connection(), self.tracked
        status = file_fault.status if file_fault else status
        course = timeline(session, tracked=tracked)
        texts, choices = self._told(course)
        page = render_template(
            "portal/tracking.html",
            **texts,
            **choices,
            words=own_words(session, tracked=tracked) if own else None,
            written=[talk for talk in course.talks if talk.text] if own else [],
            supply_form=self.supply_form,
            rate_form=self.rate_form,
            contest_form=self.contest_form,
            notice=notice,
            file_fault=file_fault.sentence if file_fault else "",
        )
        return make_response(page, status)

    def ask_withdraw(self) -> Response:
        """What withdrawing means, before it is done."""
        return make_response(
            render_template(
                "portal/withdraw.html",
                tracked=self.tracked,
                code=self.code.symbols,
                matter=matter_of(self.tracked),
                parted=self.other is not None,
                nav="track",
            )
        )

    def given(self) -> Given | None:
        """The answer that its writer may read now, for a paper; nothing where there is none."""
        course = timeline(reading_connection(), tracked=self.tracked)
        answer = answer_of(self.tracked, course)
        if answer is None or course.answer is None:
            return None
        contesting = contestable(self.tracked, course, today=local_date(held().clock()))
        return Given(
            reference=self.tracked.reference,
            sent_on=local_date(self.tracked.received_at),
            level=level_of(course),
            finding=answer.finding,
            text=answer.text,
            answered_on=local_date(course.answer.at),
            contest_until=contesting.until if contesting and contesting.open else None,
        )

    def _told(self, course: Timeline) -> tuple[dict[str, str], dict[str, bool | str]]:
        """What the page says, and which forms it offers."""
        self.tracked = as_asked(self.tracked, course)
        known, now = held().installation.current(), held().clock()
        told = tell(self.tracked, course, now=now, calendar=known.calendar, targets=known.targets)
        contesting = contestable(self.tracked, course, today=local_date(now))
        files = sent_files(reading_connection(), tracked=self.tracked)
        own = {
            "csrf": csrf_token(),
            "code": self.code.symbols,
            **other_texts(self.tracked, self.other),
            "files": draw_piece("macros/files.html", "file_lines", files) if files else "",
        }
        choices = _choices(self.tracked, course, told)
        choices["shared"] = is_shared()
        telling = consent_of(reading_connection(), tracked=self.tracked)
        choices["telling"] = telling.now.value if telling else ""
        choices["pending"] = bool(choices["pending"]) or (telling is not None and telling.waiting)
        choices["allowing"] = telling is not None and telling.may_agree
        choices["paper"] = told.result is not None and not is_shared()
        choices["is_part"] = self.tracked.is_part
        choices["contesting"] = contesting is not None and contesting.open
        choices["attaching"] = bool(choices["attaching"]) and len(files) < most_files(self.tracked)
        texts = texts_of(self.tracked, told) | message_texts(course)
        return own | texts | contest_texts(contesting), choices


def _choices(tracked: Tracked, course: Timeline, told: Told) -> dict[str, bool | str]:
    """What may be done now, and whether something already done waits for the worker."""
    waiting = {talk.kind for talk in course.talks if talk.waiting}
    asked = told.question is not None

    def may(kind: ActKind) -> bool:
        return may_act(tracked, kind) and not waiting & {ActKind.WITHDRAW, ActKind.CONTEST}

    return {
        "answering": asked and may(ActKind.SUPPLY) and ActKind.SUPPLY not in waiting,
        "adding": not asked and may(ActKind.SUPPLY),
        "attaching": may(ActKind.ATTACH),
        "rating": may(ActKind.RATE) and not _has_rated(course),
        "withdrawing": may(ActKind.WITHDRAW),
        "pending": bool(waiting),
        "nav": "track",
    }


def _has_rated(course: Timeline) -> bool:
    """Whether the newest answer was judged; others of the case may still have to."""
    since = course.answer.at if course.answer else None
    return any(
        talk.kind is ActKind.RATE and not talk.refused and (since is None or talk.at >= since)
        for talk in course.talks
    )


def _nothing_typed() -> dict[str, object]:
    """What the question for the code is drawn with before anybody has answered it."""
    return {"form": TrackForm(formdata=None)}


def _nothing_sent() -> dict[str, object]:
    """What the page is drawn with when it was only asked for."""
    return {
        "words": None,
        "written": [],
        "notice": None,
        "file_fault": "",
        "supply_form": SupplyForm(formdata=None),
        "rate_form": RateForm(formdata=None),
        "contest_form": ContestForm(formdata=None),
    }
