"""Days as languages write them that dateparser is not asked about: "12 марта 2023", "2024年3月5日".

The forms are those of dates, a genitive where the language has one.
"""

from __future__ import annotations

import re
from datetime import date

_NAMES = """
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня
януари февруари март април май юни юли август септември октомври ноември декември
јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
ledna února března dubna května června července srpna září října listopadu prosince
januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta
 lokakuuta marraskuuta joulukuuta
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
január február március április május június július augusztus szeptember október november december
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου
 νοεμβρίου δεκεμβρίου
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
"""
_MONTHS = {
    name: number
    for line in _NAMES.replace("\n ", " ").split("\n")
    for number, name in enumerate(line.split(), 1)
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:1[6-9]|20)\d\d"
# The day as a pattern without groups, in free spacing.
DAY = rf"""
    \d{{1,2}}\.?\s+(?:{_MONTH})\s+{_YEAR}(?:\s*(?:года|г\.?|року|р\.|yılı|r\.))?
    | {_YEAR}\.\s+(?:{_MONTH})\s+\d{{1,2}}\.?
    | {_YEAR}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일]
"""
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{2,}")


def named_day(text: str) -> date | None:
    """The day that `text`, a match of DAY, says; None for other text and for days that are none."""
    figures = [int(found) for found in _FIGURES.findall(text)]
    month = next((m for w in _WORD.findall(text.lower()) if (m := _MONTHS.get(w))), None)
    if month and len(figures) == 2:
        day, year = sorted(figures)
    elif len(figures) == 3 and ("年" in text or "년" in text):
        year, month, day = figures
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
