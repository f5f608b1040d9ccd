"""Drawing a case for a moderator: the page itself, and the pages with one form each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Response, make_response, render_template

from moderation import printing, talking
from moderation.access import NotVisible
from moderation.attachments import CaseFile, files_for_desk, reader_of
from moderation.files import may_release
from moderation.forms.passing import RouteForm
from moderation.forms.screening import ScreeningForm
from moderation.noting import HAND_OVER
from moderation.reading import CasePage, read_for_desk, read_for_second
from moderation.retention.previewing import Expiring, read_expiring
from moderation.versions import needs_paraphrase, needs_put, sentences, telling_details
from moderation.views.case.filling import blank_forms, screening_form, suited
from moderation.views.case.heading import boxes_of, tags_of
from moderation.views.case.telling import choices, proposed, referred, reported, why_there
from moderation.views.clearing import told_of
from moderation.views.history import timeline_of
from moderation.views.opening import Work
from moderation.views.unsealing import identity_lines
from moderation.views.whereabouts import whereabouts
from moderation.views.wording import comrade
from portal.fields import PortalForm
from portal.models.case import Room
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
    hours = not work.case.fears_retaliation
    forms = suited(dossier, blank_forms(dossier, work) | sent)
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
        **whereabouts(work, dossier.subject),
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
        forms=suited(dossier, {"screen": screening_form(dossier, work)} | sent),
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


def kept_so_far(work: Work) -> ScreeningForm:
    """What is kept of the screening of a case, as its page would show it now."""
    return screening_form(_read(work), work)


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
