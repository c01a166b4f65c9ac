"""What a reviewer writes to an owner, and what an owner writes back."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from matchmaker.forms.choices import choices, terms
from models import LEAST_CONCLUSION
from models.vocabulary import ClearingGround, PromiseDecision, ReviewReason


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
        validators=[InputRequired(_l("写明要改什么")), Length(min=5, max=3000, message=_l("写 5 到 3,000 个字"))],
        render_kw={"rows": 5},
    )


class PromiseForm(DecisionForm):
    """What a reviewer decides about one promise to enterprises, and on which ground."""

    decision = RadioField(
        _l("决定"),
        choices=terms(PromiseDecision),
        validators=[InputRequired(_l("选一个决定"))],
    )
    ground = SelectField(_l("可以发布的依据"), choices=choices([("", _l("须改写的不用选"))]), default="")
    words = TextAreaField(
        _l("审查结论"),
        description=_l("可以发布的必须写：依据、期限，为什么没有影响更小的办法。须改写的写不写都行"),
        validators=[Length(max=1000, message=_l("最多 1,000 个字"))],
        render_kw={"rows": 3},
    )

    def __init__(self, grounds: Iterable[ClearingGround], **more: Any) -> None:
        """Offer the grounds that may clear a promise of this label."""
        super().__init__(**more)
        self.ground.choices = [*choices([("", _l("须改写的不用选"))]), *terms(grounds)]

    @property
    def clears(self) -> bool:
        """Say whether the promise may be published."""
        return bool(self.decision.data == PromiseDecision.CLEARED)

    def validate_ground(self, field: SelectField) -> None:
        """Ask for a ground from whoever clears a promise."""
        if self.clears and not field.data:
            raise ValidationError(_("选一项依据"))

    def validate_words(self, field: TextAreaField) -> None:
        """Ask for a conclusion from whoever clears a promise."""
        if self.clears and len((field.data or "").strip()) < LEAST_CONCLUSION:
            raise ValidationError(_("写明审查结论，至少 %(count)s 个字", count=LEAST_CONCLUSION))


class AppealForm(FlaskForm):
    """Why the decision should be another."""

    words = TextAreaField(
        _l("为什么不同意"),
        description=_l("写明依据。另一位工作人员会看到退回的原因和您的话，并重新决定"),
        validators=[InputRequired(_l("写明为什么不同意")), Length(min=10, max=1000, message=_l("写 10 到 1,000 个字"))],
        render_kw={"rows": 6},
    )
