UPDATE article_index SET embedder = @embedder
