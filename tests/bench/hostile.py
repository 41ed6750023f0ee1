"""What people ask of a site, and what nobody should: the requests of tests.bench.load.

Statuses and times are for tests.bench.load to judge.
"""

# ruff: noqa: E501 (a list of addresses reads best an address at a time)

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from tests.bench.search import WORDS, vocabulary


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. With `hang_up`, so many bytes of the reply are read and the rest is left."""

    kind: str
    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    hang_up: int = 0

    @property
    def hostile(self) -> bool:
        """Whether a person in his right mind would not ask so."""
        return self.kind.startswith("hostile")


_SERIES = "with recursive c(n) as (select 1 union all select n+1 from c limit {}) "
ENDLESS = "with recursive c(n) as (select 1 union all select n+1 from c) select {} from c"
# SQL that wants more than there is: of memory, of time, of SQLite's own limits.
SQL = [
    "select randomblob(1000000000)",
    "select hex(zeroblob(900000000))",
    "select replace(hex(zeroblob(100000000)), '0', 'xxxxxxxxxx')",
    "select replace(hex(zeroblob(1000000)), '0', hex(zeroblob(1000000)))",
    "select printf('%.*c', 1000000000, 'x')",
    "select printf('%1000000000d', 1), format('%.999999999f', 1)",
    "select quote(zeroblob(400000000))",
    "select group_concat(hex(zeroblob(1000000))) from paragraphs",
    "select group_concat(text) from paragraphs, articles",
    "select json_group_array(text) from paragraphs, articles",
    "select json_group_array(hex(zeroblob(1000000))) from paragraphs",
    "with recursive t(x) as (select 'x' union all select x || x from t) select max(length(x)) from t",
    ENDLESS.format("max(n)"),
    ENDLESS.format("count(distinct hex(randomblob(1000)))"),
    ENDLESS.replace("union all", "union").format("n, randomblob(1000)"),
    ENDLESS.format("n, hex(zeroblob(100000))"),
    _SERIES.format(1000) + "select hex(zeroblob(1900000)) from c",
    _SERIES.format(1000) + "select zeroblob(3900000) from c",
    _SERIES.format(100000) + "select randomblob(1000000) as x from c order by x",
    _SERIES.format(100000) + ", m as materialized (select zeroblob(1000000) as z from c)"
    " select count(*) from m as a, m as b",
    "select count(*) from paragraphs as a, paragraphs as b, paragraphs as c",
    "select a.text, b.text from paragraphs as a, paragraphs as b order by a.text || b.text",
    "select instr(hex(zeroblob(1900000)), hex(zeroblob(900000)) || '1')",
    "select replace(hex(zeroblob(1900000)), hex(zeroblob(900000)) || '1', '')",
    "select trim(hex(zeroblob(1900000)), hex(randomblob(1900000)))",
    "select hex(zeroblob(1900000)) like '%' || hex(zeroblob(45)) || '1'",
    "select hex(zeroblob(1900000)) glob '*' || hex(zeroblob(45)) || '1'",
    "select hex(zeroblob(1900000)) like '%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%1'",
    "select count(*) from paragraphs where text like '%a%e%i%o%u%a%e%i%o%u%a%e%i%o%u%x'",
    "select text regexp '(a+)+$' from paragraphs",
    "select json_valid(replace(hex(zeroblob(1900000)), '0', '['))",
    "select json(replace(hex(zeroblob(90000)), '0', '[0,'))",
    "select * from json_tree(replace(hex(zeroblob(1000)), '0', '[') || '1')",
    "select " + "(" * 5_000 + "1" + ")" * 5_000,
    "select 1 where " + " and ".join(["1=1"] * 3_000),
    "select " + ", ".join(["1"] * 3_000),
    " union all ".join(["select 1"] * 1_000),
    "select " + "-" * 9_999 + "1",
    "select onrecord_match(hex(zeroblob(1900000)))",
    "select onrecord_match(replace(hex(zeroblob(400000)), '0', '( '))",
    "select onrecord_articles(replace(hex(zeroblob(100000)), '00', 'ba OR '))",
    "select onrecord_paragraphs('ba* OR d* OR f* OR g* OR l* OR m* OR n* OR p*')",
    "select onrecord_reading(replace(hex(zeroblob(100000)), '0', 'NEAR '))",
    "select onrecord_near(hex(zeroblob(1900000)), '[]')",
    "select onrecord_address(hex(zeroblob(1900000)))",
    "select highlight(paragraphs_fts, 0, hex(zeroblob(90000)), '') from paragraphs_fts"
    " where paragraphs_fts match 'b* OR d* OR f*'",
    "select * from paragraphs_fts where paragraphs_fts match 'NEAR(ba de fi go lu ma, 1000000)'",
    "select * from paragraphs_fts where paragraphs_fts match 'b*' order by rank",
    "select * from dbstat", "select * from sqlite_dbpage", "select * from pragma_database_list",
    "select load_extension('/tmp/x')", "select readfile('/etc/passwd')", "select writefile('x', 1)",
    "select edit('x')", "attach 'x.db' as x", "pragma hard_heap_limit = 0", "vacuum into 'x.db'",
    "insert into articles default values", "select 1; drop table articles", "explain select 1",
    "select", "", ";", "select ?", "select :a, :b, @c, $d", "select x'zz'", "select 'unclosed",
    "select '\x00'", "select char(0), char(55296), x'fffe'", "select 9e999, -9e999, null",
    "select abs(-9223372036854775808)", "select * from nowhere", "values (1), (2)",
]  # fmt: skip

# What is typed into the box for a search.
TYPED = [
    "(a+)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)*\\1", "[[:<:]]", "a" * 60_000,
    "ba " * 10_000, "ba OR " * 10_000, " ".join(f"w{n}" for n in range(10_000)),
    "-ba " * 10_000, "NOT " * 10_000, '"ba" ' * 10_000, "(" * 10_000, ")" * 10_000,
    "(" * 10_000 + "ba" + ")" * 10_000, '"' * 9_999, "*" * 10_000, "b* " * 5_000,
    "b* OR d* OR f* OR g* OR l* OR m* OR n* OR p* OR r* OR s* OR t* OR v*",
    "b* NEAR/1000 d* NEAR/1000 f* NEAR/1000 g* NEAR/1000 l*", "ba NEAR/99999999999999999999 de",
    "ba PRE/1000 de PRE/1000 fi PRE/1000 go", "para:(" * 5_000, "said:(speaker:(" * 3_000,
    "speaker:" * 5_000, "before:" + "9" * 5_000, "after:0000-00-00", "on:2023-99-99",
    "has:quote " * 5_000, "\x00", "a\x00b", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "\u202e\u2066", "😀" * 3_000, "ﷺ" * 5_000, "é" * 9_000, "%" * 3_000, "İ" * 5_000, "ß" * 9_000,
]  # fmt: skip


def ordinary(db: str, articles: int, chance: random.Random) -> Iterator[Asked]:
    """Requests as readers make them, for ever."""
    words = vocabulary()

    def word() -> str:
        return words[int(len(words) * chance.random() ** 4) % 3_000]

    while True:
        number = chance.randrange(articles) + 1
        rank = chance.choice([*WORDS.values()])
        found = {
            "search": f"/search?q={words[rank]}", "search, two words": f"/search?q={word()}+{word()}",
            "search, paragraphs": f"/search?q={word()}&tab=paragraphs",
            "search, quotes": f"/search?q={word()}&tab=quotes",
            "search, people": f"/search?q={word()}&tab=people",
            "search, near": f"/search?q={word()}+NEAR/5+{word()}",
            "search, newest": f"/search?q={word()}&sort=newest&page={chance.randrange(1, 9)}",
            "search, misspelt": f"/search?q={word()}xq", "article": f"/article/{number}",
            "article, marked": f"/article/{number}?q={word()}",
            "quotation": f"/article/{number}/quote/1", "cite": f"/article/{number}/cite",
            "speaker": f"/speaker/{chance.randrange(1, 2000)}", "speakers": "/speakers",
            "home": "/", "help": "/help", "JSON": f"/search.json?q={word()}",
            "CSV": f"/search.csv?q={word()}", "Atom": f"/search.atom?q={word()}",
            "Datasette, table": f"/{db}/articles", "Datasette, row": f"/{db}/articles/{number}",
            "Datasette, facets": f"/{db}/articles?_facet=publisher",
            "Datasette, JSON": f"/{db}/quotes.json?article_id={number}&_shape=array",
            "Datasette, SQL": f"/{db}?{urlencode({'sql': f'select * from sayings where id = {number}'})}",
        }  # fmt: skip
        kind = chance.choice([*found])
        yield Asked(kind, found[kind])


def hostile(db: str) -> list[Asked]:
    """Every hostile request once."""
    found = [
        Asked("hostile SQL", f"/{db}{end}?{urlencode({'sql': sql})}", hang_up=0)
        for sql in SQL
        for end in ("", ".json", ".csv")
        if len(sql) < 20_000
    ]
    found += [
        Asked("hostile SQL", f"/{db}/articles?{urlencode({'_where': where})}")
        for where in ("length(hex(zeroblob(900000000)))", "1 in (select a.id from paragraphs a, paragraphs)",
                      "1=1) or (1=1", "randomblob(1000000000) is not null")
    ]  # fmt: skip
    tabs = ("articles", "paragraphs", "quotes", "people")
    found += [
        Asked("hostile search", f"/search{end}?{urlencode({'q': typed, 'tab': tabs[n % 4]})}")
        for n, typed in enumerate(TYPED)
        for end in ("", ".json")
        if len(quote(typed)) < 60_000
    ]
    found += [Asked("hostile address", path) for path in _addresses(db)]
    found += list(_methods(db))
    return found


def _addresses(db: str) -> Iterator[str]:
    table = f"/{db}/paragraphs"
    for value in ("max", "100000000", "-1", "0", "abc", "1e9", "", "%00", "9" * 400):
        for name in ("_size", "_next", "_timelimit", "_ttl", "_facet_size", "_sort", "_sort_desc", "_col",
                     "_nocol", "_shape", "_labels", "_facet", "_facet_array", "_facet_date", "_through",
                     "_search", "_search_text", "_json", "_extra", "_nl", "_trace", "_nofacet", "id",
                     "id__gt", "id__in", "text__like", "text__arraycontains", "id__date"):  # fmt: skip
            yield f"{table}?{name}={value}"
            if name in ("_size", "_timelimit", "_shape", "_ttl"):
                yield f"{table}.json?{name}={value}"
                yield f"/{db}.json?sql=select+1&{name}={value}"
        yield f"/search?q=ba&page={value}&year={value}&speaker={value}&publisher={value}&sort={value}"
        yield f"/search.atom?q=ba&speaker={value}&tab={value}&archive={value}&copies={value}"
        yield f"/article/1?page={value}&at={value}&q={value}"
    yield f"{table}?_where={quote('text like ' + repr('%a' * 60))}"
    yield f"{table}?_facet=text&_facet=id&_facet=article_id&_facet_size=max"
    yield f"{table}?" + "&".join(f"text__contains=a{n}" for n in range(3_000))
    yield f"{table}?" + "&".join(f"_facet={n % 7}" for n in range(2_000))
    yield "/search?" + "&".join("q=ba" for _ in range(8_000))
    yield "/search?" + "&".join(f"a{n}=1" for n in range(6_000))
    yield "/search?q=" + "%ff%fe" * 3_000
    yield "/search?q=" + "%F0%9F" * 3_000
    yield "/" + "a" * 60_000
    yield "/" + "a" * 200_000
    yield "/" + "a/" * 20_000
    yield "/search?q=" + "b" * 500_000
    yield f"/{db}/{'%2f' * 5_000}"
    yield from ("/-/versions", "/-/plugins.json", "/-/settings", "/-/threads", "/-/databases.json",
                 "/-/metadata", "/-/actor", "/-/logout", "/-/messages", "/-/allow-debug",
                 "/-/permissions", "/-/auth-token?token=x", "/-/patterns", "/-/static/../../x",
                 "/-/static/%2e%2e/%2e%2e/etc/passwd", "/-/static-plugins/onrecord/../../serve.py",
                 "/-/edit/title", "/-/take-in", "/take-in", "/sign-in", "/sign-out", "/notebook", "/saved",
                 "/sample", "/tag?name=x", "/list", "/list/export", "/corrections", "/article/0",
                 "/article/99999999999999999999", "/article/999999999999999999999", "/article/-1",
                 "/article/1/changes/1", "/article/1/changes/0", "/article/1/quote/0", "/speaker/0",
                 "/article/1/cite.bib", "/article/1/cite.exe", "/speaker/x", "//evil.example/", "/%00",
                 "/%ff", "/\u00e9", "/~41", f"/{db}.db", f"/{db}/nowhere", f"/{db}/articles/x",
                 f"/{db}/articles/1,2", f"/{db}/articles/1.blob?_blob_column=title", f"/{db}.jsono",
                 f"/{db}/articles.xml", f"/{db}/articles/1.csv", f"/{db}/search?words=b*",
                 f"/{db}/search?words={'ba+' * 9_000}", f"/{db}/quotes_by_speaker?speaker=%00",
                 f"/{db}/texts", f"/{db}/raw_captures", f"/{db}/sqlite_master", "/_internal",
                 "/_memory?sql=select+randomblob(1000000000)")  # fmt: skip


def _methods(db: str) -> Iterator[Asked]:
    paths = [
        "/",
        "/search?q=ba",
        "/article/1",
        f"/{db}",
        f"/{db}/articles",
        "/nowhere",
        "/-/edit/title",
    ]
    for method in ("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"):
        for path in paths:
            body = b"x=1" if method in ("POST", "PUT", "PATCH") else b""
            yield Asked("hostile method", path, method, body=body)
    yield Asked("hostile method", "/-/edit/title", "POST", body=b"x" * 2_000_000)
    yield Asked("hostile method", f"/{db}/search", "POST", body=b"{" * 100_000)
    for headers in (
        {"Range": "bytes=0-10"}, {"Range": "bytes=-1,0-,99-1"}, {"Host": "evil.example"}, {"Host": ""},
        {"Accept-Encoding": "gzip;q=x, *"}, {"Cookie": "onrecord_edit=x; ds_actor=x; a=" + "b" * 4_000},
        {"If-None-Match": "*"}, {"X-Forwarded-For": "\x01"}, {"Accept": "a/b," * 2_000},
        {"Authorization": "Bearer " + "x" * 4_000}, {"Expect": "100-continue"},
        {"X-Long": "y" * 100_000}, {"Content-Type": "multipart/form-data"},
    ):  # fmt: skip
        for path in ("/search?q=ba", f"/{db}/articles.json"):
            yield Asked("hostile header", path, headers=headers)
    for hang_up in (1, 100, 5_000):
        for path in (f"/{db}/paragraphs.csv?_stream=on", "/search?q=ba", f"/{db}/paragraphs.json?_size=max",
                     f"/{db}?sql={quote(ENDLESS.format('n'))}"):  # fmt: skip
            yield Asked("hostile hang-up", path, hang_up=hang_up)
    yield Asked("hostile stream", f"/{db}/quotes.csv?_stream=on")
    yield Asked("hostile stream", f"/{db}/articles.csv?_stream=on&_size=max&_labels=on")
