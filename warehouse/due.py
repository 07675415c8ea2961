"""Which days of a series are to be asked for: those since the last one held, those that failed, and that one again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sources.model import Adapter
from warehouse import attempts
from warehouse.connect import Home
from warehouse.errors import NotFoundError


def days(
    home: Home, adapter: Adapter, now: datetime, first: date | None = None, last: date | None = None
) -> list[date]:
    """Return the days to ask a series for, in the order in which they are asked for.

    Unless days are named, they are those after the last one held whose figures are final, the earliest first, then
    those that failed, the latest first, as many as one refresh asks for; at first the latest ones. So a day that fails
    for good stands in the way of no other. If nothing is due, the last day held
    is asked for again, so that no refresh leaves a source unasked.
    Raises: NotFoundError for days that the publisher does not have, or that are in the wrong order.
    """
    series = adapter.series
    assert series is not None
    final = _last_final(now, series.settles_after)
    if first or last:
        begin, end = first or last, last or final
        assert begin is not None
        if not series.begins_on <= begin <= end <= final:
            raise NotFoundError(
                f"{adapter.source.source_id}: found {begin} to {end}; expected days from {series.begins_on} to "
                f"{final}, the earlier first"
            )
        return [begin + timedelta(days=count) for count in range((end - begin).days + 1)]
    mine = attempts.effective(attempts.of_source(attempts.read(home), adapter.source.source_id))
    held = {date.fromisoformat(one.part) for one in attempts.in_use(mine)}
    if not held:
        return [final - timedelta(days=count) for count in reversed(range(series.most_days))]
    since = [max(held) + timedelta(days=count + 1) for count in range((final - max(held)).days)]
    failed = sorted({date.fromisoformat(one.part) for one in mine} - held - set(since), reverse=True)
    return [*since, *failed][: series.most_days] or [max(held)]


def _last_final(now: datetime, settles_after: timedelta) -> date:
    """Return the last day whose figures are final by now."""
    today = datetime.combine((now - settles_after).date(), time(), UTC)
    return (today - timedelta(days=1)).date()
