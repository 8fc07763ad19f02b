SELECT name FROM embedder
