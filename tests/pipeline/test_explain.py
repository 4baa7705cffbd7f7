"""Explanations: what every stage found, tried and rejected in a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.document import Document
from extract.pipeline.explain import CandidateView, Explainer, Explanation, to_json
from extract.pipeline.pipeline import Pipeline

Explain = Callable[..., Explanation]


@pytest.fixture(scope="session")
def explain(pipeline: Pipeline) -> Explain:
    """Return a function that explains a text of one sentence."""

    def explain_text(text: str, published: str = "2025-11-20") -> Explanation:
        (analysis,) = pipeline.analyses(Document("test", text, published))
        return Explainer(pipeline, text).explain(analysis)

    return explain_text


def by_text(candidates: tuple[CandidateView, ...]) -> dict[str, CandidateView]:
    """Return candidates by their texts."""
    return {one.text: one for one in candidates}


def test_words_are_told_with_their_parts_of_speech(explain: Explain) -> None:
    assert ("泊位", "n") in explain("新增泊位60个。").tokens


def test_clauses_are_told_with_the_labels_of_their_words(explain: Explain) -> None:
    found = [clause.words for clause in explain("完成改造60个，惠及居民3.2万户。").clauses]
    assert found == [
        (("完成", "light"), ("改造", "verbal"), ("60个", "quantity")),
        (("惠及", "act"), ("居民", "noun"), ("3.2万户", "quantity")),
    ]


def test_text_that_a_mask_hides_is_told_with_the_rule(explain: Explain) -> None:
    hidden = explain("2024年新增泊位60个。").hidden
    assert [(remark.text, remark.rule) for remark in hidden] == [("2024年", "mask.date")]


def test_candidate_that_a_veto_rejects_is_told_with_the_rule(explain: Explain) -> None:
    rejected = explain("60岁以上老年人就餐享受优惠，新增泊位60个。").rejected
    assert [(remark.text, remark.rule) for remark in rejected] == [("60岁", "veto.age-limit")]
    assert rejected[0].says


def test_count_of_an_amount_is_told_as_rejected(explain: Explain) -> None:
    rejected = explain("学校投用两个10亿元项目。").rejected
    assert [(remark.text, remark.rule) for remark in rejected] == [("两个", "quantity.of-amount")]


def test_times_are_told_with_the_period_they_stand_for(explain: Explain) -> None:
    assert [(remark.text, remark.says) for remark in explain("截至9月底，新增泊位60个。").times] == [
        ("截至9月底", "2025-09")
    ]


def test_status_cues_are_told_with_their_reach(explain: Explain) -> None:
    assert [(remark.text, remark.says) for remark in explain("力争新增泊位60个。").cues] == [
        ("力争", "planned, clause")
    ]


def test_fields_are_told_with_the_words_they_were_read_from(explain: Explain) -> None:
    fields = {
        view.field: (view.value, view.source, view.words)
        for view in explain("投资完成30亿元，同比增长5.5%。").records[1].fields
    }
    assert fields["object"] == ("投资", "carried", ("投资",))
    assert fields["base"] == ("同比", "explicit", ("同比",))


def test_candidate_told_first_is_the_object_of_the_record(explain: Explain) -> None:
    explanation = explain("投资完成30亿元，同比增长5.5%，新建泊位60个，惠及居民3.2万户。")
    assert [view.candidates[0].text for view in explanation.records] == [
        view.record["object"] for view in explanation.records
    ]


@pytest.mark.parametrize("field", ["candidates", "own", "predicates", "kinds", "bases"])
def test_candidates_are_told_the_best_first(explain: Explain, field: str) -> None:
    (view,) = explain("固定资产投资同比增长5.5%。").records
    scores = [one.score for one in getattr(view, field)]
    assert len(scores) == len(getattr(view, field)) > 0
    assert scores == sorted(scores, reverse=True)


def test_candidate_of_the_clause_alone_takes_up_nothing(explain: Explain) -> None:
    best = explain("完成老旧小区改造60个。").records[0].candidates[0]
    assert (best.text, best.way, best.source) == ("老旧小区改造", "own", "")


def test_candidate_that_is_taken_up_tells_from_where(explain: Explain) -> None:
    best = explain("投资完成30亿元，同比增长5.5%。").records[1].candidates[0]
    assert (best.text, best.way, best.source) == ("投资", "carry", "object0")


def test_all_candidates_of_a_figure_are_told(pipeline: Pipeline) -> None:
    text = "全区新建学校12所、泊位60个。其中，新增公交线路8条。"
    *_, analysis = pipeline.analyses(Document("test", text))
    (tableau,) = analysis.tableaus.values()
    (view,) = Explainer(pipeline, text).explain(analysis).records
    assert len(tableau.composites) > 6
    assert [one.text for one in view.candidates] == [one.phrase.text for one in tableau.composites]
    assert len(view.own) == len(tableau.owns)


def test_phrases_of_the_clause_tell_their_side_and_the_verb_between(explain: Explain) -> None:
    own = by_text(explain("投资完成30亿元。").records[0].own)
    assert (own["投资"].way, own["投资"].source) == ("left", "verb")
    assert (own[""].way, own[""].source) == ("none", "")


def test_phrase_behind_the_figure_is_told_on_its_right(explain: Explain) -> None:
    assert by_text(explain("新增60个停车泊位。").records[0].own)["停车泊位"].way == "right"


def test_weightiest_features_are_told_whether_they_speak_for_or_against(explain: Explain) -> None:
    (view,) = explain("投资完成30亿元。").records
    weights = [[feature.weight for feature in one.features] for one in view.own]
    assert all(0 < len(one) <= 5 and one == sorted(one, key=abs, reverse=True) for one in weights)
    assert min(map(min, weights)) < 0 < max(map(max, weights))


def test_no_feature_that_is_left_out_weighs_more(pipeline: Pipeline) -> None:
    text = "完成老旧小区改造60个。"
    (analysis,) = pipeline.analyses(Document("test", text))
    (tableau,) = analysis.tableaus.values()
    (view,) = Explainer(pipeline, text).explain(analysis).records
    sizes = sorted(
        (abs(pipeline.relator.weights["object"].get(name, 0)) for name in tableau.composites[0].features), reverse=True
    )
    assert [abs(feature.weight) for feature in view.candidates[0].features] == pytest.approx(sizes[:5])


def test_features_are_told_with_the_weights_of_their_own_stage(explain: Explain, pipeline: Pipeline) -> None:
    (view,) = explain("固定资产投资同比增长5.5%。").records
    for told, stage in (
        (view.candidates, "object"),
        (view.own, "own"),
        (view.predicates, "predicate"),
        (view.kinds, "kind"),
        (view.bases, "base"),
    ):
        for feature in told[0].features:
            assert feature.weight == pytest.approx(pipeline.relator.weights[stage][feature.feature])


def test_features_of_no_weight_are_not_told(explain: Explain) -> None:
    own = by_text(explain("投资完成30亿元。").records[0].own)
    assert len(own[""].features) < 5
    assert all(feature.weight for feature in own[""].features)


def test_span_of_an_explanation_counts_from_the_raw_text(pipeline: Pipeline) -> None:
    text = "新增泊位60个。\n\n全区完成老旧小区改\n造60个，已投用。"
    found = [Explainer(pipeline, text).explain(analysis) for analysis in pipeline.analyses(Document("a", text))]
    assert [text[slice(*explanation.span)] for explanation in found] == [
        "新增泊位60个。",
        "全区完成老旧小区改\n造60个，已投用。",
    ]


def test_sentence_without_quantities_is_explained_too(explain: Explain) -> None:
    explanation = explain("全区上下齐心协力，办好民生实事。")
    assert explanation.records == ()
    assert explanation.tokens


def test_json_holds_all_that_the_explanation_does(explain: Explain) -> None:
    (plain,) = to_json([explain("完成老旧小区改造60个。")])
    assert plain["records"][0]["record"]["value"] == "60"
    assert plain["records"][0]["candidates"][0].keys() == {"text", "way", "source", "score", "features"}
    assert plain["records"][0]["own"][0]["features"][0].keys() == {"feature", "weight"}


def test_candidates_for_each_field_are_told_the_field_of_the_record_first(explain: Explain) -> None:
    (view,) = explain("固定资产投资增长5.5%。").records
    told = (view.predicates[0].text, view.kinds[0].text, view.bases[0].text)
    assert told == (view.record["predicate"], view.record["kind"], view.record["base"])
    assert {"change", "share"} == {one.text for one in view.kinds}


def test_figure_of_a_table_has_candidates_too(pipeline: Pipeline) -> None:
    text = "主要指标\n\n| 指标 | 单位 | 数量 |\n| --- | --- | --- |\n| 停车泊位 | 个 | 60 |\n| 学校 | 所 | 12 |\n"
    explainer = Explainer(pipeline, text)
    views = [view for one in pipeline.analyses(Document("t", text)) for view in explainer.explain(one).records]
    assert [view.record["value"] for view in views] == ["60", "12"]
    assert [view.candidates[0].text for view in views] == ["停车泊位", "学校"]
