"""Files that somebody sends: read as they come, laid into a folder that is gone afterwards."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import shutil
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File, create_form_parser

from db.errors import CannotCorrect
from db.site import bodies
from db.taken import Take, Taken

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

# Fields beside the files: names, addresses.
_FIELD = 100_000
_MANY = 1_000
# In bytes, with room for what a file system adds.
_LONGEST_NAME = 180


async def received(request: Request, *, of_this_site: bool) -> list[File]:
    """The files of a multipart form, small ones in memory, others in temporary files.

    With `of_this_site`, the form must have been made by a page of ours for this visitor: it holds
    the token that Datasette gives its forms. (Its own check of forms with files, asgi-csrf 0.11,
    fails with the current python-multipart, so db.site leaves these to us.)

    Raises CannotCorrect where it is no such form, or it ends in the middle.
    """
    fields: dict[bytes, bytes] = {}

    def keep(field: Field) -> None:
        fields[field.field_name or b""] = field.value or b""

    from datasette.utils.asgi import Forbidden

    files: list[File] = []
    kind = request.headers.get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        raise CannotCorrect("send the file in a form (multipart/form-data)")
    try:
        parser = create_form_parser(
            {"Content-Type": kind.encode("latin-1")}, keep, files.append,
            {"MAX_FIELD_SIZE": _FIELD, "MAX_FIELDS": _MANY},
        )  # fmt: skip
        more = True
        while more:
            message = await request.receive()
            if message["type"] != "http.request":
                raise CannotCorrect("the sending was broken off")
            parser.write(message.get("body", b""))
            more = message.get("more_body", False)
        parser.finalize()
        if of_this_site:
            wanted = request.scope["csrftoken"]().encode()
            if not hmac.compare_digest(fields.get(b"csrftoken", b""), wanted):
                raise Forbidden("Load the page anew, then send the files again")
    except (FormParserError, ValueError) as error:
        close(files)
        raise CannotCorrect(f"the form could not be read ({error})") from None
    except BaseException:
        close(files)
        raise
    # A browser sends an empty one without a name where none was chosen.
    return [file for file in files if file.file_name or file.size]


def checks_itself(datasette: Datasette, scope: Mapping[str, Any]) -> bool:
    """Whether `received` checks this request, or it needs a token that no other page can send."""
    return bodies.path_in(datasette, scope) in bodies.UPLOADS


def close(files: list[File]) -> None:
    """Let go of the files; those on the disk are gone."""
    for file in files:
        file.close()


def take_in(take: Take, files: list[File]) -> list[Taken]:
    """Hand the files over to `take`, and say what became of them. Raises ArchiveError."""
    try:
        with TemporaryDirectory(prefix="onrecord-") as folder:
            for file in files:
                _lay(file, Path(folder))
            return take(Path(folder))
    finally:
        close(files)


def _lay(file: File, folder: Path) -> None:
    file.file_object.seek(0)
    # Named after the bytes: two files called index.html are not one that has changed.
    own = folder / hashlib.file_digest(file.file_object, "sha256").hexdigest()[:16]
    own.mkdir(exist_ok=True)
    file.file_object.seek(0)
    with open(own / safe_name(file.file_name or b""), "wb") as laid:
        shutil.copyfileobj(file.file_object, laid)


def safe_name(given: bytes) -> str:
    """A file's own name out of what a stranger calls it: no folder, nothing hidden, no controls."""
    name = re.split(r"[/\\]", given.decode("utf-8", "replace"))[-1]
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C").strip().lstrip(".")
    stem, end = os.path.splitext(name)
    # Cut between letters, not within one that takes several bytes.
    stem = stem.encode()[:_LONGEST_NAME].decode("utf-8", "ignore")
    return f"{stem}{end[:10]}" or "page"
