"""A synthetic market: firms and parks as they truly are, the forms that they fill in, and the truth of every pair."""

import dataclasses
from collections.abc import Mapping

from matchmaker.recommender.evaluation.drawing import Dice
from matchmaker.recommender.evaluation.firms import Firm, draw_firm
from matchmaker.recommender.evaluation.ground import Ground
from matchmaker.recommender.evaluation.hosts import Host, Premises, draw_host, draw_premises
from matchmaker.recommender.evaluation.need_forms import need_form
from matchmaker.recommender.evaluation.offer_forms import offer_form
from matchmaker.recommender.evaluation.trades import GROUP, Trade
from matchmaker.recommender.evaluation.truth import Truth, truth_of
from matchmaker.recommender.evaluation.wording import Voice, need_text, offer_text
from matchmaker.recommender.facts import Item, ParkFacts, of_posting
from models import RelocationNeed
from models.vocabulary import ParkLevel, ParkType, ParkVerification, PostingLanguage

LANGUAGE, PHRASES = 9, 10  # the kinds of things, in the keys of their dice
LANGUAGES = (PostingLanguage.ZH_HANS, PostingLanguage.ZH_HANT, PostingLanguage.EN)
OF_FIRMS, OF_PARKS = (60, 25, 15), (85, 10, 5)
PREMISES_PER_PARK = 10
FIRST_OFFER = 1_000_000  # so that no need and no offer have one number
AS_WRITTEN, IN_OTHER_WORDS = 0, 1


@dataclasses.dataclass(frozen=True)
class SyntheticMarket:
    """All of it; needs are the rows of the truth, offers its columns."""

    seed: int
    ground: Ground
    firms: tuple[Firm, ...]
    premises: tuple[Premises, ...]
    parks: Mapping[str, ParkFacts]
    needs: tuple[Item, ...]
    offers: tuple[Item, ...]
    truth: Truth

    def reworded(self, at: int) -> Item:
        """Return a need that says the same in other words of its language."""
        return _need(self.firms[at], at, self.ground, self.seed, IN_OTHER_WORDS, _language_of(self.seed, at))

    def translated(self, at: int) -> Item:
        """Return a need that says the same in the other language."""
        written = _language_of(self.seed, at)
        other = PostingLanguage.ZH_HANS if written is PostingLanguage.EN else PostingLanguage.EN
        return _need(self.firms[at], at, self.ground, self.seed, IN_OTHER_WORDS, other)


def make_market(ground: Ground, needs: int, offers: int, seed: int) -> SyntheticMarket:
    """Draw a market of some size; a larger one of the same seed holds the same firms, but more parks."""
    firms = tuple(draw_firm(seed, at, ground) for at in range(needs))
    hosts = [draw_host(seed, at, ground) for at in range(max(1, offers // PREMISES_PER_PARK))]
    premises = tuple(draw_premises(seed, at, hosts[at % len(hosts)], ground) for at in range(offers))
    parks = {_code(host): _park(host, ground, seed) for host in hosts}
    return SyntheticMarket(
        seed=seed,
        ground=ground,
        firms=firms,
        premises=premises,
        parks=parks,
        needs=tuple(_need(firm, firm.at, ground, seed, AS_WRITTEN, _language_of(seed, firm.at)) for firm in firms),
        offers=tuple(_offer(one, parks, ground, seed) for one in premises),
        truth=truth_of(firms, premises, ground, seed),
    )


def _language_of(seed: int, at: int) -> PostingLanguage:
    return Dice(seed, LANGUAGE, 1, at).one(LANGUAGES, OF_FIRMS)


def _need(firm: Firm, at: int, ground: Ground, seed: int, way: int, language: PostingLanguage) -> Item:
    text = need_text(firm, Voice(language, seed, 1, at, way), ground, seed)
    need: RelocationNeed = need_form(at + 1, firm, text, language, ground, seed)
    return of_posting(need)


def _offer(premises: Premises, parks: Mapping[str, ParkFacts], ground: Ground, seed: int) -> Item:
    language = Dice(seed, LANGUAGE, 2, premises.at).one(LANGUAGES, OF_PARKS)
    text = offer_text(premises, Voice(language, seed, 2, premises.at, AS_WRITTEN), ground, seed)
    offer = offer_form(FIRST_OFFER + premises.at, premises, _code(premises.host), text, language, ground, seed)
    return of_posting(offer, parks)


def _code(host: Host) -> str:
    return f"SY{host.at:05}"


def _park(host: Host, ground: Ground, seed: int) -> ParkFacts:
    """Write the directory's entry of a park: what is publicly known, in the words that parks use."""
    dice = Dice(seed, PHRASES, host.at)
    place = ground.place_names[host.county]
    return ParkFacts(
        code=_code(host),
        name=f"{place}第{host.at + 1}产业园",
        alias=None,
        level=(ParkLevel.NATIONAL if host.is_national else ParkLevel.PROVINCIAL).value,
        type=(ParkType.TECHNOLOGY_ZONE if host.is_national else ParkType.HIGH_TECH_ZONE).value,
        prefecture_code=host.prefecture,
        county_code=host.county,
        leading_industries=tuple(dict.fromkeys(_phrase(trade, dice, ground) for trade in host.cluster[:4])),
        chemical_status="yes" if host.takes_chemicals and dice.chance(0.5) else "unsure",
        chemical_as_of=ground.day if host.takes_chemicals else None,
        chemical_source=None,
        # Who has customs facilities is published; that somebody has none is not.
        customs_facilities=tuple(sorted(port.value for port in host.ports)) or None,
        is_enclave=False,
        home_region_codes=(),
        host_park_code=None,
        verification=ParkVerification.CLAIMED.value,
        manager_id=1_000_000 + host.at,
    )


def _phrase(trade: Trade, dice: Dice, ground: Ground) -> str:
    """Name a trade as parks do: in one of the plan's phrases that hold it, mostly wide ones."""
    holding = [
        phrase
        for phrase, codes in ground.phrases.items()
        if any(trade.code.startswith(code) and len(code) > 1 for code in codes)
    ]
    return dice.one(sorted(holding)) if holding else ground.industry_names[trade.code[:GROUP]]
