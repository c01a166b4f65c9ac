"""Signing in and out, registering, and looking after one's account."""

import dataclasses
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from matchmaker import visits
from matchmaker.access import Rule, actor, allow, signed_in
from matchmaker.extensions import db
from matchmaker.forms.accounts import (
    ContactForm,
    EnterpriseForm,
    ParkAuthorityForm,
    PasswordForm,
    RegistrationForm,
    SignInForm,
    TalentForm,
)
from matchmaker.forms.choices import choices
from matchmaker.forms.organisations import RegistrationPart
from matchmaker.security import local_path
from matchmaker.services import accounts, passwords, throttle
from matchmaker.services.accounts import Body, Person
from matchmaker.views.regions import towns
from models import User, now
from models.vocabulary import N_, ConsentPurpose, OrganisationType, RegionLevel

blueprint = Blueprint("accounts", __name__)


@dataclasses.dataclass(frozen=True)
class Registration:
    """How one side registers: its words, its form, and the verb that makes the account."""

    title: str
    form: type[RegistrationForm]
    register: Callable[[Session, Any], User]
    towns: tuple[RegionLevel, ...] = ()


def _enterprise(session: Session, form: EnterpriseForm) -> User:
    return accounts.register_enterprise(session, _person(form), _body(form))


def _park(session: Session, form: ParkAuthorityForm) -> User:
    return accounts.register_park_authority(session, _person(form), _body(form))


def _talent(session: Session, form: TalentForm) -> User:
    return accounts.register_talent(session, _person(form), agrees_to_matching=form.matching.data)


REGISTRATIONS = {
    "enterprise": Registration(N_("企业注册"), EnterpriseForm, _enterprise, (RegionLevel.CITY, RegionLevel.PREFECTURE)),
    "park": Registration(N_("园区注册"), ParkAuthorityForm, _park, (RegionLevel.PREFECTURE, RegionLevel.COUNTY)),
    "talent": Registration(N_("芙蓉人才注册"), TalentForm, _talent),
}


@blueprint.route("/sign-in", methods=["GET", "POST"])
@allow(Rule.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Sign in, and go on to where one wanted to go."""
    form = SignInForm(next=request.args.get("next", ""))
    if actor() is not None:
        return redirect(_onward(form))
    if not form.is_submitted():
        return _sign_in_page(form)
    if not form.validate():
        return _sign_in_page(form), 422
    try:
        user = accounts.authenticate(db(), form.email.data, form.password.data, request.remote_addr or "")
    except throttle.TooManyAttempts as wait:
        return _sign_in_page(form, wait), 429, {"Retry-After": _seconds(wait)}
    except accounts.WrongPassword:
        form.email.errors = [_("和密码对不上")]
        return _sign_in_page(form), 422
    visits.begin(db(), user)
    return redirect(_onward(form))


@blueprint.post("/sign-out")
@allow(Rule.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this visit; every copy of its cookie is worthless from now on."""
    visits.end(db(), current_user.key)
    flash(_("已退出"), "success")
    return redirect(url_for("home.show"))


@blueprint.get("/register", defaults={"side": None})
@blueprint.route("/register/<side>", methods=["GET", "POST"])
@allow(Rule.PUBLIC)
def register(side: str | None) -> ResponseReturnValue:
    """Register somebody of a side; sent twice, the form makes one account and signs in twice."""
    if side is None:
        return render_template("accounts/register_index.html")
    registration = REGISTRATIONS.get(side) or abort(404)
    if actor() is not None:
        return redirect(url_for("desk.show"))
    form = registration.form()
    if isinstance(form, RegistrationPart):
        form.region_code.choices = choices(towns(db(), *registration.towns))
    if not form.is_submitted():
        return _registration_page(side, form)
    if not form.validate():
        return _registration_page(side, form), 422
    try:
        user = _registered(registration, form)
    except throttle.TooManyAttempts:
        form.email.errors = [_("这个邮箱已经注册过。可以直接登录，或换一个邮箱")]
    except passwords.WeakPassword as weak:
        form.password.errors = [_(str(weak))]
    except accounts.CannotRegister as wrong:
        form[wrong.field].errors = [_(str(wrong))]
    else:
        visits.begin(db(), user)
        _welcome(user)
        return redirect(url_for("desk.show"))
    return _registration_page(side, form), 422


@blueprint.get("/account")
@allow(Rule.SIGNED_IN)
def profile() -> ResponseReturnValue:
    """Show one's account: contact, organisations, consents."""
    return render_template(
        "accounts/profile.html",
        user=signed_in(),
        consents=accounts.consents_of(db(), signed_in()),
        voluntary=accounts.VOLUNTARY,
        ConsentPurpose=ConsentPurpose,
    )


@blueprint.route("/account/contact", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def edit() -> ResponseReturnValue:
    """Correct one's name and phone."""
    form = ContactForm(obj=signed_in())
    if not form.is_submitted():
        return render_template("accounts/contact.html", form=form)
    if not form.validate():
        return render_template("accounts/contact.html", form=form), 422
    accounts.describe(db(), signed_in(), form.name.data, form.phone.data)
    flash(_("姓名和电话已保存"), "success")
    return redirect(url_for("accounts.profile"))


@blueprint.route("/account/password", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Change one's password; all other visits end, this one goes on under a new key."""
    form = PasswordForm()
    if not form.is_submitted():
        return _password_page(form)
    if not form.validate():
        return _password_page(form), 422
    try:
        user = accounts.authenticate(db(), signed_in().email, form.current.data, request.remote_addr or "")
        accounts.change_password(db(), user, form.password.data)
    except throttle.TooManyAttempts as wait:
        return _password_page(form, wait), 429, {"Retry-After": _seconds(wait)}
    except accounts.WrongPassword:
        form.current.errors = [_("不对，再输入一次")]
    except passwords.WeakPassword as weak:
        form.password.errors = [_(str(weak))]
    else:
        visits.begin(db(), user)
        flash(_("密码已更换，其他设备上的登录都已退出"), "success")
        return redirect(url_for("accounts.profile"))
    return _password_page(form), 422


@blueprint.post("/account/consents/<purpose>/give")
@allow(Rule.TALENT)
def give_consent(purpose: str) -> ResponseReturnValue:
    """Agree to be matched."""
    accounts.give_consent(db(), signed_in(), _voluntary(purpose))
    flash(_("已同意。人才画像通过审核后公开并参与匹配"), "success")
    return redirect(url_for("accounts.profile"))


@blueprint.post("/account/consents/<purpose>/withdraw")
@allow(Rule.TALENT)
def withdraw_consent(purpose: str) -> ResponseReturnValue:
    """Take a consent back; the profile leaves the market at once."""
    accounts.withdraw_consent(db(), signed_in(), _voluntary(purpose))
    flash(_("同意已撤回，人才画像已经下架"), "success")
    return redirect(url_for("accounts.profile"))


def _voluntary(purpose: str) -> ConsentPurpose:
    return next((term for term in accounts.VOLUNTARY if term.value == purpose), None) or abort(404)


def _onward(form: SignInForm) -> str:
    return local_path(form.next.data, otherwise=url_for("desk.show"))


def _registered(registration: Registration, form: RegistrationForm) -> User:
    """Make the account; a form that was sent before finds the account it made, if the password says so."""
    try:
        return registration.register(db(), form)
    except accounts.EmailTaken:
        try:
            return accounts.authenticate(db(), form.email.data, form.password.data, request.remote_addr or "")
        except accounts.WrongPassword:
            raise accounts.EmailTaken from None


def _person(form: RegistrationForm) -> Person:
    return Person(form.email.data, form.name.data, form.password.data, form.phone.data)


def _body(form: EnterpriseForm | ParkAuthorityForm) -> Body:
    return Body(
        type=OrganisationType(form.type.data),
        name=form.organisation.data,
        region_code=form.region_code.data,
        **form.registration,
    )


def _welcome(user: User) -> None:
    waiting = next((m.organisation for m in user.memberships if not m.is_approved), None)
    if waiting is not None:
        flash(_("已注册。“%(name)s”早已登记，它的管理员批准后，您就能代表它发布", name=waiting.name), "success")
    else:
        flash(_("已注册并登录"), "success")


def _seconds(wait: throttle.TooManyAttempts) -> str:
    return str(max(1, int((wait.until - now()).total_seconds())))


def _sign_in_page(form: SignInForm, wait: throttle.TooManyAttempts | None = None) -> str:
    return render_template("accounts/sign_in.html", form=form, wait=wait)


def _password_page(form: PasswordForm, wait: throttle.TooManyAttempts | None = None) -> str:
    return render_template("accounts/password.html", form=form, wait=wait)


def _registration_page(side: str, form: RegistrationForm) -> str:
    return render_template("accounts/register.html", side=side, registration=REGISTRATIONS[side], form=form)
