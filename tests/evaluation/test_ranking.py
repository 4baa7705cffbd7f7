"""The weights of the ranking, learned from gold."""

from __future__ import annotations

import pytest

from extract.evaluation.ranking import Settings, fit, learn, leave_out, measure, read_examples
from extract.pipeline.pipeline import Pipeline

SETTINGS = Settings(documents=1, l2_own=0.1, l2_object=0.1)
PRIORS: dict[str, dict[str, float]] = {"own": {}, "object": {}}
EXAMPLES = [
    {"text": "完成老旧小区改造60个。", "records": [{"text": "60个", "object": "老旧小区改造"}]},
    {"text": "新建避风渔港6个。", "records": [{"text": "6个", "object": "避风渔港"}]},
    {"text": "打造8处口袋公园。", "records": [{"text": "8处", "object": "口袋公园"}]},
]


def test_feature_of_right_candidates_gets_a_weight_above_that_of_wrong_ones() -> None:
    examples = [([["good"], ["bad"]], [1.0, 0.0], f"document {number}") for number in range(9)]
    weights = fit(examples, 1.0, Settings(documents=2), {})
    assert weights["good"] > 0 > weights["bad"]


def test_feature_of_too_few_documents_is_left_out() -> None:
    examples = [([["good"], ["bad"]], [1.0, 0.0], "the only one")] * 9
    assert fit(examples, 1.0, Settings(documents=2), {}) == {}


def test_weight_is_drawn_towards_its_prior() -> None:
    examples = [([["good"], ["bad"]], [1.0, 0.0], f"document {number}") for number in range(3)]
    assert fit(examples, 1000.0, Settings(documents=2), {"good": -2.0})["good"] == pytest.approx(-2.0, abs=0.1)


def test_weight_near_nothing_is_left_out() -> None:
    examples = [([["good", "idle"], ["bad", "idle"]], [1.0, 0.0], f"document {number}") for number in range(9)]
    assert "idle" not in fit(examples, 1.0, Settings(documents=2, least=0.1), {})


def test_learned_weights_find_what_they_were_learned_from() -> None:
    pipeline = Pipeline()
    articles = read_examples(EXAMPLES, pipeline)
    learn(articles, pipeline.ranker, SETTINGS, PRIORS)
    assert [one.is_right for one in measure(articles, pipeline.ranker)] == [True, True, True]


def test_each_document_is_ranked_once_where_it_is_left_out() -> None:
    pipeline = Pipeline()
    articles = read_examples(EXAMPLES, pipeline)
    ranked = leave_out(articles, pipeline.ranker, SETTINGS, PRIORS, 3, ())
    assert sorted(one.document for one in ranked) == ["example 0", "example 1", "example 2"]
