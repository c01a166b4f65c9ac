"""What forms do to typed text before they look at it."""


def stripped(value: str | None) -> str | None:
    """Drop the spaces that a paste brings along."""
    return value.strip() if value else value


def or_nothing(value: str | None) -> str | None:
    """Keep an empty field as nothing at all."""
    return value or None
