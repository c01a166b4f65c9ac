"""Adding up the market: only what is live, only what is stated, and who says nothing stands apart."""

import datetime as dt

from sqlalchemy.orm import Session

from matchmaker.services import market
from models import today
from models.vocabulary import NeedCategory, OfferCategory
from tests import factories
from tests.cast import Cast


def balance_of(survey: market.Market, slug: str) -> market.Balance:
    return next(balance for balance in survey.balances if balance.slug == slug)


def test_only_live_postings_count_and_each_on_its_side(session: Session, cast: Cast) -> None:
    before = market.survey(session, today())
    session.add_all(
        [
            factories.published(factories.need(cast.owner, cast.enterprise, power_kva=8_000)),
            factories.need(cast.owner, cast.enterprise, power_kva=90_000),
            factories.submitted(factories.need(cast.owner, cast.enterprise, power_kva=90_000)),
            factories.published(factories.need(cast.owner, cast.enterprise, power_kva=90_000), days=-1),
            factories.published(factories.offer(cast.manager, cast.park, cast.authority, power_spare_kva=5_000)),
        ]
    )
    session.commit()
    after = market.survey(session, today())
    assert after.live["need"] == before.live["need"] + 1
    assert after.live["offer"] == before.live["offer"] + 1
    power, power_before = balance_of(after, "power"), balance_of(before, "power")
    assert power.wanted.total - power_before.wanted.total == 8_000
    assert power.offered.total - power_before.offered.total == 5_000


def test_a_posting_on_its_last_day_still_counts(session: Session, cast: Cast) -> None:
    session.add(factories.published(factories.need(cast.owner, cast.enterprise), days=0))
    session.commit()
    today_count = market.survey(session, today()).live["need"]
    assert market.survey(session, today() + dt.timedelta(days=1)).live["need"] == today_count - 1


def test_what_is_not_stated_is_counted_apart_and_never_as_nothing(session: Session, cast: Cast) -> None:
    before = balance_of(market.survey(session, today()), "power")
    session.add_all(
        [
            factories.published(factories.need(cast.owner, cast.enterprise, power_kva=None)),
            factories.published(factories.offer(cast.manager, cast.park, cast.authority, power_spare_kva=None)),
        ]
    )
    session.commit()
    after = balance_of(market.survey(session, today()), "power")
    assert (after.wanted.total, after.wanted.stated) == (before.wanted.total, before.wanted.stated)
    assert after.wanted.silent == before.wanted.silent + 1
    assert after.offered.silent == before.offered.silent + 1


def test_a_need_for_a_factory_is_not_silent_about_land(session: Session, cast: Cast) -> None:
    before = balance_of(market.survey(session, today()), "land")
    session.add(factories.published(factories.need(cast.owner, cast.enterprise, land_area_mu=None)))
    session.commit()
    assert balance_of(market.survey(session, today()), "land").wanted == before.wanted


def test_a_service_is_not_asked_for_its_spare_power(session: Session, cast: Cast) -> None:
    before = balance_of(market.survey(session, today()), "power")
    service = factories.offer(
        cast.manager, cast.park, cast.authority, category=OfferCategory.SERVICE, power_spare_kva=None
    )
    session.add(factories.published(service))
    session.commit()
    assert balance_of(market.survey(session, today()), "power").offered == before.offered


def test_enclave_partners_meet_enclave_slots(session: Session, cast: Cast) -> None:
    partner = factories.need(cast.owner, cast.enterprise, category=NeedCategory.ENCLAVE_PARTNER)
    slots = factories.offer(cast.manager, cast.park, cast.authority, category=OfferCategory.ENCLAVE_SLOT, slots=4)
    session.add_all([factories.published(partner), factories.published(slots)])
    session.commit()
    enclave = balance_of(market.survey(session, today()), "enclave")
    assert (enclave.wanted.total, enclave.offered.total) == (1, 4)


def test_every_prefecture_stands_in_the_list_and_the_fullest_comes_first(session: Session, cast: Cast) -> None:
    land = {"category": OfferCategory.LAND_PLOT, "available_area_mu": 120, "floor_area_sqm": None}
    session.add_all(
        [
            factories.published(factories.offer(cast.manager, cast.park, cast.authority, **land)),
            factories.published(factories.offer(cast.manager, cast.park, cast.authority)),
        ]
    )
    session.commit()
    prefectures = market.survey(session, today()).prefectures
    assert {region.short_name for region, _supply, _parks in prefectures} == {"长沙", "衡阳", "郴州"}
    region, supply, parks = prefectures[0]
    assert (region.short_name, parks) == ("郴州", 1)
    assert supply == market.Supply(offers=2, land_mu=120, floor_sqm=45_000)
    assert {region.short_name: supply.offers for region, supply, _parks in prefectures}["衡阳"] == 0


def test_a_district_counts_for_its_city(session: Session, cast: Cast) -> None:
    session.add_all(
        [
            factories.published(factories.need(cast.owner, cast.enterprise, from_city_code="440306")),
            factories.published(factories.need(cast.owner, cast.enterprise, from_city_code="441900")),
        ]
    )
    session.commit()
    cities = {region.short_name: count for region, count in market.survey(session, today()).cities}
    # One more need of Shenzhen stands among the noise.
    assert cities == {"深圳": 2, "东莞": 1, "广州": 0, "香港": 0, "澳门": 0}
