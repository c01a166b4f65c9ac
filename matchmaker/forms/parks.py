"""What a park's manager states about its directory entry."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField

from matchmaker.forms.inputs import (
    ChoicesInput,
    DayInput,
    NumberInput,
    ParagraphInput,
    TextInput,
    ThreeValuedInput,
    WordsInput,
)
from matchmaker.forms.posting import read_version
from models import Field, Park, Shape, today
from models.vocabulary import N_, Answer, PortType

MOST_INDUSTRIES = 12

# A park's entry has no steps; otherwise its facts are described like those of a posting.
STATED: dict[str, Field] = {
    "leading_industries": Field(
        N_("主导产业"),
        Shape.TEXTS,
        "",
        help=N_("逗号或换行隔开，最主要的写在前面，例如 电子信息"),
        required=True,
        length=30,
    ),
    "customs_facilities": Field(
        N_("已批准的口岸和海关设施"),
        Shape.TERMS,
        "",
        help=N_("只勾园区内已经批准的；申请中的不算"),
        vocabulary=PortType,
    ),
    "chemical_status": Field(
        N_("有省里认定的化工片区吗"),
        Shape.ANSWER,
        "",
        help=N_("认定的是片区；每块地是否在片区里，发布载体时另填"),
        vocabulary=Answer,
        required=True,
    ),
    "chemical_as_of": Field(N_("认定资料的日期"), Shape.DATE, "", help=N_("例如 2026-06-30")),
    "chemical_source": Field(N_("认定资料的来源"), Shape.TEXT, "", help=N_("文件名和文号，或网址"), length=300),
    "approved_area_ha": Field(
        N_("批准面积"),
        Shape.NUMBER,
        "",
        unit=N_("公顷"),
        low=0.1,
        high=100_000,
        help=N_("国务院或省政府批准的面积；1 公顷 = 15 亩"),
    ),
    "area_basis": Field(N_("面积的依据"), Shape.TEXT, "", help=N_("批准文件的名称和文号"), length=200),
    "note": Field(
        N_("补充说明"), Shape.TEXT, "", help=N_("例如 与哪个园区一体管理、分几个片区。公开显示"), length=1000
    ),
}


class ParkForm(FlaskForm):
    """The facts of an entry that its manager may state, and the version that was read."""

    version = HiddenField()
    leading_industries = WordsInput(STATED["leading_industries"])
    customs_facilities = ChoicesInput(
        STATED["customs_facilities"], choices=[(port.value, _l(port.label)) for port in PortType]
    )
    chemical_status = ThreeValuedInput(STATED["chemical_status"])
    chemical_as_of = DayInput(STATED["chemical_as_of"])
    chemical_source = TextInput(STATED["chemical_source"])
    approved_area_ha = NumberInput(STATED["approved_area_ha"])
    area_basis = TextInput(STATED["area_basis"])
    note = ParagraphInput(STATED["note"])

    @classmethod
    def of(cls, park: Park) -> "ParkForm":
        """Open the form over an entry; after a send it holds what was typed."""
        return cls(version=str(park.version), **{name: getattr(park, name) for name in STATED})

    @property
    def read_version(self) -> int:
        """Return the version that the page was made from."""
        return read_version(self)

    def values(self) -> dict[str, Any]:
        """Return what was typed as the columns store it."""
        return {name: self[name].data for name in STATED}

    def validate(self, extra_validators: Any = None) -> bool:
        """Also ask for what must be there, and for what one answer makes necessary."""
        good: bool = super().validate(extra_validators)
        industries = self.leading_industries.data or []
        wrongs = [
            (self.leading_industries, not industries, _("至少写一个主导产业")),
            (
                self.leading_industries,
                len(industries) > MOST_INDUSTRIES,
                _("最多 %(most)s 个，现在 %(now)s 个", most=MOST_INDUSTRIES, now=len(industries)),
            ),
            (self.chemical_status, self.chemical_status.data is None, _("选一项，不知道就选“不确定”")),
            *self._wrongs_of_claims(),
        ]
        for field, is_wrong, words in wrongs:
            # A field that already says what is wrong with it is not told twice.
            if is_wrong and not field.errors:
                field.errors = [words]
                good = False
        return good

    def _wrongs_of_claims(self) -> list[tuple[Any, bool, str]]:
        """Ask that a claim comes with its day and source, and an area with its basis."""
        claims = self.chemical_status.data in (Answer.YES, Answer.NO)
        day, source, basis = self.chemical_as_of, self.chemical_source, self.area_basis
        return [
            (day, claims and day.data is None, _("写了是或否，就要写资料的日期")),
            (day, day.data is not None and day.data > today(), _("日期不能晚于今天")),
            (source, claims and not source.data, _("写了是或否，就要写资料的来源")),
            (basis, self.approved_area_ha.data is not None and not basis.data, _("写了面积，就要写依据")),
        ]
