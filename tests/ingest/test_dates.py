"""Dates in the lines of a page."""

from __future__ import annotations

from itertools import product

import pytest
from dateparser.date import DateDataParser

from ingest.article import Moment
from ingest.clock import english_day, english_time
from ingest.dates import find_dates, label_alone, parse_moment


@pytest.mark.parametrize(
    ("line", "value", "precision"),
    [
        ("March 3, 2021", "2021-03-03", "day"),
        ("3 March 2021", "2021-03-03", "day"),
        ("Wednesday, 3rd of March 2021", "2021-03-03", "day"),
        ("Wed., Sept. 8, 2021", "2021-09-08", "day"),
        ("March 4, 2019 Monday", "2019-03-04", "day"),
        ("Thurs. March 5 1998", "1998-03-05", "day"),
        ("2021-03-03", "2021-03-03", "day"),
        ("2021/03/03", "2021-03-03", "day"),
        ("3.4.2021", "2021-04-03", "day"),
        ("25/04/2021", "2021-04-25", "day"),
        ("04/25/2021", "2021-04-25", "day"),
        ("03/03/2021", "2021-03-03", "day"),
        ("03/04/2021", "2021", "year"),
        ("March 2021", "2021-03", "month"),
        ("Published: March 3, 2021 at 4:15 p.m.", "2021-03-03T16:15", "minute"),
        ("4:15 PM EST, March 3, 2021", "2021-03-03T16:15-05:00", "minute"),
        ("July 4, 2021 4:15 p.m. ET", "2021-07-04T16:15-04:00", "minute"),
        ("January 4, 2021 4:15 p.m. ET", "2021-01-04T16:15-05:00", "minute"),
        ("Sat 6 Feb 2010 09.40 GMT", "2010-02-06T09:40Z", "minute"),
        ("14 June 2022, 17:20 BST", "2022-06-14T17:20+01:00", "minute"),
        ("2018-05-21T23:01+02:00", "2018-05-21T23:01+02:00", "minute"),
        ("2018-05-21 23:01:05", "2018-05-21T23:01:05", "second"),
        ("MARCH 3, 2021 / 10:21 AM", "2021-03-03T10:21", "minute"),
        ("Publié le 3 mars 2021 à 16h15", "2021-03-03T16:15", "minute"),
        ("3. März 2021, 16:15 Uhr", "2021-03-03T16:15", "minute"),
        ("3 de marzo de 2021", "2021-03-03", "day"),
        # What IST stands for is not to be told from the line.
        ("3 March 2021, 10:00 IST", "2021-03-03T10:00", "minute"),
    ],
)
def test_a_date(line: str, value: str, precision: str) -> None:
    (found,) = find_dates(line)
    assert (found.moment.value, found.moment.precision) == (value, precision)
    assert found.role == "published"


def test_the_page_may_say_which_comes_first() -> None:
    assert find_dates("03/04/2021", day_first=True)[0].moment.value == "2021-04-03"
    assert find_dates("03/04/2021", day_first=False)[0].moment.value == "2021-03-04"


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Updated March 3, 2021", "modified"),
        ("Last modified on 3 March 2021", "modified"),
        ("Last Updated: 3 March 2021", "modified"),
        ("First published on 3 March 2021", "published"),
        ("Printed 3 March 2021", "other"),
        ("Load-Date: March 3, 2021", "other"),
    ],
)
def test_labels(line: str, role: str) -> None:
    (found,) = find_dates(line)
    assert found.role == role
    assert found.labelled
    assert found.span == (0, len(line))


def test_two_dates_on_a_line() -> None:
    first, second = find_dates("Posted Feb. 10, 2014 | Updated Feb. 11, 2014 9:30 a.m.")
    assert (first.role, first.moment.value) == ("published", "2014-02-10")
    assert (second.role, second.moment.value) == ("modified", "2014-02-11T09:30")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2021",
        "© 2021 Argus",
        "In 2021 the ferry sank",
        "Feb. 31, 2021",
        "March of 300 people",
        "call 555-2021",
        "99/99/2021",
        "Maybe 2021",
    ],
)
def test_no_date(line: str) -> None:
    assert find_dates(line) == []


def test_a_label_may_stand_alone() -> None:
    assert label_alone("Published") == "published"
    assert label_alone("Last updated:") == "modified"
    assert label_alone("Published author") is None


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2023", Moment("2023", "year")),
        (" 2021-03 ", Moment("2021-03", "month")),
        ("2021-03-03", Moment("2021-03-03", "day")),
        ("2021-03-03T16:15+01:00", Moment("2021-03-03T16:15+01:00", "minute")),
        ("2021-03-03T16:15:30Z", Moment("2021-03-03T16:15:30Z", "second")),
        ("3 March 2021", Moment("2021-03-03", "day")),
        ("March 2021", Moment("2021-03", "month")),
        ("March 3, 2021 4:15 p.m.", Moment("2021-03-03T16:15", "minute")),
    ],
)
def test_parse_moment(value: str, moment: Moment) -> None:
    assert parse_moment(value) == moment


@pytest.mark.parametrize("value", ["", "yesterday", "2021-13", "0000", "March", "x" * 10_000])
def test_parse_moment_says_what_would_do(value: str) -> None:
    with pytest.raises(ValueError, match="2021-03-03"):
        parse_moment(value)


def test_plain_english_is_read_as_dateparser_reads_it() -> None:
    dateparser = DateDataParser(languages=["en"])
    months = ("January", "Feb.", "MARCH", "may", "Sept.", "September", "Dec")
    shapes = ("{m} {d}, 2021", "{d} {m} 2021", "Mon, {m} {d}, 2021", "Tuesday {d} {m}, 2021",
              "Thu {m} {d} 1998")  # fmt: skip
    days = [shape.format(m=m, d=d) for shape, m, d in product(shapes, months, ("3", "09", "31"))]
    read = {day: found for day in days if (found := english_day(day))}
    assert len(read) == len(days) - 3 * len(shapes)  # no 31 February, no 31 September, twice
    assert read == {day: dateparser.get_date_data(day).date_obj.date() for day in read}
    hours, minutes, halves = (
        ("0", "09", "12", "23", "24"),
        (":00", ":59", ":05:07"),
        ("", " am", "PM"),
    )
    times = ["".join(parts) for parts in product(hours, minutes, halves)]
    clock = {time: found.time() for time in times if (found := english_time(time))}
    assert {"09:00 am", "12:59PM", "0:05:07", "23:00"} <= set(clock)
    assert clock == {time: dateparser.get_date_data(time).date_obj.time() for time in clock}
