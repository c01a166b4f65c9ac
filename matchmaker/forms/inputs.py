"""Inputs for described facts: each keeps what was typed when it is wrong, and says why."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import Field as Input

from matchmaker.forms.choices import choices as offered
from matchmaker.forms.reading import read_day, read_number, read_words
from models import Field, WrongValue, check

Choices = Mapping[str, Sequence[tuple[str, str]]] | Sequence[tuple[str, str]]


class Stated(Input):
    """What all inputs of a described fact share: its words, its check, and what was typed."""

    def __init__(self, described: Field, **more: Any) -> None:
        """Take label, hint and unit from the description."""
        super().__init__(_(described.label), description=_(described.help) if described.help else "", **more)
        self.described = described
        self.unit = _(described.unit) if described.unit else ""
        self.flags.required = described.required

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read and check what came; a wrong value leaves a sentence, and what was typed stays in raw_data."""
        self.data = None
        try:
            self.data = check(self.described, self.read(valuelist))
        except WrongValue as wrong:
            raise ValueError(_(wrong.message, **wrong.values)) from None

    def read(self, typed: list[str]) -> Any:
        """Return the value that was typed, before its check."""
        return typed[0].strip() if typed else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.shown()

    def shown(self) -> str:
        """Return the stored value as somebody would type it."""
        return str(self.data)


class NumberInput(Stated, StringField):
    """A measured quantity or a count, in the unit beside the input."""

    def read(self, typed: list[str]) -> Any:
        """Return the number that was typed."""
        return read_number(typed[0], self.unit) if typed else None

    def shown(self) -> str:
        """Return the number with thousands commas."""
        return f"{self.data:,.4f}".rstrip("0").rstrip(".")


class YearInput(NumberInput):
    """A year, which takes no thousands comma."""

    def shown(self) -> str:
        """Return the year."""
        return str(self.data)


class TextInput(Stated, StringField):
    """A line of words."""


class ParagraphInput(Stated, TextAreaField):
    """A paragraph of words."""

    def read(self, typed: list[str]) -> Any:
        """Return the words with line breaks as they are stored."""
        return typed[0].replace("\r\n", "\n").strip() if typed else None


class WordsInput(Stated, TextAreaField):
    """A short list of words."""

    def read(self, typed: list[str]) -> Any:
        """Return the words one by one."""
        return read_words(typed[0]) if typed else None

    def shown(self) -> str:
        """Return the words in one line."""
        return "、".join(self.data or ())


class DayInput(Stated, StringField):
    """A day, typed as text since people write it in many ways."""

    def read(self, typed: list[str]) -> Any:
        """Return the day that was typed."""
        return read_day(typed[0]) if typed else None

    def shown(self) -> str:
        """Return the day as 2027-06-30."""
        return str(self.data)


class ChoiceInput(Stated, SelectField):
    """One of some words or places; the empty choice takes an answer back."""

    def __init__(self, described: Field, choices: Choices, **more: Any) -> None:
        """Put the empty choice before the others."""
        groups = choices if isinstance(choices, Mapping) else {"": choices}
        listed = [choice for name, pairs in groups.items() for choice in offered(pairs, name or None)]
        super().__init__(described, choices=[*offered([("", _("还没选"))]), *listed], **more)

    def pre_validate(self, form: Any) -> None:
        """Leave the check to the description, which has answered already."""


class ChoicesInput(Stated, SelectMultipleField):
    """Any number of some words or places, as boxes."""

    def __init__(self, described: Field, choices: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer the choices."""
        super().__init__(described, choices=offered(choices), **more)

    def read(self, typed: list[str]) -> Any:
        """Return all that were ticked."""
        return typed

    def pre_validate(self, form: Any) -> None:
        """Leave the check to the description, which has answered already."""


class ThreeValuedInput(Stated, RadioField):
    """Yes, no or unsure; nothing is chosen beforehand, and an answer can be taken back."""

    def __init__(self, described: Field, **more: Any) -> None:
        """Offer the three answers."""
        assert described.vocabulary is not None
        answers = [(answer.value, _(answer.label)) for answer in described.vocabulary]
        super().__init__(described, choices=offered(answers), **more)
        self.can_be_cleared = False

    def process(self, formdata: Any, *args: Any, **more: Any) -> None:
        """Take the answer, unless the box that takes it back is ticked."""
        super().process(formdata, *args, **more)
        self.can_be_cleared = self.object_data is not None
        if formdata is not None and formdata.get(f"{self.name}-clear"):
            self.data, self.process_errors = None, ()

    def pre_validate(self, form: Any) -> None:
        """Leave the check to the description, which has answered already."""


class CountsInput(Stated):
    """A number for each of some words; `rows` pairs each word with what was typed for it."""

    def __init__(self, described: Field, **more: Any) -> None:
        """Start with no number at all."""
        super().__init__(described, **more)
        self.typed: dict[str, str] = {}

    def process(self, formdata: Any, *args: Any, **more: Any) -> None:
        """Read every word's number."""
        super().process(None, *args, **more)
        if formdata is None or not any(name.startswith(f"{self.name}-") for name in formdata):
            self.typed = {word: f"{number:,}" for word, number in (self.data or {}).items()}
            return
        self.typed = {word.value: formdata.get(f"{self.name}-{word.value}", "") for word in self._words()}
        self.data, errors = {}, []
        for word in self._words():
            try:
                number = read_number(self.typed[word.value], self.unit)
                self.data |= check(self.described, {word.value: number}) or {}
            except WrongValue as wrong:
                message = _(wrong.message, **wrong.values)
                errors.append(_("%(label)s：%(message)s", label=_(word.label), message=message))
        self.data = self.data or None
        self.process_errors = errors

    def rows(self) -> list[tuple[str, str, str]]:
        """Return value, label and what was typed, for each word."""
        return [(word.value, _(word.label), self.typed.get(word.value, "")) for word in self._words()]

    def _words(self) -> list[Any]:
        assert self.described.vocabulary is not None
        return list(self.described.vocabulary)
