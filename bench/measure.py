"""Commands run as a whole with their time, CPU and memory, in rounds, and shown as medians and ratios."""

import dataclasses
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

VYA = pathlib.Path(os.environ.get("VYA", pathlib.Path(__file__).resolve().parent.parent / "build/vya"))


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


def together(*results):
    """Several commands one after another, as one."""
    return Result(sum(r.seconds for r in results), sum(r.cpu for r in results), max(r.peak for r in results),
                  results[0].size)


class Place:
    """Where the dumps lie, and the servers: a source that stays, and a target that is new for each restore."""

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
        self.close()
        self.target = type(self.source)(self.folder / "target")

    def close(self):
        if self.target:
            self.target.close()
        self.target = None

    def vya(self, *arguments):
        """The command line, with a configuration of the two servers."""
        config = self.path("vya.yaml")
        instances = {"source": self.source, "target": self.target}
        lines = [f"  {name}: {server.instance()}" for name, server in instances.items() if server]
        config.write_text(f"repository: {self.path('repository')}\ninstances:\n" + "\n".join(lines) + "\n")
        return [VYA, "--config", config, *arguments]

    def vya_backup(self):
        repository = self.empty("repository")
        run(self.vya("init"), size=self.folder / "vya.yaml")
        return run(self.vya("backup", "source", "--jobs", self.jobs), size=repository)

    def vya_restore(self):
        return run(self.vya("restore", "source", "--to", "target", "--jobs", self.jobs), size=self.path("repository"))


def table(title, results):
    """Prints one line a contender: medians, and the median of its ratios to the first one's time."""
    first = next(iter(results.values()))
    print(f"\n{title}\n  {'':34}{'time':>9}{'ratio':>8}{'CPU':>9}{'peak memory':>13}{'size':>10}")
    for name, runs in results.items():
        ratio = statistics.median(r.seconds / f.seconds for r, f in zip(runs, first))
        median = lambda field: statistics.median(getattr(r, field) for r in runs)  # noqa: E731
        print(f"  {name:34}{median('seconds'):8.2f}s{ratio:8.2f}{median('cpu'):8.2f}s"
              f"{median('peak') / 2**20:10.0f} MB{median('size') / 2**20:7.0f} MB")


def measure(contenders, runs, place, before):
    results = {name: [] for name in contenders}
    for number in range(1, runs + 1):
        for name, contender in contenders.items():
            before()
            results[name].append(contender(place))
            print(f"  round {number}: {name}: {results[name][-1].seconds:.2f} s", file=sys.stderr)
    return results
