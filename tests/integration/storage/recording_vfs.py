"""What SQLite really writes and forces to the disk: its own VFS with an ear to it.

The default VFS of the SQLite that Python uses is wrapped by ctypes: every write, truncation and
sync of a file is passed on and noted in its order. Meant for a process of its own.
"""

import ctypes as c
import sqlite3
import sys
from pathlib import Path
from typing import Any

_File = c.c_void_p
_OPEN = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_char_p, _File, c.c_int, c.c_void_p)
_CLOSE = c.CFUNCTYPE(c.c_int, _File)
_WRITE = c.CFUNCTYPE(c.c_int, _File, c.c_void_p, c.c_int, c.c_int64)
_TRUNCATE = c.CFUNCTYPE(c.c_int, _File, c.c_int64)
_SYNC = c.CFUNCTYPE(c.c_int, _File, c.c_int)

Event = tuple[str, str, int, bytes]
"""A file's name, what happened (write, truncate, sync), where or how long, and the bytes."""


class _Vfs(c.Structure):
    _fields_ = (
        ("version", c.c_int),
        ("file_size", c.c_int),
        ("longest_path", c.c_int),
        ("next", c.c_void_p),
        ("name", c.c_char_p),
        ("app_data", c.c_void_p),
        ("open", _OPEN),
        ("others", c.c_void_p * 15),
    )


class _Methods(c.Structure):
    _fields_ = (
        ("version", c.c_int),
        ("close", _CLOSE),
        ("read", c.c_void_p),
        ("write", _WRITE),
        ("truncate", _TRUNCATE),
        ("sync", _SYNC),
        ("others", c.c_void_p * 13),
    )


class NotPossible(Exception):
    """This Python keeps its SQLite where ctypes cannot reach it."""


class Recorder:
    """Notes what is written from now on, by every connection of this process."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        library = _library()
        library.sqlite3_vfs_find.restype = c.POINTER(_Vfs)
        library.sqlite3_vfs_register.argtypes = [c.POINTER(_Vfs), c.c_int]
        self._plain: _Vfs = library.sqlite3_vfs_find(None).contents
        self._files: dict[int, tuple[str, _Methods]] = {}
        self._methods: dict[int, _Methods] = {}
        self._vfs = _Vfs.from_buffer_copy(self._plain)
        self._vfs.name, self._vfs.next = b"recording", None
        self._vfs.open = _OPEN(self._open)
        if library.sqlite3_vfs_register(c.byref(self._vfs), 1):
            raise NotPossible

    def _open(self, _: int, name: bytes | None, file: int, flags: int, out: int) -> int:
        result: int = self._plain.open(c.byref(self._plain), name, file, flags, out)
        slot = c.cast(file, c.POINTER(c.c_void_p))
        if result == 0 and name is not None and slot[0]:
            plain = c.cast(slot[0], c.POINTER(_Methods)).contents
            self._files[file] = (Path(name.decode()).name, plain)
            slot[0] = c.addressof(self._heard(slot[0], plain))
        return result

    def _heard(self, address: int, plain: _Methods) -> _Methods:
        if address not in self._methods:
            heard = _Methods.from_buffer_copy(plain)
            heard.close, heard.write = _CLOSE(self._close), _WRITE(self._write)
            heard.truncate, heard.sync = _TRUNCATE(self._truncate), _SYNC(self._sync)
            self._methods[address] = heard
        return self._methods[address]

    def _close(self, file: int) -> int:
        return int(self._files.pop(file)[1].close(file))

    def _write(self, file: int, data: int, size: int, offset: int) -> int:
        name, plain = self._files[file]
        self.events.append((name, "write", offset, c.string_at(data, size)))
        return int(plain.write(file, data, size, offset))

    def _truncate(self, file: int, size: int) -> int:
        name, plain = self._files[file]
        self.events.append((name, "truncate", size, b""))
        return int(plain.truncate(file, size))

    def _sync(self, file: int, flags: int) -> int:
        name, plain = self._files[file]
        result = int(plain.sync(file, flags))
        self.events.append((name, "sync", 0, b""))
        return result


def _library() -> Any:
    """The SQLite that the sqlite3 module is bound to, not just any of this machine."""
    module = sys.modules["_sqlite3"]
    library = c.CDLL(getattr(module, "__file__", None))
    try:
        version = library.sqlite3_libversion
    except AttributeError as error:
        raise NotPossible from error
    version.restype = c.c_char_p
    if version().decode() != sqlite3.sqlite_version:
        raise NotPossible
    return library
