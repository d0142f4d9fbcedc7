"""The facts of the tests' zoo: what must be true of the server that tests/story/zoo/*.sql made, and of its copies.

A fact is a comment of three lines or more among the statements: `-- fact: NAME`, the query, `-- -> TEXT`. It belongs to the
database that the file is connected to there. The tests read the same lines (tests/story/zoo.cpp).
"""

import dataclasses
import pathlib
import re
import subprocess

ZOO = pathlib.Path(__file__).resolve().parent.parent / "tests/story/zoo"


@dataclasses.dataclass
class Fact:
    name: str
    database: str
    query: str
    expected: str


def needs(path, word):
    return re.findall(rf"^-- needs: {word} (\S+)$", path.read_text(), re.MULTILINE)


def files(major, extensions):
    """The zoo's files for a server of this version that has these extensions, in the order in which they are run."""
    return [path for path in sorted(ZOO.glob("*.sql"))
            if all(int(version) <= major for version in needs(path, "version"))
            and set(needs(path, "extension")) <= set(extensions)]


def facts_of(path):
    database, name, query = "postgres", None, []
    for line in path.read_text().splitlines():
        if line.startswith("\\connect "):
            word = line.removeprefix("\\connect ")
            database = word[1:-1].replace('""', '"') if word.startswith('"') else word
        elif line.startswith("-- fact: "):
            name, query = line.removeprefix("-- fact: "), []
        elif name and line.startswith("--   -> "):
            yield Fact(name, database, " ".join(query), line.removeprefix("--   -> ").replace("{NL}", "\n"))
            name = None
        elif name and line.startswith("--   "):
            query.append(line.removeprefix("--   "))


def is_true(fact, psql):
    """Asks a server: `psql` is the command line that reaches it, without the database."""
    command = ["env", "PGCLIENTENCODING=UTF8", *psql, "-XAtq", "-d", f"dbname='{escaped(fact.database)}'", "-c", fact.query]
    ended = subprocess.run(command, check=False, text=True, errors="replace", capture_output=True)
    return ended.returncode == 0 and ended.stdout.removesuffix("\n") == fact.expected


def escaped(name):
    return name.replace("\\", "\\\\").replace("'", "\\'")
