"""Half-precision vectors as PostgreSQL sends and reads them: their text would take several times longer."""

from collections.abc import Sequence

import numpy as np
import orjson
import psycopg
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format

from knowledge.embedding.protocol import Vector


class HalfVectorBytes(bytes):
    """A vector in the form that PostgreSQL reads in binary."""


class _HalfVectorDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: HalfVectorBytes) -> Buffer:
        return bytes(obj)


psycopg.adapters.register_dumper(HalfVectorBytes, _HalfVectorDumper)


def half_vector(vector: Vector) -> HalfVectorBytes:
    """Write what `halfvec_recv` reads: two 16-bit numbers, the first the length, then half-precision floats."""
    return HalfVectorBytes(len(vector).to_bytes(2) + b"\0\0" + vector.astype(">f2").tobytes())


def half_vector_text(vector: Vector) -> str:
    """Write it as text, for where it is an array's item: in binary, those need the number of their type."""
    return orjson.dumps(vector, option=orjson.OPT_SERIALIZE_NUMPY).decode()


def read_vectors(sent: Sequence[bytes]) -> Vector:
    """Read what `halfvec_send` wrote."""
    numbers = np.frombuffer(b"".join(sent), dtype=">f2").reshape(len(sent), -1)
    return numbers[:, 2:].astype(np.float32)
