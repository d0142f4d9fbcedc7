"""The commands that are compared, each run as a whole: `BACKUPS` write a dump, `RESTORES` read it back."""

import dataclasses
import os
import pathlib
import shutil
import subprocess
import time

from server import BIN, Server

VYA = pathlib.Path(__file__).resolve().parent.parent / "build/vya"


@dataclasses.dataclass
class Result:
    seconds: float
    cpu: float   # user and system, of all programs of the pipeline
    peak: int    # bytes, of the largest program
    size: int    # bytes of what was written, or read


def size_of(path):
    return sum(f.stat().st_size for f in path.rglob("*") if f.is_file()) if path.is_dir() else path.stat().st_size


def run(*pipeline, output=None, size=None, environment=None):
    """Runs programs, each reading the one before, and waits for each with its own accounting."""
    started = time.monotonic()
    programs, source = [], subprocess.DEVNULL
    for number, command in enumerate(pipeline):
        last = number + 1 == len(pipeline)
        target = subprocess.PIPE if not last else open(output, "wb") if output else subprocess.DEVNULL
        programs.append(subprocess.Popen([str(part) for part in command], stdin=source, stdout=target,
                                         stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})}))
        if source is not subprocess.DEVNULL:
            source.close()  # the program that reads it has it now
        source = programs[-1].stdout
    cpu, peak = 0.0, 0
    for program in programs:
        _, status, usage = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        if program.returncode != 0:
            raise RuntimeError(f"{program.args} ended with status {program.returncode}")
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss * 1024)
    return Result(time.monotonic() - started, cpu, peak, size_of(size))


class Place:
    """Where the dumps lie, and the servers."""

    def __init__(self, folder, source, jobs):
        self.folder, self.source, self.jobs, self.target = folder, source, jobs, None

    def path(self, name):
        return self.folder / name

    def empty(self, name):
        path = self.path(name)
        shutil.rmtree(path, ignore_errors=True)
        path.unlink(missing_ok=True)
        return path

    def fresh_target(self):
        if self.target:
            self.target.close()
        self.target = Server(self.folder / "target")

    def close(self):
        if self.target:
            self.target.close()

    def client(self, program, *arguments, server=None):
        return [BIN / program, "-h", (server or self.source).folder, "-U", "postgres", *arguments]

    def vya(self, *arguments):
        config = self.path("vya.yaml")
        instances = {"source": self.source, "target": self.target}
        lines = [f"  {name}: {{engine: postgresql, host: {server.folder}, user: postgres}}"
                 for name, server in instances.items() if server]
        config.write_text(f"repository: {self.path('repository')}\ninstances:\n" + "\n".join(lines) + "\n")
        return [VYA, "--config", config, *arguments]


def vya_backup(place):
    repository = place.empty("repository")
    run(place.vya("init"), size=place.folder / "vya.yaml")
    return run(place.vya("backup", "source", "--jobs", place.jobs), size=repository)


def plain_gzip(place):
    dump = place.empty("dump.sql.gz")
    return run(place.client("pg_dump", "shop"), ["gzip"], output=dump, size=dump)


def custom(place):
    dump = place.empty("dump.custom")
    return run(place.client("pg_dump", "-Fc", "-f", dump, "shop"), size=dump)


def directory(place, *options):
    dump = place.empty("dump.directory")
    return run(place.client("pg_dump", "-Fd", "-j", place.jobs, *options, "-f", dump, "shop"), size=dump)


def vya_restore(place):
    return run(place.vya("restore", "source", "--to", "target", "--jobs", place.jobs), size=place.path("repository"))


def plain_restore(place):
    place.target.sql("postgres", "CREATE DATABASE shop")
    dump = place.path("dump.sql.gz")
    return run(["gzip", "-dc", dump], place.client("psql", "-X", "-q", "-d", "shop", server=place.target), size=dump)


def pg_restore(place, name):
    place.target.sql("postgres", "CREATE DATABASE shop")
    dump = place.path(name)
    return run(place.client("pg_restore", "-j", place.jobs, "-d", "shop", dump, server=place.target), size=dump)


BACKUPS = {
    "vya backup": vya_backup,
    "pg_dump | gzip": plain_gzip,
    "pg_dump -Fc": custom,
    "pg_dump -Fd -jN": directory,
    "pg_dump -Fd -jN -Z1": lambda place: directory(place, "-Z1"),
}

# What each restore reads is what the backup of the second column left.
RESTORES = {
    "vya restore": (vya_restore, vya_backup),
    "gzip -d | psql": (plain_restore, plain_gzip),
    "pg_restore -jN of -Fc": (lambda place: pg_restore(place, "dump.custom"), custom),
    "pg_restore -jN of -Fd": (lambda place: pg_restore(place, "dump.directory"), directory),
}
