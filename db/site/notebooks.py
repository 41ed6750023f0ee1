"""The notebook beside the served archive, for pages that read it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from db.notebook import Notebook, notebook_path
from db.shards.held import Held
from db.shards.reading import Reader
from db.shelves import lists, tags
from db.site import folders, shell, threads
from db.site.editing import may_read_notes

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

Found = TypeVar("Found")


async def path_of(datasette: Datasette, request: Request) -> Path | None:
    """The notebook's file; None where there is none yet, or this visitor may not see it."""
    archive = await archive_path(datasette, request)
    if archive is None or not may_read_notes(datasette, request):
        return None
    path = notebook_path(archive)
    return path if path.is_file() else None


async def archive_path(datasette: Datasette, request: Request) -> Path | None:
    """The file of the archive that the request is about, or the folder of its shards."""
    folder = folders.folder_of(datasette)
    if folder is not None:
        return folder.path
    name = await shell.archive_of(datasette, request)
    path = datasette.get_database(name).path if name else None
    return Path(path) if path else None


async def ask(
    datasette: Datasette, request: Request, question: Callable[[Notebook], Found | None]
) -> Found | None:
    """The answer of `question`, put to the notebook; None where `path_of` says so.

    The notebook is opened for reading only.
    """
    path = await path_of(datasette, request)
    if path is None:
        return None

    def asked(archive: sqlite3.Connection | Held) -> Found | None:
        with Notebook.open(path, archive, read_only=True) as book:
            return question(book)

    folder = folders.folder_of(datasette)
    if folder is not None:
        await shell.may_read(datasette, request)
        return await asyncio.to_thread(_of_folder, folder, asked)

    name = await shell.archive_of(datasette, request)
    await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
    found: Found | None = await threads.ask(datasette.get_database(name), asked)
    return found


def _of_folder(folder: Reader, question: Callable[[Held], Found | None]) -> Found | None:
    with folder.held() as held:
        return question(held)


async def shelf_names(datasette: Datasette, request: Request) -> tuple[list[str], list[str]]:
    """The names of all tags and of all lists, to choose from."""

    def names(book: Notebook) -> tuple[list[str], list[str]]:
        return [name for name, _ in tags(book)], [name for name, _ in lists(book)]

    return await ask(datasette, request, names) or ([], [])
