"""How long something has waited, in hours and days of an office; legal holidays are not known here."""

import datetime as dt

HUNAN = dt.timezone(dt.timedelta(hours=8))
OPENS, CLOSES = dt.time(9), dt.time(17)
HOURS_A_DAY = 8
SATURDAY = 5


def working_hours(start: dt.datetime, end: dt.datetime) -> float:
    """Return the office hours between two instants: nine to five, Monday to Friday."""
    start, end = start.astimezone(HUNAN), end.astimezone(HUNAN)
    hours = 0.0
    day = start.date()
    while day <= end.date():
        if day.weekday() < SATURDAY:
            opens = max(start, dt.datetime.combine(day, OPENS, HUNAN))
            closes = min(end, dt.datetime.combine(day, CLOSES, HUNAN))
            hours += max(0.0, (closes - opens).total_seconds() / 3600)
        day += dt.timedelta(days=1)
    return hours
