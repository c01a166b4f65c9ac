"""How a reader has a list ordered, as the address states it: whoever may open it finds the same order."""

import dataclasses
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Form

from matchmaker.forms.weights import PREFIX, weights_form
from matchmaker.recommender.parts import Group
from matchmaker.recommender.recommend import Order
from matchmaker.recommender.sliders import DEFAULT, MOST, factor, sliders
from models.vocabulary import N_

ORDER_SAYS: Mapping[Order, str] = {
    "match": N_("先看硬条件，再按双方相符的程度从高到低排。"),
    "plain": N_("只看硬条件，不看别的；最新发布的排在前面，名录里的园区没有发布日期，排在最后。"),
}


@dataclasses.dataclass(frozen=True)
class Weighing:
    """The weights of a reader's own side, what is wrong with them, and by what the list is ordered."""

    form: Form
    order: Order

    @classmethod
    def read(cls, kind: str, other: str, arguments: MultiDict[str, str]) -> "Weighing":
        """Read the address of a list that one of this kind sees of the other."""
        return cls.of(sliders(kind, other), arguments)

    @classmethod
    def of(cls, groups: Iterable[Group], arguments: MultiDict[str, str]) -> "Weighing":
        """Read the weights of some groups."""
        form = weights_form([(group.name, _(group.label)) for group in groups], DEFAULT, MOST)(arguments)
        form.validate()
        return cls(form, "plain" if arguments.get("order") == "plain" else "match")

    @cached_property
    def weights(self) -> dict[str, float]:
        """Return the factors of the groups that don't count as they do by default."""
        return {name: factor(weight) for name, weight in self.by_group.items()}

    @property
    def differing(self) -> dict[str, Any]:
        """Return the weights that are not the default, by their names in the address."""
        return {field.name: field.data for field in self.form if not field.errors and field.data != DEFAULT}

    @property
    def by_group(self) -> dict[str, int]:
        """Return the weights that aren't the default, by group."""
        return {name.removeprefix(PREFIX): weight for name, weight in self.differing.items()}

    @property
    def words(self) -> list[str]:
        """Name the groups that count otherwise than by default, each with its weight."""
        return [f"{field.label.text} {field.data}" for field in self.form if field.name in self.differing]

    @property
    def is_default(self) -> bool:
        """Say whether nothing in the address changes the order."""
        return not self.form.errors and not self.differing and self.order == "match"

    @property
    def parameters(self) -> dict[str, Any]:
        """Return what the address must say, and nothing that goes without saying."""
        return {**self.differing, **({"order": self.order} if self.order != "match" else {})}

    def says_more(self, arguments: MultiDict[str, str]) -> bool:
        """Say whether the address could be shorter and mean the same; one with an error is left as it was typed."""
        if self.form.errors:
            return False
        given = {name: arguments.getlist(name) for name in arguments if name.startswith(PREFIX) or name == "order"}
        return given != {name: [str(value)] for name, value in self.parameters.items()}
