"""Chinese words for the trades that an English text names."""

import re
from functools import cache

from search.analysis import HAN, normalise, synonyms, word_pattern

_HAN = re.compile(f"[{HAN}]")
_PLURAL = re.compile(r"\b([a-z]{3,}?)(?:(?<=[sxh])es|s)\b")


def chinese_words(text: str) -> list[str]:
    """Return the Chinese words of the synonym list for the English ones in a text that is mostly English."""
    normalised = normalise(text)
    if len(_HAN.findall(normalised)) * 4 > len(normalised):
        return []
    texts = (normalised, _PLURAL.sub(r"\1", normalised))
    named = dict.fromkeys(match.group() for written in texts for match in _english().finditer(written))
    return list(dict.fromkeys(word for name in named for word in _chinese(name)))


@cache
def _english() -> re.Pattern[str]:
    words = sorted((word for word in synonyms() if word.isascii()), key=len, reverse=True)
    return re.compile("|".join(map(word_pattern, words)))


def _chinese(written: str) -> list[str]:
    word = " ".join(re.split(r"[\W_]+", written))
    return [other for other in synonyms().get(word, ()) if _HAN.search(other)]
