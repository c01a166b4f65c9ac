"""Sample positions: what enterprises, parks and institutions look for in people."""

import datetime as dt
from itertools import chain, zip_longest
from typing import Any

from matchmaker.services.samples.needs import leave_blank, month_end, perhaps
from matchmaker.services.samples.organisations import Estate, Publisher
from matchmaker.services.samples.talents import GRADES, SUPPORTS, named_skills
from matchmaker.services.samples.words import Composer, Draw, Writer, read, stated
from models import Position
from models.vocabulary import EmployerType, OrganisationType, PostingLanguage

Entry = dict[str, Any]
Facts = dict[str, Any]

OFTEN_BLANK = {
    "education_required": 0.1, "title_required": 0.2, "skill_level_required": 0.2, "licences_required": 0.15,
    "licence_origins_accepted": 0.4, "years_required": 0.1, "languages_required": 0.4, "months_per_year": 0.1,
    "salary_low_wan": 0.15, "start_on": 0.15, "supports_offered": 0.15,
}  # fmt: skip
WAYS_ON_SITE = [["full_time"], ["full_time"], ["full_time", "flexible"], ["flexible"], ["project"]]
WAYS = [*WAYS_ON_SITE, ["remote_research"], ["full_time", "remote_research"]]
LEADERS = ("总监", "经理", "主管", "负责人", "主任", "班长", "组长")
HEADCOUNTS = {1: 30, 2: 28, 3: 16, 4: 8, 5: 8, 6: 4, 8: 4, 10: 2}
MIDDLE = ("asks", "pay", "way", "support")


class Positions:
    """Makes position after position; the same number always makes the same one."""

    def __init__(self, seed: int, enterprises: list[Publisher], estates: list[Estate], regions: dict[str, str]) -> None:
        """Read the callings and learn who hires whom."""
        self.seed = seed
        self.callings: dict[str, Entry] = read("callings")
        self.trades: dict[str, Entry] = read("needs")
        self.names = list(self.callings)
        self.words: Entry = read("people")["position"]
        self.writer = Writer.of(Position, regions)
        self.regions = regions
        parks = [estate.publisher for estate in estates]
        # Enterprises and parks take turns, so that both sides' desks hold positions.
        everybody = [one for one in chain.from_iterable(zip_longest(enterprises, parks)) if one is not None]
        self.employers = {
            name: [one for one in everybody if set(calling["trades"]) & set(one.trades)]
            for name, calling in self.callings.items()
        }

    def make(self, index: int) -> Position:
        """Make the position of this number."""
        draw = Draw(self.seed, "position", index)
        name = self.names[index % len(self.names)]
        turn = index // len(self.names)
        employers = self.employers[name]
        employer = employers[turn % len(employers)]
        calling = self.callings[name]
        post = calling["posts"][turn % len(calling["posts"])]
        facts = leave_blank(draw, self._facts(draw, calling, employer, post), OFTEN_BLANK)
        if "salary_low_wan" not in facts:
            facts.pop("salary_high_wan")
        title, description = self._write(draw, calling, turn, post, facts)
        return Position(
            **stated(Position, facts),
            title=title,
            description=description,
            language=PostingLanguage.ZH_HANS,
            owner_id=employer.owner.id,
            organisation_id=employer.organisation.id,
            name_is_public=draw.chance(0.8),
        )

    def clauses(self, index: int) -> list[str]:
        """Name the clauses that the position answers to."""
        return Draw(self.seed, "position-clauses", index).some(["T13a", "T13b", "T13c", "T19b"], 1, 2)

    def _facts(self, draw: Draw, calling: Entry, employer: Publisher, post: str) -> Facts:
        grade = GRADES[calling["grade"]]
        low, high = calling["salary"]
        bottom = round(low + (high - low) * draw.between(0, 0.4))
        facts: Facts = {
            "field_codes": calling["codes"],
            "skills": draw.some(calling["skills"], 2, 4),
            "region_code": self._place(draw, calling, employer),
            "employer_type": _type_of(employer),
            "headcount": draw.weighted({1: 80, 2: 20} if post.endswith(LEADERS) else HEADCOUNTS),
            "education_required": draw.weighted(calling.get("education") or grade["education"]),
            "title_required": draw.weighted({**grade["title"], "none": 60}),
            "skill_level_required": draw.weighted(grade["skill"]) if "skill" in grade else "none",
            "licences_required": calling.get("licences"),
            "licence_origins_accepted": ["mainland", "hong_kong", "macao"] if "licences" in calling else None,
            "years_required": draw.one([2, 3, 3, 5, 5, 8]),
            "languages_required": draw.one([["mandarin"], ["mandarin", "english"], ["mandarin", "cantonese"]]),
            "salary_low_wan": bottom,
            "salary_high_wan": max(bottom + 2, round(bottom * draw.between(1.25, 1.8))),
            "start_on": month_end(draw.day(dt.date(2027, 1, 1), dt.date(2027, 12, 31))),
            "housing_offered": perhaps(draw, draw.chance(0.7)),
            "supports_offered": draw.some(SUPPORTS, 1, 3),
        }
        facts["ways_of_working"] = draw.one(WAYS if calling["grade"] == "research" else WAYS_ON_SITE)
        if "full_time" not in facts["ways_of_working"]:
            facts["months_per_year"] = draw.one([1, 2, 3, 4, 6])
        return facts

    def _place(self, draw: Draw, calling: Entry, employer: Publisher) -> str:
        own = employer.organisation.region_code or ""
        if own.startswith("43"):
            return own
        trade = next(name for name in calling["trades"] if name in employer.trades)
        return str(draw.one(self.trades[trade]["where"]))

    def _write(self, draw: Draw, calling: Entry, turn: int, post: str, facts: Facts) -> tuple[str, str]:
        words = named_skills(facts["skills"]) | {
            "noun": calling["noun"],
            "post": post,
            "county": self.regions[facts["region_code"]],
        }
        title = self.writer.title(draw, self.words["titles"], facts, words)
        text = Composer(self.writer, draw, facts, words)
        text.add(self.words["what"])
        text.add(calling["duty"], first=turn)
        for part in MIDDLE:
            if draw.chance(0.75):
                text.add(self.words[part])
        text.add(self.words["way"])
        text.fill((self.words[part] for part in MIDDLE), self.words["close"])
        return title, text.text


def _type_of(employer: Publisher) -> EmployerType:
    if employer.is_estate:
        return EmployerType.PARK_PLATFORM
    if employer.organisation.type is OrganisationType.INSTITUTION:
        return EmployerType.INSTITUTE
    return EmployerType.ENTERPRISE
