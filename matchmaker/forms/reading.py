"""Reading what people really type: numbers with separators, days in several notations, lists of words."""

import datetime as dt
import re
import unicodedata

from models import WrongValue
from models.vocabulary import N_

# A thousands comma or space stands before exactly three digits; anything else in a number is a mistake.
GROUPED = re.compile(r"[+-]?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")
# A comma between digits belongs to a number; every other one separates.
BETWEEN_WORDS = re.compile(r"(?<!\d),|,(?!\d)|[，、;；\r\n]+")


def read_number(typed: str, unit: str) -> float | int | None:
    """Return the number somebody typed, thousands separators and full-width digits included."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return None
    if GROUPED.fullmatch(text):
        text = text.replace(",", "").replace(" ", "")
    if PLAIN.fullmatch(text):
        value = float(text)
        return int(value) if value.is_integer() else value
    if re.search(r"\d", text) and re.search(r"[^\d\s.,+-]", text):
        raise WrongValue(N_("请只填数字。“%(typed)s”里有单位，这里按 %(unit)s 填"), typed=typed.strip(), unit=unit)
    raise WrongValue(N_("请只填数字，单位是 %(unit)s"), unit=unit) if unit else WrongValue(N_("请只填数字"))


def read_day(typed: str) -> dt.date | None:
    """Return the day somebody typed: 2027-06-30, 2027年6月30日 or 2027/6/30."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return None
    found = DAY.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            return dt.date(year, month, day)
        except ValueError:
            raise WrongValue(N_("没有“%(typed)s”这一天"), typed=typed.strip()) from None
    raise WrongValue(N_("“%(typed)s”写成 2027-06-30 这样，年月日都要有"), typed=typed.strip())


def read_words(typed: str) -> list[str]:
    """Return the words of a list, separated by commas, 、, semicolons or line breaks."""
    return list(dict.fromkeys(word.strip() for word in BETWEEN_WORDS.split(typed) if word.strip()))
