"""How the form library is kept quick: what it would find out anew for each letter is kept.

It knows no question and no rule of ours.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.fields.core import Label, UnboundField
from wtforms.form import BaseForm
from wtforms.utils import unset_value
from wtforms.validators import StopValidation, ValidationError

_Kind = TypeVar("_Kind", bound=Field)

#: Each field of each form as it was before anything was filled in.
_MADE: dict[tuple[UnboundField[Any], str], Any] = {}


class CopiedFields(FlaskForm.Meta):
    """How the library treats a form whose fields are made once and then copied."""

    def bind_field(
        self,
        form: BaseForm,
        unbound_field: UnboundField[_Kind],
        options: MutableMapping[str, Any],
    ) -> _Kind:
        """A copy of the field as it was made once: nobody has filled anything in yet.

        Making all the fields of a form anew takes longer than checking a letter with them.
        """
        place = (unbound_field, options["prefix"])
        if place not in _MADE:
            _MADE[place] = super().bind_field(form, unbound_field, options)
            # Of the form of the first writer nothing may stay behind.
            vars(_MADE[place]).update(meta=None, _form=None)
        made = _MADE[place]
        # Calling the class would give an unbound field again.
        field: _Kind = object.__new__(type(made))
        # What stands beside a field is its own too: a form may ask otherwise than the next one.
        label = Label(made.label.field_id, made.label.text)
        vars(field).update(vars(made), meta=self, _form=form, label=label)
        return field


class Question(Field):
    """What our kinds of field share. They have no filters, and nothing stands in them unasked."""

    def process(
        self, formdata: Any, data: Any = unset_value, extra_filters: Sequence[Any] | None = None
    ) -> None:
        """Take what a link brought, then what was sent. The library would look for more."""
        self.process_errors = []
        self.process_data(None if data is unset_value else data)
        if formdata is not None:
            self.raw_data = formdata.getlist(self.name)
            self.process_formdata(self.raw_data)

    def validate(self, form: BaseForm, extra_validators: Sequence[Any] = ()) -> bool:
        """Whether the answer is taken; otherwise the first sentence that refuses it is kept."""
        self.errors = []
        try:
            self.pre_validate(form)
            for check in (*self.validators, *extra_validators):
                check(form, self)
        except (StopValidation, ValidationError) as refused:
            self.errors.append(str(refused))
        return not self.errors
