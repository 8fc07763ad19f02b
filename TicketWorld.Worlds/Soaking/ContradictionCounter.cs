using System.Globalization;
using System.Text.Json;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Soaking;

/// <summary>Counts contradictions in a set, from its files and from the scenarios that its tickets name. Shares no rule with generator, engine or checker.</summary>
internal sealed class ContradictionCounter
{
    private readonly SetRecords _records;
    private readonly PolicyDocument _policy;
    private readonly Dictionary<string, Scenario> _scenarios;
    private readonly SoakReport _report;
    private readonly HashSet<(string Order, string Product)> _subjects = [];
    private readonly MessageTexts _texts;

    public ContradictionCounter(SetRecords records, PolicyDocument policy, IEnumerable<Scenario> scenarios, SoakReport report)
    {
        _records = records;
        _policy = policy;
        _scenarios = scenarios.ToDictionary(s => s.Id, StringComparer.Ordinal);
        _report = report;
        _texts = new MessageTexts(policy);
        CheckOrders();
    }

    public void Take(JsonElement json)
    {
        var ticket = new TicketView(json, _records, _scenarios);
        if (ticket.Order is { } order)
        {
            Count(Contradiction.BeforeOrder, ticket.At <= order.Time("ordered_at"), ticket);
            Count(Contradiction.OutsideWindow, IsOutsideWindow(ticket, order), ticket);
            Count(Contradiction.OutsideSeason, ticket.Scenario?.Order is { } requirement && !requirement.SeasonFits(DateOnly.FromDateTime(order.Time("ordered_at"))), ticket);
            Count(Contradiction.OtherPriceRange, IsOutsidePrices(ticket, order), ticket);
            Count(Contradiction.CompensatedTwice, !ticket.IsWhatIf && !_subjects.Add((ticket.OrderId, json.Text("product_id"))), ticket);
            CheckDetails(ticket, order);
        }

        CheckActions(ticket);
        Count(Contradiction.WrongSenderMatch, IsWrongMatch(ticket), ticket);
        Count(Contradiction.GeneratorWords, _texts.HasGeneratorWords(json), ticket);
        _texts.Take(json, ticket.At);
        if (ticket.IsExplained && !json.GetProperty("_proof").GetProperty("unique").GetBoolean())
        {
            _report.NonUnique++;
            _report.Example($"{ticket.Where} is not unique");
        }
    }

    /// <summary>Counts what shows only over the whole set.</summary>
    public void End() => _report.Contradictions[(int)Contradiction.SameOpeningOrSecond] += _texts.Repeated();

    private void CheckOrders()
    {
        var tracking = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, order) in _records.Orders)
        {
            var lines = order.GetProperty("items").EnumerateArray().Sum(i => i.Money("price_paid") * i.GetProperty("quantity").GetInt32());
            var due = lines + order.Money("shipping_fee") + order.Money("tax_amount") - order.Money("gift_card_amount");
            Count(Contradiction.WrongTotal, order.Money("total_amount") != lines || order.Money("amount_due") != due, id);
            foreach (var parcel in order.GetProperty("parcels").EnumerateArray())
                Count(Contradiction.SharedTracking, parcel.TextOrNull("tracking_number") is { } number && !tracking.Add(number), id);
        }
    }

    private bool IsOutsideWindow(in TicketView ticket, JsonElement order)
    {
        if (ticket.Scenario?.Order is not { } requirement)
            return false;
        var arrived = ticket.DeliveredAt(ticket.Line);
        long? measured = requirement.Clock switch
        {
            ScenarioClock.DaysSinceOrder => ticket.DaysSince(order.Time("ordered_at")),
            ScenarioClock.MinutesSinceOrder => (long)Math.Floor((ticket.At - order.Time("ordered_at")).TotalMinutes),
            ScenarioClock.DaysSinceRefund => _records.LastRefund(ticket.OrderId, ticket.At) is { } refund ? ticket.DaysSince(refund) : null,
            ScenarioClock.DaysSinceWarrantyEnd => arrived is { } delivered ? ticket.DaysSince(delivered) - ticket.Product!.Value.GetProperty("warranty_period").GetInt32() : null,
            _ => arrived is { } delivered ? ticket.DaysSince(delivered) : null,
        };
        return measured is not { } value || !requirement.Range.Holds(value);
    }

    private static bool IsOutsidePrices(in TicketView ticket, JsonElement order)
    {
        if (ticket.Scenario?.Order is not { } requirement)
            return false;
        var price = PriceOf(order, ticket.Line);
        return !requirement.ItemPrice.Holds((long)(price * 100)) || !requirement.OrderTotal.Holds((long)(order.Money("total_amount") * 100));
    }

    /// <summary>Holds what facts and actions say of the order against the database.</summary>
    private void CheckDetails(in TicketView ticket, JsonElement order)
    {
        var (status, value) = (false, false);
        if (ticket.Json.TryGetProperty("_facts", out var facts))
        {
            foreach (var fact in facts.EnumerateArray())
            {
                // Of two requests, one may be about the line and the other about the whole order.
                var ofOrder = fact.TryGetProperty("request", out var request) && _policy.RequestsByName[request.GetString()!].Subject == RequestSubject.Order;
                Compare(ticket, order, ofOrder ? null : ticket.Line, fact, ref status, ref value);
            }
        }

        foreach (var action in ticket.Plan.GetProperty("actions").EnumerateArray())
        {
            var details = action.GetProperty("details");
            status |= details.TryGetProperty("order_status", out var named) && named.GetString() != order.Text("order_status");
            status |= details.TryGetProperty("tracking_number", out var number) && number.GetString() != (order.TextOrNull("tracking_number") ?? "none");
        }

        Count(Contradiction.OtherStatus, status, ticket);
        Count(Contradiction.OtherValue, value, ticket);
    }

    private static void Compare(in TicketView ticket, JsonElement order, JsonElement? line, JsonElement fact, ref bool status, ref bool value)
    {
        var (name, said) = (fact.Text("name"), fact.Text("value"));
        switch (name)
        {
            case "delivered":
                status |= said != Truth(ticket.DeliveredAt(line) is not null);
                break;
            case "shipped" when line is null || order.GetProperty("parcels").GetArrayLength() < 2:
                status |= said != Truth(order.TimeOrNull("shipped_at") is not null);
                break;
            case "item_price":
                value |= Amount(said) != PriceOf(order, line);
                break;
            case "order_total":
                value |= Amount(said) != order.Money("total_amount");
                break;
            case "line_total" when line is { } own:
                value |= Amount(said) != own.Money("price_paid") * own.GetProperty("quantity").GetInt32();
                break;
            case "amount_due" or "shipping_fee" or "tax_amount" or "gift_card_amount":
                value |= Amount(said) != order.Money(name);
                break;
        }
    }

    /// <summary>Of the line, or where there is none, of the dearest item.</summary>
    private static decimal PriceOf(JsonElement order, JsonElement? line) =>
        line is { } own ? own.Money("price_paid") : order.GetProperty("items").EnumerateArray().Max(i => i.Money("price_paid"));

    private void CheckActions(in TicketView ticket)
    {
        var summary = new ActionSummary(_policy);
        var status = ticket.Line is { } line ? line.Text("item_status") : null;
        foreach (var action in ticket.Plan.GetProperty("actions").EnumerateArray())
            summary.Take(action, status);
        Count(Contradiction.OtherOutcome, ticket.Plan.Text("expected_outcome") != summary.Outcome || ticket.Plan.GetProperty("escalation_required").GetBoolean() != (summary.Outcome == "escalate"), ticket);
        Count(Contradiction.WaitingAndDone, summary.WaitsAndDoes, ticket);
        Count(Contradiction.SettledTwice, summary.SettlesTwice, ticket);
        Count(Contradiction.WrongActionTotal, ticket.Plan.Money("total_resolution_value") != summary.Total, ticket);
    }

    private bool IsWrongMatch(in TicketView ticket)
    {
        var lookup = ticket.Plan.GetProperty("customer_lookup");
        var method = lookup.Text("lookup_method");
        return _records.Owners.TryGetValue(ticket.Json.Text("customer_email"), out var owner)
            ? lookup.TextOrNull("customer_id") != owner.Customer || method != owner.Method
            : method is "primary_email" or "alternate_email";
    }

    private void Count(Contradiction kind, bool holds, in TicketView ticket)
    {
        if (holds)
            Count(kind, holds: true, ticket.Where);
    }

    private void Count(Contradiction kind, bool holds, string where)
    {
        if (!holds)
            return;
        _report.Contradictions[(int)kind]++;
        _report.Example($"{Snake.Name(kind)}: {where}");
    }

    private static string Truth(bool value) => value ? "true" : "false";

    private static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
