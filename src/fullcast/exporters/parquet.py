"""The tables of ``tables``, typed, one Parquet file each."""

import re
from typing import cast

import pyarrow
import pyarrow.parquet

from fullcast.exporters.registry import Content
from fullcast.exporters.schema import Script
from fullcast.exporters.tables import TABLES, Kind, Table
from fullcast.exporters.writers import Cell

_TYPES = {
    Kind.TEXT: pyarrow.string(),
    Kind.TEXTS: pyarrow.list_(pyarrow.string()),
    Kind.INTEGER: pyarrow.int32(),
    Kind.NUMBER: pyarrow.float64(),
    Kind.TRUTH: pyarrow.bool_(),
}
_SURROGATE = re.compile("[\ud800-\udfff]")


def export(script: Script, *, text: bool = True) -> Content:
    """Write each table as a Parquet file."""
    return {f"{table.name}.parquet": _page(table, script, text) for table in TABLES}


def _page(table: Table, script: Script, text: bool) -> bytes:
    columns = table.shown(text=text)
    rows = [[_utf8(row.get(name)) for name in columns] for row in table.rows(script)]
    schema = pyarrow.schema([(name, _TYPES[kind]) for name, kind in columns.items()])
    arrays = [
        pyarrow.array([row[number] for row in rows], type=field.type)
        for number, field in enumerate(schema)
    ]
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(pyarrow.table(arrays, schema=schema), sink, compression="zstd")
    return cast("bytes", sink.getvalue().to_pybytes())


def _utf8(cell: Cell) -> Cell:
    """Write U+FFFD for a lone surrogate, which UTF-8 does not have."""
    if isinstance(cell, list):
        return [str(_utf8(each)) for each in cell]
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", cell) if isinstance(cell, str) else cell
