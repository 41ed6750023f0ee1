"""A process that reads: it takes sources from a pipe and sends back what they give."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection

from ingest.garbage import collect_seldom
from ingest.readings import Job, known_in, readings

# Room for the largest page allowed, many times over; a file that needs more is a trap.
MEMORY = 4_000_000_000
# What a worker says first, once it has started.
READY = True


def work(pipe: Connection, job: Job) -> None:
    """Say READY; send the readings of each source that comes, then None. Ends with the pipe."""
    # Ctrl-C reaches the whole group; the process that writes decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory()
    collect_seldom()
    known = known_in(job.archive)
    try:
        pipe.send(READY)
        while (source := pipe.recv()) is not None:
            for reading in readings(source, job, known):
                pipe.send(reading)
            pipe.send(None)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)  # nobody is there to read for


def limit_memory(limit: int = MEMORY) -> None:
    """Let this process have `limit` bytes of memory and no more, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
