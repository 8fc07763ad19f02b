using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Messages;

/// <summary>Phrases that cannot be used are refused with file, line and remedy.</summary>
public sealed class GrammarComplaintTests
{
    [Theory]
    [InlineData("- <story.*> <nothing>", "The rule '<nothing>' is unknown")]
    [InlineData("- <nothing.*>", "There is no rule 'nothing.…'")]
    [InlineData("- \"{nobody} <story.*>\"", "The slot '{nobody}' is unknown")]
    [InlineData("- {if: happy, say: \"<story.*>\"}", "The tag 'happy' is unknown")]
    [InlineData("- {if: \"!happy\", say: \"<story.*>\"}", "The tag 'happy' is unknown")]
    [InlineData("- \"<story.*\"", "is not closed")]
    [InlineData("- <story.*> It cost $5.", "holds an amount or an order number")]
    [InlineData("- <story.*> It is ORD-1.", "holds an amount or an order number")]
    [InlineData("- <story.*> Give it for the {product}.", "{product} stands after a target marker")]
    [InlineData("- <story.*> I want {target_product}.", "does not stand right after a target marker")]
    [InlineData("- <story.*> I never opened it. I opened it.", "can never be chosen")]
    [InlineData("- <story.*> Yesterday, I mean last week.", "No number of days fits")]
    [InlineData("- {say: \"<story.*>\", wait: 3}", "The key 'wait' is unknown here")]
    [InlineData("- {say: \"<story.*>\", weight: 0}", "is not a whole number from 1 to 1000")]
    public void A_wrong_alternative_is_refused(string body, string problem)
    {
        var complaint = Assert.Throws<PackException>(() => SmallGrammar.Read(SmallGrammar.Rules(body)));

        Assert.Contains(problem, complaint.Message, StringComparison.Ordinal);
        Assert.Equal("phrases.yaml", complaint.File);
        Assert.Equal(7, complaint.Line);
        Assert.NotEmpty(complaint.Remedy);
    }

    [Theory]
    [InlineData("a: [<b>]\nb: [<c>]\nc: [<a>]", "lead in a circle")]
    [InlineData("a: [<a>]", "The rules a → a lead in a circle")]
    [InlineData("a: []", "The rule 'a' has 0 alternatives")]
    public void Circles_and_empty_rules_are_refused(string more, string problem)
    {
        var complaint = Assert.Throws<PackException>(() => SmallGrammar.Read(SmallGrammar.Rules("- <story.*>", more: more)));

        Assert.Contains(problem, complaint.Message, StringComparison.Ordinal);
        Assert.True(complaint.Line > 7);
    }

    [Theory]
    [InlineData("- {if: says.opened, say: \"<story.*>\"}", "The rule 'body' has no alternative for the wording 'return' with nothing said")]
    [InlineData("- {if: \"!minimal\", say: \"<story.*>\"}", "with minimal")]
    [InlineData("- {if: order.given, say: \"<story.*>\"}\n- {if: order.withheld, say: \"<story.*>\"}", "The rule 'body' has no alternative")]
    [InlineData("- {days: [0, 20], say: \"<story.*>\"}\n- {if: \"!timed\", say: \"<story.*>\"}", "21 days after the order")]
    [InlineData("- {if: plain, say: \"<story.*> <more>\"}", "The rule 'more' has no alternative", "more: [{if: sender.unknown, say: x}, {if: sender.alternate, say: y}]")]
    public void A_combination_without_an_alternative_is_refused(string body, string problem, string more = "")
    {
        var complaint = Assert.Throws<PackException>(() => SmallGrammar.Read(SmallGrammar.Rules(body, more: more)));

        Assert.Contains(problem, complaint.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_alternatives_than_a_rule_can_have_are_refused()
    {
        var complaint = Assert.Throws<PackException>(() => SmallGrammar.Read(SmallGrammar.Rules("- <story.*> <a>", more: $"a: [{string.Join(", ", Enumerable.Range(0, 65))}]")));

        Assert.Contains("The rule 'a' has 65 alternatives", complaint.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_way_to_a_rule_requires_need_not_be_asked_again()
    {
        var grammar = SmallGrammar.Read(SmallGrammar.Rules(
            "- {if: opened=true, say: \"<story.*> <more>\"}\n- {if: \"!opened=true\", say: \"<story.*>\"}",
            more: "more: [I opened it.]"));

        Assert.Equal("Send it back. I opened it.", SmallGrammar.Body(grammar, spec => spec.Disclose(SmallGrammar.Policy.FactsByName["opened"].Index, 1)));
        Assert.Equal("Send it back.", SmallGrammar.Body(grammar));
    }

    [Fact]
    public void A_story_that_does_not_state_its_request_is_refused()
    {
        var complaint = Assert.Throws<PackException>(() => SmallGrammar.Read(SmallGrammar.Rules("- <story.*>", story: "- Send it back.\n- It broke.")));

        Assert.Contains("An alternative of 'story.return' does not say what the customer asks for", complaint.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_without_a_story_is_refused()
    {
        var rules = SmallGrammar.Rules("- <story.*>").Replace("story.match: [Please match it.]", "story.again: [Send it back.]", StringComparison.Ordinal);

        var complaint = Assert.Throws<PackException>(() => SmallGrammar.Read(rules));

        Assert.Contains("No story states the request 'match'", complaint.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wording_without_a_story_and_one_of_another_request_are_refused()
    {
        var grammar = SmallGrammar.Read(SmallGrammar.Rules("- <story.*>"));

        Assert.Equal("return", grammar.Wording("return_quickly", "return").Request);
        Assert.Contains("There is no story", Assert.Throws<PackException>(() => grammar.Wording("swap", "swap")).Message, StringComparison.Ordinal);
        Assert.Contains("state the request 'match', not 'return'", Assert.Throws<PackException>(() => grammar.Wording("match", "return")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("personas: []\n", "There is no persona")]
    [InlineData("personas: [{name: a, share: 1, tags: [a], asides: [2, 1]}]\n", "is not a whole number from 2 to 8")]
    [InlineData("personas: [{name: a, share: 1, tags: [a], asides: [2]}]\n", "is not two numbers")]
    [InlineData("personas: [{name: a, share: 1, tags: [a], asides: [0, 1], speed: 3}]\n", "The key 'speed' is unknown here")]
    public void Wrong_personas_are_refused(string personas, string problem)
    {
        var complaint = Assert.Throws<PackException>(() => SmallGrammar.Read(SmallGrammar.Rules("- <story.*>"), personas));

        Assert.Contains(problem, complaint.Message, StringComparison.Ordinal);
    }
}
