using System.Data;
using System.Globalization;
using Npgsql;
using TicketWorld.Grains.Runtime;
using TicketWorld.Grains.Runtime.Postgres;
using TicketWorld.Support.Retrieval;

namespace TicketWorld.Grains.Retrieval.Postgres;

/// <summary>
/// Articles in PostgreSQL, shared by every process on the schema: words as a tsvector with a GIN index, vectors in a pgvector column with an HNSW index over the cosine.
/// </summary>
/// <remarks>
/// A search reads one snapshot (REPEATABLE READ), so it sees the whole of a write or nothing. Writes take turns by an advisory lock, under which the
/// number of articles of each word is kept; searches never wait for it. A first load of many articles into an empty index builds the two large indexes afterwards, which is many times faster.
/// HNSW scans are iterative (pgvector 0.8): with a filter they go on until enough rows pass it. Where they end early all the same, the ranking is made once more, exactly.
/// </remarks>
internal sealed class PostgresArticleIndex(PostgresDatabase database, SqlCatalog catalog, ArticleEmbedder embedder) : IArticleIndex, IStoreCompanion
{
    /// <summary>From so many articles on, an empty index is filled first and indexed afterwards.</summary>
    private const int LargeLoad = 2000;

    /// <summary>The dimensions of the column as migration 0004 makes it.</summary>
    private const int MigratedDimensions = 384;

    /// <summary>Words are looked for, the rarest first, until so many articles have one of them.</summary>
    private const long EnoughCandidates = 3 * RankFusion.Depth;

    /// <summary>
    /// ef_search: how many of the nearest vectors an HNSW scan keeps in view. Twice the depth of the ranking gives the recall that docs/retrieval.md shows.
    /// Plans are made for each query, because which index helps depends on the words and the filter. The planner takes the comparison of two vectors
    /// for as cheap as that of two numbers, and would look at all of them.
    /// </summary>
    private const string Settings =
        "-c hnsw.ef_search=200 -c hnsw.iterative_scan=strict_order -c plan_cache_mode=force_custom_plan -c enable_seqscan=off -c jit=off";

    private NpgsqlDataSource? _source;

    private NpgsqlDataSource Source => _source ?? throw new GrainStoreException("The article index is not open. It opens when the host starts.");

    public Task OpenAsync(CancellationToken cancellation) => database.RunAsync(async () =>
    {
        await using (var find = database.Writer.CreateCommand(catalog["find_vector_schema"]))
        {
            var schema = await find.ExecuteScalarAsync(cancellation) as string ?? throw new GrainStoreException(
                $"The extension pgvector is no longer in the database {database.Place}. Let an administrator of the database run: CREATE EXTENSION vector SCHEMA public.");
            _source ??= database.Open("ticketworld articles", Settings, schema);
        }

        if ((await FindIndexAsync(cancellation)).Embedder != embedder.Name)
            await WriteAsync(EmbedAgainAsync, cancellation);
        return true;
    });

    public async Task CloseAsync()
    {
        if (_source is { } source)
            await source.DisposeAsync();
        _source = null;
    }

    public async Task UpsertAsync(IReadOnlyCollection<Article> articles, CancellationToken cancellationToken = default)
    {
        var embedded = await embedder.EmbedAsync(ArticleRules.Checked(articles), cancellationToken);
        if (embedded.Count == 0)
            return;
        await database.RunAsync(() => WriteAsync(
            async connection =>
            {
                CheckEmbedder(await FindIndexAsync(connection, cancellationToken));
                await RemoveAsync(connection, [.. embedded.Select(a => a.Article.Id)], cancellationToken);
                var large = embedded.Count >= LargeLoad && (await FindIndexAsync(connection, cancellationToken)).Articles == 0;
                await AddAsync(connection, embedded, large, cancellationToken);
                return true;
            },
            cancellationToken));
    }

    public Task<int> RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var known = ids.Where(ArticleRules.IsId).ToArray();
        return known.Length == 0 ? Task.FromResult(0) : database.RunAsync(() => WriteAsync(
            async connection =>
            {
                var removed = await RemoveAsync(connection, known, cancellationToken);
                await ExecuteAsync(connection, "forget_words", cancellationToken);
                return removed;
            },
            cancellationToken));
    }

    public async Task<Article?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!ArticleRules.IsId(id))
            return null;
        return await database.RunAsync(async () =>
        {
            await using var connection = await Source.OpenConnectionAsync(cancellationToken);
            var found = await ReadArticlesAsync(connection, "find_article", cancellationToken, ("id", id));
            return found.Count == 0 ? null : found[0].Article;
        });
    }

    public async Task<int> CountAsync(CancellationToken cancellationToken = default) =>
        (int)(await database.RunAsync(() => FindIndexAsync(cancellationToken))).Articles;

    public async Task<IReadOnlyList<ArticleHit>> SearchAsync(ArticleQuery query, CancellationToken cancellationToken = default)
    {
        query = ArticleRules.Checked(query);
        var words = Words.Of(query.Text).ToHashSet(StringComparer.Ordinal);
        if (words.Count == 0)
            return [];
        var vector = await embedder.EmbedAsync(query.Text, cancellationToken);
        return await database.RunAsync(async () =>
        {
            await using var connection = await Source.OpenConnectionAsync(cancellationToken);
            await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            var search = new PostgresSearch(connection, catalog, query.Filter, cancellationToken);
            var index = await FindIndexAsync(connection, cancellationToken);
            CheckEmbedder(index);
            var lexical = await search.ByWordsAsync(words, index.Articles, index.Words, EnoughCandidates);
            var similar = await search.BySimilarityAsync(vector);
            var ranks = RankFusion.Fuse(lexical, similar, query.Top);
            var found = (await ReadArticlesAsync(
                connection, "find_articles", cancellationToken, ("ids", ranks.Select(r => r.Id).ToArray()), ("embedding", PostgresSearch.Parameter(vector))))
                .ToDictionary(a => a.Article.Id, StringComparer.Ordinal);
            return (IReadOnlyList<ArticleHit>)[.. ranks.Select(rank => new ArticleHit(
                found[rank.Id].Article, rank.Score, rank.Lexical, rank.Vector, Math.Clamp(found[rank.Id].Similarity, -1, 1), Passages.Best(found[rank.Id].Article.Body, words)))];
        });
    }

    /// <summary>The ranking by similarity alone, from the approximate index or from every vector, which is how its recall is measured.</summary>
    internal async Task<IReadOnlyList<(string Id, double Similarity)>> RankBySimilarityAsync(ReadOnlyMemory<float> vector, bool exactly)
    {
        await using var connection = await Source.OpenConnectionAsync();
        return await new PostgresSearch(connection, catalog, ArticleFilter.None, CancellationToken.None).RankAsync(vector, exactly);
    }

    /// <summary>The server's settings that matter here, and the bytes of table and indexes.</summary>
    internal async Task<IReadOnlyList<(string Name, string Value)>> DescribeAsync()
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var command = Command(connection, "describe_articles");
        await using var reader = await command.ExecuteReaderAsync();
        var facts = new List<(string, string)>();
        while (await reader.ReadAsync())
            facts.Add((reader.GetString(0), reader.GetString(1)));
        return facts;
    }

    /// <summary>Makes words and vectors anew from the articles that are there.</summary>
    private async Task<bool> EmbedAgainAsync(NpgsqlConnection connection)
    {
        var index = await FindIndexAsync(connection, default);
        if (index.Embedder == embedder.Name)
            return true;
        if (index.Embedder.Length > 0 || embedder.Dimensions != MigratedDimensions)
            await MakeAgainAsync(connection);
        await ExecuteAsync(connection, "name_embedder", default, ("embedder", embedder.Name));
        return true;
    }

    private async Task MakeAgainAsync(NpgsqlConnection connection)
    {
        IReadOnlyList<Article> articles = [.. (await ReadArticlesAsync(connection, "list_articles", default)).Select(a => a.Article)];
        await RemoveAsync(connection, [.. articles.Select(a => a.Id)], default);
        await ExecuteAsync(connection, "drop_article_indexes", default);
        await using (var dimensions = new NpgsqlCommand(
            catalog["set_embedding_dimensions"].Replace("(DIMENSIONS)", $"({embedder.Dimensions.ToString(CultureInfo.InvariantCulture)})", StringComparison.Ordinal), connection))
            await dimensions.ExecuteNonQueryAsync();
        await AddRowsAsync(connection, await embedder.EmbedAsync(articles), default);
        await ExecuteAsync(connection, "make_article_indexes", default);
    }

    private async Task AddAsync(NpgsqlConnection connection, IReadOnlyList<EmbeddedArticle> articles, bool large, CancellationToken cancellation)
    {
        if (large)
            await ExecuteAsync(connection, "drop_article_indexes", cancellation);
        await AddRowsAsync(connection, articles, cancellation);
        if (large)
            await ExecuteAsync(connection, "make_article_indexes", cancellation);
    }

    private async Task AddRowsAsync(NpgsqlConnection connection, IReadOnlyList<EmbeddedArticle> articles, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, "stage_articles", cancellation);
        await using (var copy = await connection.BeginBinaryImportAsync(catalog["copy_articles"], cancellation))
        {
            foreach (var article in articles)
                await ArticleRow.WriteAsync(copy, article, cancellation);
            await copy.CompleteAsync(cancellation);
        }

        await ExecuteAsync(connection, "put_articles", cancellation);
    }

    private async Task<int> RemoveAsync(NpgsqlConnection connection, string[] ids, CancellationToken cancellation)
    {
        await using var command = Command(connection, "remove_articles", ("ids", ids));
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Runs a step alone of all writers, in one transaction.</summary>
    private async Task<T> WriteAsync<T>(Func<NpgsqlConnection, Task<T>> step, CancellationToken cancellation)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
        await ExecuteAsync(connection, "lock_articles", cancellation);
        var result = await step(connection);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    private async Task<IndexRow> FindIndexAsync(CancellationToken cancellation)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellation);
        return await FindIndexAsync(connection, cancellation);
    }

    private async Task<IndexRow> FindIndexAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = Command(connection, "find_article_index");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    private void CheckEmbedder(IndexRow index)
    {
        if (index.Embedder != embedder.Name)
        {
            throw new GrainStoreException(
                $"The articles in {database.Place} have vectors of {index.Embedder}, made by another version of this program, and this one makes those of {embedder.Name}. Run the same version and the same embedder everywhere, and start this process again.");
        }
    }

    private async Task<List<(Article Article, double Similarity)>> ReadArticlesAsync(
        NpgsqlConnection connection, string statement, CancellationToken cancellation, params (string Name, object Value)[] parameters)
    {
        await using var command = Command(connection, statement, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var articles = new List<(Article, double)>();
        while (await reader.ReadAsync(cancellation))
            articles.Add((ArticleRow.Read(reader), reader.GetDouble(7)));
        return articles;
    }

    private async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation, params (string Name, object Value)[] parameters)
    {
        await using var command = Command(connection, statement, parameters);

        // Building an index over many articles takes minutes, and a write waits for the one before.
        command.CommandTimeout = 3600;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, string statement, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = new NpgsqlCommand(catalog[statement], connection);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    private sealed record IndexRow(string Embedder, long Articles, long Words);
}
