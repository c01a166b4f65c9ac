"""The real places, industries and distances, and a small synthetic market on them."""

import csv
import datetime as dt
from collections import defaultdict

import pytest

from matchmaker.config import ROOT
from matchmaker.recommender.evaluation.ground import Ground
from matchmaker.recommender.evaluation.synthetic import SyntheticMarket, make_market

DAY = dt.date(2026, 11, 24)


def rows(name: str) -> list[dict[str, str]]:
    lines = (ROOT / "reference" / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.fixture(scope="session")
def ground() -> Ground:
    regions = rows("regions.csv")
    suppliers = defaultdict(set)
    for row in rows("value_chain_neighbours.csv"):
        suppliers[row["group_a"]].add(row["group_b"])
        suppliers[row["group_b"]].add(row["group_a"])
    return Ground(
        day=DAY,
        counties={row["code"]: row["parent_code"] for row in regions if row["level"] == "county"},
        size={row["region_code"]: float(row["gdp_yi"]) for row in rows("gdp.csv")},
        hours={
            (row["prefecture_code"], row["city_code"]): float(row["hours"])
            for row in rows("travel.csv")
            if row["mode"] == "rail" and row["hours"]
        },
        place_names={row["code"]: row["short_name"] for row in regions},
        industry_names={row["code"]: row["name"] for row in rows("industries.csv")},
        phrases={row["term"]: tuple(row["codes"].split(";")) for row in rows("industry_terms.csv") if row["codes"]},
        suppliers={group: frozenset(others) for group, others in suppliers.items()},
    )


@pytest.fixture(scope="session")
def small_market(ground: Ground) -> SyntheticMarket:
    return make_market(ground, needs=60, offers=150, seed=7)
