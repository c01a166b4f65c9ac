"""What is short or unknown between a talent and whoever asks, where no gate says it."""

from matchmaker.recommender.people.profession import SKILL_LISTS
from matchmaker.recommender.reasons.pair import Pair, named
from matchmaker.recommender.reasons.people.coming import places_of
from matchmaker.recommender.reasons.people.profession import code_field
from matchmaker.recommender.wordbook import is_same
from matchmaker.recommender.words import Sentence, Value, terms
from models.vocabulary import N_, Answer, EmployerType, Strictness, Support

OTHER_FIELD = N_("专业领域不同：%(asked)s，%(own)s")
MISSING_SKILLS = N_("没有写的技能：%(skills)s")
NO_SKILL = N_("需求的工艺和产品，人才的技能里都没有提到：%(skills)s")
LATE = N_("需求 %(asked)s 投产，人才 %(own)s 才可到岗")
OTHER_PLACE = N_("想去的是%(need)s，这里在%(place)s")
MISSING_SUPPORTS = N_("希望的支持里，岗位没有写%(supports)s")
NO_HOUSING = N_("希望安家落户，岗位不提供住房")
OTHER_EMPLOYER = N_("意向单位是%(own)s，这里是%(asked)s")

SKILLS_NAMED = 5


def field(pair: Pair) -> Sentence | None:
    """Say that no field is near."""
    asked, own = pair.asking.codes, pair.answering.codes
    if not asked or not own or pair.value("field"):
        return None
    values = {"asked": pair.reference.industry_name(asked[0]), "own": pair.reference.industry_name(own[0])}
    return Sentence(OTHER_FIELD, values, (code_field(pair), "talent.field_codes"), kind="short")


def skills(pair: Pair) -> Sentence | None:
    """Say which of the asked skills the talent doesn't name."""
    own, kind = pair.answering.get("skills") or (), pair.asking.kind
    lists = [name for name in SKILL_LISTS[kind] if pair.asking.get(name)]
    asked = dict.fromkeys(skill for name in lists for skill in pair.asking.get(name))
    lacking = [skill for skill in asked if not any(is_same(skill, other) for other in own)]
    fields = (*(f"{kind}.{name}" for name in lists), "talent.skills")
    if kind == "position":
        return Sentence(MISSING_SKILLS, {"skills": named(lacking)}, fields, kind="short") if lacking else None
    # A need names more than anybody masters, so only one who masters none of it is short of something.
    is_none = bool(asked) and len(lacking) == len(asked)
    return Sentence(NO_SKILL, {"skills": named(lacking[:SKILLS_NAMED])}, fields, kind="unknown") if is_none else None


def start(pair: Pair) -> Sentence | None:
    """Say that the talent could come only after production starts; where a post is to be filled, the gate says it."""
    latest, ready = pair.asking.get("production_start_on"), pair.answering.get("available_on")
    if pair.asking.kind != "need" or latest is None or ready is None or ready <= latest:
        return None
    fields = ("need.production_start_on", "talent.available_on")
    return Sentence(LATE, {"asked": Value(latest), "own": Value(ready)}, fields, kind="short")


def wanted_place(pair: Pair) -> Sentence | None:
    """Say that the place is none of the wanted ones; where that is a must, the gate says it."""
    targets, (places, field_) = pair.answering.get("target_prefecture_codes"), places_of(pair)
    strictness = pair.answering.get("place_strictness")
    if not targets or not places or strictness in (Strictness.MUST, Strictness.ANY) or pair.value("wanted_place"):
        return None
    name = pair.reference.place_name
    values = {"need": named(map(name, targets)), "place": named(map(name, places))}
    return Sentence(OTHER_PLACE, values, ("talent.target_prefecture_codes", field_), kind="short")


def supports(pair: Pair) -> Sentence | None:
    """Say which of the wanted support the position doesn't name."""
    if pair.asking.kind != "position":
        return None
    offered = pair.asking.get("supports_offered") or ()
    lacking = [support for support in pair.answering.get("supports_wanted") or () if support not in offered]
    fields = ("talent.supports_wanted", "position.supports_offered")
    values = {"supports": terms(Support, lacking)}
    return Sentence(MISSING_SUPPORTS, values, fields, kind="unknown") if lacking else None


def housing(pair: Pair) -> Sentence | None:
    """Say that there is no housing for somebody who wants to settle."""
    wants = Support.SETTLE in (pair.answering.get("supports_wanted") or ())
    if not wants or pair.asking.get("housing_offered") != Answer.NO:
        return None
    return Sentence(NO_HOUSING, {}, ("talent.supports_wanted", "position.housing_offered"), kind="short")


def employer(pair: Pair) -> Sentence | None:
    """Say that the employer is of another kind than the talent would work for."""
    part, is_need = pair.scored.part("employer"), pair.asking.kind == "need"
    if part is None or not part.known or part.value:
        return None
    kind = EmployerType.ENTERPRISE if is_need else pair.asking.get("employer_type")
    values = {
        "own": terms(EmployerType, pair.answering.get("employer_types")),
        "asked": terms(EmployerType, [kind]),
    }
    fields = ("talent.employer_types",) if is_need else ("talent.employer_types", "position.employer_type")
    return Sentence(OTHER_EMPLOYER, values, fields, kind="short")
