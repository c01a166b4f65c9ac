"""What a person fills in to sign in, to register, and to look after the account."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, RadioField, StringField, TelField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, Regexp

from matchmaker.forms.choices import terms
from matchmaker.forms.filters import or_nothing, stripped
from matchmaker.forms.organisations import RegistrationPart
from models.vocabulary import OrganisationType

PHONE = re.compile(r"\+?[0-9 \-()]{6,28}$")


class SignInForm(FlaskForm):
    """Mail address and password; where to go afterwards rides along."""

    next = HiddenField()
    email = EmailField(
        _l("邮箱"),
        filters=[stripped],
        validators=[InputRequired(_l("填写注册时用的邮箱")), Length(max=200, message=_l("最多 200 个字符"))],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("密码"),
        validators=[InputRequired(_l("填写密码")), Length(max=1000, message=_l("密码最多 128 个字符"))],
        render_kw={"autocomplete": "current-password"},
    )


class ContactForm(FlaskForm):
    """A person's name and phone."""

    name = StringField(
        _l("姓名"),
        filters=[stripped],
        description=_l("对方接受意向以后才看到"),
        validators=[InputRequired(_l("填写姓名")), Length(max=60, message=_l("最多 60 个字"))],
        render_kw={"autocomplete": "name"},
    )
    phone = TelField(
        _l("电话"),
        filters=[stripped, or_nothing],
        description=_l("可以不填。对方接受意向以后才看到"),
        validators=[Optional(), Regexp(PHONE, message=_l("只写数字，可以带 + 和 -，例如 +852 5550 0000"))],
        render_kw={"autocomplete": "tel"},
    )


class RegistrationForm(ContactForm):
    """What everybody fills in to register."""

    email = EmailField(
        _l("邮箱"),
        filters=[stripped],
        description=_l("用来登录"),
        validators=[
            InputRequired(_l("填写邮箱")),
            Email(_l("写法不对，例如 name@example.com")),
            Length(max=200, message=_l("最多 200 个字符")),
        ],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("密码"),
        description=_l("至少 10 个字符，不用单位名、姓名和邮箱。几个不相干的词连起来最好记"),
        validators=[InputRequired(_l("填写密码"))],
        render_kw={"autocomplete": "new-password"},
    )
    terms = BooleanField(_l("我已阅读并同意服务条款和隐私说明"), validators=[DataRequired(_l("还没有勾选"))])


class EnterpriseForm(RegistrationPart, RegistrationForm):
    """An enterprise, chamber or institution, of the mainland, Hong Kong or Macao."""

    type = RadioField(
        _l("单位类型"),
        choices=terms((OrganisationType.ENTERPRISE, OrganisationType.CHAMBER, OrganisationType.INSTITUTION)),
        default=OrganisationType.ENTERPRISE.value,
    )


class ParkAuthorityForm(RegistrationPart, RegistrationForm):
    """A park authority or a department of Hunan."""

    type = RadioField(
        _l("单位类型"),
        choices=terms((OrganisationType.PARK_AUTHORITY, OrganisationType.GOVERNMENT)),
        default=OrganisationType.PARK_AUTHORITY.value,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out where it is registered: an authority is of the mainland."""
        super().__init__(*args, **kwargs)
        del self.registered_in


class TalentForm(RegistrationForm):
    """A talent, who may agree to be matched now or later."""

    matching = BooleanField(
        _l("同意公开人才画像（不含姓名和联系方式）并参与匹配"),
        description=_l("可以以后再决定。没有这项同意，画像只存为草稿，不公开也不参与匹配；随时可以撤回"),
    )


class PasswordForm(FlaskForm):
    """The password of now, and the one to come."""

    current = PasswordField(
        _l("现在的密码"),
        validators=[InputRequired(_l("填写现在的密码")), Length(max=1000, message=_l("密码最多 128 个字符"))],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _l("新密码"),
        description=_l("至少 10 个字符，不用单位名、姓名和邮箱。几个不相干的词连起来最好记"),
        validators=[InputRequired(_l("填写新密码"))],
        render_kw={"autocomplete": "new-password"},
    )
