WITH gone AS (
    DELETE FROM articles WHERE id = ANY (@ids) RETURNING words, word_count
), counted AS (
    SELECT w.word COLLATE "C" AS word, count(*) AS articles FROM gone CROSS JOIN LATERAL unnest(tsvector_to_array(gone.words)) AS w (word) GROUP BY 1
), less AS (
    UPDATE article_words known SET articles = known.articles - counted.articles FROM counted WHERE known.word = counted.word
)
UPDATE article_index SET articles = articles - (SELECT count(*) FROM gone), words = words - (SELECT coalesce(sum(word_count), 0) FROM gone)
RETURNING (SELECT count(*)::integer FROM gone)
