"""Small archives for tests, good and bad, of pages of our own: made anew for each test."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib

FERRY = (
    "<html><head><title>Ferry stays in port</title></head><body><article><h1>Ferry stays in port"
    "</h1><p>By Hedda Brix</p><p>The ferry to Skarholm stayed in port on Monday, for the third day,"
    " and the shops on the island ran out of bread by noon.</p><p>“Nobody sails in this,” said Runa"
    " Vik, who runs the ferry and has done so for eleven years.</p></article></body></html>"
)
TUGS = FERRY.replace("Ferry stays", "Tugs stay").replace("The ferry to", "Both tugs of")
DATE = "2024-03-07T09:15:30Z"


def page(number: int) -> str:
    """One of many different pages."""
    return FERRY.replace("Ferry stays", f"Ferry {number} stays").replace("third", f"{number}rd")


def record(
    uri: str,
    body: bytes | str,
    *,
    kind: str = "response",
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
    more: str = "",
    http: str = "",
    date: str = DATE,
    length: int | None = None,
) -> bytes:
    """A WARC record; `more` are header lines of its own, `http` those of the answer."""
    data = body.encode() if isinstance(body, str) else body
    if kind in ("response", "revisit"):
        data = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{http}\r\n".encode() + data
        content_type = "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{zlib.crc32(uri.encode()):012}>\r\n"
        f"Content-Type: {content_type}\r\n{more}"
        f"Content-Length: {len(data) if length is None else length}\r\n\r\n"
    )
    return head.encode() + data + b"\r\n\r\n"


def pages(number: int) -> list[bytes]:
    """Records of `number` different pages."""
    return [record(f"https://courier.example/{n}", page(n)) for n in range(number)]


def packed(records: list[bytes]) -> bytes:
    """Each record a gzip member of its own, as WARC.gz has it."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def tarred(members: dict[str, str | bytes], mode: str = "w") -> bytes:
    """A tar archive; a member whose content begins with "->" is a link to what follows."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            if data.startswith(b"->"):
                info.type, info.linkname = tarfile.SYMTYPE, data[2:].decode()
                archive.addfile(info)
            elif data == b"device":
                info.type = tarfile.CHRTYPE
                archive.addfile(info)
            else:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def bad_files() -> dict[str, bytes]:
    """Small files that are broken, each in a way of its own: `tests/data/containers`."""
    warc = pages(5)
    members = [packed([one]) for one in warc]
    spoilt = bytearray(members[2])
    spoilt[len(spoilt) // 2] ^= 0xFF
    wrong = [*warc[:2], record("https://courier.example/2", page(2), length=10**9), *warc[3:]]
    pair: dict[str, str | bytes] = {"ferry.html": FERRY, "tugs.html": TUGS}
    return {
        "cut.warc": b"".join(warc)[:-700],
        "cut.warc.gz": packed(warc)[:-200],
        "damaged-in-the-middle.warc.gz": b"".join([*members[:2], bytes(spoilt), *members[3:]]),
        "wrong-length.warc": b"".join(wrong),
        "wrong-length.warc.gz": packed(wrong),
        "no-record.warc": b"WARC/1.0",
        "empty.zip": zipped({}),
        "cut.zip": zipped(pair)[:-90],
        "leads-out.zip": zipped({"../../out.html": FERRY, **pair}),
        "leads-out.tar": tarred({"/etc/out.html": FERRY, **pair}),
        "links.tar": tarred({"link.html": "->/etc/passwd", "tty": "device", **pair}),
        "cut.tar": tarred(pair)[:1500],
        "cut.tgz": tarred(pair, "w:gz")[:-40],
        "cut.html.gz": gzip.compress(FERRY.encode(), mtime=0)[:-60],
        "picture.zip": zipped({"picture.html": bytes(range(256)) * 8, **pair}),
        **bad_exports(),
    }


ROWS = """title;author;text
Ferry stays;Hedda Brix;The ferry stayed in port on Monday.
Tugs stay;Both tugs stayed in port.
No text;Hedda Brix;
Late;Rùna Vik;“Nobody sails in this,” said Rùna Vik.
"""
OBJECT = '{"id": "ferry", "title": "Ferry stays", "body": "The ferry stayed in port on Monday."}'
OMNIVORE = """[{"slug": "ferry", "title": "Ferry stays"}, 7, {"slug": "none", "title": "Gone"},
{"slug": "../../etc/passwd", "title": "Out"}]"""
POCKET = "title,url,time_added,tags,status\nFerry,https://courier.example/1,1715000000,,unread\n"
ZOTERO = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:link="http://purl.org/rss/1.0/modules/link/">
<bib:Document rdf:about="#1"><z:itemType>webpage</z:itemType><dc:title>Ferry stays</dc:title>
<link:link rdf:resource="#a"/><link:link rdf:resource="#b"/><link:link rdf:resource="#c"/>
</bib:Document>
<bib:Document rdf:about="#2"><z:itemType>webpage</z:itemType><dc:title>Tugs</dc:title>
</bib:Document>
"""


def _attached(key: str, name: str) -> str:
    return (
        f'<z:Attachment rdf:about="#{key}"><z:itemType>attachment</z:itemType>'
        f'<rdf:resource rdf:resource="{name}"/><link:type>text/html</link:type></z:Attachment>\n'
    )


def bad_exports() -> dict[str, bytes]:
    """Data sets and exports of services that are broken, or hold what cannot be taken in."""
    attached = [("a", "files/7/ferry.html"), ("b", "../out.html"), ("c", "files/8/gone.html")]
    library = ZOTERO + "".join(_attached(*one) for one in attached)
    pages = zipped({"metadata_0_to_20.json": OMNIVORE, "content/ferry.html": FERRY})
    return {
        "bad-rows.csv": ROWS.encode().replace("Late;Rùna".encode(), "Late;Rùna".encode("cp1252")),
        "bad-lines.jsonl": f'{OBJECT}\n{OBJECT[:40]}\n[1, 2]\n{{"id": 4}}\n{OBJECT}'.encode(),
        "cut.json": f"[{OBJECT}, {OBJECT}, {OBJECT[:40]}".encode(),
        "cut-over-lines.json": OBJECT.replace(", ", ",\n ").encode()[:-20],
        "bad-pages-omnivore.zip": pages,
        "cut-omnivore.zip": pages[:-90],
        "no-text-pocket.csv": POCKET.encode(),
        "cut-pocket.zip": zipped({"part_000000.csv": POCKET})[:-50],
        "bad-items-zotero.rdf": library.encode(),
        "no-files-zotero.rdf": f"{ZOTERO}</rdf:RDF>".encode(),
        "files/7/ferry.html": FERRY.encode(),
    }


if __name__ == "__main__":
    from pathlib import Path

    folder = Path(__file__).parent / "data" / "containers"
    for file_name, content in bad_files().items():
        (folder / file_name).parent.mkdir(parents=True, exist_ok=True)
        (folder / file_name).write_bytes(content)
