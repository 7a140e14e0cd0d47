"""What holds a worker process in: no network, no more memory than allowed, and no life beyond its parent's.

After the isolation of Apache Tika's servers: what reads a stranger's file may crash, hang or swell, and costs that file
alone. Limits on memory are the system's own; where it has none (Windows), the time limit still holds.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MEGABYTE = 1 << 20
NETWORK = frozenset(("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"))
"""Events of the interpreter (PEP 578) that a connection cannot do without."""
DIES_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl(2)."""


def confine_process(*, megabytes: int) -> None:
    """Hold this process in, for good. `megabytes` is what it may take beyond what it holds now; 0 for no limit."""
    sys.addaudithook(_refuse_network)
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its workers
    if os.name == "posix":
        os.setsid()
        _die_with_parent()
        _limit_memory(megabytes)


@contextmanager
def hold_interrupts() -> Iterator[None]:
    """Let Ctrl-C wait meanwhile, and never reach a process that is started meanwhile: it is for the parent."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    local = event == "socket.connect" and len(arguments) > 1 and isinstance(arguments[1], str | bytes)
    if event in NETWORK and not local:
        raise PermissionError(f"no network connection is ever opened ({event})")


def _die_with_parent() -> None:
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)


def _limit_memory(megabytes: int) -> None:
    if not megabytes:
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        most = _held() + megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _held() -> int:
    """Bytes of address space that this process holds now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def end_session(leader: int) -> None:
    """End a worker and everything that it started; it leads a session of its own."""
    for process in (*_in_session(leader), leader):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(process, signal.SIGKILL if os.name == "posix" else signal.SIGTERM)


def _in_session(leader: int) -> list[int]:
    """The processes of a session, where the system tells them."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat") if sys.platform == "linux" else ():
        with suppress(OSError, ValueError, IndexError):
            fields = place.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            if int(fields[3]) == leader:
                found.append(int(place.parent.name))
    return found


def is_alive(process: int) -> bool:
    """Whether a process of this number runs; True where that cannot be told."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
