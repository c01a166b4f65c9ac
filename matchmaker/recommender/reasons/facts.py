"""Plain facts for a pair of which too few reasons can be told: true of one side, and moving nothing."""

import dataclasses
from collections.abc import Iterator

from matchmaker.recommender.gates.gate import measure
from matchmaker.recommender.geography import SHENZHEN
from matchmaker.recommender.reasons.pair import DIRECTORY, Pair, named
from matchmaker.recommender.words import Sentence, Value, terms
from models.vocabulary import N_, Education, TitleRank, WayOfWorking

ROAD = N_("%(prefecture)s到深圳公路约 %(distance)s")
LIVING = N_("园区主导产业是%(industries)s")
READY = N_("载体 %(ready)s 可交付")
SIZE = N_("可供 %(offer)s")
WHERE = N_("载体在%(place)s")
EDUCATED = N_("最高学历%(own)s")
HAS_TITLE = N_("职称%(own)s")
HAS_YEARS = N_("从业 %(own)s")
COMES = N_("来湘方式可以是%(ways)s")
CAN = N_("技能有 %(skills)s")


def facts(pair: Pair) -> Iterator[Sentence]:
    """Yield what is true of the side that answers."""
    found = _of_talent(pair) if pair.answering.kind == "talent" else _of_premises(pair)
    for sentence in found:
        yield dataclasses.replace(sentence, kind="fact")


def _of_premises(pair: Pair) -> Iterator[Sentence]:
    premises, park = pair.answering, pair.park
    for name in ("available_area_mu", "floor_area_sqm", "slots"):
        if premises.get(name):
            yield Sentence(SIZE, {"offer": measure("offer", name, premises.get(name))}, (f"offer.{name}",))
            break
    ready = premises.get("available_on")
    if ready is not None:
        yield Sentence(READY, {"ready": Value(ready)}, ("offer.available_on",))
    if park is None:
        return
    if park.leading_industries:
        industries = named(park.leading_industries)
        yield Sentence(LIVING, {"industries": industries}, ("park.leading_industries",), DIRECTORY)
    link = pair.reference.road.get((park.prefecture_code, SHENZHEN))
    if link is not None and link.kilometres is not None:
        distance = Value(link.kilometres, N_("公里"))
        values = {"prefecture": pair.prefecture, "distance": distance}
        yield Sentence(ROAD, values, ("park.prefecture_code", "travel.kilometres"), link.basis)
    yield Sentence(WHERE, {"place": pair.county}, ("park.county_code",), DIRECTORY)


def _of_talent(pair: Pair) -> Iterator[Sentence]:
    talent = pair.answering
    education, title, years = talent.get("education"), talent.get("title_rank"), talent.get("years_experience")
    if education and education != Education.OTHER:
        yield Sentence(EDUCATED, {"own": terms(Education, [education])}, ("talent.education",))
    if title and title != TitleRank.NONE:
        yield Sentence(HAS_TITLE, {"own": terms(TitleRank, [title])}, ("talent.title_rank",))
    if years:
        yield Sentence(HAS_YEARS, {"own": measure("talent", "years_experience", years)}, ("talent.years_experience",))
    ways, skills = talent.get("ways_of_coming"), talent.get("skills")
    if ways:
        yield Sentence(COMES, {"ways": terms(WayOfWorking, ways)}, ("talent.ways_of_coming",))
    if skills:
        yield Sentence(CAN, {"skills": named(skills)}, ("talent.skills",))
