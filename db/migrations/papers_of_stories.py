"""Whoever printed a story word for word is among its papers."""

from __future__ import annotations

from sqlite_utils import Database

from db.migrations.script import run

# The same words in two papers are one article with a capture from each, and a story by itself.
_STORIES = """
DROP VIEW stories;
CREATE VIEW stories AS
WITH reprinted(article_id) AS (
    SELECT article_id FROM captures GROUP BY article_id HAVING count(DISTINCT publisher) > 1
), told AS (
    SELECT id, coalesce(story, id) AS story, published, agency FROM articles
    WHERE story IS NOT NULL OR id IN (SELECT article_id FROM reprinted)
), printed AS (
    SELECT told.story, articles.publisher FROM told JOIN articles ON articles.id = told.id
    UNION
    SELECT told.story, captures.publisher FROM told
    JOIN captures ON captures.article_id = told.id
)
SELECT told.story, count(*) AS articles, papers.papers,
       min(told.published) AS first_published, max(told.published) AS last_published,
       (SELECT title FROM articles AS first WHERE first.id = told.story) AS title,
       papers.publishers, max(told.agency) AS agency
FROM told JOIN (
    SELECT story, count(publisher) AS papers, group_concat(publisher) AS publishers
    FROM printed GROUP BY story
) AS papers ON papers.story = told.story
GROUP BY told.story;
"""


def papers_of_stories(db: Database) -> None:
    """The view `stories` counts the papers of captures too."""
    run(db, _STORIES)
