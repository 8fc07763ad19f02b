SELECT embedder, articles, words FROM article_index
