"""Zotero libraries exported as RDF with their files: what Zotero knows goes with each file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.archive import Archive
from db.check import check
from ingest.article import Capture
from ingest.errors import IngestError, ReaderFailed
from ingest.load import load
from ingest.read import place_of, walk
from ingest.read.place import Place, read_safely
from ingest.recognise import recognise
from tests.ingest import test_pdf

HEAD = """<rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
"""
PAGE = """<html><head><title>Post</title></head><body><article><h1>Ferry stays in port</h1>
<p>The ferry to Skarholm stayed in port on Monday, for the third day in a row this spring.</p>
<p>“Nobody sails in this,” said Runa Vik, who runs the ferry and has done so for years.</p>
</article></body></html>"""


def item(number: int, title: str = "Ferry stays in port", files: int = 1, more: str = "") -> str:
    links = "".join(f'<link:link rdf:resource="#item_{number}{at}"/>' for at in range(files))
    return f"""<bib:Article rdf:about="https://post.example/{number}">
 <z:itemType>newspaperArticle</z:itemType>
 <dcterms:isPartOf><bib:Newspaper><dc:title>Skarholm Post</dc:title></bib:Newspaper>
 </dcterms:isPartOf>
 <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Brix</foaf:surname>
  <foaf:givenName>Hedda</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
 {links}{more}
 <prism:section>Harbour</prism:section>
 <dc:title>{title}</dc:title><z:language>en</z:language>
 <dc:identifier><dcterms:URI><rdf:value>https://post.example/{number}</rdf:value></dcterms:URI></dc:identifier>
 <dcterms:dateSubmitted>2024-05-08 09:00:00</dcterms:dateSubmitted>
 <dc:date>2024-05-06</dc:date>
</bib:Article>
"""


def attachment(number: int, at: int, name: str, kind: str = "text/html") -> str:
    return f"""<z:Attachment rdf:about="#item_{number}{at}"><z:itemType>attachment</z:itemType>
 <rdf:resource rdf:resource="{name}"/><dc:title>Snapshot</dc:title>
 <dcterms:dateSubmitted>2024-05-07 09:00:00</dcterms:dateSubmitted>
 <z:linkMode>1</z:linkMode><link:type>{kind}</link:type></z:Attachment>
"""


def export(folder: Path, *parts: str, **files: bytes | str) -> str:
    """An export in `folder`; each of `files` is put in files/NAME/NAME.html, or .pdf."""
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        path = folder / "files" / name / f"{name}.{'pdf' if b'%PDF' in data else 'html'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    path = folder / "My library.rdf"
    path.write_text(HEAD + "".join(parts) + "</rdf:RDF>\n")
    return str(path)


def found(path: str):
    return list(read_safely(place_of(path)))


def test_a_page_with_what_zotero_knows_of_it(tmp_path):
    path = export(tmp_path, item(1), attachment(1, 0, "files/a/a.html"), a=PAGE)
    (capture,) = found(path)
    assert capture.source == f"{path}!files/a/a.html"
    (article,) = recognise(capture)
    assert article.title == "Ferry stays in port"
    assert article.authors == ("Hedda Brix",)
    assert (article.publisher, article.section) == ("Skarholm Post", "Harbour")
    assert article.url == "https://post.example/1"
    assert article.published.value == "2024-05-06"
    assert article.captured.value == "2024-05-07T09:00:00Z"
    assert len(article.paragraphs) == 2


def test_an_item_without_a_type_is_known_by_what_is_attached(tmp_path):
    untyped = item(1).replace("<z:itemType>newspaperArticle</z:itemType>", "")
    path = export(tmp_path, untyped, attachment(1, 0, "files/a/a.html"), a=PAGE)
    (capture,) = found(path)
    assert recognise(capture)[0].publisher == "Skarholm Post"


def test_a_pdf_with_what_zotero_knows_of_it(tmp_path):
    pdf = test_pdf.document(test_pdf.paragraph(700))
    kind = "application/pdf"
    (capture,) = found(export(tmp_path, item(1), attachment(1, 0, "files/a/a.pdf", kind), a=pdf))
    (article,) = recognise(capture)
    assert article.title == "Ferry stays in port"
    assert article.byline == "Hedda Brix"
    assert article.url == "https://post.example/1"
    assert article.captured.value == "2024-05-07T09:00:00Z"
    assert article.facts


def test_a_second_file_is_no_revision_of_the_first(tmp_path):
    pdf = test_pdf.document(test_pdf.paragraph(700))
    parts = [attachment(1, 0, "files/b/b.pdf", "application/pdf")]
    parts += [attachment(1, 1, "files/a/a.html"), item(1, files=2)]
    path = export(tmp_path, *parts, a=PAGE, b=pdf)
    page, document = found(path)
    assert (page.format, page.url) == ("html", "https://post.example/1")
    assert (document.format, document.url) == ("pdf", None)
    with Archive.open(tmp_path / "news.db") as archive:
        assert [result.outcomes for result in load(archive, [path])] == [("added",)] * 2
        assert [result.outcomes for result in load(archive, [path])] == [("unchanged",)] * 2
        assert check(archive) == []


def test_items_without_files_and_files_that_are_gone(tmp_path):
    parts = [item(1), attachment(1, 0, "files/a/a.html"), item(2, files=0), item(3)]
    path = export(tmp_path, *parts, attachment(3, 0, "files/gone/gone.html"), a=PAGE)
    capture, without, gone = found(path)
    assert isinstance(capture, Capture)
    assert str(without) == (
        f"{path}!https://post.example/2: Zotero has no file of it;"
        " take it in with: onrecord ingest --fetch https://post.example/2"
    )
    assert str(gone).endswith("gone.html: it is not in the export's folder; export it again")


@pytest.mark.parametrize("name", ["../out.html", "/etc/passwd", "C:\\out.html", "%2e%2e/out.html"])
def test_a_name_that_leads_out_is_refused(tmp_path, name):
    (tmp_path / "out.html").write_text(PAGE)
    inner = tmp_path / "inner"
    (error,) = found(export(inner, item(1), attachment(1, 0, name), a=PAGE))
    assert isinstance(error, IngestError)
    assert len(str(error).splitlines()) == 1


def test_a_link_that_leads_out_is_refused(tmp_path):
    (tmp_path / "secret.html").write_text(PAGE)
    inner = tmp_path / "inner"
    path = export(inner, item(1), attachment(1, 0, "files/link.html"), a=PAGE)
    (inner / "files" / "link.html").symlink_to(tmp_path / "secret.html")
    (error,) = found(path)
    assert "it lies outside of the export's folder; it was left out" in str(error)


def test_a_folder_that_is_walked_gives_each_page_once(tmp_path):
    path = export(tmp_path, item(1), attachment(1, 0, "files/a/a.html"), a=PAGE)
    (tmp_path / "page.html").write_text(PAGE)
    assert list(walk([tmp_path])) == [path, str(tmp_path / "page.html")]


def test_a_folder_called_files_beside_other_rdf_is_walked(tmp_path):
    export(tmp_path, a=PAGE)
    (tmp_path / "My library.rdf").write_text("<rdf:RDF xmlns:rdf='x'/>")
    assert str(tmp_path / "files" / "a" / "a.html") in list(walk([tmp_path]))


def test_an_export_without_its_files(tmp_path):
    (error,) = found(export(tmp_path, item(1), item(2)))
    assert str(error).endswith('lists 2 items and no files; tick "Export Files"')
    data = Path(export(tmp_path, item(1))).read_bytes()
    (error,) = read_safely(Place("a.zip!My library.rdf", data=data))
    assert "is read beside its files" in str(error)


def test_an_export_cut_off_keeps_what_was_whole(tmp_path):
    path = Path(export(tmp_path, attachment(1, 0, "files/a/a.html"), item(1), item(2), a=PAGE))
    path.write_text(path.read_text()[:-700])
    results = found(str(path))
    assert isinstance(results[0], Capture)
    assert "the Zotero export is cut off; export it again" in str(results[-1])


def test_entities_are_refused(tmp_path):
    path = Path(export(tmp_path, item(1, title="&x;"), attachment(1, 0, "files/a/a.html"), a=PAGE))
    bomb = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    path.write_text(bomb + path.read_text())
    (error,) = found(str(path))
    assert "declares entities" in str(error)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=30), st.integers(0, 3000))
def test_whatever_is_in_it_no_other_error_comes(tmp_path, junk, at):
    path = Path(export(tmp_path, item(1), attachment(1, 0, "files/a/a.html"), a=PAGE))
    data = path.read_bytes()
    path.write_bytes(data[:at] + junk + data[at + len(junk) :])
    results = found(str(path))
    assert all(isinstance(one, Capture | IngestError) for one in results)
    assert not any(isinstance(one, ReaderFailed) for one in results)
