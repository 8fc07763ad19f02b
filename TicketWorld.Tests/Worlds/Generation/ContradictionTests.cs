using System.Text.Json;
using System.Text.RegularExpressions;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Generation;

/// <summary>What published sets of this kind get wrong, each counted over several seeds on the exported JSON. Every count must be zero.</summary>
public partial class ContradictionTests
{
    private static readonly string[] Grants =
    [
        "process_return", "process_exchange", "send_replacement", "honor_warranty", "honor_price_match", "cancel_order", "accept_order_modification", "update_shipping_address",
        "issue_store_credit", "refund_charge", "issue_refund", "refund_tax", "refund_shipping_fee", "give_goodwill_credit", "restore_gift_card",
    ];

    private static readonly Dictionary<string, string[]> KindsOfOutcome = new(StringComparer.Ordinal)
    {
        ["approve"] = Grants,
        ["mixed"] = Grants,
        ["approve_with_fee"] = ["process_return", "issue_store_credit", "process_exchange"],
        ["approve_with_payment"] = ["process_exchange"],
        ["deny"] = ["deny_return", "deny_refund", "deny_exchange", "deny_warranty_claim", "deny_price_match", "deny_order_modification", "deny_cancellation", "deny_replacement", "deny_compensation", "deny_billing_correction", "deny_tax_refund"],
        ["conditional"] = ["request_photo"],
        ["investigate"] = ["initiate_investigation", "trace_refund"],
        ["information"] = ["provide_tracking", "provide_product_information", "confirm_refund"],
        ["clarify"] = ["request_clarification"],
        ["escalate"] = ["escalate_to_manager"],
    };

    [Fact]
    public void No_ticket_is_written_before_its_order() => None(t => t.Order is { } order && t.At <= order.Time("ordered_at"));

    [Fact]
    public void No_ticket_lies_outside_its_scenarios_window()
    {
        var windows = Windows();
        None(t =>
        {
            if (t.Order is not { } order)
                return false;
            var (clock, from, to) = windows[t.Scenario];
            var measured = clock switch
            {
                "days_since_delivery" => t.DaysSince("delivered_at")!.Value,
                "days_since_order" => t.DaysSince("ordered_at")!.Value,
                "minutes_since_order" => (int)Math.Floor((t.At - order.Time("ordered_at")).TotalMinutes),
                "days_since_refund" => t.DaysSince(t.Payments.Where(p => p.Text("kind") == "refund" && p.GetProperty("product_id").GetString() == t.ProductId).Max(p => p.Time("created_at")))!.Value,
                _ => t.DaysSince("delivered_at")!.Value - t.Set.Products[t.ProductId].GetProperty("warranty_period").GetInt32(),
            };
            return measured < from || measured > to;
        });
    }

    [Fact]
    public void No_holiday_ticket_is_about_an_order_outside_the_season() => None(t =>
        (t.Scenario.Contains("holiday", StringComparison.Ordinal) || t.References.Contains("POL-HOLIDAY-001"))
        && t.Order!.Value.Date("order_date") is not { Month: 11 or 12 });

    [Fact]
    public void No_assumed_order_status_differs_from_the_databases() => None(t =>
        t.Order is { } order
        && ((t.Fact("shipped") is { } shipped && shipped != Truth(order.TimeOrNull("shipped_at") is not null))
            || (t.Fact("delivered") is { } delivered && delivered != Truth(t.DeliveredAt is not null))
            || t.Actions.Any(a => a.GetProperty("details").TryGetProperty("order_status", out var status) && status.GetString() != order.Text("order_status"))
            || t.Actions.Any(a => a.GetProperty("details").TryGetProperty("tracking_number", out var number) && number.GetString() != (order.GetProperty("tracking_number").GetString() ?? "none"))));

    [Fact]
    public void No_photo_is_asked_for_of_an_item_of_at_most_500_whose_damage_is_reported_within_a_week() => None(t =>
        t.ActionTypes.Contains("request_photo") && t.Line!.Value.Money("price_paid") <= 500m && t.DaysSince("delivered_at") <= 7);

    [Fact]
    public void No_assumed_value_differs_from_the_databases() => None(t =>
        (t.Fact("order_total") is { } total && Amount(total) != t.Order!.Value.Money("total_amount"))
        || (t.Fact("item_price") is { } price && Amount(price) != (t.Line is { } line
            ? line.Money("price_paid")
            : t.Order!.Value.GetProperty("items").EnumerateArray().Max(i => i.Money("price_paid")))));

    [Fact]
    public void No_action_contradicts_the_expected_outcome() => None(t =>
        !t.ActionTypes.Intersect(KindsOfOutcome[t.Outcome]).Any()
        || (t.Outcome is not "escalate" && t.ActionTypes.Contains("escalate_to_manager"))
        || (t.Outcome is "deny" && t.ActionTypes.Intersect(Grants).Any())
        || (t.Outcome is "mixed" && !t.ActionTypes.Any(a => a.StartsWith("deny_", StringComparison.Ordinal)))
        || (t.Outcome is not ("deny" or "mixed" or "investigate" or "escalate") && t.ActionTypes.Any(a => a.StartsWith("deny_", StringComparison.Ordinal)))
        || (t.Outcome is "clarify" && t.Actions.Count != 1)
        || (t.Outcome is not "escalate" && (t.Outcome == "approve_with_payment") != (t.Plan.Money("total_resolution_value") < 0)));

    [Fact]
    public void No_photo_is_asked_for_together_with_a_replacement() => None(t =>
        t.ActionTypes.Contains("request_photo") && t.ActionTypes.Contains("send_replacement"));

    [Fact]
    public void No_sender_is_called_a_match_of_an_address_that_is_not_on_record()
    {
        var owners = ContradictionSets.All.ToDictionary(s => s, s => s.Customers.Values
            .SelectMany(c => new[] { (Address: c.Text("primary_email"), Method: "primary_email"), (Address: c.GetProperty("alternate_email").GetString(), Method: "alternate_email") }, (c, a) => (Id: c.Text("customer_id"), a.Address, a.Method))
            .Where(a => a.Address is not null)
            .ToDictionary(a => a.Address!, a => (a.Id, a.Method), StringComparer.Ordinal));
        None(t => owners[t.Set].TryGetValue(t.Sender, out var owner)
            ? (t.Lookup.GetProperty("customer_id").GetString(), t.Lookup.Text("lookup_method")) != owner
            : t.Lookup.Text("lookup_method") is not ("order_number" or "none"));
    }

    [Fact]
    public void No_settled_line_is_processed_again() => None(t =>
        t.Line is { } line
        && line.Text("item_status") is "returned" or "refunded"
        && t.ActionTypes.Any(a => a != "issue_refund" && Grants.Contains(a)));

    [Fact]
    public void No_order_is_the_subject_of_two_tickets() =>
        Assert.All(ContradictionSets.All, s => Assert.DoesNotContain(s.Tickets.Where(t => t.Order is not null).CountBy(t => t.OrderId), o => o.Value > 1));

    [Fact]
    public void No_ticket_is_a_what_if() => None(t => t.Json.GetProperty("_scenario_dimensions").GetProperty("what_if").GetBoolean());

    [Fact]
    public void No_order_total_differs_from_the_sum_of_its_items() =>
        Assert.All(ContradictionSets.All, s => Assert.DoesNotContain(s.Orders.Values, o =>
            o.Money("total_amount") != o.GetProperty("items").EnumerateArray().Sum(i => i.Money("price_paid") * i.GetProperty("quantity").GetInt32())));

    [Fact]
    public void No_resolutions_total_differs_from_the_sum_of_its_actions() => None(t =>
        t.Plan.Money("total_resolution_value") != t.Actions.Sum(a => a.Money("value")));

    [Fact]
    public void No_text_holds_the_generators_own_words() => None(t => GeneratorWords().IsMatch(t.Subject) || t.Body.Split('\n').Any(line => GeneratorWords().IsMatch(line.StartsWith('>') ? line[1..] : line)));

    [Fact]
    public void No_opening_line_begins_more_than_a_twentieth_of_the_mails() =>
        Assert.All(ContradictionSets.All, s => Assert.DoesNotContain(s.Tickets.CountBy(t => t.Body.Split('\n')[0].Trim()), l => l.Value * 20 > s.Tickets.Length));

    [Fact]
    public void No_second_of_the_day_stamps_more_than_a_hundredth_of_the_mails() =>
        Assert.All(ContradictionSets.All, s => Assert.DoesNotContain(s.Tickets.CountBy(t => t.At.TimeOfDay), l => l.Value * 100 > s.Tickets.Length));

    [Fact]
    public void No_two_orders_share_a_tracking_number() =>
        Assert.All(ContradictionSets.All, s => Assert.DoesNotContain(s.Orders.Values.Select(o => o.GetProperty("tracking_number").GetString()).OfType<string>().CountBy(n => n), n => n.Value > 1));

    [Fact]
    public void No_event_on_an_order_is_later_than_a_ticket_about_it() => None(t =>
        t.Order is { } order
        && new[] { order.TimeOrNull("shipped_at"), order.TimeOrNull("delivered_at") }
            .Concat(order.GetProperty("items").EnumerateArray().Select(i => i.TimeOrNull("settled_at")))
            .Any(e => e > t.At));

    [Fact]
    public void No_ticket_is_later_than_the_worlds_clock() => None(t => DateOnly.FromDateTime(t.At) > t.Set.Options.AsOf);

    [Fact]
    public void No_order_that_a_ticket_can_still_change_has_left_the_warehouse() => None(t =>
        t.ActionTypes.Any(a => a is "cancel_order" or "accept_order_modification" or "update_shipping_address")
        && !(t.ActionTypes.Contains("cancel_order") && t.DaysSince(t.Order!.Value.Time("promised_by")) > 5)
        && (t.Order!.Value.TimeOrNull("shipped_at") is not null || t.Order.Value.Text("order_status") != "processing"));

    [Fact]
    public void No_case_is_escalated_but_for_an_order_over_1000_an_item_or_a_correction_over_500_or_a_third_return()
    {
        string[] ofValue = ["return", "exchange", "not_received", "missing_part", "wrong_item", "damaged", "warranty", "price_match", "cancel"];
        None(t => t.Outcome != "clarify" && t.Escalates != (t.Order is { } order && t.Requests.Any(request =>
            (ofValue.Contains(request) && (order.Money("total_amount") > 1000m || PriceAtStake(t, request) > 500m))
            || Correction(t, request) > 500m
            || (request == "return" && order.GetProperty("items").EnumerateArray().Count(i => i.Text("item_status") is "returned" or "refunded") >= 2))));
    }

    /// <summary>Unit price of the item, or of the dearest one where the request is about the whole order.</summary>
    private static decimal PriceAtStake(ExportedTicket t, string request) => request is not ("not_received" or "missing_part" or "cancel") && t.Line is { } line
        ? line.Money("price_paid")
        : t.Order!.Value.GetProperty("items").EnumerateArray().Max(i => i.Money("price_paid"));

    /// <summary>What was charged without being due, of the kind that the request is about.</summary>
    private static decimal Correction(ExportedTicket t, string request)
    {
        var charges = t.Payments.Where(p => p.Text("kind") == "charge").ToList();
        return request switch
        {
            "double_charge" or "wrong_amount" or "gift_card" => charges.Where(p => p.Text("status") == "captured").Sum(p => p.Money("amount")) - t.Order!.Value.Money("amount_due"),
            "failed_payment" => charges.Where(p => p.Text("status") == "failed" && p.TimeOrNull("settled_at") is not null).Sum(p => p.Money("amount")),
            "tax_refund" when t.Customer.GetProperty("tax_exempt").GetBoolean() => t.Order!.Value.Money("tax_amount"),
            _ => 0m,
        };
    }

    [Fact]
    public void No_ticket_escalates_without_the_escalation_complexity_or_the_other_way_round() => None(t =>
        t.Escalates != (t.Dimension("complexity") == "requires_escalation")
        || t.Escalates != (t.Plan.GetProperty("escalation_reason").ValueKind == JsonValueKind.String));

    [Fact]
    public void No_relation_of_the_policy_lacks_its_mirror_image()
    {
        string[][] mirrors = [["overrides", "overridden_by"], ["modifies", "modified_by"], ["requires", "required_by"], ["interacts_with", "interacts_with"]];
        var clauses = ContradictionSets.All[0].PolicyGraph.GetProperty("clauses");
        var related = 0;
        foreach (var clause in clauses.EnumerateObject())
        {
            foreach (var (kind, mirror) in mirrors.SelectMany(m => new[] { (m[0], m[1]), (m[1], m[0]) }))
            {
                foreach (var other in clause.Value.GetProperty("interactions").GetProperty(kind).Texts())
                {
                    related++;
                    Assert.Contains(clause.Name, clauses.GetProperty(other).GetProperty("interactions").GetProperty(mirror).Texts());
                }
            }
        }

        Assert.True(related >= 20, $"{related} relations");
    }

    private static void None(Func<ExportedTicket, bool> isWrong)
    {
        var wrong = ContradictionSets.Tickets.Where(isWrong).ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} tickets, for example {(wrong.Count > 0 ? wrong[0].Json.ToString() : "")}");
    }

    /// <summary>By scenario: the clock and range that the pack states.</summary>
    private static Dictionary<string, (string Clock, int From, int To)> Windows()
    {
        var windows = new Dictionary<string, (string, int, int)>(StringComparer.Ordinal);
        foreach (var scenario in PackSource.Open("technest").Read("scenarios.yaml")["scenarios"].Items)
        {
            if (scenario.Find("order") is not { } order)
                continue;
            var clock = order.Entries.Single(e => e.Key is "days_since_delivery" or "days_since_order" or "days_since_warranty_end" or "days_since_refund" or "minutes_since_order");
            windows.Add(scenario["id"].Text, (clock.Key, clock.Value.Items[0].Integer(), clock.Value.Items[1].Integer()));
        }

        return windows;
    }

    private static string Truth(bool value) => value ? "true" : "false";

    private static decimal Amount(string text) => decimal.Parse(text);

    [GeneratedRegex(@"[{}<>\[\]]|\$[a-z_]|_|\b(scenario|template|persona|straightforward|POL-|requires_|edge.case|withh|disclos|placeholder|wording|undefined|null|N/A|TODO)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GeneratorWords();
}
