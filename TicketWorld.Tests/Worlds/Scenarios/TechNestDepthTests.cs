using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Tests.Worlds.Scenarios;

/// <summary>How deep the technest pack goes: what its policy and scenarios hold, and what the proofs of its tickets show of them.</summary>
public class TechNestDepthTests
{
    private static readonly Lazy<ExportedSet> Made = new(() => ExportedSet.Make(new WorldOptions { Tickets = 6000, Orders = 6000, Customers = 1500, Products = 200, Seed = 11 }));

    private static PolicyDocument Policy => TestWorlds.Pack.Policy;

    private static Scenario[] Scenarios => TestWorlds.Pack.Scenarios;

    [Fact]
    public void The_policy_uses_every_relation_and_changes_with_time()
    {
        Assert.True(Policy.Clauses.Length >= 44, $"{Policy.Clauses.Length} clauses");
        Assert.Contains(Policy.Clauses, c => c.Overrides.Length > 0);
        Assert.Contains(Policy.Clauses, c => c.Modifies.Length > 0);
        Assert.Contains(Policy.Clauses, c => c.Requires.Length > 0);
        Assert.Contains(Policy.Clauses, c => c.InteractsWith.Length > 0);
        Assert.Contains(Policy.Clauses, c => c.EffectiveFrom != DateOnly.MinValue && c.EffectiveTo is not null);
        Assert.True(Policy.Clauses.Count(c => c.Versions.Length > 0) >= 2);
        Assert.True(Policy.Clauses.Count(c => c.Category == "billing") >= 8);
    }

    [Fact]
    public void The_scenarios_cover_every_group_pair_and_refuted_claim()
    {
        Assert.True(Scenarios.Length >= 96, $"{Scenarios.Length} scenarios");
        string[] groups = ["billing", "complex", "exchanges", "general", "orders", "pricing", "returns", "shipping", "warranty"];
        Assert.Equal(groups, Scenarios.Select(s => s.Group).Distinct().Order(StringComparer.Ordinal));
        Assert.True(Scenarios.Where(s => s.Also is not null).Select(s => (s.Request.Name, s.Also!.Name)).Distinct().Count() >= 8);
        Assert.True(Scenarios.Count(s => s.Refuted.Length > 0) >= 4);
        var wanted = Policy.FactsByName["wanted"].Index;
        Assert.True(Scenarios.Count(s => s.Claims.Any(c => c.Fact == wanted)) >= 5);
    }

    /// <summary>Each bound has a scenario on it and one just beyond.</summary>
    [Theory]
    [InlineData("return_last_day", 30, "return_first_day_late", 31)]
    [InlineData("return_holiday_last_day", 45, "return_holiday_first_day_late", 46)]
    [InlineData("exchange_last_day", 30, "exchange_first_day_late", 31)]
    [InlineData("price_last_day", 14, "price_first_day_late", 15)]
    [InlineData("warranty_last_day", 0, "warranty_first_day_over", 1)]
    [InlineData("shipping_damaged_last_day", 14, "shipping_damaged_too_late", 15)]
    [InlineData("billing_refund_last_day", 10, "billing_refund_first_day_overdue", 11)]
    [InlineData("order_cancel_last_minute", 120, "order_cancel_minute_late", 121)]
    public void A_bound_of_time_has_a_scenario_on_either_side(string within, long last, string beyond, long first)
    {
        Assert.Equal(new Bounds(last, last), Named(within).Order!.Range);
        Assert.Equal(new Bounds(first, first), Named(beyond).Order!.Range);
        Assert.NotEqual(Named(within).ExpectedActions, Named(beyond).ExpectedActions);
    }

    [Fact]
    public void The_bounds_of_money_and_of_versions_have_a_scenario_on_either_side()
    {
        Assert.Equal(new Bounds(500_00, 500_00), Named("shipping_damaged_at_limit").Order!.ItemPrice);
        Assert.Equal(new Bounds(500_01, 500_01), Named("shipping_damaged_over_limit").Order!.ItemPrice);
        Assert.Equal(new Bounds(1000_00, 1000_00), Named("order_cancel_at_limit").Order!.OrderTotal);
        Assert.Equal(new Bounds(1000_01, 1000_01), Named("order_cancel_over_limit").Order!.OrderTotal);
        Assert.Equal(new DateBounds(new(2024, 8, 31), new(2024, 8, 31)), Named("return_last_day_of_old_window").Order!.MessageDate);
        Assert.Equal(new DateBounds(new(2024, 9, 1), new(2024, 9, 1)), Named("return_first_day_of_new_window").Order!.MessageDate);
    }

    [Fact]
    public void Tickets_are_made_of_every_scenario() =>
        Assert.Empty(Scenarios.Select(s => s.Id).Except(Made.Value.Tickets.Select(t => t.Scenario), StringComparer.Ordinal));

    [Fact]
    public void Every_clause_decides_some_ticket() =>
        Assert.Empty(Policy.Clauses.Select(c => c.Id).Except(Made.Value.Tickets.SelectMany(t => Clauses(t, "decisive")), StringComparer.Ordinal));

    [Fact]
    public void Every_action_and_every_outcome_is_due_in_some_ticket()
    {
        Assert.Empty(Policy.Actions.Select(a => a.Name).Except(Made.Value.Tickets.SelectMany(t => t.ActionTypes), StringComparer.Ordinal));
        Assert.Empty(Policy.FactsByName["outcome"].Values.Select(v => Policy.Symbols[v]).Except(Made.Value.Tickets.Select(t => t.Outcome), StringComparer.Ordinal));
    }

    [Fact]
    public void In_many_scenarios_three_or_more_clauses_decide_override_or_outrank_each_other()
    {
        var interacting = Made.Value.Tickets.Where(t => Clauses(t, "decisive", "overridden", "outranked").Distinct().Count() >= 3).Select(t => t.Scenario).Distinct().Count();
        Assert.True(interacting >= 26, $"{interacting} scenarios");
    }

    private static Scenario Named(string id) => Scenarios.Single(s => s.Id == id);

    private static IEnumerable<string> Clauses(ExportedTicket ticket, params string[] statuses) =>
        ticket.Json.GetProperty("_proof").GetProperty("clauses").EnumerateArray().Where(c => statuses.Contains(c.Text("status"))).Select(c => c.Text("id"));
}
