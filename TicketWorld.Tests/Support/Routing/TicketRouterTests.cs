using TicketWorld.Support.Routing;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Support.Routing;

public sealed class TicketRouterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TicketRouter _router = new(new RuleFiles());

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Category.Technical, Severity.High, "technical_support", Priority.High)]
    [InlineData(Category.BugReport, Severity.Medium, "technical_support", Priority.Normal)]
    [InlineData(Category.Billing, Severity.High, "billing_team", Priority.High)]
    [InlineData(Category.Account, Severity.High, "account_management", Priority.High)]
    [InlineData(Category.FeatureRequest, Severity.Low, "product_team", Priority.Normal)]
    [InlineData(Category.FeatureRequest, Severity.High, "product_team", Priority.Urgent)]
    [InlineData(Category.General, Severity.Low, "technical_support", Priority.Low)]
    [InlineData(Category.Technical, Severity.Critical, "escalation_team", Priority.Urgent)]
    [InlineData(Category.FeatureRequest, Severity.Critical, "escalation_team", Priority.Urgent)]
    public void A_ticket_goes_to_the_team_of_its_category_and_a_critical_one_to_the_escalation_team(Category category, Severity severity, string team, Priority priority)
    {
        var decision = _router.Route(category, severity, []);
        Assert.Equal((team, priority), (decision.Team, decision.Priority));
    }

    [Fact]
    public void The_reason_and_the_alternatives_of_a_critical_ticket_are_the_published_ones()
    {
        var billing = _router.Route(Category.Billing, Severity.Critical, []);
        Assert.Equal("Critical severity requires escalation team", billing.Reasoning);
        Assert.Equal(0.95, billing.Confidence);
        Assert.Equal(["billing_team", "technical_support"], billing.AlternativeTeams);
        Assert.Equal(["senior_management"], billing.EscalationPath);
        Assert.Equal(["technical_support"], _router.Route(Category.Technical, Severity.Critical, []).AlternativeTeams);
    }

    [Fact]
    public void The_reason_names_category_and_priority()
    {
        var decision = _router.Route(Category.Technical, Severity.High, [Category.Billing]);
        Assert.Equal("Routed based on technical category with high priority", decision.Reasoning);
        Assert.Equal(0.95, decision.Confidence, 6);
        Assert.Equal(["billing_team"], decision.AlternativeTeams);
        Assert.Equal(["senior_technical", "engineering_team"], decision.EscalationPath);
        Assert.Equal(0.9, _router.Route(Category.Billing, Severity.Low, []).Confidence, 6);
    }

    [Fact]
    public void Alternatives_are_at_most_two_and_never_the_team_itself()
    {
        foreach (var category in Enum.GetValues<Category>())
        {
            foreach (var severity in Enum.GetValues<Severity>())
            {
                var decision = _router.Route(category, severity, Enum.GetValues<Category>());
                Assert.InRange(decision.AlternativeTeams.Count, 0, 2);
                Assert.DoesNotContain(decision.Team, decision.AlternativeTeams);
                Assert.Contains(decision.Team, _router.Teams);
                Assert.InRange(decision.Confidence, 0, 1);
            }
        }
    }

    [Fact]
    public void Editing_the_file_changes_the_routing()
    {
        Change(rules => rules.Replace("name: billing_team\n    categories: [billing]", "name: finance_desk\n    categories: [billing]", StringComparison.Ordinal));
        Assert.Equal("finance_desk", new TicketRouter(new RuleFiles(_folder.Path)).Route(Category.Billing, Severity.Low, []).Team);
    }

    [Fact]
    public void A_category_that_no_team_names_goes_to_the_fallback()
    {
        Change(rules => rules.Replace("[technical, bug_report, general]", "[technical, bug_report]", StringComparison.Ordinal));
        var decision = new TicketRouter(new RuleFiles(_folder.Path)).Route(Category.General, Severity.Medium, []);
        Assert.Equal("general_support", decision.Team);
        Assert.Equal(0.8, decision.Confidence, 6);
    }

    [Fact]
    public void A_strategy_that_asks_the_category_alone_sends_critical_tickets_to_their_own_team()
    {
        Change(rules => rules.Replace("default: category_severity", "default: category", StringComparison.Ordinal));
        var decision = new TicketRouter(new RuleFiles(_folder.Path)).Route(Category.Account, Severity.Critical, []);
        Assert.Equal(("account_management", Priority.Urgent), (decision.Team, decision.Priority));
    }

    [Theory]
    [InlineData("categories: [billing]", "categories: [biling]", 8, "biling")]
    [InlineData("categories: [billing]", "categories: [technical]", 8, "two teams")]
    [InlineData("    priority_modifier: 1", "    priority_modifier: 9", 17, "9")]
    [InlineData("high: high", "high: hasty", 27, "hasty")]
    [InlineData("default: category_severity", "default: luck", 33, "luck")]
    [InlineData("second: technical_support", "second: nobody", 37, "nobody")]
    [InlineData("  medium: normal\n", "", 25, "medium")]
    [InlineData("priorities:", "priorites:", 25, "priorites")]
    public void A_mistake_in_the_file_is_told_with_its_line(string right, string wrong, int line, string said)
    {
        Change(rules => rules.Replace(right, wrong, StringComparison.Ordinal));
        var error = Assert.Throws<PackException>(() => new TicketRouter(new RuleFiles(_folder.Path)));
        Assert.Equal(line, error.Line);
        Assert.EndsWith("routing_rules.yaml", error.File, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    private void Change(Func<string, string> change)
    {
        using var own = new StreamReader(RuleFiles.OpenOwn("routing_rules.yaml"));
        var rules = own.ReadToEnd();
        var changed = change(rules);
        Assert.NotEqual(rules, changed);
        File.WriteAllText(_folder.File("routing_rules.yaml"), changed);
    }
}
