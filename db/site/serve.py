"""An archive served by Datasette, with metadata.json and settings that suit reading."""

from __future__ import annotations

import asyncio
import gc
import json
import secrets
import socket
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette

from db.archive import Archive
from db.errors import ArchiveBusy, CannotServe
from db.opening import UNWATCHED, address_of
from db.shards.folder import available, is_folder
from db.shards.reading import FolderReader, Reader
from db.site.bodies import STREAM_MB
from db.site.editing import SHORTEST, Editing, allow
from db.site.folders import missing, serve_folder
from db.site.hosts import is_own, names_of
from db.site.limits import limit_process
from db.taken import Take

SETTINGS = {
    # Suggesting facets costs a query a column on every page (784 ms to 15 at a million paragraphs).
    "suggest_facets": False,
    "default_page_size": 50,
    "default_facet_size": 10,
    "facet_time_limit_ms": 500,
    "sql_time_limit_ms": 3_000,
    "max_returned_rows": 1_000,
    "max_csv_mb": STREAM_MB,
    "num_sql_threads": 4,
    # A connection, of which there are eight; the system keeps what is read often, too.
    "cache_size_kb": 8_192,
    "truncate_cells_html": 4_096,
    # A page that was cached would hide what has just been ingested.
    "default_cache_ttl": 0,
    "allow_download": True,
}

# metadata.json calls the archive so; `databases` there is keyed by the file's name.
KEY = "archive"


def load_metadata() -> dict[str, Any]:
    """metadata.json: beside this module in an installed wheel, else at the repository's top."""
    here = Path(__file__)
    for path in (here.with_name("metadata.json"), here.parents[2] / "metadata.json"):
        if path.is_file():
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return found
    raise FileNotFoundError("metadata.json is missing: this installation is not whole")


def datasette_for(
    path: str | Path,
    *,
    hosts: Sequence[str] | None = None,
    editing: Editing | None = None,
    notebook: bool = True,
    reader: Reader | None = None,
) -> Datasette:
    """A Datasette for the archive at `path`, a file or a folder of shards, whatever it is called.

    It answers only requests for one of `hosts`, as `names_of` gives them; None lets all pass.
    `editing` lets those write who have its token. Without `notebook`, only they see the notebook.
    `reader` reads a folder whose shards lie elsewhere; they are no databases of Datasette's.

    Raises:
        ArchiveError: there is no archive there, or it cannot be opened.
    """
    folder = reader or (FolderReader(path) if is_folder(path) else None)
    if folder is None:
        # Opened by us first: an older archive is brought up to date, anything else is refused.
        Archive.open(path, create=False).close()
        if UNWATCHED in address_of(Path(path)):
            raise ArchiveBusy(
                path, "is served only from a folder that may be written; copy it to one"
            )
    files = [Path(path)] if folder is None else [s.path for s in available(folder.folder)[0]]
    files = [] if reader is not None else files
    metadata = load_metadata()
    # Datasette calls a database after its file.
    queries = metadata["databases"][KEY]
    metadata["databases"] = {file.stem: queries for file in files}
    if hosts is not None:
        metadata["plugins"] = {"onrecord": {"hosts": list(hosts)}}
    datasette = Datasette([str(file) for file in files], metadata=metadata, settings=SETTINGS)
    if folder is not None:
        serve_folder(datasette, folder)
    allow(datasette, editing, notebook=notebook)
    return datasette


def serve(
    path: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    also: Sequence[str] = (),
    edit: bool = False,
    token: str | None = None,
    take: Take | None = None,
    reader: Reader | None = None,
) -> None:
    """Serve the archive at `path` until interrupted. Port 0 takes any that is free.

    `also` are names that the site answers to besides its host's own. With `edit`, whoever gives
    `token` may write, and `take` takes in the files that they send; without a token one is made
    and printed. Where others can reach the site (by another host, or by names in `also`, those of
    a server in front of this one), they do not see the notebook. `reader` is as in `datasette_for`.

    Raises:
        ArchiveError: there is no archive there, or it cannot be opened.
        CannotServe: the port is taken, the host is not this machine's, or there is `edit` without
            a token where others can reach the site.
    """
    editing = Editing(_token(host, port, token), take) if edit else None
    datasette = datasette_for(
        path,
        hosts=names_of(host, also),
        editing=editing,
        notebook=is_own(host) and not also,
        reader=reader,
    )
    listener = _listener(host, port)
    address = _address(host, listener.getsockname()[1])
    asyncio.run(datasette.invoke_startup())
    for one in missing(datasette):
        print(f"{one.shard.path}: {one.reason}; the rest is served", file=sys.stderr)
    print(f"{path}: {address} (stop with Ctrl-C)", flush=True)
    if editing is not None:
        # Behind "#" the token stays in the browser; a token of one's own is not shown again.
        hint = "" if token else f"#token={editing.token}"
        print(f"To edit, sign in: {address}sign-in{hint}", flush=True)
    if open_browser:
        # The socket listens already: a browser that is quicker than the server waits for it.
        webbrowser.open(address)
    config = uvicorn.Config(datasette.app(), log_level="warning", lifespan="on")
    limit_process()
    # What was loaded by now stays: to look through it for garbage would hold up a page for 50 ms.
    gc.freeze()
    uvicorn.Server(config).run(sockets=[listener])


def _token(host: str, port: int, given: str | None) -> str:
    if given is not None and len(given) >= SHORTEST:
        return given
    if given:
        raise CannotServe("--token", f"a token has {SHORTEST} characters or more")
    if not is_own(host):
        raise CannotServe(
            f"{host}:{port}",
            "to edit where others can reach the site, choose a token: --token TOKEN,"
            " or ONRECORD_TOKEN in the environment",
        )
    return secrets.token_urlsafe(24)


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol named: asyncio sends small answers at once (TCP_NODELAY) only on such ones,
    # and else the second half of each waits 40 ms for the reader to acknowledge the first.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotServe(
            f"{host}:{port}", f"cannot be served on ({reason}); choose another with --port"
        ) from None
    return listener


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
