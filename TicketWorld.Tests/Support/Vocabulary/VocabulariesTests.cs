using TicketWorld.Support.Analysis;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Support.Vocabulary;

public sealed class VocabulariesTests : IDisposable
{
    private static readonly Vocabularies Sets = new(new RuleFiles());

    private readonly string _folder = Directory.CreateTempSubdirectory("rules").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The same map stands in two files, since a workspace may show other words than those by which it works.</summary>
    [Fact]
    public void The_workflow_shows_the_categories_that_it_works_by()
    {
        var categories = new CategoryMap(new RuleFiles());
        foreach (var topic in Enum.GetValues<Topic>())
            Assert.Equal(RuleWords.Of(categories.Of(topic)), Sets.Workflow.Of(topic)?.Label);
    }

    [Fact]
    public void Every_topic_has_a_label_or_none_and_labels_lead_back_to_it()
    {
        foreach (var set in Sets.All)
        {
            foreach (var topic in Enum.GetValues<Topic>())
            {
                if (set.Of(topic) is { } label)
                    Assert.Contains(topic, set.TopicsOf(label));
                else
                    Assert.Equal("world", set.Id);
            }

            Assert.All(set.Labels, label => Assert.NotEmpty(set.TopicsOf(label)));
            Assert.Equal(Enum.GetValues<Topic>().Count(topic => set.Of(topic) is not null), set.Labels.Sum(label => set.TopicsOf(label).Count));
        }
    }

    [Fact]
    public void Every_severity_has_a_word_that_leads_back_to_it()
    {
        foreach (var set in Sets.All)
            Assert.All(Enum.GetValues<Severity>(), severity => Assert.Equal([severity], set.SeveritiesOf(set.Of(severity))));
    }

    [Theory]
    [InlineData(Topic.Outage, "technical", "technical", "technical_support", "COMPLAINT/SYSTEM_DOWN", null)]
    [InlineData(Topic.CardRead, "technical", "technical", "technical_support", "TECHNICAL/CARD_NOT_READING", null)]
    [InlineData(Topic.DoubleCharge, "billing", "billing", "payment_problem", "FINANCIAL/WRONG_FEE", "pricing_dispute")]
    [InlineData(Topic.Delivery, "general", "other", "shipping_issue", "INFORMATION", "shipping_issue")]
    [InlineData(Topic.Damaged, "billing", "complaint", "damaged_product", "COMPLAINT", "shipping_issue")]
    [InlineData(Topic.Exchange, "billing", "other", "product_return", "COMMERCIAL", "exchange_request")]
    [InlineData(Topic.TwoFactor, "account", "technical", "account_issue", "TECHNICAL", null)]
    [InlineData(Topic.HowTo, "general", "other", "general_inquiry", "INFORMATION/HOW_TO", "general_inquiry")]
    public void Topics_are_called_as_each_profile_calls_them(Topic topic, string workflow, string agents, string commerce, string payments, string? world) => Assert.Equal(
        (workflow, agents, commerce, payments, world),
        (Sets.Workflow.Of(topic)!.ToString(), Sets.Agents.Of(topic)!.ToString(), Sets.Commerce.Of(topic)!.ToString(), Sets.Payments.Of(topic)!.ToString(),
            Sets.World.Of(topic)?.ToString()));

    [Fact]
    public void The_payments_set_has_five_labels_and_fifteen_subcategories_each_bound_to_one()
    {
        var pairs = Sets.Payments.Labels.Where(label => label.Subcategory is not null).ToList();
        var labels = Sets.Payments.Labels.Select(label => label.Label).Distinct().ToList();

        Assert.Equal(["COMMERCIAL", "COMPLAINT", "FINANCIAL", "INFORMATION", "TECHNICAL"], labels.Order());
        Assert.Equal(15, pairs.Count);
        foreach (var label in labels)
        {
            foreach (var pair in pairs)
                Assert.Equal(pair.Label == label, Sets.Payments.Holds(label, pair.Subcategory));
        }

        Assert.False(Sets.Payments.Holds("TECHNICAL", "NO_SUCH"));
        Assert.False(Sets.Payments.Holds("OTHER"));
    }

    [Fact]
    public void Sentiments_and_states_have_words()
    {
        Assert.Equal("VERY_NEGATIVE", Sets.Payments.Of(Sentiment.Angry));
        Assert.Equal("negative", Sets.Commerce.Of(Sentiment.Angry));
        Assert.Equal("pending", Sets.Workflow.Of(TicketState.Open));
        Assert.Equal("urgent", Sets.Commerce.Of(Severity.Critical));
    }

    [Theory]
    [InlineData("[grievance]", "[]", "grievance")]
    [InlineData("topics: [terminal_fault]", "topics: [terminal_fault, card_read]", "card_read")]
    [InlineData("subcategory: CHARGEBACK", "subcategory: PIX_ERROR", "PIX_ERROR")]
    public void A_set_that_is_not_total_or_binds_twice_is_refused(string text, string by, string named)
    {
        using var reader = new StreamReader(RuleFiles.OpenOwn("vocabularies.yaml"));
        var yaml = reader.ReadToEnd();
        Assert.Contains(text, yaml, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "vocabularies.yaml"), yaml.Replace(text, by, StringComparison.Ordinal));

        var error = Assert.Throws<PackException>(() => new Vocabularies(new RuleFiles(_folder)));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.True(error.Line > 0);
    }
}
