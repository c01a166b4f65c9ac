"""How much each group of criteria counts for a reader: whole numbers in the address of a list."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from wtforms import Form, IntegerField

PREFIX = "w_"


class WeightField(IntegerField):
    """One group's weight; left empty it is the default, and what can't be read is shown back as it was typed."""

    def __init__(self, label: str, most: int, **kwargs: Any) -> None:
        """Take the greatest weight there is."""
        super().__init__(label, **kwargs)
        self.most = most

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the first value of the address."""
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            self.raw_data, self.data = None, self.default
            return
        # "８" of a Chinese keyboard is a number, too.
        if not (text.isdecimal() and len(text) <= len(str(self.most)) and int(text) <= self.most):
            self.data = None
            raise ValueError(_("填 0 到 %(most)s 的整数", most=self.most))
        self.raw_data, self.data = None, int(text)


def weights_form(groups: Iterable[tuple[str, str]], default: int, most: int) -> type[Form]:
    """Make a form with one weight for each group, given by name and label."""
    fields = {
        PREFIX + name: WeightField(
            label,
            most,
            default=default,
            render_kw={"inputmode": "numeric", "autocomplete": "off", "data-weight": str(most)},
        )
        for name, label in groups
    }
    return type("WeightsForm", (Form,), fields)
