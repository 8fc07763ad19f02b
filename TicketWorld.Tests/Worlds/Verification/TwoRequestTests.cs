using TicketWorld.Worlds.Verification;

namespace TicketWorld.Tests.Worlds.Verification;

/// <summary>Two requests in one message: each decided on its own facts, the answers joined.</summary>
public class TwoRequestTests
{
    private const string Ada = "ada@mail.example.com";
    private const string Ben = "ben@example.net";

    [Fact]
    public void Both_answers_stand_in_the_order_of_the_policy()
    {
        var verdict = TestShop.Check(Ada, "what is the shipping cost for $80.00? and return ORD-20260105-1001, unopened");

        Assert.True(verdict.IsUnique, verdict.Problem);
        Assert.Equal(["return", "shipping_cost"], verdict.Requests);
        Assert.Equal(
            ["process_return 143.98 request=return return_label=customer_paid", "provide_product_information 0.00 request=shipping_cost shipping_fee=free"],
            verdict.Actions.Select(Line));
        Assert.Equal(["POL-RETURN-001", "POL-RETURN-003", "POL-SHIP-001"], verdict.References);
        Assert.Equal(("approve", "medium", 14398L), (verdict.Outcome, verdict.Priority, verdict.TotalValue.Cents));
        Assert.Equal(1001, verdict.Product?.Number);
    }

    [Fact]
    public void A_refusal_beside_a_grant_is_mixed()
    {
        var verdict = TestShop.Check(Ada, "return ORD-20260105-1001, unopened, or cancel it");

        Assert.Equal(["process_return", "deny_cancellation"], verdict.Actions.Select(a => a.Type));
        Assert.Equal("mixed", verdict.Outcome);
        Assert.Equal(["POL-ORDER-001", "POL-RETURN-001", "POL-RETURN-003"], verdict.References);
    }

    [Fact]
    public void One_escalation_serves_both()
    {
        var verdict = TestShop.Check(Ben, "return the Orion Laptop 14 of ORD-20260105-1004, unopened, or cancel");

        Assert.Equal(
            ["process_return 899.00 request=return return_label=customer_paid", "deny_cancellation 0.00 request=cancel", "escalate_to_manager 0.00 request=return, cancel"],
            verdict.Actions.Select(Line));
        Assert.Equal(["POL-COMM-002"], verdict.Actions[2].Clauses);
        Assert.Equal(("escalate", "urgent", true), (verdict.Outcome, verdict.Priority, verdict.EscalationRequired));
    }

    [Theory]
    [InlineData("return ORD-20260105-1001, unopened, and the shipping cost", "quoted_amount")]
    [InlineData("return ORD-20260105-1001, and the shipping cost for $80.00", "item_opened")]
    [InlineData("the shipping cost, and return ORD-20260105-1001", "item_opened, quoted_amount")]
    [InlineData("return the Aero Buds of ORD-20260105-1002, unopened, and the shipping cost", "product, quoted_amount")]
    [InlineData("return ORD-20260105-1002, and cancel it", "product")]
    public void What_is_missing_is_asked_for_once(string body, string asked)
    {
        var verdict = TestShop.Check(Ada, body);

        Assert.True(verdict.IsUnique, verdict.Problem);
        var action = Assert.Single(verdict.Actions);
        Assert.Equal($"request_clarification 0.00 ask_for={asked}", Line(action));
        Assert.Equal(["POL-COMM-001"], verdict.References);
        Assert.Equal("clarify", verdict.Outcome);
    }

    [Fact]
    public void Where_the_customer_is_unknown_nothing_else_is_asked_for() =>
        Assert.Equal(["customer"], TestShop.Check("x@example.org", "return the Aero Buds, and the shipping cost").AskFor);

    private static string Line(ExpectedAction a) =>
        $"{a.Type} {a.Value.ToDecimal():0.00} {string.Join(' ', a.Details.Select(d => $"{d.Key}={d.Value}"))}";
}
