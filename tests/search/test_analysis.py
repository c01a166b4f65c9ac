"""How Chinese, English and pinyin text is cut, and what a visitor's text is taken to ask for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis
from search.analysis import characters, code, initials, normalise, parse, pinyin, simplified, spellings, tokens
from search.highlight import fragments, marks, words_pattern


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("標準廠房", "标准厂房"),
        ("ＰＣＢ　１００㎡", "pcb 100m2"),
        ("100～200亩", "100～200亩"),  # NFKC alone would make a Latin tilde of it
        ("厂\x00房\u200b出\u202e租", "厂房出租"),
        ("頭髮乾燥", "头发干燥"),
        ("\ud800厂房", "厂房"),
    ],
)
def test_every_way_of_writing_it_becomes_one(written: str, read: str) -> None:
    assert normalise(written) == read


@given(st.text())
def test_normalising_twice_changes_nothing_that_is_indexed(text: str) -> None:
    assert tokens(normalise(text)) == tokens(text)


@given(st.text())
def test_tokens_can_never_be_query_syntax(text: str) -> None:
    assert all(re.fullmatch(r"[\w.]+", token) for token in tokens(text))
    assert not any('"' in token for unit in parse(text) for phrase in unit.phrases for token in phrase.tokens)


def test_han_is_indexed_by_pairs_and_its_last_character() -> None:
    assert tokens("郴州高新区PCB厂") == ["郴州", "州高", "高新", "新区", "区", "pcb", "厂"]
    assert tokens("20,000㎡，层高6.5米") == ["20000", "m2", "层高", "高", "6.5", "米"]
    assert tokens("5000m2 10kV HN01001") == ["5000", "m2", "10", "kv", "hn01001"]


def test_characters_are_for_measures_without_a_dictionary() -> None:
    assert characters("线路板PCB") == ["线", "路", "板", "线路", "路板", "pcb"]
    assert characters("线路板", 2, 3) == ["线路", "路板", "线路板"]


def test_codes_are_compared_without_case_and_separators() -> None:
    assert code("ｈｎ-01 001") == code("HN01001") == "hn01001"


def test_names_are_found_by_sound_and_by_initials() -> None:
    assert pinyin("重庆、番禺和汝城") == ["chong", "qing", "pan", "yu", "he", "ru", "cheng"]
    assert any(letters.startswith("gxq") for letters in initials("郴州高新区"))


def test_pinyin_is_cut_into_syllables_in_every_way() -> None:
    assert spellings("chenzhou") == [("chen", "zhou")]
    assert spellings("xian") == [("xian",), ("xi", "an")]
    assert spellings("pcb") == []
    assert len(spellings("gangangangangangan")) <= analysis.MAX_SPELLINGS


@pytest.mark.parametrize(
    ("typed", "units"),
    [
        ("我想找郴州的廠房", ["郴州", "厂房"]),
        ("郴州线路板厂房出租", ["郴州", "线路板", "厂房", "出租"]),
        ("有污水的地", ["污水", "地"]),
        ("铝", ["铝"]),
        ("offer-2026-0001", ["offer 2026 0001"]),
        ("printed circuit board factory", ["printed circuit board", "factory"]),
        ("厂房 厂房", ["厂房"]),
        ("怎么样", ["样"]),
        ("((((", []),
        ("", []),
    ],
)
def test_what_is_asked_for(typed: str, units: list[str]) -> None:
    assert [unit.text for unit in parse(typed)] == units


def test_a_synonym_is_another_way_of_saying_it_and_counts_less() -> None:
    (unit,) = parse("PCB")
    weights = {phrase.text: phrase.weight for phrase in unit.phrases}
    assert weights["pcb"] == 1
    assert weights["线路板"] == analysis.SYNONYM_WEIGHT
    assert "印制线路板" not in weights, "a text with that word has 线路板 in it"


def test_every_group_of_synonyms_is_dated_and_read() -> None:
    groups = analysis.yaml.safe_load(analysis.SYNONYMS.read_text(encoding="utf-8"))["groups"]
    assert all(group["since"] and len(group["words"]) > 1 for group in groups)
    for group in groups:
        for word in group["words"]:
            assert len(parse(word)) == 1, f"{word} is one thing"


def test_marks_stand_on_the_text_as_it_was_written() -> None:
    pattern = words_pattern(parse("廠房 污水 m2"))
    assert pattern is not None
    text = "標準廠房５０００㎡，污水、廢水"
    assert [text[start:end] for start, end in marks(text, pattern)] == ["廠房", "㎡", "污水", "廢水"]


def test_pieces_of_a_long_text_hold_their_marks() -> None:
    pattern = words_pattern(parse("污水"))
    assert pattern is not None
    body = "甲" * 200 + "污水" + "乙" * 300 + "废水" + "丙" * 50
    found = fragments("无关的标题", body, pattern)
    assert [piece.text[slice(*piece.marks[0])] for piece in found] == ["污水", "废水"]
    assert all(len(piece.text) < 110 for piece in found)


def test_simplifying_leaves_the_rest_alone() -> None:
    assert simplified("PCB 100～200 臺") == "PCB 100～200 台"
