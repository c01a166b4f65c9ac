"""Find the words of a query in a text as its author wrote it, and cut out the pieces worth showing."""

import re
from collections.abc import Iterable

from search.analysis import Unit, clean, simplified, word_pattern
from search.engine import Fragment

BEFORE = 24  # characters of context; Chinese says much in few
AFTER = 72
MOST_FRAGMENTS = 2


def folded(text: str) -> tuple[str, list[int]]:
    """Normalise a text and tell for each character of the result which character of the text it came from."""
    characters: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(text):
        for one in clean(character).lower():
            characters.append(one)
            origins.append(at)
    joined = "".join(characters)
    plain = simplified(joined)
    # Conversion keeps the length but for a handful of phrases; then the text is searched as it was written.
    return (plain if len(plain) == len(joined) else joined), origins


def words_pattern(units: Iterable[Unit]) -> re.Pattern[str] | None:
    """Return one pattern for everything that the query's units may be written as."""
    words = {phrase.text for unit in units for phrase in (*unit.phrases, *unit.parts) if phrase.found_by == "words"}
    if not words:
        return None
    return re.compile("|".join(word_pattern(word) for word in sorted(words, key=len, reverse=True)))


def marks(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return start and end of each place where the pattern is found; overlapping and touching ones become one."""
    plain, origins = folded(text)
    found: list[tuple[int, int]] = []
    at = 0
    # Pairs of a longer run overlap, so the search goes on at the next character and not behind the match.
    while match := pattern.search(plain, at):
        start, end = origins[match.start()], origins[match.end() - 1] + 1
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
        at = match.start() + 1
    return found


def fragments(title: str, body: str, pattern: re.Pattern[str]) -> tuple[Fragment, ...]:
    """Return the title when it has a word of the query, and the first pieces of the body that have."""
    pieces: list[Fragment] = []
    if in_title := marks(title, pattern):
        pieces.append(Fragment("title", title, tuple(in_title)))
    waiting = marks(body, pattern)
    while waiting and len(pieces) < MOST_FRAGMENTS + 1:
        start = max(0, waiting[0][0] - BEFORE)
        end = min(len(body), max(waiting[0][1], waiting[0][0] + AFTER))
        inside = [mark for mark in waiting if mark[1] <= end]
        waiting = waiting[len(inside) :]
        pieces.append(Fragment("body", body[start:end], tuple((a - start, b - start) for a, b in inside)))
    return tuple(pieces)
