"""Needs as JSON: every wrong name and value is found and named, and nothing is saved."""

import dataclasses
import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from matchmaker.recommender import Reference
from models import Field, RelocationNeed, Shape, WrongValue, check
from models.vocabulary import RegionLevel

FIELDS = RelocationNeed.fields()
# Who doesn't know a field's name may know what the form calls it.
NAMES = {field.label: name for name, field in FIELDS.items()} | {name: name for name in FIELDS}
PLACES = {
    "gba": (RegionLevel.CITY, RegionLevel.DISTRICT),
    "hunan": (RegionLevel.PREFECTURE, RegionLevel.COUNTY),
    "all": (RegionLevel.CITY, RegionLevel.DISTRICT, RegionLevel.PREFECTURE, RegionLevel.COUNTY),
}


class WrongNeeds(ValueError):
    """The input holds no needs, or wrong ones; `problems` are the sentences to print."""

    def __init__(self, problems: list[str]) -> None:
        """Keep every sentence, so that all of a file is put right at once."""
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclasses.dataclass(frozen=True, slots=True)
class NeedFile:
    """What a file held: its needs, and whether it was a list of them."""

    needs: list[RelocationNeed]
    is_list: bool


def read_needs(data: bytes, reference: Reference) -> NeedFile:
    """Read one need or a list of needs, or raise `WrongNeeds` with everything that is wrong."""
    content = _parse(data)
    is_list = isinstance(content, list)
    entries = content if isinstance(content, list) else [content]
    if not entries:
        raise WrongNeeds(["文件里没有需求。"])
    problems: list[str] = []
    needs: list[RelocationNeed] = []
    for number, entry in enumerate(entries, 1):
        where = f"第 {number} 条：" if is_list else ""
        if not isinstance(entry, dict):
            problems.append(f"{where}需求要写成 {{字段: 值}}。")
            continue
        values, found = _values(entry, reference)
        need = RelocationNeed(**values)
        found += [f"{problem.field}：{problem.message % problem.values}" for problem in need.contradictions()]
        problems += [where + sentence for sentence in found]
        needs.append(need)
    if problems:
        raise WrongNeeds(problems)
    return NeedFile(needs, is_list)


def _parse(data: bytes) -> Any:
    if not data.strip():
        raise WrongNeeds(["文件是空的。"])
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_without_repeats)
    except UnicodeDecodeError as error:
        raise WrongNeeds(["文件不是 UTF-8 编码的文字。"]) from error
    except json.JSONDecodeError as error:
        raise WrongNeeds([f"文件不是 JSON：第 {error.lineno} 行第 {error.colno} 个字符处，{error.msg}。"]) from error
    except RecursionError as error:
        raise WrongNeeds(["文件不是 JSON：套得太深。"]) from error
    except WrongNeeds:
        raise
    except ValueError as error:
        # Python reads no whole number of more than 4,300 digits.
        raise WrongNeeds(["文件里有长得读不了的数字。"]) from error


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise WrongNeeds([f"{name}：写了两遍。" for name in repeated])
    return dict(pairs)


def _values(entry: Mapping[str, Any], reference: Reference) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    problems: list[str] = []
    for name, value in entry.items():
        field = FIELDS.get(name)
        if field is None:
            problems.append(f"{name}：没有这个字段{_nearest(name, NAMES, '，是不是 ', NAMES.__getitem__)}。")
            continue
        try:
            values[name] = _value(field, value, reference)
        except WrongValue as wrong:
            problems.append(f"{name}：{wrong}")
    if not _is_said(entry.get("title")) and not _is_said(entry.get("description")):
        problems.append("title、description：至少要写一项。")
    # Texts are compared by the description, and a line in a file is all that somebody has said.
    if not values.get("description"):
        values["description"] = values.get("title")
    return values, problems


def _is_said(value: Any) -> bool:
    # Anything but a text is reported as a wrong value already.
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _value(field: Field, value: Any, reference: Reference) -> Any:
    match field.shape:
        case Shape.REGION if value:
            return check(field, _place(field, value, reference))
        case Shape.REGIONS if value and isinstance(value, list):
            return check(field, [_place(field, place, reference) for place in value])
        case Shape.INDUSTRIES if value and isinstance(value, list):
            return check(field, [_industry(code, reference) for code in value])
        case Shape.ANSWER if isinstance(value, bool):
            raise WrongValue("写 “yes”、“no” 或 “unsure”，不写 true 和 false")
        case _:
            return check(field, value)


def _place(field: Field, value: Any, reference: Reference) -> str:
    """Find the code of a place that may be written as its code or as its name."""
    allowed = {
        place.code: place
        for place in reference.places.values()
        if place.level in PLACES[field.places] and (place.is_gba or place.level in PLACES["hunan"])
    }
    if not isinstance(value, str):
        raise WrongValue("“%(value)s”不是区划代码", value=value)
    written = value.strip()
    if written in allowed:
        return written
    named = [place.code for place in allowed.values() if written in (place.name, place.short_name)]
    if len(named) == 1:
        return named[0]
    if named:
        raise WrongValue("有几个“%(value)s”，写代码：%(codes)s", value=value, codes="、".join(named))
    names = {label: place.code for place in allowed.values() for label in (place.code, place.name, place.short_name)}
    where = {"gba": "大湾区", "hunan": "湖南"}.get(field.places, "湖南和大湾区")
    # Of a name of two characters, one is half of it.
    near = _nearest(
        written, names, "，是不是 ", lambda name: f"{reference.places[names[name]].name} {names[name]}", 0.5
    )
    raise WrongValue("“%(value)s”不是%(where)s的区划代码或名称%(near)s", value=value, where=where, near=near)


def _industry(value: Any, reference: Reference) -> str:
    """Find a code of the classification, written with or without the letter of its section."""
    if not isinstance(value, str):
        raise WrongValue("“%(value)s”不是行业代码，代码写成 C3982 这样的文字", value=value)
    written = value.strip().upper()
    if written in reference.industries:
        return written
    if written in reference.code_by_digits:
        return reference.code_by_digits[written]
    named = [code for code, name in reference.industries.items() if name == value.strip()]
    if named:
        # A group and its only class share one name; the shorter code says no more than was said.
        return min(named, key=len)
    names = {name: code for code, name in reference.industries.items()} | {code: code for code in reference.industries}
    # What the trade calls it, such as 线路板 for 电子电路制造.
    names = {term: codes[0] for term, codes in reference.terms.items() if codes} | names
    near = _nearest(written, names, "，是不是 ", lambda name: reference.industry_name(names[name]))
    raise WrongValue("“%(value)s”不是国民经济行业分类（2017）的代码%(near)s", value=value, near=near)


def _nearest(written: str, known: Iterable[str], before: str, label: Any = str, least: float = 0.6) -> str:
    found = difflib.get_close_matches(written, list(known), n=1, cutoff=least)
    return before + label(found[0]) if found else ""


def described_fields() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield name, label, shape, unit, and range or words of every field."""
    for name, field in FIELDS.items():
        yield name, field.label, field.shape.value, field.unit, _range(field)


def _range(field: Field) -> str:
    if field.vocabulary is not None:
        return " ".join(term.value for term in field.vocabulary)
    if field.low is not None and field.high is not None:
        return f"{field.low:g}–{field.high:g}"
    if field.shape in (Shape.REGION, Shape.REGIONS):
        return {"gba": "大湾区的代码或名称", "hunan": "湖南的代码或名称"}.get(field.places, "代码或名称")
    if field.shape is Shape.INDUSTRIES:
        return "C3982"
    if field.shape is Shape.DATE:
        return "2027-06-30"
    return f"≤ {field.length}" if field.length else ""
