"""The forms of a case on the desk, filled in with what is kept of it."""

from __future__ import annotations

from moderation.forms.passing import PublishForm, RouteForm
from moderation.forms.screening import ScreeningForm
from moderation.papers import read_paper
from moderation.reading import CasePage, read_destinations
from moderation.versions import needs_paraphrase
from moderation.views.opening import Work
from portal.fields import PortalForm
from portal.models.case import PaperKind
from portal.vocabulary import Status, VersionReason


def with_places(form: RouteForm, work: Work) -> RouteForm:
    """Let a form that was sent offer the organisations that the case may go to."""
    paper = read_paper(work.session, keys=work.keys, case_id=work.case.id, kind=PaperKind.ROUTING)
    if paper is not None:
        desk_id, today = work.case.desk_id, work.office.today
        places = read_destinations(work.session, routing=paper, desk_id=desk_id, today=today)
        form.organisation.offer(places, paper["proposed"])
    return form


def suited(dossier: CasePage, forms: dict[str, PortalForm]) -> dict[str, PortalForm]:
    """The forms, with what is asked of a nomination where it is one."""
    for form in forms.values():
        if dossier.nomination and isinstance(form, ScreeningForm):
            form.ask_about_nominee()
    return forms


def screening_form(dossier: CasePage, work: Work) -> ScreeningForm:
    """How it is read, who is meant, and what was ticked."""
    kept = _read_as(work) | _chosen(dossier) | _checked(dossier)
    return ScreeningForm(formdata=None, data=kept)


def blank_forms(dossier: CasePage, work: Work) -> dict[str, PortalForm]:
    """The forms of the page as they are before anybody types, in the statuses that need them."""
    if work.case.status is Status.SCREENING:
        return {"screen": screening_form(dossier, work)}
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
    """The proposed place, and the masked words unless they must be put in other words; of a
    nomination who is named, too.
    """
    own = "" if needs_paraphrase(work.case) else dossier.words.what
    if dossier.nomination:
        # Nothing but this text tells the cell who is named.
        own = "\n\n".join(each for each in (dossier.words.about, own) if each)
    place = str(dossier.routing["proposed"]) if dossier.routing else ""
    usual = VersionReason.CLEARER.value if dossier.nomination else ""
    why = VersionReason.GUESSABLE.value if needs_paraphrase(work.case) else usual
    texts = {"shown": dossier.shown or own, "put": dossier.put, "why": why}
    form = RouteForm(formdata=None, data={"organisation": place, **texts})
    if dossier.routing is not None:
        form.organisation.offer(dossier.destinations, dossier.routing["proposed"])
    return form
