"""Measure the matching from both sides, on a market whose truth is known because it was made."""
