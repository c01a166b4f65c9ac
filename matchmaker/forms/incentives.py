"""An offer's incentives as rows: those that stand, and one empty row for the next."""

from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField

from matchmaker.forms.catalogue import Catalogue
from matchmaker.forms.posting import input_for
from models import Incentive, fields_of

MOST_ROWS = 20
# The order in which a person reads a promise: what, how much, on which condition, by whom, until when.
ROWS = (("type", "cap_wan"), ("summary",), ("condition",), ("issuer", "source"), ("valid_from", "valid_to"))


class IncentivesForm(FlaskForm):
    """All rows, however many the page holds."""

    version = HiddenField()

    def __init__(self, catalogue: Catalogue, incentives: list[Incentive], posted: Any = None, **more: Any) -> None:
        """Make a row for each incentive and an empty one; or, from what was sent, the rows that were sent."""
        super().__init__(**more)
        described = fields_of(Incentive)
        members = {name: input_for(name, field, catalogue) for name, field in described.items()}
        self.row_class = type("IncentiveRow", (Form,), members)
        self.names = tuple(described)
        if posted is None:
            self.rows = [self._row(index, obj=incentive) for index, incentive in enumerate(incentives)]
            self.add_row()
        else:
            count = min(_count(posted.get("count")), MOST_ROWS)
            self.rows = [
                self._row(index, formdata=posted) for index in range(count) if not posted.get(f"rows-{index}-remove")
            ]

    def _row(self, index: int, **more: Any) -> Any:
        return self.row_class(prefix=f"rows-{index}-", **more)

    def add_row(self) -> None:
        """Put an empty row below the others, where there is room."""
        if len(self.rows) < MOST_ROWS:
            taken = [int(row._prefix.split("-")[1]) for row in self.rows]
            self.rows.append(self._row(max(taken, default=-1) + 1))

    @property
    def count(self) -> int:
        """Return how many rows the page must ask for next time; a removed row leaves a gap."""
        return max((int(row._prefix.split("-")[1]) + 1 for row in self.rows), default=0)

    def validate(self, *args: Any, **more: Any) -> bool:
        """Check every row in which anything was typed."""
        good = bool(super().validate(*args, **more))
        for row in self.filled():
            good = row.validate() and good
            for name in ("type", "summary"):
                if row[name].data is None and not row[name].errors:
                    row[name].errors = [_("必填，还没填")]
                    good = False
            if row["valid_from"].data and row["valid_to"].data and row["valid_from"].data > row["valid_to"].data:
                row["valid_to"].errors = [_("失效不能早于生效")]
                good = False
        return good

    def filled(self) -> list[Any]:
        """Return the rows in which anything was typed."""
        return [row for row in self.rows if any("".join(row[name].raw_data or ()).strip() for name in self.names)]

    def values(self) -> list[dict[str, Any]]:
        """Return the facts of each filled row."""
        return [{name: row[name].data for name in self.names} for row in self.filled()]

    def wrong_inputs(self) -> list[Any]:
        """Return the inputs that were refused, for the summary."""
        return [row[name] for row in self.rows for name in self.names if row[name].errors]

    def layout(self, row: Any) -> list[list[Any]]:
        """Return the inputs of a row as they stand on the page."""
        return [[row[name] for name in names] for names in ROWS]


def _count(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
