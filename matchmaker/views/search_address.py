"""One search as its address states it: whoever is sent the address finds the same."""

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from matchmaker import printing
from matchmaker.access import actor, audiences
from matchmaker.views.search_facets import FACET_LABELS, FACETS, RANGE_LABELS
from search import Query, Range

SIZE = 20


@dataclasses.dataclass(frozen=True)
class Asked:
    """One search as the URL states it; what can't be read is left out and named in `wrong`."""

    text: str
    kind: str
    filters: Mapping[str, tuple[str, ...]]
    ranges: Mapping[str, Range]
    sort: str
    page: int
    view: str
    wrong: tuple[str, ...] = ()

    @classmethod
    def read(cls, arguments: MultiDict[str, str]) -> "Asked":
        """Read the URL."""
        kind = arguments.get("kind", "")
        wrong = []
        ranges = {}
        for name in RANGE_LABELS:
            low, low_ok = _number(arguments.get(f"{name}_min"))
            high, high_ok = _number(arguments.get(f"{name}_max"))
            if not (low_ok and high_ok):
                wrong.append(_("%(label)s只能填数字", label=_(RANGE_LABELS[name][0])))
            if low is not None or high is not None:
                # The panel sends 0 before the box's 1, so the last value tells; a URL that says nothing keeps them.
                keeps = (arguments.getlist(f"{name}_unknown") or ["1"])[-1] != "0"
                ranges[name] = Range(low, high, include_unknown=keeps)
        page = arguments.get("page", "1")
        return cls(
            text=arguments.get("q", "").strip(),
            kind=kind if kind in FACETS else "",
            filters={
                name: tuple(dict.fromkeys(values))
                for name in FACET_LABELS
                if (values := [value for value in arguments.getlist(name) if value]) and name != "kind"
            },
            ranges=ranges,
            sort=arguments.get("sort", "relevance"),
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 0,
            view="table" if arguments.get("view") == "table" else "card",
            wrong=tuple(wrong),
        )

    def query(self) -> Query:
        """Return the bounded query, or raise `BadQuery`."""
        return Query(
            text=self.text,
            kinds=(self.kind,) if self.kind else (),
            filters=self.filters,
            ranges=self.ranges,
            audiences=audiences(actor()),
            sort=self.sort,
            page=self.page,
            size=SIZE,
            facets=FACETS[self.kind],
        )

    def parameters(self) -> dict[str, Any]:
        """Return what the URL must keep, without the page."""
        kept: dict[str, Any] = {"q": self.text or None, "kind": self.kind or None, **self.filters}
        for name, wanted in self.ranges.items():
            kept[f"{name}_min"] = plain(wanted.low)
            kept[f"{name}_max"] = plain(wanted.high)
            if not wanted.include_unknown:
                kept[f"{name}_unknown"] = "0"
        kept["sort"] = self.sort if self.sort != "relevance" else None
        kept["view"] = self.view if self.view != "card" else None
        return {name: value for name, value in kept.items() if value}

    def url(self, **changes: Any) -> str:
        """Return the address of this search with some parameters changed."""
        kept = self.parameters() | changes
        return url_for("search.show", **{name: value for name, value in kept.items() if value})


def _number(text: str | None) -> tuple[float | None, bool]:
    """Read a typed number; the second value says whether it could be read."""
    if text is None or not text.strip():
        return None, True
    try:
        value = float(text.strip().replace(",", "").replace("，", ""))
    except ValueError:
        return None, False
    return (value, True) if math.isfinite(value) else (None, False)


def plain(value: float | None) -> str:
    """Print the end of a range as its box takes it."""
    return "" if value is None else printing.number(value).replace(",", "")
