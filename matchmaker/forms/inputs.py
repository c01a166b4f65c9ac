"""Inputs for described facts: each reads what people really type, and keeps it when it is wrong."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from flask_babel import gettext as _
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import Field as Input

from matchmaker.forms.choices import choices as offered
from models import Field, WrongValue, check
from models.vocabulary import N_

Choices = Mapping[str, Sequence[tuple[str, str]]] | Sequence[tuple[str, str]]

# A thousands comma or space stands before exactly three digits; anything else in a number is a mistake.
GROUPED = re.compile(r"[+-]?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")
# A comma between digits belongs to a number; every other one separates.
BETWEEN_WORDS = re.compile(r"(?<!\d),|,(?!\d)|[，、;；\r\n]+")


def read_number(typed: str, unit: str) -> float | int | None:
    """Return the number somebody typed, thousands separators and full-width digits included."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return None
    if GROUPED.fullmatch(text):
        text = text.replace(",", "").replace(" ", "")
    if PLAIN.fullmatch(text):
        value = float(text)
        return int(value) if value.is_integer() else value
    if re.search(r"\d", text) and re.search(r"[^\d\s.,+-]", text):
        raise WrongValue(N_("请只填数字。“%(typed)s”里有单位，这里按 %(unit)s 填"), typed=typed.strip(), unit=unit)
    raise WrongValue(N_("请只填数字，单位是 %(unit)s"), unit=unit) if unit else WrongValue(N_("请只填数字"))


def read_day(typed: str) -> dt.date | None:
    """Return the day somebody typed: 2027-06-30, 2027年6月30日 or 2027/6/30."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return None
    found = DAY.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            return dt.date(year, month, day)
        except ValueError:
            raise WrongValue(N_("没有“%(typed)s”这一天"), typed=typed.strip()) from None
    raise WrongValue(N_("“%(typed)s”写成 2027-06-30 这样，年月日都要有"), typed=typed.strip())


def read_words(typed: str) -> list[str]:
    """Return the words of a list, separated by commas, 、, semicolons or line breaks."""
    return list(dict.fromkeys(word.strip() for word in BETWEEN_WORDS.split(typed) if word.strip()))


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


class IndustryLookup(Protocol):
    """What an industry input asks: which codes a word means, and what codes are called."""

    def find(self, typed: str) -> list[str]:
        """Return the codes that a typed code, name or trade word means; several when it is not clear."""
        ...

    def is_sure(self, typed: str, codes: list[str]) -> bool:
        """Say whether the codes are what was meant, not only what it might mean."""
        ...

    def names(self, codes: Iterable[str]) -> dict[str, str]:
        """Return what codes are called."""
        ...


class IndustriesInput(Stated):
    """Industry codes: chosen ones as boxes with their names, and a line for more, typed as code, name or trade word."""

    def __init__(self, described: Field, lookup: IndustryLookup, **more: Any) -> None:
        """Remember whom to ask about words and codes."""
        super().__init__(described, **more)
        self.lookup = lookup
        self.more = ""
        self.candidates: list[str] = []

    def process(self, formdata: Any, *args: Any, **more: Any) -> None:
        """Put together the boxes that stay ticked and what was typed, the main industry first."""
        super().process(None, *args, **more)
        if formdata is None or not (f"{self.name}-more" in formdata or self.name in formdata):
            return
        chosen = formdata.getlist(self.name)
        errors: list[str] = []
        found = self._look_up(formdata.get(f"{self.name}-more", ""), chosen, errors)
        codes = list(dict.fromkeys([*chosen, *found]))
        main = formdata.get(f"{self.name}-main")
        if main in codes:
            codes = [main, *(code for code in codes if code != main)]
        try:
            self.data = check(self.described, codes)
        except WrongValue as wrong:
            self.data = None
            errors.append(_(wrong.message, **wrong.values))
        self.process_errors = errors

    def _look_up(self, typed: str, chosen: list[str], errors: list[str]) -> list[str]:
        found: list[str] = []
        unclear: list[str] = []
        for phrase in re.split(r"[;；\r\n]+", typed):
            words = [phrase] if self.lookup.find(phrase) else read_words(phrase)
            for word in words:
                codes = self.lookup.find(word)
                if codes and self.lookup.is_sure(word, codes):
                    found += codes
                elif codes and set(codes) & set(chosen):
                    # A candidate that an earlier answer offered has been ticked: that was meant.
                    continue
                elif codes:
                    self.candidates += [code for code in codes if code not in self.candidates]
                    errors.append(_("“%(typed)s”可能指几个行业，在下面勾选要的", typed=word))
                    unclear.append(word)
                elif word.strip():
                    errors.append(_("“%(typed)s”不是行业代码，也没有叫这个的行业", typed=word))
                    unclear.append(word)
        self.more = "；".join(unclear)
        return found

    def rows(self) -> list[tuple[str, str, bool]]:
        """Return code, name and whether it is ticked: the chosen codes, then what a typed word might mean."""
        chosen = list(self.data or [])
        names = self.lookup.names([*chosen, *self.candidates])
        unsure = [code for code in self.candidates if code not in chosen]
        return [(code, names.get(code, code), True) for code in chosen] + [
            (code, names.get(code, code), False) for code in unsure
        ]
