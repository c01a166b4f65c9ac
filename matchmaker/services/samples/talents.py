"""Sample talents: what they can do, and how they would come to Hunan."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from matchmaker.services.samples.needs import leave_blank, month_end
from matchmaker.services.samples.organisations import FOUNDED, agreement
from matchmaker.services.samples.words import Composer, Draw, Writer, opening, read, stated
from models import TalentProfile, User
from models.vocabulary import ConsentPurpose, PostingLanguage, Side, Strictness

Entry = dict[str, Any]
Facts = dict[str, Any]

CITIES = {
    "440300": 26, "440100": 20, "441900": 12, "440600": 8, "441300": 6, "440400": 5, "442000": 4, "440700": 3,
    "810000": 6, "820000": 3, "430100": 6, "430400": 2, "431000": 2,
}  # fmt: skip
PREFECTURES = {
    "431000": 16, "430400": 14, "430100": 16, "431100": 12, "430200": 6, "430300": 7, "430500": 8, "430600": 5,
    "430700": 4, "430900": 4, "431200": 4, "431300": 4, "433100": 2, "430800": 2,
}  # fmt: skip
# By grade: education, title and skill level, years at work, and who they would work for.
GRADES: dict[str, Entry] = {
    "research": {
        "education": {"doctor": 50, "master": 45, "bachelor": 5},
        "title": {"senior": 15, "associate_senior": 30, "intermediate": 35, "none": 20},
        "years": (3, 24),
        "employers": ["enterprise", "university", "institute", "park_platform"],
    },
    "engineer": {
        "education": {"master": 25, "bachelor": 60, "college": 15},
        "title": {"associate_senior": 15, "intermediate": 40, "junior": 20, "none": 25},
        "years": (4, 24),
        "employers": ["enterprise", "park_platform"],
    },
    "craft": {
        "education": {"bachelor": 10, "college": 55, "other": 35},
        "title": {"none": 100},
        "skill": {"special": 8, "senior_technician": 30, "technician": 34, "senior_worker": 28},
        "years": (8, 30),
        "employers": ["enterprise"],
    },
    "medical": {
        "education": {"doctor": 15, "master": 35, "bachelor": 40, "college": 10},
        "title": {"senior": 10, "associate_senior": 30, "intermediate": 40, "junior": 20},
        "years": (5, 26),
        "employers": ["hospital", "enterprise"],
    },
    "teaching": {
        "education": {"master": 40, "bachelor": 60},
        "title": {"associate_senior": 30, "intermediate": 50, "none": 20},
        "years": (6, 24),
        "employers": ["university", "enterprise", "park_platform"],
    },
    "culture": {
        "education": {"master": 25, "bachelor": 60, "college": 15},
        "title": {"intermediate": 25, "none": 75},
        "years": (3, 20),
        "employers": ["enterprise", "park_platform"],
    },
}
# The age up to which a category is usually claimed; where none stands, age is not asked.
AGES = {"FR-XIAOHE": 35, "FR-YOUNG": 40, "FR-LEAD": 50, "FR-GATHER-P": 55}
OFTEN_BLANK = {
    "languages": 0.15, "licences": 0.2, "licence_origin": 0.15, "birth_year": 0.12, "identity": 0.1,
    "available_on": 0.1, "employer_types": 0.2, "salary_expected_wan": 0.18, "furong_category": 0.25,
    "supports_wanted": 0.12, "household_size": 0.35, "title_rank": 0.1, "skill_level": 0.1,
    "years_experience": 0.04,
}  # fmt: skip
SUPPORTS = ["settle", "child_edu", "social_insurance", "title_review", "project_grant", "exam"]
# Who works with his hands has to be there; who thinks may think elsewhere.
WAYS_ON_SITE = [["full_time"], ["full_time"], ["full_time", "project"], ["flexible"], ["project"]]
WAYS = [
    ["full_time"], ["full_time"], ["full_time", "flexible"], ["full_time", "project"],
    ["flexible"], ["flexible", "project"], ["project"], ["remote_research"],
]  # fmt: skip
NOT_FOR_CHILDREN = [support for support in SUPPORTS if support != "child_edu"]
MIDDLE = ("level", "coming", "place", "money", "support")


class Talents:
    """Makes talent after talent; the same number always makes the same one."""

    def __init__(self, seed: int, password_hash: str, regions: dict[str, str]) -> None:
        """Read the callings."""
        self.seed = seed
        self.password_hash = password_hash
        self.callings: dict[str, Entry] = read("callings")
        self.names = list(self.callings)
        self.words: Entry = read("people")["talent"]
        self.writer = Writer.of(TalentProfile, regions)

    def people(self, session: Session, indices: range) -> list[User]:
        """Add the people behind the profiles, with the consent that a profile stands on."""
        users = [self._person(index) for index in indices]
        session.add_all(users)
        session.flush()
        for user in users:
            session.add_all(agreement(user, purpose) for purpose in ConsentPurpose)
        return users

    def make(self, index: int, owner: User) -> TalentProfile:
        """Make the profile of this number."""
        draw = Draw(self.seed, "talent", index)
        calling = self.callings[self.names[index % len(self.names)]]
        turn = index // len(self.names)
        granted, first = opening(calling["open"], turn)
        facts = leave_blank(draw, _facts(draw, calling), {k: v for k, v in OFTEN_BLANK.items() if k not in granted})
        facts |= granted
        title, description = self._write(draw, calling, turn, first, facts)
        return TalentProfile(
            **stated(TalentProfile, facts),
            title=title,
            description=description,
            language=PostingLanguage.ZH_HANS,
            owner_id=owner.id,
            name_is_public=False,
        )

    def clauses(self, index: int) -> list[str]:
        """Name the clauses that the profile answers to."""
        return Draw(self.seed, "talent-clauses", index).some(["T13a", "T13b", "T13c", "T10c", "T19c"], 1, 2)

    def _person(self, index: int) -> User:
        return User(
            email="talent@example.com" if index == 0 else f"sample-talent-{index:05d}@example.com",
            name=f"示例·人才{index + 1}",
            phone="000 0000 0000",
            side=Side.TALENT,
            is_sample=True,
            password_hash=self.password_hash,
            created_at=FOUNDED,
            updated_at=FOUNDED,
        )

    def _write(self, draw: Draw, calling: Entry, turn: int, first: str, facts: Facts) -> tuple[str, str]:
        words = named_skills(facts["skills"]) | {"noun": calling["noun"]}
        title = self.writer.title(draw, self.words["titles"], facts, words)
        text = Composer(self.writer, draw, facts, words)
        text.add([first])
        text.add(self.words["experience"])
        text.add(calling["make"], first=turn // len(calling["open"]) + turn)
        for part in MIDDLE:
            if draw.chance(0.7):
                text.add(self.words[part])
        rest = [self.words[part] for part in MIDDLE]
        text.fill([*rest, calling["make"]], self.words["close"])
        return title, text.text


def named_skills(skills: list[str]) -> dict[str, str]:
    """Name the first two skills, for sentences that speak of one."""
    return dict(zip(("first_skill", "second_skill"), skills, strict=False))


def _facts(draw: Draw, calling: Entry) -> Facts:
    grade = GRADES[calling["grade"]]
    years = draw.whole(*grade["years"])
    born = 2026 - years - draw.whole(22, 27)
    identity = draw.weighted({"mainland": 84, "hong_kong": 7, "macao": 3, "taiwan": 3, "foreign": 3})
    low, high = calling["salary"]
    family = draw.whole(0, 4)
    share = min(1.0, years / 20 + draw.between(0, 0.25))
    return {
        "field_codes": calling["codes"],
        "skills": draw.some(calling["skills"], 3, 5),
        "languages": _languages(draw, identity),
        "years_experience": years,
        "education": draw.weighted(calling.get("education") or grade["education"]),
        "title_rank": draw.weighted(grade["title"]),
        "skill_level": draw.weighted(grade["skill"]) if "skill" in grade else "none",
        "licences": calling.get("licences"),
        "licence_origin": "mainland" if "licences" in calling else None,
        "birth_year": born,
        "identity": identity,
        "current_city_code": draw.weighted(CITIES),
        "supports_wanted": draw.some(SUPPORTS if family else NOT_FOR_CHILDREN, 1, 3),
        "household_size": family,
        "salary_expected_wan": round(low + (high - low) * share),
        "employer_types": draw.some(grade["employers"], 1, 2),
        "furong_category": _furong(draw, calling, 2026 - born),
    } | _coming(draw, calling)


def _languages(draw: Draw, identity: str) -> list[str]:
    spoken = ["mandarin"]
    if identity in ("hong_kong", "macao") or draw.chance(0.35):
        spoken.append("cantonese")
    if draw.chance(0.4):
        spoken.append("english")
    if identity == "macao" or draw.chance(0.03):
        spoken.append("portuguese")
    return spoken


def _furong(draw: Draw, calling: Entry, age: int) -> str | None:
    fitting = [code for code in calling["furong"] if age <= AGES.get(code, 99)]
    return draw.one(fitting) if fitting else None


def _coming(draw: Draw, calling: Entry) -> Facts:
    ways = list(draw.one(WAYS if calling["grade"] in ("research", "engineer", "culture") else WAYS_ON_SITE))
    facts: Facts = {
        "ways_of_coming": ways,
        "available_on": month_end(draw.day(dt.date(2026, 12, 1), dt.date(2027, 10, 31))),
    }
    if "full_time" not in ways and ways != ["remote_research"]:
        facts["months_per_year"] = draw.one([1, 2, 3, 3, 4, 6])
    strictness = draw.weighted({Strictness.MUST: 12, Strictness.PREFER: 48, Strictness.ANY: 25, None: 15})
    if strictness is not None:
        facts["place_strictness"] = strictness
    if strictness in (Strictness.MUST, Strictness.PREFER):
        facts["target_prefecture_codes"] = list(
            dict.fromkeys(draw.weighted(PREFECTURES) for _ in range(draw.whole(1, 3)))
        )
    return facts
