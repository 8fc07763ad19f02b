using TicketWorld.Support.Retrieval;
using TicketWorld.Support.Retrieval.Memory;

namespace TicketWorld.Tests.Support.Retrieval;

public sealed class MemoryArticleIndexTests : ArticleIndexConformance
{
    [Fact]
    public async Task Many_replacements_leave_no_more_than_the_articles_themselves()
    {
        await using var open = await OpenAsync();
        for (var round = 0; round < 60; round++)
            await open.Index.UpsertAsync([.. Enumerable.Range(0, 100).Select(i => Article($"A-{i:d2}", $"Title {round}", $"word{round} common"))]);
        Assert.Equal(100, await open.Index.CountAsync());
        Assert.All(await open.Index.SearchAsync(new("word59 common title") { Top = 100 }), hit => Assert.Equal("Title 59", hit.Article.Title));
        Assert.DoesNotContain(await open.Index.SearchAsync(new("word58") { Top = 100 }), hit => hit.LexicalRank is not null);
    }

    private protected override Task<IOpenIndex> OpenAsync(ArticleEmbedder? embedder = null) =>
        Task.FromResult<IOpenIndex>(new OpenIndex(new(embedder ?? new(new HashedEmbedder()))));

    private sealed class OpenIndex(MemoryArticleIndex index) : IOpenIndex
    {
        public IArticleIndex Index => index;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
