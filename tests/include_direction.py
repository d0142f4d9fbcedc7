"""Reads the quoted includes of src/ and compares them with the picture in docs/ARCHITECTURE.md.

    include_direction.py SRC       prints every include that goes against the picture; exit status 1 when there is one
    include_direction.py --self    shows on a small made-up tree that this can fail
"""

import pathlib
import re
import sys
import tempfile

# What each folder may include, besides itself. `engine` includes nothing of its subfolders: who uses an engine knows
# only engine.h.
ENGINES = {"engine/postgresql", "engine/mysql"}
ALLOWED = {
    "base": set(),
    "stream": {"base"},
    "engine": {"stream", "base"},
    "engine/postgresql": {"engine", "stream", "base"},
    "engine/mysql": {"engine", "stream", "base"},
    "store": {"stream", "base"},
    "repository": {"store", "stream", "base"},
    "config": {"base"},
    "report": {"base"},
    "scratch": {"base"},
    "notify": {"report", "base"},
}
ALLOWED["operation"] = set(ALLOWED)
ALLOWED["cli"] = (set(ALLOWED) | {"operation"}) - ENGINES

# Headers that are slow to compile, or that only one place should know: who may include them.
CONFINED = {
    "CLI/": re.compile(r"cli/parse(_parts\.h|_[a-z]+\.cpp|\.cpp)$"),
    "nlohmann/": re.compile(r"_json\.cpp$"),
    "yaml-cpp/": re.compile(r"config/[^/]+\.cpp$"),
    "spdlog/": re.compile(r"base/log\.cpp$"),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')


def folder_of(path):
    """The folder that a file belongs to, by the longest known name: engine/postgresql/x.h is not engine's."""
    parts = path.split("/")[:-1]
    for length in range(len(parts), 0, -1):
        if "/".join(parts[:length]) in ALLOWED:
            return "/".join(parts[:length])
    return None


def complaint(file, bracket, included):
    """What is wrong with a line of a file, or None."""
    for header, allowed in CONFINED.items():
        if included.startswith(header) and not allowed.search(file):
            return f"only {allowed.pattern} may include <{header}...>"
    if bracket == "<":
        return None
    ours, theirs = folder_of(file), folder_of(included)
    if ours is None:
        return "the file's folder is not in the picture"
    if theirs is None:
        return f'"{included}" is in no folder of the picture'
    if theirs != ours and theirs not in ALLOWED[ours]:
        return f"{ours} may not include {theirs}"
    return None


def complaints(src):
    """All complaints about a tree, as lines `FILE:LINE: ...`, and how many includes were looked at."""
    lines, seen = [], 0
    for path in sorted(src.rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        file = path.relative_to(src).as_posix()
        for number, text in enumerate(path.read_text().splitlines(), 1):
            match = INCLUDE.match(text)
            if not match:
                continue
            seen += 1
            if wrong := complaint(file, *match.groups()):
                lines.append(f"src/{file}:{number}: {wrong}")
    return lines, seen


def self_test():
    good = {
        "base/log.cpp": "#include <spdlog/spdlog.h>",
        "stream/a.h": '#include "base/bytes.h"',
        "engine/postgresql/a.cpp": '#include "engine/engine.h"',
        "operation/b.cpp": '#include "engine/postgresql/postgresql.h"\n#include "repository/c.h"',
        "cli/parse.cpp": '#include <CLI/CLI.hpp>\n#include "operation/b.h"\n#include "engine/engine.h"',
        "repository/c_json.cpp": "#include <nlohmann/json.hpp>",
    }
    bad = {
        "base/a.cpp": '#include "stream/sink.h"',
        "engine/a.h": '#include "engine/postgresql/a.h"',
        "engine/postgresql/b.cpp": '#include "repository/c.h"',
        "repository/c.cpp": "#include <nlohmann/json.hpp>",
        "store/d.cpp": '# include "engine/engine.h"',
        "cli/e.cpp": '#include "engine/postgresql/a.h"',
        "cli/main.cpp": "#include <CLI/CLI.hpp>",
        "cli/f_json.cpp": "#include <yaml-cpp/yaml.h>",
        "config/g.cpp": '#include "sibling.h"',
        "drawer/h.cpp": '#include "base/bytes.h"',
    }
    with tempfile.TemporaryDirectory() as folder:
        src = pathlib.Path(folder)
        for file, text in {**good, **bad}.items():
            (src / file).parent.mkdir(parents=True, exist_ok=True)
            (src / file).write_text(text + "\n")
        lines, _ = complaints(src)
    complained = [line.split(":")[0].removeprefix("src/") for line in lines]
    assert complained == sorted(bad), f"expected complaints about {sorted(bad)}, got {lines}"


def main():
    if sys.argv[1:] == ["--self"]:
        self_test()
        return 0
    lines, seen = complaints(pathlib.Path(sys.argv[1]))
    print(*lines, sep="\n", end="\n" if lines else "")
    print(f"{seen} includes, {len(lines)} against the picture")
    return 1 if lines or not seen else 0


sys.exit(main())
