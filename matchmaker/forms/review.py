"""What a reviewer writes to an owner, and what an owner writes back."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.forms.choices import choices, terms
from models.vocabulary import ReviewReason


class DecisionForm(FlaskForm):
    """Which version was read; a publication says nothing else."""

    version = HiddenField()


class SendBackForm(DecisionForm):
    """A coded reason, and words that say what to change."""

    reason = SelectField(
        _l("退回的原因"),
        choices=[*choices([("", _l("还没选"))]), *terms(ReviewReason)],
        validators=[InputRequired(_l("选一个原因"))],
    )
    words = TextAreaField(
        _l("写给发布人的话"),
        description=_l("写明哪一项、为什么、改成什么样就能通过。发布人会看到全文"),
        validators=[InputRequired(_l("写明要改什么")), Length(min=5, max=1000, message=_l("写 5 到 1,000 个字"))],
        render_kw={"rows": 5},
    )


class AppealForm(FlaskForm):
    """Why the decision should be another."""

    words = TextAreaField(
        _l("为什么不同意"),
        description=_l("写明依据。另一位工作人员会看到退回的原因和您的话，并重新决定"),
        validators=[InputRequired(_l("写明为什么不同意")), Length(min=10, max=1000, message=_l("写 10 到 1,000 个字"))],
        render_kw={"rows": 6},
    )
