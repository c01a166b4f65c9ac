"""What the need itself insists on: place, ports, prices and two lines of power."""

from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Array, Frame
from matchmaker.recommender.gates.compare import ALWAYS, cap
from matchmaker.recommender.gates.gate import field_of
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    at,
    constant,
    dates,
    decide,
    names,
    ratio,
    truth,
    words,
)
from matchmaker.recommender.gates.printers import YES, Printer, said
from matchmaker.recommender.gates.space import Ways
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.relation import meets
from matchmaker.recommender.words import Value
from models.vocabulary import N_, PortType, Strictness

INSIDE = N_("%(what)s：在 %(need)s 范围内")
OUTSIDE = N_("%(what)s：要求在 %(need)s，园区在 %(limit)s")
HAS = N_("%(what)s：需 %(need)s，园区有 %(limit)s")
LACKS = N_("%(what)s：需 %(need)s，园区没有 %(gap)s")
LACKS_UNKNOWN = N_("%(what)s：需 %(need)s，园区未填或没有写全")
TWO_LINES = N_("%(what)s：需要，园区有")
ONE_LINE = N_("%(what)s：需要，园区没有")
LINES_UNKNOWN = N_("%(what)s：需要，园区未填")


def region(need: Frame, premises: Frame, reference: Reference) -> Iterator[Outcome]:
    """Keep to the prefectures that the need insists on."""
    insists = need.is_("place_strictness", Strictness.MUST) & need.has("target_prefecture_codes")
    if not insists.any():
        return
    targets, county = need["target_prefecture_codes"], premises["county"]
    endings, ended = decide(
        (
            (~insists, SKIP),
            (county < 0, Ending(UNKNOWN, LACKS_UNKNOWN)),
            (meets(reference.contained, county, targets), Ending(PASSES, INSIDE)),
        ),
        otherwise=Ending(FAILS, OUTSIDE),
    )
    yield Outcome(
        "region",
        N_("市州"),
        ("need.place_strictness", "need.target_prefecture_codes", "park.county_code"),
        endings,
        ended,
        names(targets, reference.place_at, reference.place_name),
        _full_place(county, reference),
    )


def _full_place(county: Array, reference: Reference) -> Printer:
    """Print a county with its prefecture."""

    def printed(row: int) -> Value | None:
        number = int(at(county, row))
        if number < 0:
            return None
        code = list(reference.places)[number]
        return Value(code, labels=(reference.place_name(reference.prefecture(code)) + reference.place_name(code),))

    return printed


def ports(need: Frame, premises: Frame) -> Iterator[Outcome]:
    """Ask for the ports and customs facilities that the need can't do without."""
    wanted = need["ports_needed"]
    if not wanted.any():
        return
    own, listed = premises["customs_facilities"], premises["park_customs"]
    present = own | listed
    lacking = wanted & ~present
    endings, ended = decide(
        (
            (wanted == 0, SKIP),
            (lacking == 0, Ending(PASSES, HAS)),
            # The directory names what is known of a park, and may not know all.
            (own == 0, Ending(UNKNOWN, LACKS_UNKNOWN)),
        ),
        otherwise=Ending(FAILS, LACKS),
    )
    yield Outcome(
        "ports",
        N_("口岸或海关设施"),
        ("need.ports_needed", "offer.customs_facilities", "park.customs_facilities"),
        endings,
        ended,
        words(PortType, wanted),
        words(PortType, lambda row: at(wanted, row) if not at(lacking, row) else at(present, row)),
        words(PortType, lacking),
        lambda: ratio(np.bitwise_count(lacking).astype(float), np.bitwise_count(wanted).astype(float)),
    )


def prices(need: Frame, premises: Frame, ways: Ways) -> Iterator[Outcome]:
    """Keep to the highest prices that the need accepts, of what it would buy or rent."""
    by_land, by_floor = ways
    for name, cap_name, price_name, where in (
        ("land_price", "land_price_cap_wan_per_mu", "land_price_wan_per_mu", by_land),
        ("rent", "rent_cap_yuan_per_sqm_month", "rent_yuan_per_sqm_month", by_floor),
        ("power_price", "power_price_cap_yuan_per_kwh", "power_price_yuan_per_kwh", ALWAYS),
    ):
        if need.has(cap_name).any():
            field = field_of("offer", price_name)
            yield cap(
                (name, field.label, (f"need.{cap_name}", f"offer.{price_name}")),
                need.number(cap_name),
                premises.number(price_name),
                field.unit,
                where,
                source=said(premises, "price_source"),
                as_of=dates(premises.number("price_valid_from")),
            )


def dual_supply(need: Frame, premises: Frame) -> Iterator[Outcome]:
    """Ask for two lines of power where the need can't do without."""
    is_asked = need.yes("dual_supply_needed")
    if not is_asked.any():
        return
    has, has_not = premises.yes("dual_supply"), premises.no("dual_supply")
    endings, ended = decide(
        (
            (~is_asked, SKIP),
            (has, Ending(PASSES, TWO_LINES)),
            (has_not, Ending(FAILS, ONE_LINE)),
        ),
        otherwise=Ending(UNKNOWN, LINES_UNKNOWN),
    )
    fields = ("need.dual_supply_needed", "offer.dual_supply")
    yield Outcome("dual_supply", N_("双回路供电"), fields, endings, ended, constant(YES), truth(has, has_not))
