COPY staged_articles (id, title, body, kind, category, tags, attributes, word_count, words, embedding) FROM STDIN (FORMAT binary)
