DELETE FROM article_words WHERE articles = 0
