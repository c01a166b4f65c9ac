"""HC3: a chemical project belongs on a plot inside a recognised chemical area."""

import dataclasses

import pytest

from models.vocabulary import Verdict

P, F, U = Verdict.PASSES, Verdict.FAILS, Verdict.UNKNOWN
CHEMICAL = {
    "industry_codes": ["C2614"],
    "has_chemical_reaction": "yes",
    "product_is_hazardous_chemical": "yes",
}


@pytest.fixture
def verdict(need, offer, reference, check):
    def find(asked, parameters=None, **facts):
        rules = dict(reference.rules)
        (rule,) = rules["HC3"]
        rules["HC3"] = (dataclasses.replace(rule, parameters=rule.parameters | (parameters or {})),)
        gates = check(need(**asked), offer(**facts), dataclasses.replace(reference, rules=rules))
        return next((gate.verdict for gate in gates if gate.id == "HC3"), None)

    return find


@pytest.mark.parametrize(("answer", "expected"), [("yes", P), ("no", F), ("unsure", U), (None, U)])
def test_the_plot_decides(verdict, answer, expected):
    assert verdict(CHEMICAL, in_chemical_area=answer) is expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (CHEMICAL | {"compounding_only": "yes", "product_is_hazardous_chemical": "no"}, P),
        (CHEMICAL | {"compounding_only": "yes"}, F),
        (CHEMICAL | {"serves_other_industry": "yes"}, P),
        (CHEMICAL | {"project_type": "renovation", "adds_capacity": "no"}, P),
        (CHEMICAL | {"project_type": "renovation"}, F),
        (CHEMICAL | {"product_is_hazardous_chemical": "no"}, U),
        (CHEMICAL | {"product_is_hazardous_chemical": None}, U),
        (CHEMICAL | {"has_chemical_reaction": "no", "product_is_hazardous_chemical": "no"}, P),
        ({"industry_codes": ["C2614"]}, U),
        ({"industry_codes": ["C26"]}, U),
        ({"industry_codes": ["C3985"], "processes": ["三元前驱体合成"]}, U),
        ({"industry_codes": ["C3985"], "has_chemical_reaction": "yes"}, U),
        ({"industry_codes": ["C3985"], "has_chemical_reaction": "yes", "product_is_hazardous_chemical": "no"}, P),
        ({"industry_codes": ["C3982"]}, None),
        ({"description": "印制电路板"}, None),
        ({"product_is_hazardous_chemical": "unsure"}, U),
    ],
)
def test_on_a_plot_outside_every_recognised_area(verdict, asked, expected):
    assert verdict(asked, in_chemical_area="no") is expected


def test_the_strict_switch_refuses_chemistry_that_is_not_hazardous(verdict):
    asked = CHEMICAL | {"product_is_hazardous_chemical": "no"}
    assert verdict(asked, {"strict": True}, in_chemical_area="no") is F


def test_a_parks_recognition_says_nothing_of_a_plot(need, directory, check):
    for status in ("yes", "no", "unsure"):
        gates = check(need(**CHEMICAL), directory(chemical_status=status))
        assert [gate.verdict for gate in gates] == [U]


def test_a_doubtful_rule_warns_and_refuses_nobody(need, offer, reference, check):
    doubtful = {"HC3": (dataclasses.replace(reference.rules["HC3"][0], confidence="M"),)}
    gates = check(need(**CHEMICAL), offer(in_chemical_area="no"), dataclasses.replace(reference, rules=doubtful))
    assert [gate.verdict for gate in gates] == [U]
