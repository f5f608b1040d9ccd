"""The pages of entering a letter for somebody: the form, the preview, and the slip to print."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, make_response, render_template, request, url_for

from moderation import entering
from moderation.entering import Typed
from moderation.forms.entering import EnterForm
from moderation.views.here import here
from portal import qr
from portal.files.attaching import MOST_FILES, sent_files
from portal.files.telling import Fault
from portal.forms.sending import PASSED
from portal.holding import held
from portal.preview import preview_of
from portal.spelling import spell


def form_page(form: EnterForm, status: int = 200) -> Response:
    """The form with everything typed."""
    form.form_token.data = form.token
    page = render_template("moderation/entering/form.html", form=offered(form), nav="desk")
    return make_response(page, status)


def offered(form: EnterForm) -> EnterForm:
    """The form with those with whom a letter box may have been opened."""
    return form.offer(entering.colleagues(here().session, **here().tools))


def preview_page(
    form: EnterForm, errors: Sequence[tuple[str, str]] = (), status: int = 200
) -> Response:
    """What was typed as its readers will see it, to be read back to whoever told it; and who is
    competent for what belongs elsewhere, to be told to them.
    """
    stop, known = form.elsewhere, held().installation.current()
    page = render_template(
        "moderation/entering/preview.html",
        letter=preview_of(form),
        channel=form.channel.word.label,
        stop=stop,
        named=[each for matter in stop.matters for each in known.competent_for(matter)]
        if stop
        else [],
        agreed=form.gate.data == PASSED,
        # The typist ticks it on this very page.
        carried=[pair for pair in form.carried() if pair[0] != "gate"],
        errors=errors,
        nav="desk",
    )
    return make_response(page, status)


def slip_page(found: Typed, *, fault: Fault | None = None) -> Response:
    """The slip, the only time its code is shown, and a place for pictures of the paper."""
    spelled = [(group, ", ".join(words)) for group, words in spell(found.receipt.code)]
    tracked = entering.tracked_of(here().session, number=found.receipt.submission_id, key=found.key)
    files = sent_files(here().session, tracked=tracked)
    page = render_template(
        "moderation/entering/slip.html",
        receipt=found.receipt,
        grave=found.receipt.possible_denunciation or "grave" in request.form,
        spelled=spelled,
        picture=qr.draw(found.receipt.code),
        site=_site(),
        token=request.form.get("form_token", ""),
        files=files,
        attaching=len(files) < MOST_FILES,
        errors=[("file", fault.sentence)] if fault else [],
        back=url_for("desk.index"),
        nav="desk",
    )
    return make_response(page, fault.status if fault else 200)


def _site() -> str:
    """The address of the public site as people type it, where the installation says it."""
    return held().settings.address.removeprefix("https://")
