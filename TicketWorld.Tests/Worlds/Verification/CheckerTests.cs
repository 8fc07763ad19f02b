using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Tests.Worlds.Verification;

/// <summary>Identification, each way and each failure, and the verdicts that follow.</summary>
public class CheckerTests
{
    private const string Ada = "ada@mail.example.com";
    private const string Ben = "ben@example.net";
    private const string Cleo = "cleo@example.com";

    [Fact]
    public void A_sender_is_known_by_the_primary_address()
    {
        var verdict = TestShop.Check("ADA@mail.example.com", "return ORD-20260105-1001, unopened");

        Assert.True(verdict.IsUnique, verdict.Problem);
        Assert.Equal(("found", "primary_email", 1), (verdict.LookupStatus, verdict.LookupMethod, verdict.Customer?.Number));
        Assert.Equal("order_number", verdict.OrderMethod);
        Assert.Equal("approve", verdict.Outcome);
        Assert.Equal(14398, verdict.TotalValue.Cents);
        Assert.Equal(["POL-RETURN-001", "POL-RETURN-003"], verdict.References);
    }

    [Fact]
    public void A_sender_is_known_by_the_alternate_address() =>
        Assert.Equal("alternate_email", TestShop.Check("ada.b@example.org", "return ORD-20260105-1001, unopened").LookupMethod);

    [Fact]
    public void An_unknown_sender_is_known_by_exact_order_number_and_full_name()
    {
        var verdict = TestShop.Check("x@example.org", "return ORD-20260105-1001, unopened. Ada Bauer");

        Assert.Equal(("order_number", 1, "approve"), (verdict.LookupMethod, verdict.Customer?.Number, verdict.Outcome));
    }

    [Theory]
    [InlineData("return ORD-20260105-1001, unopened. Ada")]
    [InlineData("return ORD-20260105-1002, unopened. Ben Cole")]
    [InlineData("return ORD-20260105-1009, unopened. Ada Bauer")]
    [InlineData("return, unopened. Ada Bauer")]
    public void Otherwise_an_unknown_sender_is_asked_who_it_is(string body)
    {
        var verdict = TestShop.Check("x@example.org", body);

        Assert.Equal(("not_found", "none", "not_found"), (verdict.LookupStatus, verdict.LookupMethod, verdict.OrderMethod));
        AssertAsks(verdict, "customer");
        Assert.Null(verdict.Order);
    }

    [Fact]
    public void A_misspelled_number_is_corrected_when_one_order_is_near()
    {
        var verdict = TestShop.Check(Ben, "return the Orion Laptop 14 of ORD-20260105-1O04, unopened");

        Assert.Equal(("corrected_order_number", 1004), (verdict.OrderMethod, verdict.Order?.Id.Sequence));
        Assert.Equal(new ProductId(1004), verdict.Product);
        Assert.Equal("escalate", verdict.Outcome);
        Assert.Equal("urgent", verdict.Priority);
    }

    [Fact]
    public void A_misspelled_number_near_two_orders_is_ambiguous()
    {
        var verdict = TestShop.Check(Ben, "return the Aero Buds of ORD-20260105-1009, unopened");

        Assert.Equal("ambiguous", verdict.OrderMethod);
        Assert.Equal([1003, 1004], verdict.CandidateOrders.Select(o => o.Sequence));
        AssertAsks(verdict, "order_number");
    }

    [Fact]
    public void The_product_named_narrows_a_misspelled_number() =>
        Assert.Equal(1004, TestShop.Check(Ben, "return the Orion Laptop 14 of ORD-20260105-1009, unopened").Order?.Id.Sequence);

    [Theory]
    [InlineData("return the Aero Buds of ORD-20260199-1999, unopened")]
    [InlineData("return the Nimbus Case of ORD-20260105-1009, unopened")]
    public void A_number_that_is_near_no_order_finds_none(string body)
    {
        var verdict = TestShop.Check(Ben, body);

        Assert.Equal("not_found", verdict.OrderMethod);
        Assert.Empty(verdict.CandidateOrders);
        AssertAsks(verdict, "order_number");
    }

    [Fact]
    public void An_order_of_somebody_else_is_none_of_the_customers() =>
        Assert.Equal("ambiguous", TestShop.Check(Ben, "return the Aero Buds of ORD-20260105-1001, unopened").OrderMethod);

    [Fact]
    public void Without_a_number_the_product_finds_the_order()
    {
        var verdict = TestShop.Check(Ada, "return the Lumen Lamp, unopened");

        Assert.Equal(("product", 1002), (verdict.OrderMethod, verdict.Order?.Id.Sequence));
        Assert.Equal("ambiguous", TestShop.Check(Ben, "return the Aero Buds, unopened").OrderMethod);
        Assert.Equal("not_found", TestShop.Check(Ben, "return the Lumen Lamp, unopened").OrderMethod);
    }

    [Fact]
    public void Without_number_and_product_only_a_single_order_is_found()
    {
        // Cleo's second order is of 20 January: before it she has one order only.
        Assert.Equal("only_order", TestShop.Check(Cleo, "where is my order", "2026-01-19T12:00:00").OrderMethod);
        Assert.Equal("ambiguous", TestShop.Check(Cleo, "where is my order").OrderMethod);
        Assert.Equal("not_found", TestShop.Check("dan@example.com", "where is my order").OrderMethod);
    }

    [Fact]
    public void An_order_placed_after_the_message_does_not_count()
    {
        Assert.Equal("order_number", TestShop.Check(Cleo, "where is my order ORD-20260120-1006", "2026-01-20T09:00:00").OrderMethod);
        Assert.Equal("not_found", TestShop.Check(Cleo, "where is my order ORD-20260120-1006", "2026-01-20T08:59:59").OrderMethod);
    }

    [Fact]
    public void The_item_is_the_one_line_with_the_product()
    {
        Assert.Equal(1005, TestShop.Check(Ada, "return the Nimbus Case of ORD-20260105-1002, unopened").Product?.Number);
        AssertAsks(TestShop.Check(Ada, "return ORD-20260105-1002, unopened"), "product");
        AssertAsks(TestShop.Check(Ada, "return the Aero Buds of ORD-20260105-1002, unopened"), "product");
        AssertAsks(TestShop.Check(Cleo, "return the Aero Buds Pro of ORD-20260105-1005, unopened"), "product");
    }

    [Fact]
    public void A_question_about_a_product_needs_no_order()
    {
        var verdict = TestShop.Check(Ada, "tell me about the Aero Buds Pro");

        Assert.Equal(("not_needed", 1002, "information"), (verdict.OrderMethod, verdict.Product?.Number, verdict.Outcome));
        Assert.Null(verdict.Order);
        AssertAsks(TestShop.Check(Ada, "tell me about your products"), "product");
    }

    [Fact]
    public void A_withheld_claim_that_decides_is_asked_for()
    {
        var verdict = TestShop.Check(Ada, "return ORD-20260105-1001");

        AssertAsks(verdict, "item_opened");
        Assert.Equal(1001, verdict.Order?.Id.Sequence);
        Assert.Equal(1001, verdict.Product?.Number);
    }

    [Fact]
    public void A_withheld_claim_that_decides_nothing_is_not_asked_for()
    {
        // 10 January + 30 days is 9 February; on the 10th the return is late, opened or not.
        Assert.Equal("deny", TestShop.Check(Ada, "return ORD-20260105-1001", "2026-02-10T00:00:00").Outcome);
        AssertAsks(TestShop.Check(Ada, "return ORD-20260105-1001", "2026-02-09T23:59:59"), "item_opened");
    }

    [Fact]
    public void Both_withheld_claims_are_asked_for_in_the_order_of_the_facts() =>
        AssertAsks(TestShop.Check(Ada, "price match ORD-20260105-1001", "2026-01-12T12:00:00"), "competitor, competitor_price");

    [Fact]
    public void A_claim_that_another_settles_is_not_asked_for()
    {
        var refused = TestShop.Check(Ada, "price match ORD-20260105-1001, seen on a marketplace", "2026-01-12T12:00:00");
        Assert.Equal("deny", refused.Outcome);
        Assert.Equal(["POL-PRICE-002"], refused.References);
        AssertAsks(TestShop.Check(Ada, "price match ORD-20260105-1001, an authorized retailer has it", "2026-01-12T12:00:00"), "competitor_price");
    }

    [Fact]
    public void The_amount_named_is_the_money_claim()
    {
        var verdict = TestShop.Check(Ada, "price match ORD-20260105-1001: $65.00 at an authorized retailer", "2026-01-12T12:00:00");

        Assert.Equal(1398, Assert.Single(verdict.Actions).Value.Cents);
        Assert.False(TestShop.Check(Ada, "price match ORD-20260105-1001: $65.00, not $71.99, at an authorized retailer", "2026-01-12T12:00:00").IsUnique);
        AssertAsks(TestShop.Check(Ada, "what is the shipping cost"), "quoted_amount");
    }

    [Fact]
    public void An_amount_is_no_claim_of_a_request_that_asks_for_none() =>
        Assert.Equal("approve", TestShop.Check(Ada, "return ORD-20260105-1001, unopened, it was $71.99 or $72.00").Outcome);

    [Fact]
    public void The_product_wanted_sets_the_price_of_an_exchange()
    {
        var verdict = TestShop.Check(Ada, "swap ORD-20260105-1001, unopened: change it for the Aero Buds Pro");

        // 2 × (71.99 − 129.00)
        var action = Assert.Single(verdict.Actions);
        Assert.Equal(("process_exchange", -11402), (action.Type, action.Value.Cents));
        Assert.Equal([new("replacement_product", "PROD-1002")], action.Details);
        Assert.Equal("approve_with_payment", verdict.Outcome);
    }

    [Theory]
    [InlineData("what a nice day", "no request")]
    [InlineData("return, or cancel, or where is my order", "contradicts")]
    public void A_text_without_one_request_has_no_verdict(string body, string why)
    {
        var verdict = TestShop.Check(Ada, body);

        Assert.False(verdict.IsUnique);
        Assert.Contains(why, verdict.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_that_no_clause_decides_has_no_verdict()
    {
        var verdict = TestShop.Check(Cleo, "return the Nimbus Case of ORD-20260120-1006, unopened", "2026-01-20T10:00:00");

        Assert.False(verdict.IsUnique);
        Assert.Contains("no clause", verdict.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Among_several_orders_the_date_decides()
    {
        var verdict = TestShop.Check(Cleo, "where is my order from last week");

        Assert.Equal(("order_date", 1006), (verdict.OrderMethod, verdict.Order?.Id.Sequence));
        Assert.Empty(verdict.CandidateOrders);
        Assert.Equal(1005, TestShop.Check(Cleo, "where is my order from a few weeks ago").Order?.Id.Sequence);
    }

    [Fact]
    public void A_date_that_leaves_none_or_several_does_not()
    {
        Assert.Equal([1005, 1006], TestShop.Check(Cleo, "where is my order from yesterday").CandidateOrders.Select(o => o.Sequence));
        Assert.Equal("ambiguous", TestShop.Check(Ben, "where is my order from a few weeks ago").OrderMethod);
    }

    [Fact]
    public void A_wrong_product_is_corrected_to_the_only_line_of_its_category()
    {
        var verdict = TestShop.Check(Ada, "return the Lumen Lamp of ORD-20260105-1001, unopened");

        Assert.Equal(("corrected_product", 1001, "approve"), (verdict.ProductMethod, verdict.Product?.Number, verdict.Outcome));
        Assert.Equal([new Discrepancy("product", "Lumen Lamp", "Aero Buds")], verdict.Discrepancies);
        Assert.Equal("not_found", TestShop.Check(Ada, "return the Aero Buds of ORD-20260105-1002, unopened").ProductMethod);
    }

    [Theory]
    [InlineData("return the Nimbus Case of ORD-20260105-1002, unopened", "named")]
    [InlineData("return ORD-20260105-1001, unopened", "only_line")]
    [InlineData("return ORD-20260105-1002, unopened", "not_found")]
    [InlineData("tell me about the Aero Buds Pro", "named")]
    [InlineData("tell me about your products", "not_found")]
    [InlineData("cancel ORD-20260105-1001", "not_needed")]
    public void How_the_product_was_found_is_told(string body, string method) =>
        Assert.Equal(method, TestShop.Check(Ada, body).ProductMethod);

    [Fact]
    public void What_the_record_contradicts_is_listed_in_its_order()
    {
        var verdict = TestShop.Check(Ben, "return the Orion Laptop 14 of ORD-20260105-1O04, unopened, bought last week");

        Assert.Equal(
            [new Discrepancy("order_number", "ORD-20260105-1O04", "ORD-20260105-1004"), new Discrepancy("order_date", "5 to 11 days ago", "20 days ago")],
            verdict.Discrepancies);
        Assert.Equal(1004, verdict.Order?.Id.Sequence);
        Assert.Empty(TestShop.Check(Ada, "return ORD-20260105-1001, unopened, bought a few weeks ago").Discrepancies);
        Assert.Single(TestShop.Check(Ada, "return ORD-20260105-1001, bought last week").Discrepancies);
    }

    private static void AssertAsks(Verdict verdict, string what)
    {
        Assert.True(verdict.IsUnique, verdict.Problem);
        var action = Assert.Single(verdict.Actions);
        Assert.Equal("request_clarification", action.Type);
        Assert.Equal([new("ask_for", what)], action.Details);
        Assert.Equal(["POL-COMM-001"], action.Clauses);
        Assert.Equal(["POL-COMM-001"], verdict.References);
        Assert.Equal(("clarify", "medium", false, 0L), (verdict.Outcome, verdict.Priority, verdict.EscalationRequired, verdict.TotalValue.Cents));
    }
}
