"""What the words of a need come to, worked out once when its row is written."""

import dataclasses

import numpy as np

from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates.marks import chemistry_mark, framed, named_text, names


def test_a_need_names_chemistry_in_either_script_and_under_every_version_of_the_rule(reference, need):
    (rule,) = reference.rules["HC3"]
    later = dataclasses.replace(rule, version=2, parameters=rule.parameters | {"chemical_words": ["电解液"]})
    both = dataclasses.replace(reference, rules={**reference.rules, "HC3": (rule, later)})

    frame = framed("need", [need(processes=["三元前驅體合成"]), need(products=["電解液"]), need(title="前驱体")], both)

    assert frame.number(chemistry_mark(rule)).tolist() == [1.0, 0.0, 0.0]
    assert frame.number(chemistry_mark(later)).tolist() == [0.0, 1.0, 0.0]


def test_a_word_does_not_reach_from_one_process_into_the_next(need):
    text = named_text(need(processes=["前驱"], products=["体系认证"]))
    assert not names(text, "前驱体")
    assert names(text, "体系")


def test_a_word_that_is_only_denied_is_not_named(reference, need):
    (rule,) = reference.rules["HC3"]
    frame = framed("need", [need(products=["不含前驱体"]), need(products=["不含前驱体", "前驱体"])], reference)
    assert frame.number(chemistry_mark(rule)).tolist() == [0.0, 1.0]


def test_a_mark_that_a_row_no_longer_has_is_gone(reference, need):
    frame = Frame("need", reference, lambda item, _: {"is long": 1.0} if len(item.name) > 2 else {})
    frame.append(need(title="甲乙丙"))
    frame.append(need(title="甲"))

    frame.write(0, need(title="乙"))

    assert np.isnan(frame.number("is long")).all()


def test_a_frame_without_rows_answers_like_any_other(reference):
    frame = Frame("need", reference)
    assert frame.number("power_kva").tolist() == []
    assert frame.has("industry_codes").tolist() == frame.yes("dual_supply_needed").tolist() == []
    assert len(frame.take(np.array([], int))) == 0
