using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Tests.Worlds.Decisions;

/// <summary>Whole messages: two requests, who and what is meant, and what the records contradict.</summary>
public sealed class ResolverTests
{
    private const string Clauses = """
          - id: C-1
            title: t
            category: c
            precedence: 3
            text: t
            applies: request = refund
            rules:
              - {when: item_opened = false, decision: refund, permit: pay, value: line_amount, reason: sealed}
              - {when: item_opened = true, decision: refund, deny: refuse, reason: opened}
              - {when: days_since_order > 40, decision: old, escalate: manager, reason: old}
          - id: C-2
            title: t
            category: c
            precedence: 2
            text: t
            applies: request = charge
            rules:
              - {when: reason = money, decision: charge, permit: correct, value: order_total, share: 10, reason: too dear}
              - {when: reason = colour, decision: charge, also: thank, reason: thanks}
              - {when: days_since_order > 40, decision: old, escalate: manager, reason: old}

        """;

    private static readonly TicketWorld.Worlds.Policy.PolicyDocument Policy = SmallShop.Policy(Clauses);

    [Fact]
    public void Two_requests_are_answered_one_after_the_other_in_the_order_of_the_policy()
    {
        var (plan, _) = SmallShop.Resolve(Policy, ["refund", "charge"], SmallShop.SecondOrder.ToString(), SmallShop.Lamp, ["item_opened=true", "reason=money"]);

        Assert.Equal(["refuse 0.00 [C-1] request=refund", "correct 9.00 [C-2] request=charge"], SmallShop.Actions(plan));
        Assert.Equal(["C-2", "C-1"], plan.PolicyReferences);
        Assert.Equal(["refund", "charge"], plan.Requests);
        Assert.Equal(("mixed", "high", 900), (plan.Outcome, plan.Priority, plan.TotalValue.Cents));
    }

    [Fact]
    public void Escalations_of_both_requests_are_one_at_the_end()
    {
        var (plan, _) = SmallShop.Resolve(Policy, ["refund", "charge"], SmallShop.MayOrder.ToString(), SmallShop.Chair, ["item_opened=false", "reason=colour"]);

        Assert.Equal(["pay 100.00 [C-1] request=refund", "thank 0.00 [C-2] request=charge", "manager 0.00 [C-2 C-1] request=refund, charge"], SmallShop.Actions(plan));
        Assert.Equal(("escalate", true), (plan.Outcome, plan.EscalationRequired));
    }

    [Theory]
    [InlineData(null, null, "item_opened", "ask 0.00 [C-ASK] ask_for=order_number")] // several orders fit, and neither can be decided
    [InlineData("MayOrder", null, "reason=money", "ask 0.00 [C-ASK] ask_for=product")] // two lines
    [InlineData("MayOrder", null, "", "ask 0.00 [C-ASK] ask_for=product, reason")] // two lines, and the other request asks too
    [InlineData("SecondOrder", null, "", "ask 0.00 [C-ASK] ask_for=item_opened, reason")]
    [InlineData("SecondOrder", null, "item_opened=true", "ask 0.00 [C-ASK] ask_for=reason")]
    public void One_question_asks_for_all_that_is_missing(string? order, string? product, string said, string expected)
    {
        Assert.Null(product);
        var number = order switch { "MayOrder" => SmallShop.MayOrder.ToString(), "SecondOrder" => SmallShop.SecondOrder.ToString(), _ => null };
        var (plan, _) = SmallShop.Resolve(Policy, ["refund", "charge"], number, null, said.Contains('=', StringComparison.Ordinal) ? [said] : []);

        Assert.Equal([expected], SmallShop.Actions(plan));
        Assert.Equal("clarify", plan.Outcome);
    }

    [Theory]
    [InlineData(null, "ambiguous", null, 2)] // both lamps, by product
    [InlineData("20-30", "order_date", "ORD-20260520-1002", 0)] // 26 days on 15 June
    [InlineData("40-50", "order_date", "ORD-20260501-1001", 0)] // 45 days
    [InlineData("20-50", "ambiguous", null, 2)] // both
    [InlineData("0-10", "ambiguous", null, 2)] // neither, so both stay
    public void What_is_said_of_the_time_tells_which_of_several_orders(string? band, string method, string? order, int candidates)
    {
        var days = band?.Split('-') is [var from, var to] ? new Bounds(int.Parse(from), int.Parse(to)) : (Bounds?)null;
        var (plan, _) = SmallShop.Resolve(Policy, ["refund"], null, SmallShop.Lamp, ["item_opened=false"], days);

        Assert.Equal((method, order, candidates), (plan.Lookup.OrderMethod, plan.Order?.ToString(), plan.Lookup.CandidateOrders.Length));
    }

    [Fact]
    public void A_product_that_is_not_in_the_order_means_the_one_line_of_its_kind()
    {
        var (plan, _) = SmallShop.Resolve(Policy, ["refund"], SmallShop.MayOrder.ToString(), SmallShop.OtherLamp, ["item_opened=false"]);

        Assert.Equal(("corrected_product", SmallShop.Lamp), (plan.Lookup.ProductMethod, plan.Product!.Value));
        Assert.Equal([new Discrepancy("product", "Other Lamp", "Lamp")], plan.Discrepancies);
    }

    [Fact]
    public void A_product_of_a_kind_that_the_order_lacks_is_asked_for()
    {
        var (plan, _) = SmallShop.Resolve(Policy, ["refund"], SmallShop.MayOrder.ToString(), SmallShop.Desk, ["item_opened=false"]);

        Assert.Equal(("not_found", "ask 0.00 [C-ASK] ask_for=product"), (plan.Lookup.ProductMethod, Assert.Single(SmallShop.Actions(plan))));
        Assert.Empty(plan.Discrepancies);
    }

    [Fact]
    public void What_the_records_contradict_is_listed_in_order()
    {
        var (plan, _) = SmallShop.Resolve(Policy, ["refund"], "ORD-20260520-1020", SmallShop.Lamp, ["item_opened=false"], new Bounds(3, 14));
        Assert.Equal([new Discrepancy("order_number", "ORD-20260520-1020", "ORD-20260520-1002"), new Discrepancy("order_date", "3 to 14 days ago", "26 days ago")], plan.Discrepancies);

        var (refuted, _) = SmallShop.Resolve(Policy, ["refund"], SmallShop.MayOrder.ToString(), SmallShop.Lamp, ["item_opened=false"], new Bounds(45, 45), inspection: Inspection.Opened);
        Assert.Equal([new Discrepancy("item_opened", "false", "true")], refuted.Discrepancies);
    }

    [Fact]
    public void The_order_of_an_unanswered_item_is_still_compared_with_the_date()
    {
        var (plan, _) = SmallShop.Resolve(Policy, ["refund"], SmallShop.MayOrder.ToString(), null, ["item_opened=false"], new Bounds(3, 14));
        Assert.Equal(["order_date"], plan.Discrepancies.Select(d => d.Field));
        Assert.Equal("clarify", plan.Outcome);
    }
}
