"""What the detector finds among labelled promises, what it leaves alone, and what makes no difference to it."""

import csv
import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

import opencc
import pytest
import time_machine

from matchmaker.fair_competition import findings_in, key_of, kinds_of, label_of, rules
from models import ParkOffer
from models.vocabulary import PromiseLabel

FILE = Path(__file__).parents[2] / "data" / "offer_promises.csv"
L = PromiseLabel

Row = dict[str, str]


def promises(**wanted: str) -> list[Row]:
    lines = (line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    rows = list(csv.DictReader(lines))
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def gold(row: Row) -> PromiseLabel:
    return L.LAWFUL if row["label"] == "g2g" else L(row["label"])


def quality(rows: list[Row]) -> tuple[float, float]:
    """Return recall and precision for being flagged at all."""
    pairs = [(gold(row) is not L.LAWFUL, label_of(row["clause"], rules()) is not L.LAWFUL) for row in rows]
    hits = pairs.count((True, True))
    return hits / sum(flagged for flagged, _found in pairs), hits / sum(found for _flagged, found in pairs)


def test_the_labelled_set_is_large_and_holds_every_kind() -> None:
    own = [row for row in promises() if row["batch"] != "r"]
    assert len(own) >= 120
    assert len(promises(batch="r")) == 28
    assert {row["label"] for row in own} == {"unlawful", "needs_review", "lawful", "g2g"}
    assert {row["kind"] for row in own if row["kind"]} == {kind.id for kind in rules().kinds}
    assert len({row["clause"] for row in promises()}) == len(promises())


@pytest.mark.parametrize("rows", [promises(), promises(split="held_out"), promises(batch="r")], ids=len)
def test_promises_are_found_and_little_else(rows: list[Row]) -> None:
    recall, precision = quality(rows)
    assert recall >= 0.95
    assert precision >= 0.80


def test_labels_are_seldom_confused() -> None:
    agree = [label_of(row["clause"], rules()) is gold(row) for row in promises()]
    assert sum(agree) / len(agree) >= 0.95


def test_the_kind_that_was_meant_is_named() -> None:
    told = [row for row in promises() if row["kind"]]
    right = [row["kind"] in [kind.id for kind in kinds_of(row["clause"], rules())] for row in told]
    assert sum(right) / len(right) >= 0.95


def test_sharing_between_governments_is_never_a_promise() -> None:
    assert [row["clause"] for row in promises(label="g2g") if kinds_of(row["clause"], rules())] == []


def test_what_governments_share_and_hand_on_to_firms_is_one() -> None:
    shared = "两地政府按 5:5 分享园区税收的地方留成"
    assert label_of(f"{shared}。", rules()) is L.LAWFUL
    assert label_of(f"{shared}，企业不从中得到返还。", rules()) is L.LAWFUL
    assert label_of(f"{shared}，飞入地把所得的一半奖励给落户企业。", rules()) is L.UNLAWFUL


@pytest.mark.parametrize(
    ("unlawful", "lawful"),
    [
        ("按企业纳税额的 5% 奖励。", "设备补助公开申报，不与企业纳税额挂钩。"),
        ("企业须在本地注册独立法人。", "不要求企业在本地注册独立法人。"),
        ("企业五年内不得迁出。", "企业五年内可以自由迁出。"),
        ("工业用地按最低价标准的 50% 出让。", "工业用地按不低于最低价标准的 70% 出让。"),
        ("电价锁定 0.4 元/千瓦时，五年不变。", "电价按目录电价执行。"),
        ("行政事业性收费全免。", "依法享受国家规定的行政事业性收费减免。"),
        ("物业必须由园区指定的公司提供。", "物业公司由企业自主选择。"),
        ("政府采购时本地企业加 5 分。", "政府采购面向各地企业公开招标。"),
    ],
)
def test_a_word_makes_the_difference(unlawful: str, lawful: str) -> None:
    assert label_of(unlawful, rules()) is L.UNLAWFUL
    assert label_of(lawful, rules()) is L.LAWFUL


def test_a_rent_free_factory_waits_for_a_review_and_is_not_unlawful() -> None:
    for words in (
        "标准厂房前三年免租。",
        "厂房租金三免两减半。",
        "廠房首年免租。",
        "The factory is rent-free for two years.",
    ):
        assert label_of(words, rules()) is L.NEEDS_REVIEW


@pytest.mark.parametrize(
    "rewrite",
    [
        opencc.OpenCC("s2t").convert,
        lambda words: words.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789%"}),
        lambda words: words.replace("，", ", ").replace("企业", " 企业 "),
    ],
    ids=["traditional", "full width", "spaces"],
)
def test_script_and_width_make_no_difference(rewrite: Callable[[str], str]) -> None:
    told = [row["clause"] for row in promises() if not row["clause"].isascii()]
    assert [words for words in told if label_of(rewrite(words), rules()) is not label_of(words, rules())] == []


def test_every_lawful_wording_is_lawful_in_every_language_and_fits_the_input() -> None:
    for kind in rules().kinds:
        for words in kind.rewording.values():
            assert len(words) <= 200
            assert findings_in(ParkOffer, {"description": words}, [{"type": "approval", "summary": words}]) == []


def test_a_fingerprint_outlives_spaces_and_script_but_no_other_number() -> None:
    assert key_of("按纳税额的５％ 奖励。") == key_of("按納稅額的5%獎勵")
    assert key_of("按纳税额的5%奖励") != key_of("按纳税额的6%奖励")


def test_before_the_regulation_nothing_was_found() -> None:
    facts = {"description": "按企业纳税额的 5% 奖励。"}
    with time_machine.travel(dt.datetime(2024, 7, 31, tzinfo=dt.UTC)):
        assert findings_in(ParkOffer, facts, []) == []
    with time_machine.travel(dt.datetime(2024, 8, 1, tzinfo=dt.UTC)):
        assert len(findings_in(ParkOffer, facts, [])) == 1


def test_no_text_takes_long() -> None:
    begun = time.perf_counter()
    for piece in ("税", "不", "奖励", "不得给予企业", "享受国家统一", "园区管委会返还", "a ", "(1)"):
        kinds_of((piece * 4000)[:4000], rules())
    assert time.perf_counter() - begun < 8
