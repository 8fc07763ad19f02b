DROP INDEX articles_words;
DROP INDEX articles_embedding;
