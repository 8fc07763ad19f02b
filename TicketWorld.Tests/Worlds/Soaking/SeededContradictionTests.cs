using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Scenarios;
using TicketWorld.Worlds.Soaking;

namespace TicketWorld.Tests.Worlds.Soaking;

/// <summary>Each kind of contradiction, put into a clean set, moves its own counter and no other.</summary>
public sealed class SeededContradictionTests
{
    private static readonly (Contradiction Kind, string How, Func<SeededSet, int> Seed)[] Cases =
    [
        (Contradiction.BeforeOrder, "at the second of the order", BeforeOrder),
        .. Enum.GetValues<ScenarioClock>().Select(clock => (Contradiction.OutsideWindow, clock.ToString(), (Func<SeededSet, int>)(set => OutsideWindow(set, clock)))),
        (Contradiction.OutsideSeason, "an order of another season", OutsideSeason),
        (Contradiction.OtherStatus, "fact delivered", set => Fact(set, "delivered", 1, Flip)),
        (Contradiction.OtherStatus, "fact shipped", set => Fact(set, "shipped", 1, Flip)),
        (Contradiction.OtherStatus, "fact of one of two requests", set => Fact(set, "delivered", 2, Flip)),
        (Contradiction.OtherStatus, "order_status of an action", set => Detail(set, "order_status")),
        (Contradiction.OtherStatus, "tracking_number of an action", set => Detail(set, "tracking_number")),
        (Contradiction.OtherPriceRange, "an item of 10 cents", OtherPriceRange),
        .. ((string[])["item_price", "order_total", "line_total", "amount_due"]).Select(name => (Contradiction.OtherValue, "fact " + name, (Func<SeededSet, int>)(set => Fact(set, name, 1, OneMore)))),
        (Contradiction.OtherOutcome, "another outcome", set => Plan(set, "escalate", plan => plan["expected_outcome"] = "deny")),
        (Contradiction.OtherOutcome, "no escalation", set => Plan(set, "escalate", plan => plan["escalation_required"] = false)),
        (Contradiction.WaitingAndDone, "a photo and a grant", WaitingAndDone),
        (Contradiction.WrongSenderMatch, "an unknown sender called a match", set => Lookup(set, known: false, lookup => lookup["lookup_method"] = "primary_email")),
        (Contradiction.WrongSenderMatch, "a known sender called unknown", set => Lookup(set, known: true, lookup => lookup["lookup_method"] = "not_found")),
        (Contradiction.WrongSenderMatch, "another customer", set => Lookup(set, known: true, lookup => lookup["customer_id"] = "CUST-9999")),
        (Contradiction.SettledTwice, "a line that was refunded", set => SettledTwice(set, "refunded")),
        (Contradiction.SettledTwice, "a line that was returned", set => SettledTwice(set, "returned")),
        (Contradiction.CompensatedTwice, "the same ticket under another id", CompensatedTwice),
        (Contradiction.WrongTotal, "a total that is not the sum", set => Total(set, "total_amount")),
        (Contradiction.WrongTotal, "an amount due that is not the sum", set => Total(set, "amount_due")),
        (Contradiction.WrongActionTotal, "a cent more", set => Plan(set, "approve", plan => plan.Shift("total_resolution_value", 0.01m))),
        .. ((string[])["{order}", "<product>", "return_request", "POL-RETURN-001"]).SelectMany(word => new (Contradiction, string, Func<SeededSet, int>)[]
        {
            (Contradiction.GeneratorWords, word + " in the body", set => Word(set, "body", word)),
            (Contradiction.GeneratorWords, word + " in the subject", set => Word(set, "subject", word)),
        }),
        (Contradiction.SameOpeningOrSecond, "one opening line", SameOpening),
        (Contradiction.SameOpeningOrSecond, "one second of the day", SameSecond),
        (Contradiction.SharedTracking, "a parcel of another order", SharedTracking),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(c => $"{c.Kind}: {c.How}")];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_seeded_contradiction_moves_its_counter_alone(string name)
    {
        var (kind, _, seed) = Cases.Single(c => $"{c.Kind}: {c.How}" == name);
        var set = new SeededSet();
        var seeded = seed(set);
        var report = set.Count();
        var expected = new long[report.Contradictions.Length];
        expected[(int)kind] = seeded;
        Assert.Equal(expected, report.Contradictions);
        Assert.Equal(0, report.NonUnique);
        Assert.False(report.IsClean);
    }

    [Fact]
    public void Every_kind_is_seeded() => Assert.Equal(Enum.GetValues<Contradiction>(), Cases.Select(c => c.Kind).Distinct().Order());

    [Fact]
    public void A_set_without_a_seeded_contradiction_is_clean()
    {
        var report = new SeededSet().Count();
        Assert.Equal(new long[report.Contradictions.Length], report.Contradictions);
        Assert.True(report.IsClean);
    }

    [Fact]
    public void A_proof_that_is_not_unique_is_counted_as_such()
    {
        var set = new SeededSet();
        set[0]["_proof"]!["unique"] = false;
        var report = set.Count();
        Assert.Equal((1, 0), (report.NonUnique, report.Contradictions.Sum()));
        Assert.False(report.IsClean);
    }

    private static int BeforeOrder(SeededSet set)
    {
        var at = SeededSet.FirstOfOrder((_, s) => s.Order is { Clock: ScenarioClock.DaysSinceDelivery, Season: null });
        set.OrderOf(at)["ordered_at"] = set[at].Text("timestamp");
        return 1;
    }

    private static int OutsideWindow(SeededSet set, ScenarioClock clock)
    {
        var at = SeededSet.FirstOfOrder((_, s) => s.Order is { } order && order.Clock == clock && order.Range.To < 100_000);
        var range = SeededSet.ScenarioOf(at).Order!.Range;
        var past = clock == ScenarioClock.MinutesSinceOrder ? TimeSpan.FromMinutes(range.To + 1) : TimeSpan.FromDays(Math.Max(range.To - range.From, 0) + 1);
        set[at]["timestamp"] = Stamp(Time(set[at].Text("timestamp")) + past);
        return 1;
    }

    private static int OutsideSeason(SeededSet set)
    {
        var at = SeededSet.FirstOfOrder((_, s) => s.Order is { Clock: ScenarioClock.DaysSinceDelivery, Season: not null });
        var order = set.OrderOf(at);
        var requirement = SeededSet.ScenarioOf(at).Order!;
        var moved = Time(order.Text("ordered_at"));
        while (requirement.SeasonFits(DateOnly.FromDateTime(moved)))
            moved = moved.AddDays(-1);
        order["ordered_at"] = Stamp(moved);
        return 1;
    }

    /// <summary>Falsifies a fact of a ticket with so many requests.</summary>
    private static int Fact(SeededSet set, string name, int requests, Func<string, string> falsify)
    {
        var at = SeededSet.FirstOfOrder((t, _) => t.GetProperty("resolution_plan").GetProperty("requests").GetArrayLength() == requests && t.GetProperty("_facts").EnumerateArray().Any(f => f.Text("name") == name));
        var fact = set[at]["_facts"]!.AsArray().First(f => f!["name"]!.GetValue<string>() == name)!;
        fact["value"] = falsify(fact["value"]!.GetValue<string>());
        return 1;
    }

    private static int Detail(SeededSet set, string name)
    {
        var at = SeededSet.FirstOfOrder((t, _) => Actions(t).Any(a => a.GetProperty("details").TryGetProperty(name, out var value)));
        Nodes(set[at]).First(a => a["details"]!.AsObject().ContainsKey(name))["details"]![name] = "another";
        return 1;
    }

    /// <summary>The price changes wherever it stands, so that record, totals and facts agree and only the scenario is not met.</summary>
    private static int OtherPriceRange(SeededSet set)
    {
        var at = SeededSet.OfOrders((t, s) => s.Order!.ItemPrice.From > 100 && t.Text("product_id") != "N/A")
            .First(i => set.OrderOf(i)["items"]!.AsArray().Count == 1 && set.LineOf(i)["quantity"]!.GetValue<int>() == 1);
        var line = set.LineOf(at);
        var order = set.OrderOf(at);
        var by = 0.10m - line["price_paid"]!.GetValue<decimal>();
        line.Shift("price_paid", by);
        order.Shift("total_amount", by);
        order.Shift("amount_due", by);
        foreach (var fact in set[at]["_facts"]!.AsArray())
        {
            if (fact!["name"]!.GetValue<string>() is "item_price" or "order_total" or "line_total" or "amount_due")
                fact["value"] = (decimal.Parse(fact["value"]!.GetValue<string>(), CultureInfo.InvariantCulture) + by).ToString(CultureInfo.InvariantCulture);
        }

        return 1;
    }

    private static int Plan(SeededSet set, string outcome, Action<JsonObject> change)
    {
        var at = SeededSet.Where((t, _) => t.GetProperty("resolution_plan").Text("expected_outcome") == outcome).First();
        change(set[at]["resolution_plan"]!.AsObject());
        return 1;
    }

    private static int WaitingAndDone(SeededSet set)
    {
        var policy = SeededSet.Policy;
        var at = SeededSet.FirstOfOrder((t, _) => Actions(t).Any(a => policy.ActionsByName[a.Text("type")].Kind == ActionKind.Conditional));
        var waits = Nodes(set[at]).First(a => policy.ActionsByName[a.Text("type")].Kind == ActionKind.Conditional);
        var done = waits.DeepClone();
        done["type"] = policy.Actions.First(a => a.Kind == ActionKind.Grant && a.Changes.Any(c => c.Key == "item_status")).Name;
        done["value"] = 0m;
        set[at]["resolution_plan"]!["actions"]!.AsArray().Add(done);
        return 1;
    }

    private static int Lookup(SeededSet set, bool known, Action<JsonObject> change)
    {
        var at = SeededSet.Where((t, _) => (t.GetProperty("resolution_plan").GetProperty("customer_lookup").Text("lookup_method") is "primary_email" or "alternate_email") == known).First();
        change(set[at]["resolution_plan"]!["customer_lookup"]!.AsObject());
        return 1;
    }

    private static int SettledTwice(SeededSet set, string status)
    {
        var policy = SeededSet.Policy;
        var at = SeededSet.FirstOfOrder((t, _) => t.Text("product_id") != "N/A" && Actions(t).Any(a =>
            policy.ActionsByName[a.Text("type")] is { Kind: ActionKind.Grant } action && action.Changes.Any(c => c.Key == "item_status" && c.Value == status)));
        set.LineOf(at)["item_status"] = status;
        return 1;
    }

    private static int CompensatedTwice(SeededSet set)
    {
        var at = SeededSet.FirstOfOrder((_, _) => true);
        var again = set[at].DeepClone().AsObject();
        again["ticket_id"] = "TK-20250101-AGAIN";
        set.Add(again);
        return 1;
    }

    private static int Total(SeededSet set, string field)
    {
        set.UnnamedOrders.First().Shift(field, 0.01m);
        return 1;
    }

    private static int Word(SeededSet set, string field, string word)
    {
        set[5][field] = set[5].Text(field) + " " + word;
        return 1;
    }

    private static int SameOpening(SeededSet set)
    {
        const int Messages = 61;
        for (var i = 0; i < Messages; i++)
            set[i]["body"] = "I hope this finds you well.\n" + set[i].Text("body");
        return Messages;
    }

    private static int SameSecond(SeededSet set)
    {
        int[] messages = [.. SeededSet.Where((_, s) => s.Order is null).Take(40)];
        Assert.Equal(40, messages.Length);
        foreach (var at in messages)
            set[at]["timestamp"] = set[at].Text("timestamp")[..10] + "T10:30:00Z";
        return messages.Length;
    }

    private static int SharedTracking(SeededSet set)
    {
        JsonObject[] parcels = [.. set.UnnamedOrders.SelectMany(o => o["parcels"]!.AsArray()).Select(p => p!.AsObject()).Where(p => p["tracking_number"] is not null).Take(2)];
        parcels[1]["tracking_number"] = parcels[0].Text("tracking_number");
        return 1;
    }

    private static IEnumerable<JsonElement> Actions(JsonElement ticket) => ticket.GetProperty("resolution_plan").GetProperty("actions").EnumerateArray();

    private static IEnumerable<JsonObject> Nodes(JsonObject ticket) => ticket["resolution_plan"]!["actions"]!.AsArray().Select(a => a!.AsObject());

    private static string Flip(string value) => value == "true" ? "false" : "true";

    private static string OneMore(string value) => (decimal.Parse(value, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    private static string Stamp(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
