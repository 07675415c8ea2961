"""`footnote schedule`: let sources be asked at their own times, or stop it, or see when they will be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from orchestration.commands.show import HomeOption, home_of, screen, table

if TYPE_CHECKING:
    from warehouse.connect import Home

#: A daemon says every 30 seconds that it is alive; Dagster itself takes it for stopped after half an hour of silence.
ALIVE = timedelta(seconds=60)


def schedule(
    home: HomeOption,
    action: Annotated[Literal["on", "off", "status"], typer.Argument(help="What to do.")] = "status",
) -> None:
    """Turn the sources' schedules on or off in this installation, or show when each source is asked next."""
    from orchestration import switch

    installed = home_of(home.absolute())
    if action == "off":
        switch.switch_off(installed)
    elif action == "on":
        from orchestration import records

        with records.dagster_instance(installed):
            switch.switch_on(installed)
    _print(installed)


def _print(home: Home) -> None:
    from dagster._utils.schedules import get_next_cron_tick

    from orchestration import records, switch
    from orchestration.definitions import definitions

    now = datetime.now(UTC)
    with records.dagster_instance(home) as instance:
        running, beat = switch.running(instance), switch.last_beat(instance)
    made = table("schedule", "state", "next (UTC)", "asks")
    for one in definitions(home.path).schedules or ():
        cron = str(one.cron_schedule)  # type: ignore[union-attr]
        tick = get_next_cron_tick(cron, now, "UTC")
        shown = f"{tick:%Y-%m-%d %H:%M}" if one.name in running else ""
        made.add_row(cron, "on" if one.name in running else "off", shown, one.description or "")
    is_watching = switch.SENSOR in running
    made.add_row(
        "sensor",
        "on" if is_watching else "off",
        "every 30 s" if is_watching else "",
        "local mirrors, and again who did not answer",
    )
    screen().print(made)
    screen().print(daemon_state(beat, now))


def daemon_state(beat: datetime | None, now: datetime) -> str:
    """Return what is known of the daemon: whether it is there, and when it was last heard of."""
    if beat is not None and now - beat < ALIVE:
        return f"The daemon is running, last heard of {(now - beat).seconds} s ago."
    heard = "" if beat is None else f"; it was last heard of on {beat:%Y-%m-%d at %H:%M:%S} UTC"
    return f"No daemon is running{heard}: sources are asked only while footnote dagster runs."
