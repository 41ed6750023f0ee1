"""A folder that takes in what is dropped there."""

import threading
import time

import pytest

from db.archive import Archive
from ingest.watch import wait_until_still, watch_folder

PAGE = "Ferry {0}\n\nBy Hedda Brix\n\nThe ferry {0} stayed in port on Monday, for the third day.\n"


def test_what_lies_there_and_what_is_dropped(tmp_path):
    folder = tmp_path / "clips"
    folder.mkdir()
    (folder / "one.txt").write_text(PAGE.format("One"))
    stop = threading.Event()

    def drop() -> None:
        time.sleep(1)
        (folder / ".hidden.txt").write_text(PAGE.format("Hidden"))
        (folder / "two.txt").write_text(PAGE.format("Two"))

    threading.Thread(target=drop).start()
    threading.Timer(20, stop.set).start()
    seen = []
    with Archive.open(folder / "news.db") as archive:
        for result in watch_folder(archive, str(folder), stop=stop):
            seen += [article.title for article in result.articles]
            if len(seen) == 2:
                stop.set()
    assert seen == ["Ferry One", "Ferry Two"]


def test_a_file_that_grows_is_waited_for(tmp_path):
    path = tmp_path / "slow.txt"
    path.write_text("a")

    def grow() -> None:
        for _ in range(3):
            time.sleep(0.1)
            with path.open("a") as stream:
                stream.write("b")

    writer = threading.Thread(target=grow)
    writer.start()
    wait_until_still(str(path), still=0.3)
    assert path.read_text() == "abbb"
    writer.join()


@pytest.mark.parametrize("at_most", [0.2])
def test_a_file_that_never_rests_is_taken_as_it_is(tmp_path, at_most):
    began = time.monotonic()
    wait_until_still(str(tmp_path / "gone.txt"), at_most=at_most)
    assert time.monotonic() - began < 2
