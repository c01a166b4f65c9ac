"""The choices of a select, a row of boxes or a row of radios, as WTForms takes them."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from models.vocabulary import Term


def choices(pairs: Iterable[tuple[str, str]], group: str | None = None) -> list[SelectChoice]:
    """Make choices of pairs of value and label, all under one heading if there is one."""
    return [SelectChoice(value, label, optgroup=group) for value, label in pairs]


def terms(vocabulary: Iterable[Term]) -> list[SelectChoice]:
    """Make choices of the terms of a vocabulary, in the language of whoever will read them."""
    return choices((term.value, _l(term.label)) for term in vocabulary)
