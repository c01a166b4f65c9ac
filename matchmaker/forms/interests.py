"""What a user fills in to express, or to decline, an interest, and to claim a park."""

import secrets

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from matchmaker.forms.choices import terms
from models.vocabulary import DeclineReason


class InterestForm(FlaskForm):
    """An interest: which own posting it speaks for, and a message."""

    form_key = HiddenField(default=lambda: secrets.token_urlsafe(24), validators=[DataRequired(), Length(max=64)])
    about = SelectField(
        _l("代表哪一条"),
        coerce=lambda value: int(value) if value else None,
        description=_l("对方会看到这条的公开内容"),
        validators=[Optional()],
    )
    message = TextAreaField(
        _l("想谈什么"),
        description=_l("写明为什么合适、希望对方先答复什么。接受之前不交换联系方式，不要在这里写电话"),
        validators=[InputRequired(_l("写几句想谈什么")), Length(min=5, max=600, message=_l("写 5 到 600 个字"))],
        render_kw={"rows": 5, "maxlength": 600},
    )


class DeclineForm(FlaskForm):
    """A coded reason, and words if need be."""

    reason = SelectField(_l("婉拒的原因"), choices=terms(DeclineReason), coerce=DeclineReason)
    words = StringField(
        _l("补充说明"),
        description=_l("对方会看到"),
        validators=[Optional(), Length(max=200, message=_l("最多 200 个字"))],
    )


class ClaimForm(FlaskForm):
    """Why the park is the claimant's."""

    evidence = TextAreaField(
        _l("凭什么认领"),
        description=_l("写明设立批文的名称和文号、单位在园区的职责。审核人员会核对单位的统一社会信用代码"),
        validators=[InputRequired(_l("写明凭什么认领")), Length(min=10, max=1000, message=_l("写 10 到 1,000 个字"))],
        render_kw={"rows": 6, "maxlength": 1000},
    )


class RefuseForm(FlaskForm):
    """Words for a claimant who was turned down."""

    words = StringField(
        _l("不通过的原因"),
        validators=[InputRequired(_l("写明原因")), Length(min=4, max=300, message=_l("写 4 到 300 个字"))],
    )
