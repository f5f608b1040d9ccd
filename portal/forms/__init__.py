"""The forms of the public room, and what is refused. Two answers are required of a comment."""

from portal.forms.answers import AnswersForm
from portal.forms.following import ContestForm, RateForm, SupplyForm, TrackForm
from portal.forms.sending import LINE_MOST, SendForm

__all__ = [
    "LINE_MOST",
    "AnswersForm",
    "ContestForm",
    "RateForm",
    "SendForm",
    "SupplyForm",
    "TrackForm",
]
