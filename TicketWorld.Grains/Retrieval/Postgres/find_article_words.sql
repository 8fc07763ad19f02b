SELECT word, articles FROM article_words WHERE word = ANY (@words) AND articles > 0 ORDER BY articles, word LIMIT @most
