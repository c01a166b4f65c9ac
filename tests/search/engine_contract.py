"""What every engine promises, told as stories; an engine's own test file inherits them and brings a fixture `engine`.

    class TestEmbeddedEngine(EngineContract):
        @pytest.fixture
        def engine(self, tmp_path): ...

The fixture is an empty engine for vectors of `market.DIMENSIONS` numbers.
"""

import dataclasses
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engine import BadDocument, BadQuery, Document, Engine, EngineBusy, Query, Range, Results
from tests.search import market
from tests.search.market import BASELINE, CIRCUITS, COLD_STORAGE, EVERYONE, MARKET, about

SYNTAX = (
    "((((",
    "*:*",
    "*",
    '"',
    '""',
    '厂房" OR title:"',
    "title:厂房",
    "_exists_:title",
    "NEAR(厂房 出租)",
    "{title} : 厂房",
    "厂房 NOT 出租",
    "a AND b OR NOT c",
    "-厂房",
    "^厂房",
    "__proto__",
    '{"match_all": {}}',
    "${7*7}",
    "'; DROP TABLE document; --",
    "厂房\x00",
    "\ud800",
    "%",
    "\\",
    "/.*/",
    "~1",
)


def ids(found: Results) -> list[str]:
    return [hit.id for hit in found.hits]


def fill(engine: Engine) -> None:
    written = engine.put([document for document, _ in MARKET], [vector for _, vector in MARKET])
    assert (written.applied, written.refused) == (len(MARKET), 0)


def at_version(document: Document, version: int, **changes: object) -> Document:
    return dataclasses.replace(document, version=version, **changes)  # type: ignore[arg-type]


class EngineContract:
    @pytest.fixture
    def svc(self, engine: Engine) -> Engine:
        fill(engine)
        return engine

    # --- words ---

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("厂房", ["offer:1"]),  # two characters, inside a longer word
            ("房厂", []),
            ("廠房", ["offer:1"]),  # Traditional finds Simplified
            ("厂房 郴州", ["offer:1"]),
            ("我想找郴州的厂房", ["offer:1"]),
            ("郴州厂房", ["offer:1"]),  # a run that no text has, of words that one text has
            ("瓷", ["need:2"]),
            ("料", ["need:2"]),  # a character in the middle of a run
            ("ＰＲＩＮＴＥＤ", ["need:1"]),  # full width and upper case
            ("print", []),  # not a part of an English word
            ("冷库", ["offer:2"]),  # a synonym of 冷藏库
            ("cold storage", ["offer:2"]),
            ("PCB", ["need:1", "offer:1"]),
            ("chenzhou", ["offer:1"]),
            ("czgxq", ["offer:1"]),
            ("wy", []),
        ],
    )
    def test_a_visitor_types_words_and_finds_what_has_them(self, svc: Engine, typed: str, expected: list[str]) -> None:
        found = svc.search(Query(text=typed))
        assert sorted(ids(found)) == expected
        assert found.total == len(expected)

    def test_a_sentence_without_spaces_needs_most_of_its_pairs(self, svc: Engine) -> None:
        assert ids(svc.search(Query(text="适合线路板的标准厂房"))) == ["offer:1"]
        assert ids(svc.search(Query(text="飞机发动机叶片精密铸造"))) == []

    def test_when_no_document_has_all_words_those_with_half_are_shown_and_it_is_said(self, svc: Engine) -> None:
        strict = svc.search(Query(text="郴州 污水"))
        assert not strict.loosened
        loose = svc.search(Query(text="岳阳 陶瓷砖"))
        assert (ids(loose), loose.loosened) == (["offer:2"], True)

    def test_an_exact_code_comes_first_whatever_else_is_near(self, svc: Engine) -> None:
        found = svc.search(Query(text="hn01070", vector=about(CIRCUITS, 60), baseline=BASELINE))
        assert found.hits[0].id == "offer:2"
        assert found.hits[0].found_by[0] == "code"
        assert len(found.hits) > 1, "the near ones follow"

    def test_a_hit_tells_by_which_words_and_shows_where(self, svc: Engine) -> None:
        (hit,) = svc.search(Query(text="線路板 標準廠房")).hits
        assert hit.found_by == ("words",)
        assert set(hit.words) == {"线路板", "标准厂房"}
        shown = {piece.field: [piece.text[start:end] for start, end in piece.marks] for piece in hit.fragments}
        assert shown == {"title": ["标准厂房"], "body": ["线路板"]}

    @pytest.mark.parametrize("typed", SYNTAX)
    def test_query_syntax_is_only_text(self, svc: Engine, typed: str) -> None:
        found = svc.search(Query(text=typed))
        assert {hit.id for hit in found.hits} <= {"offer:1", "need:1"}
        if not any(character.isalnum() for character in typed):
            assert found.total == 0, "nothing that was asked for is not everything"

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.text(max_size=100))
    def test_no_text_breaks_a_search_or_shows_what_is_hidden(self, svc: Engine, text: str) -> None:
        assert {hit.kind for hit in svc.search(Query(text=text)).hits} <= {"offer", "need"}

    # --- meaning ---

    def test_meaning_finds_what_words_do_not(self, svc: Engine) -> None:
        found = svc.search(Query(text="苹果", vector=about(COLD_STORAGE, 60), baseline=BASELINE))
        assert ids(found) == ["offer:2"]
        assert found.hits[0].found_by == ("meaning",)
        assert found.hits[0].lexical is None
        assert found.hits[0].dense == pytest.approx(0.9**2 + 0.43**2, abs=1e-3)

    def test_nonsense_does_not_return_the_whole_market(self, svc: Engine) -> None:
        assert svc.search(Query(text="苹果", vector=about(77, 60), baseline=BASELINE)).total == 0

    def test_without_a_baseline_meaning_orders_but_finds_nothing(self, svc: Engine) -> None:
        assert svc.search(Query(text="苹果", vector=about(COLD_STORAGE, 60))).total == 0
        assert ids(svc.search(Query(text="PCB", vector=about(CIRCUITS, 13))))[0] == "need:1"

    def test_words_and_meaning_together_beat_either(self, svc: Engine) -> None:
        found = svc.search(Query(text="线路板", vector=about(CIRCUITS, 60), baseline=BASELINE, audiences=EVERYONE))
        assert found.hits[0].found_by == ("words", "meaning")
        assert {"offer:1", "need:1", "talent:1", "match:1"} == set(ids(found))

    def test_stored_vectors_come_back(self, svc: Engine) -> None:
        found = svc.vectors(["offer:1", "offer:3", "no:1"])
        assert list(found) == ["offer:1"]
        np.testing.assert_allclose(found["offer:1"], about(CIRCUITS, 11), atol=1e-3)

    # --- filters, facets, order ---

    def test_values_of_one_facet_are_alternatives_and_facets_add_up(self, svc: Engine) -> None:
        both = Query(filters={"prefecture": ("431000", "430600")})
        assert set(ids(svc.search(both))) == {"offer:1", "offer:2", "need:1"}
        narrower = Query(filters={"prefecture": ("431000", "430600"), "industry": ("C39",)}, kinds=("offer",))
        assert ids(svc.search(narrower)) == ["offer:1"]
        assert ids(svc.search(Query(filters={"prefecture": ("999999",)}))) == []
        assert svc.search(Query(filters={"prefecture": ()})).total == 5, "an empty filter filters nothing"

    def test_what_says_nothing_about_a_facet_can_be_asked_for(self, svc: Engine) -> None:
        assert ids(svc.search(Query(filters={"prefecture": ("",)}))) == ["need:2"]
        assert set(ids(svc.search(Query(filters={"prefecture": ("430600", "")})))) == {"offer:2", "need:2"}

    def test_unknown_numbers_stay_unless_they_are_unwanted(self, svc: Engine) -> None:
        assert set(ids(svc.search(Query(ranges={"area_mu": Range(low=55)})))) == {"offer:2", "need:1", "offer:3"}
        known = Range(low=60, high=120, include_unknown=False)
        assert set(ids(svc.search(Query(ranges={"area_mu": known})))) == {"offer:2", "need:1"}
        assert svc.search(Query(ranges={"headcount": Range(low=1, include_unknown=False)})).total == 0
        assert svc.search(Query(ranges={"headcount": Range(low=1)})).total == 5

    @pytest.mark.parametrize("text", ["", "郴州"])
    def test_each_facet_count_is_what_choosing_that_value_alone_would_list(self, svc: Engine, text: str) -> None:
        names = ("kind", "prefecture", "industry", "customs")
        chosen = {"prefecture": ("431000",), "customs": ("bonded",)}
        found = svc.search(Query(text=text, filters=chosen, facets=names))
        for name in names:
            for value, count in found.facets[name].items():
                alone = chosen | {name: (value,)}
                assert svc.search(Query(text=text, filters=alone)).total == count, (name, value)
        if not text:
            assert found.facets["prefecture"] == {"431000": 1}
            assert found.facets["customs"] == {"bonded": 1, "rail": 1}

    def test_a_facet_offers_the_siblings_of_what_is_chosen(self, svc: Engine) -> None:
        found = svc.search(Query(kinds=("offer",), facets=("kind",)))
        assert found.facets["kind"] == {"offer": 3, "need": 2}
        assert found.total == 3

    def test_lists_are_sorted_by_a_number_with_the_unknown_last(self, svc: Engine) -> None:
        assert ids(svc.search(Query(sort="area_mu:asc"))) == ["need:2", "offer:1", "need:1", "offer:2", "offer:3"]
        assert ids(svc.search(Query(sort="area_mu:desc"))) == ["offer:2", "need:1", "offer:1", "need:2", "offer:3"]
        assert ids(svc.search(Query(sort="newest"))) == ["offer:2", "offer:3", "need:1", "offer:1", "need:2"]
        assert ids(svc.search(Query())) == ids(svc.search(Query(sort="newest"))), "without words the newest come first"

    def test_pages_follow_each_other_without_gap_or_repetition(self, engine: Engine) -> None:
        twins = [Document(id=f"offer:{n}", kind="offer", version=1, title="厂房") for n in range(1, 24)]
        engine.put(twins, [None] * len(twins))
        pages = [ids(engine.search(Query(text="厂房", page=page, size=5))) for page in range(1, 7)]
        assert [len(page) for page in pages] == [5, 5, 5, 5, 3, 0]
        assert [key for page in pages for key in page] == sorted(document.id for document in twins)

    def test_a_list_can_be_restricted_to_some_documents(self, svc: Engine) -> None:
        found = svc.search(Query(ids=("offer:1", "talent:1", "gone:1"), facets=("kind",)))
        assert (ids(found), found.facets["kind"]) == (["offer:1"], {"offer": 1})
        assert svc.search(Query(ids=())).total == 0

    # --- who may see what ---

    def test_nobody_sees_counts_or_finds_what_is_not_for_them(self, svc: Engine) -> None:
        facets = ("kind", "prefecture", "furong")
        public = svc.search(Query(text="线路板", vector=about(CIRCUITS, 60), baseline=BASELINE, facets=facets))
        assert set(ids(public)) == {"offer:1", "need:1"}
        assert public.facets == {"kind": {"need": 1, "offer": 1}, "prefecture": {"431000": 2}, "furong": {}}
        assert svc.search(Query(text="talent-2026-0001")).total == 0
        assert svc.search(Query(ids=("match:1",))).total == 0
        assert svc.candidates(about(CIRCUITS, 60), kinds=("talent", "match")) == []

    def test_members_staff_and_one_organisation_see_more(self, svc: Engine) -> None:
        def kinds(*audiences: str) -> set[str]:
            return {hit.kind for hit in svc.search(Query(audiences=audiences)).hits}

        assert kinds("public", "members") == {"offer", "need", "talent"}
        assert kinds("public", "organisation:7") == {"offer", "need", "match"}
        assert kinds("public", "organisation:8") == {"offer", "need"}
        assert kinds() == set()

    # --- bounds ---

    @pytest.mark.parametrize(
        "wrong",
        [
            {"text": "厂" * 101},
            {"page": 0},
            {"page": 10**9},
            {"size": 0},
            {"size": 10**6},
            {"page": 101, "size": 20},
            {"sort": "version"},
            {"sort": "area_mu; DROP TABLE"},
            {"facets": ("audiences",)},
            {"filters": {"owner_id": ("1",)}},
            {"filters": {"kind": ("offer",) * 300}},
            {"ranges": {"version": Range(low=1)}},
            {"ids": tuple(map(str, range(20_000)))},
        ],
    )
    def test_a_question_without_bounds_is_refused(self, wrong: dict[str, object]) -> None:
        with pytest.raises(BadQuery):
            Query(**wrong)  # type: ignore[arg-type]

    def test_candidates_are_bounded_by_the_same_names(self, svc: Engine) -> None:
        with pytest.raises(BadQuery):
            svc.candidates(None, filters={"owner_id": ("1",)})

    @pytest.mark.parametrize(
        "wrong", [{"terms": {"colour": ("red",)}}, {"numbers": {"weight": 1.0}}, {"audiences": ()}, {"id": ""}]
    )
    def test_a_document_with_a_field_that_no_engine_has_is_refused(self, wrong: dict[str, object]) -> None:
        with pytest.raises(BadDocument):
            Document(**{"id": "offer:1", "kind": "offer", "version": 1, "title": "厂房"} | wrong)  # type: ignore[arg-type]

    # --- candidates for the recommender ---

    def test_candidates_need_no_word_in_common_and_come_best_first(self, svc: Engine) -> None:
        found = svc.candidates(about(CIRCUITS, 13), "电镀 线路板", kinds=("offer", "need"))
        assert {hit.id for hit in found} == {"offer:1", "offer:2", "offer:3", "need:1", "need:2"}
        assert found[0].id == "need:1"
        assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
        by_id = {hit.id: hit for hit in found}
        assert by_id["need:2"].lexical is None
        assert by_id["offer:1"].lexical is not None
        assert by_id["offer:3"].dense is None

    def test_candidates_pass_every_condition_and_unknown_stays(self, svc: Engine) -> None:
        found = svc.candidates(about(CIRCUITS, 60), kinds=("offer",), ranges={"area_mu": Range(low=100)})
        assert {hit.id for hit in found} == {"offer:2", "offer:3"}
        assert len(svc.candidates(about(CIRCUITS, 60), limit=2)) == 2

    # --- versions ---

    def test_an_older_version_never_replaces_a_newer_one(self, engine: Engine) -> None:
        newer = Document(id="offer:1", kind="offer", version=5, title="新厂房")
        engine.put([newer], [None])
        written = engine.put([at_version(newer, 4, title="旧仓库")], [None])
        assert (written.applied, written.refused) == (0, 1)
        assert ids(engine.search(Query(text="厂房"))) == ["offer:1"]
        assert engine.versions() == {"offer:1": 5}

    def test_the_same_version_may_be_put_again_with_other_words(self, engine: Engine) -> None:
        first = Document(id="offer:1", kind="offer", version=5, title="厂房", terms={"prefecture": ("431000",)})
        engine.put([first], [None])
        engine.put([at_version(first, 5, title="仓库", terms={"prefecture": ("430600",)})], [None])
        assert engine.search(Query(text="厂房")).total == 0
        assert engine.search(Query(text="仓库", facets=("prefecture",))).facets == {"prefecture": {"430600": 1}}
        assert engine.count() == 1

    def test_a_removal_beats_every_put_up_to_its_version(self, svc: Engine) -> None:
        assert svc.remove({"offer:1": 2}).applied == 1
        assert svc.put([at_version(market.OFFER_FACTORY, 2)], [None]).refused == 1
        assert "offer:1" not in svc.versions()
        assert svc.put([at_version(market.OFFER_FACTORY, 3)], [None]).applied == 1
        assert svc.remove({"offer:1": 2}).refused == 1
        assert svc.versions()["offer:1"] == 3

    def test_a_removal_may_arrive_before_the_put(self, engine: Engine) -> None:
        engine.remove({"offer:1": 1})
        engine.put([market.OFFER_FACTORY], [None])
        assert engine.count() == 0

    def test_what_is_removed_is_gone_from_everything(self, svc: Engine) -> None:
        svc.remove({"offer:1": 1})
        assert "offer:1" not in ids(svc.search(Query(text="厂房")))
        assert svc.search(Query(text="HN01080")).total == 0
        assert svc.vectors(["offer:1"]) == {}
        assert "offer:1" not in {hit.id for hit in svc.candidates(about(CIRCUITS, 11))}
        assert svc.search(Query(facets=("kind",))).facets["kind"] == {"need": 2, "offer": 2}
        assert svc.count() == len(MARKET) - 1

    def test_what_is_forgotten_may_begin_anew(self, svc: Engine) -> None:
        svc.put([at_version(market.OFFER_FACTORY, 9)], [None])
        svc.remove({"offer:2": 9})
        svc.forget(["offer:1", "offer:2", "never:1"])
        assert not {"offer:1", "offer:2"} & set(svc.versions())
        written = svc.put([market.OFFER_FACTORY, market.OFFER_COLD], [None, None])
        assert written.applied == 2
        assert ids(svc.search(Query(text="厂房"))) == ["offer:1"]

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_replaying_everything_shuffled_and_doubled_changes_nothing(
        self, engine: Engine, data: st.DataObject
    ) -> None:
        engine.forget(engine.versions())
        run = str(data.draw(st.integers(0, 10**9), label="run"))
        changes = list(_history(run))
        for change in data.draw(st.permutations(changes + changes), label="order"):
            _apply(engine, change)
        found = {key: version for key, version in engine.versions().items() if key.startswith(f"offer:{run}-")}
        assert found == {f"offer:{run}-a": 3, f"offer:{run}-c": 4}
        listed = engine.search(Query(text="厂房", size=100))
        assert {hit.id: hit.version for hit in listed.hits if hit.id in found} == found
        assert listed.total == engine.count()

    # --- a new index ---

    def test_a_replacement_takes_over_in_one_step(self, svc: Engine) -> None:
        with svc.replacement() as fresh:
            fresh.put([market.NEED_POTTERY], [None])
            assert svc.count() == len(MARKET), "the old index answers until the end"
            assert fresh.count() == 1
        assert svc.versions() == {"need:2": 1}
        assert ids(svc.search(Query(text="瓷器"))) == ["need:2"]
        assert svc.check() == []

    def test_what_changes_during_a_replacement_is_carried_over(self, svc: Engine) -> None:
        with svc.replacement() as fresh:
            fresh.put([document for document, _ in MARKET], [vector for _, vector in MARKET])
            svc.put([at_version(market.OFFER_COLD, 2, title="岳阳冷库扩容")], [about(COLD_STORAGE, 12)])
            svc.remove({"offer:1": 2})
            svc.put([Document(id="offer:9", kind="offer", version=1, title="刚刚发布的厂房")], [None])
        assert svc.versions()["offer:2"] == 2
        assert ids(svc.search(Query(text="厂房"))) == ["offer:9"]
        assert ids(svc.search(Query(text="扩容"))) == ["offer:2"]
        assert "offer:2" in svc.vectors(["offer:2"])

    def test_a_failed_replacement_leaves_the_old_index(self, svc: Engine) -> None:
        with pytest.raises(BadDocument), svc.replacement() as fresh:
            fresh.put([market.NEED_POTTERY, Document(id="offer:9", kind="", version=1, title="厂房")], [None, None])
        assert svc.count() == len(MARKET)
        with svc.replacement() as fresh:
            fresh.put([market.NEED_POTTERY], [None])
        assert svc.count() == 1

    def test_only_one_replacement_is_filled_at_a_time(self, svc: Engine) -> None:
        with svc.replacement() as fresh:
            fresh.put([market.NEED_POTTERY], [None])
            with pytest.raises(EngineBusy), svc.replacement():
                pass
        assert svc.count() == 1

    def test_an_engine_that_was_filled_is_sound_and_up_to_date(self, svc: Engine) -> None:
        svc.put([at_version(market.OFFER_COLD, 2)], [None])
        svc.remove({"need:1": 2})
        assert svc.check() == []
        assert not svc.is_outdated()


def _history(run: str) -> Iterable[tuple[str, Document | str, int]]:
    """Yield the life of three offers: changed, withdrawn for good, withdrawn and published again."""
    for key, moves in {"a": "put put put", "b": "put put remove", "c": "put remove put put"}.items():
        for version, move in enumerate(moves.split(), start=1):
            document = Document(
                id=f"offer:{run}-{key}", kind="offer", version=version, title=f"厂房第{version}版", freshness=version
            )
            yield move, document, version


def _apply(engine: Engine, change: tuple[str, Document | str, int]) -> None:
    move, document, version = change
    assert isinstance(document, Document)
    if move == "put":
        engine.put([document], [None])
    else:
        engine.remove({document.id: version})
