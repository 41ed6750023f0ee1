"""From a capture to its articles: what each line is.

    lines -> units -> rights, sections, captions, furniture -> head -> tail -> paragraphs

Each step marks units on a sheet; what nothing has claimed in the end is the body. So no line is
lost: it is in a field, in a paragraph, or among the furniture with a reason.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.article import Article, Capture, Moment, Paragraph, Span
from ingest.byline import read_byline
from ingest.captions import follows_counter, is_caption
from ingest.dateline import Dateline, read_dateline
from ingest.dates import Found, day_comes_first
from ingest.errors import EmptyFile, NoArticle
from ingest.furniture import mark_furniture
from ingest.head import read_head
from ingest.lines import lines_of
from ingest.names import initials
from ingest.paragraphs import paragraphs_of
from ingest.read.text import Stretch, articles_in
from ingest.rights import Rights, goes_on, read_rights
from ingest.section import mark_sections
from ingest.sheet import Fields, Sheet
from ingest.tail import read_tail
from ingest.titles import readable_title, site_suffix
from ingest.units import units_of
from ingest.weigh import article_from_blocks, filled_in, with_carried


def recognise(capture: Capture) -> tuple[Article, ...]:
    """The articles that a capture holds, without quotes, in order.

    Raises EmptyFile where there is nothing but white space, NoArticle where no part of the text
    has a paragraph.
    """
    if capture.blocks is not None:
        return (article_from_blocks(capture),)
    if not capture.text.strip():
        raise EmptyFile(capture.source, "the file holds only white space; save the page again")
    found = [_article(capture, stretch) for stretch in articles_in(capture.text)]
    articles = tuple(article for article in found if article is not None)
    if not articles:
        raise NoArticle(
            capture.source, "no paragraph found; give a page saved as text, with its article"
        )
    # What a file says of itself is about all of it, and of several articles true of none.
    if len(articles) > 1:
        return articles
    # The head of a letter stands above its text, and was read with it: it fills gaps only.
    is_letter = capture.format == "mail"
    return (filled_in(articles[0] if is_letter else with_carried(articles[0])),)


def _article(capture: Capture, stretch: Stretch) -> Article | None:
    sheet = Sheet(units_of(lines_of(capture.text, *stretch.parts)))
    day_first = day_comes_first(stretch.extent.of(capture.text))
    rights = _mark_rights(sheet)
    _mark_captions(sheet)
    mark_sections(sheet)
    mark_furniture(sheet)
    _mark_lines_below_credits(sheet)
    fields, title_span, title = read_head(sheet, day_first=day_first)
    fields.add(read_tail(sheet, has_byline=bool(fields.bylines), day_first=day_first))
    paragraphs = paragraphs_of(sheet)
    if not any(paragraph.kind != "caption" for paragraph in paragraphs):
        return None
    dateline = _dateline(paragraphs)
    if _mark_agency(sheet, dateline.agency):
        paragraphs = paragraphs_of(sheet)
    agency = _agency(fields, dateline)
    byline = next((b for b in fields.bylines if b.text), None)
    publisher = _publisher(fields, rights, agency)
    if title and title_span and (cut := site_suffix(title, publisher)):
        title, title_span = title[:-cut], Span(title_span.start, title_span.end - cut)
    article = Article(
        capture=capture,
        extent=stretch.extent,
        title=readable_title(title, paragraphs) if title else None,
        title_span=title_span,
        byline=byline.text if byline else None,
        authors=byline.authors if byline else (),
        agency=agency,
        section=next(iter(fields.sections), None),
        publisher=publisher,
        rights=rights.text,
        distributor=rights.distributor,
        dateline=dateline.place or next(iter(fields.datelines), None),
        url=capture.url or next(iter(fields.urls), None),
        published=_date(fields.dates, "published") or dateline.day or _year(rights),
        modified=_date(fields.dates, "modified"),
        paragraphs=paragraphs,
    )
    _discard_unused(sheet, article)
    return replace(article, furniture=sheet.furniture())


def _discard_unused(sheet: Sheet, article: Article) -> None:
    """A line of which nothing went into a field is furniture: it is not silently dropped."""
    for index, said in sheet.said.items():
        if sheet.roles[index] == "field" and not _used(said, article):
            sheet.discard(index, "says nothing further")
    for index, role in enumerate(sheet.roles):
        text = sheet.units[index].text
        if role == "rights" and text not in (article.rights or ""):
            rights = read_rights(text)
            if rights is None or not _states(rights, article):
                sheet.discard(index, "another rights line")


def _used(said: Fields, article: Article) -> bool:
    moments = [found.moment for found in said.dates]
    bylines = [text for b in said.bylines for text in (b.text, b.agency, b.publisher) if text]
    values = {
        *said.publishers,
        *said.agencies,
        *said.sections,
        *said.datelines,
        *said.urls,
        *bylines,
    }
    kept = {article.byline, article.publisher, article.agency, article.section, article.dateline}
    kept |= {article.url}
    dated = article.published in moments or article.modified in moments
    return bool(values & kept) or (bool(moments) and dated) or bool(said.titles)


def _states(rights: Rights, article: Article) -> bool:
    """Whether this is the line that the article's rights or distributor come from."""
    if rights.text is not None:
        return (article.rights or "").startswith(rights.text)
    return rights.distributor == article.distributor


def _mark_rights(sheet: Sheet) -> Rights:
    """Mark the rights lines; those printed over several lines count as one."""
    found = Rights()
    for index in range(len(sheet)):
        if sheet.roles[index] is not None:
            continue
        unit = sheet.units[index]
        rights = read_rights(unit.text)
        if rights is None:
            continue
        parts = [unit.text]
        sheet.set(index, "rights")
        at = index + 1
        while at < len(sheet) and _more_rights(sheet, at):
            parts.append(sheet.units[at].text)
            sheet.set(at, "rights")
            at += 1
        rights = read_rights(" ".join(parts)) or rights
        found = Rights(
            found.text or rights.text,
            found.holder or rights.holder,
            found.year or rights.year,
            found.distributor or rights.distributor,
        )
    return found


def _more_rights(sheet: Sheet, index: int) -> bool:
    unit, above = sheet.units[index], sheet.units[index - 1]
    if goes_on(unit.text):
        return True
    return unit.blank_before == 0 and not above.ends_sentence and unit.text[0].islower()


def _mark_captions(sheet: Sheet) -> None:
    for index in sheet.open():
        text = sheet.units[index].text
        if is_caption(text) and read_byline(text) is None:
            sheet.set(index, "caption")


def _mark_lines_below_credits(sheet: Sheet) -> None:
    """A line right below "1 of 3", or above the body below a credit, is that picture's caption."""
    body, _ = sheet.core()
    for index in list(sheet.open(1)):
        unit = sheet.units[index]
        if unit.blank_before or not follows_counter(unit.text):
            continue
        credit = sheet.roles[index - 1] == "caption" and sheet.units[index - 1].words <= 6
        if sheet.reasons.get(index - 1) == "photo counter" or (credit and index < body):
            sheet.set(index, "caption")


def _mark_agency(sheet: Sheet, agency: str | None) -> bool:
    """Mark lines that say no more than which agency the dateline names; whether there were any."""
    if agency is None:
        return False
    lines = [i for i in sheet.open() if sheet.units[i].text.casefold() == agency.casefold()]
    for index in lines:
        sheet.discard(index, "the agency's name")
    return bool(lines)


# "OSTROM: ...", "KIT BARROW, HOST: ...": where there are several, people speak in turn.
_LABEL = re.compile(r"[^\W\d_a-z](?:[^\W\d_a-z]|[.,'’ -]){1,60}: ")


def _dateline(paragraphs: tuple[Paragraph, ...]) -> Dateline:
    for paragraph in paragraphs[:3]:
        if paragraph.kind == "text" and (found := read_dateline(paragraph.text)):
            colon = paragraph.text.startswith(f"{found.place}:")
            if not colon or sum(_LABEL.match(p.text) is not None for p in paragraphs) < 2:
                return found
    return Dateline()


def _agency(fields: Fields, dateline: Dateline) -> str | None:
    stated = [byline.agency for byline in fields.bylines if byline.agency]
    # "United Valley Press" under the byline and "(UVP)" in the dateline are one.
    short = dateline.agency
    stated += [name for name in fields.publishers if short and short == initials(name)]
    return next(iter([*stated, *fields.agencies]), short)


def _publisher(fields: Fields, rights: Rights, agency: str | None) -> str | None:
    """The paper that a byline or a line of its own names, else the holder of the rights."""
    named = [byline.publisher for byline in fields.bylines if byline.publisher]
    if found := next(iter([*named, *fields.publishers]), None):
        return found
    holder = rights.holder
    if holder and agency and holder.startswith(agency) and len(agency) > 4:
        return agency  # "Coastwise Wire Service" is what the page calls "Coastwise Wire" above
    return holder


def _date(dates: list[Found], role: str) -> Moment | None:
    fitting = [found for found in dates if found.role == role]
    labelled = [found for found in fitting if found.labelled]
    found = next(iter(labelled or fitting), None)
    return found.moment if found else None


def _year(rights: Rights) -> Moment | None:
    return Moment(rights.year, "year") if rights.year else None
