"""A new offer finds its way into full lists by what those lists are ordered by, be it more or other than the score."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.database import Database
from matchmaker.match_keeper import MatchKeeper
from matchmaker.services import ranking_models
from models import KEPT, Match, ParkOffer, RankingModel, RelocationNeed
from tests import factories
from tests.cast import Cast
from tests.matchmaker.keeping import keep, load_rules, new_keeper

# What just reaches, and promises nothing beside.
POOR = {
    "description": None,
    "power_spare_kva": 6_000,
    "sewage_spare_m3_per_day": 900,
    "floor_area_sqm": 20_000,
    "largest_building_sqm": 6_000,
    "incentives": [],
    "customs_facilities": None,
}


@pytest.fixture
def need(session: Session, cast: Cast) -> RelocationNeed:
    """Lin would rather go to Chenzhou."""
    load_rules(session)
    row = factories.published(factories.need(cast.owner, cast.enterprise, description=None, products=None))
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def elsewhere(session: Session, cast: Cast, need: RelocationNeed) -> list[ParkOffer]:
    """As many offers of Changsha as a list holds have all that she asks."""
    rows = [
        factories.offer(
            cast.other_manager,
            cast.other_park,
            cast.other_authority,
            title=f"长沙第 {number} 栋",
            welcomed_codes=["C3982"],
            rent_yuan_per_sqm_month=14,
        )
        for number in range(KEPT + 2)
    ]
    session.add_all(map(factories.published, rows))
    session.commit()
    return rows


@pytest.fixture
def keeper(database: Database, session: Session, elsewhere: list[ParkOffer]) -> MatchKeeper:
    made = new_keeper(database)
    session.rollback()
    keep(made)
    return made


def arrives(session: Session, keeper: MatchKeeper, need: RelocationNeed, offer: ParkOffer) -> Match | None:
    """Publish an offer, let the keeper look, and read what is kept of the pair."""
    session.add(factories.published(offer))
    session.commit()
    keep(keeper)
    kept = select(Match).where(Match.asking_id == need.id, Match.answering_key == offer.search_id)
    return session.scalars(kept).one_or_none()


def floor(session: Session, need: RelocationNeed) -> float:
    rows = select(func.min(Match.score)).where(Match.asking_id == need.id, Match.pairing == "need-offer")
    least = session.scalar(rows.where(Match.asking_rank.is_not(None)))
    session.rollback()
    assert least is not None
    return least


def test_a_place_that_is_wished_for_lifts_an_offer_into_the_list(
    session: Session, cast: Cast, keeper: MatchKeeper, need: RelocationNeed
) -> None:
    least = floor(session, need)
    offer = factories.offer(cast.manager, cast.park, cast.authority, rent_yuan_per_sqm_month=15, **POOR)
    kept = arrives(session, keeper, need, offer)
    assert kept is not None
    assert kept.score < least
    assert kept.asking_rank is not None
    assert kept.asking_rank <= KEPT


@pytest.mark.parametrize("starts_again", [False, True])
def test_a_learned_order_lifts_an_offer_into_the_list(
    database: Database, session: Session, cast: Cast, keeper: MatchKeeper, need: RelocationNeed, starts_again: bool
) -> None:
    """People were found to go by rent alone; the keeper may have been started again since."""
    facts = {"labels": 300, "positive": 200, "learned_auc": 0.7, "unlearned_auc": 0.6, "tested_on": 20}
    learned = RankingModel(pairing="premises", coefficients={"rent": 9.0}, intercept=-3.0, is_active=True, **facts)
    ranking_models.add(session, learned)
    keep(keeper)
    least = floor(session, need)
    offer = factories.offer(
        cast.other_manager,
        cast.other_park,
        cast.other_authority,
        rent_yuan_per_sqm_month=1,
        **POOR,
    )
    kept = arrives(session, new_keeper(database) if starts_again else keeper, need, offer)
    assert kept is not None
    assert kept.score < least
    assert kept.asking_rank in (1, 2), "the cold store of the noise is cheap, too"
