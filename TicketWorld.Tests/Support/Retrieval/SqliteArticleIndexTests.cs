using TicketWorld.Grains;
using TicketWorld.Support.Retrieval;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Support.Retrieval;

public sealed class SqliteArticleIndexTests : KeptArticleIndexConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        await File.WriteAllTextAsync(_folder.File("articles.db"), new string('x', 5000));
        Assert.Contains("articles.db", (await Assert.ThrowsAsync<GrainStoreException>(() => OpenAsync())).Message, StringComparison.Ordinal);
    }

    private protected override Task<IOpenIndex> OpenAsync(ArticleEmbedder? embedder = null) =>
        OpenAsync(services => services.AddSqliteGrainStore(_folder.Path), embedder);
}
