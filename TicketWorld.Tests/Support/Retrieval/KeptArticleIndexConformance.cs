using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains.Runtime;
using TicketWorld.Support.Retrieval;

namespace TicketWorld.Tests.Support.Retrieval;

/// <summary>What the forms do that outlive their process.</summary>
public abstract class KeptArticleIndexConformance : ArticleIndexConformance
{
    [Fact]
    public async Task A_restart_keeps_the_index()
    {
        IReadOnlyList<ArticleHit> before;
        await using (var first = await FilledAsync())
        {
            await first.Index.UpsertAsync([Article("KB-AUTH", "Zeppelins", "Mooring a zeppelin.")]);
            await first.Index.RemoveAsync(["KB-GIFT"]);
            before = await first.Index.SearchAsync(new("zeppelin refund password parcel") { Top = 30 });
        }

        await using var again = await OpenAsync();
        Assert.Equal(HelpArticles.All.Count - 1, await again.Index.CountAsync());
        var after = await again.Index.SearchAsync(new("zeppelin refund password parcel") { Top = 30 });
        Assert.Equal(before.Select(Shown), after.Select(Shown));
        Assert.Equal("KB-AUTH", after[0].Article.Id);
    }

    [Fact]
    public async Task Another_embedder_makes_the_vectors_again()
    {
        await using (await FilledAsync())
        {
        }

        await using (var other = await OpenAsync(new(new LetterEmbedder())))
        {
            var hits = await other.Index.SearchAsync(new("zzz qqq"));
            Assert.Equal(HelpArticles.All.Count, await other.Index.CountAsync());
            Assert.All(hits, hit => Assert.Null(hit.LexicalRank));
            foreach (var article in HelpArticles.All)
                Assert.Equal(1, (await other.Index.SearchAsync(new($"{article.Title}\n{article.Body}") { Top = 1 }))[0].Similarity, 4);
            await other.Index.UpsertAsync([Article("NEW", "xylophone", "xylophone")]);
        }

        await using var back = await OpenAsync();
        Assert.Equal("KB-AUTH", (await back.Index.SearchAsync(new("E401")))[0].Article.Id);
        Assert.Equal("NEW", (await back.Index.SearchAsync(new("xylophones")))[0].Article.Id);
    }

    [Fact]
    public async Task An_embedder_that_does_not_keep_to_its_dimensions_is_named()
    {
        await using var open = await OpenAsync(new(new LetterEmbedder { Given = 25 }));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => open.Index.UpsertAsync(HelpArticles.All));
        Assert.Contains("letters/26", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await open.Index.CountAsync());
    }

    private protected static async Task<IOpenIndex> OpenAsync(Action<IServiceCollection> addStore, ArticleEmbedder? embedder)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        if (embedder is not null)
            services.AddSingleton(embedder);
        addStore(services);
        var provider = services.BuildServiceProvider();
        try
        {
            await provider.GetRequiredService<IGrainStore>().OpenAsync(CancellationToken.None);
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }

        return new OpenIndex(provider);
    }

    private static (string, int?, int?) Shown(ArticleHit hit) => (hit.Article.Id, hit.LexicalRank, hit.VectorRank);

    private sealed class OpenIndex(ServiceProvider services) : IOpenIndex
    {
        public IArticleIndex Index => services.GetRequiredService<IArticleIndex>();

        public async ValueTask DisposeAsync()
        {
            await services.GetRequiredService<IGrainStore>().CloseAsync();
            await services.DisposeAsync();
        }
    }

    /// <summary>How often each letter occurs.</summary>
    private sealed class LetterEmbedder : IEmbeddingGenerator<string, Embedding<float>>
    {
        public int Given { get; init; } = 26;

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(
                Enumerable.Range('a', Given).Select(letter => (float)text.Count(c => char.ToLowerInvariant(c) == letter)).ToArray()))));

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, "letters", 26) : null;

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
