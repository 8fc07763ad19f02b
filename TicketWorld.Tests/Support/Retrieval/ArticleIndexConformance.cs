using System.Globalization;
using TicketWorld.Support.Retrieval;

namespace TicketWorld.Tests.Support.Retrieval;

/// <summary>What every form of the article index does. A form that is kept opens again with what it had.</summary>
public abstract class ArticleIndexConformance
{
    /// <summary>An index that is open until it is disposed.</summary>
    internal interface IOpenIndex : IAsyncDisposable
    {
        IArticleIndex Index { get; }
    }

    /// <summary>Opens the index; a second time, it is the same one again.</summary>
    private protected abstract Task<IOpenIndex> OpenAsync(ArticleEmbedder? embedder = null);

    [Theory]
    [InlineData("E401", "KB-AUTH")]
    [InlineData("I can't log in, it says error E401!!", "KB-AUTH")]
    [InlineData("when will my refund be paid to my bank?", "KB-REFUND")]
    [InlineData("the parcel was damaged when it arrived", "KB-DAMAGED")]
    [InlineData("tracking number does not work", "KB-TRACKING")]
    [InlineData("charging me twice on my card", "KB-DOUBLE")]
    [InlineData("cancelling a subscription", "KB-CANCEL")]
    [InlineData("gift card balance", "KB-GIFT")]
    [InlineData("forgoten pasword", "KB-PASSWORD")]
    [InlineData("lithium batteries abroad", "KB-BATTERY")]
    public async Task A_question_finds_its_article_first(string question, string id)
    {
        await using var open = await FilledAsync();
        var hits = await open.Index.SearchAsync(new(question));
        Assert.Equal(id, hits[0].Article.Id);
        Assert.Equal(HelpArticles.All.Single(a => a.Id == id).Body, hits[0].Article.Body);
    }

    [Fact]
    public async Task Hits_come_with_falling_scores_ranks_similarities_and_a_passage_of_the_body()
    {
        await using var open = await FilledAsync();
        var hits = await open.Index.SearchAsync(new("My refund was not paid to the credit card after ten days") { Top = 10 });
        Assert.Equal(10, hits.Count);
        Assert.Equal(hits.OrderByDescending(h => h.Score).ThenBy(h => h.Article.Id, StringComparer.Ordinal), hits);
        Assert.All(hits, hit =>
        {
            var parts = new[] { hit.LexicalRank, hit.VectorRank }.OfType<int>().ToArray();
            Assert.NotEmpty(parts);
            Assert.Equal(parts.Sum(rank => 1.0 / (60 + rank)), hit.Score, 12);
            Assert.InRange(hit.Similarity, -1, 1);
            Assert.Contains(hit.Passage, hit.Article.Body, StringComparison.Ordinal);
            Assert.InRange(hit.Passage.Length, 1, 300);
        });
        Assert.Equal("It reaches a credit card within ten days.", hits[0].Passage);
        var ranked = hits.Where(h => h.VectorRank is not null).OrderBy(h => h.VectorRank).Select(h => h.Similarity).ToArray();
        Assert.Equal(ranked.OrderDescending(), ranked);
    }

    [Fact]
    public async Task An_articles_own_text_finds_it_with_similarity_one()
    {
        await using var open = await FilledAsync();
        foreach (var article in HelpArticles.All)
        {
            var hit = (await open.Index.SearchAsync(new($"{article.Title}\n{article.Body}") { Top = 1 })).Single();
            Assert.Equal(article.Id, hit.Article.Id);
            Assert.Equal(1, hit.Similarity, 4);
        }
    }

    [Fact]
    public async Task An_article_is_read_as_it_was_written()
    {
        await using var open = await OpenAsync();
        var article = Article("a/1", "Äpfel & \"Birnen\"", "Erste Zeile\nzweite\t😀 \u0001 שלום") with
        {
            Category = "obst",
            Tags = ["x y", "{z}", "ü"],
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["who"] = "a\"b\\c", ["empty"] = "" },
        };
        await open.Index.UpsertAsync([article]);
        var found = await open.Index.FindAsync("a/1");
        Assert.NotNull(found);
        Assert.Equal((article.Title, article.Body, article.Kind, article.Category), (found.Title, found.Body, found.Kind, found.Category));
        Assert.Equal(article.Tags, found.Tags);
        Assert.Equal(article.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal), found.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal));
        Assert.Null(await open.Index.FindAsync("a/2"));
        Assert.Null(await open.Index.FindAsync("no id \0"));
    }

    [Fact]
    public async Task A_replaced_article_is_found_by_its_new_text_only()
    {
        await using var open = await FilledAsync();
        await open.Index.UpsertAsync([Article("KB-AUTH", "Zeppelin moorings", "How to moor a zeppelin at the mast.")]);
        Assert.Equal("KB-AUTH", (await open.Index.SearchAsync(new("zeppelin mast")))[0].Article.Id);
        Assert.DoesNotContain(await open.Index.SearchAsync(new("E401") { Top = 100 }), hit => hit.LexicalRank is not null);
        Assert.Equal(HelpArticles.All.Count, await open.Index.CountAsync());
    }

    [Fact]
    public async Task A_removed_article_is_gone_and_comes_back_when_it_is_put_again()
    {
        await using var open = await FilledAsync();
        Assert.Equal(2, await open.Index.RemoveAsync(["KB-AUTH", "KB-GIFT", "KB-NONE", "no id \0"]));
        Assert.Equal(0, await open.Index.RemoveAsync(["KB-AUTH"]));
        Assert.Equal(HelpArticles.All.Count - 2, await open.Index.CountAsync());
        Assert.Null(await open.Index.FindAsync("KB-AUTH"));
        Assert.DoesNotContain(await open.Index.SearchAsync(new("error E401 log in") { Top = 100 }), hit => hit.Article.Id is "KB-AUTH" or "KB-GIFT");
        await open.Index.UpsertAsync([HelpArticles.All.Single(a => a.Id == "KB-AUTH")]);
        Assert.Equal("KB-AUTH", (await open.Index.SearchAsync(new("E401")))[0].Article.Id);
    }

    [Fact]
    public async Task Removing_and_adding_leaves_no_trace_in_the_ranking()
    {
        await using var open = await FilledAsync();
        var before = await ShownAsync(open.Index);
        await open.Index.UpsertAsync([.. Enumerable.Range(0, 60).Select(i => Article($"TMP-{i:d2}", "Refund refund refund", $"refund card password {i}"))]);
        Assert.NotEqual(before, await ShownAsync(open.Index));
        await open.Index.RemoveAsync([.. Enumerable.Range(0, 60).Select(i => $"TMP-{i:d2}")]);
        Assert.Equal(before, await ShownAsync(open.Index));

        static async Task<string> ShownAsync(IArticleIndex index) => string.Join(' ', (await index.SearchAsync(new("refund to my card, and a new password") { Top = 20 }))
            .Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Article.Id}:{h.LexicalRank}:{h.VectorRank}")));
    }

    [Fact]
    public async Task Of_several_articles_with_one_id_in_a_call_the_last_counts()
    {
        await using var open = await OpenAsync();
        await open.Index.UpsertAsync([Article("A", "first", "zebra"), Article("B", "other", "yak"), Article("A", "second", "walrus")]);
        Assert.Equal(2, await open.Index.CountAsync());
        Assert.Equal("second", (await open.Index.FindAsync("A"))!.Title);
        Assert.DoesNotContain(await open.Index.SearchAsync(new("zebra")), hit => hit.LexicalRank is not null);
    }

    [Fact]
    public async Task Filters_let_through_what_they_say_and_lose_nothing()
    {
        await using var open = await OpenAsync();
        await open.Index.UpsertAsync([.. Enumerable.Range(0, 600).Select(i => Article($"F-{i:d3}", $"Printer question {i}", "The printer does not print. Check paper, cable and ink.") with
        {
            Kind = i % 100 == 7 ? "ticket" : "knowledge",
            Category = i % 3 == 0 ? "hardware" : i % 3 == 1 ? "software" : null,
            Tags = i % 50 == 0 ? ["rare", "both"] : i % 5 == 0 ? ["both"] : [],
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["group"] = $"{i % 40}", ["odd"] = i % 2 == 0 ? "no" : "yes" },
        })]);
        await FindsAsync(new() { Kinds = ["ticket"] }, i => i % 100 == 7);
        await FindsAsync(new() { Kinds = ["ticket", "documentation"], Attributes = Attribute("odd", "yes") }, i => i % 100 == 7);
        await FindsAsync(new() { Tags = ["both", "rare"] }, i => i % 50 == 0);
        await FindsAsync(new() { Category = "hardware", Tags = ["rare"] }, i => i % 150 == 0);
        await FindsAsync(new() { Attributes = Attribute("group", "13") }, i => i % 40 == 13);
        await FindsAsync(new() { Attributes = Attribute("group", "13"), Without = ["F-013", "F-053"] }, i => i % 40 == 13 && i is not (13 or 53));
        await FindsAsync(new() { Category = "none" }, _ => false);
        await FindsAsync(new() { Kinds = ["' OR 1=1 --"], Category = "\0" }, _ => false);

        async Task FindsAsync(ArticleFilter filter, Func<int, bool> admitted)
        {
            var hits = await open.Index.SearchAsync(new("printer ink") { Top = 100, Filter = filter });
            var expected = Enumerable.Range(0, 600).Where(admitted).Select(i => $"F-{i:d3}");
            Assert.Equal(expected, hits.Select(h => h.Article.Id).Order(StringComparer.Ordinal));
            Assert.All(hits, hit => Assert.True(hit is { LexicalRank: not null, VectorRank: not null }));
        }

        static Dictionary<string, string> Attribute(string name, string value) => new(StringComparer.Ordinal) { [name] = value };
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("?!.,;:-–()[]{}")]
    [InlineData("the and of to")]
    [InlineData("\0\0")]
    public async Task A_question_without_a_word_finds_nothing(string question)
    {
        await using var open = await FilledAsync();
        Assert.Empty(await open.Index.SearchAsync(new(question)));
    }

    [Fact]
    public async Task An_empty_index_finds_nothing()
    {
        await using var open = await OpenAsync();
        Assert.Empty(await open.Index.SearchAsync(new("refund")));
        await open.Index.UpsertAsync([]);
        Assert.Equal((0, 0), (await open.Index.CountAsync(), await open.Index.RemoveAsync([])));
    }

    [Theory]
    [MemberData(nameof(OddTexts))]
    public async Task Odd_text_is_kept_and_found(string name, string text, string question)
    {
        await using var open = await FilledAsync();
        await open.Index.UpsertAsync([Article("ODD", $"About {name}", text)]);
        Assert.Equal("ODD", (await open.Index.SearchAsync(new(question)))[0].Article.Id);
        Assert.Equal("ODD", (await open.Index.SearchAsync(new(text)))[0].Article.Id);
        Assert.Equal("KB-AUTH", (await open.Index.SearchAsync(new("E401")))[0].Article.Id);
    }

    public static TheoryData<string, string, string> OddTexts => new()
    {
        { "length", string.Join(' ', Enumerable.Range(0, 9000).Select(i => $"w{i:x4}")), "w0abc" },
        { "one word", new string('q', 50_000), new string('q', 50_000) },
        { "control characters", "bell\u0007 zero\0one esc\u001b[31m del\u007f tabulator", "tabulator esc" },
        { "SQL", "'; DROP TABLE articles; -- \" \\ $$ @ids :x ' || 'zz", "zz' ; drop table articles -- \\" },
        { "a query language", "quux & !quux | (quux:* <-> \\'quux", "quux:*A & !( | quux" },
        { "right to left", "\u202eההזמנה שלי לא הגיעה\u202c وصلت الشحنة متأخرة", "הזמנה שלי הגיעה الشحنة" },
        { "emoji", "everything is broken 😡😡 👩‍👩‍👧 🇩🇪", "😡" },
        { "Chinese", "我的订单还没有到。请退款。", "退款" },
        { "half a character", "lonely \ud83d surrogate \udc00 halfway", "halfway surrogate \ud83d" },
        { "marks", "cafe\u0301 zalg\u0335\u0321\u0322o", "zalg\u0335\u0321\u0322o" },
    };

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    [InlineData(int.MaxValue)]
    public async Task A_number_of_hits_out_of_range_is_refused(int top)
    {
        await using var open = await OpenAsync();
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => open.Index.SearchAsync(new("refund") { Top = top }));
        Assert.Contains("1 to 100", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_many_hits_come_as_are_wanted_and_exist()
    {
        await using var open = await FilledAsync();
        foreach (var top in (int[])[1, 5, HelpArticles.All.Count, 100])
            Assert.Equal(Math.Min(top, HelpArticles.All.Count), (await open.Index.SearchAsync(new("order refund card") { Top = top })).Count);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused()
    {
        await using var open = await OpenAsync();
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => open.Index.SearchAsync(new(new string('x', ArticleRules.LongestBody + 1))));
        Assert.Contains("100000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_that_breaks_a_rule_is_named_and_nothing_of_its_call_is_kept()
    {
        await using var open = await OpenAsync();
        var good = Article("good", "t", "b");
        Article[] bad =
        [
            good with { Id = "" }, good with { Id = "with space" }, good with { Id = new string('x', 201) }, good with { Title = "" }, good with { Title = new string('x', 501) },
            good with { Body = new string('x', ArticleRules.LongestBody + 1) }, good with { Kind = "" }, good with { Category = new string('x', 101) }, good with { Tags = [""] },
            good with { Tags = [.. Enumerable.Range(0, 51).Select(i => $"{i}")] }, good with { Attributes = new Dictionary<string, string> { [""] = "x" } }, null!,
        ];
        foreach (var article in bad)
            Assert.Contains("Article 1 (", (await Assert.ThrowsAsync<ArgumentException>(() => open.Index.UpsertAsync([good, article]))).Message, StringComparison.Ordinal);
        Assert.Equal(0, await open.Index.CountAsync());
    }

    [Fact]
    public async Task Equal_articles_come_in_the_order_of_their_ids()
    {
        await using var open = await OpenAsync();
        string[] ids = ["b", "A", "a", "Z", "10", "9", "_", "a-1", "a1"];
        await open.Index.UpsertAsync([.. ids.Select(id => Article(id, "Same title", "the same body about socks"))]);
        Assert.Equal(ids.Order(StringComparer.Ordinal), (await open.Index.SearchAsync(new("socks") { Top = 20 })).Select(h => h.Article.Id));
    }

    [Fact]
    public async Task A_search_sees_the_whole_of_a_write_or_nothing_while_others_write()
    {
        const int Group = 12, Rounds = 40;
        await using var open = await FilledAsync();
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var searches = 0;
            for (; !done.IsCancellationRequested || searches == 0; searches++)
            {
                var hits = await open.Index.SearchAsync(new("quokka") { Top = 100 });
                var rounds = hits.Where(h => h.LexicalRank is not null).Select(h => h.Article.Title).ToArray();
                Assert.True(rounds.Length is 0 or Group, $"{rounds.Length} of {Group} articles were found.");
                Assert.True(rounds.Distinct().Count() <= 1, string.Join(", ", rounds));
            }
        })).ToArray();
        var other = Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
                await open.Index.UpsertAsync([Article($"other-{round % 7}", "Other", $"axolotl {round}")]);
        });
        for (var round = 0; round < Rounds; round++)
        {
            await open.Index.UpsertAsync([.. Enumerable.Range(0, Group).Select(i => Article($"q-{i}", $"Round {round}", "A quokka."))]);
            if (round % 5 == 4)
                Assert.Equal(Group, await open.Index.RemoveAsync([.. Enumerable.Range(0, Group).Select(i => $"q-{i}")]));
        }

        await other;
        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(HelpArticles.All.Count + 7, await open.Index.CountAsync());
        Assert.Equal(7, (await open.Index.SearchAsync(new("axolotl") { Top = 100 })).Count(h => h.LexicalRank is not null));
    }

    private protected async Task<IOpenIndex> FilledAsync()
    {
        var open = await OpenAsync();
        await open.Index.UpsertAsync(HelpArticles.All);
        return open;
    }

    private protected static Article Article(string id, string title, string body) => new() { Id = id, Title = title, Body = body, Kind = "knowledge" };
}
