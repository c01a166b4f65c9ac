"""The form of each step of each kind of posting, made from the descriptions of its facts and from nothing else."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField

from matchmaker.forms import inputs
from matchmaker.forms.catalogue import Catalogue
from matchmaker.forms.industries import IndustriesInput
from matchmaker.forms.layout import LAYOUT, Group
from models import Field, ParkOffer, Posting, Shape
from models.vocabulary import N_

# Longer texts get a paragraph's input.
ONE_LINE = 400
INCENTIVES = ("incentives", N_("优惠政策"))
CLAUSES = ("clauses", N_("对应的政策条款"))
PUBLICATION = ("publication", N_("公开与期限"))


class StepForm(FlaskForm):
    """One step: the version that was read, and the facts that stand on it."""

    version = HiddenField()
    form_key = HiddenField()

    step: str
    names: tuple[str, ...]
    layout: tuple[Group, ...]

    def values(self) -> dict[str, Any]:
        """Return the facts of this step, and nothing else that a request may carry."""
        return {name: self[name].data for name in self.names}

    def groups(self) -> list[tuple[str, list[list[Any]]]]:
        """Return the inputs as they stand on the page: groups of rows of one or two."""
        return [(_(title), [[self[name] for name in row] for row in rows]) for title, rows in self.layout]

    @property
    def read_version(self) -> int:
        """Return the version that the page was made from."""
        return read_version(self)

    @property
    def asks_for_industries(self) -> bool:
        """Say whether the page needs the list of words for industries."""
        return any(isinstance(self[name], IndustriesInput) for name in self.names)


def read_version(form: Any) -> int:
    """Return the version that a form's page was made from; a missing or forged one equals none."""
    # What was sent, and not what the field would hold without: the version of now is exactly what nobody has read.
    typed = (form.version.raw_data or [""])[0]
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else -1


def steps_of(kind: type[Posting]) -> list[tuple[str, str]]:
    """Return slug and title of every step: the facts, then what is promised, what it refers to, who sees it."""
    own: tuple[tuple[str, str], ...] = kind.steps  # type: ignore[attr-defined]
    return [*own, *([INCENTIVES] if kind is ParkOffer else []), CLAUSES, PUBLICATION]


def fields_on(kind: type[Posting], step: str) -> dict[str, Field]:
    """Return the facts that stand on a step."""
    return {name: field for name, field in kind.fields().items() if field.step == step}


def step_form(kind: type[Posting], step: str, catalogue: Catalogue) -> type[StepForm]:
    """Make the form of a step."""
    described = fields_on(kind, step)
    members: dict[str, Any] = {name: input_for(name, field, catalogue) for name, field in described.items()}
    members |= {
        "step": step,
        "names": tuple(described),
        "layout": LAYOUT[str(kind.__mapper__.polymorphic_identity), step],
    }
    return type("StepForm", (StepForm,), members)


def answer_form(kind: type[Posting], names: tuple[str, ...], catalogue: Catalogue) -> type[StepForm]:
    """Make a form of a few facts, wherever they stand in the steps."""
    described = kind.fields()
    members: dict[str, Any] = {name: input_for(name, described[name], catalogue) for name in names}
    members |= {"step": "", "names": names, "layout": (("", tuple((name,) for name in names)),)}
    return type("AnswerForm", (StepForm,), members)


def input_for(name: str, field: Field, catalogue: Catalogue) -> Any:
    """Return the input that suits a fact."""
    match field.shape:
        case Shape.TEXT:
            return inputs.TextInput(field) if field.length <= ONE_LINE else inputs.ParagraphInput(field)
        case Shape.TERM:
            return inputs.ChoiceInput(field, _words_of(field))
        case Shape.TERMS:
            return inputs.ChoicesInput(field, _words_of(field))
        case Shape.REGION:
            return inputs.ChoiceInput(field, catalogue.regions(name, field))
        case Shape.REGIONS:
            return inputs.ChoicesInput(field, catalogue.prefectures(field))
        case Shape.PARK:
            return inputs.ChoiceInput(field, catalogue.parks())
        case Shape.FURONG:
            return inputs.ChoiceInput(field, catalogue.furong_categories())
        case Shape.INDUSTRIES:
            return IndustriesInput(field, catalogue)
        case _:
            return _PLAIN[field.shape](field)


def _words_of(field: Field) -> list[tuple[str, str]]:
    assert field.vocabulary is not None
    return [(term.value, _(term.label)) for term in field.vocabulary]


_PLAIN: dict[Shape, Callable[[Field], Any]] = {
    Shape.NUMBER: inputs.NumberInput,
    Shape.COUNT: inputs.NumberInput,
    Shape.YEAR: inputs.YearInput,
    Shape.TEXTS: inputs.WordsInput,
    Shape.ANSWER: inputs.ThreeValuedInput,
    Shape.DATE: inputs.DayInput,
    Shape.COUNTS: inputs.CountsInput,
}
