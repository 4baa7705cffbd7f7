"""The weights of the ranking, learned from gold."""

from __future__ import annotations

import pytest

from extract.evaluation.gold import GoldDocument
from extract.evaluation.ranking import (
    UNTOLD,
    Settings,
    fit,
    learn,
    leave_out,
    measure,
    read_articles,
    read_examples,
    replay,
    with_fields,
)
from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.relations.relator import STAGES

L2 = dict.fromkeys(STAGES, 0.1)
SETTINGS = Settings(L2, documents=1)
PRIORS: dict[str, dict[str, float]] = {"own": {}, "object": {}}
EXAMPLES = [
    {"text": "完成老旧小区改造60个。", "records": [{"text": "60个", "object": "老旧小区改造"}]},
    {"text": "新建避风渔港6个。", "records": [{"text": "6个", "object": "避风渔港"}]},
    {"text": "打造8处口袋公园。", "records": [{"text": "8处", "object": "口袋公园"}]},
]


def test_feature_of_right_candidates_gets_a_weight_above_that_of_wrong_ones() -> None:
    examples = [([["good"], ["bad"]], [1.0, 0.0], f"document {number}") for number in range(9)]
    weights = fit(examples, "kind", Settings(dict.fromkeys(STAGES, 1.0), documents=2), {})
    assert weights["good"] > 0 > weights["bad"]


def test_feature_of_too_few_documents_is_left_out() -> None:
    examples = [([["good"], ["bad"]], [1.0, 0.0], "the only one")] * 9
    assert fit(examples, "kind", Settings(dict.fromkeys(STAGES, 1.0), documents=2), {}) == {}


def test_weight_is_drawn_towards_its_prior() -> None:
    examples = [([["good"], ["bad"]], [1.0, 0.0], f"document {number}") for number in range(3)]
    assert fit(examples, "kind", Settings({"kind": 1000.0}, documents=2), {"kind": {"good": -2.0}})[
        "good"
    ] == pytest.approx(-2.0, abs=0.1)


def test_weight_near_nothing_is_left_out() -> None:
    examples = [([["good", "idle"], ["bad", "idle"]], [1.0, 0.0], f"document {number}") for number in range(9)]
    assert "idle" not in fit(examples, "kind", Settings({"kind": 1.0}, documents=2, least=0.1), {})


def test_stage_without_examples_keeps_its_priors() -> None:
    assert fit([], "base", SETTINGS, {"base": {"named": 1.0}}) == {"named": 1.0}


def test_learned_weights_find_what_they_were_learned_from() -> None:
    pipeline = Pipeline()
    articles = read_examples(EXAMPLES, pipeline)
    learn(articles, pipeline.relator, SETTINGS, PRIORS)
    assert [one.is_right["object"] for one in measure(articles, pipeline.relator)] == [True, True, True]


def test_each_document_is_ranked_once_where_it_is_left_out() -> None:
    pipeline = Pipeline()
    articles = read_examples(EXAMPLES, pipeline)
    ranked = leave_out(articles, pipeline.relator, SETTINGS, PRIORS, 3, ())
    assert sorted(one.document for one in ranked) == ["example 0", "example 1", "example 2"]


def test_each_stage_has_weights_of_its_own() -> None:
    pipeline = Pipeline()
    texts = [
        {
            "text": "渔业总产值36亿元，同比增长4.2%。",
            "records": [
                {"text": "36亿元", "object": "渔业总产值", "predicate": "", "kind": "level", "base": ""},
                {"text": "4.2%", "object": "渔业总产值", "predicate": "增长", "kind": "change", "base": "同比"},
            ],
        },
        {
            "text": "覆盖率达到42.3%。",
            "records": [{"text": "42.3%", "object": "覆盖率", "predicate": "达到", "kind": "share", "base": ""}],
        },
    ]
    learn(read_examples(texts, pipeline), pipeline.relator, SETTINGS, PRIORS)
    assert all(pipeline.relator.weights[stage] for stage in STAGES)


def test_learned_kind_and_base_are_measured() -> None:
    pipeline = Pipeline()
    texts = [
        {
            "text": f"{name}同比增长{value}%。",
            "records": [
                {"text": f"{value}%", "object": name, "predicate": "增长", "kind": "change", "base": "同比"},
            ],
        }
        for name, value in (("渔业总产值", 4.2), ("货运量", 3.1), ("用电量", 6.5))
    ]
    articles = read_examples(texts, pipeline)
    learn(articles, pipeline.relator, SETTINGS, PRIORS)
    rights = {"object": True, "predicate": True, "kind": True, "base": True}
    assert [one.is_right for one in measure(articles, pipeline.relator)] == [rights] * 3


def test_field_that_an_example_does_not_give_is_told_apart() -> None:
    pipeline = Pipeline()
    (article,) = read_examples(EXAMPLES[:1], pipeline)
    (gold,) = article.gold.values()
    assert (gold.object, gold.predicate, gold.base, gold.kind) == ("老旧小区改造", UNTOLD, UNTOLD, UNTOLD)


def test_falling_change_is_paired_with_gold_whatever_its_sign() -> None:
    pipeline = Pipeline()
    document = Document("test", "进口下降3%。")
    (metric,) = pipeline.metrics(document)
    gold = with_fields(metric, {"value": -metric.value})
    (article,) = read_articles([GoldDocument(document, (gold,))], pipeline)
    assert list(article.gold.values()) == [with_fields(gold, {"value": abs(gold.value)})]


def test_gold_is_remembered_where_the_replay_teaches() -> None:
    pipeline = Pipeline()
    text = "渔业总产值36亿元，同比增长4.2%。"
    document = Document("test", text)
    level, change = pipeline.metrics(document)
    gold = (with_fields(level, {"object": "远洋渔获"}), change)
    (article,) = read_articles([GoldDocument(document, gold)], pipeline)
    objects = {
        teaches: [one.relation.object.text for one in replay(article, pipeline.relator, teaches)]
        for teaches in (True, False)
    }
    assert objects == {True: ["渔业总产值", "远洋渔获"], False: ["渔业总产值", "渔业总产值"]}
