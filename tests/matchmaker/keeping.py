"""A keeper of matches over a market that knows no meanings, only facts and words; it needs no language model."""

from sqlalchemy.orm import Session

from matchmaker.database import Database
from matchmaker.match_keeper import MatchKeeper, engine_version
from matchmaker.recommender import Market, load_reference
from models import SitingRule
from models.vocabulary import RuleKind

PHYSICAL = {"HC12": "余量", "HC13": "面积和时间"}


def rule(id_: str, title: str) -> SitingRule:
    """Make a physical rule, which the tests' ground has none of."""
    titles = {"title": title, "title_hant": title, "title_en": title}
    return SitingRule(rule=id_, version=1, kind=RuleKind.PHYSICAL, document="园区自报", confidence="H", **titles)


def load_rules(session: Session) -> None:
    """Put the physical rules in."""
    session.add_all(rule(id_, title) for id_, title in PHYSICAL.items())
    session.commit()


def new_market(spreads: bool = True) -> Market:
    """Make the market of another process on the same database."""
    return Market(lambda session: load_reference(session, None, None), spreads=spreads)


def new_keeper(database: Database, market: Market | None = None) -> MatchKeeper:
    """Start the keeper of another process on the same database."""
    market = market or new_market()
    return MatchKeeper(database, market, lambda: engine_version(market))


def keep(keeper: MatchKeeper) -> int:
    """Let the keeper work until nothing waits, and return how many lists it made."""
    done = 0
    while keeper.look():
        done += keeper.work(100)
    return done
