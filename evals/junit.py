"""JUnit XML, as continuous integration reads it: one test case for each conversation, and for each clause of a gate."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from evals.gate import Decision, Finding
from evals.scorers import MEASURES
from evals.scores import Score

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, section 2.2."""

_IN_MEMORY = 4_000_000
"""Characters; longer suites wait in a file."""


@dataclass(frozen=True, slots=True)
class JUnitCase:
    """One test case; `failures` say what is wrong, `error` that it could not be run, `skipped` why it says nothing."""

    name: str
    classname: str
    seconds: float = 0.0
    failures: tuple[str, ...] = ()
    error: str | None = None
    skipped: str | None = None


def case_of(case_id: str, epoch: int, suite: str, scores: Iterable[Score], passed: bool | None) -> JUnitCase:
    """A replayed conversation; it fails as it does in the report, for what decides and counts."""
    counted = [score for score in scores if score.counted]
    seconds = sum(score.value for score in counted if score.scorer == "milliseconds") / 1000
    name = case_id if not epoch else f"{case_id} (replay {epoch + 1})"
    error = next((score.why for score in counted if score.scorer == "errors" and not score.is_right), None)
    failures = tuple(words_of(score) for score in counted if not score.is_right and MEASURES[score.scorer].decides)
    skipped = "nothing is expected of it" if passed is None else None
    return JUnitCase(
        name=name,
        classname=suite,
        seconds=seconds,
        failures=failures if error is None else (),
        error=error,
        skipped=skipped,
    )


def words_of(score: Score) -> str:
    """What is wrong, in one line: the measure, where, what was expected and what was seen."""
    where = f" (message {score.message + 1})" if score.message is not None else ""
    label = f" {score.label}" if score.label else ""
    why = score.why or f"expected {score.expected!r}, saw {score.actual!r}"
    return f"{score.scorer}{label}{where}: {why}"


def gate_cases(decision: Decision) -> tuple[JUnitCase, ...]:
    """The clauses of a gate; what could not be decided is a failure, for nobody has shown that it is safe."""
    return tuple(
        JUnitCase(
            str(verdict.clause),
            "gate",
            failures=(f"{verdict.finding}: {verdict.words}",)
            if verdict.finding in (Finding.FAILS, Finding.UNDECIDED)
            else (),
            error=verdict.words if verdict.finding is Finding.BROKEN else None,
        )
        for verdict in decision.verdicts
    )


def write_junit(out: TextIO, name: str, cases: Iterable[JUnitCase]) -> None:
    """Write a test suite; its cases are written as they come, and copied once they have been counted."""
    counts: Counter[str] = Counter()
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8") as body:
        for case in cases:
            counts.update(("tests", *(element for element, _, _ in _problems(case))))
            body.write(_case_xml(case))
        body.seek(0)
        totals = {"tests": counts["tests"], "failures": counts["failure"], "errors": counts["error"]}
        attributes = " ".join(f'{key}="{value}"' for key, value in {**totals, "skipped": counts["skipped"]}.items())
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {attributes}>\n')
        out.write(f"<testsuite name={_attribute(name)} {attributes}>\n")
        copyfileobj(body, out)
    out.write("</testsuite>\n</testsuites>\n")


def _case_xml(case: JUnitCase) -> str:
    about = f'name={_attribute(case.name)} classname={_attribute(case.classname)} time="{case.seconds:.3f}"'
    inside = "".join(
        f"<{element} message={_attribute(message)}>{escape(_writable(content))}</{element}>"
        for element, message, content in _problems(case)
    )
    return f"<testcase {about}>{inside}</testcase>\n"


def _problems(case: JUnitCase) -> Iterator[tuple[str, str, str]]:
    """At most one element, with its message and its content."""
    if case.error is not None:
        yield "error", case.error, case.error
    elif case.failures:
        yield "failure", case.failures[0], "\n".join(case.failures)
    elif case.skipped is not None:
        yield "skipped", case.skipped, ""


def _attribute(text: str) -> str:
    return quoteattr(_writable(text))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
