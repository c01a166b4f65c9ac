"""An offer with a reward tied to tax, from its park's draft to the reviewer and back, until it may be published."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.model]

Visit = Callable[..., Page]
Picture = Callable[[Page, str], None]
TIED = "投产后前三年按地方留成的 80% 奖励企业"


def press(page: Page, words: str) -> None:
    """Press a button of the page's main part, and wait for the answer."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words).first.click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_reward_tied_to_tax_is_found_sent_back_rewritten_and_published(
    visit: Visit, picture: Picture, cast: Cast, session: Session, scripts: bool
) -> None:
    offer = factories.offer(cast.manager, cast.park, cast.authority, incentives=[])
    session.add(offer)
    session.commit()
    at = f"/postings/{offer.id}"

    chen = visit(cast.manager.email, scripts=scripts)
    chen.goto(f"{at}/edit/incentives")
    chen.select_option("[name=rows-0-type]", "equipment")
    chen.fill("[name=rows-0-summary]", TIED)
    chen.fill("[name=rows-0-issuer]", "示例园区管委会")
    press(chen, "再加一项")
    # The finding stands at the field, before anything is saved, and what was typed stands with it.
    expect(chen.locator(".promise").first).to_contain_text("奖励、补贴与纳税挂钩")
    assert chen.input_value("[name=rows-0-summary]") == TIED
    picture(chen, "promise-draft")
    press(chen, "保存，下一步")
    chen.goto(f"{at}/submit")
    expect(chen.locator("main")).to_contain_text("公平竞争：1 处承诺")
    picture(chen, "promise-submit")
    press(chen, "提交审核")

    zhao = visit(cast.reviewer.email, scripts=scripts)
    zhao.goto(f"/review/{offer.id}")
    assert zhao.get_by_role("button", name="通过，上架").count() == 0
    picture(zhao, "promise-review")
    press(zhao, "记录决定")
    # Nothing was chosen yet, which is said at the field.
    expect(zhao.locator(".error-summary")).to_contain_text("选一个决定")
    _by_keyboard(zhao)
    expect(zhao.locator("main")).to_contain_text("1 处承诺已认定须改写")
    picture(zhao, "promise-upheld")
    assert TIED in zhao.input_value("[name=words]")
    press(zhao, "退回给发布人")

    chen.goto(f"{at}/edit/incentives")
    expect(chen.locator("main")).to_contain_text("上次退回：涉及政策承诺，须先做公平竞争审查")
    press(chen, "换成这句")
    expect(chen.locator(".promise-taken")).to_contain_text(TIED)
    assert chen.input_value("[name=rows-0-issuer]") == "示例园区管委会"
    picture(chen, "promise-reworded")
    lawful = chen.input_value("[name=rows-0-summary]").replace("×%", "5%").replace("× 万元", "200 万元")
    chen.fill("[name=rows-0-summary]", lawful)
    press(chen, "保存，下一步")
    chen.goto(f"{at}/submit")
    expect(chen.locator("main")).not_to_contain_text("公平竞争：")
    press(chen, "提交审核")

    zhao.goto(f"/review/{offer.id}")
    press(zhao, "通过，上架")
    sun = visit(scripts=scripts)
    sun.goto(at)
    expect(sun.locator("main")).to_contain_text("公开申报")
    expect(sun.locator("main")).not_to_contain_text("地方留成")


def _by_keyboard(page: Page) -> None:
    """Uphold the finding without a mouse: choose with the space bar, write, and reach the button with Tab."""
    page.locator(".promise input[type=radio]").first.focus()
    page.keyboard.press("Space")
    assert page.locator(".promise input[value=upheld]").is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("请按设备投资额写")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
