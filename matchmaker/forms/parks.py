"""What a park's manager states about its directory entry."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from models import Park, today
from models.vocabulary import Answer, PortType

MOST_INDUSTRIES = 12
LONGEST_INDUSTRY = 30
LARGEST_HA = 100_000


class PhrasesField(TextAreaField):
    """Phrases typed with commas or line breaks between; the value is their list."""

    def process_data(self, value: list[str] | None) -> None:
        """Show the list a phrase per line."""
        self.data = list(value or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        """Cut what was typed into phrases."""
        words = re.split(r"[,，、;；\n]", valuelist[0]) if valuelist else []
        self.data = list(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))

    def _value(self) -> str:
        return "\n".join(self.data or [])


class AreaField(StringField):
    """An area in hectares, typed with or without thousands commas."""

    def process_data(self, value: float | None) -> None:
        """Show the number as people type it."""
        self.typed = "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, and keep what was typed where it is none."""
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        plain = self.typed.replace(",", "").replace("，", "").replace(" ", "")
        if plain and not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", plain):
            raise ValueError(_("请只填数字，单位是公顷"))
        if plain:
            self.data = float(plain)
            if not 0 < self.data <= LARGEST_HA:
                raise ValueError(_("填 0 到 100,000 公顷之间的数"))

    def _value(self) -> str:
        return self.typed


class ParkForm(FlaskForm):
    """The facts of an entry that its manager may state, and the version that was read."""

    version = HiddenField(validators=[InputRequired()])
    leading_industries = PhrasesField(
        _l("主导产业"),
        description=_l("逗号或换行隔开，最主要的写在前面，例如 电子信息"),
        validators=[InputRequired(_l("至少写一个主导产业"))],
    )
    customs_facilities = SelectMultipleField(
        _l("已批准的口岸和海关设施"),
        description=_l("只勾园区内已经批准的；申请中的不算"),
        choices=[(port.value, port.label) for port in PortType],
    )
    chemical_status = RadioField(
        _l("有省里认定的化工片区吗"),
        description=_l("认定的是片区；每块地是否在片区里，发布载体时另填"),
        choices=[(answer.value, answer.label) for answer in Answer],
        validators=[InputRequired(_l("选一项，不知道就选“不确定”"))],
    )
    chemical_as_of = DateField(_l("认定资料的日期"), description=_l("例如 2026-06-30"), validators=[Optional()])
    chemical_source = StringField(
        _l("认定资料的来源"),
        description=_l("文件名和文号，或网址"),
        validators=[Length(max=300, message=_l("最多 300 个字"))],
    )
    approved_area_ha = AreaField(_l("批准面积"), description=_l("国务院、省政府批准的四至面积；1 公顷 = 15 亩"))
    area_basis = StringField(
        _l("面积的依据"),
        description=_l("批准文件的名称和文号"),
        validators=[Length(max=200, message=_l("最多 200 个字"))],
    )
    note = TextAreaField(
        _l("补充说明"),
        description=_l("例如 与哪个园区一体管理、分几个片区。公开显示"),
        validators=[Length(max=1000, message=_l("最多 1,000 个字"))],
    )

    @classmethod
    def of(cls, park: Park) -> "ParkForm":
        """Open the form over an entry; after a send it holds what was typed."""
        return cls(obj=park, chemical_status=park.chemical_status.value)

    def validate_leading_industries(self, field: PhrasesField) -> None:
        """Keep the list short enough to read."""
        phrases = field.data or []
        if len(phrases) > MOST_INDUSTRIES:
            raise ValidationError(_("最多 %(most)s 个，现在 %(now)s 个", most=MOST_INDUSTRIES, now=len(phrases)))
        long = next((phrase for phrase in phrases if len(phrase) > LONGEST_INDUSTRY), None)
        if long is not None:
            raise ValidationError(_("“%(phrase)s”太长，每个最多 %(most)s 个字", phrase=long, most=LONGEST_INDUSTRY))

    def validate_chemical_as_of(self, field: DateField) -> None:
        """Ask for the day of what is claimed."""
        if field.data is not None and field.data > today():
            raise ValidationError(_("日期不能晚于今天"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also ask that a claim comes with its day and source, and an area with its basis."""
        good: bool = super().validate(extra_validators)
        if self.chemical_status.data in (Answer.YES.value, Answer.NO.value):
            good &= self._needs(self.chemical_as_of, _("写了是或否，就要写资料的日期"))
            good &= self._needs(self.chemical_source, _("写了是或否，就要写资料的来源"))
        if self.approved_area_ha.data is not None:
            good &= self._needs(self.area_basis, _("写了面积，就要写依据"))
        return good

    def _needs(self, field: Any, words: str) -> bool:
        if not field.data and not field.errors:
            field.errors = [words]
        return bool(field.data)

    def values(self) -> dict[str, Any]:
        """Return what was typed as the columns store it."""
        return {
            "leading_industries": self.leading_industries.data,
            "customs_facilities": self.customs_facilities.data or None,
            "chemical_status": Answer(self.chemical_status.data),
            "chemical_as_of": self.chemical_as_of.data,
            "chemical_source": (self.chemical_source.data or "").strip() or None,
            "approved_area_ha": self.approved_area_ha.data,
            "area_basis": (self.area_basis.data or "").strip() or None,
            "note": (self.note.data or "").strip() or None,
        }
