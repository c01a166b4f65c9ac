"""Who fits whom, why, and what stands between them: policy over what `search` finds. It never writes."""

from matchmaker.recommender.reference import Reference, load_reference

__all__ = ["Reference", "load_reference"]
