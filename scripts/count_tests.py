"""Prints `PASSED FAILED SKIPPED` for a report that ctest wrote with --output-junit.

A test that ctest could not even start counts as failed: it stands in the report as skipped, but without a skip that
the test asked for.
"""

import sys
import xml.etree.ElementTree


def outcome(case):
    if case.get("status") == "run":
        return "passed"
    if case.get("status") == "disabled":
        return "skipped"
    message = getattr(case.find("skipped"), "attrib", {}).get("message", "")
    return "skipped" if message.startswith("SKIP_") else "failed"


report = xml.etree.ElementTree.parse(sys.argv[1]).getroot()
outcomes = [outcome(case) for case in report.iter("testcase")]
print(*(outcomes.count(kind) for kind in ("passed", "failed", "skipped")))
