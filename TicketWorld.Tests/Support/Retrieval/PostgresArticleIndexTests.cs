using Npgsql;
using TicketWorld.Grains;
using TicketWorld.Support.Retrieval;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.Support.Retrieval;

[Trait(TestServers.Trait, TestServers.Postgres)]
public sealed class PostgresArticleIndexTests : KeptArticleIndexConformance, IAsyncDisposable
{
    private readonly TestSchema _schema = new();

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task Two_processes_share_the_articles()
    {
        await using var first = await FilledAsync();
        await using var second = await OpenAsync();
        await second.Index.UpsertAsync([Article("NEW", "Zeppelins", "Mooring a zeppelin.")]);
        Assert.Equal("NEW", (await first.Index.SearchAsync(new("zeppelin")))[0].Article.Id);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? first : second).Index.UpsertAsync([Article($"N-{i}", "Okapi", $"okapi {i % 3}")])));
        Assert.Equal(40, (await second.Index.SearchAsync(new("okapi") { Top = 100 })).Count(h => h.LexicalRank is not null));
    }

    [Fact]
    public async Task The_number_of_articles_of_each_word_is_what_the_articles_say()
    {
        await using var open = await FilledAsync();
        await open.Index.UpsertAsync([Article("KB-AUTH", "Zeppelins", "Mooring a zeppelin.")]);
        await open.Index.RemoveAsync(["KB-GIFT", "KB-API"]);
        Assert.Equal(0L, await _schema.ScalarAsync(
            """
            SELECT count(*) FROM (SELECT w.word COLLATE "C" AS word, count(*) AS articles FROM articles, unnest(tsvector_to_array(words)) w (word) GROUP BY 1) counted
            FULL JOIN (SELECT * FROM article_words WHERE articles > 0) kept USING (word) WHERE counted.articles IS DISTINCT FROM kept.articles
            """));
        Assert.Equal(true, await _schema.ScalarAsync(
            "SELECT articles = (SELECT count(*) FROM articles) AND words = (SELECT sum(word_count) FROM articles) FROM article_index"));
    }

    [Fact]
    public async Task A_large_first_load_has_both_indexes_and_loses_nothing()
    {
        await using var open = await OpenAsync();
        await open.Index.UpsertAsync([.. Enumerable.Range(0, 2500).Select(i => Article($"L-{i:d4}", $"Number {i}", $"thing{i} among many things"))]);
        Assert.Equal(2500, await open.Index.CountAsync());
        Assert.Equal("L-1234", (await open.Index.SearchAsync(new("thing1234")))[0].Article.Id);
        Assert.Equal(2L, await _schema.ScalarAsync("SELECT count(*) FROM pg_indexes WHERE schemaname = current_schema() AND indexname IN ('articles_words', 'articles_embedding')"));
    }

    [Fact]
    public async Task A_process_whose_embedder_was_replaced_meanwhile_says_so()
    {
        await using var open = await FilledAsync();
        await _schema.ExecuteAsync("UPDATE article_index SET embedder = 'newer/1'");
        foreach (var step in (Func<Task>[])[() => open.Index.SearchAsync(new("refund")), () => open.Index.UpsertAsync(HelpArticles.All)])
            Assert.Contains("newer/1", (await Assert.ThrowsAsync<GrainStoreException>(step)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_without_the_extension_stops_the_start_with_what_to_do()
    {
        var name = $"without_{Environment.ProcessId}";
        var user = $"plain_{Environment.ProcessId}";
        await _schema.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0");
        try
        {
            // A user who may make a schema, but no extension.
            await _schema.ExecuteAsync($"CREATE ROLE {user} LOGIN PASSWORD 'plain-word'");
            var given = new NpgsqlConnectionStringBuilder(_schema.ConnectionString) { Database = name, Pooling = false };
            await using (var admin = new NpgsqlConnection(given.ConnectionString))
            {
                await admin.OpenAsync();
                await using var schema = new NpgsqlCommand($"CREATE SCHEMA {given.SearchPath} AUTHORIZATION {user}; GRANT CREATE ON DATABASE {name} TO {user}; ALTER SCHEMA public RENAME TO elsewhere", admin);
                await schema.ExecuteNonQueryAsync();
            }

            given.Username = user;
            given.Password = "plain-word";
            var error = await Assert.ThrowsAsync<GrainStoreException>(() => OpenAsync(services => services.AddPostgresGrainStore(given.ConnectionString), null));
            Assert.Contains("pgvector is missing", error.Message, StringComparison.Ordinal);
            Assert.Contains("CREATE EXTENSION vector", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("plain-word", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            await _schema.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            await _schema.ExecuteAsync($"DROP ROLE IF EXISTS {user}");
        }
    }

    private protected override Task<IOpenIndex> OpenAsync(ArticleEmbedder? embedder = null) =>
        OpenAsync(services => services.AddPostgresGrainStore(_schema.ConnectionString), embedder);
}
