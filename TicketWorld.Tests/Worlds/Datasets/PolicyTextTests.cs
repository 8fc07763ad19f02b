using System.Text;
using TicketWorld.Tests.Worlds.Messages;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Tests.Worlds.Datasets;

/// <summary><c>company_policy.txt</c> tells how its clauses are applied, for every pack, and the verifier compares it with the policy.</summary>
public sealed class PolicyTextTests
{
    [Theory]
    [InlineData("technest")]
    [InlineData("fernhill")]
    public void It_tells_the_conventions_in_the_packs_own_words(string pack)
    {
        var policy = Pack.Load(pack).Policy;
        var told = Told(policy);
        Assert.Contains("the day on which the message was written", told, StringComparison.Ordinal);
        Assert.Contains($"({policy.Actions[policy.ClarificationAction].Name})", told, StringComparison.Ordinal);
        Assert.All(policy.Actions, a => Assert.Contains($"\n- {a.Name} (", told, StringComparison.Ordinal));
        Assert.All(policy.Requests, r => Assert.Contains($"\n- {r.Name} (", told, StringComparison.Ordinal));
        Assert.All(policy.Priorities, p => Assert.Contains($"\n- {p.Priority}: ", told, StringComparison.Ordinal));
        Assert.Contains("names no cause", told.Replace("name no cause", "names no cause", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('{', told);
    }

    [Fact]
    public void A_pack_that_says_nothing_of_it_has_the_paragraphs_that_hold_for_every_pack()
    {
        var policy = SmallGrammar.Policy;
        Assert.NotEmpty(policy.Application.Paragraphs);
        Assert.Contains("When we ask. ", Told(policy), StringComparison.Ordinal);
    }

    [Fact]
    public void A_packs_own_paragraph_replaces_the_one_with_its_id_or_is_added()
    {
        const string Own = """
            application:
              - {id: stock, title: Stock, text: Nothing is ever out of stock.}
              - {id: tea, title: Tea, text: Callers are offered tea.}

            """;
        var policy = PolicyReader.Read(PackNode.Parse("policy.yaml", new StringReader(Own + SmallGrammar.PolicyText)));
        Assert.Equal("Nothing is ever out of stock.", policy.Application.Paragraphs.Single(p => p.Id == "stock").Text);
        Assert.Equal("tea", policy.Application.Paragraphs[^1].Id);
    }

    [Theory]
    [InlineData("each for whether", "for we answer about one order only", "for we like to")]
    [InlineData("a value", "worth the price paid for the line", "worth the price of the line")]
    [InlineData("a priority", "- low: always", "- low: never")]
    [InlineData("silence", "item_opened: we ask", "item_opened: false")]
    [InlineData("the heading", "How this policy is applied", "How we like it")]
    public void The_verifier_finds_a_change_of_it(string what, string words, string others)
    {
        var policy = Pack.Load("technest").Policy;
        Assert.NotEmpty(what);
        Assert.Empty(Findings(Text(policy), policy));
        Assert.Contains(words, Text(policy), StringComparison.Ordinal);
        Assert.NotEmpty(Findings(Text(policy).Replace(words, others, StringComparison.Ordinal), policy));
    }

    private static IReadOnlyList<Finding> Findings(string text, PolicyDocument policy)
    {
        var check = new RecordCheck(PolicyFiles.TextName, "(file)");
        PolicyFiles.CheckText(text, new DatasetPolicy(policy, Pack.Load("technest").Vocabulary, "TechNest", new DateTime(2026, 2, 15, 0, 0, 0, DateTimeKind.Utc)), check);
        return check.Findings;
    }

    private static string Told(PolicyDocument policy) => Text(policy)[Text(policy).IndexOf($"\n{PolicyApplication.Heading}\n", StringComparison.Ordinal)..];

    private static string Text(PolicyDocument policy)
    {
        using var output = new MemoryStream();
        PolicyTextFile.Write(policy, "TechNest", new DateOnly(2026, 2, 15), output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
