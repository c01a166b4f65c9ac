"""Words that people wrote freely: which are the same, found by number for whole columns."""

import random

import numpy as np
import pytest

from matchmaker.recommender.facts import Item
from matchmaker.recommender.frame import Frame
from matchmaker.recommender.sharing import asked_words, shared_words
from matchmaker.recommender.wordbook import Wordbook, is_same

LICENCES = ["执业药师", "执业药师（中药）", "註冊建造師", "一级注册建造师", "CPA", "ｃｐａ 会员", "律师", " ", "药师"]


def positions(reference, rows):
    items = [Item("position", "position:-", "", {"licences_required": row}) for row in rows]
    return Frame.of("position", items, reference)


def talents(reference, rows):
    return Frame.of("talent", [Item("talent", "talent:-", "", {"licences": row}) for row in rows], reference)


def lists(dice, count):
    return [dice.sample(LICENCES, dice.randrange(5)) for _ in range(count)]


@pytest.mark.parametrize(
    ("asked", "own", "same"),
    [
        ("执业药师", "执业药师（中药）", True),
        ("执业药师（中药）", "执业药师", True),
        ("注册建造师", "一級註冊建造師", True),
        ("CPA", "ｃｐａ", True),
        ("执业药师", "执业医师", False),
        ("", "执业药师", False),
        (" ", " ", False),
    ],
)
def test_two_words_are_the_same_where_one_contains_the_other(asked, own, same):
    assert is_same(asked, own) is same


def test_a_wordbook_finds_what_comparing_all_words_finds():
    dice, book = random.Random(3), Wordbook()
    # In two portions, since words that came late are found in another way than those that are written up.
    for portion in range(2):
        for _ in range(400):
            book.number("".join(dice.choice("电镀压合工艺药师 A") for _ in range(dice.randrange(1, 5))))
        for asked in ("电镀", "压合工艺药师", "师", "a", "没有这个词"):
            expected = [number for number, word in enumerate(book.words) if is_same(asked, word)]
            assert book.same_as(asked).tolist() == expected, (portion, asked)
        newest = book.number(f"电镀工艺总监{portion}")
        assert newest in book.same_as("电镀工艺总监")


def test_a_word_keeps_its_number():
    book = Wordbook()
    numbers = [book.number(word) for word in LICENCES]
    assert [book.number(word) for word in LICENCES] == numbers == list(range(len(LICENCES)))
    assert [book.words[number] for number in numbers] == LICENCES


def test_columns_share_the_words_that_comparing_each_pair_finds(reference):
    dice = random.Random(5)
    asked, own = lists(dice, 50), lists(dice, 50)
    left, right = positions(reference, asked), talents(reference, own)

    def expected(mine, theirs):
        return sum(1 << at for at, word in enumerate(mine) if any(is_same(word, other) for other in theirs))

    one = np.array([7])
    assert asked_words(left, "licences_required").tolist() == [(1 << len(mine)) - 1 for mine in asked]
    pairs = shared_words(left, "licences_required", right, "licences")
    assert pairs.tolist() == [expected(mine, theirs) for mine, theirs in zip(asked, own, strict=True)]
    forth = shared_words(left.take(one), "licences_required", right, "licences")
    assert forth.tolist() == [expected(asked[7], theirs) for theirs in own]
    back = shared_words(left, "licences_required", right.take(one), "licences")
    assert back.tolist() == [expected(mine, own[7]) for mine in asked]


def test_a_row_that_is_written_again_forgets_its_words(reference):
    right = talents(reference, [["执业药师", "律师"], ["CPA"]])
    right.write(0, Item("talent", "talent:-", "", {"licences": ["注册建造师"]}))
    right.append(Item("talent", "talent:-", "", {"licences": ["一", "二", "三", "律师"]}))

    left = positions(reference, [["律师", "建造师"]])

    assert shared_words(left, "licences_required", right, "licences").tolist() == [2, 0, 1]
