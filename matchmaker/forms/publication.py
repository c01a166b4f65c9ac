"""Who may read the publisher's name, how long a posting stays, which clauses it serves."""

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, ValidationError

from matchmaker.forms.choices import choices, terms
from matchmaker.forms.inputs import DayInput
from models import Field, PolicyClause, Posting, Shape
from models.vocabulary import N_, PostingLanguage

EXPIRES_ON = Field(N_("到期日"), Shape.DATE, "publication", help=N_("最长 12 个月，到期自动下架。不填按 180 天"))
NEW_EXPIRY = Field(N_("延到哪一天"), Shape.DATE, "publication", help=N_("最长 12 个月"), required=True)
# How many clauses a posting's words may suggest.
MOST_SUGGESTED = 6


class PublicationForm(FlaskForm):
    """Name, last day and language."""

    version = HiddenField()
    name_is_public = RadioField(
        _l("单位名称"),
        choices=choices([("yes", _l("公开单位名称")), ("no", _l("不公开，接受对接后对方才能看到"))]),
        validate_choice=False,
    )
    expires_on = DayInput(EXPIRES_ON)
    language = SelectField(
        _l("内容用哪种文字写的"),
        choices=terms(PostingLanguage),
        description=_l("不是界面语言，是标题和说明的文字"),
        validate_choice=False,
    )

    @classmethod
    def of(cls, posting: Posting) -> "PublicationForm":
        """Fill the form with what the posting says; a talent's name is never public, so nobody asks."""
        form = cls(
            version=str(posting.version),
            name_is_public="yes" if posting.name_is_public else "no",
            expires_on=posting.expires_on,
            language=posting.language.value,
        )
        if posting.kind == "talent":
            del form.name_is_public
        return form

    def values(self) -> dict[str, Any]:
        """Return the settings as the service takes them."""
        values: dict[str, Any] = {"expires_on": self.expires_on.data, "language": self.language.data}
        if "name_is_public" in self:
            values["name_is_public"] = self.name_is_public.data == "yes"
        return values


class ExtendForm(FlaskForm):
    """A later last day."""

    expires_on = DayInput(NEW_EXPIRY)

    @property
    def day(self) -> dt.date:
        """Return the day, once the form has been found good."""
        assert self.expires_on.data is not None
        day: dt.date = self.expires_on.data
        return day

    def validate_expires_on(self, field: DayInput) -> None:
        """Ask for a day; a draft may go without one, this page is about nothing else."""
        if field.data is None and not field.process_errors:
            raise ValidationError(_("写上新的到期日"))


class ClausesForm(FlaskForm):
    """The clauses of the plan that a posting serves."""

    version = HiddenField()
    clauses = SelectMultipleField(_l("对应的政策条款"), validate_choice=False)

    def __init__(self, tasks: list[PolicyClause], suggested: list[PolicyClause], **more: Any) -> None:
        """Offer every clause below its task, and first those that the posting's words point at."""
        super().__init__(**more)
        self.tasks, self.suggested = tasks, suggested

    def chosen(self) -> list[PolicyClause]:
        """Return the clauses that are ticked, in the order of the plan."""
        ids = set(self.clauses.data or ())
        return [clause for task in self.tasks for clause in (task, *task.parts) if clause.id in ids]

    def apart(self) -> list[PolicyClause]:
        """Return what stands above the folded list: ticked clauses, then suggested ones."""
        chosen = self.chosen()
        return [*chosen, *(clause for clause in self.suggested if clause not in chosen)]


def suggest(words: str, tasks: list[PolicyClause]) -> list[PolicyClause]:
    """Return the sub-clauses whose keywords stand in a posting's words, the best first."""
    counted = [
        (sum(keyword in words for keyword in clause.keywords), clause) for task in tasks for clause in task.parts
    ]
    found = sorted((pair for pair in counted if pair[0]), key=lambda pair: -pair[0])
    return [clause for _count, clause in found[:MOST_SUGGESTED]]


def refused(form: FlaskForm, errors: dict[str, Any]) -> None:
    """Put what a service refused at the inputs it names."""
    for name, wrong in errors.items():
        if name in form:
            form[name].errors = [*form[name].errors, _(wrong.message, **wrong.values)]
        else:
            form.form_errors.append(_(wrong.message, **wrong.values))
