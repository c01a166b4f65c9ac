"""Seeded choices, and sentences that state only the facts that are there."""

import dataclasses
import datetime as dt
import random
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from models import Field, Posting, Shape, check

T = TypeVar("T")
Facts = Mapping[str, Any]

_HERE = Path(__file__).parent


@cache
def read(name: str) -> Any:
    """Read a file of words that lies beside this one; nobody changes what is read."""
    with (_HERE / f"{name}.yaml").open(encoding="utf-8") as file:
        # The same reader in C, where PyYAML was built with it, is ten times quicker.
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe either way


class Draw:
    """Choices that fall the same way whenever the seed is the same, on every machine."""

    def __init__(self, *seed: object) -> None:
        """Start from the seed's parts, so that each posting draws from a row of its own."""
        self._random = random.Random(":".join(map(str, seed)))  # noqa: S311 - repeatable samples, no secrets

    def one(self, items: Iterable[T]) -> T:
        """Choose one."""
        return self._random.choice(list(items))

    def some(self, items: Iterable[T], low: int, high: int) -> list[T]:
        """Choose between `low` and `high` of them, in the order in which they stand."""
        pool = list(items)
        chosen = self._random.sample(range(len(pool)), min(len(pool), self._random.randint(low, high)))
        return [pool[index] for index in sorted(chosen)]

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """Return all of them in another order."""
        pool = list(items)
        self._random.shuffle(pool)
        return pool

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Choose one, the heavier the likelier."""
        return self._random.choices(list(weights), list(weights.values()))[0]

    def chance(self, share: float) -> bool:
        """Say yes in this share of cases."""
        return self._random.random() < share

    def between(self, low: float, high: float) -> float:
        """Choose a number from the range."""
        return self._random.uniform(low, high)

    def whole(self, low: int, high: int) -> int:
        """Choose a whole number from the range, both ends included."""
        return self._random.randint(low, high)

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """Choose a day from the range, both ends included."""
        return first + dt.timedelta(days=self._random.randint(0, (last - first).days))


def tidy(value: float) -> float:
    """Drop what nobody would write: a third decimal, and a decimal zero."""
    value = round(value, 2)
    return int(value) if value == int(value) else value


def rounded(value: float) -> float:
    """Round the way people state quantities: two leading figures, a third when it is a five."""
    if value <= 0:
        return 0
    step = 10.0 ** (len(str(int(value))) - 2) / 2 if value >= 10 else 0.5 if value >= 2 else 0.1
    return tidy(max(step, round(value / step) * step))


def as_answer(value: bool | str | None) -> str | None:
    """Turn what a file says (YAML reads a bare yes as true) into the value of an `Answer`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def stated(kind: type[Posting], facts: Facts) -> dict[str, Any]:
    """Return the facts as the columns store them; a sample is checked like anything that a person types."""
    fields = kind.fields()
    return {name: check(fields[name], value) for name, value in facts.items()}


@dataclasses.dataclass(frozen=True)
class Writer:
    """Puts facts of one kind of posting into sentences.

    `{field}` prints a fact with its unit, `{name}` any other word that is given. A sentence may begin with a test
    such as `?dual_supply=yes,gas!| `: equal, other than, contained (`~`), present, or absent (`!`).
    """

    fields: Mapping[str, Field]
    regions: Mapping[str, str]

    @classmethod
    def of(cls, kind: type[Posting], regions: Mapping[str, str]) -> "Writer":
        """Make the writer of a kind."""
        return cls(kind.fields(), regions)

    def say(self, sentence: str, facts: Facts, words: Facts) -> str | None:
        """Return the sentence with its facts, or None when one is missing or its test fails."""
        if sentence.startswith("?"):
            test, sentence = sentence[1:].split("|", 1)
            if not all(_holds(part, facts) for part in test.split(",")):
                return None
        said = []
        for literal, name, style, _ in string.Formatter().parse(sentence.strip()):
            said.append(literal)
            if name is not None:
                value = facts[name] if name in facts else words.get(name)
                if value is None or value == []:
                    return None
                said.append(self._print(name, value, style or ""))
        return _SPACE_BESIDE_CHINESE.sub("", "".join(said))

    def title(self, draw: Draw, sentences: Sequence[str], facts: Facts, words: Facts) -> str:
        """Say a title that fits on a card; the last sentence, which asks for nothing, is said when no other can be."""
        order = [*draw.shuffled(sentences[:-1]), sentences[-1]]
        short = (self.say(sentence, facts, words) for sentence in order)
        return next(title for title in short if title is not None and len(title) <= TITLE_LENGTH)

    def _print(self, name: str, value: Any, style: str) -> str:
        field = self.fields.get(name)
        if field is None:
            return str(value)
        if field.shape in (Shape.NUMBER, Shape.COUNT):
            return _quantity(field, value, style)
        if field.shape is Shape.DATE:
            return f"{value:%Y}年{value.month}月" if style != "en" else f"{value:%B %Y}"
        if field.shape in (Shape.REGION, Shape.REGIONS):
            codes = [value] if isinstance(value, str) else value
            return "、".join(self.regions[code] for code in codes)
        if field.shape in (Shape.TERM, Shape.TERMS) and field.vocabulary is not None:
            terms = [value] if isinstance(value, str) else value
            # "柔性（每年在湘若干月）" explains itself on a form, in a sentence it would be clumsy.
            return "、".join(field.vocabulary(term).label.split("（")[0] for term in terms)
        if field.shape is Shape.COUNTS and field.vocabulary is not None:
            return "，".join(
                f"{field.vocabulary(term).label} {number:,} {field.unit}" for term, number in value.items()
            )
        return "、".join(value) if isinstance(value, list) else str(value)


TITLE_LENGTH = 40
# The files set facts apart by spaces; texts are stored without them, save the one between a value and its unit.
_SPACE_BESIDE_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) (?=[0-9])|(?<=[^\d\s]) (?=[\u3000-\u9fff])")
# The Chinese units as an English text writes them; what is not here is written alike in both.
_ENGLISH_UNITS = {
    "亩": "mu",
    "人": "people",
    "吨": "t",
    "吨标准煤": "tce",
    "元/㎡·月": "yuan per ㎡ a month",
    "万元/亩": "×10,000 yuan per mu",
    "小时": "hours",
}


def _quantity(field: Field, value: float, style: str) -> str:
    if style == "million":
        return f"{tidy(value * 100):,}"
    unit = _ENGLISH_UNITS.get(field.unit, field.unit) if style == "en" else field.unit
    return f"{value:,} {unit}"


def _holds(test: str, facts: Facts) -> bool:
    for sign in ("!=", "=", "~"):
        if sign in test:
            name, wanted = test.split(sign)
            value = facts.get(name)
            if sign == "~":
                return wanted in (value or ())
            return value is not None and (value == wanted) == (sign == "=")
    if test.endswith("!"):
        return facts.get(test[:-1]) is None
    return facts.get(test) is not None


class Composer:
    """Writes one text: each sentence says something new, and the whole stays worth reading."""

    def __init__(self, writer: Writer, draw: Draw, facts: Facts, words: Facts) -> None:
        """Begin an empty text about the facts."""
        self._writer, self._draw, self._facts, self._words = writer, draw, facts, words
        self._said: set[str] = set()
        self._parts: list[str] = []

    def add(self, sentences: Sequence[str], first: int | None = None) -> None:
        """Add one of the sentences, the one at `first` if it can be said, unless all would repeat a fact."""
        order = self._draw.shuffled(sentences)
        if first is not None:
            order.insert(0, sentences[first % len(sentences)])
        for sentence in order:
            stated = {name for name in _names(sentence) if name in self._writer.fields}
            said = None if stated & self._said else self._writer.say(sentence, self._facts, self._words)
            if said is not None and said not in self._parts and self.length + len(said) <= LONGEST:
                self._said |= stated
                self._parts.append(said)
                return

    def fill(self, pools: Iterable[Sequence[str]], last: Sequence[str]) -> None:
        """Add what a text that is too short still lacks, and then its last words."""
        for pool in pools:
            if self.length < SHORTEST - 20:
                self.add(pool)
        self.add(last)
        while self.length < SHORTEST:
            before = self.length
            self.add(last)
            if self.length == before:
                return

    @property
    def length(self) -> int:
        """Return how long the text is so far."""
        return sum(map(len, self._parts))

    @property
    def text(self) -> str:
        """Return what was written, English sentences apart and Chinese ones not."""
        return (" " if self._parts[0].isascii() else "").join(self._parts)


SHORTEST, LONGEST = 120, 390


def opening(sentences: Sequence[str], turn: int) -> tuple[dict[str, str], str]:
    """Return the opening of this turn, and the facts that it takes for granted, written `!field=value|` before it."""
    sentence = sentences[turn % len(sentences)]
    if not sentence.startswith("!"):
        return {}, sentence
    granted, sentence = sentence[1:].split("|", 1)
    return dict(part.split("=") for part in granted.split(",")), sentence.strip()


def _names(sentence: str) -> list[str]:
    text = sentence.split("|", 1)[1] if sentence.startswith("?") else sentence
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]
