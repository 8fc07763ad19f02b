-- The number of dimensions is put in where it says DIMENSIONS; a type cannot be a parameter.
TRUNCATE article_words;
ALTER TABLE articles ALTER COLUMN embedding TYPE vector(DIMENSIONS) USING NULL;
