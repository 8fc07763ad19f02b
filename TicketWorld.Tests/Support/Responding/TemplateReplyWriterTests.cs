using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Guidance;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Support.Responding;

public sealed class TemplateReplyWriterTests
{
    private static readonly TemplateReplyWriter Writer = new(new RuleFiles(), new RuleGuidance(new RuleFiles()));

    [Theory]
    [InlineData("john.doe@example.com", "john.doe")]
    [InlineData("info@example.com", null)]
    [InlineData("No-Reply@example.com", null)]
    [InlineData("buchhaltung@beispiel.example", null)]
    [InlineData("financeiro@exemplo.example", null)]
    [InlineData("a@example.com", null)]
    [InlineData("12345@example.com", null)]
    [InlineData(null, null)]
    public void A_person_is_greeted_by_name_and_a_role_is_not(string? email, string? name) => Assert.Equal(name, Writer.NameOf(email));

    [Fact]
    public void A_step_that_asks_for_what_is_stated_is_left_out()
    {
        var article = new GuidanceArticle("x", [Topic.Refund], "Refund", "It takes a week.", [
            new("Wait for the mail", []),
            new("Send us the order number", [FieldNames.OrderId]),
            new("Send us amount and date", [FieldNames.Amount, FieldNames.Date]),
            new("Name the account", [FieldNames.AccountEmail]),
        ]);
        Assert.Equal(["Wait for the mail", "Send us the order number", "Send us amount and date", "Name the account"], Write(article, email: null).SuggestedActions);
        Assert.Equal(["Wait for the mail", "Send us amount and date"], Write(article, "jo@example.com", FieldNames.OrderId, FieldNames.Amount).SuggestedActions);
        var all = Write(article with { Steps = [article.Steps[1]] }, null, FieldNames.OrderId);
        Assert.Empty(all.SuggestedActions);
        Assert.DoesNotContain("Here is what you can do", all.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_every_language_the_same_steps_ask_for_the_same_fields()
    {
        var guidance = new RuleGuidance(new RuleFiles());
        foreach (var topic in Enum.GetValues<Topic>())
        {
            var english = await ArticlesAsync("en");
            foreach (var language in new[] { "de", "fr", "es", "pt" })
            {
                foreach (var (id, steps) in await ArticlesAsync(language))
                    Assert.Equal(english[id].Select(step => string.Join(' ', step.Unless)), steps.Select(step => string.Join(' ', step.Unless)));
            }

            async Task<Dictionary<string, IReadOnlyList<GuidanceStep>>> ArticlesAsync(string language) =>
                (await guidance.FindAsync("", topic, language, 100, CancellationToken.None)).ToDictionary(passage => passage.Article.Id, passage => passage.Article.Steps, StringComparer.Ordinal);
        }
    }

    [Fact]
    public void A_step_that_names_no_field_is_refused_with_its_line()
    {
        using var folder = new TicketWorld.Tests.ServiceDefaults.TemporaryFolder();
        Directory.CreateDirectory(folder.File("guidance"));
        using var own = new StreamReader(RuleFiles.OpenOwn("guidance/en.yaml"));
        var text = own.ReadToEnd();
        var at = text.IndexOf("unless: [", StringComparison.Ordinal);
        Assert.True(at > 0);
        File.WriteAllText(folder.File("guidance/en.yaml"), text[..at] + "unless: [order_number" + text[text.IndexOf(']', at)..]);
        var fault = Assert.Throws<PackException>(() => new RuleGuidance(new RuleFiles(folder.Path)));
        Assert.Equal(text[..at].Count(c => c == '\n') + 1, fault.Line);
        Assert.Contains("order_number", fault.Message, StringComparison.Ordinal);
    }

    private static ReplyDraft Write(GuidanceArticle article, string? email, params string[] stated) => Writer.Write(new()
    {
        Text = new TicketText("s", "b", email),
        Topic = Topic.Refund,
        Category = Category.Billing,
        Severity = Severity.Medium,
        Tone = ReplyTone.Friendly,
        Language = "en",
        CustomerEmail = email,
        Extraction = new([.. stated.Select(name => new ExtractedField(name, [new FieldValue("1", 1, new("body", 0, "1"))]))], [], []),
        Guidance = [new(article, 1)],
    });
}
