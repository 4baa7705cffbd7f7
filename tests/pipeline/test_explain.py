"""Explanations: what every stage found, tried and rejected in a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.document import Document
from extract.pipeline.explain import FAR, Explainer, Explanation, to_json
from extract.pipeline.pipeline import Pipeline

Explain = Callable[..., Explanation]


@pytest.fixture(scope="session")
def explain(pipeline: Pipeline) -> Explain:
    """Return a function that explains a text of one sentence."""

    def explain_text(text: str, published: str = "2025-11-20") -> Explanation:
        (analysis,) = pipeline.analyses(Document("test", text, published))
        return Explainer(pipeline, text).explain(analysis)

    return explain_text


def outcomes(explanation: Explanation, record: int = 0) -> dict[str, str]:
    """Return the outcome of each rule tried on a record."""
    return {attempt.rule: attempt.outcome for attempt in explanation.records[record].attempts}


def reasons(explanation: Explanation, record: int = 0) -> dict[str, str]:
    """Return the reason of each rule tried on a record."""
    return {attempt.rule: attempt.reason for attempt in explanation.records[record].attempts}


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


def test_rule_that_made_the_record_is_the_one_that_matched(explain: Explain) -> None:
    explanation = explain("完成老旧小区改造60个。")
    matched = [rule for rule, outcome in outcomes(explanation).items() if outcome == "matched"]
    assert matched == ["relate.act-object"]
    assert matched[0] in str(explanation.records[0].record["rules"])


def test_rule_that_fits_too_is_late(explain: Explain) -> None:
    assert outcomes(explain("完成老旧小区改造60个。"))["relate.object-quantity"] == "late"


def test_rule_that_one_word_would_make_fit_tells_which(explain: Explain) -> None:
    assert reasons(explain("泊位新增60个。"))["relate.share"] == "would fit if 新增 were <share>, not <fresh>"


def test_rule_for_ranks_alone_tells_that_the_quantity_is_none(explain: Explain) -> None:
    assert reasons(explain("产量达到60个。"))["relate.rank"] == "would fit if 60个 were <rank_target>, not <quantity>"


def test_rule_that_is_further_off_says_so(explain: Explain) -> None:
    assert reasons(explain("完成老旧小区改造60个。"))["relate.from"] == FAR


def test_rule_that_is_not_for_a_list_says_so(explain: Explain) -> None:
    assert "list" in reasons(explain("完成改造60个、惠及居民3.2万户。"), 1)["relate.modified-subject"]


def test_fields_are_told_with_the_words_they_were_read_from(explain: Explain) -> None:
    fields = {
        view.field: (view.value, view.source, view.words)
        for view in explain("投资完成30亿元，同比增长5.5%。").records[1].fields
    }
    assert fields["object"] == ("投资", "carried", ("投资",))
    assert fields["base"] == ("同比", "explicit", ("同比",))


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
    assert plain["records"][0]["attempts"][0].keys() == {"rule", "why", "outcome", "reason"}
