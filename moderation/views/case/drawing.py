"""Drawing a case for a moderator: the page itself, and the pages with one form each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Response, make_response, render_template

from moderation import printing, talking
from moderation.access import NotVisible
from moderation.files import CaseFile, files_for_desk, may_release, reader_of
from moderation.forms.passing import PublishForm, RouteForm
from moderation.forms.screening import ScreeningForm
from moderation.noting import HAND_OVER
from moderation.papers import read_paper
from moderation.reading import CasePage, read_destinations, read_for_desk, read_for_second
from moderation.retention.previewing import Expiring, read_expiring
from moderation.versions import needs_paraphrase, needs_put, sentences, telling_details
from moderation.views.case.heading import boxes_of, tags_of
from moderation.views.case.telling import choices, proposed, referred, reported, why_there
from moderation.views.clearing import told_of
from moderation.views.history import timeline_of
from moderation.views.opening import Work
from moderation.views.unsealing import identity_lines
from moderation.views.wording import comrade
from portal.fields import PortalForm
from portal.models.case import PaperKind, Room
from portal.vocabulary import Status, VersionReason
from portal.words import Words


def draw(
    work: Work,
    template: str = "show",
    *,
    query: str = "",
    status: int = 200,
    unmasked: Sequence[Words] = (),
    file: CaseFile | None = None,
    why: str = "",
    told: Mapping[str, object] | None = None,
    **sent: PortalForm,
) -> Response:
    """The page of a case. ``sent`` are forms that come back with what was typed; ``file`` is the
    one that a form is about, ``told`` what only this template needs.
    """
    dossier = _read(work, query)
    hours, forms = not work.case.fears_retaliation, _blank(dossier, work) | sent
    page = render_template(
        f"moderation/case/{template}.html",
        nav="desk",
        dossier=dossier,
        case=dossier.case,
        boxes=boxes_of(dossier, work),
        tags=tags_of(dossier, work),
        items=timeline_of(dossier.course, dossier.clocks, office=work.office, hours=hours),
        hours=hours,
        **_in_words(dossier),
        **_making(dossier, forms),
        unmasked=unmasked,
        file=file,
        why=why,
        **_beside(dossier, work),
        forms=forms,
        **(told or {}),
    )
    return make_response(page, status)


def draw_proposal(
    work: Work, template: str = "second", *, status: int = 200, **sent: PortalForm
) -> Response:
    """The page of a proposal for a commission that decides on it, without an hour or a file."""
    dossier = read_for_second(
        work.session, office=work.office, keys=work.keys, case=work.case, relation=work.relation
    )
    page = render_template(
        f"moderation/committee/{template}.html",
        nav="committee",
        dossier=dossier,
        case=dossier.case,
        boxes=boxes_of(dossier, work),
        tags=tags_of(dossier, work),
        items=timeline_of(dossier.course, dossier.clocks, office=work.office, hours=False),
        hours=False,
        proposed=proposed(dossier),
        reasons=why_there(dossier),
        files=(),
        identities=(),
        forms={"screen": _screening_form(dossier, work)} | sent,
    )
    return make_response(page, status)


def _in_words(dossier: CasePage) -> dict[str, object]:
    """The sealed papers of the case in words."""
    return {
        "proposed": proposed(dossier),
        "reported": reported(dossier),
        "referred": referred(dossier),
        "told_member": told_of(dossier.clearing),
        "reasons": why_there(dossier),
        "choices": choices(dossier),
    }


def _making(dossier: CasePage, forms: Mapping[str, PortalForm]) -> dict[str, object]:
    """What helps to make the texts for others: whether the member needs one, the sentences that can
    be taken out, and what of the letter could tell who wrote.
    """
    form, words = forms.get("route"), dossier.words
    guarded: dict[str, object] = {"paraphrase": needs_paraphrase(dossier.case)}
    if not isinstance(form, RouteForm):
        return guarded
    return guarded | {
        "puts": needs_put(dossier.case),
        "sentences": sentences(form.shown.data),
        "telling": telling_details(words.what, words.place, words.when),
    }


def _beside(dossier: CasePage, work: Work) -> dict[str, object]:
    """What stands beside the letter: its files, until when it is kept, and whose it is."""
    return {
        "files": _files(work),
        "may_release": may_release(work.case, work.relation),
        "reader": reader_of(work.case),
        "expiring": _expiring(work),
        "identities": identity_lines(work),
        "talk": _talk(work),
        "handed": _handed(dossier, work),
        "slip": printing.has_slip(work.case),
        "answered": printing.has_answer(work.case.status, dossier.newest("publish")),
    }


def _handed(dossier: CasePage, work: Work) -> tuple[str, str] | None:
    """Who handed the case to whoever holds it now, and with which words."""
    step, mine = dossier.newest(HAND_OVER), str(work.here.person.account_id)
    if step is None or not work.relation.holds_lease or step.facts.get("to") != mine:
        return None
    return comrade(step.who), step.inside


def _talk(work: Work) -> dict[str, object]:
    """What may be written to whom."""
    case, relation = work.case, work.relation
    return {
        "write": talking.may_write(case, relation),
        "remark": talking.may_remark(relation, Room.DESK),
        "hand_over": talking.may_hand_over(case, relation),
    }


def _files(work: Work) -> tuple[CaseFile, ...]:
    """The files of the case."""
    return files_for_desk(work.session, office=work.office, keys=work.keys, case=work.case)


def with_places(form: RouteForm, work: Work) -> RouteForm:
    """Let a form that was sent offer the organisations that the case may go to."""
    paper = read_paper(work.session, keys=work.keys, case_id=work.case.id, kind=PaperKind.ROUTING)
    if paper is not None:
        desk_id, today = work.case.desk_id, work.office.today
        places = read_destinations(work.session, routing=paper, desk_id=desk_id, today=today)
        form.organisation.offer(places, paper["proposed"])
    return form


def kept_so_far(work: Work) -> ScreeningForm:
    """What is kept of the screening of a case, as its page would show it now."""
    return _screening_form(_read(work), work)


def _read(work: Work, query: str = "") -> CasePage:
    """Everything that the page shows."""
    return read_for_desk(
        work.session,
        office=work.office,
        keys=work.keys,
        case=work.case,
        by=work.here.person,
        relation=work.relation,
        query=query,
    )


def _expiring(work: Work) -> Expiring | None:
    """When a case that has ended will be deleted, and who holds it back."""
    if work.case.finished_at is None:
        return None
    person, number = work.here.person, work.case.id
    try:
        return read_expiring(work.session, office=work.office, person=person, case_id=number)
    except NotVisible:
        return None


def _screening_form(dossier: CasePage, work: Work) -> ScreeningForm:
    """How it is read, who is meant, and what was ticked."""
    kept = _read_as(work) | _chosen(dossier) | _checked(dossier)
    return ScreeningForm(formdata=None, data=kept)


def _blank(dossier: CasePage, work: Work) -> dict[str, PortalForm]:
    """The forms of the page as they are before anybody types, in the statuses that need them."""
    if work.case.status is Status.SCREENING:
        return {"screen": _screening_form(dossier, work)}
    if work.case.status is Status.ELIGIBLE:
        return {"route": _route_form(dossier, work)}
    if dossier.report is not None:
        return {"publish": PublishForm(formdata=None, data={"answer": dossier.report["draft"]})}
    return {}


def _read_as(work: Work) -> dict[str, object]:
    """How the case is read so far."""
    case = work.case
    return {
        "kind": case.kind.value if case.kind else "",
        "sentiment": case.sentiment.value if case.sentiment else "",
        "topic": case.topic.value if case.topic else "",
        "denunciation": case.possible_denunciation,
    }


def _chosen(dossier: CasePage) -> dict[str, object]:
    """Only somebody whom a person has chosen; nobody is chosen beforehand."""
    return {"member": str(dossier.subject.member_id) if dossier.subject else ""}


def _checked(dossier: CasePage) -> dict[str, object]:
    """What was ticked before somebody objected, or nothing."""
    paper = dossier.checklist
    return paper | {"guessable": "yes" if paper["guessable"] else "no"} if paper else {}


def _route_form(dossier: CasePage, work: Work) -> RouteForm:
    """The proposed place, and the masked words unless they must be put in other words."""
    own = "" if needs_paraphrase(work.case) else dossier.words.what
    place = str(dossier.routing["proposed"]) if dossier.routing else ""
    why = VersionReason.GUESSABLE.value if needs_paraphrase(work.case) else ""
    texts = {"shown": dossier.shown or own, "put": dossier.put, "why": why}
    form = RouteForm(formdata=None, data={"organisation": place, **texts})
    if dossier.routing is not None:
        form.organisation.offer(dossier.destinations, dossier.routing["proposed"])
    return form
