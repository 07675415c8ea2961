"""The process beside a run: it runs our own code, from whatever folder the command was given."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from warehouse.aside import Aside
from warehouse.expectations import between
from warehouse.expectations.engine import WORKER


def test_what_lies_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = "raise SystemExit('what lies here was run')"
    (tmp_path / "warehouse").mkdir()
    for name in ("pandas.py", "warehouse/__init__.py", "warehouse/aside.py"):
        (tmp_path / name).write_text(planted)
    monkeypatch.chdir(tmp_path)
    beside = Aside()
    try:
        rule = between("small", "It is below 3", "blocking", "x", 0, 3)
        found = beside.ask(WORKER, (pd.DataFrame({"x": [1.0, 5.0]}), (rule,)))()
        assert (found["small"].holds, found["small"].offends) == (False, (1,))
    finally:
        beside.stop()
