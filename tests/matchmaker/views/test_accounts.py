"""People sign in, register and look after their accounts, by the pages."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import User
from models.vocabulary import PostingStatus
from tests import factories
from tests.cast import PASSWORD, Cast
from tests.client import Forms, PortalClient
from tests.conftest import SignIn

pytestmark = pytest.mark.sqlite_only

NEW = "四十七只白鹭飞过洞庭湖面"
ENTERPRISE = {
    "type": "enterprise",
    "organisation": "珠海示例机械有限公司",
    "registered_in": "macao",
    "number": "12345 (SO)",
    "region_code": "",
    "name": "周明",
    "phone": "+853 6660 0000",
    "email": "zhou@example.com",
    "password": NEW,
    "terms": "y",
}


def test_lin_signs_in_and_goes_on_to_where_she_wanted(client: PortalClient, cast: Cast) -> None:
    answer = client.get("/account", follow_redirects=True)
    assert answer.request.path == "/sign-in"
    answer = client.submit("/sign-in?next=/account", {"email": cast.owner.email, "password": PASSWORD})
    assert answer.location == "/account"
    assert cast.owner.name in client.get("/account").text


def test_without_a_wish_one_lands_on_the_desk(client: PortalClient, cast: Cast) -> None:
    assert client.submit("/sign-in", {"email": cast.owner.email, "password": PASSWORD}).location == "/desk"


def test_a_failed_sign_in_keeps_the_address_and_never_the_password(client: PortalClient, cast: Cast) -> None:
    answer = client.submit("/sign-in?next=/account", {"email": cast.owner.email, "password": "wrong-guess"})
    assert answer.status_code == 422
    (form,) = [form for form in Forms(answer.text).found if "email" in form.values]
    assert (form.values["email"], form.values["next"], form.values["password"]) == (
        [cast.owner.email],
        ["/account"],
        [""],
    )
    assert "wrong-guess" not in answer.text
    assert "有 1 处要改" in answer.text


def test_after_too_many_failures_the_page_says_from_when_one_may_try_again(client: PortalClient, cast: Cast) -> None:
    for _ in range(5):
        client.submit("/sign-in", {"email": cast.owner.email, "password": "wrong"})
    answer = client.submit("/sign-in", {"email": cast.owner.email, "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    assert "以后可以再试" in answer.text
    (form,) = [form for form in Forms(answer.text).found if "email" in form.values]
    assert form.values["email"] == [cast.owner.email]


def test_somebody_of_macao_registers_and_is_in(client: PortalClient, cast: Cast, session: Session) -> None:
    answer = client.submit("/register/enterprise", ENTERPRISE)
    assert answer.location == "/desk"
    user = session.scalars(select(User).where(User.email == "zhou@example.com")).one()
    assert user.organisation is not None
    assert user.organisation.macao_number == "12345 (SO)"
    assert "珠海示例机械有限公司" in client.get("/account").text


def test_the_same_form_again_is_the_same_account(
    app: Flask, client: PortalClient, cast: Cast, session: Session
) -> None:
    client.submit("/register/enterprise", ENTERPRISE)
    again = app.test_client()
    assert again.submit("/register/enterprise", ENTERPRISE).location == "/desk"
    assert len(session.scalars(select(User).where(User.email == "zhou@example.com")).all()) == 1
    assert again.get("/account").status_code == 200


def test_somebody_elses_address_is_not_taken_over(client: PortalClient, cast: Cast) -> None:
    answer = client.submit("/register/talent", {"name": "x", "email": cast.owner.email, "password": NEW, "terms": "y"})
    assert answer.status_code == 422
    assert "这个邮箱已经注册过" in answer.text
    assert client.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("organisation", "", "填写单位全称"),
        ("registered_in", "mainland", "18 位"),
        ("number", "", "填写登记号码"),
        ("number", "SO-1234567", "澳门商业登记编号"),
        ("name", "", "填写姓名"),
        ("phone", "打给我", "只写数字"),
        ("email", "zhou@", "写法不对"),
        ("email", "", "填写邮箱"),
        ("password", "short", "至少 10 个字符"),
        ("password", "珠海示例机械有限公司", "容易被猜到"),
        ("terms", None, "还没有勾选"),
    ],
)
def test_a_wrong_field_is_pointed_at_in_chinese_and_everything_typed_is_kept(
    client: PortalClient, cast: Cast, session: Session, field: str, value: str | None, words: str
) -> None:
    answer = client.submit("/register/enterprise", ENTERPRISE | {field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert "处要改" in answer.text
    (form,) = [form for form in Forms(answer.text).found if "organisation" in form.values]
    typed = {name: text for name, text in (ENTERPRISE | {field: value}).items() if text is not None}
    kept = {name: form.values.get(name, [""])[0] for name in typed}
    assert kept == typed | {"password": ""}
    assert 'aria-invalid="true"' in answer.text
    assert session.scalar(select(User.id).where(User.email == "zhou@example.com")) is None


def test_who_asks_to_join_is_told_so_and_sees_nothing_of_the_organisation_yet(client: PortalClient, cast: Cast) -> None:
    known = ENTERPRISE | {"registered_in": "mainland", "number": cast.enterprise.uscc}
    page = client.submit("/register/enterprise", known, follow_redirects=True)
    assert "管理员批准后" in page.text
    assert client.get(f"/organisations/{cast.enterprise.id}").status_code == 404


def test_wu_takes_her_consent_back_and_is_off_the_market(
    client: PortalClient, cast: Cast, session: Session, sign_in: SignIn
) -> None:
    sign_in(client, cast.talent)
    client.press("/account/consents/talent_matching/give", page="/account")
    profile = factories.published(factories.talent(cast.talent))
    session.add(profile)
    session.commit()
    assert "撤回同意" in client.get("/account").text
    assert client.press("/account/consents/talent_matching/withdraw", page="/account").status_code == 302
    session.refresh(profile)
    assert profile.status is PostingStatus.WITHDRAWN
    session.commit()
    assert "您还没有同意公开人才画像" in client.get("/account").text


def test_the_terms_have_no_button_to_take_them_back(
    client: PortalClient, cast: Cast, session: Session, sign_in: SignIn
) -> None:
    sign_in(client, cast.talent)
    assert client.press("/account/consents/terms/withdraw", page="/account").status_code == 404


def test_a_new_password_asks_for_the_old_one(client: PortalClient, cast: Cast, sign_in: SignIn) -> None:
    sign_in(client, cast.owner)
    answer = client.submit("/account/password", {"current": "wrong", "password": NEW})
    assert (answer.status_code, "不对，再输入一次" in answer.text) == (422, True)
    answer = client.submit("/account/password", {"current": PASSWORD, "password": "lin-xiaoyan"})
    assert answer.status_code == 422
    assert client.submit("/account/password", {"current": PASSWORD, "password": NEW}).location == "/account"
    assert client.get("/account").status_code == 200


def test_guessing_the_old_password_in_a_stolen_visit_gets_slow_too(
    client: PortalClient, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(client, cast.owner)
    answers = [client.submit("/account/password", {"current": f"g{n}", "password": NEW}).status_code for n in range(6)]
    assert answers == [422] * 5 + [429]


def test_lin_corrects_her_phone(client: PortalClient, cast: Cast, session: Session, sign_in: SignIn) -> None:
    sign_in(client, cast.owner)
    client.submit("/account/contact", {"name": "林小燕", "phone": "0755-2660 0000"})
    session.refresh(cast.owner)
    assert (cast.owner.name, cast.owner.phone) == ("林小燕", "0755-2660 0000")


@pytest.mark.parametrize("page", ["/about", "/privacy", "/terms", "/sitemap", "/register", "/register/park"])
def test_the_pages_of_words_answer_everybody(client: PortalClient, cast: Cast, page: str) -> None:
    assert client.get(page).status_code == 200
