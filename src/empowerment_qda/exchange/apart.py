"""Readers in a process of their own: whatever a file makes a library do, its memory and time have an end."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from empowerment_qda.exchange.archive import Unreadable

T = TypeVar("T")
MEMORY = 1 << 30
"""Bytes of memory that reading one file may take, where the system can hold a process to it (Linux)."""
SECONDS = 60
"""... and how long it may take, anywhere."""
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from empowerment_qda.exchange.apart import answer; answer(int(sys.argv[2]))"
)
_HEAVY = f"takes more than {MEMORY >> 30} GB of memory to read"


def read_apart(read: Callable[[str, bytes], T], name: str, data: bytes) -> T:
    """What a reader makes of the name and the bytes of a file. What it raises is raised here too; Unreadable where it takes
    too much memory or time, or its library falls over."""
    places = json.dumps([os.path.abspath(one) for one in sys.path])
    command = [sys.executable, "-I", "-c", _START, places, str(MEMORY)]
    try:
        done = subprocess.run(
            command, input=pickle.dumps((read, name, data)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Unreadable(f"takes longer than {SECONDS} seconds to read") from None
    if done.returncode:  # libraries in C and Rust end the process where memory ends
        raise Unreadable(f"{_HEAVY}, or is damaged so that its reader falls over")
    found, error = pickle.loads(done.stdout)
    if error is not None:
        raise error
    made: T = found
    return made


def answer(memory: int) -> None:
    """The other side: reads what `read_apart` sends, and answers with what was found and what was raised."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 30,) * 2)  # should who waits for it be gone
    except (ImportError, ValueError, OSError):  # Windows has none, macOS does not take all
        pass
    found, error = attempt(*pickle.load(sys.stdin.buffer))
    with out:
        pickle.dump((found, error), out)


def attempt(
    read: Callable[[str, bytes], Any], name: str, data: bytes
) -> tuple[Any, Unreadable | ModuleNotFoundError | None]:
    """What a reader finds, or why it finds nothing: a library raises whatever its parts do."""
    try:
        return read(name, data), None
    except Unreadable as error:
        return None, error
    except ModuleNotFoundError as error:
        return None, ModuleNotFoundError(str(error), name=error.name)
    except MemoryError:
        return None, Unreadable(_HEAVY)
    except RecursionError:
        return None, Unreadable("is nested too deep to be read")
    except Exception as error:
        return None, Unreadable(f"cannot be read ({type(error).__name__})")
