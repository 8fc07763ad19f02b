-- The extension may be in any schema; where it is missing, it is made in public, if this user may.
DO $$
BEGIN
    BEGIN
        CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public;
    EXCEPTION WHEN OTHERS THEN
        -- Another process may have been faster.
        IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector') THEN
            RAISE EXCEPTION 'the extension pgvector is missing in the database, and making it was refused (%). Install pgvector 0.8 or later on the server and let an administrator of the database run: CREATE EXTENSION vector SCHEMA public.', SQLERRM;
        END IF;
    END;
    IF (SELECT string_to_array(extversion, '.')::integer[] < ARRAY[0, 8] FROM pg_extension WHERE extname = 'vector') THEN
        RAISE EXCEPTION 'the extension pgvector of the database is version %, and 0.8 or later is needed. Install it on the server and let an administrator of the database run: ALTER EXTENSION vector UPDATE.',
            (SELECT extversion FROM pg_extension WHERE extname = 'vector');
    END IF;
END
$$;

-- For the rest of this transaction.
SELECT set_config('search_path', format('%I, %I', current_schema(), n.nspname), true)
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector';

-- One row: which embedder the vectors are of (ArticleEmbedder.Name; empty before the first start), how many articles there are, and how many words they have.
CREATE TABLE article_index (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    embedder text    NOT NULL,
    articles bigint  NOT NULL CHECK (articles >= 0),
    words    bigint  NOT NULL CHECK (words >= 0)
);

INSERT INTO article_index (embedder, articles, words) VALUES ('', 0, 0);

-- words: lexemes as TicketWorld.Support.Retrieval.Words gives them, so that every form of the index knows the same words; those of the title have
-- weight A. embedding: NULL where the text gives no vector; in the row itself, so that comparing many does not fetch each from elsewhere.
CREATE TABLE articles (
    id         text COLLATE "C" PRIMARY KEY,
    title      text     NOT NULL,
    body       text     NOT NULL,
    kind       text     COLLATE "C" NOT NULL,
    category   text     COLLATE "C",
    tags       text[]   NOT NULL,
    attributes jsonb    NOT NULL,
    word_count integer  NOT NULL CHECK (word_count >= 0),
    words      tsvector NOT NULL,
    embedding  vector(384) STORAGE MAIN
) WITH (toast_tuple_target = 4096);

CREATE INDEX articles_kind ON articles (kind);
CREATE INDEX articles_category ON articles (category);
CREATE INDEX articles_tags ON articles USING gin (tags);
CREATE INDEX articles_attributes ON articles USING gin (attributes jsonb_path_ops);
CREATE INDEX articles_words ON articles USING gin (words) WITH (fastupdate = off);
CREATE INDEX articles_embedding ON articles USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 64);

-- In how many articles each word is.
CREATE TABLE article_words (
    word     text COLLATE "C" PRIMARY KEY,
    articles bigint NOT NULL CHECK (articles >= 0)
) WITH (fillfactor = 80);
