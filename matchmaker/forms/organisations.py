"""What a person fills in about an organisation."""

from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, Form, RadioField, SelectField, StringField, TextAreaField, URLField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from matchmaker import registration_numbers
from matchmaker.forms.choices import choices
from matchmaker.forms.filters import or_nothing, stripped

REGISTERS = {
    "mainland": ("uscc", registration_numbers.uscc),
    "hong_kong": ("hong_kong_number", registration_numbers.hong_kong),
    "macao": ("macao_number", registration_numbers.macao),
}


class OrganisationPart(Form):
    """Name and place, as every form about an organisation asks for them."""

    organisation = StringField(
        _l("单位全称"),
        filters=[stripped],
        description=_l("和营业执照或批文上的一致"),
        validators=[InputRequired(_l("填写单位全称")), Length(min=2, max=120, message=_l("写 2 到 120 个字"))],
        render_kw={"autocomplete": "organization"},
    )
    region_code = SelectField(_l("所在地"), coerce=or_nothing, description=_l("可以以后再填"), validators=[Optional()])


class RegistrationPart(OrganisationPart):
    """The organisation that somebody registers for."""

    registered_in = RadioField(
        _l("注册地"),
        choices=choices([("mainland", _l("内地")), ("hong_kong", _l("香港")), ("macao", _l("澳门"))]),
        default="mainland",
    )
    number = StringField(
        _l("登记号码"),
        filters=[stripped],
        description=_l(
            "内地填 18 位统一社会信用代码；香港填商业登记号码（8 位）或公司编号；澳门填商业登记编号。"
            "单位已在平台登记的，填同一个号码就是申请加入"
        ),
        validators=[InputRequired(_l("填写登记号码")), Length(max=40, message=_l("最多 40 个字符"))],
        render_kw={"autocomplete": "off"},
    )

    def validate_number(self, field: Field) -> None:
        """Check the number by the rules of its register."""
        _name, check = REGISTERS[self._register]
        try:
            check(field.data)
        except registration_numbers.WrongNumber as wrong:
            raise ValidationError(_l(str(wrong))) from None

    @property
    def registration(self) -> dict[str, str]:
        """Return the checked number under the name of its column."""
        name, check = REGISTERS[self._register]
        return {name: check(self.number.data or "")}

    @property
    def _register(self) -> str:
        # Whoever has no choice, or made none that exists, is of the mainland; the field itself says what is wrong.
        place: Any = getattr(self, "registered_in", None)
        return place.data if place is not None and place.data in REGISTERS else "mainland"


class OrganisationForm(OrganisationPart, FlaskForm):
    """What an organisation says of itself."""

    website = URLField(
        _l("网址"),
        filters=[stripped, or_nothing],
        description=_l("可以不填。平台只显示网址，不会打开它"),
        validators=[Optional(), Length(max=200, message=_l("最多 200 个字符"))],
    )
    introduction = TextAreaField(
        _l("简介"),
        filters=[stripped, or_nothing],
        description=_l("可以不填。不写电话和邮箱，对方接受意向以后才看到联系方式"),
        validators=[Optional(), Length(max=400, message=_l("最多 400 个字"))],
    )

    def validate_website(self, field: Field) -> None:
        """Accept nothing but an address of the web, since it will stand in a link."""
        try:
            address = urlsplit(field.data)
        except ValueError:
            address = urlsplit("")
        if address.scheme not in ("http", "https") or not address.hostname or any(c.isspace() for c in field.data):
            raise ValidationError(_l("网址以 https:// 或 http:// 开头，例如 https://www.example.com"))
