"""`onrecord cite`, from a page to its citation."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from db.archive import Archive
from ingest.cli import cli
from ingest.load import load

PAGE = """\
<html><head><title>Bridge opens</title>
<meta property="article:published_time" content="2017-05-21T23:01:31-05:00">
<meta property="article:modified_time" content="2018-04-04T22:02:16Z"></head>
<body><article><h1>Bridge opens</h1>
<p>Updated 4 April 2018</p>
<p>The new bridge over the Tarn opened on Sunday night to a crowd from both banks.</p>
<p>“We have waited since my grandmother,” said Ottoline Gage, who keeps the lock.</p>
</article></body></html>
"""


@pytest.fixture
def cite(tmp_path, monkeypatch):
    """`onrecord cite`, on an archive with the page above."""
    page = tmp_path / "bridge.html"
    page.write_text(PAGE, "utf-8")
    monkeypatch.setenv("ONRECORD_ARCHIVE", str(tmp_path / "news.db"))
    with Archive.open(tmp_path / "news.db", create=True) as archive:
        assert [result.error for result in load(archive, [str(page)])] == [None]
    return lambda *words: CliRunner().invoke(cli, ["cite", *words])


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("chicago", "May 21, 2017"),
        ("apa", "(2017, May 21)"),
        ("bibtex", "year = {2017},\n  month = may,\n  day = {21}"),
        ("ris", "DA  - 2017/05/21/"),
    ],
)
def test_the_day_of_publication_is_cited_never_the_change(cite, form, shown):
    result = cite("1", "--format", form)
    assert result.exit_code == 0
    assert shown in result.stdout
    assert "2018" not in result.stdout


def test_a_quotation_on_the_command_line(cite):
    result = cite("1", "--quote", "1")
    assert result.stdout == "“Bridge Opens,” May 21, 2017, para. 2.\n"


def test_what_is_not_there_is_named_and_the_rest_goes_on(cite):
    result = cite("7", "1", "--format", "apa")
    assert result.exit_code == 1
    assert result.stderr.endswith("news.db: has no article 7\n")
    assert result.stdout.startswith("Bridge opens. (2017, May 21).")
    none = cite("1", "--quote", "9")
    assert none.exit_code == 1
    assert none.stderr.endswith("news.db: article 1 has no quotation 9\n")
    assert none.stdout == ""


def test_a_quotation_of_several_articles_is_no_question(cite):
    result = cite("1", "2", "--quote", "1")
    assert result.exit_code == 2
    assert "--quote is for one article" in result.stderr


def test_the_library_for_styles_is_loaded_by_nobody_else():
    code = "import sys, ingest.cli; sys.exit('citeproc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("words", [["7"], ["7", "--quote", "2", "--format", "apa"]])
def test_the_readme_shows_what_the_demo_gives(demo_archive, words):
    result = CliRunner().invoke(cli, ["cite", *words, "--archive", str(demo_archive)])
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert " ".join(result.stdout.split()) in " ".join(readme.split())
