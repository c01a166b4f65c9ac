"""Find what a park may not promise to enterprises, by reference/fair_competition.yaml; people decide about it."""

from matchmaker.fair_competition.detector import kinds_of, label_of
from matchmaker.fair_competition.postings import Finding, findings_in, findings_of
from matchmaker.fair_competition.rules import Kind, Rules, rules
from matchmaker.fair_competition.text import key_of

__all__ = ["Finding", "Kind", "Rules", "findings_in", "findings_of", "key_of", "kinds_of", "label_of", "rules"]
