"""The numbers that bodies are registered under, each checked and brought to one spelling."""

import re
import unicodedata

from stdnum.cn import uscc as stdnum_uscc
from stdnum.exceptions import ValidationError

from models.vocabulary import N_

# Since December 2023 the first 8 characters of the business registration certificate identify a body; those
# without a certificate carry a letter and 7 digits. The older company number has up to 7 digits.
HONG_KONG_CERTIFICATE = re.compile(r"(\d{8})(\d{3}\d{2}\d{2}[0-9A-Z])?")
HONG_KONG_LETTERED = re.compile(r"([A-Z]{1,2})(\d{4,7})")
HONG_KONG_COMPANY = re.compile(r"\d{4,7}")
# A number of the commercial register, with the letters of its book such as SO for a company.
MACAO = re.compile(r"(\d{1,6})([A-Z]{2})?")


class WrongNumber(ValueError):
    """A number that no register gives out; its text is a translatable sentence."""


def uscc(text: str) -> str:
    """Return the mainland's unified social credit code, or say what is wrong with it."""
    compact = _compact(text)
    if len(compact) != 18:
        raise WrongNumber(N_("统一社会信用代码是 18 位数字和大写字母"))
    try:
        code: str = stdnum_uscc.validate(compact)
    except ValidationError:
        raise WrongNumber(N_("这个统一社会信用代码的校验位不对，对照营业执照再看一遍")) from None
    return code


def hong_kong(text: str) -> str:
    """Return a Hong Kong business registration or company number in one spelling."""
    compact = _compact(text)
    if match := HONG_KONG_CERTIFICATE.fullmatch(compact):
        return match[1]
    if match := HONG_KONG_LETTERED.fullmatch(compact):
        return match[1] + match[2].zfill(8 - len(match[1]))
    if HONG_KONG_COMPANY.fullmatch(compact):
        return compact.zfill(7)
    raise WrongNumber(N_("香港商业登记号码是 8 位数字，公司编号最多 7 位"))


def macao(text: str) -> str:
    """Return a Macao commercial register number in one spelling."""
    match = MACAO.fullmatch(_compact(text))
    if match is None:
        raise WrongNumber(N_("澳门商业登记编号最多 6 位数字，后面可带两个字母，例如 12345 (SO)"))
    return match[1].lstrip("0") + (f" ({match[2]})" if match[2] else "")


def _compact(text: str) -> str:
    return re.sub(r"[\s\-().]", "", unicodedata.normalize("NFKC", text)).upper()
