"""How fast saved conversations are replayed, against the bare cost of their embeddings, and in how much memory."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from bench.bare_embeddings import Bare, Costs, bare, costs
from bench.descendants import used_by
from bench.parts import Sizes
from bench.processes import ROOT
from bench.report import utc_now
from bench.rounds import Progress
from evals.knowledge import memory_in
from evals.replay.vectors import kept_vectors
from knowledge.embedding import TextKind

EXAMPLE = ROOT / "examples" / "travel"
TURNS = 8
MORE = 10
"""Times as many conversations, of one message each, in the run that shows whether memory grows."""

PROCESSES = 2

_LINES = {
    "en": (
        "Hi, how much is a trip to {place} for {few} people?",
        "We are {few} people",
        "{money} euro",
        "in {month}",
        "Do I need a visa for {place}?",
        "What happens if I cancel {many} days before?",
        "Are you open on Saturday the {few}th?",
        "Is there a discount for groups of {many}?",
    ),
    "pl": (
        "Dzień dobry, ile kosztuje wyjazd: {place}, {few} osób?",
        "Jest nas {few}",
        "{money} euro",
        "w {month}",
        "Czy potrzebuję wizy do: {place}?",
        "Co jeśli zrezygnuję {many} dni przed wyjazdem?",
        "Czy pracujecie w sobotę {few}?",
        "Czy jest zniżka dla grupy {many} osób?",
    ),
    "es": (
        "Hola, ¿cuánto cuesta el viaje a {place} para {few} personas?",
        "Somos {few}",
        "{money} euros",
        "en {month}",
        "¿Necesito visado para {place}?",
        "¿Qué pasa si cancelo {many} días antes?",
        "¿Abren el sábado {few}?",
        "¿Hay descuento para grupos de {many}?",
    ),
    "zh": (
        "你好，去{place}的行程{few}个人多少钱？",
        "我们{few}个人",
        "{money}欧元",
        "{month}",
        "去{place}需要签证吗？",
        "提前{many}天取消可以退款吗？",
        "周六{few}号营业吗？",
        "{many}个人的团有优惠吗？",
    ),
}
_PLACES = {
    "en": ("Rome", "Lisbon", "Crete", "Beijing"),
    "pl": ("Rzym", "Lizbona", "Kreta", "Pekin"),
    "es": ("Roma", "Lisboa", "Creta", "Pekín"),
    "zh": ("罗马", "里斯本", "克里特岛", "北京"),
}
_MONTHS = {
    "en": ("May", "June", "July"),
    "pl": ("maju", "czerwcu", "lipcu"),
    "es": ("mayo", "junio", "julio"),
    "zh": ("五月", "六月", "七月"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds, CPU seconds of the command and its processes, and the largest memory of one of them (MB)."""

    seconds: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that the section tells."""

    cases: int
    load: float
    """The machine's load average before the first run."""
    costs: Costs
    bare: Bare
    """Of all messages."""
    bare_once: Bare
    """Of each different message once."""
    first: Run
    again: Run
    few: Run
    many: Run

    @property
    def turns(self) -> int:
        """Of a run."""
        return self.cases * TURNS


def section(sizes: Sizes, progress: Progress) -> str:
    """Replay the same conversations twice, and as many short ones as show whether memory grows."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-evals-") as name:
        measured = _measure(Path(name), sizes.cases, progress)
    return "\n".join(_lines(measured, utc_now()))


def _measure(folder: Path, cases: int, progress: Progress) -> Measured:
    suite = _suite(folder / "suite.jsonl", conversations(cases))
    progress("ingesting the example's documents")
    replay(_suite(folder / "warm.jsonl", conversations(2)), folder, "ingested")
    load = os.getloadavg()[0]
    progress(f"replaying {cases} conversations")
    first, again = replay(suite, folder, "first"), replay(suite, folder, "again")
    progress(f"embedding {cases * TURNS} messages")
    each, bare, once = _bare([*_texts(suite)], memory_in(folder / "data" / "evals").second_vectors)
    progress(f"replaying {cases} and {MORE * cases} short conversations")
    few = replay(_suite(folder / "few.jsonl", short_conversations(cases)), folder, "few")
    many = replay(_suite(folder / "many.jsonl", short_conversations(MORE * cases)), folder, "many")
    return Measured(cases, load, each, bare, once, first, again, few, many)


def conversations(count: int) -> Iterator[str]:
    """Saved conversations of eight messages each in four languages; the shorter a message, the oftener it comes."""
    random = Random(7)
    for number in range(count):
        language = random.choice(sorted(_LINES))
        words = {"place": random.choice(_PLACES[language]), "month": random.choice(_MONTHS[language])}
        messages = [
            line.format(
                **words, few=random.randint(2, 9), many=random.randint(2, 999), money=random.randint(15, 90) * 100
            )
            for line in _LINES[language]
        ]
        yield _saved(f"b{number}", language, messages)


def short_conversations(count: int) -> Iterator[str]:
    """Saved conversations of one message, the same few over and over."""
    for number in range(count):
        language = sorted(_LINES)[number % len(_LINES)]
        yield _saved(f"s{number}", language, [_LINES[language][1].format(few=2 + number % 7)])


def _saved(name: str, language: str, texts: list[str]) -> str:
    messages = [{"role": "contact", "text": text} for text in texts]
    saved = {"id": name, "contact": {"id": name}, "language": language, "messages": messages}
    return json.dumps(saved, ensure_ascii=False)


def _suite(path: Path, lines: Iterator[str]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    return path


def replay(suite: Path, folder: Path, out: str) -> Run:
    """Run the suite by the command; its database's work counts in the seconds alone."""
    command: list[str | Path] = [
        *(Path(sys.executable).with_name("frontdesk"), "eval", "run", suite, "--mode", "dialogue"),
        *("--playbook", EXAMPLE / "playbook.yaml", "--data-dir", folder / "data"),
        *("--out", folder / out, "-j", str(PROCESSES)),
    ]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "OMP_NUM_THREADS": "1"}
    began = time.perf_counter()
    used = used_by(command, folder, environment)
    return Run(time.perf_counter() - began, used.cpu, used.memory)


def _bare(messages: Sequence[str], read: Path) -> tuple[Costs, Bare, Bare]:
    """What a text costs each model, all messages, and each different one once; `read` is what the second one keeps."""
    with kept_vectors(read) as kept:
        closely = [text for text in messages if kept[TextKind.QUERY].get(text) is not None]
    each = costs(messages, closely, PROCESSES)
    return each, bare(each, messages, closely), bare(each, [*{*messages}], [*{*closely}])


def _texts(suite: Path) -> Iterator[str]:
    with suite.open(encoding="utf-8") as lines:
        for line in lines:
            yield from (message["text"] for message in json.loads(line)["messages"])


def _lines(measured: Measured, now: datetime) -> Iterator[str]:
    each, bare, once = measured.costs, measured.bare, measured.bare_once
    yield "## Evals"
    yield ""
    yield f"Written by `make bench`; do not edit. `frontdesk eval run -j {PROCESSES}` with the offline brain over"
    yield f"{measured.cases:,} conversations of {TURNS} messages each in four languages, {once.first:,} different ones;"
    yield "the second run, as after a change of the playbook, remembers what the first one embedded and retrieved."
    yield "CPU time is that of the command and its processes, without the database's."
    yield f"{os.cpu_count()} cores, a load average of {measured.load:.1f} before the first run. {now:%Y-%m-%d}."
    yield ""
    yield "| run | seconds | ms of CPU a turn | × bare, all messages | × bare, different ones | largest process |"
    yield "|---|---|---|---|---|---|"
    for name, run in (("first", measured.first), ("again", measured.again)):
        yield (
            f"| {name} | {run.seconds:.0f} | {1000 * run.cpu / measured.turns:.1f} | {run.cpu / bare.seconds:.1f} | "
            f"{run.cpu / once.seconds:.1f} | {run.memory:.0f} MB |"
        )
    yield ""
    yield f"Bare are the embeddings alone, by {PROCESSES} processes at once: messages by the first model,"
    yield f"{1000 * each.first:.1f} ms of CPU each, and the {bare.second:,} that leave it in doubt"
    yield f"({once.second:,} different ones) by the second, too, {1000 * each.second:.1f} ms each. A run embeds once"
    yield "what comes again, and the playbook's examples besides."
    yield ""
    yield f"Memory: {measured.cases:,} conversations of one message take {measured.few.memory:.0f} MB in the largest"
    yield f"process, {MORE * measured.cases:,} take {measured.many.memory:.0f} MB."
