"""The input for industries: codes are what is stored, names and trade words are what people know."""

import re
from collections.abc import Iterable
from typing import Any, Protocol

from flask_babel import gettext as _

from matchmaker.forms.inputs import Stated
from matchmaker.forms.reading import read_words
from models import Field, WrongValue, check


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
