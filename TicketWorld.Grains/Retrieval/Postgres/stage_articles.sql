CREATE TEMPORARY TABLE staged_articles (
    id text, title text, body text, kind text, category text, tags text[], attributes text, word_count integer, words text, embedding real[]
) ON COMMIT DROP
