WITH put AS (
    INSERT INTO articles (id, title, body, kind, category, tags, attributes, word_count, words, embedding)
    SELECT id, title, body, kind, category, tags, attributes::jsonb, word_count, words::tsvector, embedding::vector FROM staged_articles
    RETURNING words, word_count
), counted AS (
    SELECT w.word COLLATE "C" AS word, count(*) AS articles FROM put CROSS JOIN LATERAL unnest(tsvector_to_array(put.words)) AS w (word) GROUP BY 1
), more AS (
    INSERT INTO article_words AS known (word, articles) SELECT word, articles FROM counted ORDER BY word
    ON CONFLICT (word) DO UPDATE SET articles = known.articles + excluded.articles
)
UPDATE article_index SET articles = articles + (SELECT count(*) FROM put), words = words + (SELECT coalesce(sum(word_count), 0) FROM put)
