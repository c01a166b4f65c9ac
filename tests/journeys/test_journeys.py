"""Whole stories through a real browser: from a form that one side fills in to the contact that the other sees."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.model]

Visit = Callable[..., Page]
Picture = Callable[[Page, str], None]


def press(page: Page, words: str) -> None:
    """Press a button of the page's main part, and wait for the answer."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words).first.click()


def next_step(page: Page, heading: str) -> None:
    press(page, "保存，下一步")
    expect(page.locator("h1")).to_have_text(heading)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_enterprise_posts_staff_publish_the_park_finds_it_and_both_meet(
    visit: Visit, picture: Picture, cast: Cast, session: Session, scripts: bool
) -> None:
    offer = factories.published(factories.offer(cast.manager, cast.park, cast.authority))
    session.add(offer)
    session.commit()

    lin = visit(cast.owner.email, scripts=scripts)
    lin.goto("/postings/new/need")
    lin.fill("[name=title]", "柔性线路板二期工厂迁往郴州")
    lin.select_option("[name=category]", "part_of_capacity")
    lin.fill("[name=description]", "从深圳转移一条柔性线路板产线，需要标准厂房、双回路供电和含铜废水专管。")
    lin.fill("[name=industry_codes-more]", "线路板")
    lin.fill("[name=products]", "柔性线路板、刚挠结合板")
    lin.select_option("[name=from_city_code]", "440300")
    next_step(lin, "地点与时间")
    lin.fill("[name=production_start_on]", "2029年3月31日")
    next_step(lin, "土地与厂房")
    lin.fill("[name=floor_area_sqm]", "8,000平方米")
    press(lin, "保存，下一步")
    # The unit is refused, and what was typed is still there to be mended.
    expect(lin.locator(".error-summary")).to_contain_text("厂房面积")
    assert lin.input_value("[name=floor_area_sqm]") == "8,000平方米"
    picture(lin, "journey-form-error")
    lin.fill("[name=floor_area_sqm]", "8,000")
    next_step(lin, "电力、用水、排放")
    lin.fill("[name=power_kva]", "３０００")
    for heading in ("工艺与环保", "人员", "投资与合作"):
        next_step(lin, heading)
    lin.fill("[name=investment_yi]", "1.2")
    for heading in ("对应的政策条款", "公开与期限", "检查并提交"):
        next_step(lin, heading)
    picture(lin, "journey-submit")
    press(lin, "提交审核")

    zhao = visit(cast.reviewer.email, scripts=scripts)
    zhao.goto("/review")
    picture(zhao, "journey-queue")
    zhao.get_by_role("link", name="柔性线路板二期工厂迁往郴州").first.click()
    picture(zhao, "journey-review")
    press(zhao, "通过，上架")

    chen = visit(cast.manager.email, scripts=scripts)
    chen.goto(f"/postings/{offer.id}/matches")
    for _attempt in range(20):
        if chen.get_by_text("柔性线路板二期工厂迁往郴州").count():
            break
        chen.wait_for_timeout(500)
        chen.reload()
    match = chen.locator("article", has_text="柔性线路板二期工厂迁往郴州").first
    expect(match.locator(".reasons li, .match-why li").first).to_be_visible()
    picture(chen, "journey-matches")
    match.get_by_role("link", name="表达意向").click()
    assert "深圳示例电路有限公司" not in chen.content(), "the enterprise's name is not public yet"
    chen.fill("[name=message]", "我们的 3 号厂房可以按期交付，希望先谈废水专管的接口。")
    press(chen, "发出意向")
    assert "13800000000" not in chen.content()

    lin.goto("/desk")
    picture(lin, "journey-desk")
    lin.locator("main").get_by_role("link", name="答复").first.click()
    press(lin, "接受并交换联系方式")
    expect(lin.locator("main")).to_contain_text("陈立")
    expect(lin.locator("main")).to_contain_text("chen@example.com")
    picture(lin, "journey-introduction")

    chen.goto("/desk")
    chen.goto(re.sub(r"^https?://[^/]+", "", lin.url))
    expect(chen.locator("main")).to_contain_text("林晓燕")
    expect(chen.locator("main")).to_contain_text("13800000000")

    sun = visit(cast.outsider.email, scripts=scripts)
    answer = sun.goto(re.sub(r"^https?://[^/]+", "", lin.url))
    assert answer is not None
    assert answer.status == 404


def test_a_talent_registers_and_meets_a_position(visit: Visit, picture: Picture, cast: Cast, session: Session) -> None:
    position = factories.published(factories.position(cast.owner, cast.enterprise))
    session.add(position)
    session.commit()

    talent = visit()
    talent.goto("/register/talent")
    picture(talent, "journey-register")
    talent.fill("[name=name]", "黄思远")
    talent.fill("[name=email]", "huang@example.com")
    talent.fill("[name=phone]", "13900000001")
    talent.fill("[name=password]", "岳麓山下橘子洲头1925")
    for box in talent.locator("main form input[type=checkbox]").all():
        box.check()
    press(talent, "注册")
    talent.goto("/postings/new/talent")
    talent.fill("[name=title]", "线路板制程工程师，愿来郴州")
    talent.fill("[name=description]", "十年多层线路板压合与电镀制程经验，主持过两条产线的爬坡。")
    talent.fill("[name=field_codes-more]", "C3982")
    talent.fill("[name=skills]", "压合、电镀、制程改善")
    next_step(talent, "学历、职称与技能")
    talent.select_option("[name=education]", "bachelor")
    next_step(talent, "来湘方式")
    talent.select_option("[name=current_city_code]", "440300")
    talent.locator("[name=ways_of_coming][value=full_time]").check()
    for heading in ("芙蓉人才与支持事项", "对应的政策条款", "公开与期限", "检查并提交"):
        next_step(talent, heading)
    press(talent, "提交审核")

    zhao = visit(cast.reviewer.email)
    zhao.goto("/review")
    zhao.get_by_role("link", name="线路板制程工程师，愿来郴州").first.click()
    press(zhao, "通过，上架")

    lin = visit(cast.owner.email)
    for _attempt in range(20):
        lin.goto(f"/postings/{position.id}/matches")
        if lin.get_by_text("线路板制程工程师，愿来郴州").count():
            break
        lin.wait_for_timeout(500)
    match = lin.locator("article", has_text="线路板制程工程师，愿来郴州").first
    expect(match).to_be_visible()
    for secret in ("黄思远", "huang@example.com", "13900000001"):
        assert secret not in lin.content()
    picture(lin, "journey-position-matches")

    # The talent sees the position from the other side.
    talent.goto("/desk")
    talent.locator("main").get_by_role("link", name="看匹配").first.click()
    expect(talent.locator("main")).to_contain_text(position.title)

    stranger = visit()
    stranger.goto("/search?kind=talent")
    assert "线路板制程工程师" not in stranger.content(), "profiles are for members, not for everybody"


def test_a_manager_claims_a_park_and_staff_confirm(visit: Visit, picture: Picture, cast: Cast) -> None:
    ma = visit(cast.other_manager.email)
    ma.goto(f"/parks/{cast.other_park.code}")
    expect(ma.locator("main")).to_contain_text("名录数据，园区尚未核实")
    picture(ma, "journey-park-before")
    ma.locator("main").get_by_role("link", name=re.compile("认领")).first.click()
    ma.fill("[name=evidence]", "太短")
    press(ma, "提交认领")
    assert ma.input_value("[name=evidence]") == "太短"
    ma.fill("[name=evidence]", "依据省政府设立批复，本单位负责园区的规划建设和招商。")
    press(ma, "提交认领")

    zhao = visit(cast.reviewer.email)
    zhao.goto("/review/claims")
    picture(zhao, "journey-claims")
    press(zhao, "确认给该单位")

    ma.goto(f"/parks/{cast.other_park.code}")
    expect(ma.locator("main")).to_contain_text("省级已核实")
    expect(ma.locator("main")).not_to_contain_text("园区尚未核实")
    picture(ma, "journey-park-after")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_lin_says_what_counts_for_her_and_reads_one_pair_to_the_end(
    visit: Visit, picture: Picture, cast: Cast, session: Session, scripts: bool
) -> None:
    need = factories.published(factories.need(cast.owner, cast.enterprise))
    offer = factories.published(factories.offer(cast.manager, cast.park, cast.authority))
    session.add_all([need, offer])
    session.commit()
    lin = visit(cast.owner.email, scripts=scripts)
    lin.goto(f"/postings/{need.id}/matches")
    price = lin.locator("#w_price")
    if not price.is_visible():
        lin.locator("#weights > summary").click()
    if scripts:
        price.focus()
        for _step in range(3):
            lin.keyboard.press("ArrowRight")
    else:
        price.fill("8")
        lin.get_by_role("button", name="按此排序").click()
    # The address says only what differs, however it came about.
    lin.wait_for_url(f"**/postings/{need.id}/matches?w_price=8")
    expect(lin.locator("#ranked")).to_contain_text("按您调整的重要程度：价格 8")
    if scripts:
        expect(lin.locator("#status")).to_have_text("先看硬条件，再按双方相符的程度从高到低排。")
        expect(price).to_be_focused()
    picture(lin, "journey-weighed")
    lin.locator("article", has_text=offer.title).get_by_role("link", name="看逐项对照").click()
    lin.wait_for_url(f"**/matches/{need.id}/{offer.id}?w_price=8")
    expect(lin.locator("#criteria-asking")).to_contain_text("重要程度 8（默认 5）")
    expect(lin.get_by_role("button", name="打印")).to_be_visible(visible=scripts)
    picture(lin, "journey-pair")
