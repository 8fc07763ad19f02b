using System.Text.Json;
using TicketWorld.Tests.Worlds.Datasets;

namespace TicketWorld.Tests.Worlds.Generation;

/// <summary>Resolutions, as exported.</summary>
public class ResolutionTests
{
    [Fact]
    public void Every_action_is_one_of_the_policys_and_names_clauses_that_are_cited()
    {
        var policy = ContradictionSets.All[0].PolicyGraph.GetProperty("policy");
        var actions = policy.GetProperty("actions").EnumerateObject().Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        Assert.True(actions.Count >= 20);
        Assert.All(ContradictionSets.Tickets, t => Assert.All(t.Actions, a =>
        {
            Assert.Contains(a.Text("type"), actions);
            Assert.NotEmpty(a.Text("reason"));
            var clauses = a.GetProperty("details").GetProperty("clauses").Texts();
            Assert.NotEmpty(clauses);
            Assert.Subset(t.References.ToHashSet(StringComparer.Ordinal), clauses.ToHashSet(StringComparer.Ordinal));
        }));
    }

    [Fact]
    public void Every_resolution_cites_clauses_of_the_policy_that_apply_and_explains_itself()
    {
        var clauses = ContradictionSets.All[0].PolicyGraph.GetProperty("clauses");
        Assert.All(ContradictionSets.Tickets, t =>
        {
            Assert.NotEmpty(t.References);
            Assert.All(t.References, r => Assert.True(clauses.TryGetProperty(r, out _), r));
            var analysis = t.Json.GetProperty("_policy_analysis");
            Assert.Subset(analysis.GetProperty("applicable_policies").Texts().ToHashSet(StringComparer.Ordinal), t.References.ToHashSet(StringComparer.Ordinal));
            Assert.Equal(t.References[0], analysis.Text("primary_policy"));
            Assert.True(t.Plan.Text("policy_reasoning").Length > 20);
            Assert.Contains(t.Plan.Text("priority"), (string[])["low", "medium", "high", "urgent"]);
        });
    }

    [Fact]
    public void A_hundred_tickets_hold_some_with_more_than_two_applicable_clauses()
    {
        for (ulong seed = 1; seed <= 3; seed++)
            Assert.Contains(ExportedSet.Make(new() { Seed = seed }).Tickets, t => t.Json.GetProperty("_policy_analysis").GetProperty("applicable_policies").GetArrayLength() > 2);
    }

    [Fact]
    public void A_case_that_several_orders_fit_asks_and_names_them()
    {
        var ambiguous = ContradictionSets.Tickets.Where(t => t.Lookup.Text("order_method") == "ambiguous").ToList();
        Assert.NotEmpty(ambiguous);
        Assert.All(ambiguous, t =>
        {
            Assert.Equal(["request_clarification"], t.ActionTypes);
            var candidates = t.Lookup.GetProperty("candidate_orders").Texts();
            Assert.True(candidates.Length >= 2, t.ToString());
            Assert.All(candidates, c => Assert.Equal(t.CustomerId, t.Set.Orders[c].Text("customer_id")));
        });
    }

    [Fact]
    public void A_question_asks_only_what_the_message_left_out_or_got_wrong() =>
        Assert.All(ContradictionSets.Tickets.Where(t => t.Outcome == "clarify"), t =>
        {
            Assert.True(
                t.Dimension("completeness_kind") != "complete" || t.Disclosure.GetProperty("withholds").GetArrayLength() > 0,
                t.ToString());
            Assert.Equal(["POL-COMM-001"], t.References);
            Assert.Equal(0m, t.Plan.Money("total_resolution_value"));
        });

    [Fact]
    public void Purchases_of_the_season_may_come_back_through_day_45_and_others_through_day_30()
    {
        var returns = ContradictionSets.Tickets.Where(t => t.Outcome != "clarify" && t.Fact("request") == "return" && t.Fact("item_settled") == "false").ToList();
        Assert.All(returns, t =>
        {
            var season = t.Order!.Value.Date("order_date") is { Month: 11 or 12 };
            var window = season ? 45 : t.At < new DateTime(2024, 9, 1, 0, 0, 0, DateTimeKind.Utc) ? 28 : 30;
            var excluded = t.Fact("defect") != "manufacturing"
                && (t.Line!.Value.GetProperty("final_sale").GetBoolean() || (t.Fact("item_opened") == "true" && t.Set.Products[t.ProductId].Text("category") == "audio"));
            Assert.Equal(t.DaysSince("delivered_at") <= window && !excluded, t.ActionTypes.Any(a => a is "process_return" or "issue_store_credit"));
        });
        Assert.Contains(returns, t => t.DaysSince("delivered_at") == 30);
        Assert.Contains(returns, t => t.DaysSince("delivered_at") is > 30 and <= 45 && t.ActionTypes.Contains("process_return"));
    }

    [Fact]
    public void Refunds_are_the_line_less_the_fee_for_what_was_opened()
    {
        var refunds = ContradictionSets.Tickets.Where(t => t.Outcome != "clarify" && t.Fact("request") == "return" && t.ActionTypes.Any(a => a is "process_return" or "issue_store_credit")).ToList();
        Assert.All(refunds, t =>
        {
            var line = t.Line!.Value;
            var amount = line.Money("price_paid") * (t.Fact("extent") == "single" ? 1 : line.GetProperty("quantity").GetInt32());
            var percent = t.Fact("defect") == "manufacturing" ? 0m
                : (t.Fact("item_opened") != "true" ? 0 : t.At.Year < 2025 ? 10 : 15) + (line.GetProperty("bundle").ValueKind == JsonValueKind.Null ? 0 : 10);
            var fee = Math.Round(amount * percent / 100, 2, MidpointRounding.AwayFromZero);
            Assert.Equal(amount - fee, t.Actions.Single(a => a.Text("type") is "process_return" or "issue_store_credit").Money("value"));
        });
        Assert.Contains(refunds, t => t.Outcome == "approve_with_fee");
    }
}
