"""Read real relocations from a table: what each firm could have posted, and where it went."""

import csv
import dataclasses
import itertools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from matchmaker.recommender.facts import Item, full_codes, of_posting
from matchmaker.recommender.reference import Reference
from models import RelocationNeed
from models.vocabulary import NeedCategory, ProjectType, RegionLevel

# Firms of one house are named alike: the first characters are the house's.
HOUSE = 2


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """One relocation: what the firm could have posted, where it went, and whom it is affiliated with."""

    id: str
    need: Item
    county: str
    prefecture: str
    group: str


class WrongCases(ValueError):
    """The file is not a table of relocations; the text is the sentence to show."""


@dataclasses.dataclass(frozen=True, slots=True)
class CaseFile:
    """What a file held: the cases that can be judged, and the numbers of those that can't."""

    cases: list[Case]
    left_out: list[int]


def read_cases(lines: Iterable[str], reference: Reference) -> CaseFile:
    """Read relocations; a row that names no county of Hunan can't be judged and is left out."""
    # Comments stand before the table only: inside it, a line may be the second of a quoted text.
    table = itertools.dropwhile(lambda line: line.startswith("#") or not line.strip(), lines)
    cases: list[Case] = []
    left_out: list[int] = []
    try:
        rows = csv.DictReader(table)
        rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
        if not {"to_county", "to_county_code"} & {*rows.fieldnames}:
            raise WrongCases("文件里没有 to_county_code 或 to_county 这一列。")
        if not {"description", "gb4754"} & {*rows.fieldnames}:
            raise WrongCases("文件里没有 description 或 gb4754 这一列。")
        for number, row in enumerate(rows, 1):
            case = _case(number, row, reference)
            if case is None:
                left_out.append(number)
            else:
                cases.append(case)
    except csv.Error as error:
        raise WrongCases(f"文件不是 CSV 表：{error}。") from error
    return CaseFile(cases, left_out)


def _case(number: int, row: Mapping[str, Any], reference: Reference) -> Case | None:
    cell = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
    county = _county(cell.get("to_county_code", ""), cell.get("to_county", ""), reference)
    if county is None:
        return None
    mode = cell.get("mode", "")
    written = re.split(r"[^0-9A-Za-z]+", cell.get("gb4754", ""))
    codes = full_codes(written, reference.industries, reference.code_by_digits)
    city = _city(cell.get("from_city", ""), reference)
    need = RelocationNeed(
        title="",
        description=cell.get("description", ""),
        industry_codes=codes or None,
        from_city_code=city,
        investment_yi=_number(cell.get("investment_yi", "")),
        category=_category(mode),
        project_type=_project_type(mode),
    )
    id_ = cell.get("case_id") or str(number)
    group = _group(cell) or f"case {id_}"
    return Case(id_, of_posting(need), county, reference.prefecture(county) or county, group)


def _group(cell: Mapping[str, str]) -> str:
    """Name the group of affiliated firms: as the table says, or those of one city whose names begin alike."""
    name = next((cell[column] for column in ("company", "firm", "name") if cell.get(column)), "")
    house = f"{cell.get('from_city', '')} {name[:HOUSE]}" if name else ""
    return cell.get("group") or house


def _county(code: str, name: str, reference: Reference) -> str | None:
    counties = {place.code: place for place in reference.places.values() if place.level == RegionLevel.COUNTY.value}
    if code in counties or not name:
        return code if code in counties else None
    exact = next((place.code for place in counties.values() if name in (place.name, place.short_name)), None)
    # Also with the prefecture before it, as in 郴州市苏仙区.
    return exact or next((place.code for place in counties.values() if name.endswith(place.name)), None)


def _city(name: str, reference: Reference) -> str | None:
    """Find the Bay city that a name holds, such as 深圳 in 深圳市宝安区."""
    cities = [place for place in reference.places.values() if place.level == RegionLevel.CITY.value]
    return next((city.code for city in cities if city.short_name and city.short_name in name), None)


def _category(mode: str) -> NeedCategory | None:
    for word, category in (
        ("迁建", NeedCategory.WHOLE_RELOCATION),
        ("搬迁", NeedCategory.WHOLE_RELOCATION),
        ("数据中心", NeedCategory.DATA_CENTRE),
        ("总部", NeedCategory.HEADQUARTERS),
        ("研发", NeedCategory.HEADQUARTERS),
        ("扩", NeedCategory.EXPANSION),
        ("新建", NeedCategory.NEW_BASE),
        ("建厂", NeedCategory.NEW_BASE),
    ):
        if word in mode:
            return category
    return None


def _project_type(mode: str) -> ProjectType | None:
    for word, project in (
        ("总部", ProjectType.HEADQUARTERS),
        ("研发", ProjectType.RESEARCH),
        ("新建", ProjectType.NEW),
    ):
        if word in mode:
            return project
    return None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
