"""The first hour of five people: what each comes to do, step by step, in a browser and a shell.

They are the journeys of the team's users.md. What a person would look for, the tests look for too:
words on a page, links and buttons by their names.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from ingest.commands.demo import SAMPLES
from tests.containers import packed, record, zipped
from tests.site.browsing import follow, serving
from tests.site.editing import TOKEN

STORY = """{paper}

Ferry fares to rise by a fifth

By {author}
May {day}, 2024

{place} — Fares on the ferry to Orrin will rise by a fifth in July, the council said on Monday.

“We have no other way to keep the boats afloat,” said Peggy Lowther, the council’s leader.

The council will vote on it in June, and the harbour board has to agree before the summer.

Nobody at the meeting spoke against the plan, which has been on the table since the winter.
"""
PAGE = """<html><head><title>Quay</title><link rel="canonical" href="{url}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Quay to be rebuilt {n}",
"datePublished": "2024-0{n}-02", "publisher": {{"name": "The Quay Gazette"}}}}</script></head>
<body><article><h1>Quay to be rebuilt {n}</h1><p>The old quay of harbour number {n} will be rebuilt
in stone, the harbour board said on Tuesday after a long meeting.</p><p>“It has stood for {n}
hundred years,” said Ines Calder, who keeps it. “It will stand for as many more.”</p><p>The work
costs two million pounds and begins once the winter storms are over and the boats are in.</p>
</article></body></html>"""


def onrecord(*arguments: str, status: int = 0) -> str:
    """What the command prints, as somebody types it."""
    done = subprocess.run(
        [sys.executable, "-m", "ingest", *arguments],
        capture_output=True, text=True, cwd=Path(__file__).parents[2],
        env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of somebody who took in the samples; the archive is news.db in it."""
    folder = tmp_path_factory.mktemp("started")
    shutil.copytree(SAMPLES, folder / "clips")
    said = onrecord("ingest", str(folder / "clips"), "--archive", str(folder / "news.db"))
    assert "11 added" in said
    return folder


@pytest.fixture
def desk(started: Path, tmp_path: Path, page: Any) -> Iterator[tuple[Path, str]]:
    """An archive of one's own and the address where it is served, to be edited."""
    page.set_default_timeout(30_000)
    archive = Path(shutil.copy(started / "news.db", tmp_path / "news.db"))
    with serving(archive, TOKEN) as address:
        yield archive, address


def sign_in(page: Any, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector("text=Signed in")


def look_for(page: Any, words: str) -> str:
    """Type in the search box of whatever page is open; the line that tells what was found."""
    page.locator("form[role=search] input[name=q]").first.fill(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page.inner_text(".lead")


def opened(page: Any, summary: str) -> Any:
    """Open what is folded under these words."""
    details = page.locator("details", has=page.locator(f"summary:text-is('{summary}')"))
    details.locator("summary").first.click()
    return details


def test_a_beat_reporter_before_a_call(page, desk, tmp_path):
    archive, address = desk
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    # 2, 3: the name, all sayings, newest first
    page.goto(address)
    look_for(page, "Solberg-Hale")
    follow(page, "nav.tabs >> text=People")
    follow(page, "[data-open] >> text=Marit Solberg-Hale")
    days = page.locator(".sayings time").evaluate_all("(all) => all.map((one) => one.dateTime)")
    assert len(days) == 11
    assert days == sorted(days, reverse=True)
    # 4, 5: what she said of something, since a day
    assert "4 articles" in look_for(page, 'speaker:"Marit Solberg-Hale" engine*')
    look_for(page, 'speaker:"Marit Solberg-Hale" engine* after:2023-01-01')
    days = page.locator(".hits time").evaluate_all("(all) => all.map((one) => one.dateTime)")
    assert days
    assert min(days) >= "2023"
    # 6: the article, at the quotation
    look_for(page, 'speaker:"Marit Solberg-Hale" engines')
    follow(page, ".match a >> text=Marit Solberg-Hale")
    place = page.locator(":target")
    assert "engines" in place.locator("xpath=..").inner_text()
    # 7: the link to it
    number = page.url.partition("#q")[2]
    follow(page, f"a.who[href$='/quote/{number}']")
    page.click("text=Copy the link to it")
    page.wait_for_selector("text=Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(address)
    assert link.endswith(f"#q{number}")
    # 8: the words with a citation
    page.click("text=Cite this quotation")
    page.click("text=Copy the words with the citation")
    page.wait_for_selector("text=Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "(Marit Solberg-Hale)" in copied
    assert "Saltmere Courier" in copied
    # 9: two names are one
    sign_in(page, address)
    page.goto(f"{address}/speakers?name=Merrick")
    follow(page, "[data-open]")
    form = opened(page, "The same person as somebody else")
    form.get_by_label("Name", exact=True).fill("Tom Arkwright")
    form.get_by_role("button", name="Merge").click()
    page.wait_for_selector(".message")
    page.goto(f"{address}/speakers?name=Arkwright")
    assert page.inner_text("td.number") == "21"
    # 10: a saved search, and tomorrow only what is new
    look_for(page, "fares")
    look_for(page, "boat")
    form = opened(page, "Save this search")
    form.get_by_role("button", name="Save").click()
    page.wait_for_selector(".message")
    late = tmp_path / "late.txt"
    late.write_text(STORY.format(paper="A", author="Ann Lee", day=2, place="ORRIN").replace(
        "Ferry fares", "Boat fares"
    ), encoding="utf-8")  # fmt: skip
    onrecord("ingest", str(late), "--archive", str(archive))
    page.goto(f"{address}/notebook")
    assert "1 new" in page.inner_text("aside")
    follow(page, "aside >> role=button[name='boat']")
    assert "1 article" in page.inner_text(".lead")
    assert page.locator("[data-open]").all_inner_texts() == ["Boat fares to rise by a fifth"]


def test_a_fact_checker_with_a_sentence(page, desk, tmp_path):
    archive, address = desk
    papers = (("The Saltmere Courier", "Ann Lee", 6), ("The Orrin Islander", "Bob Ray", 7),
              ("Harbour & Tide Weekly", "Cy Dent", 9))  # fmt: skip
    for paper, author, day in papers:
        story = STORY.format(paper=paper, author=author, day=day, place="SALTMERE")
        story += f"\nA reader of {paper} asked whether the boats would then run on time.\n"
        (tmp_path / f"{day}.txt").write_text(story, encoding="utf-8")
        onrecord("ingest", str(tmp_path / f"{day}.txt"), "--publisher", paper, "--archive",
                 str(archive))  # fmt: skip
    near = tmp_path / "near.txt"
    near.write_text(
        "Fares: who said what\n\nBy Dee Fox\nMay 20, 2024\n\nA year on, everybody in Saltmere"
        " quotes the leader.\n\n“We have no other way to keep the boats upright,” said a card in a"
        " window of the quay.\n\nIt has been there since the vote, next to the price of eels.\n",
        encoding="utf-8",
    )
    onrecord("ingest", str(near), "--archive", str(archive))
    # 1, 2: the sentence as it was printed; exact, then nearly so
    page.goto(address)
    said = look_for(page, "“We have no other way to keep the boats afloat”")
    # 3: three papers, one story
    assert "1 article, 3 with their copies" in said
    assert "and 2 copies" in page.inner_text(".hits")
    follow(page, "text=copies apart")
    assert "3 articles" in page.inner_text(".lead")
    # 4: oldest first
    follow(page, "text=oldest first")
    days = page.locator(".hits time").evaluate_all("(all) => all.map((one) => one.dateTime)")
    assert days == ["2024-05-06", "2024-05-07", "2024-05-09"]
    # 5: two versions side by side, and the words in which they differ
    follow(page, "[data-open] >> nth=0")
    follow(page, "a:text-is('side by side') >> nth=0")
    assert [
        " ".join(one.split()) for one in page.locator(".beside .changed mark").all_inner_texts()
    ]
    page.go_back()
    # 7: how sure the speaker is; 2: the near match
    follow(page, ".who[aria-label*=Lowther] >> nth=0")
    page.locator("main", has_text="Certainty").wait_for()
    words = page.inner_text("main")
    assert re.search(r"Certainty\s+(sure|fairly sure|unsure) \(0\.\d\d\): \S", words)
    assert page.locator("li", has_text="some of the words").count() == 1
    assert page.locator("li:has-text('Ferry fares')").count() >= 2
    # 6: the word that a revision changed
    changed = tmp_path / "6.txt"
    text = changed.read_text("utf-8")
    changed.write_text(text.replace("by a fifth in", "by a sixth in"), "utf-8")
    onrecord("ingest", str(changed), "--publisher", papers[0][0], "--archive", str(archive))
    look_for(page, "fares sixth")
    follow(page, "[data-open]")
    follow(page, "text=Revision 2: what changed")
    assert page.locator("del").all_inner_texts() == ["fifth"]
    assert page.locator("ins").all_inner_texts() == ["sixth"]
    # 8: a wrong speaker
    sign_in(page, address)
    look_for(page, '"boats upright"')
    follow(page, "[data-open]")
    follow(page, ".who[aria-label*=card] >> nth=0")
    page.get_by_label("Speaker").fill("Peggy Lowther")
    page.get_by_role("button", name="Set right").click()
    page.wait_for_selector(".message")
    assert "Peggy Lowther" in page.inner_text("main")
    # 9: the passages as CSV
    look_for(page, '"no other way to keep the boats"')
    follow(page, "nav.tabs >> text=Quotations")
    follow(page, "text=copies apart")
    with page.expect_download() as download:
        page.click("text=CSV")
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"))))
    assert len(rows) == 4
    assert {row["speaker"] for row in rows} == {"Peggy Lowther"}
    # 10: that it appears nowhere else
    sql = (
        "select a.title, q.speaker from quotes q join articles a on a.id = q.article_id"
        " where q.text like '%keep the boats%'"
    )
    page.goto(f"{address}/news?sql={quote(sql)}")
    assert page.locator("table.rows-and-columns tbody tr").count() == 4


def test_a_discourse_researcher_counts(page, desk, tmp_path):
    _, address = desk
    # 1, 2: many files, stopped and taken up again; what could not be read
    many = tmp_path / "many"
    many.mkdir()
    for number in range(1, 121):
        day = number % 28 + 1
        text = STORY.format(paper="A", author="Ann Lee", day=day, place=f"PIER {number}")
        (many / f"{number}.txt").write_text(text.replace("fifth", f"{number}th"), "utf-8")
    (many / "empty.txt").write_text("", "utf-8")
    arguments = ["ingest", str(many), "--archive", str(tmp_path / "many.db")]
    first = subprocess.Popen(
        [sys.executable, "-m", "ingest", *arguments], stdout=subprocess.PIPE, text=True,
        stderr=subprocess.STDOUT, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert first.stdout is not None
    first.stdout.readline()
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=60)
    again = onrecord(*arguments, status=1)
    added, unchanged = (int(n) for n in re.findall(r"(\d+) added, (\d+) unchanged", again)[0])
    copies = sum(int(n) for n in re.findall(r"(\d+) cop(?:y|ies)", again.splitlines()[-1]))
    assert added + unchanged + copies == 120
    assert "1 failed" in again
    assert "it is empty" in again or "empty" in again
    # 3: by paper and year
    page.goto(f"{address}/search?q=the")
    page.locator("aside").get_by_role("link", name="The Northern Ledger").click()
    page.locator("aside").get_by_role("link", name="2023", exact=True).first.click()
    assert "1 article." in page.inner_text(".lead")
    # 4: speakers a month, by SQL
    page.goto(address)
    follow(page, "text=Speakers by month")
    page.wait_for_selector("input[name=year]")
    page.fill("input[name=year]", "2023")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("table.rows-and-columns tbody tr").count() > 2
    # 5: copies apart, and each story once again; the fact-checker counts them
    page.goto(f"{address}/search?q=breakwater")
    follow(page, "text=copies apart")
    follow(page, "text=each story once")
    page.wait_for_selector("text=copies apart")
    # 6: a plot, and the numbers behind it; 7: JSON
    page.goto(f"{address}/search?q=boat")
    assert page.locator(".plot rect").count() > 2
    follow(page, "text=JSON")
    told = json.loads(page.inner_text("body"))
    assert told["total"] == len(told["hits"]) > 3
    # 8: by kind and cue
    page.goto(address)
    assert "article" in look_for(page, "kind:indirect cue:said")
    follow(page, "nav.tabs >> text=Quotations")
    assert all("indirect" in one for one in page.locator(".hits p.from").all_inner_texts())
    # 9: a sample at random, judged
    sign_in(page, address)
    page.goto(f"{address}/notebook")
    form = opened(page, "Draw a sample")
    form.get_by_label("Name").fill("Spring")
    form.get_by_label("Quotations").fill("10")
    form.get_by_role("button", name="Draw").click()
    page.wait_for_selector("ol.sayings li >> nth=9")
    for number in range(10):
        choice = "Right" if number else "Wrong"
        page.locator("ol.sayings li").nth(number).get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="Write the judgements down").click()
    page.wait_for_selector("text=9 right, 1 wrong")
    assert "With 95 % confidence" in page.inner_text(".lead")
    # 10: version and counts
    assert re.search(r"\d+\.\d+\.\d+", onrecord("--version"))
    page.goto(address)
    assert "11 articles with 115 paragraphs and 97 quotations" in page.inner_text(".lead")


def test_a_librarian_keeps_the_morgue(page, desk, tmp_path):
    archive, address = desk
    # 1, 2: the week's web archive, and its report
    urls = [f"https://gazette.example/{n}" for n in (1, 2, 3)]
    pages = [PAGE.format(url=url, n=n) for n, url in enumerate(urls, 1)]
    week = tmp_path / "week.warc.gz"
    week.write_bytes(packed([record(url, one) for url, one in zip(urls, pages, strict=True)]))
    assert "3 added, 0 unchanged, 0 revised, 0 failed" in onrecord(
        "ingest", str(week), "--archive", str(archive)
    )
    # 3: a title and a date
    sign_in(page, address)
    look_for(page, 'title:"rebuilt 2"')
    follow(page, "[data-open]")
    form = opened(page, "The title")
    form.get_by_label("Title").fill("Quay two to be rebuilt")
    form.get_by_role("button", name="Set right").click()
    page.wait_for_selector("h1:has-text('Quay two')")
    form = opened(page, "The date")
    form.get_by_label("Nobody knows").check()
    form.get_by_role("button", name="Set right").click()
    page.wait_for_selector("p.from:has-text('without date')")
    # 4: two tags for a set
    for tag in ("quays", "harbours"):
        onrecord("tag", tag, "--found", "rebuilt", "--archive", str(archive))
    page.goto(f"{address}/notebook")
    follow(page, "aside >> text=quays")
    assert page.locator("[data-open]").count() == 3
    # 7: RIS of a tag
    with page.expect_download() as download:
        page.click("text=RIS")
    assert download.value.path().read_text("utf-8").count("ER  -") == 3
    # 5: without date
    assert "1 article." in look_for(page, "-has:date")
    assert page.inner_text("[data-open]") == "Quay two to be rebuilt"
    # 6: a paper by day
    page.goto(address)
    follow(page, "text=Articles by day")
    page.fill("input[type=text] >> nth=0", "2024-03-02")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.rows-and-columns >> text=Quay to be rebuilt 3")
    # 10: have we this address?
    page.goto(address)
    follow(page, "text=Do we have this address?")
    page.fill("form.sql input[type=text]", "http://www.gazette.example/3/")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.rows-and-columns >> text=Quay to be rebuilt 3")
    # 8, 9: a backup, whole, and readable where there is nothing of ours
    copy = tmp_path / "copy.db"
    onrecord("backup", str(copy), "--archive", str(archive))
    onrecord("check", "--archive", str(copy))
    stock = subprocess.run(
        [str(Path(sys.executable).with_name("datasette")), str(copy), "--get",
         "/copy/articles.json?title=Quay+two+to+be+rebuilt&_shape=array"],
        capture_output=True, text=True, env={**os.environ, "DATASETTE_LOAD_PLUGINS": ""},
    )  # fmt: skip
    assert [row["title"] for row in json.loads(stock.stdout)] == ["Quay two to be rebuilt"]


def test_a_student_with_an_essay(page, desk, tmp_path):
    _, address = desk
    # 1: what the README says first
    said = onrecord("demo", "--no-serve", "--archive", str(tmp_path / "demo.db"))
    assert "Tom Arkwright" in said
    # 2: a page that was saved, and a zip
    sign_in(page, address)
    saved, zip_file, pocket = (tmp_path / name for name in ("saved.html", "two.zip", "pocket.zip"))
    head = "<!--\n Page saved with SingleFile\n url: https://gazette.example/1\n saved date:"
    head += " Fri Mar 03 2023 10:00:00 GMT+0000\n-->"
    story = PAGE.format(url="https://gazette.example/1", n=1)
    saved.write_text(story.replace("<html>", f"<html>{head}"), "utf-8")
    zip_file.write_bytes(zipped({"2.html": PAGE.format(url="https://gazette.example/2", n=2)}))
    pocket.write_bytes(zipped({
        "part_000000.csv": "title,url,time_added,tags,status\nQuay,https://q.example/,1,,unread\n"
    }))  # fmt: skip
    follow(page, "nav >> text=Take in")
    page.set_input_files("input[type=file]", [saved, zip_file, pocket])
    page.get_by_role("button", name="Take in").click()
    page.wait_for_selector("text=What became of them")
    became = page.inner_text("main")
    assert "Quay to be rebuilt 1" in became
    assert "Quay to be rebuilt 2" in became
    assert "this Pocket list has 1 address and no text" in became
    # 3: a phrase
    assert "2 with their copies" in look_for(page, '"stand for as many more"')
    # 4: a name that is spelled wrong
    assert "Did you mean" in look_for(page, "Arkwrigt")
    follow(page, ".lead a")
    assert page.input_value("#q") == "arkwright"
    # 6: quotations only; 5: read, the quotations marked
    follow(page, "nav.tabs >> text=Quotations")
    assert "quotations in" in page.inner_text(".lead")
    follow(page, "[data-open] >> nth=0")
    assert page.locator(".said").count() > 3
    assert page.locator(".speakers >> text=Tom Arkwright").count() == 1
    # 7, 8: a note, a list
    page.get_by_label("A note").fill("Good for the first part.")
    page.get_by_role("button", name="Write it down").click()
    page.wait_for_selector(".note:has-text('Good for the first part.')")
    page.get_by_label("List").fill("essay")
    page.get_by_role("button", name="Put on it").click()
    page.wait_for_selector(".shelves >> text=essay")
    # 9: its citations
    follow(page, ".shelves >> text=essay")
    for name, sign in (("BibTeX", "@article{"), ("APA", "(20")):
        with page.expect_download() as download:
            page.click(f"text={name}")
        assert sign in download.value.path().read_text("utf-8")
    # 10: a ready question, changed
    page.goto(address)
    follow(page, "text=Most quoted people")
    follow(page, "text=Edit SQL")
    page.wait_for_url("**/news?sql=*")
    sql = page.locator("textarea[name=sql]").input_value()
    changed = f"select count(*) as n from ({sql.rstrip().rstrip(';')})"
    page.goto(f"{address}/news?sql={quote(changed)}")
    assert page.inner_text("th.col-n") == "n"
