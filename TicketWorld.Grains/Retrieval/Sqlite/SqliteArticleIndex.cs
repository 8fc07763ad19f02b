using System.Runtime.InteropServices;
using System.Text.Json;
using TicketWorld.Grains.Runtime;
using TicketWorld.Grains.Runtime.Sqlite;
using TicketWorld.Support.Retrieval;
using TicketWorld.Support.Retrieval.Memory;

namespace TicketWorld.Grains.Retrieval.Sqlite;

/// <summary>
/// Articles that are searched in memory and kept in a file of the data folder, with their vectors. A write is on disk before a search sees it. At the start
/// the file is read; vectors of another embedder are made again.
/// </summary>
internal sealed class SqliteArticleIndex(SqliteFiles files, SqlCatalog articleSql, ArticleEmbedder embedder, TimeProvider time) : IArticleIndex, IStoreCompanion, IDisposable
{
    private readonly MemoryArticleIndex _index = new(embedder);
    private readonly SemaphoreSlim _writing = new(1);
    private SqliteWriter? _writer;

    private SqliteWriter Writer => _writer ?? throw new GrainStoreException("The article index is not open. It opens when the host starts.");

    public async Task OpenAsync(CancellationToken cancellation)
    {
        var connection = files.Articles.OpenWriter();
        try
        {
            SqliteMigrations.Apply(connection, files.Articles, articleSql.Migrations, time.GetUtcNow());
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        _writer = new SqliteWriter(files.Articles, new SqliteSession(connection, articleSql));
        var stored = await Writer.WriteAsync(Read);
        if (await Writer.WriteAsync(session => session.Scalar("find_embedder") as string) != embedder.Name)
        {
            stored = await embedder.EmbedAsync([.. stored.Select(a => a.Article)], cancellation);
            await KeepAsync(stored);
            await Writer.WriteAsync(session => session.Execute("name_embedder", ("name", embedder.Name)));
        }

        _index.Put(stored);
    }

    public async Task CloseAsync()
    {
        if (_writer is { } writer)
        {
            await writer.DisposeAsync();
            files.Articles.ClosePool();
            _writer = null;
        }
    }

    public async Task UpsertAsync(IReadOnlyCollection<Article> articles, CancellationToken cancellationToken = default)
    {
        var embedded = await embedder.EmbedAsync(ArticleRules.Checked(articles), cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await KeepAsync(embedded);
            _index.Put(embedded);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task<int> RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await Writer.WriteAsync(session => ids.Sum(id => session.Execute("delete_article", ("id", id))));
            return _index.Remove(ids);
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task<Article?> FindAsync(string id, CancellationToken cancellationToken = default) => _index.FindAsync(id, cancellationToken);

    public Task<int> CountAsync(CancellationToken cancellationToken = default) => _index.CountAsync(cancellationToken);

    public Task<IReadOnlyList<ArticleHit>> SearchAsync(ArticleQuery query, CancellationToken cancellationToken = default) => _index.SearchAsync(query, cancellationToken);

    public void Dispose() => _writing.Dispose();

    private Task<int> KeepAsync(IReadOnlyList<EmbeddedArticle> articles) => Writer.WriteAsync(session => articles.Sum(article => session.Execute(
        "put_article",
        ("id", article.Article.Id),
        ("content", JsonSerializer.Serialize(article.Article, GrainJson.Options)),
        ("vector", article.Vector.IsEmpty ? null : MemoryMarshal.AsBytes(article.Vector.Span).ToArray()))));

    private IReadOnlyList<EmbeddedArticle> Read(SqliteSession session)
    {
        var articles = new List<EmbeddedArticle>();
        using var reader = session.Query("list_articles");
        while (reader.Read())
        {
            var article = JsonSerializer.Deserialize<Article>(reader.GetString(0), GrainJson.Options)!;
            articles.Add(new(article, reader.IsDBNull(1) ? default(ReadOnlyMemory<float>) : MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(1)).ToArray()));
        }

        return articles;
    }
}
