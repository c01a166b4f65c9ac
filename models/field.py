"""What a typed column means to a person: label, unit, sane range, help and the step of the form it stands on.

Forms, fact tables, search filters, the command line and the sample market all read these descriptions, so a
fact is described once, where its column is declared.
"""

import dataclasses
import datetime as dt
import enum
import functools
import math
from typing import Any

from sqlalchemy import JSON, Date, Integer, Numeric, String, Text
from sqlalchemy.orm import MappedColumn, mapped_column

from .base import Base, TermType
from .vocabulary import N_, Answer, Term


class Shape(enum.Enum):
    """The shape of a value, which decides its input, its check and its print."""

    NUMBER = "number"
    COUNT = "count"
    TEXT = "text"
    TEXTS = "texts"
    TERM = "term"
    TERMS = "terms"
    ANSWER = "answer"
    DATE = "date"
    YEAR = "year"
    REGION = "region"
    REGIONS = "regions"
    INDUSTRIES = "industries"
    PARK = "park"
    COUNTS = "counts"
    FURONG = "furong"


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """The description of one fact that a posting states.

    `low` and `high` are in `unit`; `places` names which regions a region field may hold ("gba", "hunan"
    or "all"); a `required` fact must stand before a posting is submitted for review.
    """

    label: str
    shape: Shape
    step: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    help: str = ""
    vocabulary: type[Term] | None = None
    places: str = "all"
    required: bool = False
    length: int = 0


class WrongValue(ValueError):
    """A value that a field refuses; `message` is a sentence for the person who typed it, `values` fill it."""

    def __init__(self, message: str, **values: object) -> None:
        """Keep the translatable message apart from what fills it."""
        super().__init__(message % values)
        self.message = message
        self.values = values


def number(
    label: str, step: str, unit: str, low: float, high: float, help: str = "", required: bool = False
) -> MappedColumn[Any]:
    """Declare a measured quantity."""
    field = Field(label, Shape.NUMBER, step, unit, low, high, help, required=required)
    return mapped_column(Numeric(16, 4, asdecimal=False), info={"field": field})


def count(
    label: str, step: str, unit: str, low: int, high: int, help: str = "", required: bool = False
) -> MappedColumn[Any]:
    """Declare a whole number of things."""
    field = Field(label, Shape.COUNT, step, unit, low, high, help, required=required)
    return mapped_column(Integer, info={"field": field})


def text(label: str, step: str, length: int, help: str = "", required: bool = False) -> MappedColumn[Any]:
    """Declare a line or paragraph of words."""
    field = Field(label, Shape.TEXT, step, help=help, required=required, length=length)
    return mapped_column(Text if length > 400 else String(length), info={"field": field})


def texts(label: str, step: str, help: str = "", required: bool = False) -> MappedColumn[Any]:
    """Declare a short list of words, typed with commas or line breaks between."""
    field = Field(label, Shape.TEXTS, step, help=help, required=required, length=60)
    return mapped_column(JSON(none_as_null=True), info={"field": field})


def term(label: str, step: str, vocabulary: type[Term], help: str = "", required: bool = False) -> MappedColumn[Any]:
    """Declare one word of a vocabulary."""
    field = Field(label, Shape.TERM, step, help=help, vocabulary=vocabulary, required=required)
    return mapped_column(TermType(vocabulary), info={"field": field})


def terms(label: str, step: str, vocabulary: type[Term], help: str = "", required: bool = False) -> MappedColumn[Any]:
    """Declare any number of words of a vocabulary."""
    field = Field(label, Shape.TERMS, step, help=help, vocabulary=vocabulary, required=required)
    return mapped_column(JSON(none_as_null=True), info={"field": field})


def answer(label: str, step: str, help: str = "", required: bool = False) -> MappedColumn[Any]:
    """Declare a three-valued truth."""
    field = Field(label, Shape.ANSWER, step, help=help, vocabulary=Answer, required=required)
    return mapped_column(TermType(Answer), info={"field": field})


def date(label: str, step: str, help: str = "", required: bool = False) -> MappedColumn[Any]:
    """Declare a day."""
    field = Field(label, Shape.DATE, step, help=help, required=required)
    return mapped_column(Date, info={"field": field})


def year(label: str, step: str, low: int, high: int, help: str = "", required: bool = False) -> MappedColumn[Any]:
    """Declare a year."""
    field = Field(label, Shape.YEAR, step, low=low, high=high, help=help, required=required)
    return mapped_column(Integer, info={"field": field})


def region(label: str, step: str, places: str, help: str = "", required: bool = False) -> MappedColumn[Any]:
    """Declare one administrative division, by its GB/T 2260 code."""
    field = Field(label, Shape.REGION, step, help=help, places=places, required=required)
    return mapped_column(String(6), info={"field": field})


def regions(label: str, step: str, places: str, help: str = "", required: bool = False) -> MappedColumn[Any]:
    """Declare any number of administrative divisions, by their codes."""
    field = Field(label, Shape.REGIONS, step, help=help, places=places, required=required)
    return mapped_column(JSON(none_as_null=True), info={"field": field})


def industries(label: str, step: str, help: str = "", required: bool = False) -> MappedColumn[Any]:
    """Declare GB/T 4754-2017 codes, the main one first."""
    field = Field(label, Shape.INDUSTRIES, step, help=help, required=required)
    return mapped_column(JSON(none_as_null=True), info={"field": field})


def counts(label: str, step: str, vocabulary: type[Term], unit: str, help: str = "") -> MappedColumn[Any]:
    """Declare a number for each of some words, such as workers by trade."""
    field = Field(label, Shape.COUNTS, step, unit, 0, 100_000, help, vocabulary=vocabulary)
    return mapped_column(JSON(none_as_null=True), info={"field": field})


# Sorting columns compares SQL expressions, thirty milliseconds a time; the answer never changes.
@functools.cache
def fields_of(table: type[Base]) -> dict[str, Field]:
    """Return the described facts of a kind of posting, by column name, in the order of their declaration."""
    return {
        column.key: column.info["field"]
        for column in sorted(table.__mapper__.columns, key=lambda c: (c.table is table.__table__, _order(c)))
        if "field" in column.info
    }


def _order(column: Any) -> int:
    return list(column.table.c).index(column)


def check(field: Field, value: Any) -> Any:
    """Return the value as the column stores it, or raise `WrongValue`.

    It checks what can be known without the database: shape, range and vocabulary. Whether a region or an
    industry code exists is asked by the service that has a session.
    """
    if value is None or value == "" or value == [] or value == {}:
        return None
    return _CHECKS[field.shape](field, value)


def _number(field: Field, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongValue(N_("请只填数字，单位是 %(unit)s"), unit=field.unit)
    if not math.isfinite(value):
        raise WrongValue(N_("请只填数字，单位是 %(unit)s"), unit=field.unit)
    if (field.low is not None and value < field.low) or (field.high is not None and value > field.high):
        raise WrongValue(
            N_("%(value)s 不在 %(low)s–%(high)s %(unit)s 之间"),
            value=_plain(value), low=_plain(field.low), high=_plain(field.high), unit=field.unit,
        )  # fmt: skip
    return value


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:,.4f}".rstrip("0").rstrip(".")


def _count(field: Field, value: Any) -> int:
    value = _number(field, value)
    if value != int(value):
        raise WrongValue(N_("请填整数"))
    return int(value)


def _year(field: Field, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongValue(N_("年份写成 1986 这样"))
    if (field.low is not None and value < field.low) or (field.high is not None and value > field.high):
        raise WrongValue(N_("年份不在 %(low)s–%(high)s 之间"), low=field.low, high=field.high)
    return value


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValue(N_("请填文字"))
    # No database keeps a NUL, and half a character, such as "\ud83c", can't be written out at all.
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise WrongValue(N_("文字里有不能保存的字符"))
    if len(value) > field.length:
        raise WrongValue(N_("最多 %(length)s 个字，现在 %(now)s 个"), length=field.length, now=len(value))
    return value


def _texts(field: Field, value: Any) -> list[str]:
    words = _list(value)
    if len(words) > 30:
        raise WrongValue(N_("最多 %(length)s 项"), length=30)
    return [_text(field, word) for word in words]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise WrongValue(N_("请填一个列表"))
    return list(value)


def _term(field: Field, value: Any) -> Term:
    assert field.vocabulary is not None
    word = next((term for term in field.vocabulary if term.value == value), None)
    if word is None:
        raise WrongValue(
            N_("“%(value)s”不在可选的词里：%(words)s"),
            value=value,
            words="、".join(term.value for term in field.vocabulary),
        )
    return word


def _terms(field: Field, value: Any) -> list[str]:
    return list(dict.fromkeys(_term(field, word).value for word in _list(value)))


def _date(field: Field, value: Any) -> dt.date:
    if isinstance(value, dt.date):
        day = value
    else:
        try:
            day = dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise WrongValue(N_("日期写成 2027-06-30 这样")) from None
    if not 1990 <= day.year <= 2100:
        raise WrongValue(N_("年份不在 1990–2100 之间"))
    return day


def _code(field: Field, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 12 or not value.isascii() or not value.isalnum():
        raise WrongValue(N_("“%(value)s”不是代码"), value=value)
    return value


def _codes(field: Field, value: Any) -> list[str]:
    codes = _list(value)
    if len(codes) > 40:
        raise WrongValue(N_("最多 %(length)s 项"), length=40)
    return list(dict.fromkeys(_code(field, code) for code in codes))


def _furong(field: Field, value: Any) -> str:
    return _text(dataclasses.replace(field, length=20), value)


def _counts(field: Field, value: Any) -> dict[str, int]:
    if not isinstance(value, dict):
        raise WrongValue(N_("请填一个列表"))
    filled = {_term(field, word).value: number for word, number in value.items() if number is not None}
    return {word: _count(field, number) for word, number in filled.items()}


_CHECKS = {
    Shape.NUMBER: _number,
    Shape.COUNT: _count,
    Shape.YEAR: _year,
    Shape.TEXT: _text,
    Shape.TEXTS: _texts,
    Shape.TERM: _term,
    Shape.ANSWER: _term,
    Shape.TERMS: _terms,
    Shape.DATE: _date,
    Shape.REGION: _code,
    Shape.REGIONS: _codes,
    Shape.INDUSTRIES: _codes,
    Shape.PARK: _code,
    Shape.COUNTS: _counts,
    Shape.FURONG: _furong,
}
