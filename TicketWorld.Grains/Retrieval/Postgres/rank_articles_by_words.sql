-- BM25 (k1 = 1.2, b = 0.75, a word of the title counting three times) over the articles that have one of the words in @any. Where these are very many,
-- because every word is common, the thousand that have most of them are scored.
WITH candidates AS MATERIALIZED (
    SELECT a.id, a.word_count, a.words
    FROM articles a
    WHERE a.words @@ @any::tsquery
        AND (cardinality(@kinds::text[]) = 0 OR a.kind = ANY (@kinds))
        AND (@category::text IS NULL OR a.category = @category)
        AND (cardinality(@tags::text[]) = 0 OR a.tags @> @tags)
        AND (@attributes::jsonb IS NULL OR a.attributes @> @attributes::jsonb)
        AND (cardinality(@without::text[]) = 0 OR a.id <> ALL (@without))
    ORDER BY ts_rank('{0.33, 0.33, 0.33, 1}', a.words, @any::tsquery) DESC, a.id
    LIMIT 1000
)
SELECT c.id
FROM candidates c
CROSS JOIN LATERAL unnest(c.words) AS l
JOIN unnest(@words::text[], @rarities::double precision[]) AS w (word, rarity) ON w.word = l.lexeme
CROSS JOIN LATERAL (SELECT least(255, cardinality(l.positions) + 2 * cardinality(array_positions(l.weights, 'A')))::double precision AS often) f
GROUP BY c.id
ORDER BY sum(w.rarity * f.often * 2.2e0::double precision / (f.often + 0.3e0::double precision + 0.9e0::double precision * c.word_count / @average))::real DESC, c.id
LIMIT @depth
