"""Inject faults into builds of the small installation, one process each, and say what came of them, as JSON.

Arguments: a folder, then lists of scenarios, `a,b c,d`; the lists are gone through at the same time.

Each scenario returns its faults: what was done, and what is wrong afterwards, which should be nothing. This
process holds no database open when it is forked.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from tests.warehouse.faults import inject, small
from warehouse import archive, attempts, current, history, in_time, restore
from warehouse.connect import Home, discard, is_damage
from warehouse.derive import content_hash
from warehouse.errors import ArchiveError, BusyError

Fault = dict[str, Any]
#: Whether every point is tried, as in CI, or some that are spread over all of them.
IS_WHOLE = os.environ.get("FOOTNOTE_SLOW") == "1"
REFRESHES = 20 if IS_WHOLE else 6
READERS = 1
#: One damage of each kind, when not all are tried.
DAMAGES = {
    "one byte of an archived file",
    "a log of garbage beside the working database",
    "the log of releases cut in its last line",
    "the record of attempts of garbage",
    "a lost release",
}


def apart(work: Callable[[], Any]) -> tuple[int, Any]:
    """Do work in a process of its own; return its exit code, negative if it was killed, and what it says."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = 1
        try:
            said = work()
            code = 0
        except BaseException as error:
            said = f"{type(error).__name__}: {error}\n{traceback.format_exc()[-1500:]}"
        os.write(writing, json.dumps(said).encode())
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), json.loads(text) if text else None


def some(items: Iterable[Any], count: int) -> list[Any]:
    """Return all items, or so many spread over them, the last among them."""
    known = list(items)
    if IS_WHOLE or count >= len(known):
        return known
    return [known[len(known) - 1 - place * len(known) // count] for place in reversed(range(count))]


def each_kind(stage: Stage, places: list[int]) -> list[int]:
    """Return all places, or one of each kind of write, spread over the run."""
    if IS_WHOLE:
        return places
    kinds: dict[str, list[int]] = {}
    for place in places:
        kinds.setdefault(stage.points[place - 1].split()[0], []).append(place)
    return [known[(2 * number + 1) * len(known) // (2 * len(kinds))] for number, known in enumerate(kinds.values())]


def must(work: Callable[[], Any]) -> Any:
    """Do work apart that has to succeed."""
    code, said = apart(work)
    if code:
        raise AssertionError(f"exit code {code}: {said}")
    return said


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def seen(home: Home) -> dict[str, Any]:
    """Read the current release as a reader does, and check it against the hashes that it was released with."""
    with duckdb.connect(str(home.release), read_only=True) as connection:
        ((release_id, numbers),) = connection.execute(
            "SELECT release_id, numbers FROM release ORDER BY released_at DESC LIMIT 1"
        ).fetchall()
        stated = connection.execute(
            "SELECT table_name, content_hash FROM release_table WHERE release_id = ?", [release_id]
        )
        torn = [name for name, value in stated.fetchall() if content_hash(connection, f"main.{name}")[0] != value]
        told = connection.execute("SELECT table_name, row_id, column_name, value, low, high FROM number ORDER BY ALL")
        return {"id": release_id, "numbers": numbers, "torn": torn, "told": [list(row) for row in told.fetchall()]}


def files(home: Home) -> list[str]:
    """Return the names of all files of a home, times of releases left out."""
    return sorted(
        re.sub(r"\d{8}T\d{12}Z", "TIME", str(path.relative_to(home.path)))
        for path in home.path.rglob("*")
        if path.is_file() and path != wal(home)  # which belongs to the working database
    )


def copied(home: Home, path: Path) -> Home:
    """Copy a home; the current release lies under both of its names again."""
    other = Home(path)
    shutil.copytree(home.path, other.path)
    for path in other.releases.glob("*.duckdb"):
        path.unlink()
        os.link(other.release, path)
    return other


class Stage:
    """A home with two releases, the third build of which is disturbed, and what that build has to come to."""

    def __init__(self, folder: Path) -> None:
        self.enter(folder)
        small.install(folder / "files")
        warm = Home(folder / "warm")
        small.fetch(warm, small.feed(5000))
        small.build(warm)  # units, parsed SQL and the like, made once for all processes that follow
        self.base = Home(folder / "base")
        self.before: list[str] = []
        self.told: dict[str, Any] = {}
        for power in (5000, 5200):
            must(lambda power=power: small.refresh_and_build(self.base, power))
            self.before.append(sha(self.base.release.read_bytes()))
        self.told = must(lambda: seen(self.base))
        self.number = 0
        self.points: list[str] = []
        calm = copied(self.base, folder / "calm")

        def count() -> list[str]:
            points = inject.Points(inject.nothing)
            points.wrap()
            self.run(calm)
            return points.seen

        self.points = must(count)
        self.after = must(lambda: seen(calm))
        self.files = files(calm)

    def enter(self, folder: Path) -> None:
        """Work in this folder from now on."""
        folder.mkdir(parents=True, exist_ok=True)
        os.chdir(folder)
        self.folder = folder

    def places(self, kind: str) -> list[int]:
        """Return the numbers of the points that are statements (`sql`), or of all others."""
        return [place for place, name in enumerate(self.points, start=1) if name.startswith("sql") == (kind == "sql")]

    def run(self, home: Home, fault: inject.Fault | None = None) -> str:
        """Refresh and build as `footnote refresh` does, with a fault or undisturbed; return the release's id."""
        if fault is not None:
            inject.Points(fault).wrap()
        return small.refresh_and_build(home, 5300)

    def fresh(self) -> Home:
        """Return a copy of the home for one fault."""
        self.number += 1
        return copied(self.base, self.folder / f"home-{self.number}")

    def disturbed(self, what: str, home: Home, may_be_released: bool = True) -> Fault:
        """Say whether the last release survived, and whether the next run recovers by itself."""
        problems: list[str] = []
        lost = 0
        is_old = sha(home.release.read_bytes()) == self.before[-1]
        code, found = apart(lambda: seen(home))
        if code or found["torn"] or found["id"] not in (self.told["id"], self.after["id"]):
            problems.append(f"the release cannot be read: {found}")
        elif not is_old and not (may_be_released and found["id"] == self.after["id"]):
            problems.append("the last release is not byte for byte what it was")
        else:
            lost += missing((self.told if is_old else self.after)["told"], found["told"])
        return self.recovered(what, home, problems, lost)

    def recovered(self, what: str, home: Home, problems: list[str] | None = None, lost: int = 0) -> Fault:
        """Run again, and compare what comes of it with the build that nothing disturbed."""
        problems = problems or []
        code, said = apart(lambda: [self.run(home), seen(home), events(home)])
        if code:
            return {"what": what, "problem": f"the next run fails: {said}", "lost": len(self.after["told"])}
        again, found, log = said
        if again != self.after["id"] or found["id"] != again or found["torn"]:
            problems.append(f"the next run gives release {again}, expected {self.after['id']}")
        lost += missing(self.after["told"], found["told"])
        if files(home) != self.files:
            problems.append(f"files that should not be there: {sorted(set(files(home)) ^ set(self.files))}")
        if log[-1] != again or [one for one in log if one != again] != self.log()[:-1]:
            problems.append(f"the log says {log}")
        earlier = [sha(gzip.decompress(path.read_bytes())) for path in sorted(home.releases.glob("*.gz"))]
        if earlier != self.before:
            problems.append("an earlier release is not kept byte for byte")
        shutil.rmtree(home.path)
        return {"what": what, "problem": "; ".join(problems), "lost": lost}

    def log(self) -> list[str]:
        """Return the releases that the undisturbed home made, in their order."""
        if not hasattr(self, "_log"):
            self._log = must(lambda: events(Home(self.base.path.with_name("calm"))))
        return self._log


def events(home: Home) -> list[str]:
    return [event.release_id for event in history.logged(home.release) if event.event == history.RELEASED]


def missing(expected: list[Any], found: list[Any]) -> int:
    """Return how many numbers are gone or are other ones."""
    return len({json.dumps(row) for row in expected} - {json.dumps(row) for row in found})


def kills(stage: Stage) -> list[Fault]:
    """Kill a run at every write of a file, or one of each kind, and at statements spread over all of it."""
    statements, others = stage.places("sql"), stage.places("")
    found = []
    for place in sorted((*some(statements, 1), *some(each_kind(stage, others), 5))):
        home = stage.fresh()

        code, said = apart(lambda place=place, home=home: stage.run(home, inject.kill_at(place)))
        what = f"kill -9 at write {place}, {stage.points[place - 1]}"
        if code != -signal.SIGKILL:
            found.append({"what": what, "problem": f"not killed, exit code {code}: {said}", "lost": 0})
            continue
        found.append(stage.disturbed(what, home))
    return found


def kills_by_the_clock(stage: Stage) -> list[Fault]:
    """Kill a run at moments that nobody chose, the database's own writes among them."""
    found = []
    for hundredths in some((5, 20, 50, 35), 1):
        home = stage.fresh()
        child = os.fork()
        if child == 0:
            stage.run(home)
            os._exit(0)
        time.sleep(hundredths / 100)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found.append(stage.disturbed(f"kill -9 after {hundredths}0 ms", home))
    return found


def kills_of_a_recovery(stage: Stage) -> list[Fault]:
    """Kill a run, then the run that recovers."""
    found = []
    places = [place for place, name in enumerate(stage.points, start=1) if name.startswith(("link", "replace"))]
    for place in some(places, 1):
        home = stage.fresh()
        for _ in range(2):
            apart(lambda place=place, home=home: stage.run(home, inject.kill_at(place)))
        found.append(stage.disturbed(f"kill -9 twice at write {place}, {stage.points[place - 1]}", home))
    return found


def full_disks(stage: Stage) -> list[Fault]:
    """Let the disk be full from a point on, and files too large for the disk: the run fails, and nothing else does."""
    found = []
    files_of = [place for place in stage.places("") if not stage.points[place - 1].startswith("unlink")]
    for place in sorted((*some(files_of, 1), *some(stage.places("sql")[::6], 1))):
        home = stage.fresh()
        code, said = apart(lambda place=place, home=home: stage.run(home, inject.full_from(place)))
        what = f"disk full at write {place}, {stage.points[place - 1]}"
        if code == 0 or "No space left" not in str(said):
            found.append({"what": what, "problem": f"not noticed, exit code {code}: {said}", "lost": 0})
            continue
        found.append(stage.disturbed(what, home))
    for kilobytes in some((1, 1200, 400), 1):
        home = stage.fresh()

        def run(kilobytes: int = kilobytes, home: Home = home) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))
            stage.run(home)

        code, said = apart(run)
        if code == 0 and kilobytes < 1000:
            found.append({"what": f"no file above {kilobytes} kB", "problem": "not noticed", "lost": 0})
            continue
        found.append(stage.disturbed(f"no file above {kilobytes} kB, exit code {code}", home))
    return found


def damage(stage: Stage) -> list[Fault]:
    """Damage what lies in a home; each is noticed, and put right by the next run."""

    def garbage(path: Path, start: float = 0, length: int = 4096) -> None:
        with path.open("r+b") as file:
            size = path.stat().st_size
            file.seek(int(size * start))
            file.write(os.urandom(min(length, size)))

    def cut(path: Path, share: float) -> None:
        os.truncate(path, int(path.stat().st_size * share))

    def snapshot(home: Home) -> Path:
        content = (stage.base.path.parent / "files" / "own.csv").read_bytes()
        return archive.path_of(home.archive, archive.digest(content))

    def log(home: Home) -> Path:
        return history.log_of(home.release)

    def without_log(home: Home) -> None:
        log(home).unlink()

    def lose(home: Home) -> None:
        home.release.unlink()

    def lose_work(home: Home) -> None:
        shutil.rmtree(home.work.parent)

    cases: list[tuple[str, Callable[[Home], object]]] = [
        ("one byte of an archived file", lambda home: flip(snapshot(home))),
        ("an archived file cut short", lambda home: cut(snapshot(home), 0.5)),
        ("an archived file lost", lambda home: snapshot(home).unlink()),
        ("a working database of garbage", lambda home: home.work.write_bytes(os.urandom(100_000))),
        ("a working database with a damaged head", lambda home: garbage(home.work)),
        ("a working database cut in half", lambda home: cut(home.work, 0.5)),
        ("a working database damaged inside", lambda home: garbage(home.work, 0.3, 300_000)),
        ("an empty working database", lambda home: home.work.write_bytes(b"")),
        ("no working database", lose_work),
        ("a log of garbage beside the working database", lambda home: wal(home).write_bytes(os.urandom(5000))),
        ("a log of releases of garbage", lambda home: log(home).write_bytes(os.urandom(3000))),
        ("no log of releases", without_log),
        ("the log of releases cut in its last line", lambda home: cut(log(home), 0.9)),
        ("the log of releases cut by one byte", lambda home: os.truncate(log(home), log(home).stat().st_size - 1)),
        ("the log of releases cut in its header", lambda home: os.truncate(log(home), 20)),
        ("the record of attempts of garbage", lambda home: record(home).write_bytes(os.urandom(3000))),
        ("drafts of others left behind", litter),
        ("a lost release", lose),
    ]
    found = []
    for what, harm in cases if IS_WHOLE else [case for case in cases if case[0] in DAMAGES]:
        home = stage.fresh()
        harm(home)
        code, said = apart(lambda home=home: mended(stage, home))
        if code:
            found.append({"what": what, "problem": f"the run fails: {said}", "lost": len(stage.after["told"])})
        elif "attempts" in what:
            found.append(without_attempts(stage, what, home))
        else:
            found.append(stage.recovered(what, home))
    for what, harm in (
        ("a release of garbage", lambda home: home.release.write_bytes(os.urandom(200_000))),
        ("one byte of a release", lambda home: flip(home.release)),
    ):
        home = stage.fresh()
        must(lambda home=home: small.build(home).release_id)
        harm(home)  # under both of its names
        code, said = apart(lambda home=home: [small.build(home).release_id, seen(home)])
        is_right = code == 0 and said[0] == said[1]["id"] == stage.told["id"] and not said[1]["torn"]
        is_right = is_right and must(lambda home=home: current.is_whole(home))
        lost = missing(stage.told["told"], said[1]["told"]) if is_right else len(stage.told["told"])
        found.append({"what": what, "problem": "" if is_right else str(said), "lost": lost})
    return found


def mended(stage: Stage, home: Home) -> str:
    """Run as the command does: a working database that shows its damage only when it is read is made anew."""
    try:
        return stage.run(home)
    except duckdb.Error as error:
        if not is_damage(error):
            raise
        discard(home)
        return stage.run(home)


def without_attempts(stage: Stage, what: str, home: Home) -> Fault:
    """Compare the numbers alone: when a snapshot was fetched is lost with the record, and told by the new attempt."""
    found = must(lambda: seen(home))
    lost = sum(row[3] not in [other[3] for other in found["told"]] for row in stage.after["told"])
    return {"what": what, "problem": "numbers are other ones" if lost or found["torn"] else "", "lost": lost}


def wal(home: Home) -> Path:
    return home.work.with_name(f"{home.work.name}.wal")


def record(home: Home) -> Path:
    return home.path / attempts.FILE


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def litter(home: Home) -> None:
    """Leave what killed writers leave."""
    some = next(path for path in home.archive.iterdir() if path.is_dir())
    (some / ".draft-abc").write_bytes(b"half")
    (home.releases / "0123456789abcdef.draft").write_bytes(b"half")
    (home.releases / "20260101T000000000000Z-0123456789abcdef.duckdb.draft").write_bytes(b"half")
    (home.releases / "0123456789abcdef.duckdb").write_bytes(b"never current")
    os.link(home.releases / "0123456789abcdef.duckdb", home.release.with_suffix(".next"))


def torn_lines(stage: Stage) -> list[Fault]:
    """Cut the record of attempts and the log of releases at every byte of their last line."""

    def every() -> list[Fault]:
        home = copied(stage.base, stage.folder / "torn")
        found = []
        for path, read, add in (
            (record(home), lambda: attempts.read(home), lambda: attempts.append(home, attempts.read(stage.base)[-1])),
            (
                history.log_of(home.release),
                lambda: history.logged(home.release),
                lambda: history.record(home.release, [], history.logged(stage.base.release)[-1]),
            ),
        ):
            whole = path.read_bytes()
            known = read()
            start = whole.rstrip(b"\n").rfind(b"\n") + 1
            for length in range(start, len(whole)):
                path.write_bytes(whole[:length])
                is_right = read() == known[:-1]
                add()
                is_right &= path.read_bytes() == whole
                what = f"{path.name} cut after {length} bytes"
                found.append({"what": what, "problem": "" if is_right else f"read as {read()}", "lost": 0})
        return found

    return must(every)


def others(stage: Stage) -> list[Fault]:
    """Two runs at once, a withdrawn snapshot, a reader that holds a release, a clock that jumps, lost bytes."""
    return [
        two_at_once(stage), withdrawn(stage), held_open(stage), clock(stage), lost_bytes(stage), read_only(stage),
        first_build(stage),
    ]  # fmt: skip


def two_at_once(stage: Stage) -> Fault:
    """Stop a run in the middle of its release, and start another."""
    home, what = stage.fresh(), "two runs at once"
    place = next(place for place, name in enumerate(stage.points, start=1) if name.startswith("link"))

    def stop(number: int, _name: str) -> None:
        if number == place:
            os.kill(os.getpid(), signal.SIGSTOP)

    child = os.fork()
    if child == 0:
        stage.run(home, stop)
        os._exit(0)
    os.waitpid(child, os.WUNTRACED)

    def second() -> str:
        try:
            small.build(home)
        except BusyError as error:
            return str(error)
        return "it was let in"

    said = must(second)
    os.kill(child, signal.SIGCONT)
    os.waitpid(child, 0)
    return stage.disturbed(what, home) if "another run" in said else {"what": what, "problem": said, "lost": 0}


def withdrawn(stage: Stage) -> Fault:
    """Kill a run after it has read a new snapshot, then take the snapshot back: nothing of it may stay."""
    home = stage.fresh()
    place = next(place for place, name in enumerate(stage.points, start=1) if "CREATE VIEW usable_claims" in name)
    settled = next(place for place, name in enumerate(stage.points, start=1) if "DELETE FROM finding" in name)
    for at in (settled, place):
        apart(lambda at=at: stage.run(home, inject.kill_at(at)))

    def back() -> list[Any]:
        last = attempts.read(home)[-2]
        attempts.append(home, attempts.Attempt(**{**vars(last), "outcome": "held_back"}))
        taken = [one for one in attempts.read(home) if one.outcome in ("new", "held_back")]
        record(home).unlink()
        for one in taken:
            attempts.append(home, one)
        small.build(home)
        return seen(home)["told"]

    lost = missing(stage.told["told"], must(back))
    shutil.rmtree(home.path)
    return {
        "what": "a snapshot withdrawn after a kill",
        "problem": "numbers are other ones" if lost else "",
        "lost": lost,
    }


def held_open(stage: Stage) -> Fault:
    """Hold the release open as a reader over three more releases."""
    home = stage.fresh()
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        with duckdb.connect(str(home.release), read_only=True) as connection:
            first = connection.execute("FROM number ORDER BY ALL").fetchall()
            os.write(ready[1], b"x")
            os.read(go[0], 1)
            same = connection.execute("FROM number ORDER BY ALL").fetchall() == first
        os._exit(0 if same else 1)
    os.read(ready[0], 1)
    for power in (5400, 5500):
        must(lambda power=power: small.refresh_and_build(home, power))
    os.write(go[1], b"x")
    _, status = os.waitpid(child, 0)
    code, said = apart(lambda: seen(home))
    is_right = status == 0 and code == 0 and any(row[3] == 5500.0 for row in said["told"])
    return {"what": "a reader that holds a release", "problem": "" if is_right else str(said)[:300], "lost": 0}


def clock(stage: Stage) -> Fault:
    """Let the clock jump by years, on and back, between releases."""
    home = stage.fresh()
    years = (2099, 1971, 2026)

    def jump(year: int, power: int) -> None:
        class Jumped(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:
                return datetime(year, 1, 2, tzinfo=tz)

        history.datetime = Jumped
        small.fetch(home, small.feed(power), datetime(year, 1, 2, tzinfo=UTC))
        small.build(home)

    for step, year in enumerate(years):
        must(lambda step=step, year=year: jump(year, 6000 + step))

    def check() -> list[str]:
        told = history.events(home.release)
        wrong = []
        if [event.at for event in told] != sorted({event.at for event in told}):
            wrong.append("times of releases are out of order")
        if len(told) != 5 or history.told(home.release)[-1].key != told[-1].key:
            wrong.append(f"the log says {told}")
        if not any(row[3] == 6002.0 for row in seen(home)["told"]):
            wrong.append("the last snapshot is not in use")
        with in_time.as_of(home.release, home.releases, told[1].at + timedelta(seconds=1)) as path:
            if sha(path.read_bytes()) != stage.before[1]:
                wrong.append("an earlier release cannot be had")
        restore.restore(home, told[0].release_id)
        return wrong

    problems = must(check)
    return {"what": "a clock that jumps", "problem": "; ".join(problems), "lost": 0}


def lost_bytes(stage: Stage) -> Fault:
    """Damage fetched bytes, of which the home has no other copy: told, nothing released, and put right by a refresh."""
    home = stage.fresh()
    fetched = archive.path_of(home.archive, archive.digest(small.feed(5200)))
    flip(fetched)

    def told() -> str:
        try:
            small.build(home)
        except ArchiveError as error:
            return str(error)
        return "not noticed"

    said = must(told)
    problem = "" if "refresh the source" in said and sha(home.release.read_bytes()) == stage.before[-1] else said
    must(lambda: small.fetch(home, small.feed(5200)) and None)
    if fetched.read_bytes() != small.feed(5200):
        problem += "; the refresh has not put it right"
    again = stage.recovered("fetched bytes damaged", home)
    return again | {"problem": problem or again["problem"]}


def read_only(stage: Stage) -> Fault:
    """Let every write be refused, as in a home of somebody else; the superuser may write anywhere, so by a wrapper."""
    home = stage.fresh()

    def refuse(_number: int, name: str) -> None:
        raise PermissionError(13, os.strerror(13), name)

    def run() -> None:
        inject.Points(refuse).wrap()
        small.build(home)

    code, said = apart(run)
    if code == 0 or "Permission" not in str(said):
        return {"what": "a home that cannot be written", "problem": f"not noticed: {said}", "lost": 0}
    return stage.disturbed("a home that cannot be written", home, may_be_released=False)


def first_build(stage: Stage) -> Fault:
    """Kill the first build of a home halfway; the second makes what one that nothing disturbed makes."""
    home = Home(stage.base.path.with_name("first"))

    def run() -> None:
        inject.Points(inject.kill_at(60)).wrap()
        small.build(home)

    apart(run)
    code, said = apart(lambda: small.build(home).release_id)
    is_right = code == 0 and said == stage.log()[0]
    return {"what": "kill -9 in the first build", "problem": "" if is_right else str(said), "lost": 0}


def readers(stage: Stage) -> list[Fault]:
    """Read in a tight loop while refreshes go on: no error, nothing torn, nothing older than one release."""
    home = stage.fresh()
    done = home.path.parent / "done"
    done.write_bytes(b"00")

    def read() -> dict[str, Any]:
        problems, reads, steps = [], 0, set()
        while True:
            known = int(done.read_bytes() or b"0")
            try:
                found = seen(home)
            except Exception as error:
                problems.append(f"{type(error).__name__}: {error}")
                break
            powers = sorted(row[3] for row in found["told"] if row[2] == "server_power_w")
            step = int(powers[0]) - 5200
            reads += 1
            steps.add(step)
            if found["torn"] or powers[-1] != 2 * powers[0] or found["numbers"] != 3 * small.NUMBERS:
                problems.append(f"torn read: {found}")
            if step < known - 1:
                problems.append(f"read release {step} after {known}")
            if known == REFRESHES:
                break
        return {"problems": problems, "reads": reads, "steps": len(steps)}

    reading, writing = os.pipe()
    children = []
    for _ in range(READERS):
        child = os.fork()
        if child == 0:
            os.write(writing, (json.dumps(read()) + "\n").encode())
            os._exit(0)
        children.append(child)

    def refreshes() -> None:
        for step in range(1, REFRESHES + 1):
            small.fetch(home, small.feed(5200 + step))
            small.build(home)
            temporary = done.with_suffix(".new")
            temporary.write_text(f"{step:02}")
            temporary.replace(done)

    must(refreshes)
    for child in children:
        os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as answers:
        said = [json.loads(line) for line in answers]
    problems = [problem for one in said for problem in one["problems"]]
    reads = sum(one["reads"] for one in said)
    if len(said) != READERS or reads < REFRESHES or min(one["steps"] for one in said) < 5:
        problems.append(f"readers saw too little: {said}")
    return [
        {"what": f"a reader during {REFRESHES} refreshes, {reads} reads", "problem": "; ".join(problems[:3]), "lost": 0}
    ]


SCENARIOS = {
    one.__name__: one
    for one in (kills, kills_by_the_clock, kills_of_a_recovery, full_disks, damage, torn_lines, others, readers)
}


def told(stage: Stage, names: list[str]) -> str:
    """Go through scenarios; return a line of JSON for each."""
    lines = []
    for name in names:
        begun = time.monotonic()
        faults = SCENARIOS[name](stage)
        lines.append(json.dumps({"name": name, "faults": faults, "seconds": time.monotonic() - begun}) + "\n")
    return "".join(lines)


def side_by_side(stage: Stage, lists: list[list[str]]) -> bool:
    """Go through each list in a process and folder of its own, all made from one stage; tell whether all went well."""
    children = []
    folders = [stage.folder / str(number) for number in range(len(lists))]
    for folder, names in zip(folders, lists, strict=True):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                stage.enter(folder)
                (folder / "told").write_text(told(stage, names))
                code = 0
            except BaseException:
                traceback.print_exc()
            os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    if any(codes):
        return False
    print("".join((folder / "told").read_text() for folder in folders), end="", flush=True)
    return True


if __name__ == "__main__":
    made = Stage(Path(sys.argv[1]))
    sys.exit(0 if side_by_side(made, [names.split(",") for names in sys.argv[2:]]) else 1)
