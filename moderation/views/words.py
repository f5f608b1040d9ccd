"""Which words are masked as abuse: the list in force, what was added to it, and a text to try."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.scope import looks_after_all
from moderation.forms.words import MASK, TryForm, WordForm
from moderation.setting import last_change
from moderation.setting_words import LooksOrdinary, NotAWord, forget_word, set_word, words_set
from moderation.views.again import needs_fresh_proof
from moderation.views.here import here, need_role, signed_in
from moderation.views.keeping import keeper
from portal.lexicon import read_lexicon
from portal.models import AbuseWord
from portal.text import USUAL, for_readers
from portal.vocabulary import Role

bp = Blueprint("words", __name__, url_prefix="/settings/words")
bp.before_request(signed_in)
bp.before_request(need_role(Role.ADMINISTRATOR))


@bp.get("")
def index() -> Response:
    """Show the words in force."""
    return _page(WordForm(formdata=None))


@bp.post("")
def add() -> AnyResponse:
    """Mask a word from now on, or never."""
    found, form = keeper(), WordForm()
    if asked := needs_fresh_proof():
        return asked
    if not form.validate() or not (sentence := _set(form)):
        return _page(form, status=422)
    flash(sentence, "good")
    found.session.commit()
    return redirect(url_for("words.index"))


@bp.post("/forget")
def forget() -> AnyResponse:
    """Let the built-in list hold for a word again."""
    found = keeper()
    if asked := needs_fresh_proof():
        return asked
    word = request.form.get("word", "")
    if forget_word(found.session, office=found.office, by=found.person, form=word):
        flash(gettext("Đã bỏ. Từ này lại theo danh sách có sẵn."), "good")
    found.session.commit()
    return redirect(url_for("words.index"))


@bp.post("/try")
def attempt() -> Response:
    """Show a text as readers would see it; nothing is kept."""
    tried = TryForm()
    if not tried.validate():
        return _page(WordForm(formdata=None), tried, status=422)
    lexicon = read_lexicon(here().session)
    return _page(WordForm(formdata=None), tried, result=for_readers(tried.text.data, lexicon).text)


def _set(form: WordForm) -> str:
    """Set what was typed and say so; nothing where the form says what is wrong."""
    found, masked = here(), form.what.data == MASK
    word, said = form.word.data, ""
    try:
        done = set_word(
            found.session, office=found.office, by=found.person, form=word, masked=masked
        )
    except NotAWord:
        said = gettext("Xin ghi một từ có chữ cái, từ 2 đến 40 ký tự.")
    except LooksOrdinary:
        said = gettext("Từ không dấu này trùng nhiều từ thường. Xin viết đủ dấu.")
    else:
        return gettext("Đã lưu. Áp dụng cho thư đến từ nay.") if done else gettext("Đã có từ này.")
    form.word.errors = [*form.word.errors, said]
    return ""


def _page(
    form: WordForm, tried: TryForm | None = None, *, result: str = "", status: int = 200
) -> Response:
    """The page with its forms or, for whoever may not change the list, with the words alone."""
    found = here()
    rows = words_set(found.session)
    page = render_template(
        "moderation/words.html",
        nav="settings",
        form=form,
        tried=tried or TryForm(formdata=None),
        result=result,
        masked=[row.form for row in rows if row.masked],
        kept=[row.form for row in rows if not row.masked],
        usual=sorted(USUAL.forms),
        may_set=looks_after_all(found.session, by=found.person),
        changed=last_change(found.session, table=AbuseWord),
    )
    return make_response(page, status)
