"""Any of our records in; plain JSON values, or their compressed bytes, out; and the same record back.

What a field may hold is told by its type: nested records, tuples, unions with None or of records, Literals, text and
numbers. A field at its default is left out, so that a record which has gained a field still reads what was kept before.
"""

from __future__ import annotations

import json
import os
import types
import zlib
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache, partial
from typing import Any, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from urllib.parse import quote

from lscb_textmine.errors import InputError

FORMAT = 1
"""Counted up when records kept before can no longer be read."""
Record = TypeVar("Record")
Plain = Any
"""What JSON holds: text, numbers, truth values, None, lists, and objects by name."""
TAG = "is"
"""Names the record where a field may hold several."""


class Codec(NamedTuple):
    """How values of a type are laid down, and read again."""

    lay: Callable[[Any], Plain]
    read: Callable[[Plain], Any]


def record_to_plain(record: object) -> Plain:
    """The record as plain values under its name and the version of this form."""
    kind: Any = type(record)
    return {"format": FORMAT, TAG: kind.__name__, "value": _codec(kind).lay(record)}


def plain_to_record(plain: Plain, *kinds: type[Record]) -> Record:
    """The record, which must be one of these. Raises InputError for another version, kind or field."""
    version = plain.get("format") if isinstance(plain, dict) else None
    if version != FORMAT:
        raise InputError(f"holds records of version {version!r}; this program reads version {FORMAT}")
    kind: Any = _named(kinds, plain.get(TAG))
    return cast(Record, _codec(kind).read(plain.get("value")))


def path_to_text(path: str) -> str:
    r"""The path as a database can hold it: itself, or its bytes where they are no UTF-8.

    >>> path_to_text("/plans/ŵ.pdf"), path_to_text("/plans/\udcff.pdf")
    ('/plans/ŵ.pdf', 'bytes:/plans/%FF.pdf')
    """
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return f"bytes:{quote(os.fsencode(path))}"
    return path


def record_to_bytes(record: object) -> bytes:
    """The record as compressed JSON."""
    text = json.dumps(record_to_plain(record), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def bytes_to_record(content: bytes, *kinds: type[Record]) -> Record:
    """The record in compressed JSON. Raises InputError when it is damaged or none of these."""
    try:
        plain = json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))
    except (zlib.error, ValueError, RecursionError) as error:
        raise InputError(f"holds a record that is damaged ({error})") from error
    return plain_to_record(plain, *kinds)


@cache
def _codec(hint: Any) -> Codec:
    if isinstance(hint, type) and is_dataclass(hint):
        return _record_codec(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return Codec(_same, partial(_read_choice, arguments))
    if origin is tuple:
        return _tuple_codec(arguments)
    if origin in (Union, types.UnionType):
        return _union_codec(arguments)
    if hint in (str, int, float, bool):
        return Codec(_same, partial(_read_value, hint))
    raise TypeError(f"{hint}: records hold no values of this type")


def _same(value: Plain) -> Plain:
    return value


def _read_choice(choices: tuple[Any, ...], value: Plain) -> Plain:
    return value if value in choices else _refuse(value, f"one of {choices}")


def _read_value(kind: type, value: Plain) -> Plain:
    allowed = (int, float) if kind is float else kind
    right = isinstance(value, allowed) and (kind is bool or not isinstance(value, bool))
    return value if right else _refuse(value, kind.__name__)


def _refuse(value: Plain, wanted: str) -> Any:
    raise InputError(f"holds {str(value)[:40]!r} where {wanted[:200]} is due")


def _tuple_codec(arguments: tuple[Any, ...]) -> Codec:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        each = _codec(arguments[0])
        return Codec(
            lambda values: [each.lay(value) for value in values],
            lambda values: tuple(each.read(value) for value in _listed(values)),
        )
    parts = tuple(map(_codec, arguments))
    return Codec(
        lambda values: [part.lay(value) for part, value in zip(parts, values, strict=True)],
        lambda values: tuple(part.read(value) for part, value in zip(parts, _listed(values, len(parts)), strict=True)),
    )


def _listed(values: Plain, count: int | None = None) -> list[Plain]:
    right = isinstance(values, list) and count in (None, len(values))
    return values if right else cast(list[Plain], _refuse(values, f"a list of {count or 'any number'}"))


def _union_codec(arguments: tuple[Any, ...]) -> Codec:
    kinds = tuple(each for each in arguments if each is not types.NoneType)
    whole = _codec(kinds[0]) if len(kinds) == 1 else _tagged_codec(kinds)
    if len(kinds) == len(arguments):
        return whole
    return Codec(
        lambda value: None if value is None else whole.lay(value),
        lambda value: None if value is None else whole.read(value),
    )


def _tagged_codec(kinds: tuple[Any, ...]) -> Codec:
    """For a field that holds one of several records."""
    if not all(map(is_dataclass, kinds)):
        raise TypeError(f"{kinds}: only records can stand for each other")

    def read(value: Plain) -> Any:
        named = value if isinstance(value, dict) else cast(dict[str, Plain], _refuse(value, "a record"))
        rest = {name: each for name, each in named.items() if name != TAG}
        return _codec(_named(kinds, named.get(TAG))).read(rest)

    def lay(value: Any) -> Plain:
        kind: Any = type(value)
        return {TAG: kind.__name__} | _codec(kind).lay(value)

    return Codec(lay, read)


def _named(kinds: tuple[Any, ...], name: Plain) -> Any:
    wanted = " or ".join(kind.__name__ for kind in kinds)
    return next((kind for kind in kinds if kind.__name__ == name), None) or _refuse(name, wanted)


def _record_codec(kind: Any) -> Codec:
    hints = get_type_hints(kind)
    parts = [(each, _codec(hints[each.name]), _default(each)) for each in fields(kind)]
    readers = {each.name: codec.read for each, codec, _ in parts}

    def lay(record: Any) -> Plain:
        values = ((each.name, codec, getattr(record, each.name), default) for each, codec, default in parts)
        return {name: codec.lay(value) for name, codec, value, default in values if not _alike(value, default)}

    def read(plain: Plain) -> Any:
        given = plain if isinstance(plain, dict) else cast(dict[str, Plain], _refuse(plain, kind.__name__))
        if not given.keys() <= readers.keys():
            _refuse(sorted(given.keys() - readers.keys())[0], f"a field of {kind.__name__}")
        try:
            return kind(**{name: readers[name](value) for name, value in given.items()})
        except TypeError as error:
            raise InputError(f"holds a {kind.__name__} that lacks a part ({error})") from error

    return Codec(lay, read)


def _default(each: Field[Any]) -> Any:
    return each.default_factory() if each.default_factory is not MISSING else each.default


def _alike(value: Any, default: Any) -> bool:
    return type(value) is type(default) and bool(value == default)
