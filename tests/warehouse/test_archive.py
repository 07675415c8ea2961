"""The archive: bytes under their SHA-256, written once, checked whenever they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse import archive
from warehouse.errors import ArchiveError

#: SHA-256 of b"abc", as FIPS 180-2 gives it.
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_bytes_lie_under_their_digest(tmp_path: Path) -> None:
    assert archive.store(tmp_path, b"abc") == ABC
    assert (tmp_path / "ba" / ABC).read_bytes() == b"abc"
    assert archive.load(tmp_path, ABC) == b"abc"


def test_storing_again_writes_nothing(tmp_path: Path) -> None:
    archive.store(tmp_path, b"abc")
    before = archive.path_of(tmp_path, ABC).stat()
    assert archive.store(tmp_path, b"abc") == ABC
    after = archive.path_of(tmp_path, ABC).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [ABC]


@pytest.mark.parametrize("damage", [b"abd", b"ab", b"abc\n", b""])
def test_damaged_bytes_are_detected(tmp_path: Path, damage: bytes) -> None:
    archive.store(tmp_path, b"abc")
    archive.path_of(tmp_path, ABC).write_bytes(damage)
    with pytest.raises(ArchiveError, match=r"its bytes hash to [0-9a-f]{12}\.\.\.; the file is damaged"):
        archive.load(tmp_path, ABC)


def test_storing_mends_damaged_bytes(tmp_path: Path) -> None:
    archive.store(tmp_path, b"abc")
    archive.path_of(tmp_path, ABC).write_bytes(b"ab")
    archive.store(tmp_path, b"abc")
    assert archive.load(tmp_path, ABC) == b"abc"


def test_missing_bytes_are_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=f"{ABC}: missing"):
        archive.load(tmp_path, ABC)
