"""A second, slow and obvious opinion on every condition of a pair, written from the rules' text.

Plain dictionaries in, verdicts and numbers out, one function per rule. It shares no code with the gates, so that a
mistake has to be made twice to go unseen. A side is a dictionary of its stated facts (what nobody stated isn't in it),
the premises with their park under "park"; the world is a dictionary of regions, rail times, rules and lists.
"""

from .check import check_people, check_premises, overall

__all__ = ["check_people", "check_premises", "overall"]
