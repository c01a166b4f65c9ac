"""Every step of every kind renders, gives back what it shows, and keeps what was typed wrong."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, render_template_string
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from matchmaker.forms.catalogue import Catalogue
from matchmaker.forms.incentives import IncentivesForm
from matchmaker.forms.layout import LAYOUT
from matchmaker.forms.posting import StepForm, fields_on, step_form, steps_of
from matchmaker.forms.reading import read_day, read_number, read_words
from models import ParkOffer, Position, Posting, RelocationNeed, Shape, TalentProfile, WrongValue
from models.vocabulary import Answer
from tests import factories
from tests.cast import Cast
from tests.client import Forms

KINDS: tuple[type[Posting], ...] = (RelocationNeed, ParkOffer, TalentProfile, Position)
STEPS = [(kind, slug) for kind in KINDS for slug, _title in kind.steps]  # type: ignore[attr-defined]
PAGE = '{% from "postings/_inputs.html" import rows with context %}<form method="post">{{ rows(form.groups()) }}</form>'

pytestmark = pytest.mark.sqlite_only


def posting_of(kind: type[Posting], cast: Cast) -> Posting:
    match kind:
        case _ if kind is RelocationNeed:
            return factories.need(cast.owner, cast.enterprise)
        case _ if kind is ParkOffer:
            return factories.offer(cast.manager, cast.park, cast.authority)
        case _ if kind is TalentProfile:
            return factories.talent(cast.talent)
        case _:
            return factories.position(cast.owner, cast.enterprise)


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """Stand inside a request, without the token that only a browser brings."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context("/"):
        yield


def sent(kind: type[Posting], step: str, session: Session, values: Any, **more: Any) -> StepForm:
    form: StepForm = step_form(kind, step, Catalogue(session))(formdata=MultiDict(values), **more)
    return form


# --- every step of every kind ------------------------------------------------


@pytest.mark.parametrize(("kind", "step"), STEPS)
def test_a_step_lays_out_each_of_its_facts_once(kind: type[Posting], step: str) -> None:
    laid_out = [
        name for _title, rows in LAYOUT[kind.__mapper__.polymorphic_identity, step] for row in rows for name in row
    ]  # type: ignore[index]

    assert sorted(laid_out) == sorted(fields_on(kind, step))


def test_every_fact_stands_on_a_step_of_its_kind() -> None:
    for kind in KINDS:
        slugs = {slug for slug, _title in steps_of(kind)}
        assert {field.step for field in kind.fields().values()} <= slugs


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(("kind", "step"), STEPS)
def test_what_a_step_shows_comes_back_unchanged(session: Session, cast: Cast, kind: type[Posting], step: str) -> None:
    posting = posting_of(kind, cast)
    shown = step_form(kind, step, Catalogue(session))(formdata=None, obj=posting)
    page = render_template_string(PAGE, form=shown)
    for name, field in fields_on(kind, step).items():
        assert f'name="{name}' in page
        assert field.label in page

    filled = Forms(page).found[0].values
    form = sent(kind, step, session, [(name, value) for name, values in filled.items() for value in values])
    assert form.validate(), form.errors
    assert form.values() == {name: getattr(posting, name) for name in fields_on(kind, step)}


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(("kind", "step"), STEPS)
def test_an_empty_step_says_nothing_and_presumes_no_answer(
    session: Session, cast: Cast, kind: type[Posting], step: str
) -> None:
    page = render_template_string(PAGE, form=step_form(kind, step, Catalogue(session))(formdata=None))
    assert "checked" not in page

    form = sent(kind, step, session, Forms(page).found[0].values)
    assert form.validate(), form.errors
    assert set(form.values().values()) == {None}


# --- what people type --------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("8000", 8000),
        ("8,000", 8000),
        (" 8 000 ", 8000),
        ("８，０００", 8000),
        ("1,234,567.5", 1234567.5),
        ("3.50", 3.5),
        (".5", 0.5),
        ("+7", 7),
        ("-7", -7),
        ("", None),
        ("　", None),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, number: float | None) -> None:
    assert read_number(typed, "kVA") == number


@pytest.mark.parametrize("typed", ["8000千瓦", "8,000 kVA", "1.5万", "约8000"])
def test_a_unit_in_a_number_is_named(typed: str) -> None:
    with pytest.raises(WrongValue, match="里有单位"):
        read_number(typed, "kVA")


@pytest.mark.parametrize("typed", ["八千", "8,00", "1,0000", "8.000,5", "--8", "8-9", "nan", "inf"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(WrongValue, match="请只填数字"):
        read_number(typed, "kVA")


@pytest.mark.parametrize(
    "typed",
    ["2027-06-30", "2027年6月30日", "2027/6/30", "2027.6.30", "２０２７年６月３０日", "20270630", " 2027-6-30 "],
)
def test_a_day_is_read_in_the_ways_people_write_it(typed: str) -> None:
    assert read_day(typed) == dt.date(2027, 6, 30)


@pytest.mark.parametrize("typed", ["2027-02-30", "2027年6月", "明年六月", "30/6/2027", "2027-13-01"])
def test_what_is_no_day_is_refused_with_the_words_that_were_typed(typed: str) -> None:
    with pytest.raises(WrongValue, match=typed):
        read_day(typed)


def test_words_are_separated_by_whatever_people_use() -> None:
    assert read_words("压合、电镀，良率; 喷涂\r\n注塑,压铸\n压合") == ["压合", "电镀", "良率", "喷涂", "注塑", "压铸"]
    assert read_words("1,2-二氯乙烷") == ["1,2-二氯乙烷"]


# --- one wrong value per shape -----------------------------------------------

WRONG = [
    (RelocationNeed, "utilities", "power_kva", "8000千瓦", Shape.NUMBER),
    (RelocationNeed, "people", "headcount_needed", "四百", Shape.COUNT),
    (TalentProfile, "level", "birth_year", "19", Shape.YEAR),
    (RelocationNeed, "about", "title", "长" * 81, Shape.TEXT),
    (RelocationNeed, "about", "products", "板" * 61, Shape.TEXTS),
    (RelocationNeed, "place", "production_start_on", "明年底", Shape.DATE),
]


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(("kind", "step", "name", "typed", "shape"), WRONG)
def test_a_wrong_value_keeps_what_was_typed_and_names_its_field(
    session: Session, cast: Cast, kind: type[Posting], step: str, name: str, typed: str, shape: Shape
) -> None:
    form = sent(kind, step, session, {name: typed})

    assert not form.validate()
    assert list(form.errors) == [name]
    assert kind.fields()[name].shape is shape
    page = render_template_string(PAGE, form=form)
    assert typed in page
    assert f'id="{name}-error"' in page
    assert 'aria-invalid="true"' in page


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("kind", "step", "name", "typed"),
    [
        (RelocationNeed, "about", "category", "teleport"),
        (RelocationNeed, "space", "tenures", "steal"),
        (RelocationNeed, "siting", "adds_capacity", "maybe"),
        (RelocationNeed, "about", "from_city_code", "<script>"),
        (RelocationNeed, "place", "target_prefecture_codes", "'; DROP TABLE posting"),
        (ParkOffer, "about", "park_code", "HN 1"),
        (TalentProfile, "support", "furong_category", "F" * 30),
    ],
)
def test_a_forged_choice_is_refused(
    session: Session, cast: Cast, kind: type[Posting], step: str, name: str, typed: str
) -> None:
    form = sent(kind, step, session, {name: typed})

    assert not form.validate()
    assert list(form.errors) == [name]
    assert "<script>" not in render_template_string(PAGE, form=form)


@pytest.mark.usefixtures("context")
def test_a_wrong_number_among_trades_names_the_trade_and_keeps_all(session: Session, cast: Cast) -> None:
    typed = {"workers_by_trade-welding": "十个", "workers_by_trade-assembly": "1,250"}
    form = sent(RelocationNeed, "people", session, typed)

    assert not form.validate()
    assert form.errors["workers_by_trade"] == ["焊工：请只填数字，单位是 人"]
    page = render_template_string(PAGE, form=form)
    assert 'value="十个"' in page
    assert 'value="1,250"' in page


@pytest.mark.usefixtures("context")
def test_a_step_takes_no_names_but_its_own(session: Session, cast: Cast) -> None:
    form = sent(
        RelocationNeed,
        "utilities",
        session,
        {"power_kva": "8000", "owner_id": "1", "title": "x", "status": "published"},
    )

    assert form.validate()
    assert set(form.values()) == set(fields_on(RelocationNeed, "utilities"))


# --- three-valued answers ----------------------------------------------------


@pytest.mark.usefixtures("context")
def test_an_answer_can_be_taken_back(session: Session, cast: Cast) -> None:
    need = factories.need(cast.owner)
    typed = {"dual_supply_needed": "yes", "dual_supply_needed-clear": "yes"}
    form = sent(RelocationNeed, "utilities", session, typed, obj=need)

    assert form.validate()
    assert form.values()["dual_supply_needed"] is None


@pytest.mark.usefixtures("context")
def test_unsure_is_an_answer_and_says_what_it_costs(session: Session, cast: Cast) -> None:
    need = factories.need(cast.owner, dual_supply_needed=Answer.UNSURE)
    form = step_form(RelocationNeed, "utilities", Catalogue(session))(formdata=None, obj=need)

    assert "已记为“不确定”" in render_template_string(PAGE, form=form)


# --- industries --------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("C3982", ["C3982"]),
        ("c3982", ["C3982"]),
        ("3982", ["C3982"]),
        ("C3982 电子电路制造", ["C3982"]),
        ("电子电路制造 C3982", ["C3982"]),
        ("电子电路制造", ["C3982"]),
        ("线路板", ["C3982"]),
        ("显示器件", ["C3974"]),
        ("C3982、C2614", ["C3982", "C2614"]),
        ("计算机、通信和其他电子设备制造业；涂料制造", ["C39", "C2641"]),
    ],
)
@pytest.mark.usefixtures("context")
def test_an_industry_is_found_by_code_name_or_trade_word(
    session: Session, cast: Cast, typed: str, codes: list[str]
) -> None:
    form = sent(RelocationNeed, "about", session, {"title": "x", "industry_codes-more": typed})

    assert form.validate(), form.errors
    assert form.values()["industry_codes"] == codes


@pytest.mark.usefixtures("context")
def test_a_word_that_may_mean_several_industries_offers_them(session: Session, cast: Cast) -> None:
    form = sent(RelocationNeed, "about", session, {"title": "x", "industry_codes-more": "涂料；线路板"})
    assert not form.validate()
    page = render_template_string(PAGE, form=form)
    assert 'value="C264"' in page
    assert 'value="C2641"' in page
    assert form["industry_codes"].more == "涂料"

    answered = [
        ("title", "x"),
        ("industry_codes", "C3982"),
        ("industry_codes", "C2641"),
        ("industry_codes-more", "涂料"),
    ]
    again = sent(RelocationNeed, "about", session, answered)
    assert again.validate(), again.errors
    assert again.values()["industry_codes"] == ["C3982", "C2641"]


@pytest.mark.usefixtures("context")
def test_an_unknown_word_stays_in_the_input(session: Session, cast: Cast) -> None:
    form = sent(
        RelocationNeed, "about", session, {"title": "x", "industry_codes": "C3982", "industry_codes-more": "炼金术"}
    )

    assert not form.validate()
    assert form.errors["industry_codes"] == ["“炼金术”不是行业代码，也没有叫这个的行业"]
    page = render_template_string(PAGE, form=form)
    assert 'value="炼金术"' in page
    assert "电子电路制造" in page


@pytest.mark.usefixtures("context")
def test_the_main_industry_comes_first(session: Session, cast: Cast) -> None:
    typed = [("title", "x"), ("industry_codes", "C3982"), ("industry_codes", "C3985"), ("industry_codes-main", "C3985")]
    form = sent(RelocationNeed, "about", session, typed)

    assert form.values()["industry_codes"] == ["C3985", "C3982"]


# --- places ------------------------------------------------------------------


def test_a_city_is_asked_for_cities_and_a_workplace_for_counties(session: Session, cast: Cast, app: Flask) -> None:
    with app.test_request_context("/"):
        catalogue = Catalogue(session)
        cities = catalogue.regions("from_city_code", RelocationNeed.fields()["from_city_code"])
        workplaces = catalogue.regions("region_code", Position.fields()["region_code"])

    assert [code for group in cities.values() for code, _name in group] == [
        "440100",
        "440300",
        "441900",
        "810000",
        "820000",
    ]
    assert ("431003", "苏仙区") in workplaces["郴州市"]
    assert not any(code.startswith("44") for group in workplaces.values() for code, _name in group)


def test_an_authoritys_own_parks_come_first(session: Session, cast: Cast, app: Flask) -> None:
    with app.test_request_context("/"):
        groups = Catalogue(session, cast.authority.id).parks()

    assert next(iter(groups.items())) == ("本单位管理的园区", [(cast.park.code, cast.park.name)])


# --- incentives --------------------------------------------------------------


@pytest.mark.usefixtures("context")
def test_incentives_come_as_rows_and_empty_rows_count_for_nothing(session: Session, cast: Cast) -> None:
    posted = MultiDict(
        {
            "count": "3",
            "rows-0-type": "equipment",
            "rows-0-summary": "设备投资额的 8%",
            "rows-0-cap_wan": "300",
            "rows-0-valid_to": "2027年12月31日",
            "rows-1-type": "rent",
            "rows-1-summary": "前两年减半",
            "rows-1-remove": "yes",
            "rows-2-type": "",
            "rows-2-summary": " ",
        }
    )
    form = IncentivesForm(Catalogue(session), [], posted)

    assert form.validate()
    (row,) = form.values()
    assert (row["type"], row["cap_wan"], row["valid_to"]) == ("equipment", 300, dt.date(2027, 12, 31))


@pytest.mark.usefixtures("context")
def test_a_row_without_words_is_named_and_one_more_row_keeps_the_others(session: Session, cast: Cast) -> None:
    posted = MultiDict({"count": "1", "rows-0-type": "rent", "rows-0-cap_wan": "3百"})
    form = IncentivesForm(Catalogue(session), [], posted)

    assert not form.validate()
    assert [wrong.name for wrong in form.wrong_inputs()] == ["rows-0-summary", "rows-0-cap_wan"]
    form.add_row()
    assert (len(form.rows), form.count) == (2, 2)
    assert form.rows[0]["cap_wan"]._value() == "3百"
